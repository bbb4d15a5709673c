"""Whether the venue that a list's label names is that of a registry's record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import Venue
from .sources.base import RegistryRecord
from .text import fold
from .venues import NAMES, bare, full_names, short_name

# Conferences whose full names we do not know here: enough to tell that a label is no journal's.
_CONFERENCES = tuple(
    """
    ACCV AISTATS AKBC ASE ASPLOS ATC BMVC CCS CHIIR COLM COLT CoNLL CoRL CSCW ECCV EuroSys FAccT FAST FOCS FSE ICAPS ICCV
    ICRA ICSE ICTIR INFOCOM INTERSPEECH IROS ISMIR ISWC ITCS IUI KR MICCAI MLSys MobiCom NDSS NSDI OSDI PLDI POPL PODS RSS
    SIGCOMM SIGGRAPH SIGMOD SODA SOSP STOC UAI UIST USENIX VLDB WACV
    """.split()
)
_WITHOUT_DOIS = frozenset(
    "AISTATS CEUR COLM COLT CoRL ICLR ICML JMLR LREC-COLING MLSys NeurIPS NSDI OSDI TMLR UAI USENIX".split()
)
_ACRONYMS = {each.lower(): each for each in (*NAMES, *_CONFERENCES, *_WITHOUT_DOIS)}
_HONOURS = r"(?i)\b(?:orals?|spotlights?|highlights?|(?:long|short|(?:best|outstanding)(?: student)?) papers?(?: awards?)?)\b"
_PUBLISHER = r"^(?:IEEE/ACM|ACM/IEEE|IEEE|ACM|SIAM) "  # in front of a journal's name, but not of its acronym: TSE
_SMALL_WORDS = frozenset("a an and for in of on the to".split())
_BEGINNING = 3  # letters of a word that an acronym may take
_TELLING = 4  # letters of one that says something about what it is not
_JOURNALS = ("JMLR", "TACL", "TIST", "TKDD", "TKDE", "TMLR", "TOIS", "TORS")
_OTHER_LABELS = {
    "nips": "neurips",
    "thewebconf": "www",
    "sigkdd": "kdd",
    "acm mm": "mm",
    "bigdata": "ieee bigdata",
    "ecml": "ecml pkdd",
    "pkdd": "ecml pkdd",
    "ecml-pkdd": "ecml pkdd",
}
_PROCEEDINGS = r"(?i)\b(?:proc|proceedings|conference|workshop|symposium)\b"


def venue_agrees(label: Venue, record: RegistryRecord) -> bool | None:
    """Whether the record's venue is that of the list's label; None where that cannot be told."""
    if label.is_preprint or not record.venues:
        return None
    if label.year and record.years and all(abs(year - label.year) > 1 for year in record.years):
        return False
    if any(is_called(venue, label.name) for venue in record.venues):
        return True
    return False if _is_elsewhere(label.name, record) else None


def _is_elsewhere(label: str, record: RegistryRecord) -> bool:
    """Whether the record's venue cannot be the label's: a workshop, another venue that we know, a journal of other initials."""
    if any(map(is_side_event, record.venues)) and not is_side_event(label):
        return True
    kind = kind_of_venue(label)
    if kind and any(short_name(venue, {}) for venue in record.venues):
        return True
    if record.kind != "journal-article" or any(re.search(_PROCEEDINGS, venue) for venue in record.venues):
        return False
    return kind == "conference" or not any(may_abbreviate(label, venue) for venue in record.venues)


def kind_of_venue(label: str) -> str | None:
    """Either "conference" or "journal" for a label of our tables (KDD, `ICLR Oral`, a full name); None for one that they lack."""
    acronym = _acronym(label)
    return None if acronym is None else "journal" if acronym in _JOURNALS else "conference"


def has_no_dois(label: str) -> bool:
    """Whether the label's venue registers no DOIs at Crossref, as far as we know."""
    return _acronym(label) in _WITHOUT_DOIS


def _acronym(label: str) -> str | None:
    words = [_OTHER_LABELS.get(word, word) for word in re.findall(r"[a-z]+(?:-[a-z]+)*", label.lower())]
    in_it = next((_ACRONYMS[word] for word in words if word in _ACRONYMS), None)
    return _ACRONYMS.get(_plain_label(label)) or short_name(label, {}) or in_it


