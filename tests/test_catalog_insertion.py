from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from strategies import LISTINGS

from llm4rs_bib.catalog import CATALOG, dumps_listings, loads_catalog, loads_listings
from llm4rs_bib.catalog.insertion import cut, insert
from llm4rs_bib.errors import CatalogError
from llm4rs_bib.model import Category, Listing

NEW = Listing(id="new", title="Right: here")
BLOCK = "- id: new\n  title: 'Right: here'\n"
HAND_WRITTEN = "# mine\n\n- id: a   # first\n  title: 'One'\n  # about b:\n\n- {id: b, title: \"Two\"}\n-   id: c\n    title: >\n      Three\n      lines\n\n# the end\n"


@pytest.mark.parametrize(
    ("after", "line"),
    [(None, 2), ("a", 4), ("b", 7), ("c", 12)],
)
def test_a_new_row_goes_behind_its_neighbour_and_nothing_else_changes(after, line):
    lines = HAND_WRITTEN.splitlines(keepends=True)
    found = insert(HAND_WRITTEN, [(NEW, after)])
    assert "".join([*lines[:line], BLOCK, *lines[line:]]) == found
    ids = [listing.id for listing in loads_listings(found, "x")]
    expected = ["a", "b", "c"]
    expected.insert(expected.index(after) + 1 if after else 0, "new")
    assert expected == ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", BLOCK),
        ("# nothing yet\n", f"# nothing yet\n{BLOCK}"),
        ("# nothing yet", f"# nothing yet\n{BLOCK}"),
        ("[]\n", BLOCK),
        ("# none\n[]", f"# none\n{BLOCK}"),
        ("- id: a\n  title: x", f"- id: a\n  title: x\n{BLOCK}"),
        ("- id: a\r\n  title: x\r\n# end\r\n", "- id: a\r\n  title: x\r\n{}# end\r\n".format(BLOCK.replace("\n", "\r\n"))),
        ("  - id: a\n    title: x\n", "  - id: a\n    title: x\n  - id: new\n    title: 'Right: here'\n"),
        ("- id: a\n  title: |\n    # no comment\n\n    - end\n\n\n", f"- id: a\n  title: |\n    # no comment\n\n    - end\n\n\n{BLOCK}"),
        ("\ufeff- id: a\n  title: x\n", f"\ufeff- id: a\n  title: x\n{BLOCK}"),
    ],
)  # fmt: skip
def test_a_new_row_in_files_of_all_kinds(text, expected):
    assert expected == insert(text, [(NEW, "a" if "id: a" in text else None)])


@pytest.mark.parametrize(
    "text",
    [
        "-\n  id: a\n  title: x\n",
        "- # note\n  id: a\n  title: x\n",
        "\ufeff- id: a\n  title: x\n",
        "# x\n-   id: a\n    title: x\n",
    ],
)
def test_a_new_first_row_goes_before_the_first_dash(text):
    found = insert(text, [(NEW, None)])
    assert text == found.replace(BLOCK, "")
    assert [each.id for each in loads_listings(found, "x")] == ["new", "a"]


@pytest.mark.parametrize("text", ["format: 1\ntitle: x\n...\n", "{format: 1, title: x}\n"])
def test_a_catalog_that_takes_no_line_is_refused(text):
    with pytest.raises(CatalogError, match="cannot be put between without changing others"):
        insert(text, [(Category(slug="a", heading="A"), None)])


@pytest.mark.parametrize("text", ["~\n", "null # nothing\n", "---\n...\n"])
def test_a_file_that_says_it_is_empty_is_refused(text):
    with pytest.raises(CatalogError, match="cannot be put between without changing others"):
        insert(text, [(NEW, None)])


def test_categories_may_stand_first():
    found = insert("format: 1\ncategories:\ntitle: x\n", [(Category(slug="a", heading="A"), None)])
    assert found == "format: 1\ncategories:\n- slug: a\n  heading: A\n  level: 2\ntitle: x\n"


def test_several_new_rows_in_their_order():
    one, two, three = (Listing(id=f"n{i}", title="x") for i in range(3))
    found = insert("- id: a\n  title: x\n- id: b\n  title: y\n", [(one, None), (two, "a"), (three, "n1")])
    assert [each.id for each in loads_listings(found, "x")] == ["n0", "a", "n1", "n2", "b"]


@pytest.mark.parametrize("text", ["- id: a\n  title: x\n  code: |\n    y", "- id: a\n  title: x\n  code: |+\n    y"])
def test_a_row_is_not_put_where_it_would_change_another(text):
    with pytest.raises(CatalogError, match="cannot be put between without changing others; end the file with an empty line"):
        insert(text, [(NEW, "a")])


def test_a_list_in_brackets_has_no_line_for_a_new_row():
    with pytest.raises(CatalogError, match="the list stands in brackets; write one item a line"):
        insert("[{id: a, title: x}]", [(NEW, "a")])


