"""Tables: which of them list papers, and what their columns hold (https://github.github.com/gfm/#tables-extension-)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from markdown_it.token import Token

from .. import ids, labels
from ..markdown import pieces_of
from .cells import COMMENT, Cell, is_long
from .columns import BIBTEX, OWN, Roles, by_name, is_of_others, may_hold_titles, roles, told_of
from .links import identifies, is_label, is_paper
from .rows import read_row
from .signs import is_told, is_venue

_TEMPLATES = ("paper title", "title of the paper", "paper name", "title", "your paper title")  # what shows how to write a row


@dataclass
class Row:
    """A row: its line (from 0) and its cells."""

    line: int
    cells: list[Cell]


@dataclass
class Table:
    """A table, its lines from 0; `end` is the line behind."""

    begin: int
    end: int
    columns: tuple[str, ...] = ()
    align: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    fields: Mapping[str, str] = field(default_factory=dict)  # heading → field, where the cells told it
    roles: Roles = field(default_factory=dict)
    has_papers: bool = False
    has_links: bool = False  # or identifiers of papers, in a table that cannot be read as a list of them


def read_tables(
    tokens: Sequence[Token], lines: Sequence[str], told: Mapping[str, str], generated: Collection[int] = ()
) -> Iterator[Table]:
    """The tables at the top of a text. `told`: what a person said that columns hold. `generated`: lines that led to BibTeX."""
    table: Table | None = None
    for token in tokens:
        if token.type == "table_open" and token.level == 0:
            begin, end = token.map or [0, 0]
            table = Table(begin, end)
        elif table is None:
            continue
        elif token.type == "tr_open":
            table.rows.append(Row((token.map or [0])[0], []))
        elif token.type == "inline":
            table.rows[-1].cells.append(Cell(token.content, pieces_of(token.children or ())))
        elif token.type == "table_close":
            table.columns = distinct([cell.written for cell in table.rows.pop(0).cells])
            table.align = _align(lines[table.begin + 1])
            _drop_generated(table, generated)
            _keep_comments(table, lines)
            understand(table, told)
            yield table
            table = None


def _drop_generated(table: Table, generated: Collection[int]) -> None:
    """Forget the column that leads to the BibTeX entries, whose cells were taken out."""
    is_empty = not any(row.cells[-1].written for row in table.rows) or any(row.line in generated for row in table.rows)
    if len(table.columns) > 1 and table.columns[-1] == BIBTEX and is_empty:
        table.columns, table.align = table.columns[:-1], table.align[:-1]
        table.align = table.align if any(":" in each for each in table.align) else ()
        for row in table.rows:
            row.cells.pop()


def _keep_comments(table: Table, lines: Sequence[str]) -> None:
    """Write comments that stand behind the last cell to it, for they are nobody's cell."""
    for row in table.rows:
        comment = re.search(COMMENT, lines[row.line])
        if comment and row.cells and not row.cells[-1].written.startswith("[//]:"):
            row.cells[-1].written += comment[0].rstrip(" |")


def _align(line: str) -> tuple[str, ...]:
    """The delimiter row's cells in their shortest form; () if none is aligned."""
    cells = [re.sub(r"-+", "-", cell.strip()) for cell in re.sub(r"^[\s>]*\||\|\s*$", "", line).split("|")]
    return tuple(cells) if any(":" in cell for cell in cells) else ()


def distinct(headings: list[str]) -> tuple[str, ...]:
    """The headings, a repeated one numbered, since cells are kept by heading."""
    seen: list[str] = []
    for heading in headings:
        seen.append(next(each for each in numbered(heading, " ({})") if each not in seen))
    return tuple(seen)


def numbered(word: str, form: str) -> Iterator[str]:
    """The word, then with numbers from 2."""
    yield word
    yield from (word + form.format(number) for number in count(2))


def understand(table: Table, told: Mapping[str, str]) -> None:
    """Find out what the columns hold, and whether there are papers in them."""
    told = {heading: field for heading in table.columns if (field := told_of(heading, told))}
    table.fields = _guess(table, told)
    table.roles = roles(table.columns, {**table.fields, **told})
    papers = [row for row in table.rows if any(is_paper(link) for cell in row.cells for link in cell.links)]
    has_titles = any("title" in read_row(table.roles, row.cells) for row in table.rows)
    fields = [name for found in table.roles.values() for name in found]
    named = any(by_name(heading) == "paper" for heading in table.columns) or "title" in told.values()
    if "title" in fields and (has_titles or not any(cell.written for row in table.rows for cell in row.cells)):
        table.has_papers = not _is_of_others(table, len(papers)) and (
            named or "venue" in fields or _may_be_papers(table, len(papers))
        )
    if not table.has_papers:
        table.has_links = bool(papers) or any(ids.cited(cell.words) for row in table.rows for cell in row.cells)


def _is_of_others(table: Table, papers: int) -> bool:
    """Whether a table lists something else that has papers (companies, …), or the list's own contents."""
    titles = [row.cells[i] for i, fields in enumerate(table.roles.values()) if "title" in fields for row in table.rows]
    if any(re.match(r"#\w", link.href) for cell in titles for link in cell.links):
        return not any(is_paper(link) for cell in titles for link in cell.links)
    return is_of_others(table.columns[0]) and papers * 2 < len(table.rows)


def _may_be_papers(table: Table, papers: int) -> bool:
    """Whether titles are papers' though no heading says so: a third is linked as such, or nothing speaks against it."""
    if papers:
        return papers * 3 >= sum(sum(bool(cell.written) for cell in row.cells) > 1 for row in table.rows)
    has_others = any(cell.links for row in table.rows for cell in row.cells)
    return not has_others and not any(map(is_of_others, table.columns))


