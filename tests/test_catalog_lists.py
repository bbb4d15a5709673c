from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import DATA, ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import CATALOGS, LISTINGS, TEXT

from llm4rs_bib.catalog import CATALOG, dumps_catalog, dumps_listings, insert, loads_catalog, loads_listings
from llm4rs_bib.errors import CatalogError
from llm4rs_bib.model import Category, Listing

KAR = """\
- id: kar
  title: Towards Open-World Recommendation
  link: https://arxiv.org/pdf/2306.10933
  date: 2023.10
  model: NO
  columns:
    Knowledge Type: Summarization & Reasoning
    Code: "[Link](https://github.com/x)"
  override:
    author: ["Xi, Yunjia", "{Group}"]
    issued: 2024-03
    DOI: null
"""


def test_every_scalar_is_read_as_text():
    expected = Listing(
        id="kar",
        title="Towards Open-World Recommendation",
        link="https://arxiv.org/pdf/2306.10933",
        date="2023.10",
        model="NO",
        columns={"Knowledge Type": "Summarization & Reasoning", "Code": "[Link](https://github.com/x)"},
        override={"author": ("Xi, Yunjia", "{Group}"), "issued": "2024-03", "DOI": None},
    )
    (found,) = loads_listings(KAR, "k.yaml")
    assert expected == found
    assert found.where == "k.yaml:1"


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "catalog").glob("*.yaml")), *sorted((DATA / "other").glob("*.yaml"))], ids=lambda p: p.name
)
def test_every_file_reads_what_it_writes(path):
    loads, dumps = (loads_catalog, dumps_catalog) if path.name == CATALOG else (loads_listings, dumps_listings)
    values = loads(path.read_text(), "x")
    assert values == loads(dumps(values), "x")


@given(st.lists(LISTINGS, max_size=3).map(tuple))
def test_listings_read_what_they_write(listings):
    assert listings == loads_listings(dumps_listings(listings), "x")


@given(CATALOGS)
def test_catalogs_read_what_they_write(catalog):
    assert catalog == loads_catalog(dumps_catalog(catalog), "x")


@given(TEXT)
@example("\ufeff")
@example("a: b: c")
def test_any_text_is_a_catalog_or_has_a_place_where_it_is_wrong(text):
    for loads in (loads_catalog, loads_listings):
        try:
            loads(text, "x.yaml")
        except CatalogError as error:
            for fault in error.faults:
                assert fault.where.startswith("x.yaml:")
                assert fault.where[len("x.yaml:") :].isdigit()


