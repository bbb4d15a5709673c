"""The fields of one entry of a .bib file, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..errors import unknown
from ..model import PartialDate
from ..text import plain
from .dates import read_date, with_month
from .facts import Facts, names_conference
from .gathering import UNPLACED, Gathering
from .jabref import Groups
from .people import people_of
from .tex import text_of, title_of, unknown_commands, verbatim

_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("incollection", "inbook", "bookinbook", "suppbook", "suppcollection", "inreference"), "chapter"),
    **dict.fromkeys(("book", "mvbook", "booklet", "collection", "mvcollection", "proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("reference", "mvreference"), "book"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("unpublished", "preprint"), "preprint"),
    **dict.fromkeys(("misc", "manual", "patent", "software", "periodical", "artwork", "audio", "video", "music"), "document"),
    "dataset": "dataset",
}
_USUAL = ("@article", "@inproceedings", "@incollection", "@book", "@phdthesis", "@techreport", "@unpublished", "@online", "@misc")
NO_PUBLICATIONS = frozenset({"set", "control", "ieeetranbstctl", "bibnote"})
_READ = frozenset(
    """
    archiveprefix articleno arxivid author booksubtitle booktitle crossref date day doi eid eprint eprintclass eprinttype
    eventtitle groups ids institution issue journal journalsubtitle journaltitle keywords mendeley-groups mendeley-tags month
    number organization pages primaryclass publisher school subtitle title url volume xdata year
    """.split()
)
_WITH_TEX = ("title", "subtitle", "author", "journal", "journaltitle", "booktitle", "publisher", "school", "institution")
_OURS = frozenset({"key", "type"})  # what the project's own files have besides
_ONLY_ARXIV = r"(?i)(?:arxiv preprint:?\s*)?arxiv[:\s]\S+(?:\s*\[[\w.-]+\])?\.?"


class Entry(NamedTuple):
    """An entry as it stands in the file."""

    where: str
    type: str  # in lower case
    key: str
    fields: Mapping[str, str]  # by names in lower case; in TeX, macros and `#` resolved


def facts_of(entry: Entry, groups: Groups, gathering: Gathering) -> Facts:
    """What the entry says. What has no place, or is not known, is counted in the file's `gathering`."""
    fields = _Fields(entry)
    people = people_of(entry.fields.get("author", ""))
    used = {name for name in ("series", "note", "howpublished") if fields.uses(name)}
    unplaced = [name for name, value in entry.fields.items() if value.strip() and name not in _READ | _OURS | used]
    commands = [each for name in _WITH_TEX for each in unknown_commands(entry.fields.get(name, ""))]
    gathering.count(UNPLACED, unplaced)
    gathering.count("TeX commands that are not known here stay as they are", commands)
    facts = Facts(
        where=entry.where,
        key=entry.key or None,
        aliases=tuple(each.strip() for each in entry.fields.get("ids", "").split(",") if each.strip()),
        type=_TYPES.get(entry.type, "document"),
        title=fields.title("title", "subtitle"),
        authors=people.names,
        others=people.others,
        container=fields.container,
        event=fields.text("eventtitle"),
        series=fields.text("series"),
        publisher=fields.text("publisher", "school", "institution", "organization"),
        volume=fields.text("volume"),
        issue=fields.text("number", "issue"),
        pages=fields.text("pages"),
        article_number=fields.text("eid", "articleno"),
        issued=fields.date,
        doi=fields.verbatim("doi"),
        url=fields.verbatim("url") or fields.address,
        arxiv=tuple(fields.arxiv),
        arxiv_class=fields.verbatim("primaryclass") or fields.verbatim("eprintclass"),
        keywords=tuple(fields.words("keywords", "mendeley-tags")),
        groups=(*groups.of(entry.key, fields.words("groups")), *fields.folders),
    )
    facts.odd += [*fields.odd, *(f"{name!r} was taken whole; write 'and' between authors" for name in people.odd)]
    if entry.type not in _TYPES:
        said = unknown("type", f"@{entry.type}", _USUAL)
        if "did you mean" in said:
            facts.odd.append(f"{said}; taken as @misc")
        else:
            gathering.count("types that are not known here are taken as @misc", [f"@{entry.type}"])
    return facts


class _Fields:
    """An entry's fields, read as what they hold."""

    def __init__(self, entry: Entry) -> None:
        self._fields = entry.fields
        self._type = entry.type
        self.odd: list[str] = []

    def text(self, *names: str) -> str:
        """The first of the fields that has anything, as plain text."""
        return next((found for name in names if (tex := self._fields.get(name)) and (found := text_of(tex))), "")

    def verbatim(self, name: str) -> str:
        """An identifier or address."""
        return verbatim(self._fields.get(name, ""))

    def title(self, name: str, subtitle: str) -> str:
        """A title with its subtitle."""
        main, second = (title_of(self._fields.get(each, "")) for each in (name, subtitle))
        return _joined(main, second)

    def words(self, *names: str) -> list[str]:
        """What stands between semicolons, or between commas where there are none; neither parts within braces."""
        found = []
        for name in names:
            written = self._fields.get(name, "")
            sign = ";" if ";" in re.sub(r"\{[^{}]*\}", "", written) else ","
            found += [word for each in _parted(written, sign) if (word := text_of(each))]
        return found

    @property
    def container(self) -> str:
        """The journal, or the book, whichever dialect names it."""
        names = [("journaltitle", "journalsubtitle"), ("journal", "journalsubtitle"), ("booktitle", "booksubtitle")]
        if self._type != "article":
            names.reverse()
        return next((plain(found) for each in names if (found := self.title(*each))), "")

    @property
    def date(self) -> PartialDate | None:
        """Biblatex's date, else BibTeX's year, month and day."""
        written = self.text("date") or self.text("year")
        found = read_date(written)
        if found and not found.month and (month := self.text("month")):
            found = with_month(found.year, month, self.text("day"))
        if written and not found:
            self.odd.append(f"the date {written!r} is not understood and was left out")
        return found

    @property
    def arxiv(self) -> Iterator[str]:
        """What may name the paper's arXiv id."""
        if self.uses("eprint"):
            yield self.verbatim("eprint")
        yield self.verbatim("arxivid")
        yield from (self.verbatim(name) for name in ("note", "howpublished") if self.uses(name))

    @property
    def address(self) -> str:
        """The web address in `howpublished`."""
        match = re.search(r"https?://\S+", self.verbatim("howpublished"))
        return match[0].rstrip(".,;") if match else ""

    @property
    def folders(self) -> list[tuple[str, ...]]:
        """Mendeley's folders: `A/B`."""
        return [tuple(name for each in path.split("/") if (name := each.strip())) for path in self.words("mendeley-groups")]

    def uses(self, name: str) -> bool:
        """Whether a field is about what we read it for: an id of arXiv, an address, a conference's name."""
        written = self.verbatim(name)
        if name == "eprint":
            kind = self.verbatim("eprinttype") or self.verbatim("archiveprefix")
            return kind.lower() in ("", "arxiv")
        if name == "series":
            return names_conference(written)
        return re.fullmatch(_ONLY_ARXIV, written) is not None or (name == "howpublished" and "://" in written)


def _joined(main: str, second: str) -> str:
    if not main or not second:
        return main or second
    return f"{main} {second}" if main.endswith(("?", "!", ".", ":")) else f"{main}: {second}"


def _parted(written: str, sign: str) -> list[str]:
    """The text parted at a sign, but not within braces."""
    parts, depth = [""], 0
    for piece in re.findall(r"(?s)\\.|[^\\{},;]+|.", written):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece == sign and depth <= 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
