"""Where a title without a form ends: at a link or a line's end, or before authors, a date, a venue."""

from __future__ import annotations

import re

from .cells import is_long
from .links import is_label
from .parts import BOLD, CODE, ITALIC, LINK, MARKS, Flat, is_aside
from .people import names
from .signs import is_id, is_told, is_venue
from .trimming import BRACKETS, IN_BRACKETS, LONGEST

_CUTS = re.compile(
    rf"\n|(?<=[a-z)?!.])\s(?=[\u4e00-\u9fff])|[|｜]|\s[-–—]{{1,3}}\s|[(\[（【]|[.?!](?=[\s{MARKS}])|[,，。；]|;(?=\s)|[{MARKS}]"
)
_FRAGMENT = re.compile(rf"[^,|\n()\[\]（）【】，。；;{LINK}]*")
_SENTENCE = re.compile(r"(?<=\w\w)\.(?:\s|$)|\s[-–—]\s")
_COLON = re.compile(r"\s*[:：]\s*")
_GOES_ON = re.compile(r" (?:with|for|in|of|via|and|from|to|using|on) ")
_YEAR_NEXT = re.compile(r"[,.]?\s*[(]?(?:19|20)\d\d\b")
_ABBREVIATION = re.compile(
    r"\b(?:Proc|Trans|Conf|Int|Symp|J|Comput|Syst|Lett|Commun|Mach|Intell|Netw|Rev|Res|Nat|Front|Appl|Sci|Eng|Phys|Adv|Inf|"
    r"Process|Mag|Surv|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|Vol|No|St|Dr|[A-Z])$"
)


def cut(flat: Flat, begin: int) -> int:
    """Where the title that begins there ends."""
    at, limit = begin, min(len(flat.text), begin + LONGEST)
    while match := _CUTS.search(flat.text, at, limit):
        start, sign = match.start(), match[0].strip()
        at = match.end()
        if sign and sign in MARKS:
            if not is_inside(flat, start):
                return start
        elif sign in BRACKETS:
            closed = IN_BRACKETS.match(flat.text, start)
            if not closed or _is_apart(flat, closed):
                return start
            at = closed.end()
        elif sign in ("", "|", "｜"):
            few = 0 if sign or match[0] == "\n" else 3  # a remark in Chinese behind an English title
            if len(flat.text[begin:start].split()) > few:
                return start
        elif _ends(flat, sign, begin, start, at):
            return start + (sign in "?!")
    return limit


def continued(flat: Flat, begun: str, at: int) -> tuple[str, int]:
    """A name, or the beginning of a title, with what goes on behind it, and where that ends: `[Name](link): The Rest`."""
    short = begun.rstrip(" :：")
    colon = _COLON.match(flat.text, at)
    if ":" not in short and len(short.split()) < 6 and (colon or short != begun):
        start = colon.end() if colon else at
        end = cut(flat, start)
        rest = flat.words(start, end)
        if len(rest.split()) > 1 and (rest[0].isupper() or rest[0].isdigit() or not is_long(short)):
            return f"{short}: {rest}", end
    if len(short.split()) < 5 and _GOES_ON.match(flat.text, at):
        end = cut(flat, at)
        return f"{begun} {flat.words(at, end)}", end
    return begun, at


def is_inside(flat: Flat, at: int) -> bool:
    """Whether bold, italic or code words stand within a sentence, as a title may have them."""
    part = flat.parts.get(at)
    if part is None or part.link or not re.match(r"[^\[]*\w", part.words) or len(part.words.split()) > 4:
        return False
    if is_told(part.words) or names(part.words) == 2:
        return False
    if part.mark == ITALIC and flat.text[max(0, at - 3) : at].rstrip()[-1:] in (".", "?", "!"):
        return False
    follows = rf" ?[\w:'’/{BOLD if part.mark == BOLD else ''}-]"
    return re.match(follows, flat.text[at + 1 : at + 3]) is not None


def _is_apart(flat: Flat, closed: re.Match[str]) -> bool:
    """Whether brackets hold a link, code, a date, a venue, …, and so do not belong to the title."""
    if closed[0] == "()" and flat.text[: closed.start()][-1:].isalnum():
        return False  # a function's name
    inside = flat.places(closed.start(), closed.end())
    if any(flat.parts[place].mark in (LINK, CODE) for place in inside) or closed[1] in (BOLD, ITALIC):
        return True
    return is_aside(flat.words(closed.start(1), closed.end(1)))


def _ends(flat: Flat, sign: str, begin: int, start: int, at: int) -> bool:
    """Whether what follows a stop, comma or dash is no title's any more."""
    match = _FRAGMENT.match(flat.text, at)
    end = match.end() if match else at
    fragment = _SENTENCE.split(flat.words(at, end), maxsplit=1)[0].strip()
    behind = flat.text[end : end + 80]
    if sign == "." and _ABBREVIATION.search(flat.text, max(0, start - 8), start):
        return False
    if is_told(fragment) or is_id(fragment):
        return True
    people = 0 if re.match(r"and\b|&|.*:$", fragment) else names(fragment)
    if people:
        return people == 2 or sign not in ",，" or (len(flat.text[begin:start].split()) > 2 and _goes_on_with_authors(behind))
    if sign == "." and re.match(r"In [A-Z]|https?:", fragment):
        return True
    return sign in ".," and _YEAR_NEXT.match(behind) is not None and may_be_venue(fragment)


def _goes_on_with_authors(behind: str) -> bool:
    """Whether one name is followed by what may follow authors."""
    if not behind.strip() or behind[0] in f"|\n[{LINK}":
        return True
    following = re.split(r"\.(?!\d)|[,|\n(\[]", behind.lstrip(" ,."), maxsplit=1)[0]
    return bool(names(following)) or is_told(following) or is_id(following)


def may_be_venue(fragment: str) -> bool:
    """Whether words before a year name a venue that we do not know: capitals that are nobody's name."""
    plain = fragment.strip(" .,:;*")
    if (
        not 2 < len(plain) < 81
        or plain in ("USA", "UAE")
        or is_label(plain)
        or names(plain)
        or not re.search(r"[A-Z]\S*[A-Z]", plain)
    ):
        return False
    return is_venue(f"{plain} 2000")


def is_abbreviated(text: str, begin: int, end: int) -> bool:
    """Whether a stop there ends an abbreviation and no sentence: `Proc.`, `Sep.`."""
    return _ABBREVIATION.search(text, begin, end) is not None
