"""In what a list's rows differ from their papers: the built-in list, a made-up one that has each kind both ways, and single rows."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace

import pytest
from conftest import DATA, ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import CATALOGS, RECORDS

from llm4rs_bib import load
from llm4rs_bib.drift import KINDS, Finding, findings
from llm4rs_bib.drift.patch import Change, corrected, rewritten_list, unified
from llm4rs_bib.drift.report import as_json, as_markdown, as_text
from llm4rs_bib.drift.rows import Rows
from llm4rs_bib.entries import join
from llm4rs_bib.model import Catalog, Category, Evidence, Listing, Lock, PartialDate, Record, Work
from llm4rs_bib.model import Finding as Answer

MADE_UP = DATA / "drift"


def rows_by_kind(bibliography):
    """Kind → the rows' numbers in the list, from 1."""
    listings = [listing for category in bibliography.catalog.categories for listing in category.listings]
    numbers = {listing.id: number for number, listing in enumerate(listings, start=1)}
    found = defaultdict(list)
    for finding in findings(bibliography):
        found[finding.kind].append(numbers[finding.listing])
    return dict(found)


def test_the_built_in_list_drifts_where_its_checked_facts_say_and_nowhere_else():
    published = [7, 14, 16, 18, 19, 21, 28, 31, 32, 34, 37, 43, 44, 45, 48, 56, 57, 58, 59, 60, 61, 65, 66, 68]
    assert rows_by_kind(load(ROOT / "catalog")) == {
        "published-since": published,  # 24
        "preprint-link": sorted([*published, 1, 2, 5, 12, 39, 46, 47, 53, 62, 63, 67]),  # 35
        "title": [9, 19, 32, 34, 39, 44, 48, 53, 54, 59, 61, 64, 65],  # 13
        "first-posting": [1, 5, 7, 30, 35, 37],
        "venue-year": [2, 62],
        "venue": [5, 33, 41, 52, 54],  # LREC-COLING, and the companion of WWW
        "model": [19, 34],
        "mojibake": [9],
    }


def test_each_row_of_the_made_up_list_has_the_findings_that_it_names():
    bibliography = load(MADE_UP / "catalog")
    found = defaultdict(list)
    for finding in findings(bibliography):
        found[finding.listing].append(finding.kind)
    listings = [listing for category in bibliography.catalog.categories for listing in category.listings]
    named = {listing.id: listing.columns["Drift"].removeprefix("finds ").split(", ") for listing in listings}
    assert {each: sorted(kinds) for each, kinds in named.items()} == {each: sorted(found[each] or ["nothing"]) for each in named}
    assert {kind for kinds in named.values() for kind in kinds} == {*KINDS, "nothing"} - {"dead-id"}


@pytest.mark.parametrize("folder", [ROOT / "catalog", MADE_UP / "catalog"], ids=["built-in", "made up"])
def test_a_list_that_was_corrected_has_nothing_left_to_correct(folder):
    bibliography = load(folder)
    by_listing = defaultdict(list)
    for finding in findings(bibliography):
        by_listing[finding.listing].append(finding)
    categories = tuple(
        replace(category, listings=tuple(corrected(each, by_listing[each.id]) for each in category.listings))
        for category in bibliography.catalog.categories
    )
    left = findings(join(replace(bibliography.catalog, categories=categories), bibliography.lock))
    assert [finding for finding in left if finding.new] == []
    kept = [finding for finding in findings(bibliography) if not finding.new]
    assert {(each.listing, each.kind) for each in left} == {(each.listing, each.kind) for each in kept}


def test_kinds_and_categories_are_selected_with_what_nests_in_them():
    bibliography = load(MADE_UP / "catalog")
    every = findings(bibliography)
    assert findings(bibliography, kinds=["title", "model"]) == tuple(each for each in every if each.kind in ("title", "model"))
    assert [each.listing for each in findings(bibliography, categories=["yeasts"])] == ["yeast"]
    nested = [replace(each, level=3 if each.slug == "yeasts" else 2) for each in bibliography.catalog.categories]
    inside = join(replace(bibliography.catalog, categories=tuple(nested)), bibliography.lock)
    assert findings(inside, categories=["moulds"]) == every


