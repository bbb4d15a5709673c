"""Crossref's REST API: requests, and what its answers say.

Formats: https://github.com/CrossRef/rest-api-doc, https://www.crossref.org/documentation/retrieve-metadata/rest-api/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from habanero.request_class import Request as HabaneroRequest

from ..errors import Fault, SourceError
from ..jsontext import Json
from .base import NOTHING, Ask, Reading, RegistryRecord, Request, batches, keep, kept_items
from .crossref_record import FIELDS, record

NAME = "crossref"
ADDRESS = "https://api.crossref.org"
SINGLE, ARRAY = "single", "array"  # Crossref's names for its pools
ROWS = 10  # the top hit is often somebody else's paper
_PAGE = "title, page "
_BATCH = 50
_LONGEST = 3_900  # bytes of a URL: its limit is not published, longer ones were refused


def by_doi(doi: str) -> Ask:
    """A DOI's record; a DOI that stands for another one (an alias) has none here."""
    return Ask(NAME, "doi", doi.lower())


def by_alias(doi: str) -> Ask:
    """A DOI's record, or that of the DOI which it is an alias of."""
    return Ask(NAME, "alias", doi.lower())


def by_title(words: str, page: int = 0) -> Ask:
    """The records that a search for a title brings first; of the second page those after them."""
    return Ask(NAME, "title" if page == 0 else f"{_PAGE}{page}", words)


class _Recorded(HabaneroRequest):  # type: ignore[misc]  # habanero has no types
    """habanero's request, checked and put together as it does, but kept instead of sent."""

    sent: Mapping[str, str]

    def _req(self, payload: Mapping[str, str], should_warn: bool) -> None:  # noqa: ARG002  # habanero's signature
        self.sent = payload


def _request(address: str, path: str, pool: str, asks: tuple[Ask, ...], **query: Any) -> Request:
    made = _Recorded(mailto=None, ua_string=None, timeout=None, url=address.rstrip("/"), path=path, **query)
    made.do_request()
    return Request(NAME, made._url(), tuple(made.sent.items()), pool, asks)  # noqa: SLF001  # what habanero would send it to


def requests(asks: Iterable[Ask], address: str = ADDRESS) -> Iterator[Request]:
    """DOIs 50 at a time, those with a comma and aliases one by one (a comma parts filters), titles one by one."""
    dois = []
    for ask in asks:
        if ask.kind.startswith("title"):
            start = {"offset": ROWS * int(ask.kind.removeprefix(_PAGE))} if ask.kind != "title" else {}
            query = {"query_bibliographic": ask.value, "limit": ROWS, "select": list(FIELDS), **start}
            yield _request(address, "/works", ARRAY, (ask,), **query)
        elif ask.kind == "alias" or "," in ask.value:
            yield _request(address, f"/works/{quote(ask.value, safe='')}", SINGLE, (ask,))
        else:
            dois.append(ask)
    for batch in batches(dois, _BATCH):
        yield from _batch(address, batch)


def _batch(address: str, asks: tuple[Ask, ...]) -> Iterator[Request]:
    dois = [ask.value for ask in asks]
    made = _request(address, "/works", ARRAY, asks, filter={"doi": dois}, limit=len(asks), select=list(FIELDS))
    if len(asks) > 1 and len(made.address) + len(urlencode(made.parameters)) > _LONGEST:
        yield from halves(made, address)
    else:
        yield made


def halves(request: Request, address: str = ADDRESS) -> Iterator[Request]:
    """Two requests for one that was too long."""
    middle = len(request.asks) // 2
    yield from _batch(address, request.asks[:middle])
    yield from _batch(address, request.asks[middle:])


def answers(request: Request, status: int, body: bytes) -> Reading:
    """The records for each ask, as JSON. SourceError for an error page, half a document, or another shape."""
    single = request.pool == SINGLE
    if status == 404:
        if not single or body.lstrip()[:1] == b"<" or b"not found" not in body.lower():
            raise _no_answer("404 with another text than that of an unknown DOI")
        return Reading({request.asks[0]: NOTHING})
    message = _message(body, "work" if single else "work-list")
    if single:
        return Reading({request.asks[0]: _kept([_item(message)])})
    searched = request.asks[0].kind.startswith("title")
    offset = int(dict(request.parameters).get("offset", 0))
    items = _items(message, at_least=1 if searched else len(request.asks), offset=offset)
    hits = {by_doi(str(item["DOI"])): _kept([item]) for item in items}
    if searched:  # which answers for the DOIs of its hits too
        is_first_page = request.asks[0].kind == "title"
        return Reading({**hits, request.asks[0]: _kept(items)}, certain=bool(items) or not is_first_page)
    return Reading({ask: hits.get(ask, NOTHING) for ask in request.asks}, certain=any(ask in hits for ask in request.asks))


def _no_answer(what: str) -> SourceError:
    return SourceError(Fault("Crossref", f"sent no answer: {what}"))


def _message(body: bytes, kind: str) -> dict[str, Json]:
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        raise _no_answer("not whole JSON") from None
    if not isinstance(envelope, dict) or envelope.get("status") != "ok" or envelope.get("message-type") != kind:
        raise _no_answer(f"no {kind}")
    message = envelope.get("message")
    if not isinstance(message, dict):
        raise _no_answer("no message")
    return message


def _item(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict) or not isinstance(value.get("DOI"), str) or not value["DOI"]:
        raise _no_answer("a record without DOI")
    return value


def _items(message: dict[str, Json], at_least: int, offset: int) -> list[dict[str, Json]]:
    """The items, if they are `at_least` so many or all that there are from the offset on."""
    items, total = message.get("items"), message.get("total-results")
    if not isinstance(items, list) or type(total) is not int:
        raise _no_answer("no items")
    if len(items) < min(total - offset, at_least):
        raise _no_answer(f"{len(items)} of {total} items")
    return [_item(item) for item in items]


def _kept(items: list[dict[str, Json]]) -> str:
    """Only what is used: a reference list alone may have a megabyte."""
    try:
        return keep([{key: item[key] for key in FIELDS if key in item} for item in items])
    except ValueError:
        raise _no_answer("broken text") from None


def records(ask: Ask, answer: str) -> tuple[RegistryRecord, ...]:
    """The records in an answer that was kept; those that have no title are left out."""
    try:
        found = [record(item) for item in kept_items(answer)]
    except (ValueError, TypeError, RecursionError):
        raise SourceError(Fault("Crossref", f"the answer kept for {ask.value!r} is damaged; use --refresh")) from None
    return tuple(each for each in found if each)
