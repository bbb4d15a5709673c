"""JSON that people and git merge by hand: read without losing a duplicate key, written so that diffs are small."""

from __future__ import annotations

import json
import re

from .errors import BibError, Fault

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
_SURROGATE = r"\\u[dD][89a-fA-F]"


def loads(text: str, name: str, error: type[BibError]) -> Json:
    """The value of a JSON text. Raises `error` for broken JSON, a duplicate key or half a surrogate pair."""

    def once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            line = _line_of_second(text, twice)
            raise error(Fault(f"{name}:{line}", f"the key {twice!r} stands twice; keep one"))
        return found

    try:
        value: Json = json.loads(text, object_pairs_hook=once)
        if "\\u" in text and re.search(_SURROGATE, text):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise error(Fault(name, "holds half a surrogate pair (\\ud800 to \\udfff); no text has that")) from None
    except json.JSONDecodeError as problem:
        raise error(Fault(f"{name}:{problem.lineno}", f"not JSON: {problem.msg}")) from None
    except ValueError:  # Python's own limit for numbers
        raise error(Fault(f"{name}:1", "not JSON that this program reads: a number of thousands of digits")) from None
    except RecursionError:
        raise error(Fault(f"{name}:1", "not JSON that this program reads: nested too deeply")) from None
    return value


def _line_of_second(text: str, key: str) -> int:
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)]
    return text.count("\n", 0, places[1] if len(places) > 1 else 0) + 1


def dumps(value: Json) -> str:
    """JSON with an indent of one; what holds only plain values and is short stands on one line."""
    return "".join(_pieces(value, "\n")) + "\n"


def _pieces(value: Json, newline: str) -> list[str]:
    if not isinstance(value, (dict, list)) or not value:
        return [json.dumps(value, ensure_ascii=False)]
    if _is_short(value):
        return [json.dumps(value, ensure_ascii=False)]
    inner = newline + " "
    pieces: list[str] = []
    members = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    for key, each in members:
        pieces.append("," + inner if pieces else inner)
        if key is not None:
            pieces.append(json.dumps(key, ensure_ascii=False) + ": ")
        pieces.extend(_pieces(each, inner))
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return [opening, *pieces, newline, closing]


def _is_short(value: dict[str, Json] | list[Json]) -> bool:
    members = value.values() if isinstance(value, dict) else value
    if len(value) > 3 or any(isinstance(each, (dict, list)) for each in members):
        return False
    return len(json.dumps(value, ensure_ascii=False)) <= 100
