"""LaTeX source as text, for readers that leave the source as it is: the signs, letters and tags that a .bib file needs, and no other."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "L": "Ł", "l": "ł", "O": "Ø", "o": "ø", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "AA": "Å", "aa": "å", "ss": "ß",
    "DJ": "Đ", "dj": "đ", "TH": "Þ", "th": "þ", "DH": "Ð", "dh": "ð", "NG": "Ŋ", "ng": "ŋ", "i": "ı", "j": "ȷ",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbraceleft": "{", "textbraceright": "}", "textup": "",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
}  # fmt: skip
_SHIFTS = {"_": "sub", "^": "sup"}
_VARIANTS = {"varepsilon": "ε", "varphi": "φ", "varsigma": "ς", "epsilon": "ϵ", "phi": "ϕ"}
_TAGS = {"textit": "i", "textbf": "b", "textsubscript": "sub", "textsuperscript": "sup"}
_LIGATURES = {
    "---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", ",,": "„", "<<": "«", ">>": "»", "~": "\u00a0",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<math>\$(?:[^$\\]|\\.)*\$)"
    r"|\\(?P<command>[A-Za-z]+) *"
    r"|\\(?P<accent>[`'^~=.\"])"
    r"|\\(?P<sign>[&%#_${}])"
    rf"|(?P<ligature>{'|'.join(map(re.escape, _LIGATURES))})"
    r"|(?P<brace>[{}])"
    r"|(?P<bare>[\\$%#&_^])"
    r"|(?P<text>.)",
    re.DOTALL,
)


def text(source):
    """The text that TeX would print, with CSL's tags and math as it stands. ValueError for what TeX would stumble over."""
    pieces, position = _group(source, 0, depth=0)
    assert position == len(source)
    return unicodedata.normalize("NFC", "".join(pieces))


def _group(source, position, depth):
    pieces = []
    while position < len(source):
        match = _TOKEN.match(source, position)
        position = match.end()
        kind, value = match.lastgroup, match[match.lastgroup]
        if value == "}" and kind == "brace":
            if not depth:
                raise ValueError(f"a brace too many: {source}")
            return pieces, position
        if value == "{" and kind == "brace":
            inner, position = _group(source, position, depth + 1)
            pieces += inner
        elif kind == "command" and value in _TAGS:
            inner, position = _argument(source, position, depth)
            pieces += [f"<{_TAGS[value]}>", *inner, f"</{_TAGS[value]}>"]
        elif kind == "accent" or (kind == "command" and value in _ACCENTS):
            inner, position = _argument(source, position, depth)
            letter, *rest = "".join(inner)
            pieces += [letter, _ACCENTS[value], *rest]
        elif kind == "command" and value in _LETTERS:
            pieces.append(_LETTERS[value])
        elif kind in ("command", "bare"):
            raise ValueError(f"{match[0]!r} in {source}")
        else:
            pieces.append(_LIGATURES[value] if kind == "ligature" else printed(value[1:-1]) if kind == "math" else value)
    if depth:
        raise ValueError(f"a brace too few: {source}")
    return pieces, position


def _argument(source, position, depth):
    if source[position] == "{":
        return _group(source, position + 1, depth + 1)
    return [source[position]], position + 1


def printed(formula):
    """A formula as the model has it, if TeX does not print the same as a letter or a tag; signs that only TeX's input minds are bare."""
    if match := re.fullmatch(r"([_^])\{([^{}\\]*)\}", formula):
        tag = _SHIFTS[match[1]]
        return f"<{tag}>{match[2]}</{tag}>"
    formula = re.sub(r"([\^_])\{(\w)\}(?=\))", r"\1\2", formula)
    letter = greek(formula[1:]) if formula.startswith("\\") else None
    return letter or "${}$".format(re.sub(r"\\([%#&])", r"\1", formula))


def greek(command):
    """The letter of `alpha`; None for what is none."""
    if command in _VARIANTS:
        return _VARIANTS[command]
    case = "CAPITAL" if command[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {command}")
    except KeyError:
        return None
