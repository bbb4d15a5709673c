"""A newer list against a catalog: which row is which listing, what is said of it, and what is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.awesome import AwesomeList
from llm4rs_bib.catalog import CATALOG, dumps_catalog, dumps_listings, loads_catalog, loads_listings
from llm4rs_bib.entries import join
from llm4rs_bib.errors import CatalogError
from llm4rs_bib.model import Catalog, Category, Evidence, Listing, Lock, Record, Work
from llm4rs_bib.update import compare, identified
from llm4rs_bib.update.differences import shown
from llm4rs_bib.update.files import writing
from llm4rs_bib.update.plan import plan
from llm4rs_bib.update.report import is_settled, report, summary
from llm4rs_bib.update.twice import twice


def row(title, link=None, **fields):
    """A listing; a number is an arXiv id."""
    link = f"https://arxiv.org/abs/2401.{link:05}" if isinstance(link, int) else link
    return Listing(**{"id": "", "title": title, "link": link, **fields})


def section(heading, *rows, **fields):
    usual = {"slug": heading.lower().replace(" ", "-"), "heading": heading, "columns": ("Paper",), "listings": rows}
    return Category(**{**usual, **fields})


def catalog_of(*categories, **fields):
    return Catalog(**{"title": "L", "categories": categories, **fields})


def list_of(*sections, **fields):
    """A list as it is read: its rows have no ids and know their lines."""
    lines = iter(range(1, 10_000))
    placed = [
        replace(each, listings=tuple(replace(row, id="", key=None, override={}, where=f"list.md:{next(lines)}") for row in each.listings))
        for each in sections
    ]  # fmt: skip
    return AwesomeList(
        **{"title": "L", "text_above": None, "text_before": None, "left_out": (), **fields}, categories=tuple(placed)
    )


NO_LOCK = Lock()


def ids(catalog, *sections, lock=NO_LOCK):
    """The slugs and ids that the list's sections and rows get."""
    found = identified(catalog, lock, list_of(*sections).categories)
    return {each.slug: [row.id for row in each.listings] for each in found}


A, B, C = row("Alpha of Salt", 1, id="a"), row("Beta of Salt", 2, id="b"), row("Gamma of Salt", 3, id="c")
MOJIBAKE = "Salt â€“ a Survey"


# Which row is which listing.


@pytest.mark.parametrize(
    ("known", "rows", "expected"),
    [
        # by identifier, however the link is written, and whatever the title has become
        ([A, B], [row("Alpha of Salts", "https://arxiv.org/pdf/2401.00001v3"), B], ["a", "b"]),
        ([A, B], [row("Something else", 1), B], ["a", "b"]),
        # never by place
        ([A, B], [B, A], ["b", "a"]),
        ([A, B], [row("New", 3), row("Newer", 4)], ["new", "newer"]),
        # by title: signs, capitals and mojibake aside
        ([A, B], [row("ALPHA (of Salt)!", 9), row("Beta of Salt")], ["a", "b"]),
        ([row("Salt – a Survey", id="s")], [row(MOJIBAKE)], ["s"]),
        # by a link that is no identifier, if it leads anywhere
        ([row("Alpha", "https://a.org/1", id="a")], [row("Other", "https://a.org/1")], ["a"]),
        ([row("Alpha", "#", id="a")], [row("Other", "#")], ["other"]),
        # title and link changed at once: another paper
        ([A], [C], ["gamma-salt"]),
        # links copied from other rows: the titles tell
        ([A, replace(B, link=A.link)], [B, row("New", 1), A], ["b", "new", "a"]),
        ([A, replace(B, link=A.link)], [row("Alpha of Salt", 5), row("Beta of Salt", 1)], ["a", "b"]),
        ([A, B], [replace(A, link=B.link), replace(B, link=A.link)], ["a", "b"]),
        # rows that differ in other cells only, or have no words in their titles
        ([row("Paper", id="p", date="1"), row("Paper", id="q", date="2")], [row("Paper", date="2"), row("Paper", date="3")],
         ["q", "p"]),
        ([row("?", id="p"), row("!", id="q")], [row("!"), row("?")], ["q", "p"]),
        # an id that a person gave; one that is taken
        ([replace(A, id="mine"), row("Other", id="alpha-salt")], [A, row("Alpha Salt")], ["mine", "alpha-salt-2"]),
    ],
)  # fmt: skip
def test_which_row_is_which_listing(known, rows, expected):
    assert ids(catalog_of(section("S", *known)), section("S", *rows)) == {"s": expected}


