"""A bibliography into a catalog: what becomes a listing, a work, a category; and what `enrich` makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entries import SEA
from fakes import Registries, looked, people, posted, published
from hypothesis import given
from hypothesis import strategies as st
from importing import own_list, written_and_read
from papers import PAPER as PAPER_CHECKED
from papers import curated
from strategies import CLEAN, WORKS

from llm4rs_bib.catalog import dumps_catalog, dumps_listings, dumps_lock, loads_catalog, loads_listings, loads_lock
from llm4rs_bib.catalog.insertion import insert
from llm4rs_bib.curate import apply as curate
from llm4rs_bib.enrich import apply, name_of
from llm4rs_bib.entries import join
from llm4rs_bib.imported import bring_in
from llm4rs_bib.labels import date
from llm4rs_bib.model import Catalog, Category, Evidence, Listing, Lock, PartialDate, Record, Said, Work
from llm4rs_bib.papers import paper_of
from llm4rs_bib.readers import Found, Imported, read

EMPTY = Catalog(title="T")
XI = "Xi, Ann and Liu, Bo"
OPEN, SALT = "Towards Open Worlds of Salt", "Salt of Very Old Northern Towns"


def bib(*entries):
    """A file of entries, each "key: fields"."""
    blocks = []
    for entry in entries:
        key, _, fields = entry.partition(": ")
        kind = (
            "inproceedings" if "booktitle" in fields else "misc" if "eprint" in fields and "journal" not in fields else "article"
        )
        blocks.append(f"@{kind}{{{key}, {fields}}}\n")
    return read("".join(blocks), "lists/refs.bib")


def brought(*entries, catalog=EMPTY, lock=Lock(), **how):  # noqa: B008 - it is immutable
    return bring_in(catalog, lock, bib(*entries), "refs", **how)


def listed(result):
    """The listings' ids by category."""
    return {category.slug: [listing.id for listing in category.listings] for category in result.catalog.categories}


def of_file(*seen_in):
    return Evidence(source="imported", seen_in=seen_in)


# A listing and a work.

PAPER = (
    f"xi2024: title = {{{OPEN}}}, author = {{{XI}}}, booktitle = {{Proceedings of Salt}}, series = {{SALT '24}}, year = 2024, "
)
PAPER += "month = may, doi = {10.1000/a#b}, eprint = {2306.10933}"


def test_an_entry_becomes_a_listing_and_a_work_under_its_key():
    result = brought(PAPER)
    row = Listing(id="towards-open-worlds", title=OPEN, link="https://doi.org/10.1000/a%23b", date="2024.5", venue="SALT")
    assert result.catalog == Catalog(title="T", categories=(Category(slug="refs", heading="refs", listings=(row,)),))
    record = Record(
        published=Work(
            type="paper-conference",
            title=OPEN,
            authors=people("Ann Xi", "Bo Liu"),
            container_title="Proceedings of Salt",
            venue_short="SALT",
            issued=PartialDate(2024, 5),
            doi="10.1000/a#b",
        ),
        preprint=Work(
            type="preprint", title=OPEN, doi="10.48550/arXiv.2306.10933", arxiv_id="2306.10933", sources={"doi": "derived"}
        ),
        evidence=of_file("refs.bib: xi2024"),
    )
    assert result.lock == Lock(works={"xi2024": record}, listings={"towards-open-worlds": "xi2024"})
    assert (result.works, result.known, result.news) == (1, 0, ())
    assert date(row.date) == PartialDate(2024, 5)


@pytest.mark.parametrize(
    ("fields", "link", "venue"),
    [
        ("journal = {J}, doi = {10.1000/1}, url = {https://example.org}", "https://doi.org/10.1000/1", "J"),
        ("journal = {J}, url = {https://example.org}", "https://example.org", "J"),
        ("journal = {J}, eprint = {2306.10933}", "https://arxiv.org/abs/2306.10933", "J"),
        ("eprint = {2306.10933}", "https://arxiv.org/abs/2306.10933", None),
        ("journal = {J}", None, "J"),
        ("journal = {bioRxiv}, doi = {10.1101/1}", "https://doi.org/10.1101/1", None),
    ],
)
def test_a_listing_links_to_the_doi_else_to_arxiv_else_to_where_it_was_seen(fields, link, venue):
    [listing] = brought(f"k: title = {{A <i>T</i> at $5}}, {fields}").catalog.categories[0].listings
    assert listing == Listing(id="t-5", title="A T at $5", link=link, venue=venue)


