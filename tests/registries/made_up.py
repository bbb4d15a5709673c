"""Papers that do not exist, of the same kinds as real ones, in listings of all sorts: `made_up(count, seed)`, `both(count)`."""

from __future__ import annotations

import dataclasses
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

from . import vocabulary
from .awesome_list import Listing, as_markdown, write_catalog
from .papers import world_of
from .values import Paper, Preprint, World, fold, seeded, slug

# Sorts of listing, and how many of a hundred are of each. Where nothing else is said, the link is to arXiv and the label is right.
SORTS = {
    "same title": 20,  # published under the preprint's title
    "stale label": 10,  # the same, but the label still says arXiv
    "other title, arxiv:doi": 6,  # published under another title; the preprint names the DOI
    "other title, relation": 5,  # … the publisher names the preprint
    "other title": 6,  # … nobody does
    "preprint only": 14,
    "DOI link": 7,
    "publisher number": 8,  # the link has a number of the publisher's that ends the DOI
    "dead page": 4,  # the link is to a project page
    "venue without DOIs": 8,
    "wrong year": 3,  # in the label, by one
    "typo": 2,  # in the list's title
    "first title": 2,  # the list has the title of the first version
    "wrong arXiv link": 1,  # of another paper
    "wrong DOI link": 1,
    "superseded DOI link": 1,  # the link has a DOI that was replaced by the one that holds
    "wrong arxiv:doi": 1.5,  # the preprint names another paper's DOI, or one that nobody registered
    "published twice": 1.5,
}
NUMBERED = ("ICDE", "CVPR", "ICASSP", "AAAI", "ACL", "EMNLP")  # venues whose links have a number that ends the DOI


@dataclass
class MadeUp:
    world: World
    papers: list[Paper]
    listings: list[Listing]

    def markdown(self):
        return as_markdown(self.listings)

    def write(self, folder):
        """The catalog, the list as list.md, and what is true as truths.json."""
        write_catalog(folder, self.listings)
        (Path(folder) / "list.md").write_text(self.markdown(), encoding="utf-8")
        truths = json.dumps([dataclasses.asdict(truth) for truth in self.world.truths], indent=1, ensure_ascii=False)
        (Path(folder) / "truths.json").write_text(truths, encoding="utf-8")


def made_up(count, seed, near=8):
    """So many papers with their near misses (`near` classes each) and their listings."""
    maker, drafts, strays = _Maker(seed), [], []
    for number in range(count):
        draw = seeded("listing", seed, number)
        paper, listing = maker.listed(draw.choices([*SORTS], [*SORTS.values()])[0], draw)
        drafts.append((paper, listing))
        strays += maker.strays
        maker.strays = []
    papers = [paper for paper, _ in drafts]
    return MadeUp(world_of(papers, seed, near=near, strays=strays), papers, [listing for _, listing in drafts])


def both(count, seed=1):
    """Rows with an arXiv id in the link and the publication's DOI written beside it, all of them right, without near misses.

    No DOI has a comma: such a one must be asked alone, and it is the cost of the others that is measured with these.
    """
    maker, papers, listings = _Maker(seed), [], []
    for number in itertools.count():
        if len(papers) == count:
            break
        paper, listing = maker.listed("same title", seeded("both", seed, number))
        if "," in paper.doi:
            continue
        papers.append(dataclasses.replace(paper, sort="both"))
        listings.append(dataclasses.replace(listing, doi=paper.doi))
    return MadeUp(world_of(papers, seed, near=0, odd=False), papers, listings)


