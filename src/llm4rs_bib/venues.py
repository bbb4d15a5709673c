"""Short names of conferences and journals, for `--venue short`.

A title that a name does not stand for as a whole keeps its length: a workshop at RecSys is not RecSys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from .text import fold

# Names as their proceedings and title pages give them, without year, edition and "Proceedings of".
NAMES: Mapping[str, tuple[str, ...]] = {
    "AAAI": ("AAAI Conference on Artificial Intelligence",),
    "ACL": ("Annual Meeting of the Association for Computational Linguistics",),
    "ACL Findings": ("Findings of the Association for Computational Linguistics: ACL",),
    "CHI": ("CHI Conference on Human Factors in Computing Systems",),
    "CIKM": (
        "ACM International Conference on Information and Knowledge Management",
        "ACM International Conference on Information & Knowledge Management",
    ),
    "COLING": ("International Conference on Computational Linguistics",),
    "CVPR": ("IEEE/CVF Conference on Computer Vision and Pattern Recognition",),
    "DASFAA": ("International Conference on Database Systems for Advanced Applications",),
    "EACL": ("Conference of the European Chapter of the Association for Computational Linguistics",),
    "ECAI": ("European Conference on Artificial Intelligence",),
    "ECIR": ("European Conference on Information Retrieval",),
    "ECML PKDD": (
        "Machine Learning and Knowledge Discovery in Databases",
        "Joint European Conference on Machine Learning and Knowledge Discovery in Databases",
    ),
    "EMNLP": ("Conference on Empirical Methods in Natural Language Processing",),
    "EMNLP Findings": ("Findings of the Association for Computational Linguistics: EMNLP",),
    "ICASSP": (
        "IEEE International Conference on Acoustics, Speech and Signal Processing",
        "ICASSP - IEEE International Conference on Acoustics, Speech and Signal Processing",
    ),
    "ICDE": ("IEEE International Conference on Data Engineering",),
    "ICDM": ("IEEE International Conference on Data Mining",),
    "ICLR": ("International Conference on Learning Representations",),
    "ICML": ("International Conference on Machine Learning",),
    "IEEE BigData": ("IEEE International Conference on Big Data",),
    "IJCAI": ("International Joint Conference on Artificial Intelligence",),
    "JMLR": ("Journal of Machine Learning Research",),
    "KDD": (
        "ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
        "ACM SIGKDD International Conference on Knowledge Discovery and Data Mining",
        "ACM SIGKDD International Conference on Knowledge Discovery & Data Mining",
    ),
    "LREC-COLING": ("Joint International Conference on Computational Linguistics, Language Resources and Evaluation",),
    "MM": ("ACM International Conference on Multimedia",),
    "NAACL": (
        "Conference of the North American Chapter of the Association for Computational Linguistics",
        "Conference of the North American Chapter of the Association for Computational Linguistics: Human Language Technologies",
        (
            "Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics: "
            "Human Language Technologies"
        ),
    ),
    "NAACL Findings": ("Findings of the Association for Computational Linguistics: NAACL",),
    "NeurIPS": ("Advances in Neural Information Processing Systems", "Conference on Neural Information Processing Systems"),
    "RecSys": ("ACM Conference on Recommender Systems",),
    "SIGIR": ("International ACM SIGIR Conference on Research and Development in Information Retrieval",),
    "TACL": ("Transactions of the Association for Computational Linguistics",),
    "TIST": ("ACM Transactions on Intelligent Systems and Technology",),
    "TKDD": ("ACM Transactions on Knowledge Discovery from Data",),
    "TKDE": ("IEEE Transactions on Knowledge and Data Engineering",),
    "TOIS": ("ACM Transactions on Information Systems",),
    "TORS": ("ACM Transactions on Recommender Systems",),
    "UMAP": ("ACM Conference on User Modeling, Adaptation and Personalization",),
    "WSDM": ("ACM International Conference on Web Search and Data Mining",),
    "WWW": (
        "ACM Web Conference",
        "ACM on Web Conference",
        "Web Conference",
        "World Wide Web Conference",
        "International World Wide Web Conference",
        "International Conference on World Wide Web",
    ),
    "WWW Companion": (
        "Companion Proceedings of the ACM Web Conference",
        "Companion Proceedings of the ACM on Web Conference",
        "Companion Proceedings of the Web Conference",
    ),
}
_ONES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
_TEENS = "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = frozenset(f"{_ONES} {_TEENS} {_TENS}".split())
_IN_PARENTHESES = (
    r"\((?:[\w-]+(?: '?\d+)?|Volume \d+(?:: (?:Long|Short|Main) .*?)?)\)"  # "(ICDE)", "(DASFAA 2024)"; no "(Industry Track)"
)
_EDGES = r"^(?:proceedings of )?(?:the )?| v$"  # "…, V.1"
_NUMBER = r"\d+(?:st|nd|rd|th)?"


def short_name(container_title: str, own: Mapping[str, str]) -> str | None:
    """What people call the venue with this title, by the person's own table, then by ours; None if neither has it.

    >>> short_name("Proceedings of the 17th ACM Conference on Recommender Systems", {})
    'RecSys'
    """
    exact = {fold(title): short for title, short in own.items()}
    plain = {bare(title): short for title, short in own.items()}
    return exact.get(fold(container_title)) or plain.get(bare(container_title)) or full_names().get(bare(container_title))


def is_name(title: str) -> bool:
    """Whether there is more in it than numbers and parentheses."""
    return bool(bare(title))


@lru_cache
def full_names() -> Mapping[str, str]:
    """Our short names by the venues' full names, as `bare` has them."""
    return {bare(name): short for short, names in NAMES.items() for name in names}


@lru_cache(maxsize=2**12)
def bare(title: str) -> str:
    """The words of a title without edition, year, volume, its acronym in parentheses, and "Proceedings of the"."""
    words = fold(re.sub(_IN_PARENTHESES, "", title)).split()
    return re.sub(_EDGES, "", " ".join(word for word in words if not (re.fullmatch(_NUMBER, word) or word in _ORDINALS)))
