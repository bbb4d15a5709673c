"""A table's rows ↔ listings: what the cells say, and the cells that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .. import labels
from ..markdown import escaped
from .cells import Cell, cell_of, without_emoji
from .columns import Roles
from .links import identifies, is_code, is_front_page, is_label, is_mere_label, is_paper, paper_link, with_identifier
from .signs import date_and_venue

_LINKED = frozenset(("title", "link", "code"))
FIELDS = ("title", "link", "date", "venue", "model", "code")  # of a listing, that a row or a bullet may show


def read_row(roles: Roles, cells: Sequence[Cell]) -> dict[str, str]:
    """The fields that a row shows, empty ones left out. Without a title there is "title" missing."""
    found: dict[str, str] = {}
    for fields, cell in zip(roles.values(), cells, strict=True):
        for name, value in _read(fields, cell).items():
            found.setdefault(name, value)
    if link := _link(roles, cells):
        found["link"] = link
        if "title" not in found and "model" in found:  # the paper is listed by its model's name
            found["title"] = found.pop("model")
    return {name: found[name] for name in FIELDS if found.get(name)}


def _read(fields: tuple[str, ...], cell: Cell) -> dict[str, str]:
    """What a cell says for itself; links are the row's affair."""
    if "title" in fields:
        return {"title": cell.title}
    if len(fields) > 1:
        return dict(_parts(fields, _shown(cell)))
    if fields in ((), ("link",)):
        return {}
    if fields == ("code",):
        return {"code": cell.written}
    is_place = is_label if fields == ("model",) else is_mere_label  # it says where something is, not what
    if fields in (("model",), ("venue",)) and any(is_place(link.words) for link in cell.links):
        return {}
    words = _shown(cell)
    return {fields[0]: without_emoji(words) or words} if re.search(r"\w", words) else {}


def _shown(cell: Cell) -> str:
    """The words without brackets around them all: "[ICCV 2019]*"."""
    return re.sub(r"^[\[【]([^\[\]【】]+)[\]】]\**$", r"\1", cell.words)


def _parts(fields: tuple[str, ...], words: str) -> Iterator[tuple[str, str]]:
    """Date and venue of one cell, in the heading's order; a slash parts them if there is a date beside it, or a link."""
    left, slash, right = words.partition(" / ") if " / " in words else words.partition("/")
    pair = dict(zip(fields, (left.strip(), right.strip()), strict=True))
    if slash and labels.date(pair["date"]):
        yield from ((name, value) for name, value in pair.items() if name != "link")
    elif labels.date(words) or "venue" not in fields:
        yield "date", words
    else:
        date, venue = date_and_venue(words)
        yield from (("date", date), ("venue", venue)) if date and venue else (("venue", words),)


def _link(roles: Roles, cells: Sequence[Cell]) -> str | None:
    """Where the paper is: an identifier beside the title or under a heading of links, else the nearest thing to it."""
    pairs = list(zip(roles.values(), cells, strict=True))
    at_title = [link for fields, cell in pairs if "title" in fields for link in cell.links]
    meant = [link for fields, cell in pairs if "link" in fields and "title" not in fields for link in cell.links]
    best = paper_link(at_title + meant)
    if best is None or not identifies(best.href):
        others = [(fields, link) for fields, cell in pairs if not _LINKED.intersection(fields) for link in cell.links]
        papers = [(fields, link) for fields, link in others if is_paper(link)]
        better = paper_link([link for fields, link in papers if fields or is_label(link.words)])
        best = better if better and (best is None or identifies(better.href)) else best
    if best is None:
        titled = [link for link in at_title if not is_label(link.words)] or [link for link in meant if not is_code(link)]
        titled += [link for link in at_title if not is_code(link)]
        best = next((link for link in titled if not is_front_page(link.href)), None)
    return with_identifier(best, (cell.words for fields, cell in pairs if fields != ("code",)))


def row_of(roles: Roles, values: Mapping[str, str], kept: Mapping[str, str]) -> list[str]:
    """The cells that show the fields, in the headings' order; a cell that is kept as written stands for its own."""
    cells: list[str] = []
    links = ""  # what the columns of links have shown so far
    for heading, fields in roles.items():
        cells.append(kept[heading] if heading in kept else _cell(fields, values, links))
        links += cells[-1] if fields == ("link",) else ""
    return cells


def kept_cells(roles: Roles, values: Mapping[str, str], cells: Sequence[Cell]) -> dict[str, str]:
    """The cells that the fields do not give back letter by letter, by heading; all of the list's own columns."""
    kept: dict[str, str] = {}
    links = ""
    for (heading, fields), cell in zip(roles.items(), cells, strict=True):
        plain = _cell(fields, values, links)
        if cell.written != plain and not _is_needed_escape(roles, values, cells, heading, plain):
            kept[heading] = cell.written
        links += cell.written if fields == ("link",) else ""
    return kept


def escaped_title(values: Mapping[str, str]) -> dict[str, str]:
    """The fields with a title in which Markdown's signs are escaped: for one that does not show otherwise."""
    return {name: escaped(value) if name == "title" else value for name, value in values.items()}


def _is_needed_escape(roles: Roles, values: Mapping[str, str], cells: Sequence[Cell], heading: str, plain: str) -> bool:
    """Whether a title's cell is written with escapes, and would be read otherwise without them."""
    at = list(roles).index(heading)
    fields = roles[heading]
    if "title" not in fields or cells[at].written != _cell(fields, escaped_title(values), ""):
        return False
    return read_row(roles, [*cells[:at], Cell(plain), *cells[at + 1 :]]) != values


def _cell(fields: Sequence[str], values: Mapping[str, str], links: str) -> str:
    return cell_of(fields, {} if fields == ("link",) and links else values)
