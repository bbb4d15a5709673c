"""What a file says of one publication, in our words, and the works that this makes: the published one, the preprint, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .. import ids, labels
from ..model import DERIVED, Name, PartialDate, Work
from ..text import clean, page_range
from .values import Imported

_ID = rf"(?i)(?:\barxiv(?:\.org|\s+id)?\s*[:/.]?\s*|\babs/)({ids.ARXIV})(?![\d.])"
_CLASS = r"\[([a-z-]+(?:\.[A-Za-z-]{2,})?)\]"
_IDENTIFIER = r"(?i)arxiv|\babs/"  # in a volume or in pages
# Where preprints are posted, as the fields for journals and publishers name it; "arXiv Watch" is a journal.
_ARXIV = (
    r"(?i)(?:the )?(?:arxiv(?:\.org)?|corr|computing research repository)(?:\s*$|\s*[:,\[(]|\s+(?:preprint|e-?print|abs/|\d))"
)
_SERVER = (
    rf"{_ARXIV}|(?:(?:bio|med|chem|psy|soc|tech|eng|eartha)rxiv|ssrn(?: electronic journal)?|research square|authorea|openreview"
    r"|preprints?(?:\.org)?|osf preprints?)(?:\s*$|\s*[:,\[(]|\s+preprint)"
)
_UNPLACED = frozenset({"document", "webpage", "article-journal", "report"})  # types of an arXiv id that is nowhere published
_SHORT = 3  # words of what people call a venue


@dataclass(kw_only=True)
class Facts:
    """An entry's fields as plain text, "" for those that it has not; identifiers as they are written."""

    where: str
    key: str | None
    aliases: tuple[str, ...] = ()
    type: str  # a key of TYPES
    title: str  # a title of the model
    authors: tuple[Name, ...] = ()
    container: str = ""
    event: str = ""  # the conference
    series: str = ""  # where it names the conference: "KDD '24"
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    issued: PartialDate | None = None
    doi: str = ""
    url: str = ""
    arxiv: tuple[str, ...] = ()  # texts that may name the arXiv id
    arxiv_class: str = ""
    posted: PartialDate | None = None  # on arXiv, beside a publication
    keywords: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    others: bool = False  # whether the file says that there are more authors
    odd: list[str] = field(default_factory=list)  # what was not understood

    @property
    def label(self) -> str:
        """How a person knows the entry."""
        return self.key or self.title


_identify = lru_cache(maxsize=2**12)(ids.identify)  # the same address is asked about again and again


def imported(facts: Facts) -> Imported:
    """The entry with its works. What is not understood is added to `odd`."""
    doi = _doi(facts)
    arxiv_id = next(_arxiv_ids(facts), None)
    if doi and ids.arxiv_of_doi(doi):
        doi = None
    published = preprint = None
    if not _is_preprint(facts, arxiv_id, doi):
        published = _published(facts, doi)
        preprint = _beside(facts, arxiv_id) if arxiv_id else None
    else:
        preprint = _preprint(facts, arxiv_id, None if arxiv_id else doi)
        if doi and arxiv_id:  # another version's, of which nothing else is known
            published = Work(type="document", title=facts.title, authors=facts.authors, doi=doi)
    return Imported(
        where=facts.where,
        key=facts.key,
        aliases=facts.aliases,
        published=published,
        preprint=preprint,
        keywords=_once(facts.keywords),
        groups=tuple(dict.fromkeys(path for path in facts.groups if path)),
    )


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in words if (word := clean(each))))


def _doi(facts: Facts) -> str | None:
    written = facts.doi.strip().rstrip(".,;")
    if not written:
        is_resolver = re.match(r"(?i)https?://(?:dx\.)?doi\.org/", facts.url)
        return _identify(facts.url).doi if is_resolver else None
    found = ids.doi(written) or ids.doi("".join(written.split())) or _identify(written).doi
    if not found and not _identify(written).arxiv:
        facts.odd.append(f"{written!r} is no DOI and was left out")
    return found


def _arxiv_ids(facts: Facts) -> Iterator[str]:
    for written in (*facts.arxiv, facts.doi, facts.url):
        if found := ids.arxiv_id(written) or _identify(written).arxiv:
            yield found
    for written in (*facts.arxiv, facts.container, facts.volume, facts.issue, facts.pages, facts.article_number):
        if (match := re.search(_ID, written)) and (found := ids.arxiv_id(match[1])):
            yield found


