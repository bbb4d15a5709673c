"""citeproc-py as it is, for comparison: `--engine citeproc-py`. Nothing of what it prints is mended.

It knows text and HTML. It makes ids lower case and leaves out empty entries, so each item is called by a number and printed
alone; and it lets data through to HTML as it is, so the signs of HTML go in as signs of no alphabet and are turned back.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO

from ..errors import Fault, SelectionError
from .library import Found
from .processor import Reference
from .style import StyleError

OUTPUTS = ("text", "html")
_SIGNS = {"&": ("\ue000", "&amp;"), "<": ("\ue001", "&lt;"), ">": ("\ue002", "&gt;")}
_HIDDEN = {sign: hidden for sign, (hidden, _) in _SIGNS.items()}
_TAGS = ("i", "b", "sub", "sup")  # CSL's, which are HTML too
_NOCASE = '<span class="nocase">'


def plain_references(items: Sequence[Mapping[str, object]], found: Found, *, locale: str, to: str) -> list[Reference]:
    """The references in citeproc-py's order; whatever it stumbles over is a StyleError."""
    if to not in OUTPUTS:
        raise SelectionError(Fault("", f"citeproc-py writes {' and '.join(OUTPUTS)}, not {to}; choose one"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one for each variable that it does not know
            return _printed(items, found, locale, to)
    except Exception as error:
        raise StyleError(Fault(found.name, f"citeproc-py cannot print it: {type(error).__name__}: {error}")) from error


def _printed(items: Sequence[Mapping[str, object]], found: Found, locale: str, to: str) -> list[Reference]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter  # 30 ms
    from citeproc.source.json import CiteProcJSON

    style = CitationStylesStyle(BytesIO(found.text.encode()), locale=locale, validate=False)
    if not style.has_bibliography():
        raise StyleError(Fault(found.name, "it has no bibliography"))
    ids = {str(number): str(item["id"]) for number, item in enumerate(items)}
    source = CiteProcJSON([{**_hidden(item), "id": number} for number, item in zip(ids, items, strict=True)])
    made = CitationStylesBibliography(style, source, formatter.html if to == "html" else formatter.plain)
    made.register(Citation([CitationItem(number) for number in ids]))
    made.sort()
    texts = ((item.key, "".join(map(str, style.render_bibliography([item])))) for item in made.items)
    return [Reference(ids[key], "", _shown(text, to)) for key, text in texts]


def _hidden(value: object) -> dict[str, object]:
    """An item with the signs of HTML hidden in all its texts, CSL's tags aside; without what is no variable."""
    assert isinstance(value, Mapping)
    return {name: _hide(each) for name, each in value.items() if name not in ("custom", "citation-key", "keyword")}


def _hide(value: object) -> object:
    if isinstance(value, str):
        for sign, hidden in _HIDDEN.items():
            value = value.replace(sign, hidden)
        less, more = _HIDDEN["<"], _HIDDEN[">"]
        for tag in (*(f"{slash}{name}" for name in _TAGS for slash in ("", "/")), _NOCASE[1:-1], "/span"):
            value = value.replace(f"{less}{tag}{more}", f"<{tag}>")
        return value
    if isinstance(value, Mapping):
        return {name: _hide(each) for name, each in value.items()}
    return [_hide(each) for each in value] if isinstance(value, list) else value


def _shown(text: str, to: str) -> str:
    for sign, (hidden, escaped) in _SIGNS.items():
        text = text.replace(hidden, escaped if to == "html" else sign)
    return text.strip()
