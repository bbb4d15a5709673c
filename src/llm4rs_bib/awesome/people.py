"""Whether words in a list's row are people's names."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*|d(?=['’]))(?:[.'’-][^\W\d_]*)*|jr\.?|\"[A-Z]\w+\""
)  # "Ji-Rong", "O'Neil", "X.", a nickname
_HAN = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ter ten zu zur 't y e".split())
_ET_AL = re.compile(r"\bet\.? ?al\b\.?")
_APART = re.compile(r"\s*(?:[,;·、，]|&|\band\b|\bwith\b)\s*")
_CITATION = re.compile(r"([^()\d]{2,80}?),?\s*[(\[]?((?:19|20)\d\d)[a-z]?[)\]]?")
_NO_LETTERS = re.compile(r"\([^()]*\)|[\d*†‡§¶∗]+")  # an affiliation, or the sign for one
_BY = re.compile(r"(?i)^(?:by|authors?:?)\s+")
_ALSO_NAMES = re.compile(r"(?:An|Can|Do|In|Long) [A-Z][a-z]+|[A-Z][a-z]+ (?:An|Do|In|Long)")  # among other names
_INITIAL = re.compile(r"\.|^\w$")
_LONGEST_NAME = 5  # words
_IN_TITLES = frozenset(  # words that stand in titles in capitals, and in nobody's name
    """
    a all an are as at by can do does for from how in is it its need not of on over the through to toward towards using via we
    what when where which why with without you your across after against among before between during into under within
    accelerating adaptation adaptive adversarial agent agents algorithm algorithms alignment analysis answering application
    applications approach approaches architecture architectures artificial assessment attack attacks attention augmentation
    automatic autonomous based bayesian benchmark benchmarking benchmarks beyond bias causal challenge challenges
    classification clustering code collaborative communication compression computation computer computing context continual
    contrastive control conversational convolutional data database dataset datasets deep denoising dense design detection
    diffusion discovery distillation distributed domain driving dynamic dynamics effective efficient embedding embeddings
    embodied empirical engine estimation evaluation evaluating explainable exploration explaining fairness fast feature
    features federated feedback few-shot filtering fine-tuning foundation framework fusion game games gaussian generalization
    generating generation generative graph graphs hierarchical human image images improving inference information instruction
    integrating intelligence interaction interactive interpretability knowledge language languages large latent learned
    learning linear localization long machine manipulation matching memory mining mobile model modeling modelling models
    multi-agent multi-modal multi-task multimodal music navigation nets network networks neural news object online
    open-world optimal optimization parallel pattern perception perspective perspectives planning platform policy
    pre-training prediction predicting preference pretraining privacy probabilistic problem problems processing program
    programming prompt prompting prompts protein quality quantization query question questions random ranking real-time
    real-world reasoning recognition recommendation recommendations recommender reconstruction recurrent reinforcement
    representation representations retrieval review rewards robot robotic robots robust robustness scalable scaling scene
    search security segmentation self-attention self-supervised semantic sequence sequences sequential short simulation
    single social space sparse speech statistical strategies structure study supervised survey synthesis system systems
    task tasks technical technique techniques text theory toolkit tools tracking training transfer transformer transformers
    translation tree trees tuning tutorial understanding unified universal unsupervised user users vector video videos
    vision visual web wild world zero-shot
    """.split()
)


@lru_cache(maxsize=2**12)
def names(words: str) -> int:
    """How surely the words are people's names: 2 a list of them or "et al.", 1 what may be a name, 0 none."""
    words = _BY.sub("", _NO_LETTERS.sub("", words).strip(" .,;:|–—-\n"))
    others = _ET_AL.search(words)
    if others:
        if words[others.end() :].strip(" ."):
            return 0
        words = words[: others.start()]
    parts = [part for part in (each.strip(" .") for each in _APART.split(words)) if part]
    doubtful = [part for part in parts if not _is_name(part)]
    if not parts or len(doubtful) * 2 > len(parts) or not all(map(_ALSO_NAMES.fullmatch, doubtful)):
        return 0
    if others:
        return 2
    long = sum(" " in part or _INITIAL.search(part) is not None for part in parts)
    initials = any(map(_INITIAL.search, parts))
    if len(parts) == 1:
        return long if initials or len(parts[0].split()) < 4 else 0
    return 2 if long > 1 or initials else int(long == 1 or re.search(r"&|\band\b", words) is not None)


@lru_cache(maxsize=2**12)
def cited(words: str) -> tuple[int, str]:
    """How surely the words cite a paper by its authors, as `names` has it, and the year: `Berg et al., 2020`, `Lind (2020)`."""
    match = _CITATION.fullmatch(words)
    if not match or names(f"A. B., {match[1]}") < 2:  # one family name is enough among others
        return 0, ""
    if names(match[1]) == 2 or re.search(r",|&|\band\b", match[1]):
        return 2, match[2]
    return (1, match[2]) if words[-1] == ")" else (0, "")


def _is_name(part: str) -> bool:
    """Whether one part of a list may be a name: `Ada van Dyke`, `A. V.`, `Dyke`."""
    tokens = part.split()
    if len(tokens) > 1 and tokens[0] in ("A", "I"):  # "A History"
        return False
    return 0 < len(tokens) <= _LONGEST_NAME and all(map(_may_be_in_a_name, tokens)) and not _PARTICLES.issuperset(tokens)


@lru_cache(maxsize=2**12)
def _may_be_in_a_name(token: str) -> bool:
    if token in _PARTICLES or re.fullmatch(r"[A-Z]\.?", token):
        return True
    if token.casefold().strip(".") in _IN_TITLES or (token.isupper() and len(token) > 3 and not re.search("[.-]", token)):
        return False  # a title's word, or an acronym
    return _WORD.fullmatch(token) is not None or _HAN.fullmatch(token) is not None