@given(CATALOGS, st.lists(RECORDS, max_size=4))
def test_any_catalog_can_be_looked_at(catalog, records):
    categories = [
        replace(
            category,
            slug=f"s{i}",
            listings=tuple(replace(row, id=f"{i}.{j}", key=None) for j, row in enumerate(category.listings)),
        )
        for i, category in enumerate(catalog.categories)
    ]
    listings = [listing.id for category in categories for listing in category.listings]
    works = {f"key{i}": replace(record, aliases=()) for i, record in enumerate(records)}
    lock = Lock(works=works, listings=dict(zip(listings, works, strict=False)))
    found = findings(join(replace(catalog, categories=tuple(categories)), lock))
    assert all(finding.new is None or finding.new != finding.now for finding in found)
    for form in (as_text, as_markdown, as_json):
        form(found).encode()


# Single rows

PREPRINT = Work(
    type="preprint",
    title="Spora: A Title",
    issued=PartialDate(2024, 3, 5),
    doi="10.48550/arXiv.2403.99001",
    arxiv_id="2403.99001",
)
ARTICLE = Work(
    type="article-journal",
    title="Spora: A Title",
    container_title="ACM Transactions on Information Systems",
    issued=PartialDate(2025),
    volume="43",
    doi="10.99999/spora",
)
PAPER = replace(
    ARTICLE,
    type="paper-conference",
    container_title="Proceedings of the 34th ACM International Conference on Information and Knowledge Management",
    issued=PartialDate(2025, 11),
    volume=None,
)
ROW = Listing(id="spora", title="Spora: A Title", link="https://doi.org/10.99999/spora", date="2024.3", venue="TOIS'25")
CURATED = Evidence(source="curated", checked=PartialDate(2025, 12, 1))


def drift(listing=ROW, published=ARTICLE, preprint=PREPRINT, *, evidence=CURATED, others=(), venues=None):
    """(kind, new) of each finding of a row, in a list with other rows that nothing is known of."""
    lock = Lock()
    if published or preprint:
        record = Record(published=published, preprint=preprint, evidence=evidence)
        lock = Lock(works={"key": record}, listings={listing.id: "key"})
    category = Category(slug="moulds", heading="Moulds", level=2, columns=("Paper",), listings=(listing, *others))
    found = findings(join(Catalog(title="List", categories=(category,), venues=venues or {}), lock))
    return [(finding.kind, finding.new) for finding in found if finding.listing == listing.id]


def another(number=1, **fields):
    return Listing(id=f"other{number}", title=f"Other {number}", **fields)


REGISTRIES = Evidence(source="registries")


@pytest.mark.parametrize(
    ("venue", "published", "found"),
    [
        ("arXiv'24", ARTICLE, "TOIS'25"),
        ("arXiv 2024", ARTICLE, "TOIS 2025"),
        ("*arXiv* (2024)", ARTICLE, "*TOIS* (2025)"),
        ("N/A", ARTICLE, "TOIS '25"),
        ("arXiv", ARTICLE, "TOIS '25"),
        (None, ARTICLE, "TOIS '25"),
        ("arXiv'24", replace(ARTICLE, container_title="Mycologia"), None),
        ("arXiv'24", replace(ARTICLE, container_title="Mycologia", venue_short="Myc"), "Myc'25"),
        ("arXiv'24", replace(ARTICLE, issued=None), None),
        ("arXiv'24", PAPER, "CIKM'25"),
    ],
)
def test_a_published_preprint_gets_its_venue_in_the_form_of_the_row_or_of_the_list(venue, published, found):
    row = replace(ROW, venue=venue)
    neighbours = [another(i, venue=each) for i, each in enumerate(["KDD '23", "WWW '24", "arXiv'24"])]
    assert drift(row, published, others=neighbours) == [("published-since", found)]


