from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.awesome.people import names
from llm4rs_bib.awesome.phrases import Line, facts
from llm4rs_bib.awesome.signs import date_and_venue, is_id, is_note, is_venue
from llm4rs_bib.awesome.trimming import label_of
from llm4rs_bib.markdown import pieces

A = "https://arxiv.org/abs/2305.90001"  # a paper
C = "https://github.com/example/moss"


def line(markdown):
    return Line(pieces(markdown))


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        # A link with words of its own
        (f"[Moss at Large Scale]({A})", "Moss at Large Scale"),
        (f"[Moss.]({A}) Ada Berg.", "Moss"),
        (f"[Moss: A Survey.]({A}), Berg et al., ACL 2023", "Moss: A Survey"),
        (f"[MossNet]({A}): Growing Deep Moss | OSDI 22", "MossNet: Growing Deep Moss"),
        (f"[MossNet:]({A}) Growing Deep Moss", "MossNet: Growing Deep Moss"),
        (f"[Ring Moss]({A}) with Blockwise Stones | UCB", "Ring Moss with Blockwise Stones"),
        (f"[Moss at Large Scale]({A}): the first paper on moss", "Moss at Large Scale"),
        (f"[Moss Grows Back]({A}) by Ada Berg. 2016.", "Moss Grows Back"),
        (f"[Moss at Scale | OpenReview]({A})", "Moss at Scale"),
        (f"[Moss at Scale, ACL 2023]({A})", "Moss at Scale"),
        (f"[Moss at Scale.pdf]({A})", "Moss at Scale"),
        (
            f"[Berg, A., & Lind, B. (2023). Moss at scale: A study. *arXiv preprint arXiv:2305.90001*.]({A})",
            "Moss at scale: A study",
        ),
        (f"**VCR**: [Fusion of Detected Mosses]({A})", "Fusion of Detected Mosses"),
        (f"**Moss Analysis in Depth**, [Are we growing it right?]({A})", "Are we growing it right?"),
        (f"20180604 arXiv 关于苔藓的问题：[Moss Adapts to Stones]({A})", "Moss Adapts to Stones"),
        (f"<[Moss Imitates Moss]({A})> by Ada Berg, 2018.", "Moss Imitates Moss"),
        (f"Berg, A., Lind, B.,  \n*[Moss With Eyes]({A})*,  \nIEEE Sensors, 2019. [PDF]({A})", "Moss With Eyes"),
        (f"[Ann Lee](https://lee.example.org/), [Bo Lind](https://lind.example.org/). **Silk Moss.** [[pdf]({A})]", "Silk Moss"),
        (f"[Moss on Moss](https://moss.example.org/) [[Paper]({A})]", "Moss on Moss"),
        ("[Moss Without an Address]()", "Moss Without an Address"),
        (f"[[Moss Grows in Shade]({A})]", "Moss Grows in Shade"),
        # Quotation marks
        (f"“Moss at Scale [[paper]({A})]", "Moss at Scale"),
        (f'"Moss at Scale", *arXiv, Dec 2023*. [[Paper]({A})]', "Moss at Scale"),
        (f"“Moss at Scale.” CVPR. [[Paper]({A})]", "Moss at Scale"),
        (f"《Moss at Scale》 [[Paper]({A})]", "Moss at Scale"),
        (f'Berg, Ada, et al. "**Moss at Scale**." arXiv preprint arXiv:2305.90001 (2023). [[pdf]]({A})', "Moss at Scale"),
        (f'Ada Berg, Bo Lind.<br>"Moss at Scale." ArXiv (2022). [[paper]({A})]', "Moss at Scale"),
        (f'["Why Should I Grow?": Explaining *Any* Moss]({A})', '"Why Should I Grow?": Explaining Any Moss'),
        # Bold and italics
        (f"[2023/04] **Moss at Scale.** *Ada Berg et al. arXiv.* [[paper]({A})]", "Moss at Scale"),
        (f"**Moss at Scale (SDM 2018)** [[paper]({A})]", "Moss at Scale"),
        (f"**Deep Moss (dMoss) (2018)** [[paper]({A})]", "Deep Moss (dMoss)"),
        (f"**[CVPR 2024]** Moss at Scale [[paper]({A})]", "Moss at Scale"),
        (f"**[MossNet]** Moss at Scale(**WACV**) [[paper]({A})]", "Moss at Scale"),
        (f"**FMC**: a Functional Moss Benchmark, [OpenReview]({A})", "FMC: a Functional Moss Benchmark"),
        (f"**Puzzle Moss, Puzzled.** `Preprint` [[paper]({A})]", "Puzzle Moss, Puzzled"),
        (f"**[[SINE'21]]({A})** **Sparse**-Interest Moss. WSDM 2021.", "Sparse-Interest Moss"),
        (
            f"**A Repeat Aware Moss Machine**\n**for Sessions.** AAAI, 2019. [paper]({A})",
            "A Repeat Aware Moss Machine for Sessions",
        ),
        ("Burk et al. **Hybrid Moss: Survey.** USER MODEL, 2002.", "Hybrid Moss: Survey"),
        (f"Ada Berg, Bo Lind, *Moss at Scale*, Interspeech 2010 [[Paper]({A})]", "Moss at Scale"),
        (f"(ECCV 2022) *Make-A-Moss: Scenes*, Ada Berg et al. [[Paper]({A})]", "Make-A-Moss: Scenes"),
        (f"**GPT-Moss** [[Paper]({A})]", "GPT-Moss"),
        (f"**MossNet** - **Growing Deep Moss**, [pdf]({A})", "Growing Deep Moss"),
        # Plain words
        (f"(Im)possible Moss [[paper]({A})]", "(Im)possible Moss"),
        (f"[ Moss at Scale, [[paper]({A})", "Moss at Scale"),
        (f"Moss at Scale. *Growing at Night* explained [[pdf]({A})]", "Moss at Scale"),
        (f"Moss at Scale. In Proc. of Ferns [[pdf]({A})]", "Moss at Scale"),
        (f"Moss in Shade, Ada Berg [[pdf]({A})]", "Moss in Shade"),
        (f"Moss in Shade, Ada Berg, Bo Lind [[pdf]({A})]", "Moss in Shade"),
        (f"Moss in Shade, Dark Rooms, and Caves [[pdf]({A})]", "Moss in Shade, Dark Rooms, and Caves"),
        (f"Moss, Lichen, and Fern: All at Once, WWW 2024, [[paper]]({A})", "Moss, Lichen, and Fern: All at Once"),
        (f"Do Mosses Dream? Revisited, RecSys 2023 Short Paper, [[paper]]({A})", "Do Mosses Dream? Revisited"),
        (f"Moss at Scale *Ada Berg et al. IEEE(RAL)* [[paper]({A})]", "Moss at Scale"),
        (f"Moss at Scale. *Ada Berg.* [[pdf]({A})]", "Moss at Scale"),
        (f"Moss at Scale, Gadd et al., 2018 [[Paper]({A})]", "Moss at Scale"),
        (f"Moss at Scale - Ada Berg and Bo Lind - ICML 2023 [pdf]({A})", "Moss at Scale"),
        (f"Moss at Scale <br> IJCAI 2024 (Survey Track) [[Paper]]({A})", "Moss at Scale"),
        (f"Moss at Scale (from Moss Research)(NeurIPS'23) [paper]({A})", "Moss at Scale"),
        (f"Moss.int8(): 8-bit Growing <br> NeurIPS 2022 [[Paper]]({A})", "Moss.int8(): 8-bit Growing"),
        (f"The **dormant moss** phenomenon, [arXiv]({A})", "The dormant moss phenomenon"),
        (f"Learning vs. Learning to Grow, NAACL 2021 [[pdf]({A})]", "Learning vs. Learning to Grow"),
        (
            f"A. Berg, B. Lind, and C. Ek., Neural Moss Machines, arXiv preprint arXiv:1410.9401, 2014 [[P]({A})]",
            "Neural Moss Machines",
        ),
        ("**2012-07** | Moss maps | *Ada Berg and Bo Lind* [Bioinformatics](https://doi.org/10.1093/x.1)", "Moss maps"),
        (f"ICML 2022, Moss in Deep Shade, [arXiv]({A})", "Moss in Deep Shade"),
        (f"`[Don et al. ARXIV20]` Hybrid Moss. arXiv:2009.90281, 2020. [[paper]]({A})", "Hybrid Moss"),
        (f"{A} Leaves of Moss", "Leaves of Moss"),
        (f"Moss at Scale GitHub：{C}｜论文地址：{A}", "Moss at Scale"),
        ("ICPR-12 Online Boosting for Moss 在线transfer 样本", "Online Boosting for Moss"),
        (f"- [ ] ⭐ :fire: 3. Moss at Scale [[paper]({A})]", "Moss at Scale"),
        (f"[[BMVC2021]({A})] 3D Moss with Stones [[github]({C})]", "3D Moss with Stones"),
        (f"**How green is moss? ** (2014), J. Yos et al. [[pdf]]({A})", "How green is moss?"),
        (f"AT&amp;T Moss &mdash; A History, *CHI 2022*, [[PDF]]({A})", "AT&T Moss — A History"),
    ],
)
def test_the_title_of_a_bullet(markdown, title):
    assert title == line(markdown).title.words


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        f"[[paper]]({A}) [[code]]({C})",
        f"[Paper]({A}) | [Project](https://moss.example.org/)",
        A,
        f"[NeurIPS 2023]({A})",
        "*Ada Berg, Bo Lind.* ICCV 2015.",
        "2023",
        f"Paper: {A}",
        "![stars](https://img.shields.io/a.svg)",
    ],
)
def test_what_has_no_title(markdown):
    assert line(markdown).title.words == ""


