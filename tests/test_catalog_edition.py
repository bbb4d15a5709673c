from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import CATALOGS, CATEGORIES, LISTINGS

from llm4rs_bib.catalog import dumps_catalog, dumps_listings, loads_catalog, loads_listings
from llm4rs_bib.catalog.edition import edit
from llm4rs_bib.catalog.lists import plain
from llm4rs_bib.catalog.yamltree import write
from llm4rs_bib.errors import CatalogError

ITEM = """\
# mine
- id: a   # first
  title: 'One: a'   # as printed
  date: 2023.10

  # about the venue
  venue: "X \\" y"
  columns:
    Kind: k   # hm
    'Model: M': |
      several
      lines
  key: A2023
  override:
    page: 1-2
- {id: b, title: Two, columns: {Kind: k, "N, M": "n"}}   # in braces
-   id: c
    title: >
      Three
      lines

    code:
# the end
"""


def changed(text, old, new):
    """The text with one place changed, which is there once."""
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("name", "fields", "old", "new"),
    [
        # a scalar's bytes
        ("a", {"date": "2024"}, "date: 2023.10", "date: 2024"),
        ("a", {"title": "It's"}, "'One: a'   #", "'It''s'   #"),
        ("a", {"venue": 'a "b" \\'}, '"X \\" y"', '"a \\"b\\" \\\\"'),
        ("a", {"title": "two\nlines"}, "'One: a'   #", '"two\\nlines"   #'),
        ("a", {"date": "two\nlines"}, "date: 2023.10\n", "date: |-\n    two\n    lines\n"),
        ("a", {"date": "null"}, "date: 2023.10", 'date: "null"'),
        ("c", {"title": "Three"}, "title: >\n      Three\n      lines\n", "title: Three\n"),
        ("c", {"title": "Three\nrows"}, "title: >\n      Three\n      lines\n", "title: |-\n      Three\n      rows\n"),
        ("c", {"code": "x"}, "code:\n", "code: x\n"),
        ("b", {"title": "Two, three"}, "title: Two", "title: 'Two, three'"),
        # a field more
        ("a", {"link": "https://a.b"}, "# as printed\n", "# as printed\n  link: https://a.b\n"),
        ("a", {"model": "M"}, "  columns:\n", "  model: M\n  columns:\n"),
        ("a", {"text": "- x\n  - y"}, "  key: A2023\n", "  text: |-\n    - x\n      - y\n  key: A2023\n"),
        ("b", {"link": "https://a.b", "date": "1"}, "title: Two,", "title: Two, link: 'https://a.b', date: 1,"),
        ("c", {"columns": {"K": "v"}}, "    code:\n", "    code:\n    columns:\n      K: v\n"),
        # a field less; a comment beside it stays
        ("a", {"date": None}, "  date: 2023.10\n", ""),
        ("a", {"venue": None}, '  venue: "X \\" y"\n', ""),
        ("a", {"columns": None}, "  columns:\n    Kind: k   # hm\n    'Model: M': |\n      several\n      lines\n", "  # hm\n"),
        ("b", {"columns": None}, ', columns: {Kind: k, "N, M": "n"}', ""),
        # entries of the columns
        ("a", {"columns": {"Kind": "z", "Model: M": "several\nlines\n"}}, "Kind: k   #", "Kind: z   #"),
        ("a", {"columns": {"Kind": "k", "New": "n", "Model: M": "several\nlines\n"}}, "    Kind: k   # hm\n",
         "    Kind: k   # hm\n    New: n\n"),
        ("a", {"columns": {"Model: M": "several\nlines\n"}}, "    Kind: k   # hm\n", "    # hm\n"),
        ("a", {"columns": {"Kind": "k", "Model: M": "one"}}, "|\n      several\n      lines\n", "one\n"),
        ("b", {"columns": {"Kind": "z", "N, M": "m"}}, 'Kind: k, "N, M": "n"', 'Kind: z, "N, M": "m"'),
        ("b", {"columns": {"N, M": "n"}}, 'Kind: k, "N', '"N'),
        ("b", {"columns": {"Kind": "k", "New": "a: b", "N, M": "n"}}, 'k, "N', "k, New: 'a: b', \"N"),
        ("b", {"columns": {"New": "n"}}, 'Kind: k, "N, M": "n"', "New: n"),
    ],
)  # fmt: skip
def test_only_the_bytes_of_the_field_change(name, fields, old, new):
    assert changed(ITEM, old, new) == edit(ITEM, {name: fields}, "a.yaml")


def test_a_new_first_column_stands_first():
    text = "- id: a\n  title: x\n  columns:\n    B: b\n"
    found = edit(text, {"a": {"columns": {"A": "a", "B": "b"}}}, "a.yaml")
    assert found == "- id: a\n  title: x\n  columns:\n    A: a\n    B: b\n"


