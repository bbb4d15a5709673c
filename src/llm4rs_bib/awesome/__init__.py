"""An awesome list's Markdown ↔ categories and listings, with every row accounted for.

A listing's fields give its row back letter by letter; where they do not, the Markdown is kept besides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .. import text
from ..errors import Fault, ListError
from ..markdown import BEGIN, between_marks
from ..markdown import lines as lines_of
from ..model import Category, Listing
from . import bullets
from .blocks import Block, Bullets, Document, Section, read
from .cells import is_long
from .columns import BIBTEX, roles, told_of
from .links import is_label, is_paper
from .rows import kept_cells, read_row
from .tables import Row, Table, is_group, numbered, width
from .writing import GENERATED, Writer, in_place, rewritten

__all__ = ["BIBTEX", "AwesomeList", "Writer", "in_place", "parse", "rewritten", "roles", "told_of"]

_LONGEST_ROW = 40  # lines, of one that breaks off


@dataclass(frozen=True)
class AwesomeList:
    """What a Markdown list holds. Its listings have no id yet; `where` is their line, and so are the keys of `unread`."""

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


def parse(markdown: str, name: str, columns: Mapping[str, str] = MappingProxyType({})) -> AwesomeList:
    """The list in a Markdown text. ListError if it has no papers at all.

    `columns`: heading → the field that a person said its cells hold, or "-" for a column of the list's own.
    """
    markdown = _only_between_marks(markdown.removeprefix("\ufeff"))
    generated = {i for i, line in enumerate(lines_of(markdown)) if re.search(GENERATED, line)} if BIBTEX in markdown else ()
    markdown = re.sub(GENERATED, "", markdown) if generated else markdown
    lines = list(lines_of(markdown))
    document = read(markdown, lines, dict(columns), generated)
    faults: list[Fault] = []
    categories: list[Category] = []
    slugs: set[str] = {"catalog"}
    for section in document.sections:
        category = _category(section, lines, slugs)
        slugs.add(category.slug)
        categories.append(replace(category, **_content(section.block, lines, name, faults)))  # type: ignore[arg-type]
    faults.extend(_strays(document, name))
    remarks = tuple(_remarks(document, name))
    if not any(category.listings for category in categories) and not faults:
        remedy = "a table needs a heading such as Paper or Title (or --columns), a bullet a link to a paper"
        hints = (Fault("", remark) for remark in remarks if ": no table of papers " not in remark)
        raise ListError(Fault(name, f"no papers found; {remedy}"), *hints)
    faults.sort(key=lambda fault: int(fault.where.rpartition(":")[2]))
    title = document.title
    first = document.sections[0].heading.begin if document.sections else len(lines)
    return AwesomeList(
        title=title.words if title else None,
        heading_markdown=title.markdown if title else "",
        text_above=_text(lines, 0, title.begin) if title else None,
        text_before=_text(lines, title.end if title else 0, first),
        categories=tuple(categories),
        columns=columns,
        left_out=tuple(faults),
        remarks=remarks,
    )


def _only_between_marks(markdown: str) -> str:
    """The text with all lines outside of the two marks emptied, so that lines keep their numbers; as it is without marks."""
    parts = between_marks(markdown) if BEGIN in markdown else None
    if not parts:
        return markdown
    before, inside, after = parts
    return "\n" * len(list(lines_of(before))[1:]) + inside + "\n" * len(list(lines_of(after))[1:])


def _text(lines: Sequence[str], begin: int, end: int) -> str | None:
    return "\n".join(lines[begin:end]).strip("\n") or None


def _text_before(lines: Sequence[str], begin: int, block: Block | None, end: int) -> str | None:
    """The text between a heading and its block, with the white space that the lines of a table begin with."""
    if not isinstance(block, Table) or not (indent := lines[block.begin][: -len(lines[block.begin].lstrip())]):
        return _text(lines, begin, block.begin if block else end)
    return "\n".join(["\n".join(lines[begin : block.begin]).rstrip(), indent]).lstrip("\n")


def _category(section: Section, lines: Sequence[str], taken: Collection[str]) -> Category:
    heading, block = section.heading, section.block
    unnamed = Category(slug="", heading=heading.words, level=heading.level, heading_markdown=heading.markdown)
    stem = text.slug(unnamed.title) or "section"
    return replace(
        unnamed,
        slug=next(each for each in numbered(stem, "-{}") if each not in taken),
        text_before=_text_before(lines, heading.end, block, section.end),
        text_after=_text(lines, block.end, section.end) if block else None,
    )


def _content(block: Table | Bullets | None, lines: Sequence[str], name: str, faults: list[Fault]) -> dict[str, object]:
    """A category's fields that its block gives."""
    rows: list[tuple[str, Listing | None]] = []
    if isinstance(block, Table):
        rows = [(lines[row.line], _of_row(block, row, lines, name, faults)) for row in block.rows]
        table = {"columns": block.columns, "align": block.align, "fields": block.fields}
    else:
        rows = [(bullet.text, _of_bullet(bullet, name, faults)) for bullet in (block.bullets if block else ())]
        table = {}
    unread: dict[str, str] = {}
    above = ""
    for written, listing in rows:
        if listing:
            above = listing.where
        else:
            unread[above] = f"{unread[above]}\n{written}" if above in unread else written
    return {**table, "listings": tuple(listing for _, listing in rows if listing), "unread": unread}


