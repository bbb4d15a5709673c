"""One person's name in the order and form that a style asks for. CSL 1.0.2, "Name" and "Name-part"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .context import Scope
from .formatting import inside, wrapper
from .initials import initials
from .people import Person
from .richtext import ENGLISH, tokens_of
from .tokens import Tokens, joined
from .xmltree import CSL, children

INHERITED = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first", "et-al-use-last", "initialize",
    "initialize-with", "name-as-sort-order", "sort-separator",
)  # fmt: skip


class Part:
    """cs:name-part, or nothing: formats and text case reach the part itself, affixes stand around what goes with it."""

    def __init__(self, element: Element | None, lang: str) -> None:
        self.prefix = self.suffix = ""
        self._change = self._wrap = None
        self._lang = lang
        if element is not None:
            self.prefix, self.suffix = element.get("prefix", ""), element.get("suffix", "")
            self._change, self._wrap = inside(element), wrapper(element, affixes=False)

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return not (self.prefix or self.suffix or self._change or self._wrap)

    def styled(self, text: str) -> Tokens:
        """The text in the part's format."""
        if not text:
            return []
        tokens: Tokens = tokens_of(text, ENGLISH) if "<" in text else [text]
        tokens = self._change(tokens, self._lang) if self._change else tokens
        return self._wrap(tokens) if self._wrap else tokens

    def enclosed(self, tokens: Tokens) -> Tokens:
        """The tokens with the part's affixes."""
        return [*_some(self.prefix), *tokens, *_some(self.suffix)] if tokens else []


class NameOptions(NamedTuple):
    """How cs:name prints a list, with what it inherits."""

    form: str
    delimiter: str
    and_: str  # the word or sign, "" for none
    precedes_last: str
    precedes_et_al: str
    et_al_min: int
    use_first: int | None  # None: all names
    use_last: bool
    initialize: bool
    initialize_with: str | None
    hyphen: bool  # initialize-with-hyphen
    sort_order: str  # name-as-sort-order: "", "first", "all"
    separator: str
    demote: str  # demote-non-dropping-particle
    wrap: Callable[[Tokens], Tokens] | None
    family: Part
    given: Part
    is_plain: bool  # whether both parts are


def options(name: Element | None, scope: Scope) -> NameOptions:
    """The options of a cs:name: its own attributes before those of the area, those before the style's."""
    own = dict(name.attrib) if name is not None else {}
    merged = {**{key: scope.area[key] for key in INHERITED if key in scope.area}, **own, **scope.forced}
    parts = {part.get("name"): part for part in children(name) if part.tag == f"{CSL}name-part"} if name is not None else {}
    family, given = (Part(parts.get(name), scope.locale.lang) for name in ("family", "given"))
    return NameOptions(
        form=own.get("form") or scope.area.get("name-form", "long"),
        delimiter=own.get("delimiter", scope.area.get("name-delimiter", ", ")),
        and_=_conjunction(merged.get("and", ""), scope),
        precedes_last=merged.get("delimiter-precedes-last", "contextual"),
        precedes_et_al=merged.get("delimiter-precedes-et-al", "contextual"),
        et_al_min=_number(merged.get("et-al-min")),
        use_first=_number(merged["et-al-use-first"]) if "et-al-use-first" in merged else None,
        use_last=merged.get("et-al-use-last") == "true",
        initialize=merged.get("initialize", "true") != "false",
        initialize_with=merged.get("initialize-with"),
        hyphen=scope.style.get("initialize-with-hyphen", "true") != "false",
        sort_order=merged.get("name-as-sort-order", ""),
        separator=merged.get("sort-separator", ", "),
        demote=scope.style.get("demote-non-dropping-particle", "display-and-sort"),
        wrap=wrapper(name) if name is not None else None,
        family=family,
        given=given,
        is_plain=family.is_plain and given.is_plain,
    )