CATALOG = """\
# ours
format: 1
title: L
categories:
  - slug: a
    heading: A
    columns: [Paper, 'Date / Venue', Code]   # as it is
    unread:
      "": '| | |'
  - slug: b
    heading: B
    columns:
      - Paper
      - Year
    text_before: |
      words
"""


@pytest.mark.parametrize(
    ("name", "fields", "old", "new"),
    [
        ("", {"title": "M"}, "title: L", "title: M"),
        ("", {"text_above": "x\ny", "columns": {"P": "venue"}}, "title: L\n",
         "title: L\ntext_above: |-\n  x\n  y\ncolumns:\n  P: venue\n"),
        ("", {"heading_markdown": ""}, "title: L\n", 'title: L\nheading_markdown: ""\n'),
        ("a", {"columns": ("Paper", "Date / Venue", "Repo")}, "Code]", "Repo]"),
        ("a", {"columns": ("Paper", "Code")}, "[Paper, 'Date / Venue', Code]", "[Paper, Code]"),
        ("a", {"columns": None}, "    columns: [Paper, 'Date / Venue', Code]   # as it is\n", "    # as it is\n"),
        ("a", {"unread": {"": "| | |", "one": "|x| |"}}, "'| | |'\n", "'| | |'\n      one: '|x| |'\n"),
        ("b", {"columns": ("Paper", "Date")}, "- Year", "- Date"),
        ("b", {"columns": ("Paper", "Year", "Code")}, "      - Paper\n      - Year\n", "    - Paper\n    - Year\n    - Code\n"),
        ("b", {"level": "3", "text_before": None}, "    columns:\n      - Paper\n      - Year\n    text_before: |\n      words\n",
         "    level: 3\n    columns:\n      - Paper\n      - Year\n"),
    ],
)  # fmt: skip
def test_fields_of_the_catalog_and_its_categories(name, fields, old, new):
    assert changed(CATALOG, old, new) == edit(CATALOG, {name: fields}, "catalog.yaml")


def test_many_changes_at_once():
    changes = {"c": {"title": "C", "link": "x"}, "a": {"date": None, "link": "y", "model": "M"}, "b": {"title": "B"}}
    found = loads_listings(edit(ITEM, changes, "a.yaml"), "a.yaml")
    assert [(each.title, each.link, each.date, each.model) for each in found] == [
        ("One: a", "y", None, "M"),
        ("B", None, None, None),
        ("C", "x", None, None),
    ]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end"])
def test_fields_at_the_end_of_the_file(end):
    found = edit(f"- id: a\n  title: x{end}", {"a": {"title": "y", "venue": "v", "code": "c\nd"}}, "a.yaml")
    assert found == f"- id: a\n  title: y\n  venue: v\n  code: |-\n    c\n    d\n{end[1:]}"


def test_a_block_at_the_end_of_the_file_keeps_its_last_line_s_end():
    assert edit("- id: a\n  title: x", {"a": {"title": "y\nz\n"}}, "a.yaml") == "- id: a\n  title: |\n    y\n    z\n"


def test_line_ends_and_the_byte_order_mark_stay():
    text = "\ufeff" + ITEM.replace("\n", "\r\n")
    found = edit(text, {"a": {"date": "2024", "link": "x\ny", "venue": None}}, "a.yaml")
    expected = changed(ITEM, "2023.10", "2024").replace('  venue: "X \\" y"\n', "")
    expected = expected.replace("# as printed\n", "# as printed\n  link: |-\n    x\n    y\n")
    assert found == "\ufeff" + expected.replace("\n", "\r\n")


def test_empty_lines_behind_a_block_stay_where_they_are():
    text = "- id: a\n  title: |\n    x\n\n- id: b\n  title: y\n"
    assert edit(text, {"a": {"link": "l"}}, "x") == "- id: a\n  title: |\n    x\n  link: l\n\n- id: b\n  title: y\n"
    assert edit(text, {"a": {"title": "z"}}, "x") == "- id: a\n  title: z\n\n- id: b\n  title: y\n"


def test_empty_lines_that_count_go_with_the_block():
    text = "- id: a\n  title: |+\n    x\n\n  venue: v\n"
    assert edit(text, {"a": {"title": "z"}}, "x") == "- id: a\n  title: z\n  venue: v\n"


def test_a_field_behind_the_dash_of_its_item_goes_and_the_next_comes_up():
    assert edit("- venue: v\n  id: a\n  title: x\n", {"a": {"venue": None}}, "x") == "- id: a\n  title: x\n"


def test_a_long_heading_behind_a_question_mark():
    heading = "h" * 200
    text = write([{"id": "a", "title": "x", "columns": {heading: "k", "B": "b"}}])
    assert "? " in text
    assert edit(text, {"a": {"columns": {heading: "z", "B": "b"}}}, "x") == text.replace(": k\n", ": z\n")
    assert edit(text, {"a": {"columns": {"B": "b"}}}, "x") == "- id: a\n  title: x\n  columns:\n    B: b\n"


