"""A Markdown text → its sections: headings, and the tables and bullets under them that list papers.

Blocks: https://github.github.com/gfm/#blocks-and-inlines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from markdown_it.token import Token

from ..markdown import links, parser, pieces, pieces_of, words
from . import bullets
from .bullets import Bullet
from .html import regions
from .links import identifies
from .nested import unfolded
from .tables import Table, read_tables

_HTML_HEADING = r"(?is)<h([1-6])\b[^>]*>(.*?)</h\1\s*>"
_SUMMARY = r"(?is)<summary\b[^>]*>(.*?)</summary\s*>"
_ADDRESS = r"""(?i)(?:\bhref\s*=\s*["']?|\]\()([^"'\s>)]+)"""
_LONGEST_HEADING = 12  # words; a longer bold paragraph is a sentence


@dataclass(frozen=True)
class Heading:
    """A heading and its lines (from 0; `end` is the line behind)."""

    words: str
    level: int
    begin: int
    end: int
    markdown: str | None = None  # the lines, where `## words` does not give them back; "": none


@dataclass(frozen=True)
class Bullets:
    """Lists of bullets with nothing between them."""

    begin: int
    end: int
    bullets: tuple[Bullet, ...]


Block = Table | Bullets


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, at most one block of papers."""

    heading: Heading
    block: Block | None
    end: int


@dataclass(frozen=True)
class Document:
    """A text as far as lists are concerned."""

    lines: Sequence[str]
    title: Heading | None
    sections: tuple[Section, ...]
    others: tuple[Table, ...]  # tables that list no papers
    unread: tuple[tuple[int, int], ...]  # (line, how many links to papers) of all other text
    strays: tuple[int, ...]  # lines that begin as a table's row does, but are none's


def read(markdown: str, lines: Sequence[str], columns: dict[str, str], generated: Collection[int] = ()) -> Document:
    """The sections of a text, whose lines are given too. `columns`: heading of a column → its field, as a person said.

    `generated`: as in `read_tables`.
    """
    tokens = unfolded(parser().parse(markdown))
    tops = list(_tops(tokens))
    tables = list(read_tables(tokens, lines, columns, generated))
    listing = [table for table in tables if table.has_papers]
    in_html = list(regions(tokens, lines, columns))
    apart = (top for top in tops if not any(each.begin < top.end and top.begin < each.end for each in in_html))
    outside = [token for top in apart for token in top.tokens]
    found = bullets.read(outside, lines, [item for each in in_html for item in each.items])
    papers = [bullet.line for bullet in found if bullet.values or bullet.reason]
    marks = _headings(tops, lines, sorted([*papers, *(table.begin for table in listing)]))
    stops = sorted([*(mark.begin for mark in marks), *(table.begin for table in listing)])
    blocks: list[Block] = [*listing, *_runs(found, stops)]
    blocks.sort(key=lambda block: block.begin)
    title, sections = _sections(marks, blocks, lines)
    known = [(each.begin, each.end) for each in (*blocks, *(region for region in in_html if region.has_papers))]
    others = tuple(table for table in tables if not table.has_papers)
    return Document(lines, title, tuple(sections), others, tuple(_elsewhere(tops, known)), tuple(_strays(tops, tables, lines)))


@dataclass(frozen=True)
class _Top:
    """A block at the top of the text: its tokens and lines."""

    tokens: Sequence[Token]
    begin: int
    end: int

    @property
    def kind(self) -> str:
        return self.tokens[0].type.removesuffix("_open")


def _tops(tokens: Sequence[Token]) -> Iterator[_Top]:
    start = 0
    for i, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            begin, end = tokens[start].map or [0, 0]
            yield _Top(tokens[start : i + 1], begin, end)
            start = i + 1


def _runs(found: Sequence[Bullet], stops: Sequence[int]) -> Iterator[Bullets]:
    """The bullets from the first paper to the last between two stops (lines of headings and tables)."""
    for _, run in groupby(found, lambda bullet: bisect_right(stops, bullet.line)):
        some = list(run)
        papers = [i for i, bullet in enumerate(some) if bullet.values or bullet.reason]
        if papers:
            part = tuple(some[papers[0] : papers[-1] + 1])
            yield Bullets(part[0].line, part[-1].line + part[-1].text.count("\n") + 1, part)


def _is_bold(top: _Top) -> bool:
    """Whether it is a paragraph of bold words alone, without links, as people write for a heading."""
    if top.kind != "paragraph":
        return False
    some = [piece for piece in pieces_of(top.tokens[1].children or ()) if re.search(r"\w", piece.text) and not piece.picture]
    return (
        bool(some)
        and all("strong" in piece.styles and not piece.link for piece in some)
        and "\n" not in top.tokens[1].content.strip()
    )


def _headings(tops: Sequence[_Top], lines: Sequence[str], papers: Sequence[int]) -> list[Heading]:
    """All headings, in whatever form; a bold paragraph is one where papers follow at once. `papers`: their lines."""
    listed = set(papers)
    levels = [1]  # of the heading above, and of the summaries that are open under it
    found: list[Heading] = []
    for top, following in pairwise([*tops, _Top([Token("", "", 0)], len(lines), len(lines))]):
        heading: Heading | None = None
        if top.begin in listed:  # a heading, or a bold paragraph, that is a paper's title
            continue
        if top.kind == "heading":
            heading = _heading(top, lines)
            levels = [heading.level]
        elif top.kind == "html_block":
            html = top.tokens[0].content.lower()
            heading = _html_heading(top, lines, levels[-1], papers)
            if heading:
                levels = [*levels, heading.level] if "<summary" in html else [heading.level]
            if "</details" in html and len(levels) > 1:
                levels.pop()
        elif _is_bold(top) and any(following.begin <= line < following.end for line in _from(papers, following.begin)):
            said = words(pieces_of(top.tokens[1].children or ())).rstrip(":：").strip()
            if len(said.split()) <= _LONGEST_HEADING:
                heading = _kept(Heading(said, min(levels[-1] + 1, 6), top.begin, top.end), lines)
        found += [heading] if heading else []
    return found


def _from(papers: Sequence[int], line: int) -> Sequence[int]:
    """The first paper's line at or behind a line, if there is one."""
    at = bisect_left(papers, line)
    return papers[at : at + 1]


def _heading(top: _Top, lines: Sequence[str]) -> Heading:
    level = int(top.tokens[0].tag[1])
    heading = Heading(top.tokens[1].content, level, top.begin, top.end)
    return heading if lines[top.begin].rstrip() == f"{'#' * level} {heading.words}" else _kept(heading, lines)


def _kept(heading: Heading, lines: Sequence[str]) -> Heading:
    return replace(heading, markdown="\n".join(lines[heading.begin : heading.end]).strip("\n"))


def _html_heading(top: _Top, lines: Sequence[str], level: int, papers: Sequence[int]) -> Heading | None:
    """`<h2>…</h2>`; `<summary>…</summary>` of details in which papers stand."""
    html = top.tokens[0].content
    if match := re.search(_HTML_HEADING, html):
        level, inside = int(match[1]), match[2]
    elif match := re.search(_SUMMARY, html):
        level, inside = min(level + 1, 6), match[1]
        close = next((i for i in range(top.begin, len(lines)) if "</details" in lines[i].lower()), len(lines))
        if not any(top.end <= line < close for line in _from(papers, top.end)):
            return None
    else:
        return None
    said = " ".join(re.sub(r"<[^>]*>", " ", inside).split())
    is_handle = re.search(r"(?i)\b(?:click|expand|collapse|unfold|fold|show|hide|see more)\b", said)
    return _kept(Heading(said, level, top.begin, top.end), lines) if said and not is_handle else None


def _title(heading: Heading, lines: Sequence[str]) -> Heading:
    """The list's title in words: badges and links stand in its Markdown."""
    said = words(pieces(heading.words))
    return heading if said == heading.words else _kept(replace(heading, words=said or heading.words), lines)


def _sections(marks: list[Heading], blocks: Sequence[Block], lines: Sequence[str]) -> tuple[Heading | None, list[Section]]:
    """The list's title, and its sections: one for each heading, and for each further block of papers under it."""
    last = len(lines)
    first = blocks[0].begin if blocks else last
    title = _title(marks.pop(0), lines) if marks and marks[0].level == 1 and marks[0].begin < first else None
    begin = title.end if title else 0
    if first < (marks[0].begin if marks else last):  # papers before any heading of their own
        marks.insert(0, Heading(title.words if title else "Papers", 2, begin, begin, ""))
    sections: list[Section] = []
    for mark, end in zip(marks, [*(each.begin for each in marks[1:]), last], strict=False):
        mine = [block for block in blocks if mark.begin <= block.begin < end]
        ends = [block.begin for block in mine[1:]] + [end]
        sections.append(Section(mark, mine[0] if mine else None, ends[0]))
        for block, block_end in zip(mine[1:], ends[1:], strict=True):
            above = replace(mark, begin=block.begin, end=block.begin, markdown="")
            sections.append(Section(above, block, block_end))
    return title, sections


def _elsewhere(tops: Sequence[_Top], inside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Text that links to papers, outside of the lines of blocks."""
    for top in tops:
        found = 0
        for token in top.tokens:  # a list may begin before the block: with what groups its papers
            first, last = token.map or (top.begin, top.end)
            if token.type not in ("inline", "html_block") or any(begin < last and first < end for begin, end in inside):
                continue
            if token.type == "inline":
                found += sum(identifies(link.href) for link in links(pieces_of(token.children or ())))
            elif token.level == 0:
                found += sum(map(identifies, re.findall(_ADDRESS, token.content)))
        if found:
            yield top.begin, found


def _strays(tops: Sequence[_Top], tables: Sequence[Table], lines: Sequence[str]) -> Iterator[int]:
    blocks = [
        (top.begin, top.end)
        for top in tops
        if top.kind in ("fence", "code_block", "html_block") or top.kind in ("bullet_list", "ordered_list")
    ]
    read = {line for begin, end in [*blocks, *((table.begin, table.end) for table in tables)] for line in range(begin, end)}
    yield from (number for number, line in enumerate(lines) if line.lstrip().startswith("|") and number not in read)
