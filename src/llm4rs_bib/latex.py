"""Text as LaTeX source that classic BibTeX, biber and the importers of Zotero and JabRef all read alike.

What each of them does with which form was measured; docs/design.md has the reasons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from .capitals import has_own_case, is_name, is_sentence_case, may_hold_names, places_of_names
from .text import spans

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
_OPTION = r"(?<=\\[&%$#_{}])\["  # a reader takes it for the option of a command
_LONE = str.maketrans(_SIGNS | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"})  # BibTeX counts the braces of `\{` too
# Between what TeX or Zotero's importer would print as one sign.
_PAIRS = r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=,)(?=,)|(?<=[?!])(?=[?!`])"
_NOCASE = '<span class="nocase">'
_TAGS = {"<i>": r"\textit{", "<b>": r"\textbf{", _NOCASE: "{"}
_SCRIPTS = {"<sub>": ("_", r"\textsubscript{"), "<sup>": ("^", r"\textsuperscript{")}

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
    return text if _is_plain(text) else _escaped(text, balanced=_balances(text))


def _is_plain(text: str) -> bool:
    """Whether it has nothing to escape: most texts, and the quick way."""
    return not text or (text.isascii() and text.replace(" ", "").isalnum())


def escape(text: str) -> str:
    r"""Text with TeX's special signs escaped, and with the few letters as commands that pdfLaTeX has only so.

    >>> escape("R&D: Jürgen Nguyẽn’s α-test")
    'R\\&D: Jürgen Nguy{\\~e}n’s $\\alpha$-test'
    """
    return _letters(escape_signs(text))


def _escaped(text: str, *, balanced: bool) -> str:
    text = text.translate(_PAIRED if balanced else _LONE)
    return re.sub(_OPTION, "{[}", re.sub(_PAIRS, "{}", text))


def _balances(text: str) -> bool:
    depth = 0
    for sign in re.findall("[{}]", text) if "{" in text or "}" in text else ():
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _letters(text: str) -> str:
    if text.isascii():
        return text
    text = "".join((_command(sign) or sign) if sign in _NOT_IN_T1 else sign for sign in _graphemes(text))
    return re.sub(_LONE_GREEK, lambda match: _greek(match[0]), text)


def _greek(letter: str) -> str:
    name = _GREEK.get(letter)
    return _math(f"$\\{name}$") if name else letter


def _math(formula: str) -> str:
    """A formula for a title: in braces if a style would lower its capitals."""
    return f"{{{formula}}}" if any(c.isupper() for c in formula) else formula


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


def protected(title: str) -> str:
    r"""A title as LaTeX, with each word in braces whose capitals a style must not lower.

    >>> protected("LLM-Guided Ranking at 50% Cost: iPhone & GPT-4o")
    '{LLM-Guided} Ranking at 50\\% Cost: {iPhone} \\& {GPT-4o}'
    """
    return "".join(_protected(list(spans(title)), keep_names=is_sentence_case(title)))


def protected_words(text: str) -> str:
    """Text without markup, such as a proceedings' title, with its words protected as in a title."""
    return _words(text, keep_names=False)


def _protected(pieces: list[tuple[str, str]], *, keep_names: bool) -> Iterator[str]:
    at_start = True
    open_tags: list[tuple[str, str]] = []  # each with what closes it
    for i, (kind, piece) in enumerate(pieces):
        if kind == "math":
            yield _formula(piece)
            at_start = False
        elif kind == "text":
            in_braces = any(tag == _NOCASE for tag, _ in open_tags)
            yield escape(piece) if in_braces else _words(piece, keep_names=keep_names, at_start=at_start)
            at_start = False
        elif piece.startswith("</"):
            yield open_tags.pop()[1]
        else:
            opening, closing = _script(piece, pieces[i + 1 : i + 3]) if piece in _SCRIPTS else (_TAGS[piece], "}")
            yield opening
            open_tags.append((piece, closing))


def _formula(math: str) -> str:
    r"""A formula in forms that all readers take: one refuses a file for `\rm CO`, and reads `^2)` as if both were raised."""
    math = re.sub(r"\\rm\s+(\w+)", r"{\\rm \1}", math)
    math = re.sub(r"([\^_])(\w)(?=\))", r"\1{\2}", math)
    return _math(re.sub(r"(?<!\\)[%#&]", r"\\\g<0>", math))