def _guess(table: Table, told: Mapping[str, str]) -> dict[str, str]:
    """What no heading says: which column has the titles, and whether that of links has the papers' (heading → field)."""
    known = roles(table.columns, told)
    fields = _other_labels(table, known)
    named = next((heading for heading, found in known.items() if "title" in found), None)
    if not named or not _has_titles([row.cells[table.columns.index(named)].title for row in table.rows]):
        found = _titles(table, {**told, **({named: "link"} if named else {})})
        if found not in told:
            has_links = any(is_paper(link) for row in table.rows for cell in row.cells for link in cell.links)
            fields |= ({found: "title"} if found else {}) | ({named: "link"} if named and named not in told and has_links else {})
    return fields | _idle_links(table, roles(table.columns, {**fields, **told}))


def _has_titles(titles: Sequence[str]) -> bool:
    """Whether a column's cells hold titles: most of them, or some that can be nothing else."""
    return any(map(is_long, titles)) or sum(map(bool, titles)) * 2 > len(titles)


def _other_labels(table: Table, known: Roles) -> dict[str, str]:
    """Columns that are named for dates but hold venues (too), or the other way, where there is none of the other."""
    found = {}
    for here, other in (("date", "venue"), ("venue", "date")):
        if any(other in fields for fields in known.values()):
            continue
        for i, heading in enumerate(known):
            if known[heading] == (here,):
                cells = [row.cells[i].words.strip("[]*") for row in table.rows]
                dates = sum(labels.date(cell) is not None for cell in cells)
                venues = sum(is_venue(cell) for cell in cells)
                if venues if here == "date" else dates:
                    found[heading] = other
    return found


def _idle_links(table: Table, known: Roles) -> dict[str, str]:
    """Columns of links where the titles have the papers' links already: columns of the list's own."""
    titles = [i for i, fields in enumerate(known.values()) if "title" in fields]
    linked = sum(any(identifies(link.href) for i in titles for link in row.cells[i].links) for row in table.rows)
    if not linked or linked * 2 < len(table.rows):
        return {}
    return {heading: OWN for heading, fields in known.items() if fields == ("link",)}


def _titles(table: Table, told: Mapping[str, str]) -> str | None:
    """The heading of the column that looks like titles: links to papers, else long words in rows that have such links."""
    free = [i for i, heading in enumerate(table.columns) if heading not in told and may_hold_titles(heading)]
    half = len(table.rows) / 2
    scores = [(_linked(table, i), -i) for i in free]
    if scores and max(scores)[0] > half:
        return table.columns[-max(scores)[1]]
    papers = sum(any(is_paper(link) for cell in row.cells for link in cell.links) for row in table.rows)
    if not papers or papers < half:
        return None
    named = {by_name(heading): heading for heading in reversed(table.columns)}
    if "model" in named:  # names beside figures alone are results
        return None if named.keys().isdisjoint({"paper", "link", "venue", "date"}) else named["model"]
    for scores in ([(_long(table, i), -i) for i in free], [(_names(table, i), -i) for i in free]):
        if scores and max(scores)[0] > half:
            return table.columns[-max(scores)[1]]
    has_names = papers == len(table.rows) and all(row.cells[0].words for row in table.rows)
    return table.columns[0] if has_names and "paper" in named else None


def _linked(table: Table, column: int) -> int:
    """How many of a column's cells hold a title that is linked to a paper."""
    cells = [row.cells[column] for row in table.rows]
    return sum(any(is_long(link.words) and is_paper(link) and not is_label(link.words) for link in cell.links) for cell in cells)


def _long(table: Table, column: int) -> int:
    """How many of a column's cells hold words that may be a title, and no sentence about one."""
    cells = [cell for row in table.rows if not (cell := row.cells[column]).words.endswith(".")]
    return sum(is_long(cell.title) and len(cell.title) < 300 and not is_told(cell.title) for cell in cells)


def _names(table: Table, column: int) -> int:
    """How many of a column's cells hold nothing but a name that is linked to a paper, where each row says something of it."""
    if not any(all(is_long(cell.words) for cell in cells) for cells in zip(*(row.cells for row in table.rows), strict=True)):
        return 0  # names beside figures are results
    found = [link for row in table.rows for link in row.cells[column].links if link.words == row.cells[column].words]
    return sum(is_paper(link) and not is_label(link.words) and not is_told(link.words) for link in found)


def width(line: str) -> int:
    """How many cells a row has, but for empty ones at its end: GFM silently drops those behind the last heading."""
    row = re.sub(r"(?:(?<!\\)\|\s*)+$", "", re.sub(rf"(?<=\|)\s*\\\s*$|{COMMENT}", "", line).rstrip())
    return len(re.split(r"(?<!\\)\|", re.sub(r"^[\s>]*\|?", "", row)))


def is_group(table: Table, row: Row) -> bool:
    """Whether a row is no paper's: empty, the headings again, or one label over the rows below."""
    written = [cell.written if cell.words or any(link.href for link in cell.links) else "" for cell in row.cells]
    filled = [i for i, cell in enumerate(written) if cell]
    titles = [cell.words.casefold() for fields, cell in zip(table.roles.values(), row.cells, strict=True) if "title" in fields]
    if not filled or any(title in _TEMPLATES for title in titles) or tuple(written) == table.columns:
        return True
    alone = row.cells[filled[0]]
    is_bold = all("strong" in piece.styles for piece in alone.pieces if piece.text.strip())
    is_title = "title" in list(table.roles.values())[filled[0]]
    return filled == [0] and len(written) > 2 and not alone.links and (is_bold or not is_title)
