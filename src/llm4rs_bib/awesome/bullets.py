"""Lists of bullets ↔ listings: a paper's lines are found, read, and written.

Blocks: https://github.github.com/gfm/#lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from ..markdown import Link, escaped, parser, pieces, pieces_of
from ..markdown import lines as lines_of
from .cells import is_long
from .details import Item, take
from .items import decide, gathered
from .parts import leads_to_code, leads_to_paper
from .phrases import Line, papers_of
from .rows import FIELDS


@dataclass(frozen=True)
class Bullet:
    """Lines of a list of bullets that belong together: a paper's, or what is none."""

    line: int  # its first line, from 0, in the file
    text: str  # the lines as written, without empty ones at the ends
    values: Mapping[str, str]  # fields of a listing; none if it is no paper's
    reason: str = ""  # why a paper in it was not read

    @property
    def kept(self) -> str | None:
        """The lines, where `bullet_of` does not give them back from the fields."""
        if not self.values or self.text == _plain(self.values, str):  # and that is how they were read
            return None
        may_be = "\\" in self.text or "**Title:**" in self.text
        return None if may_be and self.text == bullet_of(self.values) else self.text


def read(tokens: Sequence[Token], lines: Sequence[str], more: Sequence[Item] = (), *, titles: bool = False) -> tuple[Bullet, ...]:
    """The bullets of blocks at the top that follow each other: of a list, or of a whole file. `lines`: those of the file.

    A bold paragraph (or a heading) with nothing but labelled links below is a listing with them; paragraphs and headings
    that link to a paper are listings too. `more`: items of other places.
    `titles`: it is known that papers are listed, so that plain titles are papers.
    """
    items = sorted([*_items(tokens), *more], key=lambda item: item.begin)
    tops = gathered(_joined(items))
    for group, listed in _by_heading(tops, titles=titles):
        decide(group, lines, titles=listed)
    begin = min((item.begin for item in items), default=0)
    end = max((item.end for item in items), default=0)
    return tuple(_covered(begin, end, tops, lines))


def fields_of(text: str, definitions: str = "") -> dict[str, str]:
    """The fields of a bullet alone that is known to be a listing; none if it has no title. `definitions`: those of links."""
    text = f"{text}\n\n{definitions}" if definitions else text
    lines = list(lines_of(text))
    items = list(_items(parser().parse(text)))
    for more in items[1:]:  # what stands below a title, or a bold paragraph, says more of it
        items[0].kids.append(more)
        items[0].end = more.end
    items = items[:1]
    decide(items, lines, titles=True)
    found = next((item for item in items if item.values), None)
    if found is None and (found := next((item for item in items if item.title.words), None)):
        take(found, found.title, lines)
    return dict(found.values) if found else {}


def _items(tokens: Sequence[Token]) -> Iterator[Item]:
    """The tree of bullets."""
    stack: list[Item] = []
    for token in tokens:
        is_top = token.level == 0 and not token.type.endswith("list_open")
        if token.type == "list_item_open" or (is_top and token.nesting >= 0):
            item = _item(token)
            if stack:
                stack[-1].kids.append(item)
            else:
                yield item
            stack += [item] if token.nesting else []
        elif stack and (token.type == "list_item_close" or (is_top and stack[-1].kind != "item")):
            stack.pop()
        elif stack and token.type == "inline" and stack[0].kind != "table":
            lines = papers_of(token) if stack[0].kind == "paragraph" else []
            stack[-1].lines += lines[:1] or [Line(pieces_of(token.children or ()))]
            if lines:
                first = stack[-1].begin
                stack[-1].end = first + 1
                yield from (Item(first + i, first + i + 1, "paragraph", lines=[line]) for i, line in enumerate(lines[1:], 1))
        elif stack and token.type in ("html_block", "code_block") and "](" in token.content:
            stack[-1].lines.append(Line(pieces(token.content)))


def _item(token: Token) -> Item:
    begin, end = token.map or (0, 0)
    kind = token.type.removesuffix("_open").removeprefix("list_")
    return Item(begin, end, kind, level=int(token.tag[1:]) if kind == "heading" else 0)


def _joined(items: Sequence[Item]) -> list[Item]:
    """The blocks, with what says more of a paper put under the title above that stands alone."""
    titles = [item for i, item in enumerate(items) if _is_heading_of_paper(items, i)]
    peers = Counter(item.level for item in titles)
    for item in titles:
        item.is_title = item.title.link is not None or peers[item.level] > 1  # one heading above a link may be anything
    tops: list[Item] = []
    for i, item in enumerate(items):
        above = tops[-1] if tops else None
        if above and ((above.is_title and item.kind != "heading") or _is_below_title(above, items, i)):
            above.kids.append(item)
            above.end = max(above.end, item.end)
        else:
            tops.append(item)
    return tops


def _is_heading_of_paper(items: Sequence[Item], at: int) -> bool:
    """Whether a heading may be a paper's title: it links to the paper, or nothing but labelled links stands below."""
    heading = items[at]
    if heading.kind != "heading" or heading.level == 1 or not heading.title.words:
        return False
    below = [item for item in _section(items, at) if item.lines and item.kind in ("item", "paragraph")]
    if heading.title.link:
        rows = [item for item in below if item.title.link and leads_to_paper(item.title.link) and not item.title.is_buried]
        return leads_to_paper(heading.title.link) and len(rows) < 2
    if not any(leads_to_paper(link) for item in below for link in item.links):
        return False
    bullets = [item for item in below if item.kind == "item"]
    has_abstract = below[0].kind == "item" and is_long(heading.title.words) and any(map(_is_labelled_paper, bullets))
    told = bullets if has_abstract else below
    return all(map(_is_detail, told)) and not any(item.title.link for item in below)


