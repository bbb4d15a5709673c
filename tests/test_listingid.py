from __future__ import annotations

from llm4rs_bib.listingid import name_listings
from llm4rs_bib.model import Category, Listing


def ids(*listings, taken=()):
    (category,) = name_listings([Category(slug="c", heading="C", listings=listings)], taken)
    return [listing.id for listing in category.listings]


def test_ids_are_short_readable_and_unique():
    assert ids(
        Listing(id="", title="x", model="KAR"),
        Listing(id="", title="y", model="KAR"),
        Listing(id="", title="z", model="LLM-KERec"),
        Listing(id="", title="HRGraph: Leveraging LLMs", model="N/A"),
        Listing(id="", title="A Survey on Large Language Models"),
        Listing(id="", title="A Survey of Large Language Models"),
        Listing(id="", title="What?"),
        Listing(id="", title="What!"),
        Listing(id="", title="推荐系统", model="a name that is far too long for an id"),
        Listing(id="", title="?"),
    ) == [
        "kar",
        "kar-2",
        "llm-kerec",
        "hrgraph",
        "survey-large-language",
        "survey-large-language-models",
        "what",
        "what-2",
        "tuijianxitong",
        "paper",
    ]


def test_many_rows_of_one_model_are_numbered_quickly():
    rows = [Listing(id="", title="x", model="GPT-4") for _ in range(3000)]
    assert ids(*rows)[-1] == "gpt-4-3000"


def test_ids_that_are_given_stay():
    assert ids(Listing(id="mine", title="x", model="KAR"), Listing(id="", title="x", model="KAR"), taken={"KAR"}) == [
        "mine",
        "kar-2",
    ]


def test_what_stands_unread_behind_a_row_is_put_behind_its_id():
    rows = (Listing(id="", title="Salt", where="l.md:3"), Listing(id="mine", title="B", where="l.md:4"))
    unread = {"": "top", "l.md:3": "x", "l.md:4": "y", "gone": "z"}
    (category,) = name_listings([Category(slug="c", heading="C", listings=rows, unread=unread)])
    assert category.unread == {"": "top", "salt": "x", "mine": "y", "gone": "z"}
