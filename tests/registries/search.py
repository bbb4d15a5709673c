"""Crossref's search: relevance over words, any of which may match. The nearest record is on top, whoever's it is."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict

from .values import words

MOST = 1000  # records of an answer, whatever is asked
ENOUGH = 2000  # records found by rare words; common words then only rank these
KEPT = 600  # of which the best are ranked with the common words too


class Index:
    """Words of records, by field: `title`, `author`, and `all` with year and container."""

    def __init__(self, records):
        self.dois = [record["DOI"] for record in records]
        self.found = {name: defaultdict(set) for name in ("title", "author", "all")}
        self.lengths = []
        for place, record in enumerate(records):
            parts = texts(record)
            for name, text in parts.items():
                for word in words(text):
                    self.found[name][word].add(place)
            self.lengths.append(len(words(parts["all"])))
        self.mean = sum(self.lengths) / max(len(self.lengths), 1)

    def search(self, asked):
        """All (DOI, score), best first, that have a word of each asked (field, text)."""
        scores = [self._scores(self.found[name], set(words(text))) for name, text in asked]
        total = scores[0]
        for other in scores[1:]:
            total = {place: score + other[place] for place, score in total.items() if place in other}
        best = heapq.nlargest(MOST, ((score, -place) for place, score in total.items()))
        return [(self.dois[-place], round(score, 5)) for score, place in best], len(total)

    def _scores(self, found, asked):
        scores = defaultdict(float)
        ranked = scores
        for word in sorted(asked & found.keys(), key=lambda word: (len(found[word]), word)):
            worth = math.log(1 + len(self.dois) / len(found[word])) ** 1.5
            if ranked is scores and len(scores) > ENOUGH:
                ranked = dict.fromkeys(heapq.nlargest(KEPT, scores, key=lambda place: (scores[place], -place)))
            places = found[word] if ranked is scores else ranked.keys() & found[word]
            for place in places:
                scores[place] += worth * 9 / (8 + self.lengths[place] / self.mean)
        return scores


def texts(record):
    """What is searched. A record may have nulls and wrong types inside."""
    title = " ".join([*_texts(record.get("title")), *_texts(record.get("subtitle"))])
    people = [person for person in record.get("author") or () if isinstance(person, dict)]
    names = " ".join(str(person.get(part) or "") for person in people for part in ("given", "family", "name"))
    date = (record.get("issued") or {}).get("date-parts") or [[""]]
    container = " ".join(_texts(record.get("container-title")))
    return {"title": title, "author": names, "all": f"{title} {names} {container} {date[0][0] or ''}"}


def _texts(value):
    return [value] if isinstance(value, str) else [text for text in value or () if isinstance(text, str)]
