"""Our 69 listings as the two registries would have them: the checked facts, with what their notes say about preprints."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from . import near_misses, records
from .sprinkle import sprinkle
from .values import Paper, Person, Preprint, Truth, World, fold, seeded

ROOT = Path(__file__).parent.parent.parent
FACTS = ROOT / "tests" / "data" / "facts.json"
CATEGORIES = ("llm4rs-survey", "knowledge-enhancement", "interaction-enhancement", "model-enhancement")
TYPES = {"article-journal": "journal-article", "paper-conference": "proceedings-article"}
TWINS = (2, 46, 63)  # rows whose authors publish under the same title a second time, so that only a person can choose

# Rows whose preprint has other authors than the publication: what is taken away, and what is put in front of whom.
WITHOUT = {4: "Kai Zheng", 48: "Han Li", 63: "Wanyu Wang; Yuyang Ye"}
WITH = {12: ("Rui Zhang", "Yong Yu")}
WHOLE = {
    43: "Artun Boz; Wouter Zorgdrager; Zoe Kotti; Jesse Harte; Panos Louridas; Dietmar Jannach; Vassilios Karakoidas; Marios Fragkoulis",
    45: "Lanling Xu; Zhen Tian; Bingqian Li; Junjie Zhang; Jinpeng Wang; Mingchen Cai; Wayne Xin Zhao",
}
SPELT = {13: {"James Zhang": "James Y Zhang"}, 33: {"Ed H. Chi": "Ed Chi"}}  # the person's name itself differs
PRINTED = {49: {"Zhaoxin Huan": "ZhaoXin Huan"}, 52: {"Di Wu": "Di wu"}, 60: {"Di Wu": "Di wu"}}  # only how arXiv writes it
# First versions: other authors, other titles.
FIRST_AUTHORS = {
    3: "Wenqi Fan; Zihuai Zhao; Jiatong Li; Yunqing Liu; Xiaowei Mei; Yiqi Wang; Jiliang Tang; Qing Li",
    14: "Fan Liu; Yaqi Liu; Zhiyong Cheng; Liqiang Nie; Mohan Kankanhalli",
    27: "Jiahao Tian; Jinman Zhao; Zhenkai Wang; Zhicheng Ding",
    32: "Feiran Huang; Zhenghang Yang; Junyi Jiang; Yuanchen Bei; Y. Zhang; Hao Chen",
    44: "Shutong Qiao; Chen Gao; Junhao Wen; Wei Zhou; Qun Luo; Peixuan Chen; Yong Li",
    53: "Qidong Liu; Xian Wu; Xiangyu Zhao; Yejing Wang; Zijian Zhang; Feng Tian; Yefeng Zheng",
    60: "Chao Zhang; Haoxin Zhang; Shiwei Wu; Di Wu; Tong Xu; Yan Gao; Yao Hu; Enhong Chen",
    61: "Wujiang Xu; Zujie Liang; Jiaojiao Han; Xuying Ning; Wenfang Lin; Linxun Chen; Feng Wei; Yongfeng Zhang",
}
FIRST_TITLES = {
    11: "A First Look at LLM-Powered Generative News Recommendation",
    37: "CTRL: Connect Tabular and Language Model for CTR Prediction",
    59: "Knowledge Adaptation from Large Language Model to Recommendation for Practical Industrial Application",
}


def ours(seed=1, near=None):
    """The world of our papers: records with oddities, near misses (of every class, or of `near` classes each), and the truth."""
    return world_of(listed(seed), seed, near=near)


def world_of(papers, seed, *, near=None, odd=True, strays=()):
    """Registries that know these papers, and strays that no listing means, with near misses, and what is true of each."""
    world = World()
    known = [*papers, *strays]
    plain = {paper.doi.lower(): records.of_paper(paper) for paper in known if paper.doi}
    seen = sprinkle(known, plain, seed) if odd else {paper.doi.lower(): ((), paper.authors, ()) for paper in known}
    for record in plain.values():
        world.add(record)
    for paper in known:
        if paper.preprint:
            world.post(paper.preprint)
    near_misses.add(world, papers, seed, near)
    twins = {paper.listing_id: near_misses.add_twin(world, paper, seed) for paper in papers if paper.twin and paper.doi}
    world.truths = [truth(paper, plain, seen, twins.get(paper.listing_id)) for paper in papers]
    world.aliases = {paper.alias: paper.doi.lower() for paper in papers if paper.alias}
    return world


def truth(paper, plain, seen, twin=None):
    """What is true of a paper, seen with its record as the registry has it."""
    remarks, authors, full = (), None, ()
    if paper.doi:
        remarks, authors, full = seen[paper.doi.lower()]
    return Truth(
        listing_id=paper.listing_id,
        doi=paper.doi.lower() if paper.doi else None,
        arxiv_id=paper.preprint.id if paper.preprint else None,
        published_authors=authors,
        preprint_authors=paper.preprint.authors if paper.preprint else None,
        title_or_link_shared=bool(paper.doi) and (is_linked(paper) or shares_title(paper)),
        title=paper.title,
        full_authors=full,
        undecidable=bool(twin),
        also_fine=tuple(filter(None, (twin, paper.alias))),
        remarks=remarks,
        sort=paper.sort,
    )


def shares_title(paper):
    """The preprint has the publication's title; without a preprint, the list has it."""
    other = paper.preprint.title if paper.preprint else paper.list_title
    return fold(other) == fold(paper.title)