def test_without_a_heading_the_category_is_called_references():
    assert bring_in(EMPTY, Lock(), bib("k: title = {T}")).catalog.categories[0].heading == "References"


def test_the_project_s_list_comes_through_each_format_with_its_keys():
    for format in ("bibtex", "biblatex", "csl-json", "ris"):
        result = bring_in(EMPTY, Lock(), written_and_read(format), "refs")
        assert list(result.lock.works) == [entry.key for entry in own_list().entries]
        assert [entry.key for entry in join(result.catalog, result.lock).entries] == list(result.lock.works)
        assert (result.works, result.known, result.news) == (69, 0, ())


# Keys.


def keys(result):
    return {listing: (key, result.lock.works[key].aliases) for listing, key in result.lock.listings.items()}


def test_a_key_that_can_be_none_here_is_made_anew_and_that_is_said():
    result = brought(f"clé 2020: title = {{{OPEN}}}, author = {{{XI}}}, year = 2024", "q2: title = {Other}")
    assert keys(result) == {"towards-open-worlds": ("xi2024towards", ()), "other": ("q2", ())}
    assert result.news == (
        "lists/refs.bib:1: the key 'clé 2020' may have ASCII letters, digits and '.:+/_-' only; xi2024towards was made for it",
    )


def test_a_key_that_another_paper_has_is_made_anew_and_that_is_said():
    taken = Catalog(
        title="T", categories=(replace(SEA, listings=(Listing(id="kar", title="KAR"), Listing(id="b", title="B", key="Mine"))),)
    )
    result = brought("KAR: title = {One}", "mine: title = {Two}", "x: title = {Three}", "X: title = {Four}", catalog=taken)
    assert keys(result) == {"one": ("one", ()), "two": ("two", ()), "three": ("x", ()), "four": ("four", ())}
    assert result.news == (
        "lists/refs.bib:1: the key 'KAR' is that of another paper or listing; one was made for it",
        "lists/refs.bib:2: the key 'mine' is that of another paper or listing; two was made for it",
        "lists/refs.bib:4: the key 'X' is that of another paper or listing; four was made for it",
    )


def test_made_keys_give_way_to_those_of_the_file():
    found = bib(f": title = {{{OPEN}}}, author = {{{XI}}}, year = 2024", "xi2024towards: title = {Other}")
    assert keys(bring_in(EMPTY, Lock(), found)) == {
        "towards-open-worlds": ("xi2024towardsopen", ()),
        "other": ("xi2024towards", ()),
    }


def test_biblatex_s_ids_are_aliases():
    result = brought("new: title = {T}, ids = {old, b@d, older}")
    assert keys(result) == {"t": ("new", ("old", "older"))}
    assert result.news == ("lists/refs.bib:1: the key 'b@d' may have ASCII letters, digits and '.:+/_-' only; new is kept",)


def test_ids_of_listings_differ_from_keys():
    assert keys(brought("salt: title = {Salt: A Title of It}")) == {"salt-title-it": ("salt", ())}


# One paper.


def test_a_preprint_and_its_publication_are_one_work_and_one_listing():
    result = brought(
        f"pre: title = {{{OPEN}}}, author = {{{XI}}}, year = 2023, eprint = {{2306.10933}}",
        f"pub: title = {{{OPEN}}}, author = {{Xi, A. and Liu, B.}}, booktitle = {{B}}, year = 2024, doi = {{10.1000/1}}",
    )
    [(key, record)] = result.lock.works.items()
    assert (key, record.aliases, record.evidence) == ("pre", ("pub",), of_file("refs.bib: pre", "refs.bib: pub"))
    assert (record.published.doi, record.preprint.arxiv_id, record.preprint.authors) == (
        "10.1000/1",
        "2306.10933",
        people("Ann Xi", "Bo Liu"),
    )
    assert listed(result) == {"refs": ["towards-open-worlds"]}
    assert result.catalog.categories[0].listings[0].link == "https://doi.org/10.1000/1"
    assert (result.works, result.known) == (1, 1)
    assert result.news == ("lists/refs.bib:2: pub: is the same paper as pre (lists/refs.bib:1); they are one work",)


