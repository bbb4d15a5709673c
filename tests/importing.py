"""What the tests of imported bibliographies share: works as a file gives them, and the project's own list written and read."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

from conftest import DATA

from llm4rs_bib import export, load
from llm4rs_bib.ids import arxiv_doi
from llm4rs_bib.model import DERIVED, Name, Work
from llm4rs_bib.readers import read

FILES = {
    "bibtex": "references.bib",
    "biblatex": "references.biblatex.bib",
    "csl-json": "references.json",
    "ris": "references.ris",
}


def names(*written):
    """The names, each as `Name.parse` reads it."""
    return tuple(map(Name.parse, written))


def posted(arxiv_id, title, **fields):
    """A preprint on arXiv whose DOI no file has said."""
    given = {"doi": arxiv_doi(arxiv_id), "sources": {"doi": DERIVED}, **fields}
    return Work(type="preprint", title=title, arxiv_id=arxiv_id, **given)


def rows(found):
    """Line, key, published work and preprint of each entry."""
    return [(int(each.where.rpartition(":")[2]), each.key, each.published, each.preprint) for each in found.entries]


@cache
def own_list():
    """The project's list."""
    return load()


@cache
def written_and_read(format):
    """The project's list, written in a format and read again."""
    return read(export(own_list(), format), FILES[format])


def differences(found, lost):
    """Fields of works that were not read as they were written, but for those that are `lost`: (part, field)."""
    read_again = {entry.key: entry for entry in found.entries}
    for entry in own_list().entries:
        for part in ("published", "preprint"):
            was, is_now = getattr(entry.record, part), getattr(read_again[entry.key], part)
            if (was is None) != (is_now is None):
                yield entry.key, part, was, is_now
            elif was:
                for name in (each.name for each in fields(Work)):
                    one, other = getattr(was, name), getattr(is_now, name)
                    if one != other and (part, name) not in lost:
                        yield entry.key, f"{part} {name}", one, other


def without_sources(work):
    """The work, without what says where its fields were seen."""
    return replace(work, sources={})


@cache
def stress_list():
    """The list of hard cases."""
    return load(DATA / "stress")


def stressed(format):
    """Of the list of hard cases, (key, field) of what is not read as it was written."""
    found = read(export(stress_list(), format), FILES[format])
    read_again = {entry.key: entry for entry in found.entries}
    assert [entry.key for entry in stress_list().entries] == list(read_again)
    assert (found.left_out, found.warnings) == ((), ())
    return {
        (entry.key, name)
        for entry in stress_list().entries
        for name in (each.name for each in fields(Work) if each.name not in ("venue_short", "other_titles", "sources"))
        if getattr(entry.work, name) != getattr(read_again[entry.key].work, name)
    }
