"""Text as LaTeX source that classic BibTeX, biber and the importers of Zotero and JabRef all read alike.

What each of them does with which form was measured; docs/design.md has the reasons.
"""

from __future__ import annotations

import re
import unicodedata

# Signs that TeX or BibTeX would take for its own.
_SIGNS = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
}
_PAIRED = str.maketrans(_SIGNS)
_LONE = str.maketrans(_SIGNS | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"})  # BibTeX counts the braces of `\{` too
# Between what TeX or Zotero's importer would print as one sign.
_PAIRS = r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=,)(?=,)|(?<=[?!])(?=[?!`])"

_OPTION = r"(?<=\\[&%$#_{}])\["  # a bracket that a reader takes for the option of the command before it

# Combining accents and the letters that no accent makes: https://ctan.org/pkg/encguide, table of accents. `\H O` with its space
# is all that Zotero's importer knows of that one.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H ", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
_COMBINING = "\u0300-\u036f"
_LETTERS = {
    "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ı": "i",
    "Þ": "TH", "þ": "th", "Ð": "DH", "ð": "dh", "Đ": "textup{Đ}", "đ": "textup{đ}", "Ŋ": "NG", "ŋ": "ng",
    "Ș": "textup{Ș}", "ș": "textup{ș}", "Ț": "textup{Ț}", "ț": "textup{ț}",
    "’": "textquoteright", "‘": "textquoteleft", "“": "textquotedblleft", "”": "textquotedblright",
}  # fmt: skip
_ONLY_FIRST = frozenset("ŒœÞþÐðĐđŊŋȘșȚț")  # a reader or two take these commands wrongly: only where LaTeX would lose the name
# Letters with one accent that LaTeX's T1 encoding has not, so that pdfLaTeX stops on them; as commands it sets them.
_NOT_IN_T1 = frozenset("ǸǹȞȟȦȧȨȩȮȯḄḅḊḋḌḐḑḢḣḤḦḧḨḩḲḳḶḾḿṀṁṂṄṆṔṕṖṗṘṙṚṠṡṢṪṫṬṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẒẓẗẘẙẠạẸẹẼẽỊịỌọỤụỴỵỸỹ")
_GREEK = dict(
    zip(
        "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρςστυφχψω",
        "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda"
        " mu nu xi pi rho varsigma sigma tau upsilon varphi chi psi omega".split(),
        strict=True,
    )
)
_LONE_GREEK = r"(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0391-\u03c9](?![\u0370-\u03ff\u1f00-\u1fff])"


def escape_signs(text: str) -> str:
    """Text with TeX's special signs escaped; all letters stay as they are, in UTF-8."""
    return text if is_plain(text) else escaped(text, balanced=balances(text))


def is_plain(text: str) -> bool:
    """Whether it has nothing to escape: most texts, and the quick way."""
    return not text or (text.isascii() and text.replace(" ", "").isalnum())


def escape(text: str) -> str:
    r"""Text with TeX's special signs escaped, and with the few letters as commands that pdfLaTeX has only so.

    >>> escape("R&D: Jürgen Nguyẽn’s α-test")
    'R\\&D: Jürgen Nguy{\\~e}n’s $\\alpha$-test'
    """
    return with_commands(escape_signs(text))


def escaped(text: str, *, balanced: bool) -> str:
    """Text with TeX's signs escaped; braces as such where they balance in the field."""
    text = text.translate(_PAIRED if balanced else _LONE)
    return _parted(text)


def _parted(text: str) -> str:
    """Escaped text with braces between signs that would be read as one."""
    return re.sub(_OPTION, "{[}", re.sub(_PAIRS, "{}", text))


def balances(text: str) -> bool:
    """Whether its braces pair, as BibTeX counts them."""
    depth = 0
    for sign in re.findall("[{}]", text) if "{" in text or "}" in text else ():
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def with_commands(text: str) -> str:
    """Escaped text with the few letters as commands that pdfLaTeX has only so."""
    if text.isascii():
        return text
    text = "".join((_command(sign) or sign) if sign in _NOT_IN_T1 else sign for sign in _graphemes(text))
    return re.sub(_LONE_GREEK, lambda match: _greek(match[0]), text)


def _greek(letter: str) -> str:
    name = _GREEK.get(letter)
    return formula(f"$\\{name}$") if name else letter


def formula(math: str) -> str:
    """A formula for a title: in braces if a style would lower its capitals."""
    return f"{{{math}}}" if any(c.isupper() for c in math) else math


def _graphemes(text: str) -> list[str]:
    """The letters of a text, each with the accents that Unicode keeps apart from it."""
    return re.findall(rf".[{_COMBINING}]*", text, re.DOTALL)


def _command(letter: str) -> str | None:
    r"""`{\L}`, `{\"o}`, `{\c{c}}`; None for a letter without a command."""
    if letter.isascii() or len(letter) > 1:
        return None
    if letter in _LETTERS:
        return f"{{\\{_LETTERS[letter]}}}"
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if len(marks) != 1 or marks[0] not in _ACCENTS or not base.isascii():
        return None
    accent = _ACCENTS[marks[0]]
    return f"{{\\{accent}{{{base}}}}}" if accent.isalpha() else f"{{\\{accent}{base}}}"


def escaped_name(part: str, cut: int = 1) -> str:
    r"""A part of a person's name, or a group, for BibTeX: letters that styles may cut off are commands.

    >>> print(escaped_name("Øystein Émile-Ørjan"), escaped_name("Güçlü", 3))
    {\O}ystein {\'E}mile-{\O}rjan G{\"u}{\c{c}}lü

    Styles abbreviate to the first *byte* of each word, and `alpha` makes labels of the first three (`cut`) of a family name: in
    UTF-8 that is half a letter. A command in braces counts as one letter. `=` alone is read as biblatex's extended name format.
    """
    if is_plain(part):
        return part
    signs = (_PAIRED if balances(part) else _LONE) | {ord("="): "{=}"}
    pieces: list[str] = []
    seen = 0
    for word in re.split(r"(?<=[\s-])", part):
        letters = _graphemes(word)
        first = max(1, cut - seen)
        for i, letter in enumerate(letters[:first]):
            command = None if i and letter in _ONLY_FIRST else _command(letter)
            sign = letter.translate(signs)
            in_label = cut > 1 and sign[:1] == "\\" and letter not in "{}"
            pieces.append(command or (f"{{{sign}}}" if in_label else sign))
        pieces.append(with_commands("".join(letters[first:]).translate(signs)))
        seen += len(letters)
    return _parted("".join(pieces))
