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
    tests = [test for attribute, value in element.attrib.items() for test in _tests(attribute, value.split())]
    match = element.get("match", "all")
    if not tests:
        return lambda _: False
    if len(tests) == 1:
        only = tests[0]
        return (lambda ctx: not only(ctx)) if match == "none" else only
    if match == "any":
        return lambda ctx: any(test(ctx) for test in tests)
    if match == "none":
        return lambda ctx: not any(test(ctx) for test in tests)
    return lambda ctx: all(test(ctx) for test in tests)


def _tests(attribute: str, values: list[str]) -> list[Test]:
    if attribute == "type":  # no work has two: several published styles write a list without match="any"
        types = frozenset(values)
        return [lambda ctx: ctx.item.type in types]
    make = _TESTS.get(attribute)
    return [make(value) for value in values] if make else []


def _has(name: str) -> Test:
    if name in NAMES:
        return lambda ctx: name in ctx.item.names
    if name in DATES:
        return lambda ctx: name in ctx.item.dates
    if name == "citation-number":
        return lambda ctx: bool(ctx.number)
    if name == "year-suffix":
        return lambda ctx: bool(ctx.suffix)
    return lambda ctx: name in ctx.item.texts


def _numeric(name: str) -> Test:
    return lambda ctx: is_numeric(ctx.item.texts.get(name, ""))


def _uncertain(name: str) -> Test:
    return lambda ctx: name in ctx.item.dates and ctx.item.dates[name].circa


def _never(_: str) -> Test:
    return lambda _: False


_TESTS: dict[str, Callable[[str], Test]] = {
    "variable": _has,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _never,  # locators and positions are of citations alone
    "position": _never,
    "disambiguate": lambda value: lambda ctx: ctx.disambiguate == (value == "true"),
}
