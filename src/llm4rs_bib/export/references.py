"""Reference lists as they stand in a paper: each category's works in a CSL style."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..csl import Reference, check_locale, find
from ..csl import bibliography as formatted
from ..errors import Fault, SelectionError, unknown
from ..model import Bibliography, Category, Entry
from ..text import spans
from . import csl_json
from .options import ENGINES, NUMBERINGS, OUTPUTS, Options, Written
from .pages import WRITERS, Line, Page, Section


def render(bibliography: Bibliography, options: Options) -> str:
    """A list for each category that has entries, under its title; a work in two categories stands in both."""
    return written(bibliography, options).text


def written(bibliography: Bibliography, options: Options) -> Written:
    """The same, and what a reader should know. StyleError if the style cannot be used."""
    for kind, word, known in (
        ("output", options.to, OUTPUTS),
        ("numbering", options.numbering, NUMBERINGS),
        ("engine", options.engine, ENGINES),
        *(("category", slug, [each.slug for each in bibliography.catalog.categories]) for slug in options.categories),
    ):
        if word not in known:
            raise SelectionError(Fault("", unknown(kind, word, known)))
    return _Lists(bibliography, options).written()


class _Lists:
    """The lists of one page, while they are made."""

    def __init__(self, bibliography: Bibliography, options: Options) -> None:
        self.bibliography, self.options = bibliography, options
        self.style = find(options.style)
        if options.locale:
            check_locale(options.locale)
            self.style = self.style._replace(locale=options.locale)
        self.formulas: list[str] = []
        self.items = {entry.key: self._item(entry) for entry in bibliography.entries}
        self.warnings: dict[str, None] = {}  # each once, in their order
        self.count = 0

    def written(self) -> Written:
        sections = [self._section(*each) for each in _sections(self.bibliography, self.options)]
        page = Page(self.bibliography.catalog.title, self.style.locale or "en-US", tuple(sections))
        text = WRITERS[self.options.to](page)
        return Written(_with_formulas(text, self.formulas), tuple(self.warnings))

    def _section(self, category: Category | None, entries: Sequence[Entry]) -> Section:
        first = self.count + 1 if self.options.numbering == "list" else 1
        self.count += len(entries)
        lines = tuple(Line(each.id, each.label, each.text) for each in self._references(entries, first))
        return Section(category.slug, category.title, category.level, lines) if category else Section("", "", 0, lines)

    def _references(self, entries: Sequence[Entry], first: int) -> Sequence[Reference]:
        items = [self.items[entry.key] for entry in entries]
        if not items:
            return ()
        if self.options.engine == "csl":
            found = formatted(items, self.style, to=self.options.to, first=first)
            self.warnings |= dict.fromkeys(found.warnings)
            return found.references
        from ..csl.plain import plain_references  # 30 ms that only the comparison costs

        if self.options.numbering == "list":
            raise SelectionError(Fault("", "--engine citeproc-py numbers each list from 1: leave out --numbering list"))
        return plain_references(items, self.style, locale=self.style.locale or "en-US", to=self.options.to)

    def _item(self, entry: Entry) -> Mapping[str, object]:
        return {**dict(csl_json.item(entry)), "title": self._title(entry.work.title)}

    def _title(self, title: str) -> str:
        """A title as CSL has it, its formulas in signs of Unicode; for LaTeX between marks that lead back to their TeX."""
        return "".join(self._formula(piece) if kind == "math" else piece for kind, piece in spans(title))

    def _formula(self, math: str) -> str:
        mark = ""
        if self.options.to == "latex":
            mark = _mark(len(self.formulas))
            self.formulas.append(math)
        return f'<span class="nocase">{mark}{readable(math)}{mark}</span>'


# Which works, in which order


def _sections(bibliography: Bibliography, options: Options) -> Iterator[tuple[Category | None, list[Entry]]]:
    """The categories that have a list, or others with lists nested in them, each with its entries."""
    if options.flat:
        yield None, list(bibliography.entries)
        return
    catalog = bibliography.catalog
    entries = _by_category(bibliography)
    shown = frozenset().union(*(catalog.within(slug) for slug in options.categories)) if options.categories else entries.keys()
    filled = entries.keys() & shown
    for category in catalog.categories:
        if catalog.within(category.slug) & filled and (category.slug in shown or not options.categories):
            yield category, entries.get(category.slug, [])


def _by_category(bibliography: Bibliography) -> dict[str, list[Entry]]:
    """Each category's entries: in the order of its own listings, if the bibliography is in the list's order."""
    listings = (listing.id for category in bibliography.catalog.categories for listing in category.listings)
    places = {id: place for place, id in enumerate(listings)}
    found: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    first_places = []
    for entry in bibliography.entries:
        first_places.append(min(places.get(listing.id, 0) for _, listing in entry.listed))
        for slug, place in {category.slug: places.get(listing.id, 0) for category, listing in reversed(entry.listed)}.items():
            found[slug].append((place, entry))
    if first_places == sorted(first_places):
        for listed in found.values():
            listed.sort(key=lambda each: each[0])
    return {slug: [entry for _, entry in listed] for slug, listed in found.items()}


# Formulas

_MARKED = re.compile("([\U000e0100-\U000e01c7]{3})(.*?)\\1", re.DOTALL)
_RAISED = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_FUNCTION = re.compile(r"\\(log|ln|exp|min|max|arg|sin|cos|tan)(?![A-Za-z])")  # words with space around them
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|([^\\\s{}]))")


def readable(math: str) -> str:
    r"""A formula in signs of Unicode.

    >>> print(readable(r"$O(n^2)$"), readable(r"$\alpha_1 \le \beta$"), readable("$x^{ab}$"))
    O(n²) α₁ ≤ β x^(ab)
    """
    tex = _SCRIPT.sub(_script, _FUNCTION.sub(r" \1 ", math.strip("$")))
    if re.search(r"[\\{}~]", tex):
        from pylatexenc.latex2text import LatexNodes2Text  # 100 ms that only such titles cost

        tex = re.sub(r"(\\[A-Za-z]+) +(?!\{)", r"\1{} ", tex)  # or a command swallows the space behind it
        tex = str(LatexNodes2Text().latex_to_text(tex))
    return " ".join(tex.split())


def _script(match: re.Match[str]) -> str:
    inside = match[2] if match[2] is not None else match[3]
    signs = inside.translate(_RAISED if match[1] == "^" else _LOWERED)
    if not any(one == other for one, other in zip(inside, signs, strict=True)):
        return signs
    return f"{match[1]}({inside})" if len(inside) > 1 else match[0]


def _mark(number: int) -> str:
    """Three variation selectors, which no text has in a row: no style and no escaping changes them, and sorting skips them."""
    digits = (number // 40_000, number // 200 % 200, number % 200)
    return "".join(chr(0xE0100 + digit) for digit in digits)


def _with_formulas(text: str, formulas: Sequence[str]) -> str:
    """LaTeX with the formulas as they were, but for signs that TeX would take for its own."""
    known = {_mark(number): re.sub(r"(?<!\\)[%#&]", r"\\\g<0>", math) for number, math in enumerate(formulas)}
    return _MARKED.sub(lambda match: known.get(match[1], match[0]), text) if known else text