def test_the_persons_own_names_of_venues_come_first():
    assert drift(replace(ROW, venue="arXiv'24"), venues={ARTICLE.container_title: "Trans. Inf."}) == [
        ("published-since", "Trans. Inf.'25")
    ]


def test_a_list_that_names_no_venues_does_not_want_one():
    assert drift(replace(ROW, venue=None)) == []


@pytest.mark.parametrize(
    ("published", "evidence", "new"),
    [
        (PAPER, REGISTRIES, "CIKM'25"),
        (replace(PAPER, issued=PartialDate(2025, 1)), CURATED, "CIKM'25"),
        (replace(PAPER, issued=PartialDate(2025, 1)), REGISTRIES, None),
        (replace(PAPER, issued=PartialDate(2025)), REGISTRIES, None),
        (
            replace(PAPER, container_title="CIKM 2024 Proceedings", venue_short="CIKM", issued=PartialDate(2025)),
            REGISTRIES,
            "CIKM'24",
        ),
    ],
)
def test_proceedings_that_may_be_those_of_the_year_before_give_no_year(published, evidence, new):
    assert drift(replace(ROW, venue="arXiv'24"), published, evidence=evidence) == [("published-since", new)]


@pytest.mark.parametrize(
    "published",
    [
        None,
        replace(ARTICLE, type="thesis"),
        replace(ARTICLE, type="report"),
        replace(ARTICLE, container_title="arXiv preprint arXiv:2403.99001"),
        replace(ARTICLE, container_title="CoRR", doi=None),
        replace(ARTICLE, doi="10.48550/arXiv.2403.99001"),
    ],
    ids=["none", "thesis", "report", "arXiv", "CoRR", "arXiv's DOI"],
)
def test_what_is_no_publication_publishes_nothing(published):
    assert drift(replace(ROW, venue="arXiv'24", link="https://arxiv.org/abs/2403.99001"), published) == []