def _conjunction(asked: str, scope: Scope) -> str:
    if asked == "symbol":
        return "&"
    return (scope.locale.term("and") or "") if asked else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def printed(person: Person, opts: NameOptions, inverted: bool, level: int | None = None) -> Tokens:
    """A person's name. `level`: with initials (1) or all of the given name (2) at least, so that citations differ."""
    if person.literal:
        return opts.family.enclosed(opts.family.styled(person.literal))
    short = opts.form == "short" and not level
    given = "" if short else _given(person, opts, level or 0)
    if person.static:
        family = opts.family.enclosed(opts.family.styled(person.non_dropping + person.family))
        return [*family, *opts.given.enclosed(opts.given.styled("" if short else person.given))]
    if short:
        return opts.family.enclosed(_family(person, opts))
    if opts.is_plain and given and _is_simple(person):
        return [person.family, opts.separator, given] if inverted else [given, " ", person.family]
    return _inverted(person, given, opts) if inverted else _straight(person, given, opts)


def _is_simple(person: Person) -> bool:
    """Whether there is nothing but a given name and a family, without markup: nearly always."""
    return not (person.dropping or person.non_dropping or person.suffix or "<" in person.family or "<" in person.given)


def sorted_as(person: Person, opts: NameOptions, level: int | None = None) -> str:
    """The name's parts in the order in which they count. CSL 1.0.2, "Name-part Order", sorting."""
    if person.literal:
        return person.literal
    given = "" if opts.form == "short" and not level else _given(person, opts, level or 0)
    return _spaced(*_sort_parts(person, given, opts.demote != "never"))


def _sort_parts(person: Person, given: str, demoted: bool) -> Iterator[str]:
    dropping, non_dropping = (re.sub("[’'-]", "", particle) for particle in (person.dropping, person.non_dropping))
    # citeproc-js, and so Zotero, counts demoted particles behind the given name, the specification before it
    parts = (person.family, given, dropping, non_dropping) if demoted else (non_dropping, person.family, dropping, given)
    return filter(None, (*parts, person.suffix))


def _straight(person: Person, given: str, opts: NameOptions) -> Tokens:
    """Given name, particles, family, suffix."""
    family = [*_glued(opts.given.styled(person.dropping), person.dropping), *_family(person, opts)]
    if person.suffix:
        family += [(", " if person.comma_suffix else " ") + _suffix(person, opts)]
    front = opts.given.enclosed(opts.given.styled(given))
    return [*front, *([" "] if front and family else []), *opts.family.enclosed(family)]


def _inverted(person: Person, given: str, opts: NameOptions) -> Tokens:
    """Family, given name, suffix; a non-dropping particle that is demoted stands behind the given name."""
    demoted = opts.demote == "display-and-sort"
    family = opts.family.styled(person.family) if demoted else _family(person, opts)
    rest = joined([opts.given.styled(given), opts.given.styled(person.dropping)], " ")
    if demoted:
        rest = joined([rest, opts.family.styled(person.non_dropping)], " ")
    parts = [opts.family.enclosed(family), opts.given.enclosed(rest), _some(_suffix(person, opts))]
    return joined(parts, opts.separator)


def _family(person: Person, opts: NameOptions) -> Tokens:
    """The family name behind its non-dropping particle."""
    if not person.non_dropping:
        return opts.family.styled(person.family)
    between = "" if person.non_dropping.endswith(_GLUING) else " "
    return opts.family.styled(f"{person.non_dropping}{between}{person.family}")


_GLUING = ("’", "'", "-", "–", " ")  # at the end of a particle: no space follows


def _glued(tokens: Tokens, particle: str) -> Tokens:
    return tokens if not particle or particle.endswith(_GLUING) else [*tokens, " "]


def _some(text: str) -> Tokens:
    return [text] if text else []


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _suffix(person: Person, opts: NameOptions) -> str:
    """The suffix, abbreviated as the style abbreviates: "Jr." or "Jr"."""
    return initials(person.suffix, opts.initialize_with, initialize=False) if opts.initialize_with is not None else person.suffix


def _given(person: Person, opts: NameOptions, level: int) -> str:
    if not person.given or opts.initialize_with is None or level == 2:
        return person.given
    return initials(person.given, opts.initialize_with, opts.initialize, opts.hyphen)
