"""Values for property tests: anything that a person or a registry may write."""

from __future__ import annotations

from hypothesis import strategies as st

from llm4rs_bib.catalog.lists import COLUMN_FIELDS, ID, KEY
from llm4rs_bib.model import TYPES, Catalog, Category, Evidence, Listing, Lock, Name, PartialDate, Record, Work
from llm4rs_bib.overrides import VARIABLES
from llm4rs_bib.text import clean, title
from llm4rs_bib.venues import is_name

# All of Unicode but halves of surrogate pairs, which no file can hold; with a taste for what YAML, TeX and JSON mind.
_LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(" :#-'\"{}[]&*!|>%@`,?\n\t\\$_^~<é²łü王")
TEXT = st.text(_LETTERS, min_size=1, max_size=30)

DATES = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12)) | st.builds(
    PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)
)
CLEAN = TEXT.map(clean).filter(bool)
_PART = st.just("") | CLEAN
NAMES = st.builds(Name, family=CLEAN, given=_PART, suffix=_PART) | st.builds(Name, literal=CLEAN)


def _overrides() -> st.SearchStrategy[dict[str, object]]:
    names = st.lists(st.sampled_from(["van den Oord, Aäron", "{Group & Sons}", "Plato", "King, Jr., Martin"])).map(tuple)
    values = {variable: st.none() | TEXT for variable in VARIABLES} | {
        "author": st.none() | names,
        "issued": st.none() | DATES.map(str),
        "title": CLEAN,
        "DOI": st.none() | st.sampled_from(["10.1145/x", "https://doi.org/10.1000/A_b%20c", "doi:10.1000/<1>"]),
        "type": st.sampled_from(list(TYPES)),
    }
    return st.fixed_dictionaries({}, optional=values)


_MAYBE = st.none() | TEXT
KEYS = st.from_regex(KEY, fullmatch=True)
LISTINGS = st.builds(
    Listing,
    id=st.from_regex(ID, fullmatch=True),
    title=TEXT,
    link=_MAYBE,
    date=_MAYBE,
    venue=_MAYBE,
    model=_MAYBE,
    code=_MAYBE,
    columns=st.dictionaries(TEXT, TEXT, max_size=3),
    text=_MAYBE,
    key=st.none() | KEYS,
    override=_overrides(),
)
CATEGORIES = st.builds(
    Category,
    slug=st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True).filter(lambda slug: slug != "catalog"),
    heading=TEXT,
    level=st.integers(1, 6),
    heading_markdown=st.just("") | _MAYBE,
    columns=st.lists(TEXT, max_size=4).map(tuple),
    align=st.lists(st.sampled_from([":-", "-"]), max_size=3).map(tuple),
    fields=st.dictionaries(TEXT, st.sampled_from(COLUMN_FIELDS), max_size=2),
    text_before=_MAYBE,
    unread=st.dictionaries(st.just("") | TEXT, TEXT, max_size=2),
    text_after=_MAYBE,
)
CATALOGS = st.builds(
    Catalog,
    title=TEXT,
    heading_markdown=st.just("") | _MAYBE,
    text_above=_MAYBE,
    text_before=_MAYBE,
    columns=st.dictionaries(TEXT, st.sampled_from(COLUMN_FIELDS), max_size=2),
    venues=st.dictionaries(TEXT.filter(is_name), CLEAN, max_size=2),
    categories=st.lists(CATEGORIES, max_size=3, unique_by=lambda category: category.slug).map(tuple),
)
_MAYBE_CLEAN = st.none() | CLEAN
WORKS = st.builds(
    Work,
    type=st.sampled_from(list(TYPES)),
    title=TEXT.map(title).filter(bool),
    authors=st.lists(NAMES, max_size=3).map(tuple),
    container_title=_MAYBE_CLEAN,
    publisher=_MAYBE_CLEAN,
    volume=_MAYBE_CLEAN,
    pages=_MAYBE_CLEAN,
    issued=st.none() | DATES,
    doi=_MAYBE_CLEAN,
    other_titles=st.lists(TEXT, max_size=2).map(tuple),
    sources=st.dictionaries(st.sampled_from(["doi", "title"]), TEXT),
)
EVIDENCE = st.builds(
    Evidence, source=TEXT, checked=DATES, confidence=_MAYBE, seen_in=st.lists(TEXT, max_size=2).map(tuple), notes=_MAYBE
)
RECORDS = st.builds(Record, published=WORKS, preprint=st.none() | WORKS, evidence=EVIDENCE) | st.builds(
    Record, preprint=WORKS, evidence=EVIDENCE, aliases=st.lists(KEYS, max_size=2).map(tuple)
)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """A lock whose listings point to works that it has."""
    works = draw(st.dictionaries(KEYS, RECORDS, max_size=3))
    keys = st.sampled_from(sorted(works)) if works else st.nothing()
    return Lock(works=works, listings=draw(st.dictionaries(TEXT, keys, max_size=3)) if works else {})
