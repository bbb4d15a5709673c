"""JabRef's groups: the tree in a comment, and whose members an entry says it is.

Since JabRef 4 an entry names its groups in the field `groups`, and the tree (`grouping`) has names only; in version 3 the
tree (`groupstree`) had the keys, and so do Better BibTeX's exports and ours.
https://docs.jabref.org/finding-sorting-and-cleaning-entries/groups
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_COMMENT = r"(?s)\s*jabref-meta:\s*(?:grouping|groupstree):(.*)"
_UNIT = r"(?s)((?:[^\\;]|\\.)*)(?:;|\\?\Z)"
_GROUP = r"(?s)\s*(\d+)\s+(\w+):(.*)"
_STATIC = ("ExplicitGroup", "StaticGroup")
_ROOT = "AllEntriesGroup"
_DEEPEST = 16  # groups in groups

Path = tuple[str, ...]


class Groups:
    """The tree of a file's groups."""

    def __init__(self, comments: Iterable[str]) -> None:
        self.by_search: list[str] = []  # groups whose members are not written down
        self._paths: dict[str, list[Path]] = {}  # name → where it is in the tree
        self._members: dict[str, list[Path]] = {}  # key → groups
        for comment in comments:
            if match := re.match(_COMMENT, comment):
                self._read(re.sub(r"[\r\n]", "", match[1]))  # long lines were wrapped anywhere

    def of(self, key: str | None, names: Iterable[str]) -> tuple[Path, ...]:
        """The groups of an entry: those that name its key, and those that it names itself."""
        named = [path for name in names for path in self._paths.get(name, [(name,)])]
        return tuple(dict.fromkeys([*self._members.get(key or "", ()), *named]))

    def _read(self, body: str) -> None:
        path: Path = ()
        for unit in _units(body):
            if (match := re.match(_GROUP, unit)) and match[2] != _ROOT:
                name, *rest = _units(match[3])
                path = (*path[: min(max(int(match[1][:4]) - 1, 0), _DEEPEST - 1)], " ".join(name.split()))
                self._paths.setdefault(path[-1], []).append(path)
                if match[2] == "ExplicitGroup":
                    for key in filter(None, rest[1:]):  # behind the number of its kind
                        self._members.setdefault(key, []).append(path)
                elif match[2] not in _STATIC:
                    self.by_search.append(path[-1])


def _units(body: str) -> Iterator[str]:
    """What stands between semicolons, with the backslashes taken off that keep a semicolon from parting."""
    for unit in re.findall(_UNIT, body):
        yield re.sub(r"(?s)\\(.)", r"\1", unit)