def _is_preprint(facts: Facts, arxiv_id: str | None, doi: str | None) -> bool:
    if facts.type == "preprint" or re.match(_SERVER, facts.container):
        return True
    is_elsewhere = doi or facts.container or (facts.publisher and not re.match(_SERVER, facts.publisher))
    return bool(arxiv_id) and not is_elsewhere and facts.type in _UNPLACED


def _preprint(facts: Facts, arxiv_id: str | None, doi: str | None) -> Work:
    """The preprint that the entry is about; its container is the server where it was posted."""
    server = next((each for each in (facts.container, facts.publisher) if each and not re.match(_ARXIV, each)), None)
    work = Work(
        type="preprint",
        title=facts.title,
        authors=facts.authors,
        publisher=server,
        issued=facts.issued,
        doi=doi or (ids.arxiv_doi(arxiv_id) if arxiv_id else None),
        arxiv_id=arxiv_id,
        arxiv_class=_class(facts) if arxiv_id else None,
        url=_url(facts, doi),
        sources={"doi": DERIVED} if arxiv_id and not doi and not facts.doi else {},
    )
    return _with_numbers(work, facts)


def _beside(facts: Facts, arxiv_id: str) -> Work:
    """The preprint of a publication: only its id, class and date are known, as of a checked paper's."""
    return Work(
        type="preprint",
        title=facts.title,
        issued=facts.posted,
        doi=ids.arxiv_doi(arxiv_id),
        arxiv_id=arxiv_id,
        arxiv_class=_class(facts),
        sources={"doi": DERIVED},
    )


def _class(facts: Facts) -> str | None:
    return facts.arxiv_class or next((match[1] for each in facts.arxiv if (match := re.search(_CLASS, each))), None)


def _published(facts: Facts, doi: str | None) -> Work:
    container = facts.container or facts.event or None
    work = Work(
        type=facts.type,
        title=facts.title,
        authors=facts.authors,
        container_title=container,
        venue_short=next((short for each in _names_of_venue(facts) if (short := _short(each)) not in (None, container)), None),
        publisher=facts.publisher or None,
        issued=facts.issued,
        doi=doi,
        url=_url(facts, doi),
    )
    return _with_numbers(work, facts)


def _with_numbers(work: Work, facts: Facts) -> Work:
    """The work with volume, issue and pages, but no arXiv id that stands in their place."""
    volume, issue, pages, number = (
        _number(page_range(each)) for each in (facts.volume, facts.issue, facts.pages, facts.article_number)
    )
    if pages == number:  # some say it twice
        pages = None
    return replace(work, volume=volume, issue=issue, pages=pages, article_number=None if pages else number)


def _number(written: str) -> str | None:
    return None if re.search(_IDENTIFIER, written) else written or None


def _url(facts: Facts, doi: str | None) -> str | None:
    """The landing page, unless the work's DOI says it, or it is the preprint's on arXiv."""
    address = next(iter(facts.url.split()), "")
    known = _identify(address)
    is_said = doi and doi.lower() in ((known.doi or "").lower(), (ids.doi(address) or "").lower())
    if not address or known.arxiv or is_said:
        return None
    if not re.match(r"(?i)(?:https?|ftp)://\S+$", address):
        facts.odd.append(f"{address!r} is no address and was left out")
        return None
    return address


def names_conference(series: str) -> bool:
    """Whether a series is a conference, as in ACM's files, by its year: "KDD '24", not "LNCS"."""
    return labels.venue(series).year is not None


def keywords_of(written: str, sign: str = "") -> tuple[str, ...]:
    """What stands between semicolons, or between commas where there are none and no sign is given."""
    return tuple(word for each in written.split(sign or (";" if ";" in written else ",")) if (word := clean(each)))


def _names_of_venue(facts: Facts) -> Iterator[str]:
    yield facts.event
    if names_conference(facts.series):
        yield facts.series


def _short(event: str) -> str | None:
    """What people call a venue: WSDM of "WSDM '24"; None for a whole name."""
    event = event.partition(":")[0]
    name = labels.venue(event).name if re.search(r"\d", event) else event
    is_short = re.fullmatch(r"[A-Za-z&@. -]{2,24}", name) and len(name.split()) <= _SHORT
    return name if is_short and re.search("[A-Z].*[A-Z]", name) else None