@pytest.mark.parametrize(
    ("markdown", "model"),
    [
        (f'**MossNet**: "Moss at Scale", *RSS 2024*. [[Paper]({A})]', "MossNet"),
        (f'**Moss Says No**: "Moss at Scale", *RSS 2024*. [[Paper]({A})]', "Moss Says No"),
        (f'**[MossNet]** "Moss at Scale" [[Paper]({A})]', "MossNet"),
        (f"<u>MossNet</u>: **“Moss at Scale”**. [[Paper]({A})]", "MossNet"),
        (f'MossNet: "Moss at Scale" ICCV. [[Paper]({A})]', "MossNet"),
        (f'**MossNet**: Moss at Scale", *ICML 2024*. [[Paper]({A})]', "MossNet"),
        (f"**[MossNet, M]** Moss at Scale | Ada Berg | **[CVPR' 14]** |[`[pdf]`]({A})", "MossNet, M"),
        (f'**MossNet:** Ada Berg, Bo Lind.<br>"Moss at Scale." TIP (2025). [[paper]({A})]', "MossNet"),
        (f"**VCR**: [Moss at Scale]({A})", ""),
        (f"**MossNet**: Moss at Scale [[paper]({A})]", ""),
    ],
)
def test_a_models_name_stands_before_a_title_in_quotation_marks_or_in_brackets(markdown, model):
    found = line(markdown).title
    assert (model, "Moss at Scale") == (found.model, found.words.removeprefix("MossNet: "))


