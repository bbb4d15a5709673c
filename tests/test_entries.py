from __future__ import annotations

import pytest

from llm4rs_bib.entries import join
from llm4rs_bib.errors import CatalogError
from llm4rs_bib.model import Catalog, Category, Evidence, Listing, Lock, Name, PartialDate, Record, Work

EVIDENCE = Evidence(source="curated", checked=PartialDate(2026, 11))
PREPRINT = Work(type="preprint", title="Old Name", arxiv_id="2306.10933", issued=PartialDate(2023, 6, 19))
PUBLISHED = Work(type="article-journal", title="New Name", doi="10.1145/ABC", authors=(Name(family="Xi"),))
RECORD = Record(published=PUBLISHED, preprint=PREPRINT, evidence=EVIDENCE, aliases=("older",))
LOCK = Lock(works={"xi2024new": RECORD}, listings={"kar": "xi2024new"})


def catalog(*listings_of_categories):
    return Catalog(
        title="T",
        categories=tuple(
            Category(slug=f"c{i}", heading=f"{i}. Part {i}", listings=tuple(listings))
            for i, listings in enumerate(listings_of_categories)
        ),
    )


def test_a_listing_and_its_work():
    (entry,) = join(catalog([Listing(id="kar", title="x")]), LOCK).entries
    assert (
        entry.key, entry.work, entry.preprint, entry.record, entry.aliases, entry.keywords,
    ) == ("xi2024new", PUBLISHED, PREPRINT, RECORD, ("older",), ("Part 0",))  # fmt: skip


def test_a_listing_whose_id_was_changed_is_linked_by_its_identifier():
    for link in ("https://arxiv.org/abs/2306.10933v2", "https://doi.org/10.1145/abc"):
        bibliography = join(catalog([Listing(id="renamed", title="x", link=link)]), LOCK)
        assert [entry.work for entry in bibliography.entries] == [PUBLISHED]
        assert bibliography.warnings == ()


def test_a_work_in_two_categories_is_one_entry():
    two = catalog(
        [Listing(id="kar", title="x"), Listing(id="other", title="y")], [Listing(id="again", title="x", link="arXiv:2306.10933")]
    )
    first, second = join(two, LOCK).entries
    assert [listing.id for _, listing in first.listed] == ["kar", "again"]
    assert first.keywords == ("Part 0", "Part 1")
    assert second.key == "other"


def test_listings_without_work_that_share_an_identifier_are_one_entry():
    link = "https://arxiv.org/pdf/2401.00001v2"
    (entry,) = join(
        catalog([Listing(id="a", title="x", link=link)], [Listing(id="b", title="x", link="arXiv:2401.00001")]), Lock()
    ).entries
    assert (entry.key, [listing.id for _, listing in entry.listed], entry.record) == ("a", ["a", "b"], None)


def test_a_listing_without_work_says_only_what_it_says():
    listing = Listing(id="a", title="On â€“ <b>", link="https://arxiv.org/pdf/2401.00001v2", date="2024.3", venue="KDD'24")
    (entry,) = join(catalog([listing]), Lock()).entries
    expected = Work(
        type="preprint", title="On – &lt;b&gt;", issued=PartialDate(2024), doi="10.48550/arXiv.2401.00001",
        arxiv_id="2401.00001", url="https://arxiv.org/pdf/2401.00001v2", sources={"doi": "derived"},
    )  # fmt: skip
    assert expected == entry.work


def test_what_a_person_wrote_wins_and_the_first_in_the_list_of_two():
    one = Listing(id="kar", title="x", key="Mine", override={"title": "By <b> Hand", "DOI": None})
    two = Listing(id="again", title="x", link="arXiv:2306.10933", override={"title": "Second", "page": "7"})
    (entry,) = join(catalog([one, two]), LOCK).entries
    assert (entry.key, entry.aliases) == ("Mine", ("xi2024new", "older"))
    assert ("By &lt;b&gt; Hand", None, "7", PUBLISHED.authors) == (
        entry.work.title,
        entry.work.doi,
        entry.work.pages,
        entry.work.authors,
    )


def test_two_entries_cannot_have_one_key():
    listings = [Listing(id="a", title="x", key="XI2024new", where="c.yaml:1"), Listing(id="kar", title="y", where="c.yaml:9")]
    with pytest.raises(CatalogError) as caught:
        join(catalog(listings), LOCK)
    assert str(caught.value) == "c.yaml:9: its key 'xi2024new' is also that of c.yaml:1; write another 'key:' here or there"


def test_a_lock_entry_whose_listing_is_gone_is_kept_and_said():
    bibliography = join(catalog([]), LOCK)
    assert bibliography.warnings == ("the lock's listing 'kar' is not in the catalog any more; its work 'xi2024new' is kept",)
    assert bibliography.lock == LOCK


def test_more_than_three_lost_listings_have_one_line():
    def warnings(*names):
        lock = Lock(listings={name: f"work-{name}" for name in names}, works={f"work-{name}": RECORD for name in names})
        return join(catalog([]), lock).warnings

    assert warnings("c", "a", "b") == tuple(
        f"the lock's listing '{name}' is not in the catalog any more; its work 'work-{name}' is kept" for name in "abc"
    )
    assert warnings("d", "c", "a", "b") == (
        "4 listings of the lock are not in the catalog any more (a, b, c, …); their works are kept",
    )
