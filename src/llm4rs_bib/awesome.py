"""An awesome list's Markdown → categories and listings, with every row accounted for.

Tables: https://github.github.com/gfm/#tables-extension-.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import labels, text
from .errors import Fault, ListError
from .model import Category, Listing

# A heading's word (or two, as in "Date / Venue") → the field that its cells hold. All others are the category's own.
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(("paper", "papers", "title", "paper title", "article"), "title"),
    **dict.fromkeys(("date", "year", "time", "published"), "date"),
    **dict.fromkeys(("venue", "publication", "conference", "journal"), "venue"),
    **dict.fromkeys(("model", "models", "method", "methods"), "model"),
    **dict.fromkeys(("code", "codes", "repo", "repository", "github"), "code"),
}
_LONGEST_ID = 24


@dataclass(frozen=True)
class AwesomeList:
    """What a Markdown list holds. Its listings have no id yet; `where` is their line."""

    title: str | None
    text_before: str | None
    categories: tuple[Category, ...]
    left_out: tuple[Fault, ...]  # rows that could not be read

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


def parse(markdown: str, name: str) -> AwesomeList:
    """The list in a Markdown text. ListError if it has no table of papers at all."""
    lines = markdown.splitlines()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    tables = list(_tables(tokens))
    title, title_end, sections = _sections(tokens, tables, len(lines))
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
    before = _text(lines, title_end, sections[0].start if sections else len(lines))
    faults.sort(key=lambda fault: int(fault.where.rpartition(":")[2]))
    return AwesomeList(title, before, tuple(categories), tuple(faults))


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


def _sections(tokens: Sequence[Token], tables: list[_Table], last: int) -> tuple[str | None, int, list[_Section]]:
    """The list's title, the line behind it, and its sections: one for each heading, and for each further table under it."""
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
    return title.heading if title else None, begin, sections


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
    """Heading → the fields that its cells hold: ("title",), ("date", "venue"), or () for a column of the category's own."""
    found: dict[str, tuple[str, ...]] = {}
    given: set[str] = set()
    for heading in columns:
        words = [word.strip(" *_`").lower() for word in heading.split("/")]
        fields = tuple(_ROLES.get(word, "") for word in words)
        known = all(fields) and len({*fields}) == len(fields) and not given.intersection(fields)
        known = known and (len(fields) == 1 or fields in (("date", "venue"), ("venue", "date")))
        found[heading] = fields if known else ()
        given.update(found[heading])
    return found


def _listings(table: _Table, lines: Sequence[str], name: str, faults: list[Fault]) -> Iterator[Listing]:
    fields = roles(table.columns)
    for line, cells in table.rows:
        where = f"{name}:{line + 1}"
        if "|" not in lines[line]:  # GitHub shows it as a row
            faults.append(Fault(where, "the line has no '|' but goes on with the table; put an empty line before it"))
        elif ("title",) not in fields.values():
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
    values: dict[str, str | None] = {}
    columns: dict[str, str] = {}
    for heading, cell in zip(fields, cells, strict=True):
        written = text.nfc(cell.content)
        read = _read(fields[heading], cell, written)
        values |= read
        if written and written != cell_of(fields[heading], read):
            columns[heading] = written
    if not values.get("title"):
        return None
    known = {name: value for name, value in values.items() if value}
    return Listing(id="", **known, columns=columns, where=where)  # type: ignore[arg-type]  # "title" was just seen


def _read(fields: tuple[str, ...], cell: Token, written: str) -> dict[str, str | None]:
    words = text.nfc(" ".join(_words(cell.children or []).split()))
    match fields:
        case ("title",):
            title, link = _first_link(cell.children or [])
            return {"title": text.nfc(title), "link": link} if link else {"title": words}
        case ("code",):
            return {"code": written}
        case (first, second):
            left, slash, right = words.partition(" / ") if " / " in words else words.partition("/")
            if slash and labels.date(left if first == "date" else right):
                return {first: left.strip(), second: right.strip()}
            return {"date" if labels.date(words) else "venue": words}
        case (single,):
            return {single: words}
    return {}


def cell_of(fields: tuple[str, ...], values: Mapping[str, str | None]) -> str:
    """The cell that shows these fields: the other direction of reading a row."""
    if fields == ("title",):
        title, link = values.get("title") or "", values.get("link")
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


def name_listings(categories: Sequence[Category], taken: Collection[str] = ()) -> tuple[Category, ...]:
    """The categories with an id for each listing that has none: the model's name, else words of the title."""
    used = {each.lower() for each in taken}
    named = []
    for category in categories:
        listings = []
        for listing in category.listings:
            listing_id = listing.id or next(each for each in _ids(listing) if each not in used)
            used.add(listing_id)
            listings.append(replace(listing, id=listing_id))
        named.append(replace(category, listings=tuple(listings)))
    return tuple(named)


def _ids(listing: Listing) -> Iterator[str]:
    model = text.slug(text.present(listing.model) or "")
    title = text.unmangled(listing.title)
    prefix = title.partition(":")[0] if ":" in title else ""
    if model and len(model) <= _LONGEST_ID:
        yield from _numbered(model, "-{}")
    if prefix and " " not in prefix and (word := text.slug(prefix)):
        yield word
    words = text.content_words(title)
    yield from ("-".join(words[:length]) for length in range(3, len(words) + 1))
    yield from _numbered("-".join(words[:3]) or "paper", "-{}")