@pytest.mark.parametrize(
    "end", ["", "categories:\n", "categories: []\n", "categories: []", "categories:", "categories: ~\n", "categories: null"]
)
def test_the_first_category(end):
    found = insert(f"format: 1\ntitle: x\n{end}", [(Category(slug="water", heading="Water"), None)])
    assert found == "format: 1\ntitle: x\ncategories:\n- slug: water\n  heading: Water\n  level: 2\n"


def test_a_new_category_goes_behind_its_neighbour():
    text = (DATA / "other" / CATALOG).read_text()
    found = insert(text, [(Category(slug="water", heading="3. Water"), "fungi")])
    block = "  - slug: water\n    heading: 3. Water\n    level: 2\n"
    assert text.replace("  - slug: bacteria\n", f"{block}  - slug: bacteria\n") == found
    assert [each.slug for each in loads_catalog(found, "x").categories] == ["soil", "fungi", "water", "bacteria", "climate"]


FILE = """\
# the file's own
- id: a
  title: A

# about b
# and more
- id: b   # mine
  title: |
    B

    b
  key: K
  # inside

-
  id: c
  title: C
- {id: d, title: D}
# the end
"""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a", "- id: a\n  title: A\n"),
        ("b", "# about b\n# and more\n- id: b   # mine\n  title: |\n    B\n\n    b\n  key: K\n  # inside\n"),
        ("c", "-\n  id: c\n  title: C\n"),
        ("d", "- {id: d, title: D}\n"),
    ],
)
def test_an_item_is_taken_out_with_the_comments_directly_above(name, lines):
    rest, blocks = cut(FILE, [name])
    assert FILE.count(lines) == 1
    assert rest == FILE.replace(lines, "")
    assert ["".join(f"{line}\n" for line in block.lines) for block in blocks.values()] == [lines]


def test_an_item_is_taken_out_without_the_comments_above():
    rest, _ = cut(FILE, ["b", "d"], with_comments=False)
    expected = FILE.replace("- id: b   # mine\n  title: |\n    B\n\n    b\n  key: K\n  # inside\n", "")
    assert rest == expected.replace("- {id: d, title: D}\n", "")


def test_all_items_are_taken_out():
    assert cut("- id: a\n  title: A", ["a"])[0] == ""
    assert cut("\ufeff# mine\n\n- id: a\n  title: A\n", ["a"])[0] == "\ufeff# mine\n\n"
    rest, _ = cut("format: 1\ntitle: x\ncategories:\n- slug: a\n  heading: A\n", ["a"])
    assert loads_catalog(rest, "x").categories == ()


def test_nothing_is_taken_out_of_brackets():
    with pytest.raises(CatalogError, match="the list stands in brackets; write one item a line"):
        cut("[{id: a, title: x}]", ["a"])


def test_an_item_stays_where_its_empty_lines_would_become_another_s():
    text = "- id: a\n  title: |+\n    A\n\n- id: b\n  title: |\n    B\n\n\n- id: c\n  title: C\n"
    with pytest.raises(CatalogError, match=r"^b cannot be taken out without changing others; do it by hand$"):
        cut(text, ["b"])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("column", [0, 2])
@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
def test_an_item_goes_into_a_file_of_another_form(name, column, newline):
    _, blocks = cut(FILE, [name])
    indent = " " * column
    target = f"{indent}- id: x{newline}{indent}  title: X{newline}"
    found = insert(target, [(blocks[name], "x")])
    lines = "".join(f"{indent}{line}{newline}" if line else newline for line in blocks[name].lines)
    assert found == target + lines
    moved = next(each for each in loads_listings(FILE, "x") if each.id == name)
    assert loads_listings(found, "x") == (Listing(id="x", title="X"), moved)


def test_an_item_comes_out_of_a_file_of_another_form():
    indented = "".join(f"    {line}" if line.strip() else line for line in FILE.splitlines(keepends=True))
    for text in (indented, FILE.replace("\n", "\r\n")):
        rest, blocks = cut(text, ["b"])
        assert blocks == cut(FILE, ["b"])[1]
        assert loads_listings(rest, "x") == loads_listings(cut(FILE, ["b"])[0], "x")


@given(st.lists(LISTINGS, min_size=2, max_size=4, unique_by=lambda listing: listing.id), st.data())
def test_any_item_moves_to_any_place(listings, data):
    at, to = data.draw(st.integers(0, len(listings) - 1)), data.draw(st.integers(0, len(listings) - 1))
    moved = listings.pop(at)
    text = dumps_listings([*listings[:at], moved, *listings[at:]])
    rest, blocks = cut(text, [moved.id])
    assert rest == dumps_listings(listings)
    found = insert(rest, [(blocks[moved.id], listings[to - 1].id if to else None)])
    assert loads_listings(found, "x") == (*listings[:to], moved, *listings[to:])


@given(st.lists(LISTINGS, min_size=1, max_size=3, unique_by=lambda listing: listing.id), LISTINGS, st.data())
def test_a_new_row_among_any_others(listings, new, data):
    new = replace(new, id="new-one")
    at = data.draw(st.integers(0, len(listings)))
    text = insert(dumps_listings(listings), [(new, listings[at - 1].id if at else None)])
    assert (*listings[:at], new, *listings[at:]) == loads_listings(text, "x")
