"""What is known of a listed paper before anything is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entries import SEA
from fakes import DAY, Registries, looked, people, published

from llm4rs_bib.entries import join
from llm4rs_bib.labels import Venue
from llm4rs_bib.lookup import Paper
from llm4rs_bib.model import Catalog, Evidence, Finding, Listing, Lock, Name, PartialDate, Record, Said, Work
from llm4rs_bib.papers import paper_of

ID, DOI = "2306.10933", "10.1145/3640457.3688104"
KAR = Listing(
    id="kar", title="Towards <b> Open–Worlds", link=f"https://arxiv.org/pdf/{ID}v2", date="2023.6", venue="RecSys'24", model="KAR"
)
LISTED = Paper(
    titles=("Towards &lt;b&gt; Open–Worlds",),
    since=PartialDate(2023, 6),
    venue=Venue("RecSys", 2024),
    model="KAR",
    arxiv_ids=(ID,),
)
PRINTED = Work(
    type="paper-conference", title="Towards Open Worlds", authors=people("Ann Xi"), container_title="Proceedings of the Seas", venue_short="RecSys",
    issued=PartialDate(2024), doi=DOI, other_titles=("Open Worlds",),
)  # fmt: skip
POSTED = Work(type="preprint", title="Worlds", authors=people("Bo Liu"), doi=f"10.48550/arXiv.{ID}", arxiv_id=ID)


def paper(*listings, lock=Lock()):  # noqa: B008 - it is immutable
    """The one paper that the listings mean."""
    [entry] = join(Catalog(title="T", categories=(replace(SEA, listings=listings),)), lock).entries
    return paper_of(entry, lock)


def locked(published=None, preprint=None, source="curated", **parts):
    record = Record(published=published, preprint=preprint, evidence=Evidence(source=source, checked=DAY))
    return Lock(works={"k": record}, listings={"kar": "k"}, **parts)


def test_the_list_s_words():
    assert paper(KAR) == LISTED
    assert paper(Listing(id="x", title="T", venue="-", model="N/A", date="soon")) == Paper(titles=("T",))


def test_a_title_that_was_read_in_another_encoding_is_put_right():
    assert paper(replace(KAR, title="Towards <b> Openâ€“Worlds")) == LISTED


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ("https://doi.org/10.1145/ABC", {"dois": ("10.1145/ABC",)}),
        (f"https://doi.org/10.48550/arXiv.{ID}", {"arxiv_ids": (ID,)}),
        ("https://aclanthology.org/2024.acl-long.1/", {"dois": ("10.18653/v1/2024.acl-long.1",)}),
        ("https://ieeexplore.ieee.org/document/1234567", {"numbers": frozenset({"1234567"})}),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/28769/29477", {"numbers": frozenset({"28769"})}),
        ("https://openreview.net/forum?id=x", {}),
        ("https://example.org/paper.pdf", {}),
        (None, {}),
    ],
)
def test_identifiers_in_the_link(link, known):
    assert paper(replace(KAR, link=link)) == replace(LISTED, **{"arxiv_ids": (), **known})


@pytest.mark.parametrize(
    ("heading", "cell", "known"),
    [
        ("DOI", "10.1145/ABC", {"dois": ("10.1145/ABC",)}),
        ("Published", "[here](https://doi.org/10.1145/ABC)", {"dois": ("10.1145/ABC",)}),
        ("Preprint", "https://arxiv.org/abs/2401.00001", {"arxiv_ids": (ID, "2401.00001")}),
        ("arXiv", f"[{ID}](https://arxiv.org/abs/{ID})", {}),
        ("Paper link", "https://ieeexplore.ieee.org/document/7", {"numbers": frozenset({"7"})}),
        ("Dataset", "https://doi.org/10.1145/ABC", {}),
        ("Papers cited", "https://doi.org/10.1145/ABC", {}),
        ("DOI", "-", {}),
    ],
)
def test_identifiers_in_columns_that_are_for_them(heading, cell, known):
    assert paper(replace(KAR, columns={heading: cell})) == replace(LISTED, **known)


@pytest.mark.parametrize(
    ("override", "known"),
    [
        ({"DOI": DOI}, {"dois": (DOI,)}),
        ({"URL": f"https://doi.org/{DOI}"}, {"dois": (DOI,)}),
        ({"DOI": None, "URL": None, "author": None}, {}),
        ({"title": "By <i>Hand</i>"}, {"titles": ("By <i>Hand</i>", *LISTED.titles)}),
        ({"author": ("Poe, Dan", "{Sea Team}")}, {"authors": (Name(family="Poe", given="Dan"), Name(literal="Sea Team"))}),
        ({"publisher": "P"}, {}),
    ],
)
def test_what_a_person_wrote_comes_first(override, known):
    assert paper(replace(KAR, override=override)) == replace(LISTED, **known)


def test_what_was_checked_comes_before_the_list_s_words_and_after_what_a_person_wrote():
    known = {
        "titles": ("Towards Open Worlds", "Open Worlds", "Worlds", *LISTED.titles),
        "authors": people("Ann Xi"),
        "venue": Venue("RecSys", None),
        "checked_venues": ("RecSys", "Proceedings of the Seas"),
        "earlier": (DOI, ID, f"10.48550/arXiv.{ID}"),
    }
    assert paper(KAR, lock=locked(PRINTED, POSTED)) == replace(LISTED, **known)
    written = replace(KAR, override={"title": "By Hand", "author": ("Poe, Dan",)})
    by_hand = {**known, "titles": ("By Hand", *known["titles"]), "authors": people("Dan Poe")}
    assert paper(written, lock=locked(PRINTED, POSTED)) == replace(LISTED, **by_hand)


def test_of_a_checked_preprint_the_list_says_the_venue():
    known = {"titles": ("Worlds", *LISTED.titles), "authors": people("Bo Liu"), "earlier": (ID, f"10.48550/arXiv.{ID}")}
    assert paper(KAR, lock=locked(None, POSTED)) == replace(LISTED, **known)


def test_what_a_machine_found_is_known_by_its_identifiers_alone():
    assert paper(KAR, lock=locked(PRINTED, POSTED, "registries")) == replace(LISTED, earlier=(DOI, ID, f"10.48550/arXiv.{ID}"))


def test_what_was_found_while_a_source_was_silent_is_searched_for_again():
    found = Finding(
        source="arxiv", record=ID, retrieved=DAY, asked=f"id {ID}", rule="the record names its other version", title="equal"
    )
    lock = locked(PRINTED, replace(POSTED, doi=None), "registries")
    for notes, earlier in (((), (DOI, ID)), (("crossref was not reached",), (DOI,))):
        evidence = Evidence(source="registries", found=(replace(found, notes=notes),))
        known = replace(lock, works={"k": replace(lock.works["k"], evidence=evidence)})
        assert paper(KAR, lock=known) == replace(LISTED, earlier=earlier)


def test_a_venue_that_was_checked_has_its_title_if_it_has_no_short_name():
    assert paper(KAR, lock=locked(replace(PRINTED, venue_short=None))).venue == Venue("Proceedings of the Seas", None)


def test_a_checked_book_has_the_venue_of_the_list():
    found = paper(KAR, lock=locked(replace(PRINTED, type="book", venue_short=None, container_title=None)))
    assert (found.venue, found.checked_venues) == (Venue("RecSys", 2024), ())


def test_a_record_of_the_very_container_that_was_checked_is_at_its_venue():
    jstsp = "IEEE Journal of Selected Topics in Signal Processing"
    work = replace(PRINTED, container_title=jstsp, venue_short="IEEE JSTSP", doi=None)
    record = published(DOI, "Towards Open Worlds", ("Ann Xi",), container=jstsp, kind="journal-article")
    found = looked(paper(KAR, lock=locked(work)), Registries((record,)))
    assert found.end[0] == (DOI, "title equal, 1 of 1 authors")


def test_what_a_person_said_of_candidates():
    said = {"kar": (Said(record="10.1000/A", same="yes", decided=DAY), Said(record=ID, same="no", decided=DAY)), "other": ()}
    assert paper(KAR, lock=Lock(said=said)) == replace(LISTED, answered={"10.1000/a": True, ID: False})


def test_listings_of_one_paper_know_together_what_each_knows():
    bare = Listing(
        id="bare", title="Towards <b> Open Worlds Again", link=f"https://arxiv.org/abs/{ID}", columns={"DOI": "10.1000/a"}
    )
    more = replace(KAR, override={"DOI": DOI, "author": ("Xi, Ann",)})
    last = replace(
        KAR,
        id="last",
        title="Towards <b> Open Worlds Again",
        date="2020",
        venue="KDD'20",
        model="Z",
        override={"author": ("Poe, Dan",)},
    )
    said = {"last": (Said(record=DOI, same="yes", decided=DAY),)}
    assert paper(bare, more, last, lock=Lock(said=said)) == replace(
        LISTED,
        titles=("Towards &lt;b&gt; Open Worlds Again", *LISTED.titles),
        authors=people("Ann Xi"),
        dois=("10.1000/a", DOI),
        answered={DOI: True},
    )