def is_linked(paper):
    """A deposited link, or the list links the DOI itself or a number that ends it."""
    numbers = re.findall(r"\d{5,}", paper.link) if "arxiv" not in paper.link else []
    anthology = re.search(r"aclanthology\.org/([\w.-]+?)(?:\.pdf|/)?$", paper.link)
    ends = [*numbers, *(anthology.groups() if anthology else ())]
    by_link = (
        paper.doi.lower() in paper.link.lower()
        or bool(paper.alias and paper.alias in paper.link)
        or any(re.search(rf"(^|\D){re.escape(end)}$", paper.doi) for end in ends)
    )
    return by_link or paper.relation or bool(paper.preprint and paper.preprint.doi.lower() == paper.doi.lower())


@functools.cache
def listed(seed=1):
    """Our papers in the list's order."""
    facts, rows = json.loads(FACTS.read_text()), _rows()
    assert len(facts) == len(rows)
    return tuple(_paper(fact, row, seed) for fact, row in zip(facts, rows, strict=True))


def _rows():
    """The catalog's listings, id and link, read line by line: a YAML library is not needed for two plain fields."""
    text = "".join((ROOT / "catalog" / f"{name}.yaml").read_text() for name in CATEGORIES)
    return re.findall(r"^- id: (\S+)\n  title: .*\n(?:   .*\n)*  link: (\S+)$", text, re.MULTILINE)


def _paper(fact, row, seed):
    draw = seeded("paper", seed, fact["n"])
    authors = tuple(Person(each["family"], each["given"]) for each in fact["authors"])
    is_published = bool(fact["doi"])
    title = fact["title"]
    # AAAI registers its proceedings as a journal.
    type = "journal-article" if "AAAI" in (fact["container_title"] or "") else TYPES.get(fact["type"], "posted-content")
    return Paper(
        listing_id=row[0],
        title=title,
        authors=authors,
        year=fact["year"],
        list_title=fact["list_title"],
        link=row[1],
        month=fact["month"],
        type=type,
        container=fact["container_title"] or "",
        publisher={"ACM": "ACM", "IEEE": "IEEE"}.get(
            fact["publisher"], fact["publisher"] or "Association for the Advancement of Artificial Intelligence (AAAI)"
        ),
        volume=fact["volume"] or "",
        issue=fact["issue"] or "",
        page=fact["pages"] or "",
        article_number=fact["article_number"] or "",
        doi=fact["doi"],
        preprint=_preprint(fact, authors, draw),
        relation=is_published and bool(fact["arxiv"]) and draw.random() < 0.2,
        alias=f"10.1234/superseded.{fact['n']}" if is_published and fact["n"] % 8 == 0 else "",
        twin=fact["n"] in TWINS,
    )


def _preprint(fact, authors, draw):
    if not fact["arxiv"]:
        return None
    is_linked = bool(fact["doi"]) and draw.random() < 0.34
    first = FIRST_TITLES.get(fact["n"]) or (fact.get("earlier_titles") or [""])[0]
    first_authors = _people(FIRST_AUTHORS[fact["n"]]) if fact["n"] in FIRST_AUTHORS else ()
    changed = bool(first or first_authors)
    venue = fact["venue_short"] or ""
    return Preprint(
        id=fact["arxiv"]["id"],
        title=fact.get("arxiv_title") or fact["title"],
        authors=_preprint_authors(fact["n"], authors),
        published=fact["arxiv"]["first_posted"],
        primary_class=fact["arxiv"]["primary_class"] or "cs.IR",
        versions=draw.randint(2, 4) if changed else draw.randint(1, 3),
        first_title=first,
        first_authors=first_authors,
        comment=draw.choice([f"Accepted by {venue} {fact['year']}", "12 pages, 5 figures", ""])
        if venue
        else draw.choice(["Work in progress", "", "10 pages"]),
        journal_ref=f"{fact['container_title']}, {fact['year']}" if is_linked and draw.random() < 0.5 else "",
        doi=fact["doi"] if is_linked else "",
    )


def _preprint_authors(number, authors):
    if number in WHOLE:
        return _people(WHOLE[number])
    people = [person for person in authors if person.as_printed() not in WITHOUT.get(number, "").split("; ")]
    if number in WITH:
        name, before = WITH[number]
        place = next(place for place, person in enumerate(people) if person.as_printed() == before)
        people.insert(place, *_people(name))
    people = [
        _people(SPELT[number][name])[0] if (name := person.as_printed()) in SPELT.get(number, {}) else person for person in people
    ]
    printed = PRINTED.get(number, {})
    return tuple(Person(each.family, each.given, printed=printed.get(each.as_printed(), "")) for each in people)


def _people(text):
    """`Wayne Xin Zhao; Di Wu` as persons: the last word is the family name."""
    names = [name.rpartition(" ") for name in text.split("; ")]
    return tuple(Person(family, given) for given, _, family in names)