def test_what_only_an_imported_file_says_is_not_known():
    row = replace(ROW, venue="arXiv'24", link="https://arxiv.org/abs/2403.99001", date="2023.1", title="Another One")
    assert drift(row, evidence=Evidence(source="imported")) == []
    answer = Answer(
        source="crossref", record="10.99999/SPORA", retrieved=PartialDate(2025), asked="doi", rule="link", title="equal"
    )
    found = drift(row, evidence=Evidence(source="imported", found=(answer,)))
    assert [kind for kind, _ in found] == ["title", "published-since", "preprint-link"]  # the preprint's date is the file's alone


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://arxiv.org/abs/2403.99001", True),
        ("https://www.arxiv.org/pdf/2403.99001v2.pdf", True),
        ("arxiv.org/abs/2403.99001", True),
        ("https://doi.org/10.48550/arXiv.2403.99001", True),
        ("https://huggingface.co/papers/2403.99001", True),
        ("https://www.biorxiv.org/content/10.1101/2024.03.05.123456v1.full", True),
        ("https://doi.org/10.1101/2024.03.05.123456", True),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1", True),
        ("https://dl.acm.org/doi/pdf/10.99999/SPORA", False),
        ("https://doi.org/10.1101/gr.123456", False),  # the publisher's journal
        ("https://openreview.net/forum?id=abc", False),
        ("https://example.org/arxiv.org/paper.pdf", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_a_link_to_a_preprint_is_told_by_its_server(link, found):
    assert drift(replace(ROW, link=link)) == ([("preprint-link", "https://doi.org/10.99999/spora")] if found else [])


@pytest.mark.parametrize(
    "cells",
    [
        {"columns": {"DOI": "[10.99999/Spora](https://dl.acm.org/doi/10.99999/Spora)"}},
        {"columns": {"DOI": "10.99999/SPORA"}},
        {"columns": {"Links": "[arXiv](https://arxiv.org/abs/2403.99001) [DOI](https://doi.org/10.99999/spora)"}},
        {"text": "- [Spora](https://arxiv.org/abs/2403.99001), [ACM](https://doi.org/10.99999/spora)"},
    ],
)
def test_a_row_that_links_to_the_publication_besides_is_right(cells):
    assert drift(replace(ROW, link="https://arxiv.org/abs/2403.99001", **cells)) == []


@pytest.mark.parametrize(
    ("published", "address"),
    [
        (replace(ARTICLE, doi="10.99999/a<b>#1"), "https://doi.org/10.99999/a%3Cb%3E%231"),
        (replace(ARTICLE, doi=None, url="https://example.org/paper"), "https://example.org/paper"),
        (replace(ARTICLE, doi=None, url="https://arxiv.org/abs/2403.99001"), None),
        (replace(ARTICLE, doi=None), None),
    ],
)
def test_the_publication_is_at_its_doi_else_on_its_page(published, address):
    assert drift(replace(ROW, link="https://arxiv.org/abs/2403.99001"), published) == [("preprint-link", address)]


@pytest.mark.parametrize(
    ("title", "present", "new"),
    [
        ("A Title: Of Moulds", "A title – of moulds", None),
        ("Moulds and Yeast", "Moulds &amp; Yeast", None),
        ("Users' Moulds", "Users’ Moulds", None),
        ("α-Moulds of size $k$", "$\\alpha$-Moulds of Size <i>k</i>", None),
        ("Pre-training Moulds", "Pretraining Moulds", None),
        ("LLM-ESR: Moulds", "LLMESR: Moulds", "LLMESR: Moulds"),
        ("Pre-Moulds: Moulds", "Premoulds: Moulds", "Premoulds: Moulds"),
        ("Rust: A Fungus", "Rust", None),
        ("Rust of Wheat", "Rust of Wheat: A Fungus", "Rust of Wheat: A Fungus"),
        ("Rust", "Rust: A Fungus", None),
        ("霉菌", "霉菌与酵母", "霉菌与酵母"),
        ("A Mould", "Moulds", "Moulds"),
        ("Moulds $5", "Moulds &#36;5", None),
        ("A Mould", "<i>E. coli</i> and Moulds &lt;3", "E. coli and Moulds <3"),
        ("A Mould", "MOULDS AND YEASTS", None),
    ],
)
def test_only_other_words_make_another_title(title, present, new):
    found = drift(replace(ROW, title=title), replace(ARTICLE, title=present), None)
    is_in_capitals = present == "MOULDS AND YEASTS"
    assert found == ([("title", new)] if new or is_in_capitals else [])


def test_capitals_of_a_registry_are_those_of_the_preprint():
    row = replace(ROW, title="Some Moulds")
    works = replace(ARTICLE, title="MOULDS AND YEASTS"), replace(PREPRINT, title="Moulds and Yeasts")
    assert drift(row, *works) == [("title", "Moulds and Yeasts")]


def why(listing, published, preprint):
    lock = Lock(works={"key": Record(published=published, preprint=preprint, evidence=CURATED)}, listings={listing.id: "key"})
    category = Category(slug="moulds", heading="Moulds", level=2, listings=(listing,))
    return [finding.why for finding in findings(join(Catalog(title="List", categories=(category,)), lock))]


def test_a_title_is_said_to_be_a_former_one_where_it_is():
    row = replace(ROW, title="Old Title")
    old = replace(PREPRINT, other_titles=("Old title",))
    assert why(row, ARTICLE, old) == why(row, None, old) == ["a former title of the paper"]
    assert why(row, ARTICLE, replace(PREPRINT, title="Old Title")) == ["a former title of the paper"]
    assert why(row, ARTICLE, PREPRINT) == ["not the title of the publication"]
    assert why(row, None, PREPRINT) == ["not the title of the preprint"]


def test_a_title_that_a_person_wrote_over_the_works_is_the_present_one():
    row = replace(ROW, title="My Title", override={"title": "My Title"})
    assert drift(row) == []
    assert drift(replace(row, title="Another One")) == [("title", "My Title")]


NAMES = [another(i, model=f"Net{i}") for i in range(3)]
NAMED = [replace(each, title=f"{each.model}: A Net") for each in NAMES]
BACKBONES = [replace(each, model="BERT") for each in NAMED]


@pytest.mark.parametrize(
    ("model", "title", "others", "found"),
    [
        ("LLMDSR", "LLM4DSR: A Net", NAMED, [("model", "LLM4DSR")]),
        ("LLMDSR", "LLM4DSR: A Net", (), []),
        ("LLMDSR", "LLM4DSR: A Net", BACKBONES, []),
        ("BERT", "BERT4Moulds: A Net", BACKBONES, []),
        ("Boletus", "LLM4DSR: A Net", NAMED, [("model", None)]),
        ("Boletus", "LLM4DSR: A Net", BACKBONES, []),
        ("Boletus", "Survey: A Net", NAMED, []),
        ("Boletus", "Two Words: A Net", NAMED, []),
        ("Boletus", "No Name at All", NAMED, []),
        ("Boletus", "AMANITA: Boletus Again", NAMED, []),
        ("Net-A, Net-B", "NETC: A Net", NAMED, []),
        ("LLM-ESR", "LLMESR: A Net", NAMED, []),
        ("N/A", "LLM4DSR: A Net", NAMED, []),
        ("**", "LLM4DSR: A Net", NAMED, []),
    ],
)
def test_a_model_is_contradicted_by_the_name_before_the_colon_where_the_list_names_models_so(model, title, others, found):
    row = replace(ROW, title=title, model=model)
    assert drift(row, replace(ARTICLE, title=title), None, others=others) == found


def test_a_former_name_of_the_model_is_told_by_a_former_title():
    row = replace(ROW, title="OLD-Net: Moulds", model="Old-Net")
    new = replace(ARTICLE, title="NEW-Net: Moulds")
    assert drift(row, new, None) == [("title", "NEW-Net: Moulds"), ("model", "NEW-Net")]
    assert drift(replace(row, title="NEW-Net: Moulds"), new, replace(PREPRINT, title="OLD-Net: Moulds")) == [("model", "NEW-Net")]


WWW = "Proceedings of the ACM Web Conference 2024"


@pytest.mark.parametrize(
    ("venue", "container", "new"),
    [
        ("KDD'24", WWW, "WWW'24"),
        ("WWW 2024", f"Companion {WWW}", "WWW Companion 2024"),
        ("ACL'24", "Findings of the Association for Computational Linguistics: ACL 2024", "ACL Findings'24"),
        ("WWW Companion'24", f"Companion {WWW}", None),
        ("WWW (Companion) 2024", f"Companion {WWW}", None),
        ("Findings of ACL'24", "Findings of the Association for Computational Linguistics: ACL 2024", None),
        ("TheWebConf'24", WWW, None),
        ("MouldConf'24", WWW, None),
        ("KDD'24", "Proceedings of the Workshop on Moulds at WWW 2024", None),
        ("SIGIRW'24", "Gen-IR Workshop 2024", None),
    ],
)
def test_another_venue_is_said_where_both_are_known(venue, container, new):
    work = replace(PAPER, container_title=container, issued=PartialDate(2024, 5))
    assert drift(replace(ROW, venue=venue), work) == ([("venue", new)] if new else [])


ICDM, NEURIPS = "2023 IEEE International Conference on Data Mining (ICDM)", "Advances in Neural Information Processing Systems 36"
VLDB = replace(ARTICLE, container_title="Proceedings of the VLDB Endowment", issued=PartialDate(2022, 11))


@pytest.mark.parametrize(
    ("venue", "published", "new"),
    [
        ("TOIS'24", ARTICLE, "TOIS'25"),
        ("TOIS Oral 2024", ARTICLE, "TOIS Oral 2025"),
        ("TOIS", ARTICLE, None),
        ("TOIS'24", replace(ARTICLE, volume=None), "TOIS'25"),  # earlier than any date
        ("TOIS'26", replace(ARTICLE, volume=None), None),  # early access
        ("TOIS'26", ARTICLE, "TOIS'25"),
        ("TOIS'24", replace(ARTICLE, issued=None), None),
        ("Myc'24", replace(ARTICLE, container_title="Journal of Moulds", venue_short="Myc"), "Myc'25"),
        ("Fungi'24", replace(ARTICLE, container_title="Journal of Moulds", venue_short="Myc"), None),
        ("ICDM'23", replace(PAPER, container_title=ICDM, issued=PartialDate(2024, 2)), None),
        ("ICDM'24", replace(PAPER, container_title=ICDM, issued=PartialDate(2024, 2)), "ICDM'23"),
        ("NeurIPS'23", replace(PAPER, container_title=NEURIPS, issued=PartialDate(2024)), None),
        ("NeurIPS'21", replace(PAPER, container_title=NEURIPS, issued=PartialDate(2023)), "NeurIPS'23"),
        ("VLDB'23", VLDB, None),
    ],
)
def test_the_year_of_a_venue_is_that_of_the_volume_or_of_the_conference(venue, published, new):
    found = drift(replace(ROW, venue=venue, date=None), published)
    assert found == ([("venue-year", new)] if new else [])


def dated(*dates):
    """Other rows that are dated so, all first posted in March 2024."""
    return [replace(ROW, id=f"dated{i}", title=f"Dated {i}", link=None, date=date) for i, date in enumerate(dates)]


def date_findings(date, others=(), published=None, preprint=PREPRINT):
    row = replace(ROW, date=date, venue="arXiv'24")
    rows = (row, *others)
    works = {f"key{each.id}": Record(published=published, preprint=preprint, evidence=CURATED) for each in rows}
    category = Category(slug="moulds", heading="Moulds", level=2, listings=rows)
    lock = Lock(works=works, listings={each.id: f"key{each.id}" for each in rows})
    found = findings(join(Catalog(title="List", categories=(category,)), lock), kinds=["first-posting"])
    return [finding.new for finding in found if finding.listing == row.id]


@pytest.mark.parametrize(
    ("date", "new"),
    [
        ("2024.3", []),
        ("2024.03", []),
        ("March 2024", []),
        ("2024", []),
        ("2024-03-01", []),
        ("2024.4", ["2024.3"]),
        ("2024.04", ["2024.03"]),
        ("2024-12", ["2024-03"]),
        ("2024/12", ["2024/03"]),
        ("2024-04-01", ["2024-03-05"]),
        ("April 2024", ["March 2024"]),
        ("Apr 7, 2023", ["Mar 5, 2024"]),
        ("2023", ["2024"]),
        ("last year", []),
        (None, []),
    ],
)
def test_in_a_list_dated_by_first_postings_another_month_is_wrong(date, new):
    assert date_findings(date, dated("2024.3", "2024.3", "2024.3", "2024.5")) == new


def test_in_another_list_a_date_is_wrong_only_before_posting_and_publication():
    others = dated("2024.7", "2024.9", "2024.3")
    assert date_findings("2024.4", others) == []
    assert date_findings("2023.4", others) == []  # it may have been published where nobody looked
    assert date_findings("2023.4", others, published=ARTICLE) == ["2024.3"]
    assert date_findings("2025.4", others, published=ARTICLE) == []


def test_a_paper_that_was_published_before_it_was_posted_has_no_first_posting():
    others = dated("2024.3", "2024.3")
    assert date_findings("2023.9", others, published=replace(ARTICLE, issued=PartialDate(2023, 9))) == []
    assert date_findings("2024.2", others, published=replace(ARTICLE, issued=PartialDate(2024, 2))) == []
    assert date_findings("2024.2", others, published=replace(ARTICLE, issued=PartialDate(2024))) == ["2024.3"]
    assert date_findings("2024.2", others, preprint=replace(PREPRINT, issued=PartialDate(2024))) == []


def test_blocks_under_one_heading_are_one_section():
    first, second = (Listing(id=each, title="Moulds on Bread") for each in ("first", "second"))
    blocks = (
        Category(slug="a", heading="A", level=2, listings=(first,)),
        Category(slug="b", heading="A", level=2, listings=(second,)),
    )
    assert findings(join(Catalog(title="List", categories=blocks), Lock())) == ()
    one = (blocks[0], replace(blocks[1], heading_markdown=""))
    [found] = findings(join(Catalog(title="List", categories=one), Lock()))
    assert (found.listing, found.kind, found.why) == ("second", "duplicate", "the same title as first")


def test_unknown_identifiers_are_those_that_registries_do_not_know():
    row = replace(ROW, link="https://arxiv.org/abs/2403.99009")
    category = Category(slug="moulds", heading="Moulds", level=2, listings=(row,))
    rows = Rows.of(join(Catalog(title="List", categories=(category,)), Lock()))
    assert findings(rows) == ()
    known = replace(
        rows,
        unknown={("arxiv", "2403.99009"): "arXiv does not know it"},
        notes={("arxiv", "2403.99009"): ("withdrawn: an error",)},
    )
    assert [(each.kind, each.why) for each in findings(known)] == [
        ("retracted", "2403.99009: withdrawn: an error"),
        ("dead-id", "arXiv does not know it"),
    ]


# What is shown


def finding(**fields):
    given = {"kind": "title", "listing": "id", "category": "c", "where": "", "field": "title", "now": "a", "new": "b", "why": "w"}
    return Finding(**{**given, **fields})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "`plain`"),
        ("@all see #12", "`@all see #12`"),
        ("a | b \\| c", "`a \\| b \\\\| c`"),
        ("a `code` b", "``a `code` b``"),
        ("`edge", "`` `edge ``"),
        ("``two``", "``` ``two`` ```"),
        ("two\nlines", "`two lines`"),
        ("", "–"),
        (None, "–"),
    ],
)
def test_in_markdown_a_cells_words_are_code(value, shown):
    assert as_markdown([finding(now=value)]).splitlines()[-1] == f"| `id` | title | {shown} | `b` | w |"


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        (
            "[x](y) <b> *a* _b_ `c` ~d~ &amp; $e$ | \\",
            "\\[x\\](y) \\<b\\> \\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\&amp; \\$e\\$ \\| \\\\",
        ),
        ("INRA@RecSys #12 GH-3 gh-4 :smile:", "INRA@&#8203;RecSys #&#8203;12 GH-&#8203;3 gh-&#8203;4 :&#8203;smile:"),
        ("# no 1. C# (a) - b: c", "# no 1. C# (a) - b: c"),
    ],
)
def test_in_markdown_reasons_make_no_markup_no_mention_and_no_reference(why, shown):
    assert as_markdown([finding(why=why)]).splitlines()[-1] == f"| `id` | title | `a` | `b` | {shown} |"