A2 = replace(A, id="a-2")


@pytest.mark.parametrize(
    ("known", "listed", "expected"),
    [
        # a paper in two categories: the listing of the same category first
        ({"S": [A], "T": [A2]}, {"S": [A], "T": [A]}, {"s": ["a"], "t": ["a-2"]}),
        ({"S": [A], "T": [A2]}, {"S": [C], "T": [A]}, {"s": ["gamma-salt"], "t": ["a-2"]}),
        ({"S": [A], "T": [replace(A2, title="Alphas of Salt")]}, {"S": [C], "T": [A]}, {"s": ["gamma-salt"], "t": ["a-2"]}),
        ({"S": [A, B], "T": [A2]}, {"S": [B], "T": [A], "U": [A]}, {"s": ["b"], "t": ["a-2"], "u": ["a"]}),
        # a row that moved
        ({"S": [A, B], "T": [C]}, {"S": [B], "T": [C, A]}, {"s": ["b"], "t": ["c", "a"]}),
        ({"S": [A, B], "T": [C]}, {"S": [B], "T": [C, row("Alpha in Salts", 1)]}, {"s": ["b"], "t": ["c", "a"]}),
        ({"S": [A, B], "T": [C]}, {"S": [B], "T": [C, row("Alpha of Salt")]}, {"s": ["b"], "t": ["c", "a"]}),
        ({"S": [A, B], "T": [C]}, {"S": [B], "T": [C, row("Quite other", 1)]}, {"s": ["b"], "t": ["c", "a"]}),
        # its identifier and title together count more than the title of one that stood there
        ({"S": [A, B], "T": [row("Alpha of Salt", 7, id="x")]}, {"S": [B], "T": [A]}, {"s": ["b"], "t": ["a"]}),
    ],
)
def test_which_row_is_which_listing_of_several_categories(known, listed, expected):
    catalog = catalog_of(*(section(heading, *rows) for heading, rows in known.items()))
    assert ids(catalog, *(section(heading, *rows) for heading, rows in listed.items())) == expected


def test_a_thousand_rows_of_one_title():
    known = [row("Paper", id=f"p{number}", date=str(number)) for number in range(1000)]
    listed = [row("Paper", date=str(number)) for number in range(2000, 1000, -1)]
    assert ids(catalog_of(section("S", *known)), section("S", *listed))["s"] == [f"p{number}" for number in range(1000)]


# A row that says what is known of its paper.

WORK = Record(published=Work(type="article", title="Alpha of Salt", doi="10.1000/a"), preprint=Work(type="preprint", title="On Salt", arxiv_id="2401.00001"),
              evidence=Evidence(source="curated"))  # fmt: skip
LOCK = Lock(works={"mine2024": WORK}, listings={"kar": "mine2024", "kar-2": "mine2024"})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # title and link changed at once, to those of the work: published, renamed
        ([row("Alpha of Salt", "https://doi.org/10.1000/A")], ["kar"]),
        ([row("Alpha of Salts", "https://doi.org/10.1000/A")], ["kar"]),
        ([row("Alpha of salt", "https://a.org/paper.pdf")], ["kar"]),
        # beside the row that it was, it is a new one
        ([row("Alpha of Salt", "https://doi.org/10.1000/A"), row("Onn Salt", 1)], ["alpha-salt", "kar"]),
        # a link copied from it: the titles tell
        ([row("Quite other words", "https://doi.org/10.1000/A"), row("Alphas of Salt", "https://doi.org/10.1000/A")], ["quite-other-words", "kar"]),
    ],
)  # fmt: skip
def test_a_row_is_known_by_its_work(rows, expected):
    catalog = catalog_of(section("S", row("Onn Salt", 1, id="kar")))
    lock = replace(LOCK, listings={"kar": "mine2024"})
    assert ids(catalog, section("S", *rows), lock=lock) == {"s": expected}


def test_the_title_of_the_work_is_no_other_paper_s():
    catalog = catalog_of(section("S", row("Onn Salt", 1, id="kar")))
    update = compare(catalog, LOCK, list_of(section("S", row("Alpha of Salt", "https://doi.org/10.1000/A"))))
    assert list(report(update, take=True, prune=False)) == [
        "list.md:1: kar: title: 'Onn Salt' → 'Alpha of Salt'",
        "list.md:1: kar: link: 'https://arxiv.org/abs/2401.00001' → 'https://doi.org/10.1000/A'",
    ]


