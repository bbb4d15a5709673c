"""What words beside a title are: a date or a venue. Where it is not clear they are neither."""

from __future__ import annotations

import re
from functools import lru_cache

from ..ids import ARXIV
from ..venuelabels import kind_of_venue

EMOJI = r"(?:[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]|:[a-z][a-z0-9_+-]*:)"
_EDGES = " \t\n\u00a0.,:;*_|/"
_LONGEST = 120  # characters of a venue

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_WITH_MONTH = rf"""(?:
    (?:19|20)\d\d [./-] (?:1[0-2]|0?[1-9]) (?:[./-]\d{{1,2}})?
  | (?:\d{{1,2}}(?:st|nd|rd|th)?[ ])? {_MONTH} ,?[ ] (?:19|20)\d\d
  | {_MONTH} [ ] \d{{1,2}} (?:st|nd|rd|th)? ,?[ ] (?:19|20)\d\d
  | (?:19|20)\d\d [ ] {_MONTH}
  | (?:19|20)\d\d (?:1[0-2]|0[1-9]) (?:[0-2]\d|3[01])?
)"""
_FLAGS = re.IGNORECASE | re.VERBOSE
_DATE = re.compile(rf"{_WITH_MONTH} | (?:19|20)\d\d", _FLAGS)
_DATE_BEFORE = re.compile(rf"({_WITH_MONTH}) \s+ (\S.*)", _FLAGS)
_DATE_BEHIND = re.compile(rf"(\S.*?) [\s,/:]+ ({_WITH_MONTH})", _FLAGS)

_ID = re.compile(
    rf"(?i)(?:(?:arxiv(?: (?:preprint|e-?prints?))?|corr)\s*:?\s*)?(?:abs/)?(?:arxiv:\s*)?{ARXIV}(?:\s*\[[\w.-]+\])?"
    r"|doi[:\s]\s*10\.\d{4,9}/\S+"
)
_PREPRINT = re.compile(
    r"(?i)(?:(?:19|20)\d\d )?"
    r"(?:(?:arxiv|corr|(?:bio|med|chem|psya|tech)rxiv|ssrn|openreview|preprint|pre-print|e-?print)\b[ .,:'’-]*){1,3}"
    r"(?:(?:19|20)?\d\d)?|under review(?: at .{2,20})?|(?:in )?submi(?:ssion|tted)"
)
_IN = re.compile(r"(?i)^(?:(?:to appear |accepted |published )?(?:in|at|by|to)|@)\s+")
_INSIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_YEAR = re.compile(r"['’‘`]\s*\d\d\b|(?<![\d.])[-_]?(?:19|20)\d\d(?![\d.]\d)")
_SHORT_YEAR = re.compile(r"-?\d\d$")  # enough behind a venue that we know: ICLR-18, ARXIV20
_VOLUME = re.compile(r"(?: \d{1,3})+$")
_BETWEEN = re.compile(r"[\s/@&,:()\[\]_]+")
_KINDS = frozenset(
    "conf conference journal letters magazine proc proceedings symposium trans transactions workshop workshops annals".split()
)
_FILLERS = _KINDS | frozenset(
    """
    a abstract accepted adjunct and annual applied at award awards benchmark benchmarks best camera-ready companion conferences
    dataset datasets demo demos demonstration doctoral extended featured findings for full highlight highlights honorable
    in industrial industry international late-breaking long main mention nominee notable of on oral orals outstanding
    paper papers phd poster posters regular research resource results review runner-up short special spotlight spotlights
    student submission submitted survey the thesis tiny to top track tracks tutorial under vision volume
    """.split()
)
_PUBLISHERS = frozenset("ACM IEEE IEEE/CVF SIAM USENIX Springer Elsevier Wiley MDPI Oxford Cambridge IET".split())
_VENUES = frozenset(  # that are not known elsewhere
    """
    AACL AAMAS ACMMM ACL-IJCNLP ACML AIES AIJ APSys CAV CIDR CISS CVIU CVPRW CSUR ECCVW EMNLP-IJCNLP FG FPGA GECCO HPCA
    ICCVW ICIP ICME ICMI ICMLW ICPR IJCNN IJCNLP IJCV Interspeech ISCA ISIT JAIR JASIST KBS LREC MLHC MMSys NAACL-HLT NIPS
    NLPCC 3DV PACMPL PAKDD PAMI PNAS PRCV PVLDB RA-L RAL SDM SIGDIAL SoCC TASLP TCSVT TIFS TIP TITS TMM TNNLS TON TOG TOSEM
    TPAMI T-PAMI TPDS TRO TSE TVCG TWEB UbiComp WACVW WISE
    """.split()
)
_SPELT_OTHERWISE = frozenset(  # nothing else can be meant, in whichever capitals
    """
    recsys neurips nips sigir sigkdd kdd iclr icml cvpr iccv eccv emnlp naacl aaai ijcai cikm wsdm icassp interspeech coling eacl
    icra iros corl wacv bmvc miccai aistats sigmod vldb icde icdm
    """.split()
)
_JOURNALS = frozenset(
    (
        "nature|science|cell|bioinformatics|neurocomputing|neural networks|pattern recognition|pattern recognition letters|"
        "information fusion|knowledge-based systems|expert systems with applications|neural computation|machine learning|"
        "artificial intelligence|artificial life|information sciences|applied sciences|ieee access|acm multimedia|"
        "computer graphics forum|plos one|plos computational biology|scientific reports|communications of the acm|elife|patterns|"
        "acm computing surveys|acm comput surv|nucleic acids research|genome biology|genome research|information retrieval|"
        "advances in neural information processing systems|the web conference|sensors|entropy|electronics|mathematics|"
        "physical review letters"
    ).split("|")
)
_FAMILY = re.compile(
    r"(?:Nature|Nat\.?|Science|Cell|Lancet|IEEE|ACM|JAMA|Frontiers in|Annual Review of|Advances in)"
    r"(?: [A-Z][\w.-]+| (?:and|of|on|in|&)){1,5}"
)  # "Nature Methods", "IEEE Transactions on Robotics"


