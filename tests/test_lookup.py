"""One paper's look-up: what is asked, in which order, and what is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import DAY, RECSYS, Registries, looked, merged, people, posted, published

from llm4rs_bib.labels import NO_VENUE, Venue
from llm4rs_bib.lookup import Paper
from llm4rs_bib.match import ASK, LIST, OTHER, SAME, Judgement, Known, decide, judge, judge_posted
from llm4rs_bib.model import PartialDate
from llm4rs_bib.sources import arxiv, crossref

OLD = "Towards Open World Recommendation with Knowledge Augmentation"
NEW = "Ocean Currents of the Northern Winter"
XI, POE = ("Ann Xi", "Bo Liu", "Cem Lin"), ("Dan Poe", "Eva Rey", "Finn Ash")
ID, DOI, WRONG, SSRN = "2306.10933", "10.1145/3640457.3688104", "10.1145/poe", "10.2139/ssrn.1"
OURS, RENAMED, ELSE_S = (posted(ID, *each, "2023-06-19") for each in ((OLD, XI), (NEW, XI), (NEW, POE)))
TWIN = posted("2309.00001", OLD, POE, "2023-09-01")
PRINTED, NEWLY, NAMING = published(DOI, OLD, XI), published(DOI, NEW, XI), published(DOI, OLD, XI, preprints=[ID])
AGAIN = published("10.1145/2", OLD, XI, container="Journal of Seas")
SOMEBODY_S = published(WRONG, "Salt in the Air of Old Towns", POE)
ON_SSRN = published(SSRN, OLD, XI, kind="posted-content", container=None)

LINKED, SEARCHED = (ID, "the list's link, title equal"), (ID, "title equal, 3 of 3 authors")
FOUND, BY_VENUE = (DOI, "title equal, 3 of 3 authors"), (DOI, "title, venue and year as in the list")
BY_DOI = (DOI, "the list's link, title equal")
NOBODY = "title equal, no authors to compare"
NO_MATCH = "linked, but neither title nor authors agree"
A_ID, A_FIRST, A_OLD = f"arxiv id {ID}", f"arxiv version {ID}v1", f"arxiv title {OLD}"
C_DOI, C_OLD, C_OLD_XI, C_NEW_XI = (
    f"crossref {each}" for each in (f"doi {DOI}", f"title {OLD}", f"title {OLD} Xi", f"title {NEW} Xi")
)
C_WRONG, BRIDGE = f"crossref doi {WRONG}", f"openalex arxiv {ID}"
C_PAGE_1, C_PAGE_2 = (f"crossref title, page {page} {OLD} Xi" for page in (1, 2))
CROWD = tuple(published(f"10.1000/{i}", f"{OLD} again", ("Gus Xi",)) for i in range(crossref.ROWS))


def paper(**fields):
    """A paper of the list, without link unless one is given."""
    return Paper(**{"titles": (OLD,), "since": PartialDate(2023, 6), "venue": Venue("RecSys", 2024), **fields})


def linked(**fields):
    """The same, linked to arXiv."""
    return paper(arxiv_ids=(ID,), **fields)


def naming(doi, record):
    """The record, naming a DOI as that of the same paper."""
    return replace(record, linked=frozenset({("doi", doi)}))


def renamed(how):
    return (ID, f"the list's link, {how}")


CHECKED = {"authors": people(*XI), "venue": Venue("RecSys", None), "checked_venues": ("RecSys",)}
R = Registries
LOOKS = {
    # The list's arXiv id.
    "it has the list's title": (linked(), R((OURS, PRINTED)), [A_ID, C_OLD_XI], (FOUND, LINKED, [], [])),
    "renamed, with its first version's title, printed under the new one": (
        linked(), R((RENAMED, NEWLY), first={ID: OURS}), [A_ID, A_FIRST, C_NEW_XI], (FOUND, renamed("title of its first version"), [], [])),
    "renamed, printed under the old title": (
        linked(), R((RENAMED, PRINTED), first={ID: OURS}), [A_ID, A_FIRST, C_NEW_XI, C_OLD_XI], (FOUND, renamed("title of its first version"), [], [])),
    "renamed, its DOI has the list's title": (
        linked(), R((naming(DOI, RENAMED), PRINTED)), [A_ID, A_FIRST, C_DOI],
        ((DOI, "arXiv's DOI, title equal"), renamed("its DOI has the list's title"), [], [])),
    "renamed, its abstract names the list's model": (
        linked(model="OpenRec"), R((replace(RENAMED, abstract="We call it OpenRec."),)), [A_ID, A_FIRST, C_NEW_XI, C_OLD_XI],
        (None, renamed("it names OpenRec"), [], [])),
    "renamed, posted in the list's month, the list's title found nowhere": (
        linked(), R((RENAMED,)), [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_NEW_XI],
        (None, renamed("posted when the list says, its title is found nowhere else"), [], [])),
    "renamed, named by the publication of the list's title": (
        linked(), R((RENAMED, NAMING)), [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_NEW_XI],
        ((DOI, "the record names its other version, title equal"), renamed("named by the publication of the list's title"), [], [])),
    "renamed, posted in the list's month, its authors wrote the list's title": (
        linked(), R((RENAMED, PRINTED)), [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_NEW_XI],
        (FOUND, renamed("posted when the list says, by the authors of its title"), [], [])),
    "another title, posted long after, the list's title found nowhere": (
        linked(since=PartialDate(2022, 1)), R((RENAMED,)), [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_OLD], (None, None, [(ID, NO_MATCH)], [])),
    "to another paper, ours is on arXiv too": (
        linked(), R((ELSE_S, posted("2306.00001", OLD, XI, "2023-06-01"), PRINTED)), [A_ID, A_FIRST, A_OLD, f"{C_OLD} Poe", C_OLD],
        (FOUND, ("2306.00001", "title equal, 3 of 3 authors"), [], [])),
    "to another paper, ours is printed only": (linked(), R((ELSE_S, PRINTED)), [A_ID, A_FIRST, A_OLD, f"{C_OLD} Poe", C_OLD], (BY_VENUE, None, [], [])),
    # DOIs: the list's, and arXiv's.
    "the list's DOI": (paper(dois=(DOI,)), R((OURS, PRINTED)), [C_DOI, A_OLD], (BY_DOI, SEARCHED, [], [])),
    "the list's DOI is another paper's": (paper(dois=(WRONG,)), R((OURS, PRINTED, SOMEBODY_S)), [C_WRONG, C_OLD, A_OLD], (FOUND, SEARCHED, [], [])),
    "the list's DOI is unknown": (
        paper(dois=(WRONG,)), R((OURS, PRINTED)), [C_WRONG, f"crossref alias {WRONG}", C_OLD, A_OLD], (FOUND, SEARCHED, [], [])),
    "the list's DOI is an alias": (
        paper(dois=(WRONG,)), R((OURS, PRINTED), aliases={WRONG: DOI}), [C_WRONG, f"crossref alias {WRONG}", A_OLD], (BY_DOI, SEARCHED, [], [])),
    "arXiv's DOI": (linked(), R((naming(DOI, OURS), PRINTED)), [A_ID, C_DOI], ((DOI, "arXiv's DOI, title equal"), LINKED, [], [])),
    "arXiv's DOI is another paper's": (
        linked(), R((naming(WRONG, OURS), PRINTED, SOMEBODY_S)), [A_ID, C_WRONG, C_OLD_XI], (FOUND, LINKED, [], [])),
    "arXiv's DOI is of the paper under another title": (
        linked(), R((naming(DOI, OURS), NEWLY)), [A_ID, C_DOI], ((DOI, "arXiv's DOI, same authors under another title"), LINKED, [], [])),
    "a preprint that a search found names its DOI": (
        paper(venue=NO_VENUE), R((naming(DOI, OURS), NEWLY)), [C_OLD, A_OLD, C_OLD_XI, C_DOI],
        ((DOI, "arXiv's DOI, same authors under another title"), (ID, "title equal, posted when the list says"), [], [])),
    "a publisher's number": (
        paper(venue=Venue("", None), numbers=frozenset({"3688104"})), R((PRINTED, published(WRONG, OLD, POE))), [C_OLD, A_OLD],
        ((DOI, "the number in the list's link, title equal"), None, [], [])),
    # Searches.
    "many bear its words: the next pages": (
        linked(), R((OURS,), pages={0: CROWD, 1: CROWD, 2: (PRINTED,)}), [A_ID, C_OLD_XI, C_PAGE_1, C_PAGE_2], (FOUND, LINKED, [], [])),
    "many bear its words: three pages at most": (
        linked(), R((OURS,), pages={0: CROWD, 1: CROWD, 2: CROWD}), [A_ID, C_OLD_XI, C_PAGE_1, C_PAGE_2], (None, LINKED, [], [])),
    "fewer than a page bear its words": (linked(), R((OURS,), pages={0: CROWD[1:], 1: (PRINTED,)}), [A_ID, C_OLD_XI], (None, LINKED, [], [])),
    "not all of a page bear its words": (
        linked(), R((OURS,), pages={0: (*CROWD[1:], SOMEBODY_S), 1: (PRINTED,)}), [A_ID, C_OLD_XI], (None, LINKED, [], [])),
    "two records of the title and the authors": (
        linked(venue=Venue("", None)), R((OURS, PRINTED, AGAIN)), [A_ID, C_OLD_XI],
        (None, LINKED, [(DOI, "title equal, 3 of 3 authors"), ("10.1145/2", "title equal, 3 of 3 authors")], [])),
    "without link, printed": (paper(), R((OURS, PRINTED)), [C_OLD, A_OLD], (FOUND, SEARCHED, [], [])),
    "without link, posted in the list's month, at a venue that registers DOIs": (
        paper(), R((OURS,)), [C_OLD, A_OLD, C_OLD_XI], (None, None, [(ID, "title equal, no authors to compare")], [])),
    "without link, posted in the list's month, at a venue that registers none": (
        paper(venue=Venue("ICLR Oral", 2024)), R((OURS,)), [C_OLD, A_OLD, C_OLD_XI], (None, (ID, "title equal, posted when the list says"), [], [])),
    "the same, others printed a paper of the title": (
        paper(venue=Venue("ICLR", 2024)), R((OURS, published(WRONG, OLD, POE))), [C_OLD, A_OLD, C_OLD_XI],
        (None, (ID, "title equal, posted when the list says"), [], [])),
    "the same, others posted one in another month": (
        paper(venue=Venue("ICLR", 2024)), R((OURS, TWIN)), [C_OLD, A_OLD, f"{C_OLD} Xi", f"{C_OLD} Poe"],
        (None, (ID, "title equal, posted when the list says"), [], [])),
    "the same, others posted one in the next month": (
        paper(venue=Venue("ICLR", 2024)), R((OURS, posted("2307.00001", OLD, POE, "2023-07-01"))), [C_OLD, A_OLD, f"{C_OLD} Xi", f"{C_OLD} Poe"],
        (None, None, [(ID, "title equal, posted when the list says, but others have written under that title"), ("2307.00001", NOBODY)], [])),
    "printed, its authors not known, the preprint posted in the list's month": (
        paper(dois=(DOI,)), R((OURS, TWIN, published(DOI, OLD, ()))), [C_DOI, A_OLD], (BY_DOI, (ID, "title equal, posted when the list says"), [], [])),
    "without link, posted in the list's month": (
        paper(venue=NO_VENUE), R((OURS,)), [C_OLD, A_OLD, C_OLD_XI], (None, (ID, "title equal, posted when the list says"), [], [])),
    "without link, posted in another month": (
        paper(since=PartialDate(2023, 9)), R((OURS,)), [C_OLD, A_OLD, C_OLD_XI], (None, None, [(ID, "title equal, no authors to compare")], [])),
    "without link, its comment names the venue": (
        paper(since=PartialDate(2023, 9)), R((replace(OURS, venues=("Accepted at RecSys 2024",)),)), [C_OLD, A_OLD, C_OLD_XI],
        (None, (ID, "title equal, its comment names the list's venue"), [], [])),
    "twins, of which one is printed at the list's venue": (
        paper(), R((OURS, TWIN, PRINTED)), [C_OLD, A_OLD], (FOUND, (ID, f"title and authors of {DOI}"), [], [])),
    "twins, both printed at the list's venue": (
        paper(), R((OURS, TWIN, PRINTED, published(WRONG, OLD, POE))), [C_OLD, A_OLD],
        (None, None, [BY_VENUE, (WRONG, BY_VENUE[1]), *((each.id, "title equal, no authors to compare") for each in (OURS, TWIN))], [])),
    "the publication names its preprint": (
        paper(), R((RENAMED, NAMING)), [C_OLD, A_OLD, A_ID],
        ((DOI, "the record names its other version, title equal"), (ID, "the record names its other version, same authors under another title"), [], [])),
    "the publication names another preprint": (
        linked(), R((OURS, published(DOI, OLD, XI, preprints=["2301.00001"]))), [A_ID, C_OLD_XI],
        (None, LINKED, [(DOI, "title equal, 3 of 3 authors, but the record names another preprint")], [])),
    "nothing anywhere": (paper(), R(), [C_OLD, A_OLD], (None, None, [], [])),
    # What people said, and what was found before.
    "a person's yes to a publication": (
        linked(answered={WRONG: True}), R((OURS, PRINTED, SOMEBODY_S)), [A_ID, C_WRONG], ((WRONG, "a person's answer"), LINKED, [], [])),
    "a person's no to a publication": (linked(answered={DOI: False}), R((OURS, PRINTED)), [A_ID, C_OLD_XI], (None, LINKED, [], [])),
    "a person's no to one of two": (
        linked(venue=Venue("", None), answered={"10.1145/2": False}), R((OURS, PRINTED, AGAIN)), [A_ID, C_OLD_XI], (FOUND, LINKED, [], [])),
    "a person's yes to a preprint of another title": (
        paper(answered={ID: True}), R((RENAMED, NEWLY)), [A_ID, C_NEW_XI], (FOUND, (ID, "a person's answer"), [], [])),
    "a person's no to the list's link": (linked(answered={ID: False}), R((OURS, PRINTED)), [A_ID, C_OLD, A_OLD], (BY_VENUE, None, [], [])),
    "found before": (
        paper(earlier=(ID, DOI)), R((OURS, PRINTED)), [A_ID, C_DOI], ((DOI, "found before, title equal"), (ID, "found before, title equal"), [], [])),
    "found before, and not known any more": (
        paper(earlier=(WRONG,)), R((OURS, PRINTED)), [C_WRONG, f"crossref alias {WRONG}", C_OLD, A_OLD], (FOUND, SEARCHED, [], [])),
    "checked: the newest title first": (linked(**CHECKED, titles=(NEW, OLD)), R((OURS, NEWLY)), [A_ID, C_NEW_XI], (FOUND, LINKED, [], [])),
    "checked: found elsewhere than at the venue": (
        linked(**CHECKED), R((OURS, AGAIN)), [A_ID, C_OLD_XI],
        (None, LINKED, [("10.1145/2", "title equal, 3 of 3 authors, but it was checked as RecSys")], [])),
    # Posted elsewhere than on arXiv.
    "the list links to SSRN": (paper(dois=(SSRN,)), R((ON_SSRN,)), [f"crossref doi {SSRN}", C_OLD_XI], (None, (SSRN, LINKED[1]), [], [])),
    "a copy on SSRN that nobody links to": (paper(venue=NO_VENUE), R((ON_SSRN, OURS)), [C_OLD, A_OLD, C_OLD_XI], (None, (ID, "title equal, posted when the list says"), [], [])),
}  # fmt: skip


@pytest.mark.parametrize("case", LOOKS)
def test_what_is_asked_in_which_order_and_what_it_ends_with(case):
    paper, registries, asks, end = LOOKS[case]
    found = looked(paper, registries)
    assert (asks, end) == (found.asks, found.end)


@pytest.mark.parametrize("case", LOOKS)
def test_a_second_look_finds_the_same(case):
    paper, registries, _, (*chosen, question, unreachable) = LOOKS[case]
    again = replace(paper, earlier=tuple(match[0] for match in reversed(chosen) if match))
    *chosen_again, question_again, unreachable_again = looked(again, registries).end
    assert [match and match[0] for match in chosen] == [match and match[0] for match in chosen_again]
    assert (question, unreachable) == (question_again, unreachable_again)


def test_what_is_found_before_is_not_said_to_be_the_list_s_link():
    found = looked(paper(earlier=(ID,)), R((RENAMED,), first={ID: OURS}))
    assert found.end[1] == (ID, "found before, title of its first version")


def test_asks_of_one_step_go_out_together():
    steps = looked(paper(dois=(DOI, WRONG), arxiv_ids=(ID, TWIN.id)), R((OURS, TWIN, PRINTED, SOMEBODY_S))).steps
    assert steps[0] == (arxiv.by_id(ID), arxiv.by_id(TWIN.id), crossref.by_doi(DOI), crossref.by_doi(WRONG))
    assert looked(paper(), R((OURS, PRINTED))).steps == ((crossref.by_title(OLD), arxiv.by_title(OLD)),)
    steps = looked(linked(), R((RENAMED, PRINTED), first={ID: OURS})).steps
    assert [len(step) for step in steps] == [1, 1, 1, 1]


def test_a_question_about_a_link_does_not_end_the_search():
    found = looked(linked(), R((naming(WRONG, RENAMED), SOMEBODY_S, PRINTED), first={ID: OURS}))
    assert found.end == (FOUND, renamed("title of its first version"), [], [])
    assert found.asks == [A_ID, A_FIRST, C_WRONG, C_NEW_XI, C_OLD_XI]


def test_the_version_of_record_has_another_doi_than_the_preprint_that_the_list_links_to():
    found = looked(paper(dois=(SSRN,)), R((ON_SSRN, PRINTED)))
    assert found.end == (FOUND, (SSRN, LINKED[1]), [], [])


def test_the_doi_that_a_preprint_of_another_server_names():
    found = looked(paper(dois=(SSRN,)), R((naming(DOI, ON_SSRN), NEWLY)))
    assert [match and match[0] for match in found.end[:2]] == [DOI, SSRN]


@pytest.mark.parametrize(
    ("bridge", "records", "asks", "published", "question"),
    [
        (True, (NEWLY, merged(ID, DOI)), [BRIDGE, C_DOI], (DOI, "OpenAlex, same authors under another title"), []),
        (False, (NEWLY, merged(ID, DOI)), [], None, []),
        (True, (NEWLY,), [BRIDGE], None, []),
        (True, (SOMEBODY_S, merged(ID, WRONG)), [BRIDGE, C_WRONG], None, [(WRONG, NO_MATCH)]),
        (True, (merged(ID, DOI),), [BRIDGE, C_DOI, f"crossref alias {DOI}"], None, []),
        (True, (NAMING, merged(ID, WRONG)), [], (DOI, "the record names its other version, title equal"), []),
    ],
)
def test_openalex_is_asked_last_and_checked_against_crossref(bridge, records, asks, published, question):
    found = looked(linked(), R((OURS, *records)), bridge)
    assert (found.asks, found.end) == ([A_ID, C_OLD_XI, *asks], (published, LINKED, question, []))


TWO = (OURS, PRINTED)
SILENT = [
    (linked(), TWO, "arxiv", [A_ID, C_OLD], (BY_VENUE, None, [], ["arxiv"])),
    (linked(), TWO, "id", [A_ID, C_OLD], (BY_VENUE, None, [], ["arxiv"])),
    (linked(), TWO, "crossref", [A_ID, C_OLD_XI, BRIDGE], (None, LINKED, [], ["crossref"])),
    (linked(), (OURS,), "openalex", [A_ID, C_OLD_XI, BRIDGE], (None, LINKED, [], ["openalex"])),
    (linked(), (OURS, NEWLY, merged(ID, DOI)), "doi", [A_ID, C_OLD_XI, BRIDGE, C_DOI], (None, LINKED, [], ["crossref"])),
    (linked(), (RENAMED, NEWLY), "version", [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_NEW_XI],
     (FOUND, renamed("posted when the list says, its title is found nowhere else"), [], ["arxiv"])),
    (linked(), (RENAMED, NEWLY), "crossref", [A_ID, A_FIRST, A_OLD, C_OLD_XI, C_OLD], (None, None, [(ID, NO_MATCH)], ["crossref"])),
    (paper(), TWO, "arxiv", [C_OLD, A_OLD], (BY_VENUE, None, [], ["arxiv"])),
    (paper(venue=NO_VENUE), TWO, "crossref", [C_OLD, A_OLD, C_OLD_XI, BRIDGE], (None, (ID, "title equal, posted when the list says"), [], ["crossref"])),
    (paper(dois=(DOI,)), TWO, "doi", [C_DOI, C_OLD, A_OLD], (FOUND, SEARCHED, [], ["crossref"])),
    (paper(dois=(DOI,)), TWO, "arxiv", [C_DOI, A_OLD], (BY_DOI, None, [], ["arxiv"])),
    (paper(dois=(WRONG,)), TWO, "alias", [C_WRONG, f"crossref alias {WRONG}", C_OLD, A_OLD], (FOUND, SEARCHED, [], ["crossref"])),
]  # fmt: skip


@pytest.mark.parametrize(("paper", "records", "silent", "asks", "end"), SILENT)
def test_what_is_still_asked_where_a_source_is_silent(paper, records, silent, asks, end):
    found = looked(paper, R(records, silent=(silent,)), bridge=True)
    assert (asks, end) == (found.asks, found.end)
    assert len(set(found.asks)) == len(found.asks)


def test_a_page_that_does_not_come_is_not_taken_for_the_last():
    found = looked(linked(), R((OURS,), pages={0: CROWD, 1: (PRINTED,)}, silent=("title, page 1",)))
    assert (found.asks, found.end) == ([A_ID, C_OLD_XI, C_PAGE_1], (None, LINKED, [], ["crossref"]))


def test_a_match_says_what_was_asked_when_and_what_was_turned_down():
    found = looked(linked(), R((OURS, PRINTED, published(WRONG, OLD, POE)))).found.published
    assert (found.ask, found.retrieved, found.record) == (crossref.by_title(f"{OLD} Xi"), DAY, PRINTED)
    assert [(each.record.id, each.reason, each.title, each.authors) for each in found.rejected] == [
        (WRONG, "other authors", "equal", "0 of 3")
    ]


# One record: a value on each side of every threshold.

FIVE = ("Ann Xi", "Bo Liu", "Cem Lin", "Dan Poe", "Eva Rey")
SIX = "alpha bravo charlie delta echo foxtrot".split()
NINE = ("Gus Orr", "Hal Unn", "Ida Moe", "Jon Kay", "Kim Lee", "Lea Nix", "Max Ott", "Ned Paz", "Ola Ruz")


def titled(shared, own, letter="x"):
    """A title of so many words that others have too, and so many of its own."""
    return " ".join([*SIX[:shared], *(f"{each}{letter * 6}" for each in "ghi"[:own])])


def alike(shared, own):
    return {"title": titled(shared, own), "other": titled(shared, own, "y")}


def verdict(**what):
    """What is said of one record: of a publication, or of a preprint that a search found."""
    title, other, posted_in, year = (what.pop(each, default) for each, default in CASE.items())
    authors, others, link = (what.pop(each, ()) for each in ("authors", "others", "link"))
    known = Known(titles=(title,), authors=people(*authors), since=PartialDate(2023, what.pop("month", 6)), **what)
    if posted_in:
        return judge_posted(known, posted("2301.00001", other, others, posted_in), year and PartialDate(year)).verdict
    return judge(known, published(DOI, other, others, year=year), link or "").verdict


CASE = {"title": OLD, "other": OLD, "posted_in": None, "year": 2024}


@pytest.mark.parametrize(
    ("believed", "doubtful", "what"),
    [
        ({"others": FIVE[:3] + NINE[:2]}, {"others": FIVE[:2] + NINE[:2], "authors": FIVE[:4]}, {"link": LIST, "other": NEW, "authors": FIVE}),
        ({"others": ()}, {"others": NINE[:1]}, {"link": LIST, "authors": FIVE}),
        (alike(6, 1), alike(5, 1), {"link": LIST}),
        (alike(3, 2), alike(4, 3), {"link": LIST, "month": 10, "year": 2023}),
        ({"month": 7}, {"month": 6}, {"link": LIST, "year": 2023, **alike(3, 2)}),
        (alike(6, 1), {**alike(6, 1), "authors": FIVE, "others": NINE}, {"link": LIST}),
        ({"others": FIVE[:3] + NINE[:2]}, {"others": FIVE[:2] + NINE[:2], "authors": FIVE[:4]}, {"authors": FIVE}),
        ({"authors": FIVE[:2]}, {"authors": FIVE[:3]}, {"others": FIVE[:1]}),
        ({"authors": FIVE}, {"authors": (*FIVE[:3], NINE[0])}, {"title": f"KAR: {OLD}", "model": "KAR", "others": FIVE[:4]}),
        (alike(5, 0), alike(4, 0), {"venue": Venue("RecSys", 2024)}),
        ({"venue": Venue("RecSys", 2024)}, {"venue": Venue("RecSys", 2025)}, {}),
        ({"others": ()}, {"others": (), **alike(4, 0)}, {"authors": FIVE}),
        ({"year": 2025}, {"year": 2026}, {"authors": FIVE, "others": ()}),
        ({"month": 5}, {"month": 4}, {"posted_in": "2023-06-19", "year": None}),
        ({"month": 7}, {"month": 8}, {"posted_in": "2023-06-19", "year": None}),
    ],
)  # fmt: skip
def test_what_is_just_believed_and_what_a_person_is_asked(believed, doubtful, what):
    assert [verdict(**{**what, **each}) for each in (believed, doubtful)] == [SAME, ASK]


@pytest.mark.parametrize(
    ("inside", "outside", "what"),
    [
        ({"year": 2022}, {"year": 2021}, {"authors": XI, "others": XI}),
        ({"year": 2027}, {"year": 2028}, {"authors": XI, "others": XI}),
        ({"year": 2027}, {"year": 2028}, {"authors": XI, "others": XI, "posted_in": "2023-06-19"}),
        ({"year": 2022}, {"year": 2021}, {"authors": XI, "others": XI, "posted_in": "2023-06-19"}),
        ({"other": OLD}, {"other": f"{OLD} Again"}, {"authors": XI, "others": XI}),
        ({"others": XI}, {"others": NINE}, {"authors": XI}),
    ],
)
def test_what_is_just_believed_and_what_is_another_paper(inside, outside, what):
    assert [verdict(**{**what, **each}) for each in (inside, outside)] == [SAME, OTHER]


def judged(verdict, doi, by=XI, container="Sea Letters", **fields):
    record = published(doi, OLD, by, container=container)
    return Judgement(**{"record": record, "verdict": verdict, "reason": "r", "title": "equal", "authors": "3 of 3", **fields})


KDD = "Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining"
A, B, N = (f"10.1000/{each}" for each in "abn")
ALONE = judged(SAME, A, authors="")


@pytest.mark.parametrize(
    ("candidates", "chosen", "question"),
    [
        ([], None, []),
        ([judged(OTHER, A)], None, []),
        ([judged(ASK, A), judged(OTHER, N)], None, [A]),
        ([judged(SAME, A), judged(ASK, B), judged(OTHER, N)], A, []),
        ([judged(SAME, A), judged(SAME, B)], None, [A, B]),
        ([judged(SAME, A), judged(SAME, B, by_link=True)], B, []),
        ([judged(SAME, A), judged(SAME, B, container=RECSYS)], B, []),
        ([judged(SAME, A), judged(SAME, B, title="nearly equal")], A, []),
        ([judged(SAME, A, container=RECSYS), judged(SAME, B, by_link=True)], B, []),
        ([judged(SAME, A), judged(SAME, A.upper())], A.upper(), []),
        ([judged(ASK, A), judged(SAME, B), judged(SAME, N)], None, [B, N]),
        ([ALONE], A, []),
        ([ALONE, judged(OTHER, N, by=POE)], None, [A]),
        ([ALONE, judged(OTHER, N, by=())], A, []),
        ([ALONE, judged(OTHER, N, by=POE, container=KDD)], A, []),
        ([replace(ALONE, by_link=True), judged(OTHER, N, by=POE)], A, []),
    ],
)
def test_the_one_record_that_is_chosen_among_all(candidates, chosen, question):
    decision = decide(Known(titles=(OLD,), venue=Venue("RecSys", 2024)), candidates)
    assert (decision.chosen and decision.chosen.record.id, [each.record.id for each in decision.question]) == (chosen, question)
    named = {each.lower() for each in [*question, *([chosen] if chosen else [])]}
    assert {each.record.id.lower() for each in decision.rejected} == {each.record.id.lower() for each in candidates} - named


def test_a_preprint_by_others_makes_a_record_doubtful_where_nobody_knows_the_authors():
    unknown = Known(titles=(OLD,), venue=Venue("RecSys", 2024))
    assert [decide(each, [ALONE], [TWIN]).chosen for each in (unknown, replace(unknown, authors=people(*XI)))] == [None, ALONE]