def test_two_rows_of_one_work_are_said():
    rows = row("Onn Salt", 1, id="kar", where="1"), row("Alpha of Salt", "https://doi.org/10.1000/A", id="new", where="2")
    said = ["2: new: the paper of kar (1) again; one work"]
    assert [str(each) for each in twice([section("S", *rows)], LOCK)] == said
    assert len(join(catalog_of(section("S", *rows)), LOCK).entries) == 1


# A row that comes back.


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([A], ["kar"]),
        ([row("Alpha of Salt", "https://doi.org/10.1000/A"), row("Alphas of Salt", 1), A], ["kar", "kar-2", "alpha-salt"]),
        ([row("On salt")], ["kar"]),
        # another paper under the same title, or with a link that was copied
        ([row("Alpha of Salt", 5)], ["alpha-salt"]),
        ([row("Quite other words", 1)], ["quite-other-words"]),
        ([row("KAR", model="KAR")], ["kar-3"]),
    ],
)
def test_a_row_that_comes_back_gets_its_id_and_so_its_work(rows, expected):
    assert ids(catalog_of(section("S", B)), section("S", *rows), lock=LOCK) == {"s": expected}


def test_an_id_is_not_given_twice():
    assert ids(catalog_of(section("S", replace(A, id="kar"))), section("S", A, A), lock=LOCK) == {"s": ["kar", "kar-2"]}


# Sections.


@pytest.mark.parametrize(
    ("known", "listed", "expected"),
    [
        # the same heading, even if its rows are others now; the same words under another number
        ([section("S", A), section("T", B)], [section("T", A), section("S", B)], ["t", "s"]),
        ([section("1. Salt", A, slug="x")], [section("3. Salt", B)], ["x"]),
        ([section("Salt, old", A, slug="salt")], [section("Salt")], ["salt"]),
        # renamed: most rows
        ([section("S", A, B), section("T", C)], [section("New", A, row("D", 9)), section("T", C)], ["s", "t"]),
        ([section("S", A), section("T", B, C)], [section("New", A, B, C)], ["t"]),
        ([section("S", A, B, C)], [section("S", A), section("New", B, C)], ["s", "new"]),
        ([section("S", A, B, row("D", 4, id="d"))], [section("New", A, row("E", 5), row("F", 6))], ["new"]),
        # several of one heading: most rows, then their order
        ([section("S", A, slug="s"), section("S", B, slug="s-2")], [section("S", B), section("S", C), section("S", A)],
         ["s-2", "s-new", "s"]),
        # without rows: the same text, or the same neighbours
        ([section("Help", columns=(), text_before="Please do.")], [section("Contributing", columns=(), text_before="Please do.")],
         ["help"]),
        ([section("S", A), section("Old", columns=()), section("T", B)], [section("S", A), section("New", columns=()), section("T", B)],
         ["s", "old", "t"]),
        ([section("Old", columns=())], [section("New", columns=())], ["old"]),
        ([section("S", A), section("Old", columns=())], [section("S", A), section("New", columns=(), level=3)], ["s", "new"]),
        ([section("S", A), section("Old", B)], [section("S", A), section("New", C)], ["s", "new"]),
        # new slugs are new
        ([section("S", A, slug="New"), section("T", slug="new-new")], [section("S", A), section("T"), section("New", B)],
         ["New", "new-new", "new-new-new"]),
    ],
)  # fmt: skip
def test_which_section_is_which_category(known, listed, expected):
    assert list(ids(catalog_of(*known), *listed)) == expected


def test_what_stands_unread_is_known_by_the_id_above_it():
    listed = list_of(section("S", row("New", 9), A, unread={"": "top", "list.md:1": "one", "list.md:2": "two"}))
    (found,) = identified(catalog_of(section("S", A)), NO_LOCK, listed.categories)
    assert found.unread == {"": "top", "new": "one", "a": "two"}


# What is said.


def news(catalog, found, *, take=False, prune=False, lock=NO_LOCK):
    update = compare(catalog, lock, found)
    return [*report(update, take=take, prune=prune), summary(update, take=take, prune=prune)]


def test_a_list_that_says_the_same():
    catalog = catalog_of(section("S", A, text_after="words\n"), text_above="\nabove")
    found = list_of(section("S", A, text_after="words"), text_above="above\n")
    assert news(catalog, found) == [""]
    assert is_settled(compare(catalog, NO_LOCK, found), take=False, prune=False)