def complaints(text, loads=loads_listings):
    with pytest.raises(CatalogError) as caught:
        loads(text, "x.yaml")
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "- id: a b\n  titel: x\n- foo\n- id: c\n  title: [a]\n  override: {DOY: x, issued: 2024-13, author: x}\n",
            [
                "x.yaml:2: unknown key 'titel'; did you mean title?",
                "x.yaml:1: the listing has no title",
                "x.yaml:3: a listing must be a mapping that begins with '- id: …'",
                "x.yaml:5: title must be text",
                "x.yaml:6: override: DOY: unknown variable 'DOY'; did you mean DOI?",
                "x.yaml:6: override: issued: month must be in 1..12",
                "x.yaml:6: override: author: must be a list of names",
            ],
        ),
        ("- id: a\n  id: b\n  title: x\n  title: y\n",
         ["x.yaml:2: the key 'id' stands twice; keep one", "x.yaml:4: the key 'title' stands twice; keep one"]),
        ("- id: é\n  title: x\n  key: a b\n",
         ["x.yaml:1: the id 'é' may have letters, digits, '.', '_' and '-' only",
          "x.yaml:1: the key 'a b' may have ASCII letters, digits and '.:+/_-' only"]),
        ("- id: a\n  title:\n", ["x.yaml:1: the listing has no title"]),
        ("- id: a\n  title: x\n  columns: [a]\n  override: [b]\n",
         ["x.yaml:3: columns must be a mapping of headings to cells", "x.yaml:4: override must be a mapping of CSL variables to values"]),
        ("a: 1", ["x.yaml:1: must be a list of listings, each beginning with '- id: …'"]),
        ("- id: a\n  title: x: y\n",
         ["x.yaml:2: not YAML: mapping values are not allowed in this context; quote text that holds ': ' or begins with a sign"]),
        ("- id: a\n\ttitle: x\n", ["x.yaml:2: not YAML: while scanning a plain scalar found a tab character that violates indentation"]),
        ("- id: a\n  title: *x\n", ["x.yaml:2: anchors and aliases (& and *) are not read; write the text out"]),
        ("- id: a\n  title: &x y\n", ["x.yaml:2: anchors and tags (& and !) are not read; quote text that begins with them"]),
        ("- !!map\n  id: a\n", ["x.yaml:1: the tag tag:yaml.org,2002:map is not read; everything is text"]),
        ("- id: a\n  title: x\n  override:\n    author: [A, null]\n    DOI: soon\n    page: [1]\n", [
            "x.yaml:4: each of author must be text, not null",
            "x.yaml:5: override: DOI: 'soon' is no DOI",
            "x.yaml:6: override: page: must be text, not a list",
        ]),
        ("[" * 2000, ["x.yaml:1: nested too deeply"]),
        ("- id: a\n---\n- id: b\n", ["x.yaml:2: a second document (---); keep one in a file"]),
        ("- ? [a]\n  : b\n", ["x.yaml:1: a key must be text"]),
        ("- id: a\n  title: \x07\n", ["x.yaml:2: a control character (#x0007); remove it"]),
    ],
)  # fmt: skip
def test_all_faults_of_a_file_of_listings(text, lines):
    assert lines == complaints(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["x.yaml:1: must begin with 'format: 1' and have a title and categories"]),
        ("title: x\n", ["x.yaml:1: has no format; write 'format: 1'"]),
        ("format: 2\nfoo: bar\n", ["x.yaml:1: format 2 is not what this version reads (1); update llm4rs-bib"]),
        ("format: ²\n", ["x.yaml:1: format ² is not what this version reads (1); write 'format: 1'"]),
        ("format: one\n", ["x.yaml:1: format one is not what this version reads (1); write 'format: 1'"]),
        (
            "format: 1\nfoo: 1\ncategories:\n- slug: catalog\n  heading: x\n- slug: a\n  heading: x\n  level: 9\n- slug: A\n  heading: b\n- slug: ../x\n  heading: b\n",
            [
                "x.yaml:2: unknown key 'foo'; known: format, title, text_above, text_before, categories",
                "x.yaml:1: the catalog has no title",
                "x.yaml:4: the slug 'catalog' is taken by the catalog's own file; give it another",
                "x.yaml:8: level must be a number from 1 to 6",
                "x.yaml:9: the slug 'A' is taken by the category at line 6; give it another",
                "x.yaml:11: the slug '../x' may have letters, digits, '.', '_' and '-' only",
            ],
        ),
        ("format: 1\ntitle: x\ncategories: a\n", ["x.yaml:3: categories must be a list, each beginning with '- slug: …'"]),
        ("format: 1\ntitle: x\ncategories:\n- slug: a\n  heading: b\n  columns: c\n", ["x.yaml:6: columns must be a list"]),
    ],
)  # fmt: skip
def test_all_faults_of_a_catalog(text, lines):
    assert lines == complaints(text, loads_catalog)


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


@pytest.mark.parametrize("end", ["", "categories:\n", "categories: []\n", "categories: []", "categories:"])
def test_the_first_category(end):
    found = insert(f"format: 1\ntitle: x\n{end}", [(Category(slug="water", heading="Water"), None)])
    assert found == "format: 1\ntitle: x\ncategories:\n- slug: water\n  heading: Water\n  level: 2\n"


def test_a_new_category_goes_behind_its_neighbour():
    text = (DATA / "other" / CATALOG).read_text()
    found = insert(text, [(Category(slug="water", heading="3. Water"), "fungi")])
    block = "  - slug: water\n    heading: 3. Water\n    level: 2\n"
    assert text.replace("  - slug: bacteria\n", f"{block}  - slug: bacteria\n") == found
    assert [each.slug for each in loads_catalog(found, "x").categories] == ["soil", "fungi", "water", "bacteria", "climate"]


@given(st.lists(LISTINGS, min_size=1, max_size=3, unique_by=lambda listing: listing.id), LISTINGS, st.data())
def test_a_new_row_among_any_others(listings, new, data):
    new = replace(new, id="new-one")
    at = data.draw(st.integers(0, len(listings)))
    text = insert(dumps_listings(listings), [(new, listings[at - 1].id if at else None)])
    assert (*listings[:at], new, *listings[at:]) == loads_listings(text, "x")
