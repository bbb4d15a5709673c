"""Catalogs of any size for timing: made up by rule, the same each time, shaped like the built-in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from llm4rs_bib.catalog import CATALOG, LOCK, dumps_catalog, dumps_listings, dumps_lock
from llm4rs_bib.model import Catalog, Category, Evidence, Listing, Lock, Name, PartialDate, Record, Work

_WORDS = tuple("Large Language Models LLM-Enhanced CTR Prediction for Cold-Start Recommendation with ChatGPT & Graphs".split())
_CATEGORIES = 10


def write_catalog(folder: Path, count: int) -> None:
    """A catalog of `count` listings in ten categories, each with a work: two thirds published, six authors."""
    folder.mkdir(parents=True, exist_ok=True)
    categories = []
    for number in range(_CATEGORIES):
        listings = tuple(_listing(i) for i in range(number, count, _CATEGORIES))
        columns = ("Date / Venue", "Model", "Paper", "Knowledge Type", "Code")
        category = Category(slug=f"part-{number}", heading=f"{number + 1}. Part {number}", columns=columns, listings=listings)
        (folder / f"{category.slug}.yaml").write_text(dumps_listings(listings))
        categories.append(category)
    (folder / CATALOG).write_text(dumps_catalog(Catalog(title=f"{count} papers", categories=tuple(categories))))
    works = {f"family{i}{_year(i)}large": _record(i) for i in range(count)}
    lock = Lock(works=works, listings={f"model{i}": key for i, key in enumerate(works)})
    (folder / LOCK).write_text(dumps_lock(lock))


def _year(number: int) -> int:
    return 2015 + number % 11


def _arxiv_id(number: int) -> str:
    return f"{_year(number) % 100:02d}{number % 12 + 1:02d}.{number:05d}"


def _title(number: int) -> str:
    return " ".join(_words(number))


def _words(number: int) -> Iterator[str]:
    yield f"Model{number}:"
    for i in range(6 + number % 7):
        yield _WORDS[(number + i * 3) % len(_WORDS)]


def _listing(number: int) -> Listing:
    return Listing(
        id=f"model{number}",
        title=_title(number),
        link=f"https://arxiv.org/pdf/{_arxiv_id(number)}",
        date=f"{_year(number)}.{number % 12 + 1}",
        venue=f"RecSys'{_year(number) % 100}",
        model=f"Model{number}",
        code=f"[Link](https://github.com/someone/model{number})",
        columns={"Knowledge Type": "Summarization & Reasoning"},
    )


def _record(number: int) -> Record:
    authors = tuple(
        Name(family=f"Family{number + i}" if i == 0 else f"Name{(number * 7 + i) % 997}", given=f"Given{i}") for i in range(6)
    )
    evidence = Evidence(source="curated", checked=PartialDate(2026, 11), confidence="high", seen_in=("made up",))
    issued = PartialDate(_year(number), number % 12 + 1, number % 28 + 1)
    arxiv_id = _arxiv_id(number)
    preprint = Work(
        type="preprint", title=_title(number), authors=authors if number % 3 == 0 else (), issued=issued,
        doi=f"10.48550/arXiv.{arxiv_id}", arxiv_id=arxiv_id, arxiv_class="cs.IR", sources={"doi": "derived"},
    )  # fmt: skip
    if number % 3 == 0:
        return Record(preprint=preprint, evidence=evidence)
    published = Work(
        type="paper-conference", title=_title(number), authors=authors, issued=PartialDate(issued.year, issued.month),
        container_title="Proceedings of the ACM Conference on Recommender Systems", venue_short="RecSys", publisher="ACM",
        pages=f"{number}-{number + 9}", doi=f"10.1145/{number}.{number + 1}",
    )  # fmt: skip
    return Record(published=published, preprint=preprint, evidence=evidence)
