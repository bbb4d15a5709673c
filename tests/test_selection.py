from __future__ import annotations

import pytest
from conftest import DATA
from entries import bibliography, entry, found

from llm4rs_bib import Category, Condition, Listing, Name, PartialDate, Selection, SelectionError, Work, load
from llm4rs_bib.export.selection import select


def keys(listed, **conditions):
    return [each.key for each in select(listed, Selection(**conditions)).entries]


def test_a_category_has_what_nests_in_it():
    other = load(DATA / "other")
    found = {slug: keys(other, categories=[slug]) for slug in ("soil", "fungi", "bacteria", "climate")}
    fungi, bacteria = ["molds-2020", "shared"], ["shared", "Doe:2018"]
    assert {"soil": ["molds-2020", "shared", "Doe:2018"], "fungi": fungi, "bacteria": bacteria, "climate": ["no-link"]} == found
    assert keys(other, categories=["climate", "fungi"]) == ["molds-2020", "shared", "no-link"]


def test_ids_and_keys_are_taken_together():
    built_in = load()
    assert keys(built_in, ids=["kar"], keys=["wei2024llmrec"]) == ["xi2024towards", "wei2024llmrec"]


def test_a_former_key_still_finds_its_entry():
    old = found(Work(type="book", title="T"), aliases=("old2020",))
    assert keys(bibliography(old), keys=["old2020"]) == ["key"]


def dated(key, *parts):
    return entry(key, issued=PartialDate(*parts) if parts else None, authors=(Name(family=key),))


def test_since_counts_as_far_as_a_date_is_known():
    listed = bibliography(dated("a", 2024, 4, 30), dated("b", 2024, 5), dated("c", 2024), dated("d", 2023, 12), dated("e"))
    selected = select(listed, Selection(since=PartialDate(2024, 5)))
    assert [each.key for each in selected.entries] == ["b", "c"]
    assert selected.warnings == ("1 entry has no date: left out",)


SEA = Category(slug="s", heading="Sea")


def listed(key, model=None, **columns):
    return entry(key, Listing(id=key, title="Title", model=model, columns=columns))


def test_where_asks_the_list_s_own_columns():
    columns = [{"Foundation Model (N/F)": "ChatGPT (N)"}, {"Foundation": "LLaMA"}, {"Foundation Model (N/F)": "N/A"}]
    entries = [listed(f"k{i}", f"M-{i}", **each) for i, each in enumerate(columns)]
    sea = Category(slug="c", heading="Sea", listings=tuple(each.listed[0][1] for each in entries))
    all_of_them = bibliography(*entries, categories=(sea,))
    asked = {
        text: keys(all_of_them, where=[Condition.parse(text)])
        for text in (
            "foundation model~gpt",
            "Foundation~llama",
            "Model=m 1",
            "model~M",
            "Foundation Model=ChatGPT",
            "Title~titles",
        )
    }
    assert asked == {
        "foundation model~gpt": ["k0"],
        "Foundation~llama": ["k1"],
        "Model=m 1": ["k1"],
        "model~M": ["k0", "k1", "k2"],
        "Foundation Model=ChatGPT": [],
        "Title~titles": [],
    }
    assert keys(all_of_them, where=[Condition.parse("Model~m"), Condition.parse("Foundation Model~gpt")]) == ["k0"]


@pytest.mark.parametrize("text", ["GPT", "~GPT", "Model~", "Model~ !", "", "=x"])
def test_what_is_no_condition(text):
    with pytest.raises(ValueError, match="is not a condition such as 'Foundation Model~GPT'"):
        Condition.parse(text)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Foundation Model~GPT", [("Foundation Model", "~", "GPT")]),
        ("Model = KAR", [("Model", "=", "KAR")]),
        ("K (k=5)~C", [("K (k", "=", "5)~C"), ("K (k=5)", "~", "C")]),
    ],
)
def test_the_readings_of_a_condition(text, condition):
    assert condition == list(Condition.parse(text).readings())


def test_a_heading_may_hold_the_sign_of_a_condition_or_be_named_as_a_field():
    one = listed("one", **{"K (k=5)": "foo", "model": "Llama"})
    sea = Category(slug="c", heading="Sea", listings=(one.listed[0][1],))
    both = bibliography(one, entry("other"), categories=(sea,))
    assert keys(both, where=[Condition.parse("K (k=5)~foo")]) == ["one"]
    assert keys(both, where=[Condition.parse("model~llama")]) == ["one"]


def test_nothing_selected_is_said():
    assert select(bibliography(entry("a")), Selection(verified=True)).warnings == ("no entry is selected",)


def test_a_key_is_its_entry_s_before_it_is_another_s_former_one():
    first, second = found(Work(type="book", title="T"), key="k1"), found(Work(type="book", title="T"), key="k2", aliases=("k1",))
    assert keys(bibliography(first, second), keys=["k1"]) == ["k1"]


def test_verified_and_published():
    published = found(Work(type="book", title="T"), key="published")
    preprint = found(None, Work(type="preprint", title="T"), key="preprint")
    three = bibliography(published, preprint, entry("listing"))
    assert keys(three, verified=True) == ["published", "preprint"]
    assert keys(three, published=True) == ["published"]


def test_orders():
    names = {"b": ("Zoë", 2023, 5), "a": ("Émile", 2024), "C": ("adam", 2024, 2, 3), "d": ("Bea",)}
    entries = [
        entry(key, title=f"Title {key}", authors=(Name(family=name),), issued=PartialDate(*date) if date else None)
        for key, (name, *date) in names.items()
    ]
    orders = {
        order: "".join(keys(bibliography(*entries), sort=order))
        for order in ("list", "key", "author", "title", "newest", "oldest")
    }
    assert orders == {
        "list": "baCd",
        "key": "abCd",
        "author": "CdabX".replace("X", ""),
        "title": "abCd",
        "newest": "Cabd",
        "oldest": "baCd",
    }


def test_versions():
    published, preprint = Work(type="book", title="T"), Work(type="preprint", title="T", arxiv_id="2401.00001")
    listed = bibliography(found(published, preprint, key="k"), found(published, key="p"), entry("k-preprint"))
    found_keys = {version: keys(listed, version=version) for version in ("published", "preprint", "both")}
    assert found_keys == {
        "published": ["k", "p", "k-preprint"],
        "preprint": ["k", "p", "k-preprint"],
        "both": ["k", "k-preprint2", "p", "k-preprint"],
    }
    selected = select(listed, Selection(version="preprint"))
    assert [each.work.type for each in selected.entries] == ["preprint", "book", "article-journal"]
    assert selected.warnings == ("1 preprint is exported without authors: the lock has those of the published paper only",)


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(categories=["fugi"]), "unknown category 'fugi'; did you mean fungi?"),
        (Selection(categories=["zzz"]), "unknown category 'zzz'; known: soil, fungi, bacteria, climate"),
        (Selection(ids=["sharde"]), "unknown id 'sharde'; did you mean shared?"),
        (Selection(keys=["Doe:2019"]), "unknown key 'Doe:2019'; did you mean Doe:2018?"),
        (Selection(where=[Condition("Biom~x")]), "unknown column 'Biom'; did you mean Biome?"),
        (Selection(version="preprnt"), "unknown version 'preprnt'; did you mean preprint?"),
        (Selection(sort="year"), "unknown order 'year'; known: list, key, author, title, newest, oldest"),
    ],
)
def test_what_is_not_there(selection, message):
    with pytest.raises(SelectionError) as caught:
        select(load(DATA / "other"), selection)
    assert message == str(caught.value)
