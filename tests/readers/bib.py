"""Readers of .bib files. Each function takes the file's path and its format, and gives its entries as Seen."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pybtex.database
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from pybtex.errors import set_strict_mode

from . import csl
from .process import run
from .shape import Author, Seen, author, plain_dashes
from .tex import greek, text

HERE = Path(__file__).parent
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read_by_bibtexparser(path, _):
    library = bibtexparser.parse_file(str(path), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    return [
        _seen_in_source(each.key, each.entry_type, {field.key: field.value for field in each.fields}) for each in library.entries
    ]


def read_by_pybtex(path, _):
    set_strict_mode(True)
    entries = pybtex.database.parse_file(str(path), "bibtex").entries
    return [
        _seen_in_source(key, each.type, {**each.fields, "author": each.persons.get("author", [])})
        for key, each in entries.items()
    ]


def read_by_bibtex_tidy(path, format):
    """The file that it writes, read by bibtexparser: what it spoils is seen there."""
    tidied = path.with_suffix(".tidy.bib")
    tidied.write_text(_node("bibtex-tidy", path))
    return read_by_bibtexparser(tidied, format)


def read_by_biber(path, format):
    """The file that its tool mode writes, with letters decoded and names as it splits them, read by pybtex."""
    written = path.with_suffix(".biber.bib")
    run(
        "biber",
        "--tool",
        "--quiet",
        "--output-format=bibtex",
        f"--output-file={written}",
        f"--logfile={path.stem}",
        path.name,
        cwd=path.parent,
    )
    return read_by_pybtex(written, format)


def _seen_in_source(key, type, source):
    """From fields with their TeX as it stands in the file; addresses stand there as they are."""
    fields = {name.lower(): value for name, value in source.items()}

    def field(*names):
        return next((text(fields[name]) for name in names if name in fields), None)

    return Seen(
        key=key,
        type=type.lower(),
        title=field("title"),
        authors=tuple(_author_in_source(name) for name in fields.get("author", ())),
        container=field("journal", "journaltitle", "booktitle"),
        publisher=field("publisher", "school", "institution"),
        volume=field("volume"),
        number=field("number"),
        pages=plain_dashes(field("pages")),
        date=_date(fields),
        doi=fields.get("doi"),
        url=fields.get("url"),
        arxiv_id=fields.get("eprint"),
        arxiv_class=fields.get("eprintclass"),
        keywords=_keywords(fields.get("keywords", "")),
    )


def _author_in_source(name):
    if isinstance(name, pybtex.database.Person):
        parts = (name.prelast_names + name.last_names, name.first_names + name.middle_names, name.lineage_names)
    else:
        parts = (name.von + name.last, name.first, name.jr)
    return author(*(text(" ".join(part)) for part in parts))


def _date(fields):
    if "date" in fields:
        return tuple(map(int, fields["date"].split("-")))
    month = fields.get("month")
    parts = (fields.get("year"), month and MONTHS.index(month[:3].lower()) + 1, fields.get("day"))
    return tuple(int(part) for part in parts if part)


def _keywords(source):
    """Cut where no brace is open, as biblatex does."""
    keywords, depth = [""], 0
    for sign in source:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and not depth:
            keywords.append("")
        else:
            keywords[-1] += sign
    return tuple(text(keyword.strip()) for keyword in keywords if keyword.strip())


def read_by_pandoc(path, format):
    """With a German locale, in which pandoc lower-cases no titles."""
    out = run("pandoc", "-f", format, "-t", "csljson", path, LANG="de_DE.UTF-8")
    return [csl.seen(item, tells_groups=False) for item in json.loads(out)]


def titles_by_pandoc_in_english(path, format):
    items = json.loads(run("pandoc", "-f", format, "-t", "csljson", path, LANG="en_US.UTF-8"))
    return {item["id"]: csl.without_nocase(item["title"]) for item in items}


def read_by_citation_js(path, _):
    """What stands above or below the line comes with tags from commands and in Unicode from math: here always in Unicode."""
    found = [csl.seen(item, tells_groups=False) for item in _node("citation-js", path)]
    return [replace(seen, title=with_unicode_shifts(seen.title)) for seen in found]


def read_by_bibtex_parser(path, _):
    return [_seen_by_bibtex_parser(entry) for entry in _parsed_by_bibtex_parser("bibtex-parser", path)]


def titles_by_bibtex_parser_in_english(path, _):
    entries = _parsed_by_bibtex_parser("bibtex-parser-default", path)
    return {entry["key"]: csl.without_nocase(entry["fields"]["title"]) for entry in entries}


def _parsed_by_bibtex_parser(name, path):
    parsed = _node(name, path)
    assert parsed["errors"] == []
    return parsed["entries"]


def _seen_by_bibtex_parser(entry):
    """It writes accents apart from their letters; Zotero puts them together when it saves."""
    fields = {name: _composed(value) for name, value in entry["fields"].items()}
    return Seen(
        key=entry["key"],
        type=entry["type"],
        title=csl.without_nocase(fields["title"]),
        authors=tuple(map(_author_by_bibtex_parser, fields.get("author", ()))),
        container=fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle"),
        publisher="; ".join(fields.get("publisher") or fields.get("institution") or ()) or fields.get("school"),
        volume=fields.get("volume"),
        number=fields.get("number"),
        pages=plain_dashes(fields.get("pages")),
        date=_date(fields | ({"month": MONTHS[int(fields["month"]) - 1]} if "month" in fields else {})),
        doi=fields.get("doi"),
        url=fields.get("url"),
        arxiv_id=fields.get("eprint"),
        arxiv_class=fields.get("eprintclass"),
        keywords=tuple(fields.get("keywords", ())),
    )


def groups_by_bibtex_parser(path):
    """JabRef's groups: name → (keys, groups in it)."""
    return _groups(_node("bibtex-parser", path)["jabref"]["root"])