def test_every_field_that_differs_is_said_in_a_line():
    known = replace(A, date="1", venue="V", code="c", columns={"Kind": "k", "Odd": "o"}, where="catalog/s.yaml:1")
    new = row("Alpha of Salts", 1, venue="W\nX", model="M", columns={"Kind": "kk"}, text="- a\n  - b")
    old = section("S", known, align=("-",), fields={"Kind": "model"}, unread={"": "x", "a": "y"}, text_before="b")
    now = section("S!", new, slug="s", level=3, columns=("Paper", "Kind"), unread={"list.md:1": "z"}, heading_markdown="")
    found = list_of(now, title="M", text_above="up", heading_markdown="# M #")
    assert news(catalog_of(old), found) == [
        "the list: title: 'L' → 'M'",
        "the list: heading_markdown: nothing → '# M #'",
        "the list: text_above: nothing → 'up'",
        "section s: heading: 'S' → 'S!'",
        "section s: level: '2' → '3'",
        "section s: heading_markdown: nothing → ''",
        "section s: columns: [Paper] → [Paper, Kind]",
        "section s: align: [-] → nothing",
        "section s: field of Kind: 'model' → nothing",
        "section s: text_before: 'b' → nothing",
        "section s: unread behind a: 'y' → 'z'",
        "section s: unread on top: 'x' → nothing",
        "list.md:1: a: title: 'Alpha of Salt' → 'Alpha of Salts'",
        "list.md:1: a: date: '1' → nothing",
        "list.md:1: a: venue: 'V' → 'W\\nX'",
        "list.md:1: a: model: nothing → 'M'",
        "list.md:1: a: code: 'c' → nothing",
        "list.md:1: a: Kind: 'k' → 'kk'",
        "list.md:1: a: Odd: 'o' → nothing",
        "list.md:1: a: text: nothing → '- a\\n - b'",
        "3 changed: not taken (--update takes it)",
    ]


def test_a_list_without_a_title_says_nothing_of_it():
    assert news(catalog_of(section("S", A), title="README"), list_of(section("S", A), title=None)) == [""]


def test_a_title_that_is_quite_another_is_doubted():
    assert news(catalog_of(section("S", A)), list_of(section("S", row("Quite other", 1)))) == [
        "list.md:1: a: title: 'Alpha of Salt' → 'Quite other'",
        "list.md:1: a: that is quite another title for the same link; another paper needs a link of its own",
        "1 changed: not taken (--update takes it)",
    ]


def test_a_column_that_was_renamed_is_said_once():
    old = section("S", replace(A, columns={"Kind": "k"}), replace(B, columns={"Kind": "l"}), columns=("Paper", "Kind"))
    new = section("S", replace(A, columns={"Type": "k"}), replace(B, columns={"Type": "m"}), columns=("Paper", "Type"))
    assert news(catalog_of(old), list_of(new)) == [
        "section s: columns: [Paper, Kind] → [Paper, Type]",
        "list.md:2: b: Type: 'l' → 'm'",
        "3 changed: not taken (--update takes it)",
    ]


LONG = "Towards Open-World Recommendation with Knowledge Augmentation from {} Language Models by Many People"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (LONG.format("Large"), LONG.format("Lage"), "'…from Large Language Models b…' → '…from Lage Language Models b…'"),
        ("Short", None, "'Short' → nothing"),
        (None, "x" * 200, f"nothing → '{'x' * 99}…'"),
        ("a " * 60, "b " * 60, f"{('a ' * 50)[:99] + '…'!r} → {('b ' * 50)[:99] + '…'!r}"),
        ("x" * 70, "x" * 80, f"'…{'x' * 20}' → '…{'x' * 30}'"),
        ("x" * 80, "x" * 70, f"'…{'x' * 30}' → '…{'x' * 20}'"),
        ("words\n" * 20, "words\n" * 20 + "more", "'…s\\nwords\\nwords\\nwords\\n' → '…s\\nwords\\nwords\\nwords\\nmore'"),
    ],
)  # fmt: skip
def test_of_a_long_text_that_is_shown_which_differs(old, new, line):
    assert shown(old, new) == line


@given(st.text(min_size=61), st.text())
def test_two_texts_are_never_shown_alike(old, new):
    if old != new:
        one, _, other = shown(old, new).partition(" → ")
        assert one != other


def test_rows_that_moved_are_said_and_many_in_one_line():
    rows = [row(f"Paper {number} of Salt", number, id=f"p{number}") for number in range(11)]
    catalog = catalog_of(section("S", A, *rows), section("T", B), section("U", C))
    found = list_of(section("S", A, C), section("T", B, *rows), section("U"))
    assert news(catalog, found) == [
        "list.md:2: c: section: u → s",
        f"11 rows: section: s → t: {', '.join(f'p{number}' for number in range(11))}",
        "12 moved: not taken (--update takes it)",
    ]
    assert news(catalog, found, take=True)[-1] == "12 moved: taken"