def _script(tag: str, inside: list[tuple[str, str]]) -> tuple[str, str]:
    """How a subscript or superscript opens and closes: as math, which Zotero's importer reads, if that shows the same."""
    sign, command = _SCRIPTS[tag]
    is_plain = [kind for kind, _ in inside] == ["text", "tag"] and re.fullmatch(r"[0-9+-]+|[a-z]", inside[0][1])
    return (f"${sign}{{", "}$") if is_plain else (command, "}")


def _words(text: str, *, keep_names: bool, at_start: bool = True) -> str:
    chunks = text.split(" ")
    places = list(_places(chunks, keep_names, at_start))
    balanced = _balances(text)
    if balanced and "{" in text:
        wrapped = (chunk for chunk, place in zip(chunks, places, strict=True) if _keeps_capital(chunk, place))
        balanced = all(_balances(_edges(chunk)[1]) for chunk in wrapped)
    return " ".join(map(_word, chunks, places, repeat(balanced)))


# Where a word stands, and so what a style does to its capital. (Plain texts: an Enum is slow as a key of a cache.)
_START = "start"  # of the title or behind a colon: kept, if it is the very first sign
_NAME = "name"  # where capitals are those of names, which styles lower
_WITHIN = "within"  # where titles have capitals that styles may lower


def _places(chunks: list[str], keep_names: bool, at_start: bool) -> Iterator[str]:
    in_names = places_of_names([_edges(chunk)[1] for chunk in chunks]) if may_hold_names(chunks) else ()
    usual = _NAME if keep_names else _WITHIN
    place = _START if at_start else usual
    for i, chunk in enumerate(chunks):
        yield _NAME if place is usual and i in in_names else place
        if chunk.isalnum():
            place = usual
        elif chunk.endswith(":"):
            place = _START
        elif chunk:  # behind other stops a new sentence begins, whose capital styles lower too
            place = _NAME if chunk.rstrip("\"'”’»)]").endswith(("?", "!")) else usual


@lru_cache(maxsize=2**14)
def _keeps_capital(chunk: str, place: str) -> bool:
    """Whether the word must stand in braces."""
    if chunk.islower() and _is_plain(chunk):
        return False
    sign, word, _ = _edges(chunk)
    spoilt = bool(sign) if place is _START else place is _NAME
    return has_own_case(word) or is_name(word) or (spoilt and word[:1].isupper())


@lru_cache(maxsize=2**14)
def _word(chunk: str, place: str, balanced: bool) -> str:
    if not (keeps_capital := _keeps_capital(chunk, place)) and _is_plain(chunk):
        return chunk
    before, word, after = (_letters(_escaped(part, balanced=balanced)) for part in _edges(chunk))
    return f"{before}{{{word}}}{after}" if keeps_capital else f"{before}{word}{after}"


@lru_cache(maxsize=2**14)
def _edges(chunk: str) -> tuple[str, str, str]:
    """Signs, a word, signs; the word with its braces if only so they balance in it."""
    if chunk.isalnum():
        return "", chunk, ""
    parts = _parted(chunk, r"\W*")
    return parts if _balances(parts[1]) else _parted(chunk, r"[^\w{}]*")


def _parted(chunk: str, signs: str) -> tuple[str, str, str]:
    begin = re.match(signs, chunk).end()  # type: ignore[union-attr]  # it matches nothing too
    end = len(chunk) - re.match(signs, chunk[::-1]).end()  # type: ignore[union-attr]  # as above
    return (chunk[:begin], chunk[begin:end], chunk[end:]) if begin < end else (chunk, "", "")


def escaped_name(part: str, cut: int = 1) -> str:
    r"""A part of a person's name, or a group, for BibTeX: letters that styles may cut off are commands.

    >>> print(escaped_name("Øystein Émile-Ørjan"), escaped_name("Güçlü", 3))
    {\O}ystein {\'E}mile-{\O}rjan G{\"u}{\c{c}}lü

    Styles abbreviate to the first *byte* of each word, and `alpha` makes labels of the first three (`cut`) of a family name: in
    UTF-8 that is half a letter. A command in braces counts as one letter. `=` alone is read as biblatex's extended name format.
    """
    if _is_plain(part):
        return part
    signs = (_PAIRED if _balances(part) else _LONE) | {ord("="): "{=}"}
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
        pieces.append(_letters("".join(letters[first:]).translate(signs)))
        seen += len(letters)
    return re.sub(_PAIRS, "{}", "".join(pieces))
