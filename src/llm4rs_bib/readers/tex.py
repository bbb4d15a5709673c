r"""TeX in the fields of a .bib file as our text: letters and signs in Unicode, fonts as CSL's tags, formulas as they are.

Braces only keep capitals, for BibTeX. A command that is not known stays as it is written.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from .. import text
from ..text import clean, plain

_PIECE = r"(?s)\\[A-Za-z]+\*?|\\\((?:[^\\]|\\[^)(]){0,400}\\\)|\\.|\$(?:[^$\\]|\\.)+\$|[{}$~]|-{2,3}|``|''|[^\\{}$~`'-]+|."
_NEEDS_READING = r"[\\{}$~&<>]|--|``|''"
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "G": "\u030f", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
    "t": "\u0361",
}  # fmt: skip
_FONTS = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "textbf": "b", "mkbibbold": "b",
    "textsubscript": "sub", "textsuperscript": "sup",
}  # fmt: skip
_MUTED = "muted"
# What the braces behind a command are printed as.
_AROUND = {name: (f"<{tag}>", f"</{tag}>") for name, tag in _FONTS.items()} | {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "href": (_MUTED, ""),
}
_TO_THE_END = {"em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b"}
_NOTHING = frozenset(
    """
    hbox mbox text textrm textsf texttt textsc textup textmd textnormal underline url path nolinkurl ensuremath protect relax
    rm sf tt sc normalfont rmfamily sffamily ttfamily scshape upshape mdseries uppercase lowercase MakeUppercase MakeLowercase
    MakeTextUppercase bibinfo
    / - ! @
    """.split()
)
_SIGNS = {
    "&": "&", "%": "%", "#": "#", "_": "_", "$": "&#36;", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "~": "~",
    ",": " ", ":": " ", ";": " ", "\\": " ", "par": " ", "newline": " ", "quad": " ", "qquad": " ",
    "textless": "&lt;", "textgreater": "&gt;", "textdollar": "&#36;", "textbar": "|", "textasciicircum": "^", "slash": "/",
    "textbraceleft": "{", "textbraceright": "}", "textunderscore": "_", "textquotesingle": "'", "textbackslash": "\\",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "copyright": "©", "S": "§", "P": "¶", "pounds": "£",
    "euro": "€", "hyphen": "-",
    "glqq": "„", "grqq": "“", "dh": "ð", "og": "«", "fg": "»",
}  # fmt: skip
_LIGATURES = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
_SCRIPT = r"\$([_^])\{([0-9+-]+|[a-z])\}\$"  # as we write `<sub>2</sub>`: Zotero's importer reads no other form
_SYMBOL = r"\$\\([A-Za-z]+)\s*\$"
_COMMAND = r"\\[A-Za-z]+\*?"


@lru_cache(maxsize=2**12)  # venues and publishers come again and again
def text_of(tex: str) -> str:
    r"""A field as plain text.

    >>> text_of(r"{\'E}cole Polytechnique -- {R\&D}")
    'École Polytechnique – R&D'
    """
    found = plain(title_of(tex))
    return clean(html.unescape(found)) if "&" in found else found


def title_of(tex: str) -> str:
    r"""A field as a title, with CSL's tags and formulas.

    >>> title_of(r"{LLM}s for \emph{Gr{\"o}{\ss}e}: R$^{2}$ at 5\% of \$10, $k$-means")
    'LLMs for <i>Größe</i>: R<sup>2</sup> at 5% of &#36;10, $k$-means'
    """
    return text.title(_Reader().read(tex)) if re.search(_NEEDS_READING, tex) else clean(tex)


def verbatim(tex: str) -> str:
    r"""An identifier or address, which some programs escape and some do not: `\url{…}`, `\_`, `{\%}`."""
    if not re.search(r"[\\{}$]", tex):
        return " ".join(tex.split())
    bare = re.sub(r"\\(?:url|path)\s*(?=\{)", "", tex)
    bare = re.sub(r"\\textasciitilde|\\~(?:\{\})?|\$\\sim\$", "~", bare)
    bare = re.sub(r"\\([_%&#$~^{}])", r"\1", bare.replace(r"\textunderscore", "_"))
    return " ".join(re.sub(r"[{}]", "", bare).split())


def unknown_commands(tex: str) -> list[str]:
    """The commands in a field that are not known here, outside of formulas."""
    pieces = re.findall(_PIECE, tex) if "\\" in tex else []
    return [piece for piece in pieces if re.fullmatch(_COMMAND, piece) and not _is_known(piece[1:].rstrip("*"))]


def _is_known(name: str) -> bool:
    tables = (_ACCENTS, _AROUND, _TO_THE_END, _NOTHING)
    return any(name in table for table in tables) or _sign(name) is not None


class _Reader:
    """One field while it is read, from left to right."""

    def __init__(self) -> None:
        self._printed: list[str] = []
        self._closing: list[str] = []  # what each open brace closes with
        self._braces = ("", "")  # what is printed for the next brace that opens, and for the one that closes it
        self._accents = ""  # for the next letter
        self._lone = ""  # the accent's sign, if no letter comes
        self._muted: int | None = None  # the number of open braces around what is not printed
        self._swallows = False  # white space behind a command's name

    def read(self, tex: str) -> str:
        """The field as a title whose signs are not escaped yet."""
        for piece in re.findall(_PIECE, tex):
            if piece == "{":
                self._open()
                continue
            if not piece.isspace():
                self._braces = ("", "")
            if piece == "}":
                self._close()
            elif piece[0] == "\\" and len(piece) > 1:
                self._command(piece)
            elif piece[0] == "$" and len(piece) > 1:
                self._put(_formula(piece))
            else:
                self._text("&#36;" if piece == "$" else _LIGATURES.get(piece, piece))
        while self._closing:
            self._close()
        return "".join(self._printed)

    def _text(self, found: str) -> None:
        if self._swallows or self._accents:
            found = found.lstrip()
        if self._accents and found:
            found = f"{found[0]}{self._accents}{found[1:]}"
            self._accents = ""
        self._put(found)

    def _put(self, found: str) -> None:
        self._swallows = False
        if self._muted is None:
            self._printed.append(found)

    def _open(self) -> None:
        opening, closing = self._braces
        if opening == _MUTED and self._muted is None:
            self._muted = len(self._closing)
        elif opening != _MUTED:
            self._put(opening)
        self._closing.append(closing)
        self._braces, self._swallows = ("", ""), False

    def _close(self) -> None:
        if self._accents:
            self._accents = ""
            self._put(self._lone)
        self._swallows = False
        if self._closing:
            self._put(self._closing.pop())
            if self._muted == len(self._closing):
                self._muted = None

    def _command(self, piece: str) -> None:
        name = piece[1:].rstrip("*") or "*"
        if piece.startswith("\\("):
            self._put(_formula(f"${piece[2:-2].strip()}$"))
        elif name in _ACCENTS:
            self._accents, self._lone = _ACCENTS[name] + self._accents, name if name in "^~" else ""
            self._swallows = name.isalpha()
        elif self._accents and name in ("i", "j"):  # Unicode composes letters with dots
            self._text(name)
            self._swallows = True
        elif name in _AROUND:
            self._braces = _AROUND[name]
        elif name in _TO_THE_END:
            self._to_the_end(_TO_THE_END[name])
        elif name in _NOTHING:
            self._swallows = name.isalpha()
        elif (sign := _sign(name)) is not None:
            self._text(sign)
            self._swallows = name.isalpha()
        else:
            self._put(piece)
            self._braces = ("{", "}")

    def _to_the_end(self, tag: str) -> None:
        """A font from here to the end of the group; one of the whole field is none."""
        if self._closing:
            self._put(f"<{tag}>")
            self._closing[-1] = f"</{tag}>{self._closing[-1]}"
        self._swallows = True


def _formula(math: str) -> str:
    """A formula as it is, but what is a letter or a script without TeX as that."""
    if match := re.fullmatch(_SCRIPT, math):
        tag = "sub" if match[1] == "_" else "sup"
        return f"<{tag}>{match[2]}</{tag}>"
    if (match := re.fullmatch(_SYMBOL, math)) and len(sign := _sign(match[1]) or "") == 1 and not sign.isascii():
        return sign
    return math


@lru_cache
def _sign(name: str) -> str | None:
    """What a command without arguments prints; None for one that is not known."""
    if name in _SIGNS:
        return _SIGNS[name]
    if not name.isalpha() or name == "today":
        return None
    printed = getattr(_signs().get_macro_spec(name), "simplify_repl", None)
    return printed if isinstance(printed, str) and "%" not in printed and printed.strip() else None


@lru_cache
def _signs():  # type: ignore[no-untyped-def]  # noqa: ANN202  # pylatexenc has no types
    from pylatexenc.latex2text import get_default_latex_context_db  # 100 ms that only such fields cost

    return get_default_latex_context_db()
