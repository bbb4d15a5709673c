"""What a list says otherwise than the catalog, field by field: what would be written, and a line each for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..awesome import AwesomeList
from ..catalog.lists import plain
from ..catalog.yamltree import Plain
from ..errors import Fault
from ..model import Catalog, Category, Listing
from .rows import corrected

ROW = ("title", "link", "date", "venue", "model", "code", "columns", "text")
SECTION = ("heading", "level", "heading_markdown", "columns", "align", "fields", "text_before", "unread", "text_after")
LIST = ("title", "heading_markdown", "text_above", "text_before")
_LONG = 60  # letters of a text that is shown whole
_AROUND = 20  # letters before and behind those that differ
_MOST = 100


@dataclass(frozen=True)
class Change:
    """Fields of a row, a section or the list that differ."""

    name: str  # the listing's id or the section's slug; "" for the list
    of_row: bool
    fields: Mapping[str, Plain]  # what the list has; None for nothing
    lines: tuple[Fault, ...]


def of_row(row: Listing, known: Listing, renamed: Mapping[str, str], titles: Sequence[str] = ()) -> Change | None:
    """What the row says otherwise than the listing. `renamed`: columns, old heading → new, of which nothing is said again.

    `titles`: of the listing's work.
    """
    if all(getattr(row, name) == getattr(known, name) for name in ROW):
        return None
    where, here = f"{row.where}: {known.id}", _written(row, ROW)
    change = _change(where, known.id, here, _written(known, ROW), of_row=True)
    if change and renamed:
        columns = {renamed.get(heading, heading): cell for heading, cell in known.columns.items()}
        other = _change(where, known.id, here, _written(replace(known, columns=columns), ROW))
        change = replace(change, lines=other.lines if other else ())
    if change and "title" in change.fields and not corrected(row.title, (known.title, *titles)):
        doubt = Fault(where, "that is quite another title for the same link; another paper needs a link of its own")
        change = replace(change, lines=(*change.lines, doubt))
    return change


def renamed_columns(section: Category, known: Category) -> dict[str, str]:
    """Old heading → new, of columns that stand where they stood."""
    if len(section.columns) != len(known.columns):
        return {}
    pairs = zip(known.columns, section.columns, strict=True)
    return {old: new for old, new in pairs if old not in section.columns and new not in known.columns}


def of_section(section: Category, known: Category) -> Change | None:
    """What the section has otherwise, its rows aside."""
    return _change(f"section {known.slug}", known.slug, _written(section, SECTION), _written(known, SECTION))


def of_list(found: AwesomeList, catalog: Catalog) -> Change | None:
    """What the list has otherwise above its sections. One without a title says nothing about that."""
    names = LIST if found.title else LIST[1:]
    here, there = ({name: getattr(each, name) for name in names} for each in (found, catalog))
    return _change("the list", "", here, there)


def _written(value: Listing | Category, names: tuple[str, ...]) -> dict[str, Plain]:
    data = plain(value)
    return {name: data.get(name) for name in names}


def _change(
    where: str, name: str, here: Mapping[str, Plain], there: Mapping[str, Plain], *, of_row: bool = False
) -> Change | None:
    wanted = {field: _unless_equal(value, there[field]) for field, value in here.items()}
    wanted = {field: value for field, value in wanted.items() if value != there[field]}
    lines = (Fault(where, line) for field, value in wanted.items() for line in _lines(field, there[field], value))
    return Change(name, of_row, wanted, tuple(lines)) if wanted else None


def _unless_equal(new: Plain, old: Plain) -> Plain:
    """The new value; the old one, if only empty lines around a text differ: YAML's `|` ends with one."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return {key: _unless_equal(value, old.get(key)) for key, value in new.items()}
    if isinstance(new, str) and isinstance(old, str) and new.strip("\n") == old.strip("\n"):
        return old
    return new


def _lines(field: str, old: Plain, new: Plain) -> Iterator[str]:
    if isinstance(old or new, Mapping):
        before, now = (value if isinstance(value, Mapping) else {} for value in (old, new))
        for key in dict.fromkeys([*now, *before]):
            if before.get(key) != now.get(key):
                yield f"{_label(field, key)}: {shown(before.get(key), now.get(key))}"
    else:
        yield f"{field}: {shown(old, new)}"


def _label(field: str, key: str) -> str:
    """A heading stands for itself where it is that of a cell."""
    if field == "unread":
        return f"unread behind {key}" if key else "unread on top"
    return f"field of {key}" if field == "fields" else key


def shown(old: Plain, new: Plain) -> str:
    """Both values, of long texts what differs: 'RecSys' → 'RecSys 2024'."""
    if isinstance(old, str) and isinstance(new, str):
        old, new = _shortened(old, new)
    return f"{_word(old)} → {_word(new)}"


def _shortened(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _LONG:
        return old, new
    same = _common(old, new)
    start = max(0, same - _AROUND)
    start = old.find(" ", start, same) + 1 or start if start else 0  # at a word
    rest, other = old[start:], new[start:]
    same_end = min(_common(rest[::-1], other[::-1]), min(len(rest), len(other)) - (same - start))
    end = max(0, same_end - _AROUND)
    return _between(old, start, end), _between(new, start, end)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _between(text: str, start: int, end: int) -> str:
    return ("…" if start else "") + text[start : len(text) - end] + ("…" if end else "")


def _word(value: Plain) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return repr(value if len(value) <= _MOST else value[: _MOST - 1] + "…")
    return f"[{', '.join(map(str, value))}]"