def test_another_order_is_said():
    catalog = catalog_of(section("S", A, B), section("T", C))
    found = list_of(section("T", C), section("S", B, A))
    lines = ["the sections stand in another order in the list", "section s: its rows stand in another order in the list"]
    assert news(catalog, found, take=True) == [*lines, "2 in another order: taken"]
    assert news(catalog, found) == [
        *(f"{line}; the catalog keeps its own" for line in lines),
        "2 in another order: not taken (--update takes it)",
    ]


def test_rows_that_are_gone_are_said_with_what_was_written_by_hand():
    catalog = catalog_of(
        section("S", replace(A, key="K", override={"page": "1"}, where="s.yaml:1"), replace(B, where="s.yaml:9"), C)
    )
    assert news(catalog, list_of(section("S", C))) == [
        "a: not in the list any more, kept with its key and override: 'Alpha of Salt' (s.yaml:1)",
        "b: not in the list any more, kept: 'Beta of Salt' (s.yaml:9)",
        "2 gone: kept (--prune removes it)",
    ]
    assert news(catalog, list_of(section("S", C)), prune=True)[1:] == [
        "b: not in the list any more, removed: 'Beta of Salt' (s.yaml:9)",
        "2 gone: removed",
    ]


def test_many_rows_that_are_gone_are_said_in_one_line_but_for_those_with_a_person_s_words():
    rows = [row(f"Paper {number} of Salt", number, id=f"p{number}") for number in range(10, 160)]
    catalog = catalog_of(section("S", A, replace(rows[0], key="K", where="s.yaml:1"), *rows[1:]))
    names = ", ".join(f"p{number}" for number in range(10, 110))
    assert news(catalog, list_of(section("S", A)), prune=True) == [
        f"150 rows are not in the list any more, removed: {names} and 50 more",
        "p10: not in the list any more, removed with its key: 'Paper 10 of Salt' (s.yaml:1)",
        "150 gone: removed",
    ]
    assert len(news(catalog, list_of(section("S", A)))) == 2


def test_sections_that_are_gone_are_said():
    catalog = catalog_of(section("S", A), section("T", columns=()))
    assert news(catalog, list_of(section("S", A))) == [
        "section t: not in the list; kept",
        "1 of the sections gone: kept (--prune removes it)",
    ]
    update = compare(catalog, NO_LOCK, list_of(section("S", A)))
    assert list(report(update, take=False, prune=True, kept_sections=["t"])) == [
        "section t: not in the list; kept: t.yaml still holds rows or comments"
    ]
    assert summary(update, take=False, prune=True, kept_sections=["t"]) == "1 of the sections gone: kept"
    assert list(report(update, take=False, prune=True)) == ["section t: not in the list; removed"]
    assert not is_settled(update, take=False, prune=True, kept_sections=["t"])
    assert is_settled(update, take=False, prune=True)


@pytest.mark.parametrize(
    "texts",
    [{"text_before": "| [A](https://arxiv.org/abs/2401.00001) | x | y |"}, {"unread": {"": "| Gone but Still Named Here |"}}],
)
def test_a_row_whose_words_still_stand_in_the_list_is_not_gone(texts):
    catalog = catalog_of(section("S", C, A if "text_before" in texts else row("Gone but Still Named Here", id="a"), **texts))
    found = list_of(section("S", C, **texts))
    assert news(catalog, found, prune=True) == [
        "a: no row of the list any more, but its words stand there; kept",
        "1 no row any more: kept",
    ]
    assert not is_settled(compare(catalog, NO_LOCK, found), take=True, prune=True)


def test_new_rows_and_sections_are_counted():
    assert news(catalog_of(section("S", A)), list_of(section("S", A, B), section("T", C))) == ["2 new, 1 new section"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (([A, replace(A, id="a-2")], []), "2: a-2: the paper of a (1) again; one work"),
        (([A], [replace(A, id="a-2", title="Alphas of Salt")]), "2: a-2: the paper of a (1) in another section; one work"),
        (([A, row("Quite other", 1, id="x")], []), "2: x: has the link of a (1) under quite another title; they stay two papers"),
        (([A, row("Alpha of Salt", 5, id="x")], []), "2: x: has the title of a (1), but not its link; one work only if enrich finds so"),
        (([row("x", id=f"x{n}") for n in range(3)], []), "2: x1: has the title of x0 (1), but not its link; one work only if enrich finds so"),
        (([row("Paper", n, id=f"x{n}") for n in range(4)], []), None),
        (([A, B], [C]), None),
    ],
)  # fmt: skip
def test_papers_that_stand_twice_are_said(rows, line):
    lines = iter("123456789")
    sections = [
        section(heading, *(replace(row, where=next(lines)) for row in some)) for heading, some in zip("ST", rows, strict=True)
    ]
    assert next(map(str, twice(sections, NO_LOCK)), None) == line