def test_of_two_entries_the_second_fills_what_the_first_lacks():
    result = brought(
        f"a: title = {{{OPEN}}}, author = {{{XI}}}, journal = {{J}}, doi = {{10.1000/1}}, pages = {{1--2}}",
        f"b: title = {{{OPEN}!}}, journal = {{Other}}, volume = 3, eid = {{7}}, doi = {{10.1000/1}}",
    )
    assert result.lock.works["a"].published == Work(
        type="article-journal",
        title=OPEN,
        authors=people("Ann Xi", "Bo Liu"),
        container_title="J",
        volume="3",
        pages="1-2",
        doi="10.1000/1",
        other_titles=(f"{OPEN}!",),
    )


@pytest.mark.parametrize(
    ("first", "second", "remark"),
    [
        (f"title = {{{OPEN}}}, doi = {{10.1/1}}", f"title = {{{SALT}}}, doi = {{10.1/1}}", "has the DOI of a ({0}:1), but another title; one of the two is wrong"),
        (f"title = {{NoteLLM}}, author = {{{XI}}}, eprint = {{2306.10933}}", f"title = {{NoteLLM-2}}, author = {{{XI}}}, eprint = {{2306.10933}}", "has the arXiv id of a ({0}:1), but another title; one of the two is wrong"),
        (f"title = {{{OPEN}}}, author = {{{XI}}}, doi = {{10.1000/1}}", f"title = {{{OPEN}}}, author = {{{XI}}}, doi = {{10.1000/2}}", "has the title of a ({0}:1), but another DOI; kept apart"),
        (f"title = {{{OPEN}}}, author = {{{XI}}}, eprint = {{2306.10933}}", f"title = {{{OPEN}}}, author = {{{XI}}}, eprint = {{2306.10934}}", "has the title of a ({0}:1), but another arXiv id; kept apart"),
        (f"title = {{{OPEN}}}, author = {{{XI}}}, year = 2020, journal = {{J}}", f"title = {{{OPEN}}}, author = {{{XI}}}, year = 2022, journal = {{J}}", "has the title of a ({0}:1), but another year; kept apart"),
        (f"title = {{{OPEN}}}, author = {{{XI}}}", f"title = {{{OPEN}}}, author = {{Day, Cy}}", None),
        ("title = {A Survey}, year = 2020", "title = {A survey}, year = 2021", None),
        (f"title = {{A Survey}}, author = {{{XI}}}", "title = {A survey}, year = 2021", "has the title of a ({0}:1), and nothing else to tell by; kept apart"),
        ("title = {Anderes}", "title = {Other}", None),
    ],
)  # fmt: skip
def test_where_one_paper_may_be_two_it_stays_two_and_that_is_said(first, second, remark):
    result = brought(f"a: {first.replace('10.1/', '10.1000/')}", f"b: {second.replace('10.1/', '10.1000/')}")
    assert list(result.lock.works) == ["a", "b"]
    assert result.news == ((f"lists/refs.bib:2: b: {remark.format('lists/refs.bib')}",) if remark else ())
    assert len(join(result.catalog, result.lock).entries) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"title = {{{OPEN}}}, author = {{{XI}}}, eprint = {{2306.10933}}", f"title = {{Quite Another}}, author = {{{XI}}}, eprint = {{2306.10933}}"),
        (f"title = {{{OPEN}}}, doi = {{10.1000/X}}", f"title = {{{OPEN}: A Subtitle}}, doi = {{10.1000/x}}"),
        (f"title = {{{OPEN}}}, author = {{{XI}}}", f"title = {{{OPEN.upper()}}}"),
        ("title = {A Survey}, year = 2020", "title = {A survey}, year = 2020"),
    ],
)  # fmt: skip
def test_one_paper_is_one_work(first, second):
    assert list(brought(f"a: {first}", f"b: {second}").lock.works) == ["a"]


# A catalog that exists.

