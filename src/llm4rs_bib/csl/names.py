"""Names: a list of persons, several variables, and what stands for them. CSL 1.0.2, "Names"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from .context import Context, Node, Pieces, Scope
from .formatting import inside, wrapper
from .people import Person
from .person import NameOptions, options, printed, sorted_as
from .tokens import Tokens, joined, text_of
from .xmltree import children, name_of


class Names:
    """A cs:names, compiled; those in its cs:substitute inherit its cs:name and cs:et-al, and its cs:label if they are empty."""

    def __init__(self, element: Element, scope: Scope) -> None:
        own = {name_of(child): child for child in children(element)}
        inherited = {name_of(child): child for child in children(scope.parent)} if scope.parent is not None else {}
        wanted = ("name", "et-al") if own else ("name", "et-al", "label")
        parts = {**{tag: child for tag, child in inherited.items() if tag in wanted}, **own}
        order = list(own or inherited)
        self.variables = element.get("variable", "").split()
        self.substitute = own.get("substitute")
        self._opts = options(parts.get("name"), scope)
        self._locale = scope.locale
        self._wrap = wrapper(element)
        self._delimiter = element.get("delimiter", scope.area.get("names-delimiter", ""))
        self._et_al = _et_al(parts.get("et-al"), scope)
        self._label = _label(parts["label"], scope) if "label" in parts else None
        self._label_first = "name" in order and "label" in order[: order.index("name")]

    def node(self, alternatives: Sequence[Node]) -> Node:
        """The node that prints the names, or the first of the alternatives that prints."""

        def node(ctx: Context, pieces: Pieces) -> None:
            ctx.called += 1
            tokens = self._printed(ctx)
            if tokens is not None:
                ctx.filled += 1
                if tokens:
                    pieces.append(self._wrap(tokens) if self._wrap else tokens)
                return
            for alternative in alternatives:
                if tokens := _substituted(alternative, ctx):
                    pieces.append(self._wrap(tokens) if self._wrap else tokens)
                    return

        return node

    def _printed(self, ctx: Context) -> Tokens | None:
        """All variables, joined; None if there are none. What is printed inside a cs:substitute does not appear again."""
        found = [name for name in self.variables if name in ctx.item.names and name not in ctx.suppressed]
        if not found:
            return None
        if self._opts.form == "count":
            total = sum(_shown(len(ctx.item.names[name]), self._opts) for name in found)
            return [str(total)]
        lists = list(filter(None, [self._list(ctx, variable, label) for variable, label in self._labelled(found, ctx)]))
        if lists and ctx.suppressing:
            ctx.suppressed.update(found)
        is_hidden = ctx.replaced and not ctx.replaced[1]  # stands for the names, though nothing is seen
        return joined(lists, self._delimiter) if lists or is_hidden else None

    def _labelled(self, found: list[str], ctx: Context) -> list[tuple[str, str]]:
        """The variables, each with the term of its label: an editor who is the translator too is named once."""
        names = ctx.item.names
        if (
            {"editor", "translator"} <= set(found)
            and names["editor"] == names["translator"]
            and self._locale.term("editortranslator")
        ):
            return [(name, "editortranslator" if name == "editor" else name) for name in found if name != "translator"]
        return [(name, name) for name in found]

    def _list(self, ctx: Context, variable: str, label: str) -> Tokens:
        persons = ctx.item.names[variable]
        tokens = listed(persons, self._opts, ctx, self._et_al)
        if ctx.sorting or not self._label or not tokens:
            return tokens
        term = self._label(label, len(persons))
        return [*term, *tokens] if self._label_first else [*tokens, *term]


def compiled(element: Element, scope: Scope, alternative: Callable[[Element], Node]) -> Node:
    """The node of a cs:names; `alternative` compiles what is in its cs:substitute."""
    names = Names(element, scope)
    return names.node([alternative(child) for child in children(names.substitute)] if names.substitute is not None else [])


def _substituted(alternative: Node, ctx: Context) -> Tokens:
    """What an alternative prints; its variables are suppressed in the rest of the entry. "Substitute"."""
    pieces: Pieces = []
    filled, suppressing, ctx.suppressing = ctx.filled, ctx.suppressing, True
    alternative(ctx, pieces)
    ctx.suppressing = suppressing
    tokens = [token for piece in pieces for token in piece]
    if not tokens:
        return []
    ctx.filled = max(ctx.filled, filled + 1)
    if ctx.first_names is None and not ctx.sorting:
        ctx.first_names = [text_of(tokens)]
        if ctx.replaced:
            return [ctx.replaced[1]]
    return tokens


# A list of persons


def listed(persons: Sequence[Person], opts: NameOptions, ctx: Context, et_al: Tokens) -> Tokens:
    """The names that are shown, joined."""
    is_first = ctx.first_names is None
    count = len(persons)
    shown = _shown(count, opts, ctx.shown if is_first else 0)
    if is_first:
        ctx.people, ctx.displayed = count, shown
    names = [_one(person, opts, ctx, i) for i, person in enumerate(persons[:shown])]
    last = _one(persons[-1], opts, ctx, count - 1) if shown < count - 1 and opts.use_last else []
    if ctx.sorting:
        return joined([*names, *([last] if last else [])], ", ")
    if is_first:
        ctx.first_names = [text_of(name) for name in (*names, last) if name]
        if ctx.replaced:
            replaced = _replaced(names, ctx.replaced)
            if not ctx.replaced[2]:
                return replaced[0]
            names = replaced
    names = [name for name in names if name]
    if last:
        return joined([*names, ["… ", *last]], opts.delimiter)
    return _with_et_al(names, opts, et_al) if shown < count else _with_and(names, opts, persons[shown - 2 : shown - 1])


def _replaced(names: list[Tokens], replaced: tuple[int, str, bool]) -> list[Tokens]:
    """The names with those that stood in the entry before exchanged ("Reference Grouping")."""
    count, text, each = replaced
    new: Tokens = [text] if text else []
    return [new if i < count else name for i, name in enumerate(names)] if each else [new]


def _shown(count: int, opts: NameOptions, least: int = 0) -> int:
    """How many of so many names are shown; `least`: so many if it tells citations apart."""
    if opts.et_al_min and opts.use_first is not None and count >= opts.et_al_min:
        return min(count, max(opts.use_first, least))
    return count


def _one(person: Person, opts: NameOptions, ctx: Context, place: int) -> Tokens:
    level = ctx.level(person, place, opts.form == "short", opts.initialize_with is not None) if ctx.level else None
    if ctx.sorting:
        return [sorted_as(person, opts, level)]
    inverted = opts.sort_order == "all" or (opts.sort_order == "first" and place == 0)
    tokens = printed(person, opts, inverted, level)
    return opts.wrap(tokens) if opts.wrap and not person.literal else tokens


def _with_et_al(names: list[Tokens], opts: NameOptions, et_al: Tokens) -> Tokens:
    if not names or not et_al:
        return joined(names, opts.delimiter)
    precedes = _precedes(opts.precedes_et_al, len(names), opts)
    return [*joined(names, opts.delimiter), opts.delimiter if precedes else _space(text_of(et_al)), *et_al]


def _with_and(names: list[Tokens], opts: NameOptions, before_last: Sequence[Person]) -> Tokens:
    if len(names) < 2 or not opts.and_:
        return joined(names, opts.delimiter)
    can_invert = not any(person.literal or person.static for person in before_last)
    precedes = _precedes(opts.precedes_last, len(names) - 1, opts, can_invert)
    space = _space(opts.and_)
    return [*joined(names[:-1], opts.delimiter), opts.delimiter if precedes else space, opts.and_ + space, *names[-1]]


def _space(word: str) -> str:
    """What stands beside "and" or "et al.": nothing in Chinese and Japanese."""
    return "" if "\u2e80" <= word[:1] <= "\u9fff" else " "


def _precedes(rule: str, count: int, opts: NameOptions, can_invert: bool = True) -> bool:
    """Whether the delimiter stands behind `count` names: "delimiter-precedes-last", "delimiter-precedes-et-al"."""
    if rule == "after-inverted-name":
        return can_invert and (opts.sort_order == "all" or (opts.sort_order == "first" and count == 1))
    return rule == "always" or (rule == "contextual" and count > 1)


# cs:et-al, cs:label


def _et_al(element: Element | None, scope: Scope) -> Tokens:
    text = scope.locale.term(element.get("term", "et-al") if element is not None else "et-al")
    wrap = wrapper(element) if element is not None else None
    if not text:
        return []
    return wrap([text]) if wrap else [text]


def _label(element: Element, scope: Scope) -> Callable[[str, int], Tokens]:
    form, plural = element.get("form", "long"), element.get("plural", "contextual")
    change, wrap = inside(element), wrapper(element)

    def label(variable: str, count: int) -> Tokens:
        many = plural == "always" or (plural == "contextual" and count > 1)
        text = scope.locale.term(variable, form, many)
        if not text:
            return []
        tokens: Tokens = change([text], scope.lang_of_term(element)) if change else [text]
        return wrap(tokens) if wrap else tokens

    return label
