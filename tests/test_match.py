"""Matching: labelled pairs of what is known of a listing and a registry's record."""

from __future__ import annotations

import json

import pytest
import yaml
from conftest import DATA

from llm4rs_bib import labels, text
from llm4rs_bib.ids import known_as
from llm4rs_bib.markup import registry_text
from llm4rs_bib.match import LIST, SAME, Known, judge, judge_posted
from llm4rs_bib.model import Name, PartialDate
from llm4rs_bib.names import split_name
from llm4rs_bib.sources import arxiv
from llm4rs_bib.sources.base import Ask
from llm4rs_bib.sources.crossref_record import record

PAIRS = yaml.safe_load((DATA / "matches.yaml").read_text())


def known(pair):
    names = [split_name(registry_text(name)) for name in pair.get("authors", [])]
    return Known(
        titles=tuple(map(text.title, pair["titles"])),
        model=pair.get("model", ""),
        authors=tuple(name for name in names if name),
        since=PartialDate.parse(str(pair["posted"])) if "posted" in pair else None,
        venue=labels.venue(pair.get("venue")),
        numbers=frozenset(filter(None, [pair.get("number")])),
        identifiers=known_as(*filter(None, [pair.get("arxiv"), pair.get("doi")])),
    )


def person(text):
    name = Name.parse(text)
    if name.literal:
        return {"name": name.literal}
    return {"family": name.family, "given": name.given, "suffix": name.suffix}


def date(year):
    return {"date-parts": [[int(part) for part in str(year).split("-")]]} if year else {"date-parts": [[None]]}


def published(candidate):
    """The record that Crossref would give."""
    listed = ("title", "subtitle")
    item = {key: [value] if key in listed else value for key, value in candidate.items() if key in ("DOI", "type", *listed)}
    if "authors" in candidate:
        item["author"] = [person(name) for name in candidate["authors"]]
    item["container-title"] = candidate.get("container", [])
    item["issued"] = date(candidate.get("year"))
    if "print" in candidate:
        item["published-print"] = date(candidate["print"])
    if "event" in candidate:
        item["event"] = {"name": candidate["event"]}
    if "update-to" in candidate:
        item["update-to"] = [{"DOI": candidate["update-to"], "type": "correction"}]
    if "updated-by" in candidate:
        item["updated-by"] = [{"DOI": "10.99999/notice", "type": candidate["updated-by"]}]
    item["relation"] = {kind: [{"id-type": "doi", "id": target}] for kind, target in candidate.get("relation", {}).items()}
    return record(item)


def posted(candidate):
    """The record of an arXiv entry."""
    entry = {key: candidate[key] for key in ("id", "title", "authors", "doi", "comment") if key in candidate}
    entry["published"] = f"{candidate['posted']}-15"[:10] + "T00:00:00Z"
    [found] = arxiv.records(Ask("arxiv", "id", candidate["id"]), json.dumps([entry]))
    return found


def verdict(pair):
    what, candidate = known(pair["known"]), pair["candidate"]
    if candidate.get("arxiv"):
        found = posted(candidate)
        return judge(what, found, LIST) if pair["known"].get("arxiv") == candidate["id"] else judge_posted(what, found, None)
    link = LIST if pair["known"].get("doi", "").lower() == candidate["DOI"].lower() else ""
    found = published(candidate)
    return judge(what, found, link) if found else None


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_pair(pair):
    found = verdict(pair)
    believed = found is not None and found.verdict == SAME
    assert believed == (pair["label"] == SAME and not pair.get("cautious")), found and found.reason
