from __future__ import annotations

import pytest
from conftest import DATA, ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import CATALOGS, LISTINGS, TEXT

from llm4rs_bib.catalog import CATALOG, dumps_catalog, dumps_listings, loads_catalog, loads_listings
from llm4rs_bib.errors import CatalogError
from llm4rs_bib.model import Listing

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
                "x.yaml:2: unknown key 'foo'; known: format, title, heading_markdown, text_above, text_before, columns, venues, categories",
                "x.yaml:1: the catalog has no title",
                "x.yaml:4: the slug 'catalog' is taken by the catalog's own file; give it another",
                "x.yaml:8: level must be a number from 1 to 6",
                "x.yaml:9: the slug 'A' is taken by the category at line 6; give it another",
                "x.yaml:11: the slug '../x' may have letters, digits, '.', '_' and '-' only",
            ],
        ),
        ("format: 1\ntitle: x\nvenues: a\n", ["x.yaml:3: venues must be a mapping of proceedings or journals to their short names"]),
        ("format: 1\ntitle: x\nvenues:\n  '(2024)': a\n", ["x.yaml:4: '(2024)' is no name of proceedings or a journal"]),
        (
            "format: 1\ntitle: x\nvenues:\n  Sea Conference:\n  Land: []\n",
            ["x.yaml:4: the short name of 'Sea Conference' is missing", "x.yaml:5: Land must be text"],
        ),
        ("format: 1\ntitle: x\ncategories: a\n", ["x.yaml:3: categories must be a list, each beginning with '- slug: …'"]),
        ("format: 1\ntitle: x\ncategories:\n- slug: a\n  heading: b\n  columns: c\n", ["x.yaml:6: columns must be a list"]),
        (
            "format: 1\ntitle: x\ncolumns:\n  Publication: venu\n",
            ["x.yaml:4: columns: Publication: unknown field 'venu'; did you mean venue?"],
        ),
    ],
)  # fmt: skip
def test_all_faults_of_a_catalog(text, lines):
    assert lines == complaints(text, loads_catalog)