# What is written.


def files_of(catalog):
    files = {CATALOG: dumps_catalog(catalog)}
    return files | {
        f"{each.slug}.yaml": dumps_listings(each.listings) for each in catalog.categories if each.columns or each.listings
    }


def read(files):
    """The catalog in the files, with every listing in each file that has it. KeyError if a table has no file."""
    catalog = loads_catalog(files[CATALOG], CATALOG)
    texts = [files[name] if each.columns else files.get(name, "") for each in catalog.categories if (name := f"{each.slug}.yaml")]
    found = (replace(each, listings=loads_listings(text, "x")) for each, text in zip(catalog.categories, texts, strict=True))
    return replace(catalog, categories=tuple(found))


def steps(files, found, *, take=False, prune=False, columns=None):
    """The files before the first step of an update, and after each."""
    update = compare(read(files), NO_LOCK, found)
    plans = plan(update, columns or {}, take=take, prune=prune)
    states = [files]
    for name, text in writing(plans, files.get, "catalog").steps:
        kept = {each: old for each, old in states[-1].items() if each != name}
        states.append(kept if text is None else kept | {name: text})
    return states


def after(catalog, found, **how):
    """What each category has after an update."""
    now = read(steps(files_of(catalog), found, **how)[-1])
    return {each.slug: [row.id for row in each.listings] for each in now.categories}


D, E, N = row("Delta of Salt", 4, id="d"), row("Epsilon of Salt", 5, id="e"), row("New of Salt", 9, id="n")


def test_new_rows_go_behind_the_neighbour_that_the_category_has():
    catalog = catalog_of(section("S", A, B), section("T", D, E))
    # d moved here, and its file keeps it unless that is taken
    found = list_of(section("S", row("First", 7), A, D, row("Behind d", 8), B), section("T", row("Top", 6), E))
    assert after(catalog, found) == {"s": ["first", "a", "behind-d", "b"], "t": ["top", "d", "e"]}
    assert after(catalog, found, take=True) == {"s": ["first", "a", "d", "behind-d", "b"], "t": ["top", "e"]}


def test_new_rows_go_before_rows_that_are_gone():
    assert after(catalog_of(section("S", A, B, C)), list_of(section("S", A, N, C))) == {"s": ["a", "new-salt", "b", "c"]}


def test_the_first_row_of_a_section_without_a_file():
    catalog = catalog_of(section("S", A), section("T", columns=()))
    assert after(catalog, list_of(section("S", A), section("T", B, columns=()))) == {"s": ["a"], "t": ["beta-salt"]}


def test_as_few_rows_as_possible_change_their_place():
    text = "# mine\n\n# about a\n- id: a\n  title: Alpha of Salt\n\n# about b\n- id: b\n  title: Beta of Salt\n\n- id: c\n  title: Gamma of Salt\n"
    files = files_of(catalog_of(section("S"))) | {"s.yaml": text}
    found = list_of(section("S", *(replace(each, link=None) for each in (B, C, A))))
    (_, now) = steps(files, found, take=True)
    moved = "# about a\n- id: a\n  title: Alpha of Salt\n"
    assert now["s.yaml"] == text.replace(moved, "") + moved


def test_a_row_that_moves_takes_its_lines_along_and_changes_there():
    source = "# about a\n- id: a   # mine\n  title: Alpha of Salt\n  link: https://arxiv.org/abs/2401.00001\n  key: K\n  override: {page: 1-2}\n"
    target = "  - id: b\n    title: 'Beta of Salt'\n    link: https://arxiv.org/abs/2401.00002\n"
    files = files_of(catalog_of(section("S"), section("T"))) | {"s.yaml": f"# mine\n\n{source}", "t.yaml": target}
    now = steps(files, list_of(section("S"), section("T", B, row("Alphas of Salt", 1))), take=True)[-1]
    assert now == files | {
        "s.yaml": "# mine\n\n",
        "t.yaml": target + "".join(f"  {line}\n" for line in source.replace("Alpha ", "Alphas ").splitlines()),
    }


