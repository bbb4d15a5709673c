"""Every reader gives back every field of every entry as the model has it; docs/readers.md has the exceptions in words."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from conftest import DATA, ROOT
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from readers import bib, rdf
from readers.shape import Author, expected
from readers.table import READERS, ZOTERO_TYPES
from strategies import DATES, WORKS

from llm4rs_bib import Entry, Listing, export, load
from llm4rs_bib.model import TYPES, Bibliography, Catalog, Category, Lock, Name, Work
from llm4rs_bib.text import clean, page_range, title

EXCEPTIONS = json.loads((DATA / "reader-exceptions.json").read_text())
SETS = {"the built-in list": ROOT / "catalog", "the stress list": DATA / "stress"}
ENDINGS = {"bibtex": "bib", "biblatex": "bib", "csl-json": "json", "ris": "ris", "zotero-rdf": "rdf"}
READINGS = [
    pytest.param(reader, format, id=f"{format}-{reader.name}", marks=[pytest.mark.big] if reader.is_process else [])
    for reader in READERS
    for format in reader.formats
]


@cache
def bibliography(name):
    return load(SETS[name])


def read(reader, format, bibliography, folder):
    path = folder / f"file.{ENDINGS[format]}"
    path.write_text(export(bibliography, format))
    return reader.read(path, format)


def differences(reader, format, entries, found, exceptions):
    """What the reader gives back otherwise: field of entry → (as in the model, as read)."""
    different = {}
    for entry, seen in zip(entries, found, strict=True):
        wanted = reader.says(expected(entry, format), format)
        for field in reader.tells:
            value, read = getattr(wanted, field), getattr(seen, field)
            for exception in exceptions:
                value, read = with_rule(value, read, exception["fields"].get(field, {}))
            if value != read:
                different[f"{field} of {entry.key}"] = (value, read)
    return different


def with_rule(value, read, rule):
    """What the model has and what was read, after `becomes` (pattern → what the reader makes of it), `alike` and `unlike`."""
    for pattern, replacement in rule.get("becomes", {}).items():
        value = changed(value, pattern, replacement)
    if signs := rule.get("alike"):
        value, read = (changed(side, f"[{signs}]", signs[0]) for side in (value, read))
    if pattern := rule.get("unlike"):
        value, read = without_spoilt(value, read, pattern)
    return value, read


def without_spoilt(value, read, pattern):
    """Without what the pattern finds in the model; the other names or keywords are still compared if their number is right."""
    if isinstance(value, tuple) and len(value) == len(read):
        pairs = [without_spoilt(*pair, pattern) for pair in zip(value, read, strict=True)]
        return tuple(each for each, _ in pairs), tuple(each for _, each in pairs)
    written = [str(each) for each in (value if isinstance(value, tuple) else [value])]
    return (None, None) if any(re.search(pattern, each) for each in written) else (value, read)


def changed(value, pattern, replacement):
    if isinstance(value, tuple):
        return tuple(changed(each, pattern, replacement) for each in value)
    if isinstance(value, Author):
        return Author(*(re.sub(pattern, replacement, part) for part in vars(value).values()))
    return re.sub(pattern, replacement, value) if isinstance(value, str) else value


def exceptions_of(reader, format):
    return [each for each in EXCEPTIONS if reader.name in each["readers"] and format in each["formats"]]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("reader", "format"), READINGS)
def test_every_field_of_every_entry(reader, format, name, tmp_path):
    check(reader, format, bibliography(name).entries, read(reader, format, bibliography(name), tmp_path))


@pytest.mark.parametrize("name", SETS)
def test_csl_json_is_valid(name):
    jsonschema.validate(
        json.loads(export(bibliography(name), "csl-json")), json.loads((DATA / "csl-data.schema.json").read_text())
    )


@pytest.mark.parametrize("name", SETS)
def test_zotero_rdf_keeps_the_importers_rules(name):
    assert rdf.faults(export(bibliography(name), "zotero-rdf"), ZOTERO_TYPES.values()) == []


@pytest.mark.parametrize("name", SETS)
def test_collections_nest_as_the_categories_do(name):
    root = ET.fromstring(export(bibliography(name), "zotero-rdf"))  # noqa: S314  # our own file
    assert rdf.collections(root) == {bibliography(name).catalog.title: ([], categories(bibliography(name)))}


@pytest.mark.big
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", SETS)
def test_groups_nest_as_the_categories_do(name, format, tmp_path):
    path = tmp_path / "file.bib"
    path.write_text(export(bibliography(name), format))
    assert bib.groups_by_bibtex_parser(path) == cut_at_colons(categories(bibliography(name)))


def categories(bibliography):
    """The tree of those that have entries: title → (keys of its own entries, those in it)."""
    top = {}
    above = [(0, top)]
    for category in bibliography.catalog.categories:
        keys = [entry.key for entry in bibliography.entries if any(each.slug == category.slug for each, _ in entry.listed)]
        while above[-1][0] >= category.level:
            above.pop()
        if any(
            each.slug in bibliography.catalog.within(category.slug) for entry in bibliography.entries for each, _ in entry.listed
        ):
            below = {}
            above[-1][1][category.title] = (keys, below)
            above.append((category.level, below))
    return top


def cut_at_colons(tree):
    """As the BBT parser shows the groups' names, with the braces that no group's name can have as parentheses."""
    return {
        title.translate(str.maketrans("{}", "()")).partition(":")[0]: (keys, cut_at_colons(below))
        for title, (keys, below) in tree.items()
    }


@pytest.mark.big
@pytest.mark.parametrize("titles", [bib.titles_by_pandoc_in_english, bib.titles_by_bibtex_parser_in_english])
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", SETS)
def test_words_with_capitals_of_their_own_keep_them(name, format, titles, tmp_path):
    """Where a reader lower-cases English titles, as both do by default."""
    path = tmp_path / "file.bib"
    path.write_text(export(bibliography(name), format))
    found = titles(path, format)
    for entry in bibliography(name).entries:
        assert CAPITALS.findall(plain_letters(entry.work.title)) == CAPITALS.findall(plain_letters(found[entry.key]))


CAPITALS = re.compile(r"\b\w+[A-Z]\w*|\b[A-Z]\w*[0-9]\w*")  # a capital behind the first letter, or one and a digit


def plain_letters(title):
    """Without tags and formulas, with letters below and above the line as plain ones, also where they came as TeX."""
    return unicodedata.normalize("NFKC", re.sub(r"<[^>]*>|\$[^$]*\$|[_^]\{|\}", "", title))


def test_there_are_at_most_ten_exceptions():
    assert len(EXCEPTIONS) <= 10


def test_each_exception_is_named_in_the_documentation():
    words = " ".join((ROOT / "docs" / "readers.md").read_text().split())
    for exception in EXCEPTIONS:
        assert exception["does"] in words
        assert exception["reason"] in words
        assert all(reader in words for reader in exception["readers"])


@pytest.mark.parametrize(
    ("exception", "reader", "format"),
    [
        pytest.param(
            exception, reader, format, id=f"{number}-{reader.name}-{format}", marks=[pytest.mark.big] if reader.is_process else []
        )
        for number, exception in enumerate(EXCEPTIONS)
        for format in exception["formats"]
        for reader in READERS
        if reader.name in exception["readers"] and format in reader.formats
    ],
)
def test_each_exception_is_still_needed(exception, reader, format, tmp_path):
    fields = dict(exception["example"])
    category = Category(slug="c", heading=fields.pop("category", "Category"))
    authors = tuple(map(Name.parse, fields.pop("authors", ["Doe, Jane"])))
    work = Work(**{"type": "article-journal", "title": "Title", "container_title": "Journal", "authors": authors, **fields})
    example = Entry(key="key", work=work, listed=((category, Listing(id="row", title="Title")),))
    found = read(reader, format, bibliography_of([example]), tmp_path)
    others = [each for each in exceptions_of(reader, format) if each is not exception]
    assert differences(reader, format, [example], found, [exception, *others]) == {}
    assert differences(reader, format, [example], found, others) != {}


def bibliography_of(entries):
    categories = {category.slug: category for entry in entries for category, _ in entry.listed}
    return Bibliography(catalog=Catalog(title="List", categories=tuple(categories.values())), lock=Lock(), entries=tuple(entries))


@st.composite
def entries(draw, works):
    """A few entries in two categories, in one of them or in both."""
    listed = st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True)
    return [
        Entry(
            key=f"key{number}",
            work=work,
            listed=tuple((category, Listing(id=f"row{number}", title="T")) for category in draw(listed)),
        )
        for number, work in enumerate(draw(works))
    ]


CATEGORIES = (Category(slug="a", heading="A"), Category(slug="b", heading="B"))


@pytest.mark.parametrize(("reader", "format"), [each for each in READINGS if not each.values[0].is_process])
@given(data=st.data())
def test_any_work(reader, format, data, tmp_path_factory):
    given_entries = data.draw(entries(st.lists(WORKS.map(with_page_range), max_size=3)))
    found = read(reader, format, bibliography_of(given_entries), tmp_path_factory.getbasetemp())
    check(reader, format, given_entries, found)


# What the programs are asked to read: titles of letters with any sign of a keyboard between them (braces in pairs, and no square
# brackets, which bibtex-tidy takes for options of `\\%`), names of capitalised words, as people and groups have them, and numbers.
UPPER = st.characters(categories=["Lu"], max_codepoint=0x17F) | st.sampled_from("ЖЩИ王李推")
LOWER = st.characters(categories=["Ll"], max_codepoint=0x17F) | st.sampled_from("жщи王李推")
SIGNS = st.sampled_from("&%#_$@+=*<>~^\\|-:.,;!?'\"()/") | st.just("{b}")
WORDS = st.builds("{}{}".format, UPPER, st.lists(LOWER | UPPER | SIGNS | st.just(" "), max_size=20).map("".join)).map(clean)
NAME = st.builds("{}{}".format, UPPER, st.text(LOWER, max_size=5))
COMPOUNDS = (
    st.builds("{}{}{}".format, NAME, st.sampled_from(" -"), NAME) | NAME | NAME.map("van der {}".format) | NAME.map("O'{}".format)
)
GROUPS = st.builds("{}{}{}".format, NAME, st.sampled_from([" and ", ", ", " & ", " "]), NAME)
SUFFIXES = st.sampled_from(["", "", "Jr."])
PEOPLE = st.builds(
    Name, family=COMPOUNDS, given=st.builds("{}{}".format, NAME, st.sampled_from(["", " J. R.", "-J."])), suffix=SUFFIXES
)
NUMBERS = st.none() | st.from_regex(r"[1-9A-Z][0-9A-Z]{0,3}(-[1-9][0-9]{0,3})?", fullmatch=True)
PAPERS = st.builds(
    Work,
    type=st.sampled_from(list(TYPES)),
    title=WORDS.map(title),
    authors=st.lists(PEOPLE | st.builds(Name, literal=GROUPS) | st.builds(Name, family=NAME), max_size=3).map(tuple),
    container_title=st.none() | WORDS,
    publisher=st.none() | GROUPS,
    volume=NUMBERS,
    issue=NUMBERS,
    pages=NUMBERS,
    issued=st.none() | DATES,
    doi=st.none() | st.from_regex(r"10\.5555/[a-z0-9._()-]{1,9}", fullmatch=True),
    arxiv_id=st.none() | st.just("2401.00001"),
    arxiv_class=st.none() | st.just("cs.IR"),
)


@pytest.mark.parametrize(("reader", "format"), [each for each in READINGS if each.values[0].is_process])
@settings(max_examples=8, phases=[Phase.generate], report_multiple_bugs=False)  # a smaller example takes minutes
@given(data=st.data())
def test_any_papers(reader, format, data, tmp_path_factory):
    papers = data.draw(st.lists(PAPERS, min_size=30, max_size=30))
    given_entries = data.draw(entries(st.just(papers)))
    found = read(reader, format, bibliography_of(given_entries), tmp_path_factory.getbasetemp())
    check(reader, format, given_entries, found)


def with_page_range(work):
    """Pages as the catalog and the lock have them: with a plain hyphen, and no white space around it."""
    return replace(work, pages=work.pages and page_range(work.pages))


def check(reader, format, given_entries, found):
    assert [entry.key for entry in given_entries] == [seen.key for seen in found]
    different = differences(reader, format, given_entries, found, exceptions_of(reader, format))
    assert not different, "\n".join(f"{where}:\n  {value!r}\n  {read!r}" for where, (value, read) in different.items())
