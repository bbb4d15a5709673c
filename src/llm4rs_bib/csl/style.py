"""A style: its XML read once, its bibliography and citation compiled for one locale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import EntitiesForbidden

from ..errors import BibError, Fault
from .compiler import Compiler
from .context import Context, Scope
from .disambiguation import Rules
from .formatting import inside, wrapper
from .locale import Locale
from .person import INHERITED
from .sorting import SortKey
from .tokens import CLOSE, Open, Tokens
from .xmltree import CSL, children, name_of, parsed

_SUFFIXED = ("year-suffix", "citation-label")  # print the letter themselves
_NAMES = (*INHERITED, "name-form", "name-delimiter", "names-delimiter")


class StyleError(BibError):
    """A style that cannot be used: no XML, no CSL, dependent on another one, without a bibliography."""


class Area:
    """cs:citation or cs:bibliography, compiled."""

    def __init__(self, element: Element, macros: dict[str, Element], style: dict[str, str], locale: Locale) -> None:
        self.options = dict(element.attrib)
        names = {name: value for name, value in {**style, **element.attrib}.items() if name in _NAMES}
        scope = Scope(style, names, locale)
        compiler = Compiler(macros, scope)
        layout = next((part for part in children(element) if part.tag == f"{CSL}layout"), None)
        if layout is None:
            raise StyleError(Fault("", f"its {name_of(element)} has no layout"))
        nodes = compiler.children(layout)
        self._prefix, self._suffix = layout.get("prefix", ""), layout.get("suffix", "")
        self._change, self._wrap = inside(layout), wrapper(layout, quotes=False, affixes=False)
        self._lang = locale.lang
        self.layout = compiler.body(nodes, "")
        self.first, self.rest = compiler.body(nodes[:1], ""), compiler.body(nodes[1:], "")
        inside_it = list(_reachable(element, macros))
        self.places_suffix = any(part.tag == f"{CSL}text" and part.get("variable") in _SUFFIXED for part in inside_it)
        self.asks_disambiguate = any(part.get("disambiguate") == "true" for part in inside_it)
        keys = (key for part in children(element) if part.tag == f"{CSL}sort" for key in children(part))
        self.sort = [_sort_key(key, macros, scope) for key in keys]

    def printed(self, layout: Callable[[Context], Tokens | None], ctx: Context, affixes: bool = True) -> Tokens:
        """What the layout, or a part of it, prints of one work; its affixes are inside its format ("Affixes")."""
        tokens = layout(ctx)
        if not tokens:
            return []
        if self._change:
            tokens = self._change(tokens, self._lang)
        if affixes:
            tokens = self.closed(self.opened(tokens))
        return self._wrap(tokens) if self._wrap else tokens

    def opened(self, tokens: Tokens) -> Tokens:
        """The tokens with the layout's prefix."""
        return [self._prefix, *tokens] if self._prefix and tokens else tokens

    def closed(self, tokens: Tokens) -> Tokens:
        """The tokens with the layout's suffix, inside the block that ends them if one does."""
        if not self._suffix:
            return tokens
        is_block = bool(tokens) and tokens[-1] is CLOSE and Open("display", "right-inline") in tokens
        return [*tokens[:-1], self._suffix, CLOSE] if is_block else [*tokens, self._suffix]


def _sort_key(key: Element, macros: dict[str, Element], scope: Scope) -> SortKey:
    """A cs:key; its `names-min` and the like count before all that the names say ("Sorting")."""
    forced = {name.replace("names-", "et-al-"): value for name, value in key.attrib.items() if name.startswith("names-")}
    style = {name: value for name, value in scope.style.items() if name != "page-range-format"}
    compiler = Compiler(macros, Scope(style, scope.area, scope.locale, forced))
    macro = key.get("macro", "")
    node = compiler.node(Element(f"{CSL}text", {"macro": macro})) if macro else compiler.sort_key(key.get("variable", ""))
    sources = [key, *(macros[macro].iter() if macro in macros else ())]
    is_number = any(part.get("variable") == "citation-number" for part in sources)
    return SortKey(node, key.get("sort") == "descending", is_number)


def _reachable(element: Element, macros: dict[str, Element]) -> Iterator[Element]:
    """The elements in one, and in the macros that it calls."""
    waiting, seen = [element], set()
    while waiting:
        for part in waiting.pop().iter():
            yield part
            name = part.get("macro")
            if name in macros and name not in seen:
                seen.add(name)
                waiting.append(macros[name])


class Style:
    """A style in one locale."""

    def __init__(self, root: Element, lang: str) -> None:
        macros = {part.get("name", ""): part for part in children(root) if part.tag == f"{CSL}macro"}
        self.options = dict(root.attrib)
        self.locale = Locale(lang, [part for part in children(root) if part.tag == f"{CSL}locale"])
        areas = {part.tag.removeprefix(CSL): part for part in children(root)}
        if "bibliography" not in areas:
            raise StyleError(Fault("", "it has no bibliography"))
        self.bibliography = Area(areas["bibliography"], macros, self.options, self.locale)
        self.citation = Area(areas["citation"], macros, self.options, self.locale) if "citation" in areas else None
        # "Disambiguation": a letter that the citation places is none of the bibliography's dates
        self.places_suffix = self.bibliography.places_suffix or (self.citation is not None and self.citation.places_suffix)
        self.rules = _rules(self.citation)
        by_number = [key.descending for key in self.bibliography.sort if key.is_number]
        self.counts_down = bool(by_number) and by_number[-1]  # the last key by citation-number decides


def _rules(citation: Area | None) -> Rules:
    asked = citation.options if citation else {}
    return Rules(
        names=asked.get("disambiguate-add-names") == "true",
        givens=asked.get("disambiguate-add-givenname") == "true",
        suffixes=asked.get("disambiguate-add-year-suffix") == "true",
        by=asked.get("givenname-disambiguation-rule", "by-cite"),
        extra=citation is not None and citation.asks_disambiguate,
    )


def read(text: str | bytes) -> Element:
    """A style's XML as a tree. StyleError for what is no independent CSL style."""
    try:
        root = parsed(text)
    except EntitiesForbidden as error:
        raise StyleError(Fault("", f"it declares the entity {error.name!r}, and entities are refused")) from error
    except (ParseError, ValueError) as error:
        raise StyleError(Fault("", f"it is no XML: {error}")) from error
    if root.tag != f"{CSL}style":
        raise StyleError(Fault("", f"it is no CSL style: its root is {root.tag.split('}')[-1]!r}"))
    return root
