"""What a person wrote under `override:`, read: CSL variables whose values win over the lock, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from . import ids, text
from .errors import unknown
from .model import TYPES, Name, Override, PartialDate, Work

# CSL variable → the field that it stands for.
VARIABLES: Mapping[str, str] = {str(each.metadata["csl"]): each.name for each in fields(Work) if "csl" in each.metadata}


def read_override(variable: str, value: Override) -> object:
    """The value of a Work's field for what a person wrote; ValueError says what is wrong with it."""
    if variable not in VARIABLES:
        raise ValueError(unknown("variable", variable, VARIABLES))
    if variable == "author":
        if isinstance(value, str):
            raise ValueError("must be a list of names")
        return tuple(Name.parse(text.clean(name)) for name in value or ())
    if isinstance(value, tuple):
        raise ValueError("must be text, not a list")
    return _read_text(variable, text.clean(value) if value else None)


def _read_text(variable: str, value: str | None) -> object:
    if not value:
        if variable in ("title", "type"):
            raise ValueError("cannot be removed")
        return None
    match variable:
        case "title":
            return text.title(value)
        case "type" if value not in TYPES:
            raise ValueError(unknown("type", value, TYPES))
        case "issued":
            return PartialDate.parse(value)
        case "page":
            return text.page_range(value)
        case "DOI":
            if not (doi := ids.doi(value)):
                raise ValueError(f"{value!r} is no DOI")
            return doi
    return value


def overridden(work: Work, override: Mapping[str, Override]) -> Work:
    """The work with a person's fields in place of its own."""
    values = {VARIABLES[variable]: read_override(variable, value) for variable, value in override.items()}
    if "page" in override:
        values["article_number"] = None  # it stands where there are no pages
    if "container-title" in override:
        values["venue_short"] = None  # what people call the venue that was found
    return replace(work, **values) if values else work  # type: ignore[arg-type]  # read_override checks each
