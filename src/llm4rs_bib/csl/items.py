"""Works in CSL-JSON as the processor wants them: odd shapes put right, names and dates read once.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .datevalues import Date, date_of
from .people import People
from .richtext import ENGLISH, QuotePairs, tokens_of
from .tokens import Tokens

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

_FIRST_PAGE = re.compile(r"\s*[-–—,&]")


class Item:
    """One work. `texts`, `names` and `dates` hold only what is filled."""

    __slots__ = ("_quotes", "_tokens", "dates", "id", "lang", "names", "texts", "type")

    def __init__(self, raw: Mapping[str, object], number: int, quotes: QuotePairs = ENGLISH) -> None:
        self._quotes = quotes
        self.id = str(raw.get("id", "") or f"item-{number}")
        self.type = str(raw.get("type") or "document")
        self.lang = str(raw.get("language") or "")
        self.texts: dict[str, str] = {}
        self.names: dict[str, People] = {}
        self.dates: dict[str, Date] = {}
        self._tokens: dict[str, Tokens] = {}
        for name, value in (_noted(raw) | dict(raw) if "note" in raw else raw).items():
            if name in NAMES:
                if people := People(value):
                    self.names[name] = people
            elif name in DATES:
                if date := date_of(value):
                    self.dates[name] = date
            elif text := value if type(value) is str and not value.isspace() else _text(value):
                self.texts[name] = text
        self._complete()

    def _complete(self) -> None:
        """What follows from other variables: page-first; a short title or container; who edited and translated."""
        texts, names = self.texts, self.names
        if "editor" in names and names["editor"] == names.get("translator"):
            names.setdefault("editor-translator", names["editor"])
        if "page" in texts and "page-first" not in texts:
            texts["page-first"] = _FIRST_PAGE.split(texts["page"].replace("\\-", "\0"))[0].replace("\0", "-")
        for old, new in (("shortTitle", "title-short"), ("journalAbbreviation", "container-title-short")):
            if old in texts and new not in texts:
                texts[new] = texts[old]

    def rich(self, variable: str) -> Tokens:
        """The text of a variable, as tokens; not to be changed."""
        found = self._tokens.get(variable)
        if found is None:
            found = self._tokens[variable] = tokens_of(self.texts[variable], self._quotes)
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
    return f"{letters}{abs(year) % 100:02}" if year else letters


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
    """What a field holds that is no text: a number, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