class _Maker:
    """Makes papers one after the other; no two share a name, a title, a DOI or an id."""

    def __init__(self, seed):
        self.seed = seed
        self.taken = set()
        self.strays = []  # papers that no listing means, but some links

    def fresh(self, make, name=str):
        for _ in range(1000):
            made = make()
            if name(made) not in self.taken:
                self.taken.add(name(made))
                return made
        raise AssertionError("nothing new")

    def listed(self, sort, draw):
        """A paper of a sort, and its listing."""
        paper, field, model, label = self.paper(sort, draw)
        link = self.link(sort, paper, draw)
        year = paper.year + (draw.choice((-1, 1)) if sort == "wrong year" else 0)
        posted = paper.preprint.published if paper.preprint else f"{paper.year}-{draw.randint(1, 12):02}-01"
        venue = f"{label}'{year % 100:02}"
        if sort in ("stale label", "preprint only"):
            venue = f"arXiv'{posted[2:4]}"
        title = _list_title(sort, paper, draw)
        paper = dataclasses.replace(paper, list_title=title, link=link)
        date = f"{posted[:4]}.{int(posted[5:7])}"
        return paper, Listing(paper.listing_id, field, title, link, date, venue, model)

    def paper(self, sort, draw):
        field = draw.choice([*vocabulary.FIELDS])
        model = self.fresh(lambda: vocabulary.model_name(draw), slug)
        title, earlier = self.titles(draw, field, model)
        venues = [
            venue
            for venue in vocabulary.VENUES
            if field in venue.fields and (sort != "publisher number" or venue.label in NUMBERED)
        ]
        venue = draw.choice(venues or [venue for venue in vocabulary.VENUES if venue.label in NUMBERED])
        year = draw.randint(2016, 2026)
        people = vocabulary.authors(draw)
        doi = None if sort in ("preprint only", "venue without DOIs") else self.fresh(lambda: _doi(venue, year, draw))
        number = draw.randint(20, 60)
        paper = Paper(
            slug(model), title, people, year, month=draw.choice((None, *range(1, 13))), type=venue.type, publisher=venue.publisher,
            container=venue.container.format(y=year, n=number), series=venue.series, doi=doi, sort=sort,
            volume=str(number) if venue.type == "journal-article" else "", issue=str(draw.randint(1, 12)) if venue.type == "journal-article" else "",
            page=f"{number * 31}-{number * 31 + draw.randint(3, 14)}", twin=sort == "published twice", relation=sort == "other title, relation",
        )  # fmt: skip
        if sort in ("same title", "stale label", "dead page", "typo"):
            paper = dataclasses.replace(paper, relation=draw.random() < 0.15)
        if sort == "superseded DOI link":
            paper = dataclasses.replace(paper, alias=f"10.1234/old.{slug(model)}")
        if sort not in ("DOI link", "publisher number") or draw.random() < 0.5:
            paper = dataclasses.replace(paper, preprint=self.preprint(sort, paper, earlier, draw))
        label = venue.label
        if sort == "venue without DOIs":
            label, container = draw.choice(vocabulary.WITHOUT_DOI)
            paper = dataclasses.replace(paper, container=container, series="", volume="", issue="")
        return paper, field, model, label

    def titles(self, draw, field, model):
        """A title that no other paper has, and another one as good."""
        for _ in range(1000):
            title, earlier = vocabulary.titles(draw, field, model)
            both = {fold(title), fold(earlier)}
            if len(both) == 2 and not both & self.taken:
                self.taken |= both
                return title, earlier
        raise AssertionError("no new title")

    def preprint(self, sort, paper, earlier, draw):
        renamed = sort.startswith("other title")
        posted = f"{paper.year - draw.choice((0, 1, 1, 2))}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        name = self.fresh(lambda: f"{posted[2:4]}{posted[5:7]}.{draw.randint(1, 29_999):05}")
        is_named = sort == "other title, arxiv:doi" or (sort in ("same title", "stale label", "typo") and draw.random() < 0.33)
        doi = paper.doi if is_named and paper.doi else ""
        if sort == "wrong arxiv:doi":
            doi = self.stray(draw).doi if draw.random() < 0.6 else f"10.1145/{draw.randint(1000, 9999)}.dead"
        return Preprint(
            id=name,
            title=earlier if renamed else paper.title,
            authors=_before(paper.authors, draw),
            published=posted,
            primary_class=draw.choice(("cs.IR", "cs.CL", "cs.CV", "cs.DB", "q-bio.QM", "physics.ao-ph")),
            versions=draw.randint(2, 4) if sort == "first title" else draw.randint(1, 3),
            first_title=earlier if sort == "first title" else "",
            comment=draw.choice(("", "12 pages, 4 figures", f"To appear in {paper.container}", "Code available")),
            journal_ref=f"{paper.container}, {paper.year}" if paper.doi and draw.random() < 0.12 else "",
            doi=doi,
        )

    def stray(self, draw):
        """A paper on its own that no listing means."""
        paper = self.paper("same title", draw)[0]
        self.strays.append(paper)
        return paper

    def link(self, sort, paper, draw):
        special = {
            "dead page": lambda: f"https://{paper.listing_id}.project-pages.example/index.html",
            "wrong DOI link": lambda: f"https://doi.org/{self.stray(draw).doi}",
            "wrong arXiv link": lambda: f"https://arxiv.org/abs/{self.stray(draw).preprint.id}",
            "superseded DOI link": lambda: f"https://doi.org/{paper.alias}",
            "publisher number": lambda: _numbered_link(paper),
        }
        if sort in special:
            return special[sort]()
        if sort == "DOI link":
            ways = {
                "ACM": "https://dl.acm.org/doi/pdf/{}",
                "Springer": "https://link.springer.com/content/pdf/{}.pdf",
                "IEEE": "https://doi.org/{}",
            }
            return ways.get(paper.publisher, "https://doi.org/{}").format(paper.doi)
        if sort == "venue without DOIs" and draw.random() < 0.3:
            return f"https://openreview.net/forum?id={''.join(draw.choices('abcdefghijkmnpqrstuvwxyzABCDEFGH23456789', k=10))}"
        form = draw.choice(
            (
                "https://arxiv.org/abs/{}",
                "https://arxiv.org/pdf/{}",
                "https://arxiv.org/pdf/{}",
                "https://www.arxiv.org/pdf/{}",
                "https://arxiv.org/pdf/{}v1.pdf",
            )
        )
        return form.format(paper.preprint.id)


