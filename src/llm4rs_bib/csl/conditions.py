"""Conditions of cs:if and cs:else-if. CSL 1.0.2, "Choose"."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from .context import Context
from .items import DATES, NAMES
from .numbers import is_numeric
from .xmltree import name_of

Test = Callable[[Context], bool]


def condition(element: Element) -> Test:
    """Whether a branch counts for a work."""
    if name_of(element) == "else":
        return lambda _: True
    match = element.get("match", "all")
    tests = tuple(test for attribute, value in element.attrib.items() for test in _tests(attribute, value.split(), match))
    if not tests:
        return lambda _: False
    if len(tests) == 1:
        only = tests[0]
        return (lambda ctx: not only(ctx)) if match == "none" else only
    return _all(tests) if match == "all" else _any(tests, found=match == "any")


def _all(tests: tuple[Test, ...]) -> Test:
    def holds(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110  # a third faster than all()
            if not test(ctx):
                return False
        return True

    return holds


def _any(tests: tuple[Test, ...], *, found: bool) -> Test:
    def holds(ctx: Context) -> bool:
        for test in tests:  # as above
            if test(ctx):
                return found
        return not found

    return holds


def _tests(attribute: str, values: list[str], match: str) -> list[Test]:
    if attribute == "type":  # no work has two: several published styles write a list without match="any"
        types = frozenset(values)
        return [lambda ctx: ctx.item.type in types]
    if attribute == "variable":
        texts = frozenset(value for value in values if value not in _OTHERS)
        return [*(_has(value) for value in values if value in _OTHERS), *([_has_texts(texts, match)] if texts else [])]
    make = _TESTS.get(attribute)
    return [make(value) for value in values] if make else []


_OTHERS = NAMES | DATES | {"citation-number", "year-suffix"}


def _has_texts(names: frozenset[str], match: str) -> Test:
    if match == "all":
        return lambda ctx: names <= ctx.item.texts.keys()
    return lambda ctx: not names.isdisjoint(ctx.item.texts)


def _has(name: str) -> Test:
    if name in NAMES:
        return lambda ctx: name in ctx.item.names
    if name in DATES:
        return lambda ctx: name in ctx.item.dates
    if name == "citation-number":
        return lambda ctx: bool(ctx.number)
    return lambda ctx: bool(ctx.suffix)


def _numeric(name: str) -> Test:
    return lambda ctx: is_numeric(ctx.item.texts.get(name, ""))


def _uncertain(name: str) -> Test:
    return lambda ctx: name in ctx.item.dates and ctx.item.dates[name].circa


def _never(_: str) -> Test:
    return lambda _: False


_TESTS: dict[str, Callable[[str], Test]] = {
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _never,  # locators and positions are of citations alone
    "position": _never,
    "disambiguate": lambda value: lambda ctx: ctx.disambiguate == (value == "true"),
}
