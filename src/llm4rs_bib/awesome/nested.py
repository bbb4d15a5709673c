"""Bullets that hold tables, taken apart: their blocks stand as if they were at the top of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markdown_it.token import Token


def unfolded(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a text, without the bullets around tables; other bullets stay, in lists of their own."""
    if not any(token.type == "table_open" and token.level for token in tokens):
        return list(tokens)
    return [token for block in _blocks(tokens) for token in _unfolded(block)]


def _unfolded(block: Sequence[Token]) -> Iterator[Token]:
    if not block[0].type.endswith("list_open") or not _holds_table(block):
        yield from _raised(block)
        return
    for holds_table, items in groupby(_blocks(block[1:-1]), _holds_table):
        if holds_table:
            yield from (token for item in items for inner in _blocks(item[1:-1]) for token in _unfolded(inner))
        else:
            yield from _raised([block[0].copy(), *(token for item in items for token in item), block[-1].copy()])


def _holds_table(block: Sequence[Token]) -> bool:
    return any(token.type == "table_open" for token in block)


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The blocks that stand beside each other."""
    start, level = 0, tokens[0].level if tokens else 0  # levels change meanwhile
    for i, token in enumerate(tokens):
        if token.level == level and token.nesting <= 0:
            yield tokens[start : i + 1]
            start = i + 1


def _raised(block: Sequence[Token]) -> Iterator[Token]:
    by = block[0].level
    for token in block:
        token.level -= by
        yield token