@given(st.text(min_size=1), st.text())
def test_a_table_of_markdown_gives_its_words_back(now, why):
    from markdown_it import MarkdownIt

    from llm4rs_bib.text import clean

    tokens = MarkdownIt("commonmark").enable("table").parse(as_markdown([finding(now=now, why=why)]))
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 5
    assert "".join(child.content for child in cells[2].children) == (clean(now) or "–")
    assert "".join(child.content for child in cells[4].children).replace("\u200b", "") == clean(why).replace("\u200b", "")


def test_text_says_each_row_once_and_a_reason_once():
    two = [finding(where="list.md:7", kind="venue", field="venue"), finding(where="list.md:7", now=None, new=None)]
    assert as_text([*two, finding(listing="other", why="\x1b[31mv")]) == (
        "list.md:7: id\n  venue: a → b (venue)\n  title: – (title)\n    w\n\nother\n  title: a → b (title)\n    [31mv\n"
    )


# Patches


def tidy(line, columns, fields, old, new):  # as awesome.rewritten
    """A row with the old title's words replaced; None if it has them not."""
    return line.replace(old.title, new.title) if old.title in line else None


LIST = "# List\n\n| Paper |\n|---|\n" + "".join(f"| Paper {i} |\n" for i in range(1, 31)) + "\nEnd.\n"


