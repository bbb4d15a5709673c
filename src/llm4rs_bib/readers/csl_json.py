"""CSL-JSON: https://github.com/citation-style-language/schema, schemas/input/csl-data.json; and what Zotero adds in `note`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, repeat

from ..errors import Fault, ListError, unknown
from ..jsontext import Json, loads
from ..model import TYPES, Name, PartialDate
from ..text import clean, plain, title
from .dates import read_date
from .extra import Extra, read_extra
from .facts import Facts, keywords_of
from .gathering import UNPLACED, Gathering
from .values import Found

_TYPES = {
    "article": "preprint",
    "manuscript": "preprint",
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), "article-journal"),
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), "chapter"),
    **dict.fromkeys(("book", "classic", "collection", "pamphlet"), "book"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "webpage"),
    **{name: name for name in ("paper-conference", "thesis", "report", "dataset", "document")},
    **dict.fromkeys(  # that we have none of our own for
        """
        bill broadcast event figure graphic hearing interview legal_case legislation map motion_picture musical_score patent
        performance periodical personal_communication regulation song software speech standard treaty
        """.split(),
        "document",
    ),
}
_READ = frozenset(
    """
    DOI URL author citation-key container-title event event-title id issue issued keyword page publisher title type volume
    """.split()
)
_LIST = r"\s*\[|(?s:.*?)\"(?:items|references)\"\s*:\s*\["  # in an object of Zotero's server, or of pandoc's metadata
_BETWEEN = re.compile(r"[\s,]*")
_OTHER_SPAN = r"(?s)<span(?! class=\"nocase\")[^<>]*>(.{0,400}?)</span>"  # small capitals
_NO_KEY = r".*://.*|ITEM-\d+"  # ids of Zotero and Mendeley, which nobody cites by


def read(body: str, name: str) -> Found:
    """The items of a file. ListError if it is no CSL-JSON."""
    top = loads(body, name, ListError) if body.strip() else []
    gathering = Gathering(name)
    for line, item in zip(chain(_lines(body), repeat(1)), _items(top, name), strict=False):
        where = f"{name}:{line}"
        if isinstance(item, dict):
            gathering.take(_Item(item, where).facts)
            gathering.count(UNPLACED, [*_unplaced(item)])
        else:
            gathering.left_out.append(Fault(where, "stands where an object should"))
    return gathering.found()


def _items(top: Json, name: str) -> list[Json]:
    found = top
    if isinstance(top, dict):
        found = next((top[each] for each in ("items", "references") if each in top), None)
        if "config" in top and found is not None:
            raise ListError(Fault(f"{name}:1", "is Better BibTeX's own JSON; export as Better CSL JSON instead"))
    if not isinstance(found, list):
        raise ListError(Fault(f"{name}:1", "is no CSL-JSON, which is a list of objects"))
    return found


def _lines(body: str) -> Iterator[int]:
    """The line on which each member of the list begins."""
    begin = re.match(_LIST, body)
    at = begin.end() if begin else len(body)
    decode = json.JSONDecoder().raw_decode
    line, counted = 1, 0
    while (at := _BETWEEN.match(body, at).end()) < len(body) and body[at] != "]":  # type: ignore[union-attr]  # it matches nothing too
        line += body.count("\n", counted, at)
        counted = at
        yield line
        at = decode(body, at)[1]


class _Item:
    """One item of the file."""

    def __init__(self, item: dict[str, Json], where: str) -> None:
        self._item = item
        self._where = where
        self._odd: list[str] = []

    @property
    def facts(self) -> Facts:
        """What the item says."""
        note = self._item.get("note")
        extra = read_extra(note.splitlines() if isinstance(note, str) else ())
        custom = self._item.get("custom")
        custom = custom if isinstance(custom, dict) else {}
        arxiv = _texts(custom.get("arxiv"))
        kind = extra.type or self._type()
        keywords = self._keywords(custom)
        return Facts(
            where=self._where,
            key=self._key(extra),
            type=kind,
            title=title(re.sub(_OTHER_SPAN, r"\1", self._text("title"))),
            authors=tuple(self._authors()),
            container=plain(title(self._text("container-title"))),
            event=self._text("event-title") or self._text("event"),
            publisher=self._text("publisher"),
            volume=self._text("volume"),
            issue=self._text("issue") or (self._text("number") if kind == "report" else ""),
            pages=self._text("page"),
            issued=self._date(),
            doi=self._text("DOI") or extra.doi,
            url=self._text("URL"),
            arxiv=(arxiv.get("id", ""), extra.arxiv, self._text("number") if self._is_arxiv("number") else ""),
            arxiv_class=arxiv.get("primary_class", ""),
            posted=read_date(arxiv.get("first_posted", "")),
            keywords=keywords,
            groups=tuple((keyword,) for keyword in keywords) if "listings" in custom else (),
            odd=self._odd,
        )

    def _text(self, variable: str) -> str:
        value = self._item.get(variable)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):  # as Crossref has it
            return clean(value[0])
        if value is None or value in ([], "") or isinstance(value, bool):
            return ""
        if isinstance(value, int | float):
            return str(value)
        self._odd.append(f"{variable} is no text and was left out")
        return ""

    def _is_arxiv(self, variable: str) -> bool:
        return "arxiv" in self._text(variable).lower()

    def _key(self, extra: Extra) -> str | None:
        named = self._text("citation-key") or extra.key
        return named or (None if re.fullmatch(_NO_KEY, given := self._text("id")) else given or None)

    def _type(self) -> str:
        written = self._text("type")
        if written not in _TYPES:
            said = unknown("type", written, TYPES.values()) if written else "has no type"
            self._odd.append(f"{said}; taken as document")
        return _TYPES.get(written, "document")

    def _authors(self) -> Iterator[Name]:
        written = self._item.get("author")
        for each in written if isinstance(written, list) else [written] if written else []:
            if name := _name(each):
                yield name
            else:
                self._odd.append(f"{json.dumps(each, ensure_ascii=False)[:60]} is no name of an author and was left out")

    def _date(self) -> PartialDate | None:
        written = self._item.get("issued")
        texts = [text for text in _dates(written) if text]
        found = next((date for text in texts if (date := read_date(text))), None)
        if texts and not found:
            self._odd.append(f"the date {json.dumps(written, ensure_ascii=False)[:60]} is not understood and was left out")
        return found

    def _keywords(self, custom: dict[str, Json]) -> tuple[str, ...]:
        """Apart by commas or semicolons; of our own files as many as there are categories."""
        listed = custom.get("listings")
        categories = {each.get("category") for each in listed if isinstance(each, dict)} if isinstance(listed, list) else set()
        written = self._text("keyword")
        return (written,) if len(categories) == 1 and written else keywords_of(written)


def _unplaced(item: dict[str, Json]) -> Iterator[str]:
    for variable, value in item.items():
        is_read = variable in _READ or (variable == "custom" and isinstance(value, dict) and "listings" in value)
        if variable == "note" and isinstance(value, str):
            is_read = read_extra(value.splitlines()).is_all
        if variable == "number":
            is_read = item.get("type") == "report" or "arxiv" in str(value).lower()
        if value and not is_read:
            yield variable


def _texts(value: Json) -> dict[str, str]:
    """The members of an object that are texts, clean."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {name: clean(each) for name, each in pairs if isinstance(each, str)}


def _name(written: Json) -> Name | None:
    if isinstance(written, str):
        return Name(literal=whole) if (whole := clean(written)) else None
    if not isinstance(written, dict):
        return None
    parts = _texts(written)
    particles = (parts.get("dropping-particle"), parts.get("non-dropping-particle"), parts.get("family"))
    family, given = " ".join(filter(None, particles)), parts.get("given", "")
    if family or given:
        family, given = (family, given) if family else (given, "")
        return Name(family=family, given=given, suffix=parts.get("suffix", ""))
    return Name(literal=literal) if (literal := parts.get("literal")) else None


def _dates(written: Json) -> list[str]:
    """CSL's date-parts, of a range the first; then what `raw`, `literal` or a text says."""
    if isinstance(written, dict):
        parts = written.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        numbers = [str(part) for part in first if part not in (None, "")] if isinstance(first, list) else []
        return ["-".join(numbers[:3]), *(str(written.get(name) or "") for name in ("raw", "literal"))]
    return [str(written or "")]
