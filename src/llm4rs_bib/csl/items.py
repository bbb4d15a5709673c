"""Works in CSL-JSON as the processor wants them: odd shapes put right, names and dates read once, texts cut into tokens.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables, and the rich text of CSL-JSON:
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .tokens import CLOSE, INNER, NO_CASE, QUOTE, UNQUOTE, Open, Rest, Sign, Tokens

QuotePairs = tuple[tuple[str, str], tuple[str, str]]  # outer and inner quotation marks, each as it opens and closes
ENGLISH: QuotePairs = (("“", "”"), ("‘", "’"))

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor editor-translator
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer
    producer recipient reviewed-author script-writer series-creator translator
    """.split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
NUMBERS = frozenset(
    """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version volume
    """.split()
)
VARIABLES = (NAMES | DATES | NUMBERS) | frozenset(
    """
    abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event-place event-title
    genre ISBN ISSN jurisdiction keyword language license medium note original-publisher original-publisher-place
    original-title part-title PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale source
    status title title-short URL volume-title year-suffix
    """.split()
)  # CSL 1.0.2, Appendix IV
_LATIN = re.compile(r"[A-Za-z\u00aa-\u058f\u05d0-\u06ff\u1e00-\u1fff\u2c60-\u2c7f\ua720-\ua7ff]")


class Person(NamedTuple):
    """A name's parts; `literal` is one that has none."""

    family: str = ""
    given: str = ""
    dropping: str = ""  # "de" of "de la Fontaine, Jean"
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    static: bool = False  # family before given, without a space: Chinese, Japanese, Korean


class Date(NamedTuple):
    """A date or a range; each is (year, month, day) with 0 for what is not said. Seasons are months 13 to 16."""

    first: tuple[int, int, int] = (0, 0, 0)
    last: tuple[int, int, int] | None = None
    circa: bool = False
    literal: str = ""


class Item:
    """One work. `texts`, `names` and `dates` hold only what is filled."""

    __slots__ = ("_quotes", "dates", "id", "lang", "names", "raw", "texts", "tokens", "type")

    def __init__(self, raw: Mapping[str, object], number: int, quotes: QuotePairs = ENGLISH) -> None:
        self.raw, self._quotes = raw, quotes
        self.id = str(raw.get("id", "") or f"item-{number}")
        self.type = str(raw.get("type") or "document")
        self.lang = str(raw.get("language") or "")
        self.texts: dict[str, str] = {}
        self.names: dict[str, tuple[Person, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.tokens: dict[str, Tokens] = {}
        for name, value in (_noted(raw) | dict(raw)).items():
            if name in NAMES:
                if persons := tuple(_persons(value)):
                    self.names[name] = persons
            elif name in DATES:
                if date := date_of(value):
                    self.dates[name] = date
            elif name not in ("id", "type") and (text := _text(value)):
                self.texts[name] = text
        self._complete()

    def _complete(self) -> None:
        """What follows from other variables: page-first; a short title or container."""
        texts = self.texts
        if "page" in texts and "page-first" not in texts:
            texts["page-first"] = re.split(r"\s*[-–—,&]", texts["page"].replace("\\-", "\0"))[0].replace("\0", "-")
        for old, new in (("shortTitle", "title-short"), ("journalAbbreviation", "container-title-short")):
            if old in texts and new not in texts:
                texts[new] = texts[old]

    def rich(self, variable: str) -> Tokens:
        """The text of a variable, as tokens; not to be changed."""
        found = self.tokens.get(variable)
        if found is None:
            found = self.tokens[variable] = tokens_of(self.texts[variable], self._quotes)
        return found


def citation_label(item: Item) -> str:
    """The item's label, or one made of letters of its authors' names and its year: "Doe65", "RoNo78".

    CSL 1.0.2, Appendix IV, `citation-label`: "may be assigned by the CSL processor based on item metadata".
    """
    if given := item.texts.get("citation-label"):
        return given
    people = next(filter(None, (item.names.get(name) for name in ("author", "editor", "translator"))), ())
    words = [person.family or person.literal for person in people][:4] or [item.texts.get("title", "")]
    counts = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))[len(words) - 1]
    letters = "".join(word[:count].capitalize() for word, count in zip(words, counts, strict=True))
    year = item.dates["issued"].first[0] if "issued" in item.dates else 0
    return f"{letters}{year % 100:02}" if year else letters


_NOTE_LINE = re.compile(r"\{?:?([A-Za-z-]+): *([^\s{}][^{}]*?)\}?")


def _noted(raw: Mapping[str, object]) -> dict[str, object]:
    """Variables that the note holds, each on a line of its own, as reference managers write what they have no field for.

    https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
    """
    note = raw.get("note")
    if not isinstance(note, str) or ":" not in note:
        return {}
    found: dict[str, object] = {}
    for line in note.splitlines():
        match = _NOTE_LINE.fullmatch(line.strip())
        if not match or match[1] not in VARIABLES:
            continue
        if match[1] in NAMES:
            family, _, given = (part.strip() for part in match[2].partition("||"))
            people = found.setdefault(match[1], [])
            assert isinstance(people, list)
            people.append({"family": family, "given": given} if given else {"literal": family})
        else:
            found[match[1]] = match[2]
    return found


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip() and value
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return str(value)