def _of_row(table: Table, row: Row, lines: Sequence[str], name: str, faults: list[Fault]) -> Listing | None:
    where = f"{name}:{row.line + 1}"
    broken = _broken(lines, row.line, len(table.columns))
    if broken and row.line != broken.start:
        return None
    reason = _unreadable(lines, row.line, len(table.columns), broken)
    if not reason and not is_group(table, row):
        values = read_row(table.roles, row.cells)
        if "title" in values:
            return Listing(id="", **values, columns=kept_cells(table.roles, values, row.cells), where=where)  # type: ignore[arg-type]
        reason = "the row has no title"
    if reason:
        faults.append(Fault(where, reason))
    return None


def _unreadable(lines: Sequence[str], at: int, columns: int, broken: Collection[int]) -> str | None:
    """Why a line, which GitHub shows as a table's row, was meant otherwise."""
    line = lines[at].strip()
    if "|" not in line and not (columns > 2 and re.fullmatch(r"(\*\*|__).+\1", line)):  # a label over the rows below
        return "the line has no '|' but goes on with the table; put an empty line before it"
    if broken:
        rest = len(broken) - 1
        return (
            f"the row goes on in the next {rest} lines; join them"
            if rest > 1
            else "the row goes on in the next line; join the two"
        )
    bars = line.removeprefix("|").removesuffix("|").count("|")  # more than cells part, if some are escaped
    if bars >= columns and (found := width(line)) > columns:
        return f"the row has {found} cells under {columns} headings; a '|' inside a cell is written '\\|'"
    return None


def _broken(lines: Sequence[str], at: int, columns: int) -> range:
    """The lines of the row that a line is part of, if the row breaks off at a line's end and others have the rest."""
    begin, end = at, at + 1
    first, last = max(0, at - _LONGEST_ROW), min(len(lines), at + _LONGEST_ROW)
    while begin > first and not lines[begin].lstrip().startswith("|"):
        begin -= 1
    while end < last and not lines[end - 1].rstrip().endswith("|") and re.match(r"\s*[^|\s]", lines[end]):
        end += 1
    row = "\n".join(lines[begin:end]).strip()
    is_broken = "\n" in row and row[0] == row[-1] == "|" and row.count("|") == columns + 1
    return range(begin, end if is_broken else begin)


def _of_bullet(bullet: bullets.Bullet, name: str, faults: list[Fault]) -> Listing | None:
    where = f"{name}:{bullet.line + 1}"
    if bullet.reason:
        faults.append(Fault(where, bullet.reason))
    if not bullet.values:
        return None
    kept = bullet.kept
    return Listing(id="", **bullet.values, text=kept and text.nfc(kept), where=where)  # type: ignore[arg-type]  # its fields


def _strays(document: Document, name: str) -> Iterator[Fault]:
    """Lines that begin with '|' but belong to no table: rows that Markdown shows as text."""
    for line in document.strays:
        yield Fault(f"{name}:{line + 1}", "the line begins with '|' but is in no table; tables need a line |---|---|")


def _remarks(document: Document, name: str) -> Iterator[str]:
    for table in document.others:
        headings = ", ".join(filter(None, table.columns))
        where = f"{name}:{table.begin + 1}"
        if table.has_links and (title := next((each for each, fields in table.roles.items() if "title" in fields), None)):
            yield f"{where}: few of the rows link to papers ({headings}); kept as text; to read them: --columns '{title}=title'"
        elif table.has_links:
            yield f"{where}: links to papers, but no column of titles ({headings}); say which it is: --columns 'HEADING=title'"
        else:
            yield f"{where}: no table of papers ({headings}); kept as text"
    for block in (section.block for section in document.sections):
        rows = [row.line for row in block.rows if _papers(block, row) > 1] if isinstance(block, Table) else []
        if rows:
            more = f" and in {len(rows) - 1} more" if rows[1:] else ""
            yield f"{name}:{rows[0] + 1}: several papers in this row{more}; the first of each is read"
    if document.unread:
        links = sum(count for _, count in document.unread)
        what = "1 link to a paper stands" if links == 1 else f"{links} links to papers stand"
        yield f"{name}:{document.unread[0][0] + 1}: {what} outside of tables and bullets of papers; kept as text"


def _papers(table: Table, row: Row) -> int:
    """How many papers the cell of a row's title names."""
    cells = (cell for fields, cell in zip(table.roles.values(), row.cells, strict=True) if "title" in fields)
    return sum(is_paper(link) and is_long(link.words) and not is_label(link.words) for cell in cells for link in cell.links)
