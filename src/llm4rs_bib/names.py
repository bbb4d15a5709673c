"""Names of people as registries write them: split, set right, and compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from .model import Name
from .text import clean, fold

_PARTICLES = frozenset(
    """
    af al am auf bin d da dal de degli dei del della den der des di do dos du el ibn
    la las le lo los st st. ste. 't ’t ten ter van vom von zu zum zur
    """.split()
)
# Letters that Unicode does not take apart, and what is written for umlauts where there are none.
_NO_ACCENTS = str.maketrans("łŁøØđĐðÐıæÆœŒß", "lLoOdDdDiaAoOs") | str.maketrans({"þ": "th", "Þ": "Th"})
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa", "ß": "ss"}
)
_INITIALS = r"(?:[A-Z][.][-‐‑ ]?|[A-Z][-‐‑ ](?=[A-Z]\b)){1,4}[A-Z]?|[A-Z]{1,2}"  # "J.-L.", "X. J.", "J-L", "XJ"
_SUFFIX = r"[JjSs][Rr]\.?|II|III|IV"
_GROUP_WORDS = (
    r"(?i)\b(?:teams?|collaborations?|groups?|consortium|"
    r"laborator(?:y|ies)|labs?|initiative|committee|project|community|inc|llc)\b"
)
_GROUP_SIGNS = r"[&@\d]|[a-z][A-Z]|[A-Z]{2}|AI\b"


def split_name(text: str) -> Name | None:
    """A name written "Given Family", as on arXiv; None for what is no name ("et al.").

    Particles belong to the family; a single word with capitals inside, or a word such as Team, makes a group.

    >>> str(split_name("Aäron van den Oord")), str(split_name("Gemini Team")), str(split_name("Plato"))
    ('van den Oord, Aäron', '{Gemini Team}', 'Plato')
    """
    text = re.sub(r"^and\s+", "", clean(text).strip(" ,;"))
    if not re.search(r"[^\W\d_]", text) or is_nobody(text):
        return None
    words = text.replace(",", " ").split()
    if re.search(_GROUP_WORDS, text) or (len(words) == 1 and re.search(_GROUP_SIGNS, text)):
        return Name(literal=text)
    suffix = words.pop() if len(words) > 2 and re.fullmatch(_SUFFIX, words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES and not words[start - 1].isupper():
        start -= 1
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]), suffix=suffix)


def is_nobody(text: str) -> bool:
    """Whether the text says that there are more authors, and is none itself: "et al.", "3 others"."""
    return re.fullmatch(r"(?:and )?(?:\d+ )?others|(?:et )?al", fold(text)) is not None


def set_right(family: str, given: str, suffix: str = "") -> Name | None:
    """A person from a registry's fields, with what stands in the wrong one moved: "Der Aalst", "Wil van"; "Jin-Fu Chang", ""."""
    family, given, suffix = (clean(each).strip(" ,;") for each in (family, given, suffix))
    if is_nobody(family) or is_nobody(given):
        given = "" if is_nobody(given) else given
        family = "" if is_nobody(family) else family
        if not family:
            return None
    if not family or not given:
        lone = family or given
        is_family = " " not in lone or lone.split(" ")[0].lower() in _PARTICLES
        name = Name(family=lone) if lone and is_family else split_name(lone)
        return replace(name, suffix=name.suffix or suffix) if name and not name.literal else name
    words = given.split(" ")
    while len(words) > 1 and words[-1] in _PARTICLES:
        family = f"{words.pop()} {family}"
    if re.match(r"[A-Z]\.? \w{2}", family):  # a middle initial
        initial, family = family.split(" ", 1)
        words.append(initial)
    if not suffix and re.search(rf" (?:{_SUFFIX})$", family):
        family, suffix = family.rsplit(" ", 1)
    return Name(family=family, given=" ".join(words), suffix=suffix)


def without_capitals(names: Sequence[Name]) -> tuple[Name, ...]:
    """The names, with families in capitals lowered if all families are ("LIN" is "Lin")."""
    families = [name.family for name in names if len(name.family) > 1]
    if not families or not all(family.isupper() for family in families):
        return tuple(names)
    return tuple(replace(name, family=_lowered(name.family), given=_lowered_given(name.given)) for name in names)


def _lowered(word: str) -> str:
    return re.sub(r"\w+", lambda match: match[0].capitalize(), word)


def _lowered_given(given: str) -> str:
    """Given names in capitals lowered, initials left: "JIANGHAO" is "Jianghao", "J. H." stays."""
    return re.sub(r"\w{3,}", lambda match: match[0].capitalize() if match[0].isupper() else match[0], given)