def test_a_stopped_run_leaves_each_listing_in_a_file():
    catalog = catalog_of(section("S", A, B), section("T", C, D), section("U", E))
    found = list_of(section("T", C, A), section("New", E, B), section("S", D, N))
    states = steps(files_of(catalog), found, take=True, prune=True)
    assert [each.slug for each in read(states[-1]).categories] == ["t", "u", "s"]
    for state in states:
        assert {row.id for each in read(state).categories for row in each.listings} >= {"a", "b", "c", "d", "e"}


def test_a_section_that_is_gone_goes_with_its_file_if_nothing_is_left_in_it():
    catalog = catalog_of(section("S", A), section("T", B), section("U", columns=(), text_before="words"))
    states = steps(files_of(catalog), list_of(section("S", A)), prune=True)
    assert sorted(states[-1]) == [CATALOG, "s.yaml"]
    assert [each.slug for each in read(states[-1]).categories] == ["s"]
    assert "t.yaml" in states[-2]  # the file goes last


def test_a_section_that_is_gone_stays_for_what_a_person_wrote_in_its_file():
    catalog = catalog_of(section("S", A), section("T", B))
    files = files_of(catalog)
    files["t.yaml"] = f"# mine\n{files['t.yaml']}"
    update = compare(catalog, NO_LOCK, list_of(section("S", A)))
    prepared = writing(plan(update, {}, take=False, prune=True), files.get, "catalog")
    assert (prepared.steps, prepared.kept_sections) == ([("t.yaml", "# mine\n")], ["t"])


def test_a_section_without_rows_is_not_pruned_while_a_row_of_it_is_kept():
    catalog = catalog_of(section("S", A), section("T", B))
    found = list_of(section("S", A, text_after=B.link))
    assert after(catalog, found, prune=True) == {"s": ["a"], "t": ["b"]}
    moved = list_of(section("S", A, B))
    assert after(catalog, moved, prune=True) == {"s": ["a"], "t": ["b"]}
    assert after(catalog, moved, prune=True, take=True) == {"s": ["a", "b"]}


def test_a_new_section_takes_rows_of_others_only_if_that_is_taken():
    catalog = catalog_of(section("S", A, B, C))
    found = list_of(section("S", A, C), section("T", B))
    assert after(catalog, found) == {"s": ["a", "b", "c"], "t": []}
    assert after(catalog, found, take=True) == {"s": ["a", "c"], "t": ["b"]}
    assert steps(files_of(catalog), found)[-1]["t.yaml"] == "[]\n"


def test_a_section_that_gets_a_table_gets_a_file():
    catalog = catalog_of(section("S", A), section("T", columns=()))
    states = steps(files_of(catalog), list_of(section("S", A), section("T")), take=True)
    assert [sorted({*state} - {"s.yaml"}) for state in states] == [[CATALOG], [CATALOG, "t.yaml"], [CATALOG, "t.yaml"]]
    assert (states[-1]["t.yaml"], read(states[-1]).categories[1].columns) == ("[]\n", ("Paper",))


def test_a_section_moves_with_what_nests_in_it_by_hand():
    catalog = catalog_of(section("S", A), section("Mine", level=3), section("T", B), section("U", C))
    found = list_of(section("T", B), section("U", C), section("S", A), section("V", D))
    assert list(after(catalog, found, take=True)) == ["t", "u", "s", "mine", "v"]
    assert list(after(catalog, found)) == ["s", "mine", "v", "t", "u"]


def test_what_stands_unread_stays_in_its_place_when_the_row_above_goes():
    catalog = catalog_of(section("S", A, B, C, unread={"b": "| b |", "a": "| a |"}), section("T", D))
    pruned = steps(files_of(catalog), list_of(section("S", A, C), section("T", D)), prune=True)[-1]
    assert read(pruned).categories[0].unread == {"a": "| a |\n| b |"}
    come = catalog_of(section("S", A), section("T", unread={"a": "| a |"}))  # as a first import leaves a new section
    taken = steps(files_of(come), list_of(section("S"), section("T", A, unread={"a": "| a |"})), take=True)[-1]
    assert read(taken).categories[1].unread == {"a": "| a |"}
    moved = list_of(section("S", A, C, unread={"list.md:1": "| a |\n| b |"}), section("T", D, B))
    assert news(catalog, moved)[:-1] == ["list.md:4: b: section: s → t"]
    assert read(steps(files_of(catalog), moved, take=True)[-1]).categories[0].unread == {"a": "| a |\n| b |"}


