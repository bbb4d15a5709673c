"""Terms, dates and options of a language: the style's own first, then the locale file's, each from the dialect to the language.

CSL 1.0.2, "Locale Fallback" and "Locale Files". The files come with citeproc-py.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from .xmltree import CSL, children, parsed

# https://docs.citationstyles.org/en/stable/specification.html#locale-fallback: the dialect that stands for a language.
_PRIMARY = {
    tag.partition("-")[0]: tag
    for tag in """
    af-ZA bg-BG ca-AD cs-CZ cy-GB da-DK de-DE el-GR en-US es-ES et-EE fa-IR fi-FI fr-FR gl-ES he-IL hi-IN hr-HR hu-HU hy-AM
    id-ID is-IS it-IT ja-JP km-KH ko-KR lt-LT lv-LV mn-MN ms-MY nb-NO nl-NL nn-NO pa-PK pl-PL pt-PT ro-RO ru-RU sk-SK sl-SI
    sr-RS sv-SE sw-KE th-TH tr-TR uk-UA vi-VN zh-CN
    """.split()
}
_FORMS = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long"}  # what a missing form falls back to

TermKey = tuple[str, str]  # its name, its form


class Locale:
    """What a style prints in one language."""

    def __init__(self, lang: str, own: Iterable[Element] = ()) -> None:
        self.lang = lang
        self.options: dict[str, str] = {}
        self.dates: dict[str, Element] = {}
        self._terms: dict[TermKey, tuple[str, str]] = {}  # singular, plural
        self._ordinals: dict[str, tuple[str, str, str]] = {}  # "ordinal-02" → text, match, gender
        self._genders: dict[str, str] = {}
        for element in (*_files(lang), *_fitting(own, lang)):
            self._take(element)

    def _take(self, locale: Element) -> None:
        for part in children(locale):
            if part.tag == f"{CSL}style-options":
                self.options.update(part.attrib)
            elif part.tag == f"{CSL}date":
                self.dates[part.get("form", "text")] = part
            elif part.tag == f"{CSL}terms":
                self._take_terms(part)

    def _take_terms(self, terms: Element) -> None:
        found = [term for term in children(terms) if term.tag == f"{CSL}term"]
        if any(re.match(r"ordinal(-\d\d)?$", term.get("name", "")) for term in found):
            self._ordinals = {}  # "Ordinal Suffixes": a style that defines any replaces them all
        for term in found:
            name, form = term.get("name", ""), term.get("form", "long")
            parts = {part.tag.removeprefix(CSL): _line(part) for part in children(term)}
            single = parts.get("single", "" if parts else _line(term))
            plural = parts.get("multiple", single)
            if re.match(r"ordinal(-\d\d)?$", name):
                gender = term.get("gender-form", "")
                self._ordinals[f"{name} {gender}".strip()] = (single, term.get("match", ""), gender)
                continue
            self._terms[f"{name} {term.get('gender-form', '')}".strip(), form] = (single, plural)
            if term.get("gender"):
                self._genders[name] = term.get("gender", "")

    def term(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """The term in this form, or in the one that it falls back to; None if the locale has none."""
        wanted: str | None = form
        while wanted:
            if found := self._terms.get((name, wanted)):
                return found[plural]
            wanted = _FORMS.get(wanted)
        return None

    def gender(self, name: str) -> str:
        """The gender of a noun: "feminine", "masculine" or ""."""
        return self._genders.get(name, "")

    def ordinal(self, number: int, gender: str = "") -> str:
        """The number with its suffix: 1st. "Ordinal Suffixes"."""
        for key in (f"ordinal-{number % 100:02d}", f"ordinal-{number % 10:02d}"):
            for name in (f"{key} {gender}", key) if gender else (key,):
                if (found := self._ordinals.get(name)) and _fits(found[1], key, number):
                    return f"{number}{found[0]}"
        found = self._ordinals.get(f"ordinal {gender}".strip()) or self._ordinals.get("ordinal")
        return f"{number}{found[0] if found else ''}"

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """The number as a word up to ten: "third"."""
        for name in (f"long-ordinal-{number:02d} {gender}".strip(), f"long-ordinal-{number:02d}"):
            if found := self._terms.get((name, "long")):
                return found[0]
        return self.ordinal(number, gender)

    @property
    def punctuation_in_quote(self) -> bool:
        """Whether commas and periods go inside closing quotation marks."""
        return self.options.get("punctuation-in-quote") == "true"

    def quotes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Outer and inner quotation marks."""
        outer = (self.term("open-quote") or "“", self.term("close-quote") or "”")
        return outer, (self.term("open-inner-quote") or "‘", self.term("close-inner-quote") or "’")


def _line(element: Element) -> str:
    """The element's text, without the line breaks of an indented file."""
    return re.sub(r"\s*\n\s*", "", "".join(element.itertext()))


def _fits(match: str, key: str, number: int) -> bool:
    """Whether an ordinal's suffix counts for the number; by default for its last digit, from ten on for its last two."""
    digits = key[-2:]
    match = match or ("last-digit" if int(digits) < 10 else "last-two-digits")
    if match == "whole-number":
        return number == int(digits)
    if match == "last-two-digits":
        return number % 100 == int(digits)
    return number % 10 == int(digits)


def _fitting(own: Iterable[Element], lang: str) -> list[Element]:
    """A style's own locales that count, the least special first: for all, for the language, for the dialect."""
    by_lang: dict[str, list[Element]] = {}
    for element in own:
        by_lang.setdefault(element.get("{http://www.w3.org/XML/1998/namespace}lang", ""), []).append(element)
    return [element for wanted in dict.fromkeys(("", lang.partition("-")[0], lang)) for element in by_lang.get(wanted, [])]


def _files(lang: str) -> list[Element]:
    """The locale files that count: en-US below all, then the language's main dialect, then the dialect itself."""
    language = lang.partition("-")[0]
    names = dict.fromkeys(("en-US", _PRIMARY.get(language, language), lang))
    return [element for name in names if (element := _file(name)) is not None]


@lru_cache(maxsize=16)
def _file(lang: str) -> Element | None:
    path = _folder() / f"locales-{lang}.xml"
    return parsed(path.read_bytes()) if re.fullmatch(r"[A-Za-z-]+", lang) and path.exists() else None


@lru_cache
def _folder() -> Path:
    found = importlib.util.find_spec("citeproc")  # found, not imported: that takes 30 ms
    if found is None or found.origin is None:
        raise FileNotFoundError("citeproc-py is missing, which brings the locales; install llm4rs-bib again")
    return Path(found.origin).parent / "data" / "locales"


def languages() -> list[str]:
    """The languages that there is a file for: "de-AT", "de-CH", "de-DE"."""
    return sorted(path.stem.removeprefix("locales-") for path in _folder().glob("locales-*.xml"))