@pytest.mark.parametrize(
    ("markdown", "dates", "venues"),
    [
        (f"[Moss]({A}), arXiv 2019/08, ACL 2020 [[code]]({C})", ["2019/08"], ["arXiv", "ACL 2020"]),
        (f"(*arXiv 2023.05*) Moss at Scale [[paper]({A})]", ["2023.05"], ["arXiv"]),
        (f'"Moss at Scale", *arXiv, Dec 2023*. [[Paper]({A})]', ["Dec 2023"], ["arXiv"]),
        (f"Moss <br> IJCAI 2024 (Survey Track) [[Paper]]({A})", [], ["IJCAI 2024 (Survey Track)"]),
        (f"Moss in the Wild (CVPR2021 oral), [[Paper]]({A})", [], ["CVPR2021 oral"]),
        (f"[Moss]({A}), L.K. Berg, 1990", ["1990"], []),
        (f"Moss from 2020 to 2021: What Next? [[paper]({A})] `AAAI 2024`", [], ["AAAI 2024"]),
        ("**Moss at Scale.**  \nAda Berg.  \n*Nature Ferns, May 2021.*", ["May 2021"], ["Nature Ferns"]),
        (f"Moss in Shade [[ICML2018]]({A}) [[KDD Cup 2023]](https://moss.example.org/cup)", [], ["ICML2018"]),
        (f"Moss in Shade [[arXiv 4 Jun 2018]]({A})", ["4 Jun 2018"], ["arXiv"]),
        ("**2012-07** | Moss maps | [mSystems](https://doi.org/10.1128/m.1)", ["2012-07"], ["mSystems"]),
        ("Berg et al. **Deep Moss.** IEEE TKDE, 2005.", ["2005"], ["IEEE TKDE"]),
        (f"[Moss]({A}) Ning et al. | SIGIR | 2024", ["2024"], ["SIGIR"]),
        (f"20180912 ICIP-18 [Moss]({A})", ["20180912"], ["ICIP-18"]),
        (f"[Moss]({A}) - on BEIR 2.0 and TREC 2021 data", [], []),
        (f"Moss at Scale [[arXiv]({A})]", [], []),
    ],
)
def test_dates_and_venues_beside_a_title(markdown, dates, venues):
    assert (dates, venues) == line(markdown).facts


def test_words_that_stand_before_a_year_are_a_venue_only_if_nothing_else_is_meant():
    assert facts("SNAM, 2013") == (["2013"], ["SNAM"])
    assert facts("Ada Berg, 2013") == (["2013"], [])


