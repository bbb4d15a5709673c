from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CLEAN

from llm4rs_bib.awesome import bullets
from llm4rs_bib.awesome.bullets import Bullet, bullet_of, fields_of
from llm4rs_bib.awesome.items import IN_A_SENTENCE, NO_TITLE, SEVERAL, TWO
from llm4rs_bib.markdown import lines as lines_of
from llm4rs_bib.markdown import parser

A = "https://arxiv.org/abs/2305.90001"  # papers
B = "https://arxiv.org/abs/2305.90002"
C = "https://github.com/example/moss"


def read(markdown, **settings):
    return bullets.read(parser().parse(markdown), list(lines_of(markdown)), **settings)


def listings(markdown, **settings):
    return [dict(bullet.values) for bullet in read(markdown, **settings) if bullet.values]


def titles(markdown, **settings):
    return [values["title"] for values in listings(markdown, **settings)]


def test_a_papers_bullet_claims_its_lines_and_those_of_its_details():
    markdown = f"""\
- **Moss at Scale (SDM 2018)**
  - Ada Berg, Bo Lind
  - [[Paper]]({A})
  - [[Python Reference]]({C})

- [Moss]({B}), 2019.5
"""
    first, second = read(markdown)
    assert first.text == "\n".join(markdown.split("\n")[:4])
    assert dict(first.values) == {
        "title": "Moss at Scale",
        "link": A,
        "venue": "SDM 2018",
        "code": f"[[Python Reference]]({C})",
    }
    assert second == Bullet(5, f"- [Moss]({B}), 2019.5", {"title": "Moss", "link": B, "date": "2019.5"})


def test_nested_papers_are_listings_of_their_own_and_a_groups_line_is_none():
    markdown = f"""\
- Survey
  - [Moss: A Survey]({A})
  - Moss [[paper]]({B})
- [Lichen Grows Slowly]({A})
  - [Lichen Grows Slowly on Stones]({B})
"""
    assert [
        Bullet(0, "- Survey", {}),
        Bullet(1, f"  - [Moss: A Survey]({A})", {"title": "Moss: A Survey", "link": A}),
        Bullet(2, f"  - Moss [[paper]]({B})", {"title": "Moss", "link": B}),
        Bullet(3, f"- [Lichen Grows Slowly]({A})", {"title": "Lichen Grows Slowly", "link": A}),
        Bullet(
            4,
            f"  - [Lichen Grows Slowly on Stones]({B})",
            {"title": "Lichen Grows Slowly on Stones", "link": B},
        ),
    ] == list(read(markdown))


def test_labels_tell_date_venue_code_and_paper():
    markdown = f"""\
- [Moss on Windows](https://moss.example.org/)
    - Ada Berg
    - 📅 Date: March 26, 2026
    - 📑 Publisher: CVPR 2026
    - Paper: {A}
    - Code: [official](https://moss.example.org/code)
    - 📖 TLDR: Better than [Lichen on Windows]({B}).
"""
    assert listings(markdown) == [
        {
            "title": "Moss on Windows",
            "link": A,
            "date": "March 26, 2026",
            "venue": "CVPR 2026",
            "code": "[official](https://moss.example.org/code)",
        }
    ]


def test_a_title_alone_in_bold_or_in_a_heading_goes_with_the_labelled_links_below():
    markdown = f"""\
**《Moss at Scale》**

- intro: awesome
- arXiv: <{A}>

- github(Official):{C}

**Lichen Without a Paper**

- 论文：暂无
- 代码：{C}

**Fern at Scale**

论文：{B}

### [Fern, Again]({B})
CCS 2016

1. beats [Moss]({A})
"""
    assert listings(markdown) == [
        {"title": "Moss at Scale", "link": A, "code": C},
        {"title": "Lichen Without a Paper", "code": C},
        {"title": "Fern at Scale", "link": B},
        {"title": "Fern, Again", "link": B, "venue": "CCS 2016"},
    ]
    assert [bullet.line for bullet in read(markdown)] == [0, 7, 12, 16]


def test_a_bold_heading_and_a_heading_that_links_to_a_survey_are_no_papers():
    assert titles(f"**Moss and More**\n\n- [Moss at Scale]({A})\n") == ["Moss at Scale"]
    assert titles(f"## [A Survey of Moss]({A})\n- [Moss at Scale]({A})\n- [Lichen at Scale]({B})\n") == [
        "Moss at Scale",
        "Lichen at Scale",
    ]
    assert titles(f"## Survey [[paper]]({A})\n\n[Moss at Scale]({B})\n") == ["Moss at Scale"]