def _doi(venue, year, draw):
    """Near misses have other numbers, see near_misses.py."""
    numbers = {"a": draw.randint(10_000, 39_999), "b": draw.randint(10_000, 89_999), "c": draw.randint(10_000_000, 10_999_999)}
    return venue.doi.format(
        **numbers, y=year, n=draw.randint(30, 60), d=draw.randint(1, 9), e=draw.randint(1, 999), l=draw.choice("ABCDEO")
    )


def _numbered_link(paper):
    if "aaai" in paper.doi:
        number = paper.doi.rpartition(".")[2]
        return f"https://ojs.aaai.org/index.php/AAAI/article/view/{number}/{int(number) + 1654}"
    if "18653" in paper.doi:
        return f"https://aclanthology.org/{paper.doi.rpartition('/')[2]}.pdf"
    return f"https://ieeexplore.ieee.org/document/{paper.doi.rpartition('.')[2]}"


def _before(people, draw):
    """The preprint's authors: now and then one is missing, one more is there, or two are in the other order."""
    listed, way = list(people), draw.random()
    if way < 0.06 and len(listed) > 3:
        listed.pop(draw.randrange(1, len(listed)))
    elif way < 0.12:
        listed.insert(draw.randrange(len(listed)), vocabulary.people(draw, 1, besides=people)[0])
    elif way < 0.16 and len(listed) > 2:
        listed[0], listed[1] = listed[1], listed[0]
    return tuple(_lower(person) if draw.random() < 0.01 else person for person in listed)


def _lower(person):
    return (
        person
        if person.literal or not person.given
        else dataclasses.replace(person, printed=f"{person.given} {person.family.lower()}")
    )


def _list_title(sort, paper, draw):
    if sort == "first title":
        return paper.preprint.first_title
    shown = paper.preprint.title if paper.preprint else paper.title
    if sort.startswith("other title") and draw.random() < 0.4:
        return paper.title
    if sort != "typo":
        return shown
    word = draw.choice([word for word in shown.split() if len(word) > 6 and word.isalpha()] or [shown.split()[0]])
    place = draw.randrange(1, len(word) - 2)
    return shown.replace(word, word[:place] + word[place + 1] + word[place] + word[place + 2 :], 1)
