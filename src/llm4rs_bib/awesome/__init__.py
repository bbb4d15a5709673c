"""An awesome list's Markdown → categories and listings, with every row accounted for.

Tables: https://github.github.com/gfm/#tables-extension-.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .. import labels, text
from ..errors import Fault, ListError
from ..model import Category, Listing

# A heading's word (or two, as in "Date / Venue") → the field that its cells hold. All others are the category's own.
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(("title", "paper title"), "title"),
    **dict.fromkeys(("paper", "papers", "article"), "paper"),  # the title's column, or that of the link if there is one of titles
    **dict.fromkeys(("date", "year", "time", "published"), "date"),
    **dict.fromkeys(("venue", "publication", "conference", "journal"), "venue"),
    **dict.fromkeys(("model", "models", "method", "methods"), "model"),
    **dict.fromkeys(("code", "codes", "repo", "repository", "github"), "code"),
}


@dataclass(frozen=True)
class AwesomeList:
    """What a Markdown list holds. Its listings have no id yet; `where` is their line."""

    title: str | None
    text_above: str | None
    text_before: str | None
    categories: tuple[Category, ...]
    left_out: tuple[Fault, ...]  # rows that could not be read
    heading_markdown: str | None = None  # as Catalog.heading_markdown
    columns: Mapping[str, str] = field(default_factory=dict)  # as Catalog.columns
    remarks: tuple[str, ...] = ()  # what holds no papers, or none that are read: a line each

    @property
    def rows(self) -> int:
        """All rows, those left out too."""
        return sum(len(category.listings) for category in self.categories) + len(self.left_out)


@dataclass
class _Section:
    heading: str
    level: int
    start: int  # its first line: the heading's, if it has one
    begin: int  # the first line behind the heading
    table: _Table | None = None
    end: int = 0


@dataclass
class _Table:
    begin: int
    end: int
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, list[Token]]] = field(default_factory=list)  # line (from 0) and cells


def parse(markdown: str, name: str, columns: Mapping[str, str] = MappingProxyType({})) -> AwesomeList:
    """The list in a Markdown text. ListError if it has no papers at all.

    `columns`: heading → the field that a person said its cells hold, or "-" for a column of the list's own.
    """
    markdown = markdown.removeprefix("\ufeff")
    lines = re.split(r"\r\n|[\r\n]", markdown)  # as CommonMark counts lines
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    tables = list(_tables(tokens))
    title, sections = _sections(tokens, tables, len(lines))
    faults: list[Fault] = []
    categories = []
    slugs: set[str] = {"catalog"}
    for section in sections:
        listings = tuple(_listings(section.table, lines, name, faults)) if section.table else ()
        category = _category(section, lines, slugs)
        slugs.add(category.slug)
        categories.append(replace(category, listings=listings))
    faults.extend(_strays(tokens, tables, lines, name))
    if not any(category.listings for category in categories) and not faults:
        raise ListError(Fault(name, "no table of papers found; a table needs a heading such as Paper or Title"))
    above = _text(lines, 0, title.start) if title else None
    before = _text(lines, title.begin if title else 0, sections[0].start if sections else len(lines))
    faults.sort(key=lambda fault: int(fault.where.rpartition(":")[2]))
    return AwesomeList(title.heading if title else None, above, before, tuple(categories), tuple(faults))


def _tables(tokens: Sequence[Token]) -> Iterator[_Table]:
    table = _Table(0, 0)
    for token in tokens:
        if token.type == "table_open":
            table = _Table(*_lines(token))
        elif token.type == "tr_open":
            table.rows.append((_lines(token)[0], []))
        elif token.type == "inline" and table.rows and table.begin <= _lines(token)[0] < table.end:
            table.rows[-1][1].append(token)
        elif token.type == "table_close":
            _, headings = table.rows.pop(0)
            table.columns = _distinct([cell.content for cell in headings])
            yield table


def _distinct(headings: list[str]) -> tuple[str, ...]:
    """The headings, a repeated one numbered, since cells are kept by heading."""
    seen: list[str] = []
    for heading in headings:
        seen.append(next(each for each in _numbered(heading, " ({})") if each not in seen))
    return tuple(seen)


def _numbered(word: str, form: str) -> Iterator[str]:
    yield word
    yield from (word + form.format(number) for number in count(2))


def _lines(token: Token) -> tuple[int, int]:
    assert token.map is not None  # every block token has one
    return token.map[0], token.map[1]


def _sections(tokens: Sequence[Token], tables: list[_Table], last: int) -> tuple[_Section | None, list[_Section]]:
    """The list's title, and its sections: one for each heading, and for each further table under it."""
    marks = [
        _Section(tokens[i + 1].content, int(token.tag[1]), *_lines(token))
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    first_table = tables[0].begin if tables else last
    title = marks.pop(0) if marks and marks[0].level == 1 and marks[0].start < first_table else None
    begin = title.begin if title else 0
    if first_table < (marks[0].start if marks else last):  # papers before any heading of their own
        marks.insert(0, _Section(title.heading if title else "Papers", 2, begin, begin))
    sections: list[_Section] = []
    for mark, end in zip(marks, [*(each.start for each in marks[1:]), last], strict=False):
        mine = [table for table in tables if mark.start <= table.begin < end]
        ends = [table.begin for table in mine[1:]] + [end]
        mark.table, mark.end = mine[0] if mine else None, ends[0]
        sections.append(mark)
        sections.extend(
            _Section(mark.heading, mark.level, table.begin, table.begin, table, table_end)
            for table, table_end in zip(mine[1:], ends[1:], strict=True)
        )
    return title, sections


def _text(lines: Sequence[str], begin: int, end: int) -> str | None:
    return "\n".join(lines[begin:end]).strip("\n") or None


def _category(section: _Section, lines: Sequence[str], taken: Collection[str]) -> Category:
    table = section.table
    unnamed = Category(slug="", heading=section.heading, level=section.level)
    stem = text.slug(unnamed.title) or "section"
    return replace(
        unnamed,
        slug=next(each for each in _numbered(stem, "-{}") if each not in taken),
        columns=table.columns if table else (),
        text_before=_text(lines, section.begin, table.begin if table else section.end),
        text_after=_text(lines, table.end, section.end) if table else None,
    )


def roles(columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Heading → the fields that its cells hold: ("title", "link"), ("date", "venue"), …; () for a column of its own."""
    words = {heading: [word.strip(" *_`").lower() for word in heading.split("/")] for heading in columns}
    has_titles = any(_ROLES.get(each) == "title" for parts in words.values() for each in parts)
    meanings = {"title": ("title", "link"), "paper": ("link",) if has_titles else ("title", "link")}
    found: dict[str, tuple[str, ...]] = {}
    given: set[str] = set()
    for heading, parts in words.items():
        names = tuple(_ROLES.get(part, "") for part in parts)
        fields = meanings.get(names[0], names) if len(names) == 1 else names
        known = all(names) and not given.intersection(fields) and (len(names) == 1 or {*names} == {"date", "venue"})
        if names == ("paper",) and has_titles:
            known = True  # a link, if the title has none
        found[heading] = fields if known else ()
        given.update(found[heading] if fields != ("link",) else ())
    return found


def _listings(table: _Table, lines: Sequence[str], name: str, faults: list[Fault]) -> Iterator[Listing]:
    fields = roles(table.columns)
    for line, cells in table.rows:
        where = f"{name}:{line + 1}"
        if "|" not in lines[line]:  # GitHub shows it as a row
            faults.append(Fault(where, "the line has no '|' but goes on with the table; put an empty line before it"))
        elif ("title", "link") not in fields.values():
            faults.append(Fault(where, f"the table at line {table.begin + 1} has no column named Paper or Title"))
        elif (width := _width(lines[line])) > len(table.columns):
            found = f"{width} cells under {len(table.columns)} headings"
            faults.append(Fault(where, f"the row has {found}; a '|' inside a cell is written '\\|'"))
        elif listing := _listing(fields, cells, where):
            yield listing
        else:
            faults.append(Fault(where, "the row has no title"))


def _width(line: str) -> int:
    """How many cells a row has: GFM silently drops those behind the last heading."""
    row = re.sub(r"^[\s>]*\|?|(?<!\\)\|?\s*$", "", line)
    return len(re.split(r"(?<!\\)\|", row))


def _listing(fields: Mapping[str, tuple[str, ...]], cells: list[Token], where: str) -> Listing | None:
    """The row; a cell that its fields do not give back letter by letter is kept besides, under its heading."""
    values: dict[str, str] = {}
    columns: dict[str, str] = {}
    for heading, cell in zip(fields, cells, strict=True):
        written = text.nfc(cell.content)
        read = _read(fields[heading], cell, written)
        if written and (written != cell_of(fields[heading], read) or not values.keys().isdisjoint(read)):
            columns[heading] = written
        values = read | values
    if not values.get("title"):
        return None
    return Listing(id="", **values, columns=columns, where=where)  # type: ignore[arg-type]  # "title" was just seen


def _read(fields: tuple[str, ...], cell: Token, written: str) -> dict[str, str]:
    children = cell.children or []
    words = text.nfc(" ".join(_words(children).split()))
    if "link" in fields:
        title, link = _first_link(children)
        found = {"title": text.nfc(title) if link else words, "link": link}
    elif len(fields) > 1:
        found = dict(_parts(fields, words))
    else:
        found = dict.fromkeys(fields, written if fields == ("code",) else words)
    return {name: value for name in fields if (value := found.get(name))}


def _parts(fields: tuple[str, ...], words: str) -> Iterator[tuple[str, str]]:
    """Date and venue of one cell, in the heading's order; a slash parts them if there is a date beside it."""
    left, slash, right = words.partition(" / ") if " / " in words else words.partition("/")
    pair = dict(zip(fields, (left.strip(), right.strip()), strict=True))
    if slash and labels.date(pair["date"]):
        yield from pair.items()
    else:
        yield "date" if labels.date(words) else "venue", words


def cell_of(fields: tuple[str, ...], values: Mapping[str, str]) -> str:
    """The cell that shows these fields: the other direction of reading a row."""
    if "link" in fields:
        title, link = values.get("title", ""), values.get("link")
        return f"[{title}]({link})" if link else title
    return " / ".join(found for each in fields if (found := values.get(each)))


def _first_link(children: list[Token]) -> tuple[str, str | None]:
    """The words and the address of the first link that has words; ("", None) if there is none."""
    opened: tuple[int, str] | None = None
    for i, token in enumerate(children):
        if token.type == "link_open":
            opened = i, str(token.attrs.get("href", ""))
        elif token.type == "link_close" and opened:
            if words := " ".join(_words(children[opened[0] : i]).split()):
                return words, opened[1] or None
            opened = None
    return "", None


def _words(children: list[Token]) -> str:
    """What a reader sees of a cell's text; pictures are left out."""
    breaks = {"softbreak": " ", "hardbreak": " ", "html_inline": " "}
    return "".join(breaks.get(t.type, t.content if t.type in ("text", "code_inline") else "") for t in children)


def _strays(tokens: Sequence[Token], tables: list[_Table], lines: Sequence[str], name: str) -> Iterator[Fault]:
    """Lines that begin with '|' but belong to no table: rows that Markdown shows as text."""
    blocks = [_lines(token) for token in tokens if token.type in ("fence", "code_block")]
    read = {line for begin, end in [*blocks, *((table.begin, table.end) for table in tables)] for line in range(begin, end)}
    for number, line in enumerate(lines):
        if line.lstrip().startswith("|") and number not in read:
            yield Fault(f"{name}:{number + 1}", "the line begins with '|' but is in no table; tables need a line |---|---|")