def _persons(value: object) -> Iterable[Person]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield Person(literal=_curly(each.strip()))
        elif isinstance(each, dict):
            person = _person({str(key): part for key, part in each.items()})
            if person:
                yield Person(*(_curly(part) if isinstance(part, str) else part for part in person))


def _curly(text: str) -> str:
    return text.replace("'", "’") if "'" in text else text


def _person(fields: Mapping[str, object]) -> Person | None:
    family, given, dropping, non_dropping, suffix, literal = (
        _text(fields.get(name))
        for name in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    )
    if literal and not family:
        return Person(literal=literal)
    if not family and not given:
        return None
    if not family:
        return Person(literal=given) if not non_dropping else Person(family=given, non_dropping=non_dropping)
    if not (dropping or non_dropping or family.startswith('"')) and fields.get("parse-names", True) not in (0, False, "0", "false"):
        family, given, dropping, non_dropping = _particles(family, given)
    if family.startswith('"') and family.endswith('"'):
        family = family[1:-1]
    if not suffix and "," in given:
        given, _, suffix = (part.strip() for part in given.partition(","))
        comma = suffix.startswith("!")
        suffix = suffix.removeprefix("!").strip()
    else:
        comma = False
    static = bool(fields.get("static-ordering")) or not _LATIN.search(family + given)
    comma = comma or bool(fields.get("comma-suffix"))
    return Person(family, given, dropping, non_dropping, suffix, comma, "", static)


_FAMILY_PARTICLE = re.compile(r"([^ ]+[-ʻ’ '] *)(.+)")


def _particles(family: str, given: str) -> tuple[str, str, str, str]:
    """Family and given name without particles, the dropping one, the non-dropping one.

    Lower-case words in front of the family do not drop; those behind the given name do. CSL 1.0.2, "Names", particles.
    """
    front, behind = "", ""
    while (match := _FAMILY_PARTICLE.fullmatch(family)) and _begins_low(match[1]):
        front, family = front + match[1], match[2]
    while _begins_low((parts := given.rpartition(" "))[2]) and parts[0]:
        given, behind = parts[0].rstrip(), f"{parts[2]} {behind}"
    return family, given, behind.strip(), front if front.endswith(("’ ", "' ")) else front.rstrip()


def _begins_low(word: str) -> bool:
    first = word.lstrip("-'’ʻ ")[:1]
    return first != first.upper()