def test_plain_headings_are_papers_where_several_have_nothing_but_labelled_links_below():
    section = "### 1. {} Grows in Scenes\n**Authors**: Ada Berg\n\n[📄 Paper]({}) | [💻 Code (not yet)]({})\n"
    assert listings(section.format("Moss", A, C) + section.format("Fern", B, C)) == [
        {"title": "Moss Grows in Scenes", "link": A, "code": f"[💻 Code (not yet)]({C})"},
        {"title": "Fern Grows in Scenes", "link": B, "code": f"[💻 Code (not yet)]({C})"},
    ]
    assert listings(section.format("Moss", A, C)) == []


def test_paragraphs_are_papers_where_a_title_begins_them():
    markdown = f"""\
This list goes with [this survey of ours]({A}), which you may cite.

[Moss at Scale]({A}), ICLR 2020 [[code]]({C})

**Fern at Scale.**<br>
*[Ada Berg](https://berg.example.org/), Bo Lind.*<br>
CVPR 2021 (oral). [[PDF]]({B})

> [Lichen at Scale]({A})
"""
    assert listings(markdown) == [
        {"title": "Moss at Scale", "link": A, "venue": "ICLR 2020", "code": f"[[code]]({C})"},
        {"title": "Fern at Scale", "link": B, "venue": "CVPR 2021 (oral)"},
    ]


def test_a_short_name_with_the_links_stands_above_the_reference():
    markdown = f"* Univ. Norra [[Web](https://n.example.org/)] [[Paper]({A})]\n  * Ada Berg, *Moss for Vision*, arXiv:1411.9132 / CVPR 2015\n"
    assert read(markdown) == (Bullet(0, markdown[:-1], {"title": "Moss for Vision", "link": A, "venue": "CVPR 2015"}),)


def test_bullets_that_are_one_papers_lines_are_one_listing():
    markdown = f"- **Moss by the Trillion**\n- *Ada Berg, Bo Lind*\n- ICML 2022 – Dec 2021 [[paper]({A})]\n"
    assert read(markdown) == (
        Bullet(0, markdown[:-1], {"title": "Moss by the Trillion", "link": A, "date": "Dec 2021", "venue": "ICML 2022"}),
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "- Berg et al. **Moss on Stones.** CIKM, 2008.",
        "- **Moss on Stones** (ENTCS 2011)  \n  by Sam Lin and Jer Yal",
        '- "Moss on Stones" CVPR (Oral).',
        "- [CIDR'19] Moss on Stones",
        "- Moss on Stones (Phd@PVLDB 2018)",
        "- **Moss on Stones**\n  - Berg et al. ICLR. 2013.",
        "- Ada Berg, and C. Lind, *Moss on Stones*",
        "- [Moss on Stones](https://moss.example.org/), Berg et al., ECCV 2020",
    ],
)
def test_forms_that_leave_no_doubt_need_no_link_to_a_paper(markdown):
    assert titles(markdown) == ["Moss on Stones"]


@pytest.mark.parametrize(
    "markdown",
    [
        "- [Moss](#moss)\n  - [Ferns on Stones](#ferns)",
        f"- [Moss-PyTorch]({C}), Ye Lin, 2020",
        f"- [MossLab: Growing Moss]({C}): a library",
        "- [Why Moss Grows on Stones](https://blog.example.org/moss) by Ada Berg, April 2023",
        "- [Ada Berg](https://scholar.google.com/citations?user=berg), University of Norra",
        "- [Moss on Stones](https://youtu.be/moss), Ada Berg, CVPR 2020",
        "- [NeurIPS 2023](https://neurips.cc/virtual/2023/papers.html)",
        f"- if you like it, cite our [paper]({A})",
        "- coming soon...",
        "```\n- [Title](https://arxiv.org/abs/2305.90003)\n```",
        "- `[Title](https://arxiv.org/abs/2305.90003), Venue Year`",
        "",
    ],
)
def test_what_is_no_paper_has_no_values_and_no_reason(markdown):
    assert all(not bullet.values and not bullet.reason for bullet in read(markdown))


def test_plain_titles_are_papers_among_papers_and_under_a_heading_that_says_so():
    among = f"- [Moss at Scale]({A})\n- [Fern at Scale]({B})\n- [Fern]({B})\n- Lichen on Stones at Scale\n- Add papers here with their titles\n- Tight Knots, 2021"
    assert titles(among) == ["Moss at Scale", "Fern at Scale", "Fern", "Lichen on Stones at Scale", "Tight Knots"]
    alone = "- Lichen on Stones at Scale\n- Moss\n"
    assert titles(alone) == []
    assert titles(alone, titles=True) == ["Lichen on Stones at Scale"]
    assert titles(f"## Papers\n### Lichen\n{alone}") == ["Lichen on Stones at Scale"]
    assert titles(f"## Papers\n## To do\n{alone}") == []


