"""Names: one person, a list of them, several variables, and what stands for them. CSL 1.0.2, "Names" and "Name"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from .context import Context, Node, Pieces
from .formatting import inside, wrapper
from .items import Person
from .locale import Locale
from .tokens import Tokens, text_of
from .xmltree import CSL, children, name_of

INHERITED = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first", "et-al-use-last", "initialize",
    "initialize-with", "name-as-sort-order", "sort-separator",
)  # fmt: skip
_ROMANESQUE = re.compile(r"[A-Za-z\u00aa-\u024f\u0370-\u058f\u05d0-\u06ff\u1e00-\u1fff\u2019'’.,\s-]")


@dataclass(frozen=True, slots=True)
class NameOptions:
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
    family: Callable[[Tokens], Tokens] | None
    given: Callable[[Tokens], Tokens] | None


def options(name: Element | None, inherited: Mapping[str, str], style: Mapping[str, str], locale: Locale, english: bool) -> NameOptions:
    """The options of a cs:name: its own attributes before those of the citation or bibliography, those before the style's."""
    own = dict(name.attrib) if name is not None else {}
    given = {**{key: inherited[key] for key in INHERITED if key in inherited}, **own}
    conjunction = given.get("and", "")
    word = locale.term("and", "symbol" if conjunction == "symbol" else "long") or ("&" if conjunction == "symbol" else "and")
    parts = {part.get("name"): part for part in children(name) if part.tag == f"{CSL}name-part"} if name is not None else {}
    return NameOptions(
        form=own.get("form") or inherited.get("name-form", "long"),
        delimiter=own.get("delimiter", inherited.get("name-delimiter", ", ")),
        and_=("&" if conjunction == "symbol" else word) if conjunction else "",
        precedes_last=given.get("delimiter-precedes-last", "contextual"),
        precedes_et_al=given.get("delimiter-precedes-et-al", "contextual"),
        et_al_min=_number(given.get("et-al-min")),
        use_first=_number(given["et-al-use-first"]) if "et-al-use-first" in given else None,
        use_last=given.get("et-al-use-last") == "true",
        initialize=given.get("initialize", "true") != "false",
        initialize_with=given.get("initialize-with"),
        hyphen=style.get("initialize-with-hyphen", "true") != "false",
        sort_order=given.get("name-as-sort-order", ""),
        separator=given.get("sort-separator", ", "),
        demote=style.get("demote-non-dropping-particle", "display-and-sort"),
        wrap=wrapper(name) if name is not None else None,
        family=_name_part(parts.get("family"), english),
        given=_name_part(parts.get("given"), english),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _name_part(element: Element | None, english: bool) -> Callable[[Tokens], Tokens] | None:
    if element is None:
        return None
    change, wrap = inside(element), wrapper(element)

    def part(tokens: Tokens) -> Tokens:
        tokens = change(tokens, english) if change else tokens
        return wrap(tokens) if wrap else tokens

    return part


# One person


def one(person: Person, opts: NameOptions, inverted: bool, sorting: bool = False, level: int | None = None) -> Tokens:
    """A person's name. `level`: with initials (1) or all of the given name (2) at least, so that citations differ."""
    if person.literal:
        tokens: Tokens = [person.literal]
        return opts.family(tokens) if opts.family else tokens
    short = opts.form == "short" and not level
    if person.static:
        family = [person.non_dropping + person.family] if person.non_dropping else [person.family]
        return _glued(opts, family, [] if short else [person.given], "")
    given = "" if short else _given(person.given, opts, level or 0)
    if sorting and opts.demote != "never":
        return _demoted(person, opts, given, short, sorting)
    if inverted and not short and opts.demote == "display-and-sort":
        return _demoted(person, opts, given, short, sorting)
    family = _joined(person.non_dropping, person.family)
    front: Tokens = opts.family([family]) if opts.family else [family]
    if short:
        return front
    back = " ".join(filter(None, (given, person.dropping)))
    rest: Tokens = (opts.given([back]) if opts.given else [back]) if back else []
    if inverted:
        return _in_order(front, rest, person, opts)
    tokens = [*rest, _space_after(back) if rest else "", *front]
    if rest and person.dropping:
        tokens = [*rest, "" if re.search(r"[’'-]$", person.dropping) else " ", *front]
    return [*tokens, (", " if person.comma_suffix else " ") + _suffix(person, opts)] if person.suffix else tokens


def _space_after(back: str) -> str:
    return " "


def _in_order(front: Tokens, rest: Tokens, person: Person, opts: NameOptions) -> Tokens:
    """Family, given, suffix."""
    tokens = [*front, opts.separator, *rest] if rest else front
    return [*tokens, opts.separator, _suffix(person, opts)] if person.suffix else tokens


def _suffix(person: Person, opts: NameOptions) -> str:
    """The suffix, abbreviated as the style abbreviates: "Jr." or "Jr"."""
    return person.suffix if opts.initialize_with is None else initials(person.suffix, opts.initialize_with, False)


def _demoted(person: Person, opts: NameOptions, given: str, short: bool, sorting: bool) -> Tokens:
    """With the non-dropping particle behind the given name."""
    front: Tokens = opts.family([person.family]) if opts.family else [person.family]
    if short:
        return front
    back = " ".join(filter(None, (given, person.dropping, person.non_dropping)))
    rest: Tokens = (opts.given([back]) if opts.given else [back]) if back else []
    return _in_order(front, rest, person, opts)


def _joined(particle: str, family: str) -> str:
    if not particle:
        return family
    return particle + family if re.search(r"[’'\-–]$", particle) else f"{particle} {family}"


def _glued(opts: NameOptions, family: Tokens, given: Tokens, between: str) -> Tokens:
    """Family and given name of a script that has no space between them."""
    front = opts.family(family) if opts.family else family
    back = opts.given(given) if opts.given and given else given
    return [*front, *([between] if between and back else []), *back]


def _given(given: str, opts: NameOptions, level: int) -> str:
    if not given or opts.initialize_with is None or level == 2:
        return given
    return initials(given, opts.initialize_with, opts.initialize, opts.hyphen)


@lru_cache(maxsize=2**14)
def initials(given: str, mark: str, initialize: bool = True, hyphen: bool = True) -> str:
    """Given names cut to initials with a mark behind each; with `initialize` false only such as are initials already.

    >>> initials("Jean-Luc Marie", ". "), initials("J F Kennedy", ".", False)
    ('J.-L. M.', 'J.F. Kennedy')
    """
    words = re.sub(r"\s*-\s*", "-", given.replace("–", "-")).split()
    out = ""
    for word in words:
        parts = re.split(r"(-)", word)
        printed = [_initial(part, mark, initialize) if part != "-" else part for part in parts]
        if all(text is None for text in printed if text != "-"):
            out = f"{out.rstrip()} {word} " if out else f"{word} "
            continue
        text = ""
        for part, short in zip(parts, printed, strict=True):
            if part == "-":
                text = text.rstrip() + ("-" if hyphen else "" if text.endswith(" ") or not mark.endswith(" ") else " ")
                text = text if hyphen else text.rstrip() + (" " if mark.endswith(" ") else "")
            else:
                text += part if short is None else short
        out += text
    return out.strip()


def _initial(word: str, mark: str, initialize: bool) -> str | None:
    """The word's initials; None for one that stays: in lower case, or a whole name that is not to be cut."""
    if not word or word[0].islower() or not re.search(r"[^\W\d_]", word):
        return None
    pieces = [piece for piece in word.split(".") if piece]
    if len(pieces) > 1 or word.endswith("."):
        if all(len(piece) == 1 for piece in pieces):
            return "".join(piece + mark for piece in pieces)
        if not initialize:
            return None
        if len(pieces) > 1:
            return "".join((_initial(piece, mark, True) or piece) for piece in pieces)
        return pieces[0] + mark
    if len(word) == 1:
        return word + mark
    return _cut(word) + mark if initialize else None


def _cut(word: str) -> str:
    """The first letter, or two that stand for one sound: "Ch" of a name that is written "CH" stays "C"."""
    match = re.match(r"[^\W\d_]", word.lstrip("'’ʻ"))
    return match[0] if match else word[0]


# A list of persons


def listed(persons: Sequence[Person], opts: NameOptions, ctx: Context, et_al: Callable[[], Tokens]) -> tuple[list[Tokens], Tokens]:
    """Each name that is shown, and all of them joined."""
    count = len(persons)
    shown = count
    if opts.et_al_min and opts.use_first is not None and count >= opts.et_al_min:
        shown = min(count, max(opts.use_first, ctx.shown))
    cut = shown < count
    if ctx.first_names is None:
        ctx.people, ctx.displayed = count, shown
    names = [
        one(
            person,
            opts,
            opts.sort_order == "all" or (opts.sort_order == "first" and i == 0) or (ctx.sorting),
            ctx.sorting,
            ctx.level(person, i, opts.form == "short", opts.initialize_with is not None) if ctx.level else None,
        )
        for i, person in enumerate(persons[:shown])
    ]
    if opts.wrap:
        names = [opts.wrap(tokens) if not person.literal else tokens for tokens, person in zip(names, persons, strict=False)]
    if cut and opts.use_last and count > shown + 1 - 0 and count - shown >= 2:
        last = one(persons[-1], opts, opts.sort_order == "all", ctx.sorting)
        last = opts.wrap(last) if opts.wrap and not persons[-1].literal else last
        return [*names, last], [*_with_delimiters(names, opts.delimiter), opts.delimiter, "… ", *last]
    return names, _with_et_al(names, opts, [] if ctx.sorting else et_al()) if cut else _with_and(names, opts, persons)


def _with_delimiters(names: Sequence[Tokens], delimiter: str) -> Tokens:
    out: Tokens = []
    for tokens in names:
        if out:
            out.append(delimiter)
        out += tokens
    return out


def _with_et_al(names: list[Tokens], opts: NameOptions, et_al: Tokens) -> Tokens:
    if not et_al:
        return _with_delimiters(names, opts.delimiter)
    if not names:
        return []
    rule = opts.precedes_et_al
    precedes = rule == "always" or (rule == "contextual" and len(names) > 1) or (rule == "after-inverted-name" and _last_inverted(opts, len(names)))
    return [*_with_delimiters(names, opts.delimiter), opts.delimiter if precedes else " ", *et_al]


def _with_and(names: list[Tokens], opts: NameOptions, persons: Sequence[Person]) -> Tokens:
    if len(names) < 2 or not opts.and_:
        return _with_delimiters(names, opts.delimiter)
    rule = opts.precedes_last
    precedes = rule == "always" or (rule == "contextual" and len(names) > 2) or (rule == "after-inverted-name" and _last_inverted(opts, len(names) - 1) and not _is_plain(persons[len(names) - 2]))
    front = _with_delimiters(names[:-1], opts.delimiter)
    return [*front, opts.delimiter if precedes else " ", f"{opts.and_} ", *names[-1]]


def _last_inverted(opts: NameOptions, count: int) -> bool:
    return opts.sort_order == "all" or (opts.sort_order == "first" and count == 1)


def _is_plain(person: Person) -> bool:
    """Whether the name is printed as it stands, and so is never inverted."""
    return bool(person.literal) or person.static


# cs:names


def compiled(
    element: Element,
    inherited: Mapping[str, str],
    style: Mapping[str, str],
    locale: Locale,
    english: bool,
    compile_child: Callable[[Element], Node],
    parent: Element | None = None,
    on_uppercase: Callable[[str], str] | None = None,
) -> Node:
    """The node of a cs:names, with its cs:substitute; names in that inherit cs:name, cs:et-al and cs:label of `parent`."""
    own = {name_of(child): child for child in children(element)}
    if parent is not None:
        theirs = {name_of(child): child for child in children(parent)}
        if not own:
            own = {tag: child for tag, child in theirs.items() if tag in ("name", "et-al", "label")}
        else:
            own = {**{tag: child for tag, child in theirs.items() if tag in ("name", "et-al")}, **own}
    opts = options(own.get("name"), inherited, style, locale, english)
    et_al_element = own.get("et-al")
    wrap = wrapper(element)
    variables = element.get("variable", "").split()
    delimiter = element.get("delimiter", inherited.get("names-delimiter", ""))
    order = [name_of(child) for child in children(element)] or [name_of(child) for child in children(parent)] if parent is not None else [name_of(child) for child in children(element)]
    label = own.get("label")
    label_first = label is not None and "label" in order and "name" in order and order.index("label") < order.index("name")
    label_node = _label(label, locale, english) if label is not None else None
    substitute = own.get("substitute") if parent is None or "substitute" in {name_of(child) for child in children(element)} else None
    alternatives: list[Node] = []
    if substitute is not None:
        for child in children(substitute):
            if child.tag == f"{CSL}names":
                alternatives.append(compiled(child, inherited, style, locale, english, compile_child, element))
            else:
                alternatives.append(compile_child(child))

    def et_al() -> Tokens:
        term = et_al_element.get("term", "et-al") if et_al_element is not None else "et-al"
        text = locale.term(term) or ""
        tokens: Tokens = [text] if text else []
        around = wrapper(et_al_element) if et_al_element is not None else None
        return around(tokens) if around and tokens else tokens

    def variable_tokens(ctx: Context, variable: str, label_variable: str) -> Tokens:
        persons = ctx.item.names[variable]
        if opts.form == "count":
            count = len(persons)
            if opts.et_al_min and opts.use_first is not None and count >= opts.et_al_min:
                count = min(count, opts.use_first)
            return [str(count)]
        names, tokens = listed(persons, opts, ctx, et_al)
        if ctx.first_names is None and not ctx.sorting:
            ctx.first_names = [text_of(name) for name in names]
            if ctx.replaced:
                tokens = _replaced(names, tokens, ctx.replaced)
        if not tokens:
            return []
        if label_node and not ctx.sorting:
            printed = label_node(label_variable, len(persons))
            tokens = [*printed, *tokens] if label_first else [*tokens, *printed]
        return tokens

    def node(ctx: Context, pieces: Pieces) -> None:
        found = [name for name in variables if name in ctx.item.names and name not in ctx.suppressed]
        ctx.called += 1
        names = ctx.item.names
        out: list[Tokens] = []
        if {"editor", "translator"} <= set(found) and len(variables) >= 2 and names["editor"] == names["translator"] and locale.term("editortranslator"):
            tokens = variable_tokens(ctx, "editor", "editortranslator")
            rest = [name for name in found if name not in ("editor", "translator")]
            out = [tokens, *(variable_tokens(ctx, name, name) for name in rest)]
        else:
            out = [variable_tokens(ctx, name, name) for name in found]
        out = [tokens for tokens in out if tokens]
        if opts.form == "count" and out:
            total = sum(int(text_of(tokens)) for tokens in out)
            out = [[str(total)]] if total else []
        if out:
            ctx.filled += 1
            if ctx.suppressing:
                ctx.suppressed.update(found)
            joined = _with_delimiters(out, delimiter)
            pieces.append(wrap(joined) if wrap else joined)
            return
        for alternative in alternatives:
            before, suppressing = len(pieces), ctx.suppressing
            ctx.suppressing = True
            filled = ctx.filled
            alternative(ctx, pieces)
            ctx.suppressing = suppressing
            if len(pieces) > before:
                joined = [token for piece in pieces[before:] for token in piece]
                del pieces[before:]
                if ctx.first_names is None and not ctx.sorting:
                    ctx.first_names = [text_of(joined)]
                    if ctx.replaced:
                        joined = [ctx.replaced[1]]
                ctx.filled = max(ctx.filled, filled + 1)
                pieces.append(wrap(joined) if wrap else joined)
                return

    return node


def _replaced(names: list[Tokens], tokens: Tokens, replaced: tuple[int, str, bool]) -> Tokens:
    """The list with names that stood in the entry before exchanged ("Reference Grouping")."""
    count, text, each = replaced
    if not each:
        return [text] if text else []
    wanted = [[text] if i < count else name for i, name in enumerate(names)]
    out: Tokens = []
    rest = list(tokens)
    for name, new in zip(names, wanted, strict=True):
        at = next(i for i in range(len(rest)) if rest[i : i + len(name)] == name)
        out += [*rest[:at], *new]
        rest = rest[at + len(name) :]
    return out + rest


def _label(element: Element, locale: Locale, english: bool) -> Callable[[str, int], Tokens]:
    """The cs:label of a cs:names."""
    form, plural = element.get("form", "long"), element.get("plural", "contextual")
    change, wrap = inside(element), wrapper(element)

    def label(variable: str, count: int) -> Tokens:
        many = plural == "always" or (plural == "contextual" and count > 1)
        text = locale.term(variable, form, many)
        if not text:
            return []
        tokens: Tokens = change([text], english) if change else [text]
        return wrap(tokens) if wrap else tokens

    return label