def _section(items: Sequence[Item], at: int) -> Iterator[Item]:
    for i in range(at + 1, len(items)):
        if items[i].kind == "heading":
            return
        yield items[i]


def _is_below_title(above: Item, items: Sequence[Item], at: int) -> bool:
    """Whether the next block says more of the marked title above it."""
    title = above.title
    if above.kind != "paragraph" or not title.words or title.is_news or title.mark == "text":
        return False
    if not above.kids and any(map(leads_to_paper, above.links)):
        return False
    group = list(_row(items, at))
    return bool(group) and all(map(_is_detail, group)) and (bool(above.kids) or any(map(_is_labelled, group)))


def _row(items: Sequence[Item], at: int) -> Iterator[Item]:
    """The bullets of a list from one on; one paragraph."""
    kind = items[at].kind
    while at < len(items) and items[at].kind == kind and kind in ("item", "paragraph"):
        yield items[at]
        at = len(items) if kind == "paragraph" else at + 1


def _is_detail(item: Item) -> bool:
    """Whether a block only says something of a paper that is named above it."""
    title = item.title
    if title.label or not title.words:
        return bool(item.lines)
    return len(title.words.split()) < 6 and title.mark == "text" and not any(map(leads_to_paper, item.links))


def _is_labelled_paper(item: Item) -> bool:
    return not item.title.words and any(map(leads_to_paper, item.links))


def _is_labelled(item: Item) -> bool:
    """Whether a block is a labelled link, or says that there is none yet."""
    label = Link(item.title.label, "")
    return bool(label.words) and (leads_to_paper(label) or leads_to_code(label) or bool(item.links))


def _by_heading(tops: Sequence[Item], *, titles: bool) -> Iterator[tuple[list[Item], bool]]:
    """The blocks under each heading, and whether a heading above says that papers are listed."""
    above: list[Item] = []
    group: list[Item] = []
    for item in tops:
        if item.kind == "heading" and not item.kids:
            yield group, titles or any(map(_says_papers, above))
            above = [*(each for each in above if each.level < item.level), item]
            group = []
        group.append(item)
    yield group, titles or any(map(_says_papers, above))


def _says_papers(heading: Item) -> bool:
    shown = heading.lines[0].words() if heading.lines and heading.level > 1 else ""
    return len(shown.split()) < 4 and re.search(r"(?i)\b(?:papers?|publications?)\b|论文", shown) is not None


def _covered(begin: int, end: int, items: Sequence[Item], lines: Sequence[str]) -> Iterator[Bullet]:
    """Bullets for all lines from one to another; those between the items are nobody's."""
    for item in items:
        yield from _stretch(begin, item.begin, lines)
        yield from _bullets(item, max(begin, item.begin), lines)
        begin = max(begin, item.end)
    yield from _stretch(begin, end, lines)


def _bullets(item: Item, begin: int, lines: Sequence[str]) -> Iterator[Bullet]:
    """Those of an item: its own lines, up to a bullet that is a paper of its own, are the paper's."""
    values, reason = item.values, item.reason
    for kid in item.apart:
        for bullet in _stretch(begin, kid.begin, lines):
            yield Bullet(bullet.line, bullet.text, values, reason)
            values, reason = {}, ""
        yield from _bullets(kid, max(begin, kid.begin), lines)
        begin = max(begin, kid.end)
    for bullet in _stretch(begin, item.end, lines):
        yield Bullet(bullet.line, bullet.text, values, reason)


def _stretch(begin: int, end: int, lines: Sequence[str]) -> Iterator[Bullet]:
    while begin < end and not lines[begin].strip():
        begin += 1
    while begin < end and not lines[end - 1].strip():
        end -= 1
    if begin < end:
        yield Bullet(begin, "\n".join(lines[begin:end]), {})


def bullet_of(values: Mapping[str, str]) -> str:
    """The bullet that shows these fields on one line: `- [Title](link), venue, date. [code](…)`, else one with labels."""
    for form in (_plain, _labelled):
        for escape in (str, escaped):
            bullet = form(values, escape)
            found = read(parser().parse(bullet), [bullet])
            if len(found) == 1 and found[0].values == values:
                return bullet
    return _labelled(values, escaped)  # with a line's end in a field


def _plain(values: Mapping[str, str], escape: Callable[[str], str]) -> str:
    title, link = escape(values["title"]), values.get("link")
    shown = f"[{title}]({link})" if link else f'"{title}"'
    if model := escape(values.get("model", "")):
        shown = f'**{model}**: "{shown}"' if link else f"**{model}**: {shown}"
    beside = ", ".join([shown, *(escape(values[name]) for name in ("venue", "date") if name in values)])
    return f"- {beside}. {values['code']}" if "code" in values else f"- {beside}"


def _labelled(values: Mapping[str, str], escape: Callable[[str], str]) -> str:
    named = {name: values[name] if name == "code" else escape(values[name]) for name in FIELDS if name in values}
    return "- " + " ".join(f"**{name.capitalize()}:** {value}" for name, value in named.items())