ROW = Listing(id="kar", title=f"KAR: {OPEN}", link="https://arxiv.org/abs/2306.10933")
CATALOG = Catalog(title="T", categories=(replace(SEA, listings=(ROW,)),))
WORK = Work(type="preprint", title=OPEN, authors=people("Ann Xi", "Bo Liu"), arxiv_id="2306.10933")


def lock_of(source, **how):
    return Lock(works={"old": Record(preprint=WORK, evidence=Evidence(source=source), **how)}, listings={"kar": "old"})


@pytest.mark.parametrize("source", ["curated", "registries", "imported"])
def test_a_work_of_the_catalog_stays_as_it_is(source):
    lock = lock_of(source, aliases=("older",))
    result = brought(PAPER, catalog=CATALOG, lock=lock)
    assert (result.catalog, result.lock, result.works, result.known) == (CATALOG, lock, 0, 1)
    assert result.news[1:] == ("lists/refs.bib:1: xi2024: is kar of the catalog already, under the key old; nothing was added",)
    for key in ("old", "OLDER"):
        entry = f"{key}: title = {{{OPEN}}}, author = {{{XI}}}, eprint = {{2306.10933}}"
        assert brought(entry, catalog=CATALOG, lock=lock).news == ()


def test_a_publication_of_which_the_lock_has_the_preprint_only_is_said():
    lock = lock_of("imported")
    result = brought(PAPER.replace("xi2024:", "old:"), catalog=CATALOG, lock=lock)
    assert (result.catalog, result.lock) == (CATALOG, lock)
    assert result.news == (
        "lists/refs.bib:1: old: is kar, here as published (10.1000/a#b); the lock has its preprint only, which stays: run enrich",
    )


def test_what_is_new_goes_into_the_catalog_s_files():
    there = Catalog(title="T", categories=(replace(SEA, listings=(ROW,)), Category(slug="air", heading="Air")))
    found = grouped(("one", "Sea"), ("two", "Salt"), ("three", "Sea, Salt & Co; more"))
    result = bring_in(there, Lock(), found, "refs", "groups")
    assert loads_catalog(insert(dumps_catalog(there), result.new_categories), "c").categories == tuple(
        replace(each, listings=()) for each in result.catalog.categories
    )
    by_slug = {category.slug: category.listings for category in there.categories}
    for category in result.catalog.categories:
        new = [(listing, after) for slug, listing, after in result.new_listings if slug == category.slug]
        text = dumps_listings(by_slug.get(category.slug, ()))
        assert loads_listings(insert(text, new), "c") == category.listings


def test_a_listing_without_a_work_gets_the_file_s():
    for row in (ROW, replace(ROW, title=OPEN, link=None), replace(ROW, id="xi2024")):
        catalog = Catalog(title="T", categories=(replace(SEA, listings=(row,)),))
        result = brought(PAPER, catalog=catalog)
        assert (result.catalog, result.lock.listings, list(result.lock.works)) == (catalog, {row.id: "xi2024"}, ["xi2024"])
        assert (result.works, result.known) == (1, 0)
        assert result.news == (f"lists/refs.bib: listings that had no work have one now: {row.id}",)


def test_a_work_whose_listing_is_gone_gets_a_new_one():
    lock = lock_of("registries")
    result = brought(PAPER, lock=replace(lock, listings={"gone": "old"}))
    assert result.lock == replace(lock, listings={"gone": "old", "towards-open-worlds": "old"})
    assert result.news == ("lists/refs.bib:1: xi2024: is the work old of the lock, which no listing meant any more",)


def test_the_same_file_again_brings_nothing():
    found = bib(PAPER, f"b: title = {{{SALT}}}, keywords = {{A, B}}", "c: title = {T}, groups = {A}")
    for mode in ("", "groups", "keywords"):
        first = bring_in(EMPTY, Lock(), found, "refs", mode)
        again = bring_in(first.catalog, first.lock, found, "refs", mode)
        assert (again.catalog, again.lock, again.news, again.known) == (first.catalog, first.lock, (), 3)
        assert (again.new_categories, again.new_listings) == ((), ())


# Categories.

WORDS = ("a: title = {A One}, keywords = {Salt, C++}", "b: title = {B Two}", "c: title = {C Three}, keywords = {c, Salt}")


