"""arXiv's `search_query`: `ti:`, `au:`, `abs:`, `all:`, quoted phrases, AND, OR, ANDNOT and parentheses.

Terms beside each other mean either. Like the real one it is bad at hyphens and colons: a term with one finds nothing.
"""

from __future__ import annotations

import re

from .values import words

TOKEN = re.compile(r'\s*(\(|\)|(?:[a-z]+:)?"[^"]*"|[^\s()"]+)')
FIELDS = {"ti": "ti", "au": "au", "abs": "abs", "all": "all"}


class BadQueryError(Exception):
    """A question that the API refuses: the error's name and its message."""


def search(text, index, full_text):
    """The ids that match, those with most of the words first, newer ones first among equals.

    `index` has ids by field and word, `full_text(id, field)` gives the words of a field with spaces around.
    """
    tokens = _tokens(text.replace("+", " "))
    reader = _Reader(tokens, index, full_text)
    found = reader.either()
    if reader.tokens:
        raise BadQueryError("malformed_query", "malformed query")
    asked = {word for token in tokens for word in words(_parts(token)[1])}
    ranks = {name: sum(name in index["all"].get(word, ()) for word in asked) for name in found}
    newest = sorted(found, reverse=True)
    return sorted(newest, key=lambda name: -ranks[name])


def _tokens(text):
    tokens, place = [], 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if not match:
            raise BadQueryError("malformed_query", "malformed query")
        tokens.append(match[1])
        place = match.end()
    return tokens


def _parts(token):
    field, colon, term = token.partition(":")
    return (FIELDS[field], term) if colon and field in FIELDS else ("all", token)


class _Reader:
    def __init__(self, tokens, index, full_text):
        self.tokens, self.index, self.full_text = list(tokens), index, full_text

    def next_is(self, *expected):
        return bool(self.tokens) and self.tokens[0] in expected

    def either(self):
        found = self.both()
        while self.tokens and not self.next_is(")"):
            if self.next_is("OR"):
                self.tokens.pop(0)
            found = found | self.both()
        return found

    def both(self):
        found = self.term()
        while self.next_is("AND", "ANDNOT"):
            is_and = self.tokens.pop(0) == "AND"
            other = self.term()
            found = found & other if is_and else found - other
        return found

    def term(self):
        if not self.tokens or self.next_is(")", "AND", "OR", "ANDNOT"):
            raise BadQueryError("malformed_query", "malformed query")
        term = self.tokens.pop(0)
        if term != "(":
            return self.matching(*_parts(term))
        found = self.either()
        if not self.next_is(")"):
            raise BadQueryError("malformed_query", "malformed query")
        self.tokens.pop(0)
        return found

    def matching(self, field, term):
        if re.search(r"[-–:]", term):
            return set()
        parts = words(term.replace("_", " "))
        found = set.intersection(*(set(self.index[field].get(word, ())) for word in parts)) if parts else set()
        phrase = f" {' '.join(parts)} "
        return {name for name in found if phrase in self.full_text(name, field)}