def is_date(words: str) -> bool:
    """Whether the words are a date, at least a year: `2023.05`, `Sep. 2020`, `27 Apr 2023`, `20180926`, `2015`."""
    return words[:1].isalnum() and len(words) < 30 and _DATE.fullmatch(words) is not None


def is_id(words: str) -> bool:
    """Whether the words are an identifier: `arXiv:1406.1078`, `CoRR abs/1610.04420`, `DOI: 10.1145/3616855`."""
    return len(words) < 60 and _ID.fullmatch(words.strip(_EDGES)) is not None


@lru_cache(maxsize=2**12)
def date_and_venue(words: str) -> tuple[str, str]:
    """The date and the venue that a phrase is, one or both empty: `arXiv 2023.05`, `20180926 ICLR-18`, `ACL 2023`."""
    words = _IN.sub("", words.strip(_EDGES + "'\"“”")) if len(words) <= _LONGEST else ""
    if is_date(words):
        return words, ""
    if is_venue(words):
        return "", words
    if not any(map(str.isdigit, words)):
        return "", ""
    if (match := _DATE_BEFORE.fullmatch(words)) and is_venue(match[2]):
        return match[1], match[2].strip(_EDGES)
    if (match := _DATE_BEHIND.fullmatch(words)) and is_venue(match[1]):
        return match[2], match[1].strip(_EDGES)
    return "", ""


def is_told(words: str) -> bool:
    """Whether a phrase is a date, a venue, or both."""
    return any(date_and_venue(words))


@lru_cache(maxsize=2**12)
def is_venue(words: str) -> bool:
    """Whether the words can only name a venue: `ACL 2023`, `NeurIPS'23 (spotlight)`, `IEEE Access`, `Preprint`."""
    words = " ".join(words.split()).strip(_EDGES)
    if _PREPRINT.fullmatch(words):
        return True
    if inside := _INSIDE.findall(words):
        return all(is_note(each) or is_venue(each) or is_date(each) for each in inside) and is_venue(_INSIDE.sub(" ", words))
    rest, years = _YEAR.subn(" ", words)
    tokens = [token for token in (each.strip(".'’-*") for each in _BETWEEN.split(rest)) if token]
    if not tokens or tokens[0].casefold() in ("a", "the", "by"):
        return False
    if _VOLUME.sub("", " ".join(tokens).casefold()) in _JOURNALS or _FAMILY.fullmatch(rest.strip(_EDGES)):
        return True
    return _are_of_a_venue([_kind(token) for token in tokens], dated=years > 0)


def _are_of_a_venue(kinds: list[str], *, dated: bool) -> bool:
    """Whether words of these kinds are a venue's: a known acronym, one with a year, or words around "Journal", "Proceedings"."""
    if "" in kinds:
        return False
    if "venue" in kinds:
        return "word" not in kinds or ("kind" in kinds and kinds[0] == "venue")  # "ICML Workshop on Visualization"
    if "year" in kinds:  # of two digits, as nothing but a known venue has it
        return False
    if "acronym" in kinds and dated:
        return "word" not in kinds
    begins = kinds[0] == "kind" or "publisher" in kinds or dated
    return begins and "kind" in kinds and not {"word", "acronym", "publisher"}.isdisjoint(kinds)


def _kind(token: str) -> str:
    """What a word says in a venue's name; "" for one that stands in none."""
    lower = token.casefold()
    if lower in _KINDS:
        return "kind"
    if lower in _FILLERS or re.fullmatch(r"\d+(?:st|nd|rd|th)|\d%|[–—-]", lower):
        return "filler"
    if token in _PUBLISHERS or token.isdecimal():
        return "publisher" if token in _PUBLISHERS else "year" if len(token) == 2 else ""
    if _is_known(_SHORT_YEAR.sub("", token)):
        return "venue"
    if _capitals(token) > 1 and re.fullmatch(r"[A-Za-z][A-Za-z+.-]*", token):
        return "acronym"
    return "word" if token[0].isupper() and re.sub("[.-]", "", token).isalpha() else ""


def _is_known(token: str) -> bool:
    """Whether a word is the acronym of a venue that we know."""
    if token in _VENUES or token.removesuffix("W") in _VENUES or token.casefold() in _SPELT_OTHERWISE:
        return True
    return all(_capitals(part) > 1 for part in token.split("-")) and kind_of_venue(token) is not None


def _capitals(word: str) -> int:
    return sum(map(str.isupper, word))


def is_known(venue: str) -> bool:
    """Whether a venue's label names one that we know."""
    return any(_is_known(_SHORT_YEAR.sub("", token)) for token in _BETWEEN.split(_YEAR.sub(" ", venue)) if token)


def is_preprint(venue: str) -> bool:
    """Whether a venue's label says that the paper is not published."""
    return _PREPRINT.fullmatch(venue) is not None


def is_note(words: str) -> bool:
    """Whether words in parentheses behind a venue say which part of it: `Findings`, `oral`, `Survey Track`."""
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words.casefold())
    return bool(found) and _FILLERS.issuperset(found)
