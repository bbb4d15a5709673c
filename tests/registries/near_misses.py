"""Records that are easily taken for a paper, put into the registries; and the one case in which only a person can choose."""

from __future__ import annotations

from . import records
from .rules import CLASSES, ON_ARXIV, Maker
from .values import Preprint, fold, seeded


def add(world, papers, seed, near):
    """Put near misses of each paper into the registries: of every class (`near` None), or of so many that differ from paper to paper.

    A class is left out for a paper if it would give the title of another one, or another title of the same paper by its authors.
    """
    titles = {fold(title) for paper in papers for title in known_titles(paper)}
    for place, paper in enumerate(papers):
        for rule in _some(CLASSES, place, near):
            made = fresh(world.works, lambda again, rule=rule, paper=paper: rule(maker(paper, rule, seed, again)))
            title = fold(made["title"][0])
            if title in titles and (title not in own_titles(paper) or is_the_paper(made, paper)):
                continue
            world.add(made)
            _count(world, rule)
        for rule in _some(ON_ARXIV, place, near and near // 4):
            title, authors = rule(maker(paper, rule, seed))
            if fold(title) in titles and set(authors) & set(paper.authors):
                continue
            world.post(fresh(world.preprints, lambda again, paper=paper, it=(title, authors): _posted(paper, *it, again)))
            _count(world, rule)


def known_titles(paper):
    before = (paper.preprint.title, paper.preprint.first_title) if paper.preprint else ()
    return list(filter(None, (paper.title, paper.list_title, *before)))


def own_titles(paper):
    return set(map(fold, known_titles(paper)))


def is_the_paper(made, paper):
    """Whether a near miss is so near that it might as well be right: an article of the same people under a title of theirs."""
    plain = (
        made["type"] in ("journal-article", "proceedings-article", "book-chapter")
        and not made.get("update-to")
        and not made.get("subtitle")
    )
    same = [person.get("family", person.get("name")) for person in made["author"]] == [
        each.family or each.literal for each in paper.authors
    ]
    return plain and same


def maker(paper, rule, seed, again=0):
    draw = seeded("near", seed, paper.listing_id, rule.__name__, again)
    title = draw.choice((paper.title, paper.preprint.title if paper.preprint else paper.title))
    return Maker(paper, title, draw)


def fresh(known, make):
    """What `make` makes, with a DOI or an id that is not taken."""
    for again in range(100):
        made = make(again)
        if (made.id if isinstance(made, Preprint) else made["DOI"]) not in known:
            return made
    raise AssertionError("no free number")


def _posted(paper, title, authors, again):
    draw = seeded("posted", paper.listing_id, title, again)
    year = min(max(paper.year + draw.choice((-1, 0, 0, 1)), 2008), 2026)
    month = draw.randint(1, 12)
    number = f"{year % 100:02}{month:02}.{draw.randint(30_000, 99_999)}"
    return Preprint(number, title, tuple(authors), f"{year}-{month:02}-{draw.randint(1, 28):02}", "cs.IR", draw.randint(1, 2))


def _some(rules, place, count):
    if count is None:
        return rules
    return [rules[(place * count + step) % len(rules)] for step in range(count)]


def _count(world, rule):
    name = rule.__name__.replace("_", " ")
    world.near_misses[name] = world.near_misses.get(name, 0) + 1


def add_twin(world, paper, seed):
    """The same authors under the same title elsewhere, a year later: the DOI. Which one the list means only a person can say."""
    kind = "journal-article" if paper.type != "journal-article" else "proceedings-article"
    more = {"type": kind, "container-title": ["Another Place to Publish"], "publisher": paper.publisher}
    draw = seeded("twin", seed, paper.listing_id)
    doi = f"10.1145/8{draw.randint(100_000, 999_999)}.8{draw.randint(100_000, 999_999)}"
    world.add(records.record(doi, paper.title, paper.authors, [paper.year + 1, 3], more))
    return doi
