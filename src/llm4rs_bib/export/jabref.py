"""JabRef's groups, in the format of its version 3: the one that Zotero's importer reads and all other readers leave alone."""

from __future__ import annotations

from ..model import Bibliography

# What the importers cannot read inside a comment, and what BibTeX would take for the start of an entry.
_IN_COMMENT = str.maketrans({"{": "(", "}": ")", "@": "＠", "\n": " "})


def groups(bibliography: Bibliography) -> tuple[str, str]:
    """The categories as JabRef 3 wrote its groups, which Zotero's importer makes nested collections of: two comments."""
    titles = {category.slug: category.title for category in bibliography.catalog.categories}
    parents = bibliography.catalog.parents
    depths: dict[str | None, int] = {None: 0}
    lines = ["jabref-meta: groupstree:", "0 AllEntriesGroup:;"]
    for slug, entries in bibliography.by_category.items():
        depths[slug] = depths[parents[slug]] + 1
        title = _quoted(titles[slug].translate(_IN_COMMENT))
        record = "".join(f"{part};" for part in (f"ExplicitGroup:{title}", "0", *(entry.key for entry in entries)))
        lines.append(f"{depths[slug]} {_quoted(record)};")
    return "jabref-meta: groupsversion:3;", "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")