def changes(*numbers):
    return [
        Change(number + 4, ("Paper",), {}, Listing(id="", title=f"Paper {number}"), Listing(id="", title=f"Title {number}"))
        for number in numbers
    ]


@pytest.fixture(params=["git apply", "patch -p1"])
def apply(request, tmp_path):
    """Apply a patch to a file, in a folder of its own; the file's new bytes."""
    command = request.param.split()
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")

    def run(name, old, patch):
        path = tmp_path / name
        path.write_bytes(old.encode())
        binary = ["--binary"] if command[0] == "patch" else []
        done = subprocess.run([*command, *binary], cwd=tmp_path, input=patch.encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        return path.read_bytes().decode()

    return run


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.replace("\n", "\r\n"),
        LIST.removesuffix("\n\nEnd.\n"),
        f"\ufeff{LIST}",
        LIST.replace("| Paper 3 |", "| Paper 3 | \x0c\u2028 é"),
    ],
    ids=["plain", "CRLF", "no final newline", "mark at the beginning", "other line ends"],
)
@pytest.mark.parametrize("numbers", [(1,), (30,), (1, 2, 3), (2, 9, 10, 17, 30), tuple(range(1, 31))], ids=str)
def test_a_patch_is_taken_by_other_programs(apply, text, numbers):
    new, left = rewritten_list(text, changes(*numbers), tidy)
    assert left == ()
    assert new == re.sub(r"Paper (\d+)", lambda each: f"Title {each[1]}" if int(each[1]) in numbers else each[0], text)
    assert apply("list.md", text, unified(text, new, "list.md")) == new


