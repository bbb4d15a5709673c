"""Names: one person, a list of them, several variables, and what stands for them. CSL 1.0.2, "Names" and "Name"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
        return _formatted(opts.family, person.literal)
    short = opts.form == "short" and not level
    if person.static:
        return [*_formatted(opts.family, person.non_dropping + person.family), *_formatted(opts.given, "" if short else person.given)]
    given = "" if short else _given(person.given, opts, level or 0)
    if sorting:
        return [" ".join(_sort_parts(person, given, opts.demote != "never"))]
    if inverted and not short and opts.demote == "display-and-sort":
        return _inverted(person, person.family, _spaced(given, person.dropping, person.non_dropping), opts)
    family = _joined(person.non_dropping, person.family)
    if short:
        return _formatted(opts.family, family)
    if inverted:
        return _inverted(person, family, _spaced(given, person.dropping), opts)
    front, back = _formatted(opts.family, family), _formatted(opts.given, _spaced(given, person.dropping))
    between = [] if not back or person.dropping.endswith(("’", "'", "-")) else [" "]
    suffix = [(", " if person.comma_suffix else " ") + _suffix(person, opts)] if person.suffix else []
    return [*back, *between, *front, *suffix]


def _sort_parts(person: Person, given: str, demoted: bool) -> Iterator[str]:
    """The name's parts in the order in which they count. CSL 1.0.2, "Name-part Order", sorting."""
    dropping, non_dropping = (re.sub("[’'-]", "", particle) for particle in (person.dropping, person.non_dropping))
    parts = (person.family, given, dropping, non_dropping) if demoted else (non_dropping, person.family, dropping, given)
    return filter(None, (*parts, person.suffix))


def _formatted(part: Callable[[Tokens], Tokens] | None, text: str) -> Tokens:
    if not text:
        return []
    return part([text]) if part else [text]


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _inverted(person: Person, family: str, rest: str, opts: NameOptions) -> Tokens:
    """Family, given, suffix."""
    tokens = _formatted(opts.family, family)
    for text in filter(None, (rest, _suffix(person, opts))):
        tokens = [*tokens, opts.separator, *(_formatted(opts.given, text) if text is rest else [text])]
    return tokens


def _suffix(person: Person, opts: NameOptions) -> str:
    """The suffix, abbreviated as the style abbreviates: "Jr." or "Jr"."""
    return initials(person.suffix, opts.initialize_with, False) if opts.initialize_with is not None else person.suffix


def _joined(particle: str, family: str) -> str:
    return particle + family if particle.endswith(("’", "'", "-", "–")) else _spaced(particle, family)


def _given(given: str, opts: NameOptions, level: int) -> str:
    if not given or opts.initialize_with is None or level == 2:
        return given
    return initials(given, opts.initialize_with, opts.initialize, opts.hyphen)


_SCRIPTS = "\u0e01-\u0e5b\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u1f00-\u1fff"  # that have initials, besides Latin
_WITH_INITIALS = re.compile(rf"[&A-Za-z\u00c0-\u024f\u1e00-\u1eff{_SCRIPTS}]")
_ELEMENT = re.compile(r"([^\W\d_])([^\W\d_]*)(\.?)")


@lru_cache(maxsize=2**14)
def initials(given: str, mark: str, initialize: bool = True, hyphen: bool = True) -> str:
    """Given names cut to initials with a mark behind each; with `initialize` false only such as are initials already.

    CSL 1.0.2, "Name", `initialize-with`, `initialize` and `initialize-with-hyphen`.

    >>> initials("Jean-Luc Marie", ". "), initials("J F Kennedy", ".", False)
    ('J.-L. M.', 'J.F. Kennedy')
    >>> initials("Th. Seung-won de", "."), initials("Jean-Luc", "", hyphen=False)
    ('Th.S. de', 'JL')
    """
    if not _WITH_INITIALS.match(given):
        return given
    if not hyphen:
        given = given.replace("-", " ")
    given = re.sub(r"\.(?=[^\s])", ". ", re.sub(r"\s*-\s*", "-", given))
    pieces = re.split(r"((?:-(?![a-z])|\s)+)", given)  # "Seung-won" is one element
    cut = _initialized(pieces, mark) if initialize else _marked(pieces, mark)
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", cut)).rstrip()


def _initialized(pieces: list[str], mark: str) -> str:
    """Elements and what is between them in turn, the elements cut; those in lower case stay."""
    for i in range(0, len(pieces), 2):
        match = _ELEMENT.match(pieces[i])
        if match and not match[1].islower():
            pieces[i] = match[1] + (match[2] if match[3] else _digraph(match[2]))
            if i + 1 < len(pieces):
                pieces[i + 1] = mark + ("-" if "-" in pieces[i + 1] else "")
            else:
                pieces[i] += mark
        elif pieces[i]:
            pieces[i] = f" {pieces[i]}"
    return "".join(pieces)


def _digraph(rest: str) -> str:
    """The capitals that follow the first letter in a name that goes on in lower case: "IUrii" → "Iu"."""
    capitals = re.match(r"[^\W\d_a-z]*", rest)
    run = "".join(sign for sign in (capitals[0] if capitals else "") if sign.isupper())
    return run.lower() if len(run) < len(rest) else ""


def _marked(pieces: list[str], mark: str) -> str:
    """Elements and what is between them in turn, initials and abbreviations with the mark instead of their period."""
    if len(pieces) == 1 and re.search(r"(?:^|\.)[^\W\d_a-z]$", pieces[0]):
        pieces[0] += "."
    is_short = [len(piece) == 1 and piece.isupper() or (len(piece) > 1 and piece.endswith(".")) for piece in pieces]
    for i in range(0, len(pieces), 2):
        if is_short[i]:
            pieces[i] = pieces[i].removesuffix(".") if len(pieces[i]) > 1 else pieces[i]
            if i + 2 < len(pieces):
                pieces[i + 1] = mark + ("-" if "-" in pieces[i + 1] else "") + ("" if is_short[i + 2] else " ")
            else:
                pieces[i] += mark
    return "".join(pieces)


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
    if cut and opts.use_last and count - shown >= 2:
        last = one(persons[-1], opts, opts.sort_order == "all", ctx.sorting)
        last = opts.wrap(last) if opts.wrap and not persons[-1].literal else last
        before_last = [] if ctx.sorting else ["… "]
        return [*names, last], [*_with_delimiters(names, opts.delimiter), opts.delimiter, *before_last, *last]
    if ctx.sorting:
        return names, _with_delimiters(names, ", ")
    return names, _with_et_al(names, opts, et_al()) if cut else _with_and(names, opts, persons)


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
