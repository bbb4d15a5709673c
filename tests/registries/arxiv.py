"""arXiv's API: `/api/query` with `id_list` and `search_query`, as Atom in the order of elements of 2026."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import defaultdict
from xml.sax.saxutils import escape

from .answers import ATOM, Answer
from .arxiv_query import BadQueryError, search
from .values import words

ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v([1-9]\d*))?")
PAGE, MOST, END = 10, 2000, 30_000
SPACES = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"'
NOW = "2026-11-23T04:00:00Z"


class Arxiv:
    def __init__(self, world):
        self.preprints = world.preprints
        self.index = {field: defaultdict(set) for field in ("ti", "au", "abs", "all")}
        for preprint in self.preprints.values():
            parts = {"ti": preprint.title, "au": _names(preprint), "abs": _summary(preprint)}
            for field, text in parts.items():
                for word in words(text):
                    self.index[field][word].add(preprint.id)
                    self.index["all"][word].add(preprint.id)

    def answer(self, query):
        query = dict(query)
        ids, asked = query.get("id_list", ""), query.get("search_query", "")
        try:
            start, size = _number(query, "start", 0), _number(query, "max_results", PAGE)
            if size > MOST or start + size > END:
                raise BadQueryError("max_results_cannot_be_greater_than_2000", "max_results cannot be greater than 2000")
            found = self._find(ids, asked)
        except BadQueryError as fault:
            return Answer(_error(*fault.args), 400, ATOM)
        page = found[start : start + size]
        asks = tuple(f"arxiv {name}" for name in filter(None, ids.split(","))) + ((f"arxiv {asked} +{start}",) if asked else ())
        shown = f"search_query={asked}&start={start}&max_results={size}&id_list={ids}"
        body, empty = (_feed(shown, (start, size, len(found)), entries) for entries in ([self._entry(*hit) for hit in page], []))
        return Answer(body, 200, ATOM, asks=asks, empty=empty if page else None)

    def _find(self, ids, asked):
        """(id, version) of all hits: those listed, not in the order of the question, or those found."""
        listed = [self._listed(text.strip()) for text in ids.split(",")] if ids else []
        matched = search(asked, self.index, self._text) if asked else None
        if not ids:
            return [(name, None) for name in matched or ()]
        known = {hit for hit in listed if hit and (matched is None or hit[0] in matched)}
        return sorted(known, key=lambda hit: (hashlib.sha256(hit[0].encode()).digest(), hit[1] or 0))

    def _listed(self, text):
        match = ID.fullmatch(text)
        if not match:
            raise BadQueryError(f"incorrect_id_format_for_{text}", f"incorrect id format for {text}")
        preprint = self.preprints.get(match[1])
        version = int(match[2]) if match[2] else None
        return (match[1], version) if preprint and (version or 1) <= preprint.versions else None

    def _text(self, name, field):
        preprint = self.preprints[name]
        parts = {"ti": preprint.title, "au": _names(preprint), "abs": _summary(preprint)}
        return f" {' '.join(words(parts.get(field) or ' '.join(parts.values())))} "

    def _entry(self, name, version):
        preprint = self.preprints[name]
        shown = version or preprint.versions
        first = shown == 1 and preprint.versions > 1
        title = (first and preprint.first_title) or preprint.title
        authors = (first and preprint.first_authors) or preprint.authors
        address = f"arxiv.org/abs/{name}v{shown}"
        wrapped = "\n  ".join(textwrap.wrap(title, 60, break_on_hyphens=False)) if int(name[-1]) % 2 else title
        lines = [
            f"<id>http://{address}</id>",
            f"<title>{escape(wrapped)}</title>",
            f"<updated>{_day(preprint.published, shown - 1)}</updated>",
            f'<link href="https://{address}" rel="alternate" type="text/html"/>',
            f'<link href="https://arxiv.org/pdf/{name}v{shown}" rel="related" type="application/pdf" title="pdf"/>',
            f"<summary>{escape(_summary(preprint))}</summary>",
            f'<category term="{preprint.primary_class}" scheme="http://arxiv.org/schemas/atom"/>',
            f"<published>{_day(preprint.published, 0)}</published>",
            f"<arxiv:comment>{escape(preprint.comment)}</arxiv:comment>" if preprint.comment else "",
            f'<arxiv:primary_category term="{preprint.primary_class}"/>',
            f"<arxiv:journal_ref>{escape(preprint.journal_ref)}</arxiv:journal_ref>" if preprint.journal_ref else "",
            *(_author(person, place) for place, person in enumerate(authors)),
        ]
        if preprint.doi:
            lines.append(f"<arxiv:doi>{escape(preprint.doi)}</arxiv:doi>")
            lines.append(f'<link rel="related" href="https://doi.org/{escape(preprint.doi)}" title="doi"/>')
        return "  <entry>\n" + "".join(f"    {line}\n" for line in lines if line) + "  </entry>\n"


def _names(preprint):
    return " ; ".join(person.as_printed() for person in preprint.authors)


def _summary(preprint):
    return f"We study {preprint.title.partition(':')[2].strip() or preprint.title}.\nExperiments show that it helps."


def _author(person, place):
    affiliation = "<arxiv:affiliation>A University</arxiv:affiliation>" if place == 0 and len(person.family) == 7 else ""
    return f"<author>\n      <name>{escape(person.as_printed())}</name>\n    {affiliation}</author>"


def _day(day, later):
    year, month, date = day.split("-")
    return f"{int(year) + later // 2}-{month}-{date}T{9 + later:02}:15:05Z"


def _number(query, name, otherwise):
    text = query.get(name, str(otherwise))
    if not text.isascii() or not text.isdigit():
        raise BadQueryError(f"{name}_must_be_an_integer", f"{name} must be an integer")
    return int(text)


def _feed(shown, counts, entries):
    start, size, total = counts
    name = hashlib.sha256(shown.encode()).hexdigest()[:27]
    head = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<feed {SPACES}>\n  <id>https://arxiv.org/api/{name}</id>\n"
        f"  <title>arXiv Query: {escape(shown)}</title>\n  <updated>{NOW}</updated>\n"
        f'  <link href="https://arxiv.org/api/query?{escape(shown, {chr(34): "&quot;"})}" type="application/atom+xml"/>\n'
        f"  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )
    return (head + "".join(entries) + "</feed>\n").encode()


def _error(name, message):
    address = f"https://arxiv.org/api/errors#{escape(name, {chr(34): '&quot;'})}"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<feed {SPACES}>\n  <id>https://arxiv.org/</id>\n  <title>arXiv Search Results</title>\n"
        f"  <updated>{NOW}</updated>\n  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>\n"
        "  <opensearch:totalResults>1</opensearch:totalResults>\n  <opensearch:startIndex>0</opensearch:startIndex>\n"
        f"  <entry>\n    <id>{address}</id>\n    <title>Error</title>\n    <updated>{NOW}</updated>\n"
        f'    <link href="{address}" rel="alternate" type="text/html"/>\n    <summary>{escape(message)}</summary>\n'
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n</feed>\n"
    ).encode()
