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
    re.compile(r"\s+[|–—-]\s+([^|]+)$"),  # "… | OpenReview"
)
_FILE = re.compile(r"\.(?:pdf|docx?)$")
_AUTHORS = re.compile(r"(.{2,400}?\bet\.? ?al\b)[.,:]*\s*")
_REFERENCE = re.compile(r"(.{3,600}?)[.,]?\s*[(（]((?:19|20)\d\d)[a-z]?(?:,[^()]{0,30})?[)）][.,:]?\s+(?=\S)")  # APA
_NAME = re.compile(r"\s*(?:and\s+|&\s*)?([^,;]+?)\s*(?:[,;]|\.,|(?<=[a-z]{2})\.(?=\s)|$)")
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
    if (match := _AUTHORS.match(chunk)) and names(match[1]) and chunk[match.end() :].strip():
        return match.end()
    if (match := _REFERENCE.match(chunk)) and names(match[1].replace("...", "")):
        return match.end()
    at = count = sure = 0
    for match in _NAME.finditer(chunk):
        people = names(match[1])
        if not people and not _ALONE.fullmatch(match[1].strip(". ")):
            break
        count += 1
        sure += people > 0
        at = match.end()
        if chunk[at - 1 : at] == ".":
            break
    return at if count > 1 and sure and len(chunk[at:].strip(f" ,.{MARKS}").split()) > 1 else 0


def trimmed(title: str) -> tuple[str, list[str]]:
    """A title without tags before and behind it, and these tags."""
    tags: list[str] = []
    for _ in range(9):
        title = _FILE.sub("", tidy(title.strip()))
        match = next(filter(None, (form.search(title) for form in _TAGS)), None)
        if not match or not is_aside(match[1]) or not re.search(r"\w", match[1]) or len(match[0]) == len(title):
            break
        tags.append(match[1])
        title = title[match.end() :] if match.start() == 0 else title[: match.start()]
    return tidy(_without_lone_quotes(title)).rstrip(" :："), tags


def _without_lone_quotes(title: str) -> str:
    """A title without a quotation mark at an end whose fellow is missing."""
    for begin, end in QUOTES.items():
        if title.startswith(begin) and end not in title[1:]:
            title = title[1:].strip()
        if title.endswith(end) and begin not in title[:-1] and end != "’":
            title = title[:-1].strip()
    return title
