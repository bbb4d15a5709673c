"""Entries made by hand, for the tests of what is written of them."""

from __future__ import annotations

from llm4rs_bib import Bibliography, Catalog, Category, Entry, Evidence, Listing, Lock, PartialDate, Record, Work

SEA = Category(slug="c", heading="1. Sea, Salt & Co; more")


def entry(key="key", listing=None, **fields):
    """An entry of one work, with a listing in one category."""
    work = Work(**{"type": "article-journal", "title": "Title", **fields})
    return Entry(key=key, work=work, listed=((SEA, listing or Listing(id=key, title="Title")),))


def found(published, preprint=None, **fields):
    """An entry whose work is in the lock."""
    record = Record(published=published, preprint=preprint, evidence=Evidence(source="curated", checked=PartialDate(2026)))
    listed = ((SEA, Listing(id=fields.get("key", "key"), title="Title")),)
    return Entry(
        **{"key": "key", "work": record.work, "preprint": published and preprint, "record": record, "listed": listed, **fields}
    )


def bibliography(*entries, **catalog):
    """The entries, in a catalog of their categories."""
    listed = {category.slug: category for each in entries for category, _ in each.listed}
    return Bibliography(
        catalog=Catalog(**{"title": "Seas", "categories": tuple(listed.values()), **catalog}), lock=Lock(), entries=entries
    )
