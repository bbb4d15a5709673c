"""A list that is written is read again as what it was made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import CLEAN

from llm4rs_bib.awesome import Writer, in_place, parse, rewritten, roles
from llm4rs_bib.listingid import name_listings
from llm4rs_bib.model import Catalog, Category, Listing

WORDS = st.sampled_from(
    [
        "Graphs",
        "of",
        "*-Trees",
        "[sic]",
        "A_b",
        "C#",
        "50%",
        "<i>x</i>",
        "a|b",
        "`code`",
        "Über",
        "推荐",
        "&",
        "R&D",
        "\\alpha",
        "~x~",
        "!",
        "GPT-4",
    ]
)
TITLES = st.lists(WORDS, min_size=2, max_size=5).map(lambda some: "Learning " + " ".join(some) + " Models")
LINKS = st.sampled_from(
    [
        "https://arxiv.org/abs/2301.00001",
        "https://doi.org/10.1145/3616855.3635845",
        "https://x.org/a_(b)?c=1&d=*e*",
        "https://x.org/p.pdf",
    ]
)
DATES = st.sampled_from(["2023.6", "2024", "2023-06-19", "June 2023"])
VENUES = st.sampled_from(["RecSys'24", "KDD 2024", "arXiv 2023", "NeurIPS"])
CODES = st.sampled_from(["[Link](https://github.com/a/b_c)", "[code](https://github.com/a/b)"])
MODELS = st.sampled_from(["ONCE", "LLM-Rec", "A*"])


def maybe(strategy):
    return st.none() | strategy


def listings(**fields):
    return st.lists(
        st.builds(Listing, id=st.just(""), title=TITLES, **fields), min_size=1, max_size=4, unique_by=lambda each: each.title
    )


OWN = st.dictionaries(st.just("Kind"), st.sampled_from(["x", "a|b", "**bold** and [a](https://x.org)"]))
TABLES = [
    (
        ("Date / Venue", "Model", "Paper", "Kind", "Code"),
        {"date": DATES, "venue": VENUES, "model": MODELS, "link": LINKS, "code": CODES, "columns": OWN},
    ),
    (("Title", "Venue", "Year", "Link"), {"date": DATES, "venue": VENUES, "link": LINKS}),
    (("**Paper**", "Kind"), {"link": LINKS, "columns": OWN}),
]


def tables(columns, fields):
    wanted = {name: strategy if name == "columns" else maybe(strategy) for name, strategy in fields.items()}
    return listings(**wanted).map(lambda some: {"columns": columns, "listings": tuple(some)})


BULLETS = listings(link=LINKS, date=maybe(DATES), venue=maybe(VENUES), model=maybe(MODELS), code=maybe(CODES)).map(
    lambda some: {"columns": (), "listings": tuple(some)}
)
BLOCKS = st.one_of(BULLETS, *(tables(columns, fields) for columns, fields in TABLES))
CATALOGS = st.builds(
    lambda blocks, texts: Catalog(
        title="A List",
        categories=name_listings(
            [
                Category(
                    slug=f"c{i}" if i else "c",
                    heading="C" if not i else f"C {i}",
                    level=2 + i % 2,
                    text_before=text,
                    text_after=text,
                    **block,
                )
                for i, (block, text) in enumerate(zip(blocks, texts, strict=False))
            ]
        ),
    ),
    st.lists(BLOCKS, min_size=1, max_size=3),
    st.lists(st.none() | st.just("Words *between*.\n\nMore."), min_size=3, max_size=3),
)


@given(CATALOGS)
def test_any_catalog_is_written_and_read_again(catalog):
    writer = Writer(catalog)
    found = parse(writer.markdown(), "list.md")
    assert writer.complaints == []
    assert found.left_out == ()
    assert [each.listings for each in name_listings(found.categories)] == [each.listings for each in catalog.categories]
    assert [(each.heading, each.level, each.columns) for each in found.categories] == [
        (each.heading, each.level, each.columns) for each in catalog.categories
    ]


@given(CLEAN, st.sampled_from([("Paper", "Venue"), ()]))
def test_what_cannot_be_read_again_is_said(title, columns):
    listing = Listing(id="a", title=title, link="https://arxiv.org/abs/2301.00001", venue="KDD 2024")
    catalog = Catalog(title="T", categories=(Category(slug="c", heading="C", columns=columns, listings=(listing,)),))
    writer = Writer(catalog)
    markdown = writer.markdown()
    if not writer.complaints:
        (found,) = [each for category in parse(markdown, "x.md").categories for each in category.listings]
        assert (found.title, found.link, found.venue) == (listing.title, listing.link, listing.venue)
    else:
        assert all(line.startswith(": a: the list cannot show its ") for line in writer.complaints)


HEADINGS = ("Date / Venue", "Paper", "Code")


@pytest.mark.parametrize(
    ("row", "new", "expected"),
    [
        (
            "| 2023.6 / arXiv'23 | [An Old Title of It](https://arxiv.org/pdf/2306.1)   | N/A |",
            {"venue": "KDD'24", "title": "A New Title of It", "link": "https://doi.org/10.1145/1"},
            "| 2023.6 / KDD'24   | [A New Title of It](https://doi.org/10.1145/1)       | N/A |",
        ),
        (
            "2023.6 / arXiv'23|**[An *Old* Title of It](https://arxiv.org/pdf/2306.1)** (oral)|N/A",
            {"title": "A New Title of It"},
            "2023.6 / arXiv'23|**[A New Title of It](https://arxiv.org/pdf/2306.1)** (oral)|N/A",
        ),
        ("| 2023.6 | [A \\| B Title](https://arxiv.org/pdf/2306.1) | N/A |", {"venue": "KDD'24"}, "| 2023.6 / KDD'24 | [A \\| B Title](https://arxiv.org/pdf/2306.1) | N/A |"),
        ("| 2023.6 / arXiv'23 | [Some Old Title](x) |", {"code": "[Link](https://github.com/a/b)"}, None),
    ],
)  # fmt: skip
def test_a_row_is_changed_where_it_stands(row, new, expected):
    from dataclasses import replace

    head = "|Date / Venue|Paper|Code|\n|---|---|---|\n"
    old = parse(head + row + "\n", "x.md").categories[0].listings[0]
    made = rewritten(row, HEADINGS, roles(HEADINGS), old, replace(old, **new))
    assert made == expected
    if made:
        again = parse(head + made + "\n", "x.md").categories[0].listings[0]
        assert {name: getattr(again, name) for name in new} == new


def test_a_bullet_is_changed_where_it_stands():
    from dataclasses import replace

    bullet = "+ **An Old Title of It**, Odd Berg. arXiv 2023. [[paper]](https://arxiv.org/abs/2301.00001) [[code]](https://github.com/a/b)"
    old = parse(f"# T\n\n{bullet}\n", "x.md").categories[0].listings[0]
    new = replace(old, title="A New Title of It", venue="KDD 2024", link="https://doi.org/10.1145/1.2")
    assert rewritten(bullet, (), {}, old, new) == (
        "+ **A New Title of It**, Odd Berg. KDD 2024. [[paper]](https://doi.org/10.1145/1.2) [[code]](https://github.com/a/b)"
    )


FILE = "# Mine\r\n\r\n<!-- llm4rs-bib:begin -->\r\n\r\n## A\r\n\r\n| Paper   | Code |\r\n|---------|------|\r\n| B       | c    |\r\n<!-- llm4rs-bib:end -->\r\n\r\nWords.\r\n"


def test_a_list_in_a_file_replaces_only_what_is_between_the_marks_and_keeps_lines_that_say_the_same():
    made = in_place(FILE, "## A\n\n| Paper | Code |\n| --- | --- |\n| B | c |\n| D | |\n")
    assert made == FILE.replace("\r\n\r\n## A", "\r\n## A").replace("| c    |\r\n", "| c    |\r\n| D | |\r\n")
    assert in_place("# Mine\n", "x") is None