def date_of(value: object) -> Date | None:
    """The date that a field holds; None for one without any part."""
    if isinstance(value, str):
        return _from_string(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Date((value, 0, 0))
    if not isinstance(value, dict):
        return None
    circa = value.get("circa") not in (None, "", 0, "0", False, "false")
    literal = _text(value.get("literal"))
    parts = value.get("date-parts")
    ends = [end for end in map(_parts, parts if isinstance(parts, list) else []) if end]
    if not ends:
        if literal:
            return Date(literal=literal, circa=circa)
        raw = _from_string(_text(value.get("raw")))
        return raw and raw._replace(circa=circa)
    season = _text(value.get("season"))
    first = ends[0]
    if season and not first[1]:
        first = (first[0], int(season) + 12, 0) if season.isdecimal() and 1 <= int(season) <= 4 else first
    return Date(first, ends[1] if len(ends) > 1 else None, circa, literal)


def _parts(part: object) -> tuple[int, int, int] | None:
    numbers = [str(each) for each in part] if isinstance(part, list) else [str(part)]
    found = [int(each) if re.fullmatch(r"-?\d+", each.strip()) else 0 for each in numbers if each is not None][:3]
    if not any(found):
        return None
    year, month, day = (*found, 0, 0, 0)[:3]
    if month > 16:
        month = month - 8 if 21 <= month <= 24 else 0
    return year, max(month, 0) if month >= 0 else 0, day


def _from_string(text: str) -> Date | None:
    """An ISO date or range, or a year alone; any other text as it stands."""
    text = text.strip()
    if not text:
        return None
    end = r"(-?\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
    if match := re.fullmatch(rf"{end}(?:/{end})?", text):
        numbers = [int(each or 0) for each in match.groups()]
        first, last = (numbers[0], numbers[1], numbers[2]), (numbers[3], numbers[4], numbers[5])
        return Date(first, last if last[0] else None)
    return Date(literal=text)


_TAGS = {
    "i": Open("font-style", "italic"),
    "b": Open("font-weight", "bold"),
    "sup": Open("vertical-align", "sup"),
    "sub": Open("vertical-align", "sub"),
    "sc": Open("font-variant", "small-caps"),
    'span style="font-variant:small-caps;"': Open("font-variant", "small-caps"),
    'span style="font-variant: small-caps;"': Open("font-variant", "small-caps"),
    'span class="nocase"': NO_CASE,
    'span class="nodecor"': Open("nodecor", ""),
}
_MARKUP = re.compile(
    r"<(/?)(i|b|sup|sub|sc|span(?: style=\"font-variant: ?small-caps;\"| class=\"no(?:case|decor)\"| class=\"math\" title=\"[^\"]*\")?)>|[\"“”„'‘’‚«»‹›]|&#39;|&quot;"
)
_PLAIN = re.compile(r"[<\"“”„'‘’‚&«»‹›]")
_BEFORE_QUOTE = " \t\u00a0([{-–—/"


@lru_cache(maxsize=2**14)
def _tokens_of(text: str, quotes: QuotePairs) -> tuple[object, ...]:
    return tuple(_cut(text, quotes))


def tokens_of(text: str, quotes: QuotePairs) -> Tokens:
    """A field's text as tokens: its tags as formats, its quotation marks as signs that open or close.

    `quotes`: the outer and inner marks of the locale; of the curly marks only these are read.
    """
    return [text] if not _PLAIN.search(text) else list(_tokens_of(text, quotes))  # type: ignore[arg-type]


def _cut(text: str, quotes: QuotePairs) -> Tokens:
    """Tags that nobody closes stay text, and so do quotation marks without a partner."""
    marks = list(_MARKUP.finditer(text))
    tags = _paired_tags(marks)
    signs = _paired_quotes(text, [mark for mark in marks if not mark[2]], quotes)
    out: Tokens = []
    at = 0
    for mark in marks:
        token = tags.get(mark.start()) or signs.get(mark.start())
        if token is None:
            if mark[0] == "'":  # an apostrophe
                _append(out, text[at : mark.start()] + "’")
                at = mark.end()
            continue
        _append(out, text[at : mark.start()])
        out.append(token)  # type: ignore[arg-type]
        at = mark.end()
    _append(out, text[at:])
    return out


def _append(out: Tokens, text: str) -> None:
    if not text:
        return
    if out and isinstance(out[-1], str):
        out[-1] = type(out[-1])(out[-1] + text)
    else:
        out.append(Rest(text) if out else text)


def _paired_tags(marks: list[re.Match[str]]) -> dict[int, Open | object]:
    found: dict[int, Open | object] = {}
    stack: list[re.Match[str]] = []
    for mark in (mark for mark in marks if mark[2]):
        if not mark[1]:
            stack.append(mark)
            continue
        kind = mark[2].split(" ")[0]
        at = next((i for i in reversed(range(len(stack))) if stack[i][2].split(" ")[0] == kind), None)
        if at is None:
            continue
        opening = stack[at]
        del stack[at:]
        if opened := _opened(opening[2]):
            found[opening.start()], found[mark.start()] = opened, CLOSE
    return found


def _opened(tag: str) -> Open | None:
    """The format of a tag; `<span class="math" title="$x$">` holds TeX for outputs that set it, and in it how others print it."""
    if tag.startswith('span class="math"'):
        return Open("math", html.unescape(tag.split('"')[3]))
    return _TAGS.get(tag)


def _paired_quotes(text: str, marks: list[re.Match[str]], quotes: QuotePairs) -> dict[int, Sign]:
    """The quotation marks that open and close; an apostrophe is none. Of straight ones the first form is the outer one."""
    found: dict[int, Sign] = {}
    stack: list[tuple[int, str, Sign]] = []
    curly = {opening: (closing, sign) for (opening, closing), sign in zip(quotes, (QUOTE, INNER), strict=True)}
    outer = ""
    for mark in marks:
        sign = {"&#39;": "'", "&quot;": '"'}.get(mark[0], mark[0])
        before, after = _plain_before(text, mark.start()), _plain_after(text, mark.end())
        at = next((i for i in reversed(range(len(stack))) if stack[i][1] == sign and stack[i][0] + 1 < mark.start()), None)
        if sign in curly and (at is None or before in _BEFORE_QUOTE):
            stack.append((mark.start(), *curly[sign]))
        elif at is not None and before.strip() and not (after.isalnum() and sign in "'’"):
            opening, _, token = stack[at]
            del stack[at:]
            found[opening], found[mark.start()] = token, UNQUOTE
        elif sign in "'\"" and (before in _BEFORE_QUOTE or before in "\"'“‘") and after.strip():
            outer = outer or sign
            stack.append((mark.start(), sign, QUOTE if sign == outer else INNER))
    return found


def _plain_before(text: str, at: int) -> str:
    """The sign in front of a place, tags aside."""
    bare = re.sub(r"(?:<[^<>]*>)+$", "", text[:at])
    return bare[-1:]


def _plain_after(text: str, at: int) -> str:
    bare = re.sub(r"^(?:<[^<>]*>)+", "", text[at:])
    return bare[:1]