@pytest.mark.parametrize("name", ["my list.md", "über.md", 'a"b.md'])
def test_names_of_files_are_written_as_patches_have_them(apply, name):
    new, _ = rewritten_list(LIST, changes(4), tidy)
    assert apply(name, LIST, unified(LIST, new, name)) == new


def test_hunks_have_three_lines_around_and_touching_ones_are_one():
    text = "".join(f"| Paper {i} |\n" for i in range(1, 30))
    shifted = [change._replace(line=change.line - 4) for change in changes(2, 8, 16)]
    patch = unified(text, rewritten_list(text, shifted, tidy)[0], "x/list.md")
    assert patch.splitlines()[:3] == ["--- a/x/list.md", "+++ b/x/list.md", "@@ -1,11 +1,11 @@"]
    assert [line for line in patch.splitlines() if line.startswith("@@")] == ["@@ -1,11 +1,11 @@", "@@ -13,7 +13,7 @@"]
    assert unified(text, text, "list.md") == ""


def test_what_cannot_be_written_is_left_and_said():
    wrong = changes(1)[0]._replace(line=9)
    longer = changes(2)[0]
    several = longer._replace(new=replace(longer.new, title="two\nlines"))
    new, left = rewritten_list(LIST, [wrong, several, *changes(3)], tidy)
    assert left == (wrong, several)
    assert new == LIST.replace("Paper 3 ", "Title 3 ")


def test_a_bullet_of_several_lines_is_written_as_a_whole():
    text = "- Paper 1,\n  2024\n- Paper 2\n"
    old = Listing(id="", title="Paper 1,\n  2024", text="- Paper 1,\n  2024")
    change = Change(1, (), {}, old, replace(old, title="Title 1,\n  2025"))
    assert rewritten_list(text, [change], tidy) == ("- Title 1,\n  2025\n- Paper 2\n", ())


def test_a_field_or_a_column_of_its_own_is_corrected_and_the_later_finding_counts():
    row = replace(ROW, columns={"Type": "MÃ¶glich"})
    found = [finding(now="", new="First"), finding(now="", new="Second"), finding(field="Type", new="Möglich"), finding(new=None)]
    assert corrected(row, found) == replace(row, title="Second", columns={"Type": "Möglich"})