@pytest.mark.parametrize(
    ("markdown", "reason"),
    [
        (f"- [[paper]]({A}) [[code]]({C})", NO_TITLE),
        (f"- {A}", NO_TITLE),
        (f"- [ ]({A})", NO_TITLE),
        (f"- [2023/12] We released [Moss at Scale]({A})!", IN_A_SENTENCE),
        (f"- Norra [[P1]({A})], [[P2]({B})]\n  - Ada Berg, *Moss at Scale*\n  - Bo Lind, *Fern at Scale*", SEVERAL),
    ],
)
def test_a_bullet_with_a_paper_that_cannot_be_read_says_why(markdown, reason):
    assert (reason, {}) == (read(markdown)[0].reason, read(markdown)[0].values)


def test_a_second_paper_in_a_bullet_is_left_out_and_said():
    both = f"- [Moss at Scale]({A}) (2003) and The [Fern at Scale]({B}) (2006): two works"
    assert read(both) == (Bullet(0, both, {"title": "Moss at Scale", "link": A, "date": "2003"}, TWO),)
    assert read(f"- [Moss at Scale]({A}): see [Fern at Scale]({B})")[0].reason == ""


def test_the_reasons_say_what_to_do():
    assert NO_TITLE == "a link to a paper without a title; write - [Title](link)"
    assert IN_A_SENTENCE == "a sentence that names a paper; if it belongs to the list, write - [Title](link)"
    assert TWO == "a second paper in the bullet is not read; write each in a bullet of its own"
    assert SEVERAL == "its links belong to several papers in the bullets below; write each beside its title"


@pytest.mark.parametrize(
    ("markdown", "link"),
    [
        (f"- [Moss at Scale](https://moss.example.org/) [[PDF](https://moss.example.org/p.pdf)] [[arXiv]({A})]", A),
        (
            "- [Moss at Scale](https://moss.example.org/) [[PDF](https://moss.example.org/p.pdf)]",
            "https://moss.example.org/p.pdf",
        ),
        ("- [Moss at Scale](https://moss.example.org/), KDD 2020", "https://moss.example.org/"),
        ("- NIPS 2020 (spotlight), Moss Lets Ferns Learn, [Website](https://moss.example.org/)", "https://moss.example.org/"),
        (f"- Moss at Scale [paper]]({A}))", A),
    ],
)
def test_the_link_is_the_papers_where_one_is_else_the_titles_or_a_pages(markdown, link):
    assert link == listings(markdown)[0]["link"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (f"[[code]({C})]", f"[code]({C})"),
        (f"[[code]]({C})", f"[[code]]({C})"),
        (f"[`[code - caffe]`]({C})", f"[`[code - caffe]`]({C})"),
        (f"<{C}>", f"<{C}>"),
        (f"code: {C}.", C),
        (
            f'[<img src="https://img.example.org/c.svg" alt="Code">]({C})',
            f'[<img src="https://img.example.org/c.svg" alt="Code">]({C})',
        ),
        (f"[![stars](https://img.example.org/s.svg)]({C})", f"[![stars](https://img.example.org/s.svg)]({C})"),
        (f"<a href='{C}'>[code]</a>", f"<a href='{C}'>[code]</a>"),
        (f"[code][c]\n\n[c]: {C}", f"[code]({C})"),
        ("[[code](x)]", None),
        (f"[dataset]({C}-data) [bibtex]({C}/moss.bib)", None),
    ],
)
def test_code_is_kept_as_written(written, code):
    assert code == listings(f"- [Moss at Scale]({A}) {written}")[0].get("code")


def test_a_published_venue_comes_before_a_preprints_and_a_full_date_before_a_year():
    assert listings(f"- [Moss at Scale]({A}), arXiv 2019/08, ACL 2020, 2020") == [
        {"title": "Moss at Scale", "link": A, "date": "2019/08", "venue": "ACL 2020"}
    ]


