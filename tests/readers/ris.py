"""Readers of RIS."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import rispy

from .process import run
from .shape import Seen, author, plain_dashes

MODS = "{http://www.loc.gov/mods/v3}"


def read_by_rispy(path, _):
    return [_seen_by_rispy(record) for record in rispy.loads(path.read_text())]


def _seen_by_rispy(record):
    notes = record["unknown_tag"]["M2"]
    arxiv = next((re.fullmatch(r"arXiv:(\S+)(?: \[(.+)\])?", note) for note in notes if note.startswith("arXiv:")), None)
    return Seen(
        key=record["id"],
        type=record["type_of_reference"],
        title=record["title"],
        authors=tuple(_author(name) for name in record.get("authors", ())),
        container=record.get("secondary_title"),
        publisher=record.get("publisher"),
        volume=record.get("volume"),
        number=record.get("number"),
        pages="-".join(filter(None, (record.get("start_page"), record.get("end_page")))) or None,
        date=tuple(int(part) for part in record.get("date", record.get("year", "")).split("/") if part),
        doi=record.get("doi"),
        url=next(iter(record.get("urls", ())), None),
        arxiv_id=arxiv and arxiv[1],
        arxiv_class=arxiv and arxiv[2],
        keywords=tuple(record["keywords"]),
    )


def _author(name):
    return author(*(part.strip() for part in name.split(",")))


def read_by_bibutils(path, _):
    """As MODS, in which it parts titles at a colon or a question mark, and given names at spaces."""
    root = ET.fromstring(run("ris2xml", "--unicode-no-bom", path).encode())  # noqa: S314  # our own file
    return [_seen_in_mods(record) for record in root.findall(f"{MODS}mods")]


def _seen_in_mods(record):
    dates = (f"{MODS}originInfo/{MODS}dateIssued", f".//{MODS}dateIssued", f"{MODS}part/{MODS}date")
    pages = record.find(f"{MODS}part/{MODS}extent")
    arxiv = re.fullmatch(r"(\S+)(?: \[(.+)\])?", record.findtext(f"{MODS}identifier[@type='arXiv']") or "")
    return Seen(
        key=record.get("ID"),
        type="",
        title=_title(record.find(f"{MODS}titleInfo")),
        authors=tuple(map(_author_in_mods, record.findall(f"{MODS}name"))),
        container=next(filter(None, map(_title, record.findall(f".//{MODS}relatedItem/{MODS}titleInfo"))), None),
        publisher=record.findtext(f".//{MODS}publisher"),
        volume=_detail(record, "volume"),
        number=_detail(record, "issue"),
        pages=_detail(record, "page") if pages is None else plain_dashes("-".join(each.text for each in pages)),
        date=tuple(int(part) for part in next(filter(None, map(record.findtext, dates)), "").split("-") if part),
        doi=record.findtext(f"{MODS}identifier[@type='doi']"),
        url=record.findtext(f"{MODS}location/{MODS}url"),
        arxiv_id=arxiv and arxiv[1],
        arxiv_class=arxiv and arxiv[2],
        keywords=tuple(topic.text for topic in record.iter(f"{MODS}topic")),
    )


def _title(info):
    """The title and what it calls the subtitle, put together again."""
    parts = [part.text or "" for part in info]
    return " ".join(f"{part}:" if i < len(parts) - 1 and not part.endswith("?") else part for i, part in enumerate(parts)) or None


def _detail(record, kind):
    return record.findtext(f".//{MODS}part/{MODS}detail[@type='{kind}']/{MODS}number")


def _author_in_mods(name):
    parts = {}
    for part in name.findall(f"{MODS}namePart"):
        parts.setdefault(part.get("type"), []).append(part.text)
    return author(
        *(" ".join(parts.get(kind, ())) for kind in ("family", "given", "suffix")), literal=" ".join(parts.get(None, ()))
    )
