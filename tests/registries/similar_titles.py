"""Titles of other papers that look like a title."""

from __future__ import annotations

import re


def next_title(title, draw):
    """The title of a second part."""
    name, colon, rest = title.partition(":")
    if colon and " " not in name:
        counted = re.sub(r"[-_ ]?\d+$", "", name)
        return f"{counted}{draw.choice(('-3', '-v2', ' II', 'V2', '4')) if counted != name else draw.choice(('-2', '2', ' v2', '-II', '+'))}:{rest}"
    return title + draw.choice((" II", ", Part II", " v2", " 2.0"))


def similar_title(title, draw):
    """Another paper of the same people: most words in common."""
    core = title.partition(": ")[2] or title
    parts = core.split()
    if len(parts) > 5 and draw.random() < 0.5:
        return " ".join(
            (
                *parts[: len(parts) // 2],
                draw.choice(("with", "under", "beyond", "via")),
                draw.choice(("Sparse", "Delayed", "Causal", "Implicit")),
                *parts[-2:],
            )
        )
    return draw.choice(
        ("Revisiting {}", "On the Limits of {}", "Towards Trustworthy {}", "Rethinking {}", "{} in the Wild")
    ).format(core)


def changed_title(title, draw):
    """A sign or a number makes it another paper: X++ for X, GPT-4 for GPT-3; else one word is another."""
    name, colon, rest = title.partition(":")
    if number := re.search(r"\d+", title):
        return title[: number.start()] + str(int(number[0]) + 1) + title[number.end() :]
    if colon and " " not in name:
        return f"{name.rstrip('+')}{'' if name.endswith('+') else '++'}:{rest}"
    pairs = {
        "Large": "Small",
        "Small": "Large",
        "with": "without",
        "for": "against",
        "Sequential": "Session",
        "Recommendation": "Retrieval",
        "via": "beyond",
        "A": "Another",
    }
    for old, new in pairs.items():
        if re.search(rf"\b{old}\b", title):
            return re.sub(rf"\b{old}\b", new, title, count=1)
    first, *others = title.split()
    return " ".join((draw.choice(("Deep", "Neural")), first, *others))