def _groups(groups):
    return {group["name"]: (group["entries"], _groups(group["groups"])) for group in groups}


def _composed(value):
    if isinstance(value, list):
        return [_composed(each) for each in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _author_by_bibtex_parser(name):
    parts = {part: _composed(value) for part, value in name.items()}
    if "name" in parts:
        return Author(literal=parts["name"])
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("lastName"))))
    return author(family, parts.get("firstName", ""), parts.get("suffix", ""))


def _node(reader, path):
    assert (HERE / "node_modules").is_dir(), "no readers in JavaScript: run npm ci --prefix tests/readers"
    return json.loads(run("node", HERE / "read.mjs", reader, path))


def math_in_unicode(formula):
    """As citation-js and the BBT parser show simple math: Greek letters, and what stands above or below the line."""
    letters = re.sub(r"\\([a-zA-Z]+) *", lambda match: greek(match[1]) or match[0], formula)
    return re.sub(
        r"([_^])(?:\{([^{}]*)\}|(.))", lambda match: shifted({"_": "sub", "^": "sup"}[match[1]], match[2] or match[3]), letters
    )


_SHIFTED = {
    (kind, unicodedata.decomposition(chr(code)).split()[1]): chr(code)
    for code in range(0xA0, 0x20A0)
    for kind in ("sub", "super")
    if unicodedata.decomposition(chr(code)).startswith(f"<{kind}> ") and len(unicodedata.decomposition(chr(code)).split()) == 2
}


def shifted(tag, inner):
    """In Unicode's letters above or below the line where each has one, else with the tag."""
    signs = [_SHIFTED.get(({"sup": "super"}.get(tag, tag), f"{ord(sign):04X}")) for sign in inner]
    return "".join(signs) if all(signs) else f"<{tag}>{inner}</{tag}>"


def with_unicode_shifts(title):
    return re.sub(r"<(sub|sup)>([^<]*)</\1>", lambda match: shifted(match[1], match[2]), title)