@pytest.mark.parametrize(
    ("values", "bullet"),
    [
        ({"title": "Moss at Scale", "link": A}, f"- [Moss at Scale]({A})"),
        (
            {"title": "M: Moss, Fern", "link": A, "date": "2023.5", "venue": "WWW 2024", "model": "M", "code": f"[[code]]({C})"},
            f'- **M**: "[M: Moss, Fern]({A})", WWW 2024, 2023.5. [[code]]({C})',
        ),
        ({"title": "Moss at Scale", "venue": "ACL 2020"}, '- "Moss at Scale", ACL 2020'),
        ({"title": "a_b_ *c*", "link": A}, f"- [a\\_b\\_ \\*c\\*]({A})"),
        ({"title": "Moss"}, "- **Title:** Moss"),
        (
            {"title": "Paper", "link": A, "date": "May", "code": "N/A"},
            f"- **Title:** Paper **Link:** {A} **Date:** May **Code:** N/A",
        ),
    ],
)
def test_the_bullet_of_a_listing(values, bullet):
    assert bullet == bullet_of(values)
    assert Bullet(0, bullet, values) == read(bullet)[0]
    assert read(bullet)[0].kept is None


def test_a_bullet_that_its_fields_do_not_give_back_is_kept():
    markdown = f"* [Moss at Scale]({A}) - Ada Berg"
    assert markdown == read(markdown)[0].kept
    assert read(f"- [Moss\\: at Scale]({A})")[0].kept == f"- [Moss\\: at Scale]({A})"


def test_a_bullet_that_is_known_to_be_a_listing_is_read_alone():
    assert fields_of("  - Lichen") == {"title": "Lichen"}
    assert fields_of(f"  - [Lichen]({C}) - a program") == {"title": "Lichen", "link": C}
    assert fields_of("- [[pdf](https://moss.example.org/)]") == {}
    assert fields_of("") == {}


VALUES = st.fixed_dictionaries(
    {
        "title": CLEAN
        | st.sampled_from(["Paper", "2023", "A Moss, ACL 2023", "[M] is all", "“x", "**a**", "(2019)", "Ada Berg, Bo Lind"])
    },
    optional={
        "link": CLEAN | st.sampled_from([A, "https://doi.org/10.1016/S1(98)1-1", "http://x.org/ü a", "#a", "www.a.b"]),
        "date": CLEAN | st.sampled_from(["2023.5", "2024", "May 2020"]),
        "venue": CLEAN | st.sampled_from(["ACL 2023", "NeurIPS'23", "arXiv", "EMNLP 2022 (Findings)"]),
        "model": CLEAN | st.sampled_from(["KAR", "P5"]),
        "code": CLEAN | st.sampled_from([f"[code]({C})", f"[[code]]({C})", f"<{C}>", C, "N/A", "`", "**"]),
    },
)


@given(VALUES)
def test_any_listings_bullet_is_read_back(values):
    bullet = bullet_of(values)
    (found,) = read(bullet)
    assert (values, None) == (found.values, found.kept)


_WORDS = f"""[A Moss of Words]({A})|[[code]]({C})|**Bold Words Here**|"Quoted words here"|*Ada Berg, Bo Lind*|, ACL 2023|2023.05|Paper: {A}|
- |* |1. |> |# |```|`|| a | b ||<br>|[x]: {B}|[ ] |**|[|](|)|“|论文：{B}|\\|---|word|We released it|:star:|<a href='{B}'>|</a>|
**Title:** x|**Code:** y|&amp;|\u2028|<details>""".replace("\n", "").split("|")
_LINE = st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=5).map("".join)
_MARKS = st.sampled_from(["- ", "* ", "+ ", "1. ", "2) ", "-     ", "", "  - ", "    - ", "\t- ", "      ", "    "])
LISTS = st.lists(st.tuples(_MARKS, _LINE).map("".join) | st.just(""), min_size=1, max_size=12).map("\n".join)


@settings(max_examples=300)
@given(LISTS)
def test_every_line_of_a_list_is_in_one_bullet(markdown):
    lines = list(lines_of(markdown))
    tokens = parser().parse(markdown)
    ends = [i for i, token in enumerate(tokens) if token.level == 0 and token.nesting <= 0]
    for begin, end in zip([0, *(i + 1 for i in ends)], ends, strict=False):
        block = tokens[begin : end + 1]
        found = bullets.read(block, lines)
        assert [bullet.text for bullet in found] == [
            "\n".join(lines[bullet.line : bullet.line + bullet.text.count("\n") + 1]) for bullet in found
        ]
        covered = [bullet.line + i for bullet in found for i, line in enumerate(bullet.text.split("\n")) if line.strip()]
        assert covered == [i for i in range(*(block[0].map or (0, 0))) if lines[i].strip()]


@settings(max_examples=200)
@given(LISTS)
def test_every_listing_of_any_text_has_a_title(markdown):
    found = read(markdown)
    assert all(bullet.values["title"] for bullet in found if bullet.values)
    assert [bullet.line for bullet in found] == sorted({bullet.line for bullet in found})
