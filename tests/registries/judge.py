"""A lock against the truth: what is wrong, what is missing, and how the authors are.

python -m registries.judge works.lock.json --papers ours
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from .values import fold


@dataclass
class Share:
    """So many of so many."""

    found: int = 0
    of: int = 0

    def add(self, is_found):
        self.found += bool(is_found)
        self.of += 1

    def __float__(self):
        return self.found / self.of if self.of else 1.0

    def __str__(self):
        return f"{self.found}/{self.of} ({100 * float(self):.1f} %)"


@dataclass
class Score:
    """`wrong` and `missing` are texts that name the listing; the shares are over the truths."""

    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong_authors: list[str] = field(default_factory=list)
    works: Share = field(default_factory=Share)  # listings that have a key
    dois: Share = field(default_factory=Share)  # over papers whose title or link is shared
    other_dois: Share = field(default_factory=Share)  # over the other papers that have one: nobody can know these for sure
    arxiv_ids: Share = field(default_factory=Share)
    published_authors: Share = field(default_factory=Share)  # exact and in order, over right DOIs whose record has authors
    preprint_authors: Share = field(default_factory=Share)  # over right arXiv ids where the lock gives the preprint's authors
    by_sort: dict[str, Share] = field(default_factory=dict)  # DOIs by sort of listing, over all papers that have one
    undecided: Share = field(default_factory=Share)  # published twice, and given one of both

    def __str__(self):
        shares = [f"{name}: {value}" for name, value in vars(self).items() if isinstance(value, Share)]
        sorts = [f"  {name or 'ours'}: {share}" for name, share in sorted(self.by_sort.items())]
        parts = [
            f"{name}: {len(texts)}" + "".join(f"\n  {text}" for text in texts)
            for name, texts in vars(self).items()
            if isinstance(texts, list)
        ]
        return "\n".join([*shares, "DOIs by sort:", *sorts, *parts])


def judge(lock, truths):
    """`lock` is what works.lock.json holds; a work may be absent, and a field of it too."""
    score = Score()
    for truth in truths:
        key = lock.get("listings", {}).get(truth.listing_id)
        score.works.add(key)
        record = lock.get("works", {}).get(key) or {}
        published, preprint = record.get("published") or {}, record.get("preprint") or {}
        _judge_doi(score, truth, published)
        _judge_arxiv(score, truth, preprint, published)
    return score


def _judge_doi(score, truth, published):
    doi = (published.get("doi") or "").lower() or None
    is_right = doi is not None and doi == truth.doi
    if doi and not is_right and doi not in truth.also_fine:
        score.wrong.append(
            f"{truth.listing_id}: DOI {doi} “{published.get('title')}”, not {truth.doi} “{truth.title}”{_remarks(truth)}"
        )
    if truth.undecidable:
        score.undecided.add(doi)
        return
    if truth.doi:
        (score.dois if truth.title_or_link_shared else score.other_dois).add(is_right)
        score.by_sort.setdefault(truth.sort, Share()).add(is_right)
        if not doi and truth.title_or_link_shared:
            score.missing.append(f"{truth.listing_id}: DOI {truth.doi} “{truth.title}”{_remarks(truth)}")
    if is_right and truth.published_authors is not None:
        given = published.get("authors") or []
        wanted = [truth.published_authors, truth.full_authors or truth.published_authors]
        _judge_authors(score, "published_authors", truth, given, wanted)


def _judge_arxiv(score, truth, preprint, published):
    name = preprint.get("arxiv_id") or published.get("arxiv_id")
    if name and name != truth.arxiv_id:
        score.wrong.append(
            f"{truth.listing_id}: arXiv {name} “{preprint.get('title')}”, not {truth.arxiv_id} “{truth.title}”{_remarks(truth)}"
        )
    doi = (preprint.get("doi") or "").lower()
    if doi and doi != f"10.48550/arxiv.{truth.arxiv_id}":
        score.wrong.append(
            f"{truth.listing_id}: preprint's DOI {doi} “{preprint.get('title')}”, not arXiv {truth.arxiv_id} “{truth.title}”"
        )
    if truth.arxiv_id:
        score.arxiv_ids.add(name == truth.arxiv_id)
        if not name:
            score.missing.append(f"{truth.listing_id}: arXiv {truth.arxiv_id} “{truth.title}”{_remarks(truth)}")
        elif name == truth.arxiv_id and preprint.get("authors"):
            _judge_authors(score, "preprint_authors", truth, preprint["authors"], [truth.preprint_authors])


def _judge_authors(score, which, truth, given, wanted):
    is_exact = any(_same(given, persons) for persons in wanted)
    getattr(score, which).add(is_exact)
    if not is_exact:
        shown = "; ".join(" ".join(filter(None, (each.get("given"), each.get("family"), each.get("literal")))) for each in given)
        expected = "; ".join(person.as_printed() for person in wanted[0])
        score.wrong_authors.append(f"{truth.listing_id}: {which}: {shown}, not {expected}{_remarks(truth)}")


def _same(given, persons):
    return len(given) == len(persons) and all(_is(each, person) for each, person in zip(given, persons, strict=True))


def _is(given, person):
    """A mononym may be a family name or a literal; where arXiv's own spelling is odd, its capitals are not held against anybody."""
    parts = tuple(unicodedata.normalize("NFC", given.get(name) or "") for name in ("family", "given", "suffix", "literal"))
    wanted = tuple(unicodedata.normalize("NFC", text) for text in (person.family, person.given, person.suffix, person.literal))
    if not person.given and not person.literal and parts[3]:
        return parts[3] == wanted[0]
    if person.printed:
        return "".join(map(fold, parts)) == "".join(map(fold, wanted))
    return tuple(part.rstrip(".") if place == 2 else part for place, part in enumerate(parts)) == tuple(
        part.rstrip(".") if place == 2 else part for place, part in enumerate(wanted)
    )


def _remarks(truth):
    said = ", ".join(filter(None, (truth.sort, *truth.remarks)))
    return f" [{said}]" if said else ""


def main():
    from .__main__ import world_of

    parser = argparse.ArgumentParser(prog="python -m registries.judge", description=__doc__.partition("\n")[0])
    parser.add_argument("lock", type=Path)
    parser.add_argument("--papers", default="ours", help="as the server had it")
    parser.add_argument("--near", type=int, help="as the server had it")
    options = parser.parse_args()
    score = judge(json.loads(options.lock.read_text()), world_of(options.papers, options.near)[0].truths)
    sys.stdout.write(f"{score}\n")
    sys.exit(bool(score.wrong))


if __name__ == "__main__":
    main()