def test_keywords_become_categories_in_the_order_in_which_they_come():
    result = brought(*WORDS, categories="keywords")
    assert [(category.slug, category.heading, category.level) for category in result.catalog.categories] == [
        ("salt", "Salt", 2), ("c", "C++", 2), ("refs", "refs", 2), ("c-2", "c", 2),
    ]  # fmt: skip
    assert listed(result) == {"salt": ["one", "c-three-2"], "c": ["one-2"], "refs": ["b-two"], "c-2": ["c-three"]}
    assert {entry.key: entry.keywords for entry in join(result.catalog, result.lock).entries} == {
        "a": ("Salt", "C++"), "c": ("Salt", "c"), "b": ("refs",),
    }  # fmt: skip


TREE = r"""
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Sea\;0\;;
2 StaticGroup:Salt\;0\;;
2 StaticGroup:Air\;0\;;
1 StaticGroup:Land\;0\;;
2 StaticGroup:Air\;0\;;
}
"""


def grouped(*entries):
    body = "".join(f"@misc{{{key}, title = {{The {key}th}}, groups = {{{groups}}}}}\n" for key, groups in entries)
    return read(body + TREE, "refs.bib")


def test_groups_nest_as_in_jabref():
    found = grouped(("one", "Salt"), ("two", "Air"), ("three", "Land, Elsewhere"), ("four", ""))
    result = bring_in(EMPTY, Lock(), found, "refs", "groups")
    assert [(category.heading, category.level, len(category.listings)) for category in result.catalog.categories] == [
        ("Sea", 2, 0), ("Salt", 3, 1), ("Air", 3, 1), ("Land", 2, 1), ("Air", 3, 1), ("Elsewhere", 2, 1), ("refs", 2, 1),
    ]  # fmt: skip
    parents = result.catalog.parents
    assert parents == {"sea": None, "salt": "sea", "air": "sea", "land": None, "air-2": "land", "elsewhere": None, "refs": None}


def test_categories_of_the_same_heading_are_used():
    there = Catalog(
        title="T",
        categories=(
            Category(slug="x", heading="1. Sea", level=3, listings=(Listing(id="a", title="A"),)),
            Category(slug="y", heading="Mud", level=4),
            Category(slug="z", heading="2. **Land**", level=3),
        ),
    )
    found = grouped(("one", "Salt"), ("two", "Land"), ("three", "Mud"), ("four", "Elsewhere"), ("five", "Sea"))
    result = bring_in(there, Lock(), found, "refs", "groups")
    assert [(category.slug, category.level, [row.id for row in category.listings]) for category in result.catalog.categories] == [
        ("x", 3, ["a", "fiveth"]), ("y", 4, ["threeth"]), ("salt", 4, ["oneth"]), ("z", 3, ["twoth"]), ("elsewhere", 3, ["fourth"]),
    ]  # fmt: skip
    assert result.new_categories == (
        (Category(slug="salt", heading="Salt", level=4), "y"),
        (Category(slug="elsewhere", heading="Elsewhere", level=3), "z"),
    )
    assert [(slug, listing.id, after) for slug, listing, after in result.new_listings] == [
        ("x", "fiveth", "a"), ("y", "threeth", None), ("salt", "oneth", None), ("z", "twoth", None), ("elsewhere", "fourth", None),
    ]  # fmt: skip


def test_groups_deeper_than_headings_stand_side_by_side():
    lines = "".join(f"{level} StaticGroup:g{level}\\;0\\;;\n" for level in range(1, 9))
    text = f"@misc{{k, title = {{T}}, groups = {{g8}}}}\n@comment{{jabref-meta: grouping:\n{lines}}}"
    result = bring_in(EMPTY, Lock(), read(text, "x.bib"), "refs", "groups")
    assert [category.level for category in result.catalog.categories] == [2, 3, 4, 5, 6, 6, 6, 6]


# Anything.