def may_abbreviate(label: str, container_title: str) -> bool:
    """Whether the label may be short for a journal: its words, or its letters, begin words of the journal's name in order.

    >>> (
    ...     may_abbreviate("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ...     may_abbreviate("ICLR", "Neurocomputing"),
    ... )
    (True, False)
    """
    words, short = (re.findall(r"[^\W\d_]+", name.lower()) for name in (container_title, _without_honours(label)))
    letters = "".join(short)
    if len(letters) < _TELLING or all(any(word.startswith(each) for word in words) for each in short):
        return True
    letters = letters.removesuffix("j")
    renamed = [letters[:i] + letters[i + 1 :] for i in range(len(letters))] if len(letters) > _TELLING else []  # JASIST
    return any(_joins_beginnings(each, words) for each in (letters, *renamed))


def _joins_beginnings(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are the beginnings of some of the words, in their order: EMSE of "Empirical Software Engineering"."""
    read = {0}  # how many of the letters may be read up to a word
    for word in words:
        beginnings = [word[:length] for length in range(1, _BEGINNING + 1)]
        read |= {at + len(each) for at in read for each in beginnings if letters.startswith(each, at)}
    return len(letters) in read


def _shortens(label: str, container_title: str) -> bool:
    """Whether each word of the label begins one of the title's, in order and without a word left: "Phys. Lett. B" (ISO 4)."""
    short, words = (re.findall(r"[^\W\d_]+", name.lower()) for name in (label, container_title))
    words = [word for word in words if word not in _SMALL_WORDS]
    return len(short) == len(words) > 1 and all(word.startswith(each) for each, word in zip(short, words, strict=True))


def _without_honours(label: str) -> str:
    """The label without what it says of the paper: `ICLR Oral` is ICLR."""
    return " ".join(re.sub(_HONOURS, " ", label).split())


def _plain_label(label: str) -> str:
    folded = label.strip().lower()
    return _OTHER_LABELS.get(folded, folded)


def is_called(container_title: str, label: str) -> bool:
    """Whether a label of a list stands for the venue: by our table, as an acronym in its title, or by its initials.

    A label that ends in W is a workshop's, one in J a journal's.

    >>> is_called("Companion Proceedings of the ACM Web Conference 2024", "WWW"), is_called("World Wide Web", "WWWJ")
    (True, True)
    """
    label = _without_honours(label)
    wanted, short = _plain_label(label), (short_name(container_title, {}) or "").lower()
    if is_side_event(container_title):
        return _is_side_event_of(container_title, label)
    if short == wanted or short.startswith(f"{wanted} ") or bare(container_title) == bare(label) != "":
        return True
    if (re.search("[A-Z].*[A-Z]", label) and _has_word(container_title, label)) or _shortens(label, container_title):
        return True  # an acronym in it: not "Nature" in "Nature Communications"
    words = re.findall(r"[^\W\d_]+", re.sub(_PUBLISHER, "", container_title))
    initials = "".join(word[0] for word in words if word[0].isupper())
    return kind_of_venue(label) != "conference" and len(label) > 1 and initials in (label, label.removesuffix("J"))


def is_side_event(name: str) -> bool:
    """Whether a title, or a label such as SIGIRW, is that of a workshop or of posters and demos, not of the conference itself."""
    if re.search(r"(?i)workshop|posters?\b|\bdemo(?:s|nstrations?)?\b|doctoral|tutorials?\b", name):
        return True
    return re.search(r"[A-Za-z]W$", name) is not None and kind_of_venue(name) is None


def _conference_of(label: str) -> str | None:
    """The conference whose workshop the label is: SIGIR of SIGIRW."""
    host = re.sub(r"(?i)\W*(?:workshops?|w)$", "", label)
    return host if host != label and kind_of_venue(host) == "conference" else None


def _is_side_event_of(container_title: str, label: str) -> bool:
    """Whether the workshop is the label's: at its conference, or under its own acronym."""
    if conference := _conference_of(label):
        others = {acronym for acronym in NAMES if acronym != conference and _has_word(container_title, acronym)}
        others |= {short for name, short in full_names().items() if len(name) > 15 and name in fold(container_title)}
        return not others - {conference}
    is_own = kind_of_venue(label) is None and "workshop" in container_title.lower()
    return is_own and _has_word(container_title, label)


def _has_word(title: str, label: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(label)}(?![^\W\d_])", title) is not None