def test_what_a_person_said_of_columns_is_remembered():
    catalog = catalog_of(section("S", A))
    now = steps(files_of(catalog), list_of(section("S", A)), columns={"Publication": "venue"})[-1]
    assert now[CATALOG] == files_of(catalog)[CATALOG].replace("title: L\n", "title: L\ncolumns:\n  Publication: venue\n")


def test_a_file_that_cannot_be_changed_so_is_named():
    files = files_of(catalog_of(section("S"))) | {"s.yaml": "[{id: a, title: Alpha of Salt}]"}
    with pytest.raises(CatalogError) as error:
        steps(files, list_of(section("S", N, A)))
    assert str(error.value) == "catalog/s.yaml: the list stands in brackets; write one item a line, each beginning with '- '"


# Any list after any other.

_WORDS = ["Alpha", "Beta", "Gamma", "Delta"]


@st.composite
def rows(draw):
    """A paper of a few: with its link or without, its title spelt so or so."""
    number = draw(st.integers(1, 9))
    title = f"{_WORDS[number % 4]} of Salt {number}{draw(st.sampled_from(['', '', ' Again']))}"
    link = draw(st.sampled_from([number, number, None, "https://a.org/b"]))
    cells = st.none() | st.sampled_from(["2024", "x: y", "two\nlines", "#"])
    columns = draw(st.dictionaries(st.sampled_from(["Kind", "A: B"]), st.sampled_from(["k", "l\nm"])))
    return row(title, link, venue=draw(cells), columns=columns)


@st.composite
def lists(draw):
    """Sections of a few headings, their rows, and texts."""
    headings = draw(st.lists(st.sampled_from("STUV"), max_size=4))
    texts = st.none() | st.sampled_from(["words", "more\nwords"])
    sections = [
        section(
            heading,
            *draw(st.lists(rows(), max_size=4)),
            slug=heading.lower() + (f"-{number}" if heading in headings[:number] else ""),
            level=draw(st.integers(2, 3)),
            columns=draw(st.sampled_from([(), ("Paper",), ("Paper", "Kind")])),
            text_before=draw(texts),
        )
        for number, heading in enumerate(headings)
    ]
    return list_of(*sections, text_before=draw(texts))


def shown_by(categories):
    """What a reader of the list sees."""
    return [
        replace(each, slug="", listings=tuple(replace(row, id="", key=None, override={}) for row in each.listings))
        for each in categories
    ]


def taken_from(found):
    """A catalog of a list, in which a person wrote keys and overrides."""
    categories = identified(catalog_of(), NO_LOCK, found.categories)
    by_hand = [
        replace(each, listings=tuple(replace(row, key=f"K-{row.id}", override={"page": row.id}) for row in each.listings))
        for each in categories
    ]
    return catalog_of(*by_hand, text_before=found.text_before)


def by_hand(catalog):
    return {row.id: (row.key, row.override) for each in catalog.categories for row in each.listings}


@given(lists(), lists())
def test_all_taken_and_pruned_a_catalog_says_what_the_list_says(old, new):
    catalog = taken_from(old)
    update = compare(catalog, NO_LOCK, new)
    states = steps(files_of(catalog), new, take=True, prune=True)
    now = read(states[-1])
    if not update.unread:
        assert shown_by(now.categories) == shown_by(new.categories)
        assert now.text_before == new.text_before
        again = compare(now, NO_LOCK, new)
        assert is_settled(again, take=False, prune=False)
        assert (again.new, again.new_sections) == ((), ())
    gone = {each.id for each in update.gone}
    assert by_hand(now).items() >= {name: hand for name, hand in by_hand(catalog).items() if name not in gone}.items()
    for state in states:
        found = [row.id for each in read(state).categories for row in each.listings]
        assert set(found) >= set(by_hand(catalog)) - gone


@given(lists(), lists())
def test_without_being_told_to_a_catalog_keeps_all_that_it_says(old, new):
    catalog = taken_from(old)
    update = compare(catalog, NO_LOCK, new)
    now = read(steps(files_of(catalog), new)[-1])
    kept = {each.slug for each in catalog.categories}
    added = {row.id for row in update.new}
    assert (
        tuple(
            replace(each, listings=tuple(row for row in each.listings if row.id not in added))
            for each in now.categories
            if each.slug in kept
        )
        == catalog.categories
    )
    assert {row.id for each in now.categories for row in each.listings} == set(by_hand(catalog)) | added
