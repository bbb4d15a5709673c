"""Oddities, sprinkled over records by seed.

The shares are those measured over 2,368 real records, or more; ceilings, so that among few papers too each occurs that any record
can have. A group's oddities exclude each other.
"""

from __future__ import annotations

import math

from . import oddities as odd_by
from .oddities import Odd
from .values import seeded

GROUPS = {
    "title": {
        odd_by.subtitle_apart: 0.14, odd_by.title_in_capitals: 0.05, odd_by.title_in_sentence_case: 0.08,
        odd_by.tags_in_title: 0.04, odd_by.mathml_in_title: 0.02, odd_by.entities_in_title: 0.02, odd_by.entities_twice: 0.02, odd_by.line_breaks: 0.03, odd_by.title_a_string: 0.005,
    },
    "authors": {
        odd_by.no_authors: 0.148, odd_by.initials: 0.131, odd_by.families_in_capitals: 0.04,
        odd_by.one_without_given: 0.021, odd_by.group_as_last_author: 0.011,
        odd_by.author_null: 0.005,
    },
    "persons": {odd_by.orcids: 0.21, odd_by.old_style_authors: 0.1},
    "editors": {odd_by.editors: 0.05},
    "date": {
        odd_by.no_date: 0.041, odd_by.year_only: 0.152, odd_by.online_a_year_before: 0.1, odd_by.online_too: 0.2,
        odd_by.year_as_text: 0.005,
    },
    "container": {
        odd_by.no_container: 0.06, odd_by.entity_in_container: 0.05, odd_by.event_over_lines: 0.1, odd_by.two_containers: 0.03,
        odd_by.container_a_string: 0.005,
    },
    "place": {odd_by.article_number: 0.03, odd_by.number_in_volume: 0.005},
    "update": {odd_by.updated_by: 0.03},
}  # fmt: skip
FITS = {
    odd_by.subtitle_apart: lambda odd: ": " in odd.title and odd.paper.publisher in ("ACM", "Springer", "Elsevier BV"),
    odd_by.line_breaks: lambda odd: " " in odd.title,
    odd_by.tags_in_title: lambda odd: any(word.isalpha() for word in odd.title.split()),
    odd_by.families_in_capitals: lambda odd: all(_comes_back(person.family) for person in odd.authors if not person.literal),
    odd_by.initials: lambda odd: all(person.given for person in odd.authors),
    odd_by.one_without_given: lambda odd: len(odd.authors) > 1 and all(person.given for person in odd.authors),
    odd_by.orcids: lambda odd: odd.record.get("author"),
    odd_by.old_style_authors: lambda odd: odd.record.get("author"),
    odd_by.entity_in_container: lambda odd: any(" and " in name for name in odd.record["container-title"]),
    odd_by.event_over_lines: lambda odd: "event" in odd.record and " on " in odd.record["event"]["name"],
    odd_by.two_containers: lambda odd: odd.record["type"] == "proceedings-article" and odd.paper.publisher == "Springer",
    odd_by.article_number: lambda odd: odd.record["type"] == "journal-article",
}


def _comes_back(family):
    """Whether the name in capitals can be set right without guessing."""
    return "-".join(part.capitalize() for part in family.split("-")) == family


def sprinkle(papers, plain, seed):
    """Make the records odd in place; of each DOI: the oddities' names, the authors to expect, their whole names."""
    odd = {
        paper.doi.lower(): Odd(paper, plain[paper.doi.lower()], seeded("odd", seed, paper.doi.lower()), paper.authors)
        for paper in papers
        if paper.doi
    }
    for group, shares in GROUPS.items():
        free = list(odd.values())
        seeded("oddities", seed, group).shuffle(free)
        for change, share in shares.items():
            fitting = [each for each in free if FITS.get(change, bool)(each)]
            for each in fitting[: math.ceil(share * len(odd))]:
                change(each)
                each.remarks.append(change.__name__.replace("_", " "))
                free.remove(each)
    return {doi: (tuple(each.remarks), each.authors, each.full) for doi, each in odd.items()}
