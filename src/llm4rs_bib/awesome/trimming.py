"""What is no part of a title: tags around it, labels and authors before it."""

from __future__ import annotations

import re
from functools import lru_cache

from .cells import tidy
from .links import is_label
from .parts import MARKS, is_aside
from .people import names
from .signs import EMOJI, is_venue

BRACKETS = {"[": "]", "(": ")", "（": "）", "【": "】", "{": "}"}
QUOTES = {'"': '"', "“": "”", "「": "」", "《": "》", "«": "»", "„": "“", "‘": "’"}
IN_BRACKETS = re.compile(r"[\[(（【{]([^\[\](){}（）【】\n]{0,200})[\])）】}]")
LONGEST = 1500  # characters among which a title is looked for
_TAGS = (
    re.compile(r"^[\[(【]([^\[\]()]*)[\])】]\s*(?=\S)"),
    re.compile(r"\s*[\[(【（]([^\[\]()（）]*)[\])】）]$"),
    re.compile(r",\s+([^,]+)$"),
    re.compile(r"\.\s+([^.]*\d\d[^.]*)$"),
    re.compile(r"\s+[|–—-]\s+([^|]+)$"),  # "… | OpenReview"
)
_FILE = re.compile(r"\.(?:pdf|docx?)$")
_AUTHORS = re.compile(r"(.{2,400}?\bet\.? ?al\b)[.,:]*\s*")
_REFERENCE = re.compile(r"(.{3,600}?)[.,]?\s*[(（]((?:19|20)\d\d)[a-z]?(?:,[^()]{0,30})?[)）][.,:]?\s+(?=\S)")  # APA
_NAME = re.compile(r"\s*(and\s+|&\s*)?([^,;:]+?)\s*(?:[,;:]|\.,|(?<=[a-z]{2})\.(?=\s)|$)")
_BEHIND_AUTHORS = re.compile(r"([^:]{5,200}?)\s+[—–-]\s+(?=\S)")
_QUOTED = re.compile(r"([^:]{3,300}?)\s*(?:\(((?:19|20)\d\d)\w?\))?[,.:]\s*[\"“](.+?)[,.]?[\"”]")
_INITIALS_BEHIND = re.compile(r"(?:[A-Z][\w’'-]+(?: [A-Z]){1,3}, )+(?:[A-Z][\w’'-]+(?: [A-Z]){1,3}|et al)\.\s+(?=\S)")
_DOUBTFUL = re.compile(r"(?:An|Can|Do|In|Long)\b")
_ALONE = re.compile(r"[A-Z][\w'’-]+|(?:[A-Z]\.?[ -]?){1,3}")  # a family name, or initials

_LABELS = {
    "title": "title paper-title 标题",
    "authors": "author authors by 作者",
    "venue": "venue venues publisher published publication conference journal booktitle 会议 期刊 published-in accepted-by",
    "date": "date year time published-on release-date 日期 时间",
    "": (
        "abstract tldr tl;dr summary intro introduction key keys keyword keywords institution institutions affiliation "
        "affiliations env note notes comment comments highlight highlights description task tasks metric metrics "
        "english 中文 简介 摘要 解读 contribution contributions motivation idea main-idea method review tags tag topic topics "
        "remark remarks insight"
    ),
}
_FIELD_OF = {word.replace("-", " "): field or word for field, words in _LABELS.items() for word in words.split()}


@lru_cache(maxsize=2**12)
def label_of(shown: str) -> str:
    """What a label before a colon says: "title", "authors", "venue", "date", else the label in lower case; "" for no label."""
    plain = re.sub(EMOJI, "", shown).strip(" *_").casefold()
    if known := _FIELD_OF.get(plain):
        return known
    if han := re.search("论文|代码|主页|项目|数据集|原文|链接", plain):
        return han[0] if len(plain) < 12 else ""
    if re.search(r"\d\d", plain) or (is_venue(shown) and "rxiv" not in plain and "print" not in plain):  # "ICLR 2024: …"
        return ""
    return plain if re.search(r"[^\W\d_]", plain) and is_label(re.sub(r"\d+$", "", plain)) else ""


def names_end(chunk: str) -> int:
    """Where a list of authors at the beginning ends; 0 if there is none that is sure."""
    if match := _INITIALS_BEHIND.match(chunk):
        return match.end()
    if (match := _AUTHORS.match(chunk)) and names(match[1]) and chunk[match.end() :].strip():
        return match.end()
    if (match := _REFERENCE.match(chunk)) and names(match[1].replace("...", "")):
        return match.end()
    at = count = sure = 0
    for match in _NAME.finditer(chunk):
        people = names(match[2])
        if not people and count and (match[1] or _DOUBTFUL.match(match[2])):  # a long name, or one that begins like a title
            people = names(chunk[: match.end()])
        if not people and not _ALONE.fullmatch(match[2].strip(". ")):
            break
        count += max(people, 1)
        sure += people > 0
        at = match.end()
        if chunk[at - 1 : at] == ":" and names(chunk[: at - 1]) < 2:  # "Plan, Write, and Revise: …"
            return 0
        if chunk[at - 1 : at] in (".", ":"):
            break
    return at if count > 1 and sure and len(chunk[at:].strip(f" ,.{MARKS}").split()) > 1 else 0


def trimmed(title: str) -> tuple[str, list[str]]:
    """A title without tags before and behind it, and these tags."""
    tags: list[str] = []
    for _ in range(9):
        title = _FILE.sub("", tidy(title.strip()))
        match = next(filter(None, (form.search(title) for form in _TAGS)), None)
        is_sign = match is not None and match.start() > 0 and not re.search(r"\w", match[1])  # "f()"
        if not match or is_sign or not is_aside(match[1]) or len(match[0]) == len(title):
            break
        tags.append(match[1])
        title = title[match.end() :] if match.start() == 0 else title[: match.start()]
    if (match := _BEHIND_AUTHORS.match(title)) and names(match[1]) == 2:
        title = title[match.end() :]
    elif (match := _QUOTED.fullmatch(title)) and names(match[1]):
        title = match[3]
        tags += [match[2]] if match[2] else []
    return tidy(_without_lone_quotes(title)).rstrip(" :："), tags


def _without_lone_quotes(title: str) -> str:
    """A title without a quotation mark at an end whose fellow is missing."""
    for begin, end in QUOTES.items():
        if title.startswith(begin) and end not in title[1:]:
            title = title[1:].strip()
        if title.endswith(end) and begin not in title[:-1] and end != "’":
            title = title[:-1].strip()
    return title
