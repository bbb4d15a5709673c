"""Rules about a row's words: the title, the model's name, letters that were garbled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import text
from ..likeness import distance, equal, words
from .rows import Remark, Row, Rows, model_of, own_name

_FIELDS = ("title", "date", "venue", "model", "code")
_WORDS = r"\w\W*\s\W*\w|[^\W\d_a-zA-Z]{2}"  # several, or of a script that does not part them
_SHORT = 4  # letters of a name in which one letter makes another name


def title(row: Row, rows: Rows) -> Iterator[Remark]:  # noqa: ARG001  # as all rules
    """The title has other words than the paper's present one, or the name before its colon is spelt otherwise.

    A single word is a name that the list gives in place of the title.
    """
    listed, present = text.title(row.listing.title), row.title
    if present is None or not re.search(_WORDS, listed) or not _differs(listed, present):
        return
    if any(not _differs(listed, former) for former in row.former_titles):
        why = "a former title of the paper"
    elif not _differs(text.title(text.unmangled(row.listing.title)), present):
        why = "only its letters are garbled"
    else:
        why = "not the title of the publication" if row.published else "not the title of the preprint"
    yield Remark("title", why, _in_small_letters(row, present))


def _in_small_letters(row: Row, present: str) -> str | None:
    """The present title; where a registry gives it in capitals, as the paper's other version spells it, if that has its words."""
    spelt = (present, *row.former_titles)
    return next((shown for each in spelt if equal(each, present) and not (shown := text.plain(each)).isupper()), None)


def _differs(listed: str, present: str) -> bool:
    """Case, accents, signs, markup and where words are joined make no other title, but in the paper's own name hyphens count.

    A registry that has lost the subtitle contradicts nobody.
    """
    if text.fold(listed) == text.fold(present) or words(listed) == words(present):
        return False
    if equal(listed, present):
        return words(own_name(listed) or "") != words(own_name(present) or "")
    return not re.match(rf"{re.escape(text.plain(present))}\s*[:–—-]\s", text.plain(listed), re.IGNORECASE)


def model(row: Row, rows: Rows) -> Iterator[Remark]:
    """The model bears another name than the paper's present title gives before its colon.

    Certain if it is a former name or that of the list's title, or a slip in a list whose rows name their models as the titles
    do. In such a list another name altogether is said too, unless what stands before the colon is a topic ("LLM: …").
    """
    listed, name = model_of(row), own_name(row.title)
    present = text.plain(row.title or "")
    if not listed or not name or not words(listed) or equal(listed, name) or present.isupper() or _has_words(present, listed):
        return
    is_slip = len(listed) > _SHORT and distance(listed.casefold(), name.casefold()) == 1
    is_topic = bool(rows.words_in_titles["".join(words(name))])
    if any(_is_named(each, listed) for each in row.former_titles):
        yield Remark("model", f"a former name: the paper's title now says {name}", name)
    elif _is_named(row.listing.title, listed) or (rows.models_are_names and is_slip):
        yield Remark("model", f"the paper's title says {name}", name)
    elif rows.models_are_names and not is_topic:
        yield Remark("model", f"the paper's title says {name}")


def _is_named(title: str, name: str) -> bool:
    return equal(own_name(title) or "", name)


def _has_words(title: str, name: str) -> bool:
    return f" {' '.join(words(name))} " in f" {' '.join(words(title))} "


def mojibake(row: Row, rows: Rows) -> Iterator[Remark]:  # noqa: ARG001  # as all rules
    """Some letters are UTF-8 that was read as another encoding."""
    values = {name: getattr(row.listing, name) for name in _FIELDS} | dict(row.listing.columns)
    said: list[str] = []
    for name, value in values.items():
        if value and (right := text.unmangled(value)) != value and not any(each in value for each in said):
            said.append(value)
            yield Remark(name, "UTF-8 that was read as another encoding", right)
