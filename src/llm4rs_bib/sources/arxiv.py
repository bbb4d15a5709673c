"""arXiv's API: requests, and what its Atom feeds say.

Format: https://info.arxiv.org/help/api/user-manual.html. Elements are read by name: their order has changed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .. import ids
from ..errors import DenialError, Fault, SourceError
from ..jsontext import Json
from ..markup import registry_text, registry_title
from ..model import DERIVED, PartialDate, Work
from ..names import split_name
from ..text import fold
from .base import NOTHING, Ask, Reading, RegistryRecord, Request, batches, keep, kept_items

NAME = "arxiv"
ADDRESS = "https://export.arxiv.org/api/query"
INTERVAL = 3.0  # seconds between requests: https://info.arxiv.org/help/api/tou.html
POOL = "query"
ROWS = 10
_BATCH = 100
_ALL_UNKNOWN = 2  # ids that may be unknown all at once; more of them are an outage
_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ENTRY = rf"https?://arxiv\.org/abs/({ids.ARXIV})"


def by_id(arxiv_id: str) -> Ask:
    """The newest version of an id."""
    return Ask(NAME, "id", _without_class(arxiv_id))


def by_first_version(arxiv_id: str) -> Ask:
    """The first version of an id: its title and authors may have been others."""
    return Ask(NAME, "version", f"{_without_class(arxiv_id)}v1")


def by_title(title: str) -> Ask:
    """The papers with these words, one after the other, in their title."""
    return Ask(NAME, "title", title)


def requests(asks: Iterable[Ask], address: str = ADDRESS) -> Iterator[Request]:
    """Ids 100 at a time, titles one by one. One bad id would spoil a batch, so an ask for one is a ValueError."""
    by_kind: dict[str, list[Ask]] = {"id": [], "version": [], "title": []}
    for ask in asks:
        if ask.kind != "title" and not ids.arxiv_id(ask.value):
            raise ValueError(f"{ask.value!r} is no arXiv id")
        by_kind[ask.kind].append(ask)
    for kind in ("id", "version"):  # apart: the newest version may be the first
        for batch in batches(by_kind[kind], _BATCH):
            yield _batch(address, batch)
    for ask in by_kind["title"]:
        yield _request(address, (ask,), search_query=f'ti:"{_phrase(ask.value)}"', start="0", max_results=str(ROWS))


def _request(address: str, asks: tuple[Ask, ...], **parameters: str) -> Request:
    return Request(NAME, address, tuple(parameters.items()), POOL, asks)


def _batch(address: str, asks: tuple[Ask, ...]) -> Request:
    return _request(address, asks, id_list=",".join(ask.value for ask in asks), start="0", max_results=str(len(asks)))


def halves(request: Request, address: str = ADDRESS) -> Iterator[Request]:
    """Two requests for one that was too long, or spoilt by an id."""
    middle = len(request.asks) // 2
    yield _batch(address, request.asks[:middle])
    yield _batch(address, request.asks[middle:])


def _phrase(title: str) -> str:
    """A title's words alone: hyphens, colons and quotes mean something else to the search, a plus is a space."""
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", title))


def answers(request: Request, status: int, body: bytes) -> Reading:
    """The entries for each ask, as JSON. SourceError for a page, half a feed, or an entry that tells of an error."""
    feed = _feed(status, body)
    entries = [_entry(element) for element in feed.findall(f"{_ATOM}entry")]
    searched, total = request.asks[0].kind == "title", _total(feed)
    if len(entries) < min(total, 1 if searched else len(request.asks)):
        raise _no_answer(f"{len(entries)} of {total} entries")
    if searched:  # which answers for the ids of its hits too
        hits = {by_id(ids.arxiv_id(str(entry["id"])) or ""): keep([entry]) for entry in entries}
        return Reading({**hits, request.asks[0]: keep(entries)}, certain=bool(entries))
    if not entries and len(request.asks) > _ALL_UNKNOWN:
        raise DenialError(Fault("arXiv", f"sent no answer: none of {len(request.asks)} ids"))
    found: dict[str, dict[str, Json]] = {}
    for entry in entries:
        versioned = str(entry["id"])
        found[versioned] = found[ids.arxiv_id(versioned) or ""] = entry
    said = {ask: keep([found[ask.value]]) if ask.value in found else NOTHING for ask in request.asks}
    return Reading(said, certain=bool(entries))