@pytest.mark.parametrize(
    ("words", "how_sure"),
    [
        ("Uri Sing et al.", 2),
        ("Berg, A., Lind, B.", 2),
        ("Zed Wang and Mike O'Boy", 2),
        ("Frank F. Xu, Aaron van den Oord", 2),
        ("Anna Holm(University of Norra) et al.", 2),
        ('Jan "Honza" Cerny, Tomas Miko', 2),
        ("Jia Liu*, Di Shen*, Luc Carin", 2),
        ("Reis & Gei", 1),
        ("Yo Kim", 1),
        ("Neural Moss Machines", 0),
        ("Text, Speech, and Vision", 0),
        ("Attention, Please", 0),
        ("Large Scale Learning, Deep Graph Networks", 0),
        ("SIGIR", 0),
        ("et al.", 0),
        ("", 0),
    ],
)
def test_how_surely_words_are_names(words, how_sure):
    assert how_sure == names(words)


@pytest.mark.parametrize(
    "words",
    """ACL 2023|NeurIPS'23|arxiv 2023|Recsys 2021|SIGIR 2023 workshop|Preprint|ICBINB NeurIPS Workshop 2023|CVPR' 14|OSDI 22|
    ACM CSUR'23|Phd@PVLDB 2018|IEEE Signal Processing Magazine 2012|MLPWorkshop 2017|IJCAI-ECAI 2018|TKDE|IEEE Access|Nature Methods|
    arXiv preprint 2022|2015 ICCV|2024 ACL Findings|ICML 2023 Workshop ES-FoMO|NIPS2017|ICLR-18|Proceedings of the IEEE|
    ICLR2018 Poster|under review|ICML Workshop on Mosses 2016|3DV 2019|EMNLP 2022 (Findings)""".replace("\n    ", "").split("|"),
)
def test_labels_that_can_only_be_venues(words):
    assert is_venue(words)


@pytest.mark.parametrize(
    "words",
    """MossNet|BERT-20|CIFAR-10|GPT-4|Ada J. D. Berg 2012|UCB|KDD Cup 2023|Findings|Learning to Rank|2023|Example Corp|Survey|
    20 Ovens|The Survey of KDD|A Tutorial|Best paper award|in the wild|Video@Workshop|Moss (ICCV 2019)|""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_words_that_may_be_something_else(words):
    assert not is_venue(words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("arXiv 2023.05", ("2023.05", "arXiv")),
        ("20180926 ICLR-18", ("20180926", "ICLR-18")),
        ("In Proceedings of CHI'23", ("", "Proceedings of CHI'23")),
        ("Sep. 2020", ("Sep. 2020", "")),
        ("27 Apr 2023", ("27 Apr 2023", "")),
        ("March 26, 2026", ("March 26, 2026", "")),
        ("1217-1224", ("", "")),
        ("2023.13", ("", "")),
        ("46(9)", ("", "")),
        ("moss " * 50, ("", "")),
    ],
)
def test_the_date_and_the_venue_of_a_phrase(words, told):
    assert told == date_and_venue(words)


def test_ids_notes_and_labels():
    assert is_id("arXiv:1406.1078")
    assert is_id("CoRR abs/1610.04420")
    assert not is_id("arXiv 2023")
    assert is_note("Survey Track")
    assert not is_note("dMoss")
    shown = ("📅 Date", "Paper-1", "论文下载链接", "TLDR", "**Authors**", "ICLR 2024", "MossNet", "")
    assert [label_of(each) for each in shown] == ["date", "paper-1", "论文", "tldr", "authors", "", "", ""]


@pytest.mark.parametrize(
    ("markdown", "is_news"),
    [
        (f"[2023/12] We release our survey [Moss at Scale]({A}).", True),
        (f"If you like it, please cite our [paper]({A})", True),
        (f"2024.05.30: The paper of Moss-1M was online ([arXiv]({A})).", True),
        ("coming soon...", True),
        (f"Are We There Yet? Moss Without Stones [[paper]({A})]", False),
    ],
)
def test_news_and_requests_are_no_rows(markdown, is_news):
    assert is_news == line(markdown).title.is_news


MARKDOWN = st.lists(
    st.sampled_from(
        ["**", "*", "`", "[", "](", A, ")", '"', "“", "(", "et al.", "Ada Berg", ", ", ". ", "ACL 2023", "2023.05", "\n", "<br>"]
    )
    | st.text(max_size=6)
).map("".join)


@given(MARKDOWN)
def test_any_text_is_read(markdown):
    read = line(markdown)
    assert read.title.words == " ".join(read.title.words.split())
    assert not set(read.title.words) & set("\ud800\ud801\ud802\ud803")
    assert all(read.facts[0]) or not read.facts[0]


@pytest.mark.parametrize(
    "part", ["a, ", "Ab Cd, ", "**b** ", "(a) ", "[", '"', "A-", "et al. ", "2023.05 ", f"[x]({A}) ", "Á.", "a'"]
)
def test_long_items_take_no_longer_than_their_length(part):
    read = line(part * (30_000 // len(part)))
    assert len(read.title.words) <= 1_600
    assert isinstance(read.facts, tuple)
