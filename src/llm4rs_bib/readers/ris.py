"""RIS: https://refdb.sourceforge.net/manual/ch07.html, and the tags that Zotero, EndNote, Scopus and publishers use besides.

Zotero writes its Extra field as `M2`; EndNote continues keywords on lines of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from .. import ids
from ..errors import Fault, ListError, unknown
from ..model import Name, PartialDate
from ..names import is_nobody, split_name
from ..text import clean, page_range, plain, title
from .dates import read_date, with_month
from .extra import read_extra
from .facts import Facts, keywords_of, names_conference
from .gathering import UNPLACED, Gathering
from .values import Found

_TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "MGZN", "NEWS", "ABST", "INPR"), "article-journal"),
    **dict.fromkeys(("CONF", "CPAPER"), "paper-conference"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "chapter"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "SER", "CLSWK", "PAMP"), "book"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("UNPB", "UNPD", "MANSCPT"), "preprint"),
    **dict.fromkeys(("DATA", "AGGR", "DBASE"), "dataset"),
    **dict.fromkeys(("ELEC", "BLOG", "WEB"), "webpage"),
    "THES": "thesis",
    **dict.fromkeys(  # that we have none of our own for
        """
        ADVS ANCIENT ART BILL CASE CHART COMP CTLG EQUA FIGURE GEN GRNT HEAR ICOMM LEGAL MAP MPCT MULTI MUSIC PAT PCOMM SLIDE
        SOUND STAT UNBILL VIDEO
        """.split(),
        "document",
    ),
}
_USUAL = ("JOUR", "CONF", "CHAP", "BOOK", "THES", "RPRT", "UNPB", "DATA", "ELEC", "GEN")
_LINE = r"([A-Z][A-Z0-9])( {1,2})-(?: (.*)|$)"
_TAGS = frozenset(  # those that may stand before one space only: "AI - based" is none
    """
    A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CT CY DA DB DI DO DP ED EP ER ET ID IS J1 J2 JA JF JO KW
    L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST SV T1 T2 T3 TA TI TT TY UR VL VO Y1 Y2 YR
    """.split()
)
_A_LINE_EACH = frozenset({"KW", "M2", "N1"})
_JOURNAL = ("JF", "T2", "JO", "BT", "JA", "J2")
_BOOK = ("C3", "T2", "BT", "JF", "JO", "JA", "J2")
_WITHOUT_CONTAINER = frozenset({"book", "thesis", "report"})  # their T2 is a series
_READ = frozenset("TI T1 CT AU A1 C3 C7 BT JF JO JA J2 PB VL IS SP EP PY Y1 YR DA DO DI UR KW ID".split())
_ENTITY = r"&(?!(?:lt|gt|amp);)#?\w+;"  # a title has these three itself


def read(body: str, name: str) -> Found:
    """The records of a file. ListError if it is not empty and has none."""
    gathering = Gathering(name)
    records = list(_records(body, name, gathering))
    if body.strip() and not records and not gathering.left_out:
        raise ListError(Fault(f"{name}:1", "holds no RIS records; each begins with a line TY"))
    for record in records:
        gathering.take(record.facts)
        gathering.count(UNPLACED, [*record.unplaced])
    return gathering.found()


def _records(body: str, name: str, gathering: Gathering) -> Iterator[_Record]:
    """The records, each from TY to ER or to the next TY; tags outside of them are left out."""
    record: _Record | None = None
    is_lost = False
    for number, line in enumerate(re.split(r"\r\n?|\n", body), start=1):
        tag, value = _tag_and_value(line.strip())
        if tag == "TY":
            record, is_lost = _Record(f"{name}:{number}", value), False
            yield record
        elif tag == "ER":
            record = None
        elif record:
            record.add(tag, value)
        elif tag and not is_lost:
            gathering.left_out.append(Fault(f"{name}:{number}", f"{line.strip()!r} stands in no record; is there a TY missing?"))
            is_lost = True


def _tag_and_value(line: str) -> tuple[str, str]:
    match = re.fullmatch(_LINE, line)
    if match and (match[2] == "  " or match[1] in _TAGS):
        return match[1], (match[3] or "").strip()
    return "", line


_is_nobody = lru_cache(maxsize=2**14)(is_nobody)


class _Record:
    """One record: tags, each with its values."""

    def __init__(self, where: str, kind: str) -> None:
        self._where = where
        self._kind = kind
        self._lines: list[tuple[str, list[str]]] = []
        self._odd: list[str] = []

    def add(self, tag: str, value: str) -> None:
        """A line; without a tag it goes on with the one before."""
        if tag:
            self._lines.append((tag, [value]))
        elif value and self._lines:
            last = self._lines[-1]
            if last[0] in _A_LINE_EACH:
                self._lines.append((last[0], [value]))
            else:
                last[1].append(value)

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """What each tag says, in the record's order."""
        found: dict[str, list[str]] = {}
        for tag, lines in self._lines:
            if value := " ".join(filter(None, lines)):
                found.setdefault(tag, []).append(value)
        return found

    @property
    def facts(self) -> Facts:
        """What the record says."""
        extra = read_extra([*self._all("M2"), *self._all("N1")])
        kind = extra.type or self._type()
        people = self._all("AU") or self._all("A1")
        return Facts(
            where=self._where,
            key=extra.key or self._key(),
            type=kind,
            title=title(re.sub(_ENTITY, lambda match: html.unescape(match[0]), self._title(kind))),
            authors=tuple(name for each in people if (name := _name(html.unescape(each)))),
            others=any(map(_is_nobody, people)),
            container=self._container(kind),
            event=self._text("T2") if kind == "paper-conference" and "C3" in self._values else "",
            series=self._text("T3"),
            publisher=self._text("PB"),
            volume=self._text("VL"),
            issue=self._text("IS"),
            pages=self._pages(),
            article_number=self._text("C7"),
            issued=self._date(),
            doi=self._doi() or extra.doi,
            url=next(iter(self._all("UR")), ""),
            arxiv=(extra.arxiv, *self._arxiv()),
            keywords=tuple(word for each in self._all("KW") for word in keywords_of(html.unescape(each), ";")),
            odd=self._odd,
        )

    @property
    def unplaced(self) -> Iterator[str]:
        """The tags that have no place in a work."""
        read = _READ | {tag for tag in _A_LINE_EACH if read_extra(self._all(tag)).is_all}
        read |= {"AN"} if any(self._arxiv()) else set()
        read |= {"M3"} if self._doi() in self._all("M3") else set()
        read |= {"T2"} if self._type() not in _WITHOUT_CONTAINER else set()
        read |= {"T3"} if names_conference(self._text("T3")) else set()
        return (tag for tag in self._values if tag not in read)

    def _all(self, tag: str) -> list[str]:
        return self._values.get(tag, [])

    def _text(self, *tags: str) -> str:
        """The first that there is as plain text; publishers and Zotero write signs as HTML."""
        written = next((value for tag in tags for value in self._all(tag)), "")
        return plain(title(html.unescape(written))) if re.search("[&<>$]", written) else clean(written)

    def _title(self, kind: str) -> str:
        tags = ("TI", "T1", "CT", *(["BT"] if kind == "book" else []))
        return next((value for tag in tags for value in self._all(tag)), "")

    def _type(self) -> str:
        if self._kind not in _TYPES:
            self._odd.append(f"{unknown('type', self._kind, _USUAL)}; taken as GEN")
        return _TYPES.get(self._kind, "document")

    def _key(self) -> str | None:
        """The ID, unless it is a number, which is another program's own."""
        return next((each for each in self._all("ID") if not each.isdecimal()), None)

    def _container(self, kind: str) -> str:
        if kind in _WITHOUT_CONTAINER:
            return ""
        return self._text(*(_JOURNAL if kind == "article-journal" else _BOOK))

    def _pages(self) -> str:
        first, last = page_range(self._text("SP")), self._text("EP")
        is_said = not last or last == first or first.endswith(f"-{last}")
        return first if is_said else f"{first}-{last}".strip("-")

    def _date(self) -> PartialDate | None:
        """The year that is given alone, with what the whole date has besides."""
        years, dates = [*self._all("PY"), *self._all("Y1"), *self._all("YR")], self._all("DA")
        year, date = (next(filter(None, map(read_date, each)), None) for each in (years, dates))
        if year and not date and dates:
            date = with_month(year.year, dates[0])
        if (years or dates) and not (year or date):
            self._odd.append(f"the date {(years or dates)[0]!r} is not understood and was left out")
        finest = max(filter(None, (year, date)), key=lambda each: len(each.parts), default=None)
        return year if year and finest and finest.year != year.year else finest

    def _doi(self) -> str:
        return next((each for each in (*self._all("DO"), *self._all("DI"), *filter(ids.doi, self._all("M3")))), "")

    def _arxiv(self) -> Iterator[str]:
        yield from (each for each in self._all("AN") if "arxiv" in each.lower())
        yield from (each for each in self._all("UR") if ids.identify(each).arxiv)


@lru_cache(maxsize=2**14)  # who wrote one paper of a list wrote others
def _name(written: str) -> Name | None:
    """`Family, Given, Suffix`; with nothing behind the comma a group; without a comma as a title page has it."""
    if _is_nobody(written):
        return None
    if "," not in written:
        return split_name(written)
    family, given, suffix = [*(part.strip() for part in clean(written).split(",", 2)), ""][:3]
    if not given and not suffix:
        return Name(literal=family) if family else None
    return Name(family=family, given=given, suffix=suffix) if family else split_name(f"{given} {suffix}")