def _no_answer(what: str) -> SourceError:
    return SourceError(Fault("arXiv", f"sent no answer: {what}"))


def _feed(status: int, body: bytes) -> Element:
    try:
        feed: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise _no_answer("not a whole feed") from None
    if status != 200 or feed.tag != f"{_ATOM}feed":
        raise _no_answer("no feed")
    return feed


def _total(feed: Element) -> int:
    total = (feed.findtext(_TOTAL) or "").strip()
    if not (total.isascii() and total.isdecimal()):
        raise _no_answer("no number of results")
    return int(total)


def _entry(element: Element) -> dict[str, Json]:
    """What is used of an entry, as it stands there."""
    address = (element.findtext(f"{_ATOM}id") or "").strip()
    published = (element.findtext(f"{_ATOM}published") or "").strip()
    title = " ".join((element.findtext(f"{_ATOM}title") or "").split())
    match = re.fullmatch(_ENTRY, address)
    if not match or not published or not title:
        raise _no_answer(
            f"an entry that tells of an error ({' '.join((element.findtext(f'{_ATOM}summary') or address).split())})"
        )
    primary = element.find(f"{_OWN}primary_category")
    texts = {
        "id": _without_class(match[1]),
        "title": title,
        "published": published,
        "doi": element.findtext(f"{_OWN}doi"),
        "journal_ref": element.findtext(f"{_OWN}journal_ref"),
        "comment": element.findtext(f"{_OWN}comment"),
        "summary": element.findtext(f"{_ATOM}summary"),
        "class": primary.get("term") if primary is not None else None,
    }
    authors = [" ".join((name.text or "").split()) for name in element.iterfind(f"{_ATOM}author/{_ATOM}name")]
    found: dict[str, Json] = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
    return {**found, "authors": [name for name in authors if name]}


def _without_class(arxiv_id: str) -> str:
    """`math/0309136` for `math.GT/0309136`, which is the same."""
    return re.sub(r"^([a-z-]+)\.[A-Za-z]{2}/", r"\1/", arxiv_id)


def records(ask: Ask, answer: str) -> tuple[RegistryRecord, ...]:
    """The records in an answer that was kept."""
    try:
        return tuple(_record(entry) for entry in kept_items(answer))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise SourceError(Fault("arXiv", f"the answer kept for {ask.value!r} is damaged; use --refresh")) from None


def _record(entry: Mapping[str, Json]) -> RegistryRecord:
    arxiv_id = ids.arxiv_id(str(entry["id"]))
    title = registry_title(str(entry["title"]))
    if not arxiv_id or not title:
        raise ValueError
    posted = _date(str(entry["published"]))
    authors = entry["authors"]
    names = [split_name(registry_text(str(name))) for name in authors] if isinstance(authors, list) else []
    work = Work(
        type="preprint",
        title=title,
        authors=tuple(name for name in names if name),
        issued=posted,
        doi=ids.arxiv_doi(arxiv_id),
        arxiv_id=arxiv_id,
        arxiv_class=str(entry["class"]) if "class" in entry else None,
        sources={"doi": DERIVED},
    )
    given = ids.doi(str(entry.get("doi", "")).split(" ")[0])
    return RegistryRecord(
        source=NAME,
        id=arxiv_id,
        work=work,
        kind="preprint",
        titles=(title,),
        venues=tuple(registry_text(str(entry[field])) for field in ("journal_ref", "comment") if field in entry),
        years=(posted.year,) if posted else (),
        linked=frozenset({("doi", given.lower())}) if given and not ids.arxiv_of_doi(given) else frozenset(),
        abstract=str(entry.get("summary", "")),
        notes=tuple(_notes(entry)),
    )


def _date(stamp: str) -> PartialDate | None:
    try:
        return PartialDate.parse(stamp[:10])
    except ValueError:
        return None


def _notes(entry: Mapping[str, Json]) -> Iterator[str]:
    comment, summary = str(entry.get("comment", "")), str(entry.get("summary", ""))
    if re.search(r"(?i)\bwithdrawn\b", comment) or fold(summary).startswith(("this paper has been withdrawn", "withdrawn")):
        yield f"withdrawn: {comment or summary}"
