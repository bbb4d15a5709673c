"""OpenAlex's API, asked for one thing only: the version of record that it has merged a preprint with.

Format: https://developers.openalex.org. A free key is needed; nothing that it says is believed before Crossref agrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .. import ids
from ..errors import Fault, SourceError
from ..jsontext import Json
from ..markup import registry_title
from ..model import Work
from .base import NOTHING, Ask, Reading, RegistryRecord, Request, batches, keep, kept_items

NAME = "openalex"
ADDRESS = "https://api.openalex.org"
INTERVAL = 0.2  # seconds between requests; at most 100 a second are allowed
_BATCH = 50


def by_arxiv_id(arxiv_id: str) -> Ask:
    """The work that holds the preprint."""
    return Ask(NAME, "arxiv", arxiv_id)


def requests(asks: Iterable[Ask], address: str = ADDRESS) -> Iterator[Request]:
    """50 preprints at a time, by the DOIs that arXiv gives them."""
    for batch in batches(asks, _BATCH):
        dois = "|".join(ids.arxiv_doi(ask.value).lower() for ask in batch)
        parameters = (("filter", f"doi:{dois}"), ("select", "id,doi,title,locations"), ("per_page", "100"))
        yield Request(NAME, f"{address.rstrip('/')}/works", parameters, "list", batch)


def halves(request: Request, address: str = ADDRESS) -> Iterator[Request]:
    """Two requests for one that was too long."""
    middle = len(request.asks) // 2
    yield from requests(request.asks[:middle], address)
    yield from requests(request.asks[middle:], address)


def answers(request: Request, status: int, body: bytes) -> Reading:
    """For each preprint its work's title and DOIs. SourceError for anything but a list of works."""
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        raise _no_answer("not whole JSON") from None
    works = page.get("results") if isinstance(page, dict) else None
    if status != 200 or not isinstance(works, list) or not all(isinstance(work, dict) for work in works):
        raise _no_answer("no list of works")
    found = dict.fromkeys(request.asks, NOTHING)
    for work in works:
        dois = list(_dois(work))
        try:
            kept = keep([{"title": work.get("title"), "dois": list(dois)}])
        except ValueError:
            raise _no_answer("broken text") from None
        preprints = {ids.arxiv_of_doi(doi) for doi in dois}
        found.update({ask: kept for ask in request.asks if ask.value in preprints})
    return Reading(found)


def _no_answer(what: str) -> SourceError:
    return SourceError(Fault("OpenAlex", f"sent no answer: {what}"))


def _dois(work: dict[str, Json]) -> Iterator[str]:
    """The DOIs of the work and of the places where it can be read, arXiv's made of its id."""
    places = work.get("locations")
    locations = [place for place in places if isinstance(place, dict)] if isinstance(places, list) else []
    for link in (work.get("doi"), *(place.get("landing_page_url") for place in locations)):
        known = ids.identify(link) if isinstance(link, str) else ids.Ids()
        if known.arxiv or known.doi:
            yield (ids.arxiv_doi(known.arxiv) if known.arxiv else known.doi or "").lower()


def records(ask: Ask, answer: str) -> tuple[RegistryRecord, ...]:
    """The work, linked with its publications' DOIs."""
    try:
        return tuple(_record(ask, entry["title"], entry["dois"]) for entry in kept_items(answer))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise SourceError(Fault("OpenAlex", f"the answer kept for {ask.value!r} is damaged; use --refresh")) from None


def _record(ask: Ask, title: Json, dois: Json) -> RegistryRecord:
    name = registry_title(str(title or "")) or ask.value
    if not isinstance(dois, list):
        raise ValueError("no list of DOIs")
    linked = frozenset(("doi", str(doi)) for doi in dois if not ids.arxiv_of_doi(doi))  # type: ignore[arg-type]  # raises too
    return RegistryRecord(
        source=NAME, id=ask.value, work=Work(type="preprint", title=name), kind="merged", titles=(name,), linked=linked
    )