_KEY_LIKE = st.sampled_from(["k", "K", "kk", "é", "a b", "zhang2024notellm"]) | st.none() | CLEAN
_PUBLISHED = WORKS.filter(lambda work: work.type != "preprint")
_ENTRIES = st.builds(
    Imported,
    where=st.integers(1, 99).map("refs.bib:{}".format),
    key=_KEY_LIKE,
    aliases=st.lists(CLEAN, max_size=1).map(tuple),
    published=_PUBLISHED,
    preprint=st.none() | WORKS.map(lambda work: replace(work, type="preprint")),
    keywords=st.lists(CLEAN, max_size=2).map(tuple),
    groups=st.lists(st.lists(CLEAN, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple),
)


def written(catalog):
    """The catalog after a visit to its files."""
    categories = (replace(each, listings=loads_listings(dumps_listings(each.listings), "c.yaml")) for each in catalog.categories)
    read_again = loads_catalog(dumps_catalog(catalog), "catalog.yaml")
    return replace(
        read_again,
        categories=tuple(replace(was, listings=now.listings) for was, now in zip(read_again.categories, categories, strict=True)),
    )


def with_news(catalog, result):
    """The catalog with the new categories and listings, each behind the one that it names."""
    categories = list(catalog.categories)
    for category, after in result.new_categories:
        categories.insert([None, *(each.slug for each in categories)].index(after), category)
    for slug, listing, after in result.new_listings:
        [place] = [i for i, each in enumerate(categories) if each.slug == slug]
        rows = list(categories[place].listings)
        rows.insert([None, *(each.id for each in rows)].index(after), listing)
        categories[place] = replace(categories[place], listings=tuple(rows))
    return replace(catalog, categories=tuple(categories))


@given(st.lists(_ENTRIES, max_size=6), st.sampled_from(["", "groups", "keywords"]))
def test_every_entry_is_accounted_for_and_the_files_hold_what_was_brought(entries, mode):
    found = Found(name="refs.bib", entries=tuple(entries))
    for catalog, lock in ((EMPTY, Lock()), (CATALOG, lock_of("curated", aliases=("older",)))):
        result = bring_in(catalog, lock, found, "Refs", mode)
        new = {key for key in result.lock.works if key not in lock.works}
        assert (len(new), result.works + result.known) == (result.works, len(entries))
        assert result.lock.works.items() >= lock.works.items()
        assert with_news(catalog, result) == result.catalog == written(result.catalog)
        assert loads_lock(dumps_lock(result.lock), "lock") == result.lock
        assert len(join(result.catalog, result.lock).entries) == len(join(catalog, lock).entries) + result.works
        again = bring_in(result.catalog, result.lock, found, "Refs", mode)
        assert (again.catalog, again.lock) == (result.catalog, result.lock)


# What a registry says later.

DOI, RECSYS_PAGES = "10.1145/3640457.3688104", "12-22"
NAMED = (
    f"mine: title = {{{OPEN}}}, author = {{{XI}}}, booktitle = {{Proc. Salt}}, series = {{SALT '24}}, year = 2024, month = may, "
)
NAMED += f"doi = {{{DOI}}}, pages = {{1--9}}, volume = 7, url = {{https://example.org/slides}}"
PRINTED = published(DOI, OPEN, ("Ann Xi", "Bo Liu"), page=RECSYS_PAGES, issued={"date-parts": [[2024]]})
POSTED = posted("2306.10933", OPEN, ("Ann Xi", "Bo Liu"), "2023-06-19")


def enriched(result, registries, rebuild=False):
    """What a run of `enrich` makes of it."""
    bibliography = join(result.catalog, result.lock)
    papers = {name_of(entry): paper_of(entry, bibliography.lock, rebuild) for entry in bibliography.entries}
    return apply(bibliography, {name: looked(paper, registries).found for name, paper in papers.items()}, rebuild)


def test_a_registry_s_record_takes_the_place_of_the_file_s_and_what_only_the_file_says_stays():
    result = brought(NAMED)
    outcome = enriched(result, Registries((PRINTED, POSTED)))
    record = outcome.lock.works["mine"]
    assert record.published == replace(
        PRINTED.work,
        venue_short="SALT",
        volume="7",
        issued=PartialDate(2024, 5),
        url="https://example.org/slides",
        sources={**PRINTED.work.sources, **dict.fromkeys(("venue_short", "volume", "issued", "url"), "imported")},
    )
    assert record.preprint == POSTED.work
    assert (record.evidence.source, record.evidence.seen_in) == ("imported", ("refs.bib: mine",))
    assert [(finding.source, finding.record, finding.rule) for finding in record.evidence.found] == [
        ("crossref", DOI, "the list's link, title equal"),
        ("arxiv", "2306.10933", "title equal, 2 of 2 authors"),
    ]
    assert outcome.lock.listings == result.lock.listings
    assert outcome.published == ["towards-open-worlds"]


def test_a_second_run_changes_nothing():
    world = Registries((PRINTED, POSTED))
    result = brought(NAMED)
    first = enriched(result, world)
    assert enriched(replace(result, lock=first.lock), world).lock == first.lock
    assert enriched(replace(result, lock=first.lock), world, rebuild=True).lock == first.lock
    assert enriched(replace(result, lock=first.lock), Registries()).lock == first.lock


def test_what_a_registry_changes_in_a_file_s_work_is_said():
    assert enriched(brought(NAMED), Registries((PRINTED,))).news == [
        f"towards-open-worlds: published container title: Proc. Salt → {PRINTED.work.container_title}",
        "towards-open-worlds: published pages: 1-9 → 12-22",
    ]


def test_a_file_s_work_that_no_registry_has_stays_and_stays_the_file_s():
    result = brought(f"mine: title = {{{OPEN}}}, author = {{{XI}}}, booktitle = {{ICLR}}, year = 2024, eprint = {{2306.10933}}")
    assert enriched(result, Registries()).lock == result.lock
    was, record = result.lock.works["mine"], enriched(result, Registries((POSTED,))).lock.works["mine"]
    assert (record.published, record.preprint) == (was.published, POSTED.work)
    assert (record.evidence.source, [each.record for each in record.evidence.found]) == ("imported", ["2306.10933"])


def test_the_file_s_authors_tell_the_paper_from_others_of_its_title():
    by_others = published("10.1000/other", OPEN, ("Dan Poe", "Eva Rey"))
    fields = f"title = {{{OPEN}}}, booktitle = {{Salt}}, year = 2024"
    named = brought(f"mine: {fields}, author = {{{XI}}}")
    assert enriched(named, Registries((PRINTED, by_others))).lock.works["mine"].published.doi == DOI
    assert enriched(named, Registries((by_others,))).lock == named.lock
    unnamed = enriched(brought(f"mine: {fields}"), Registries((PRINTED, by_others)))
    assert {each.record for each in unnamed.lock.questions["towards-open-worlds"]} == {DOI, "10.1000/other"}
    assert unnamed.lock.works["mine"].published.doi is None


def test_a_wrong_doi_of_a_file_is_a_question_and_changes_nothing():
    elsewhere = published(DOI, SALT, ("Dan Poe", "Eva Rey"))
    result = brought(NAMED)
    outcome = enriched(result, Registries((elsewhere,)))
    assert (outcome.lock.works, outcome.in_question) == (result.lock.works, ["towards-open-worlds"])
    assert [each.record for each in outcome.lock.questions["towards-open-worlds"]] == [DOI]


def test_of_a_work_with_another_doi_nothing_is_taken_over():
    result = brought(NAMED.replace(DOI, "10.1000/typo"))
    outcome = enriched(result, Registries((PRINTED,)))
    assert outcome.lock.works["mine"].published == PRINTED.work
    assert "towards-open-worlds: published doi: 10.1000/typo → 10.1145/3640457.3688104" in outcome.news


def test_what_a_person_refused_is_not_kept_because_a_file_had_it():
    result = brought(NAMED + ", eprint = {2306.10933}")
    said = {"towards-open-worlds": (Said(record=DOI, same="no", decided=PartialDate(2026)),)}
    outcome = enriched(replace(result, lock=replace(result.lock, said=said)), Registries((PRINTED, POSTED)))
    assert (outcome.lock.works["mine"].published, outcome.lock.works["mine"].preprint) == (None, POSTED.work)


def test_a_work_that_a_person_checks_later_replaces_the_file_s():
    result = brought(f"mine: title = {{{PAPER_CHECKED['title']}}}, doi = {{10.1145/3640457.3688104}}")
    outcome = curate(curated(PAPER_CHECKED), result.catalog, result.lock)
    assert (outcome.changed, outcome.lock.works["mine"].evidence.source) == (("mine",), "curated")
