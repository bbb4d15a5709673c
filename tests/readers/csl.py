"""CSL-JSON, as it is written and as readers of other formats put theirs."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from .process import run
from .shape import Author, Seen, author, plain_dashes


def seen(item, *, tells_groups=True):
    number = item.get("number", "")
    is_on_arxiv = number.startswith("arXiv:")
    return Seen(
        key=item["id"],
        type=item.get("type", ""),
        title=without_nocase(item.get("title")),
        authors=tuple(_author(name, tells_groups=tells_groups) for name in item.get("author", ())),
        container=without_nocase(item.get("container-title")),
        publisher=item.get("publisher"),
        volume=item.get("volume"),
        number=item.get("issue") or item.get("collection-number") or (number if number and not is_on_arxiv else None),
        pages=plain_dashes(item.get("page")),
        date=tuple(int(part) for part in item.get("issued", {}).get("date-parts", [[]])[0]),
        doi=item.get("DOI"),
        url=item.get("URL"),
        arxiv_id=number.removeprefix("arXiv:") if is_on_arxiv else None,
        keywords=(item["keyword"],) if "keyword" in item else (),
    )


def without_nocase(text):
    return text and re.sub(r'<span class="nocase">(.*?)</span>', r"\1", text)


def _author(name, *, tells_groups):
    """Particles, which processors part from the family name, in front of it again."""
    family = " ".join(filter(None, (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))))
    family = re.sub(r"^(.*[-'’]) ", r"\1", family) if re.search(r"[-'’]$", name.get("non-dropping-particle", "")) else family
    if name.get("literal"):
        return Author(literal=name["literal"])
    build = Author if tells_groups else author
    return build(family, name.get("given", ""), name.get("suffix", ""))


def seen_whole(item):
    """With what is ours under `custom`."""
    arxiv = item["custom"].get("arxiv", {})
    return replace(seen(item), arxiv_id=arxiv.get("id"), arxiv_class=arxiv.get("primary_class"))


def read_by_pandoc(path, _):
    return [seen(item) for item in json.loads(run("pandoc", "-f", "csljson", "-t", "csljson", path))]