def test_nulls_by_hand_stay():
    text = "- id: a\n  title: x\n  venue: ~\n  columns:\n    A: a\n    B: null\n"
    assert edit(text, {"a": {"columns": {"A": "b"}}}, "x") == text.replace("A: a", "A: b")
    assert edit(text, {"a": {"venue": "v"}}, "x") == text.replace("~", "v")


@pytest.mark.parametrize(
    ("text", "fields", "line"),
    [
        ("- id: a\n  title: | # why\n    x\n", {"title": "y"}, 2),
        ("- venue: v # why\n  id: a\n  title: x\n", {"venue": None}, 1),
        ("- {id: a, # why\n   title: x}\n", {"venue": "v"}, 1),
        ("- id: a\n  title: x\n  columns: {A: a, # why\n    B: b}\n", {"columns": {"A": "a"}}, 3),
    ],
)
def test_a_comment_in_the_way_is_not_lost(text, fields, line):
    with pytest.raises(CatalogError) as error:
        edit(text, {"a": fields}, "a.yaml")
    assert str(error.value) == f"a.yaml:{line}: a comment is in the way of what is to be changed here; change it by hand"


def test_a_comment_in_a_list_is_not_lost():
    text = "format: 1\ntitle: L\ncategories:\n- slug: a\n  heading: A\n  columns:\n  - A # why\n  - B\n"
    assert edit(text, {"a": {"columns": ("A", "C")}}, "x") == text.replace("- B", "- C")
    with pytest.raises(CatalogError, match=r"^catalog\.yaml:6: a comment is in the way"):
        edit(text, {"a": {"columns": ("A",)}}, "catalog.yaml")


@pytest.mark.parametrize(
    ("text", "changes", "what"),
    [
        (
            "- id: a\n  title: |+\n    x\n\n  venue: |\n    v\n\n\n- id: b\n  title: y\n",
            {"b": {"title": "z"}, "a": {"venue": None}},
            "venue of a",
        ),
        ("{format: 1, title}", {"": {"title": "x"}}, "title"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text, changes, what):
    with pytest.raises(CatalogError) as error:
        edit(text, changes, "a.yaml")
    assert str(error.value) == f"a.yaml: {what} cannot be changed without touching what stands around it; change it by hand"


def differences(old, new):
    before, now = plain(old), plain(new)
    return {name: now.get(name) for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name)}


def in_lines(listings):
    return dumps_listings(listings)


def in_braces(listings):
    """As a person may write them, with comments and empty lines between."""
    items = (write((plain(listing),))[1:-2] for listing in listings)
    return "".join(f"# {number}\n- {item}   # ok\n\n" for number, item in enumerate(items))


@pytest.mark.parametrize("written", [in_lines, in_braces])
@given(listings=st.lists(LISTINGS, min_size=1, max_size=3, unique_by=lambda listing: listing.id), new=LISTINGS, data=st.data())
def test_any_listing_becomes_any_other_and_the_others_stay(written, listings, new, data):
    at = data.draw(st.integers(0, len(listings) - 1))
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    new = replace(new, id=listings[at].id, key=listings[at].key, override=listings[at].override)
    text = written(listings).replace("\n", newline)
    found = edit(text, {new.id: differences(listings[at], new)}, "x")
    assert loads_listings(found, "x") == (*listings[:at], new, *listings[at + 1 :])
    before, behind = (written(part).replace("\n", newline) for part in (listings[:at], listings[at + 1 :]))
    assert found.startswith(before if listings[:at] else "")
    if written is in_lines and listings[at + 1 :]:
        assert found.endswith(behind)
    assert newline == "\n" or "\n" not in found.replace("\r\n", "")


@given(listing=LISTINGS, other=LISTINGS, field=st.sampled_from(["link", "date", "venue", "model", "code", "text", "columns"]))
def test_the_lines_of_other_fields_stay(listing, other, field):
    new = replace(listing, **{field: getattr(other, field)})
    lines = edit(dumps_listings([listing]), {listing.id: differences(listing, new)}, "x").split("\n")
    without = dumps_listings([replace(listing, **{field: {} if field == "columns" else None})]).split("\n")
    assert [line for line in without if line not in lines] == []


@given(old=CATALOGS, new=CATALOGS, other=CATEGORIES, data=st.data())
def test_any_catalog_and_category_become_any_other(old, new, other, data):
    names = ("title", "heading_markdown", "text_above", "text_before", "columns")
    new = replace(new, venues=old.venues, categories=old.categories)
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in names}
    changes = {"": {name: now if now != {} else None for name, (before, now) in pairs.items() if before != now}}
    if old.categories:
        at = data.draw(st.integers(0, len(old.categories) - 1))
        other = replace(other, slug=old.categories[at].slug)
        changes[other.slug] = differences(old.categories[at], other)
        new = replace(new, categories=(*old.categories[:at], other, *old.categories[at + 1 :]))
    assert loads_catalog(edit(dumps_catalog(old), changes, "x"), "x") == new
