"""Ids of listings: short, readable, given once (`kar`, else words of the title)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from . import text
from .model import Category, Listing

_LONGEST = 24


def name_listings(categories: Sequence[Category], taken: Collection[str] = ()) -> tuple[Category, ...]:
    """The categories with an id for each listing that has none: the model's name, else words of the title.

    What stands unread behind a row, which a parsed list knows by its place (`where`), is put behind its id.
    """
    used = {each.lower() for each in taken}
    last: dict[str, int] = {}  # stem → the last number given to it
    named = []
    for category in categories:
        listings = []
        ids: dict[str, str] = {}
        for listing in category.listings:
            listing_id = listing.id or next(each for each in _ids(listing, last) if each not in used)
            used.add(listing_id)
            ids[listing.where] = listing_id
            listings.append(replace(listing, id=listing_id))
        unread = {ids.get(above, above) if above else "": text for above, text in category.unread.items()}
        named.append(replace(category, listings=tuple(listings), unread=unread))
    return tuple(named)


def _ids(listing: Listing, last: dict[str, int]) -> Iterator[str]:
    model = text.slug(text.present(listing.model) or "")
    title = text.unmangled(listing.title)
    prefix = title.partition(":")[0] if ":" in title else ""
    words = text.content_words(title)
    if model and len(model) <= _LONGEST:
        stem = model
    else:
        if prefix and " " not in prefix and (word := text.slug(prefix)):
            yield word
        yield from ("-".join(words[:length]) for length in range(3, len(words) + 1))
        stem = "-".join(words[:3]) or "paper"
    yield stem
    while True:
        last[stem] = last.get(stem, 1) + 1
        yield f"{stem}-{last[stem]}"