def split_as(names: Sequence[Name], witnesses: Sequence[Name]) -> tuple[Name, ...]:
    """The names, each that was split by guessing split as a witness of the same words splits it: "Toushik Wasi", "Azmine"."""
    by_words = {fold(f"{witness.given} {witness.family}"): witness for witness in witnesses if witness.given}
    return tuple(_split_as(name, by_words.get(fold(f"{name.given} {name.family}"))) for name in names)


def _split_as(name: Name, witness: Name | None) -> Name:
    words = f"{name.given} {name.family}".split()
    at = len(witness.given.split()) if witness else 0
    if witness is None or name.literal or not 0 < at < len(words):
        return name
    return replace(name, given=" ".join(words[:at]), family=" ".join(words[at:]))


def as_witnessed(names: Sequence[Name], witnesses: Sequence[Name]) -> tuple[Name, ...]:
    """The names, with those in capitals spelt as a witness of the same letters spells them."""
    by_words = {_words(witness): witness for witness in witnesses}
    return tuple(_as_witnessed(name, by_words.get(_words(name))) for name in names)


def _as_witnessed(name: Name, witness: Name | None) -> Name:
    if witness is None or name.literal or witness.literal or len(name.family) < 2 or not name.family.isupper():
        return name
    spelt = {fold(word): word for word in f"{witness.given} {witness.family}".split()}
    family, given = (" ".join(spelt.get(fold(word), word) for word in part.split()) for part in (name.family, name.given))
    return replace(name, family=family, given=given)


@lru_cache(maxsize=2**14)
def _letters(name: Name) -> str:
    return fold(f"{name.given} {name.family} {name.literal}").replace(" ", "")


def same_person(one: Name, other: Name) -> bool:
    """Whether the names may be one person's: families equal (particles aside) and given names that do not contradict; or swapped.

    >>> same_person(Name(family="van den Oord", given="Aäron"), Name(family="Oord", given="A."))
    True
    >>> same_person(Name(family="Li", given="Xiao-Ming"), Name(family="Li", given="Xiao-Hui"))
    False
    """
    if one.literal or other.literal:
        return _letters(one) == _letters(other)
    if _words(one) == _words(other) or not _joined(one).isdisjoint(_joined(other)):
        return True
    if _families(one).isdisjoint(_families(other)):
        return False
    return any(_agree(mine, theirs) for mine in _given(one) for theirs in _given(other))


@lru_cache(maxsize=2**14)
def _words(name: Name) -> tuple[str, ...]:
    """All words in one order, whichever name is taken for the family's."""
    return tuple(sorted(fold(re.sub("[-‐‑]", "", f"{name.given} {name.family}").translate(_NO_ACCENTS)).split()))


@lru_cache(maxsize=2**14)
def _joined(name: Name) -> frozenset[str]:
    """Both names without spaces, in either order: in Chinese the family comes first."""
    given, family = (fold(part).replace(" ", "") for part in (name.given, name.family))
    return frozenset((given + family, family + given))


@lru_cache(maxsize=2**14)
def _given(name: Name) -> tuple[tuple[str, ...], ...]:
    """The given names as they are compared: hyphens join them, initials stand apart, umlauts also written out."""
    if re.fullmatch(_INITIALS, name.given) and not (len(name.family) > 1 and name.family.isupper()):
        return (tuple(fold(" ".join(re.findall(r"\w", name.given))).split()),)
    return tuple(tuple(fold(re.sub("[-‐‑]", "", form)).split()) for form in _forms(name.given))


@lru_cache(maxsize=2**14)
def _families(name: Name) -> frozenset[str]:
    """The family name without particles, as it is compared."""
    return frozenset(_without_particles(fold(form)) for form in _forms(name.family))


def _forms(text: str) -> tuple[str, ...]:
    """ö as o, and as the oe that it is written for."""
    return (text,) if text.isascii() else (text.translate(_NO_ACCENTS), text.translate(_WRITTEN_OUT).translate(_NO_ACCENTS))


def _without_particles(family: str) -> str:
    words = family.split()
    return "".join([word for word in words if word not in _PARTICLES] or words)


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether they can be the same given names: written out or as initials, joined or apart, with or without middle names."""
    if not one or not other:
        return True
    if len(one[0]) > 1 and len(other[0]) > 1:
        return one[0] == other[0] or "".join(one) == "".join(other)
    return one[0][0] == other[0][0]


def shared(one: Sequence[Name], other: Sequence[Name]) -> int:
    """How many of the people of one list are in the other, each counted once."""
    left = list(other)
    count = 0
    for name in one:
        found = next((i for i, each in enumerate(left) if same_person(name, each)), None)
        if found is not None:
            del left[found]
            count += 1
    return count
