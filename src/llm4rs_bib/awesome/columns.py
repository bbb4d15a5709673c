"""A table's headings → the fields of a listing that its cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

Roles = Mapping[str, tuple[str, ...]]  # heading → fields: ("title", "link"), ("date", "venue"), …; () for a column of its own

BIBTEX = "BibTeX"  # the column that `export` adds, which leads to the entries
OWN = "-"  # said of a column that holds no known field
_NONE: Mapping[str, str] = MappingProxyType({})
_WORDS = {
    word: field
    for field, words in (
        ("title", "title|titles|paper title|article title|paper name|标题|论文标题|论文名称|题目"),
        ("paper", "paper|papers|article|articles|reference|references|论文|文章"),  # the title's column, or the link's
        (
            "link",
            (
                "link|links|url|urls|pdf|arxiv|doi|paper link|paper links|paper url|arxiv link|link to paper|resource|resources|"
                "openreview|链接|论文链接|论文地址"
            ),
        ),
        (
            "date",
            (
                "date|year|time|month|published|publish date|published date|publication date|pub date|release|release date|"
                "release time|released|publish time|publication year|submission date|date published|submitted|first posted|"
                "提交日期|发布日期|时间|日期|年份|发布时间|发表时间"
            ),
        ),
        (
            "venue",
            (
                "venue|venues|publication|publications|publication venue|conference|conferences|journal|journals|conf|jour|pub|"
                "publish|published in|published at|proceedings|会议|期刊|会议期刊|期刊或会议|会议或期刊|发表|发表会议|出处"
            ),
        ),
        (
            "model",
            (
                "model|models|model name|method|methods|method name|name|short name|abbr|abbreviation|acronym|system|nickname|"
                "alias|模型|方法|名称|简称"
            ),
        ),
        (
            "code",
            (
                "code|codes|repo|repos|repository|github|git|source code|official code|code link|github link|github repo|"
                "code url|code repository|implementation|implementations|open source|代码|代码链接|源码|开源代码"
            ),
        ),
    )
    for word in words.split("|")
}
_PARTS = r"\s*(?:/|&|,|\+|\band\b)\s*"


def words_of(heading: str) -> str:
    """The heading's words, small, without Markdown, pictures, emoji and what stands in parentheses."""
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)|<[^>]*>|:\w+:", r" \1 ", heading)
    text = re.sub(r"[(（][^)）]*[)）]", " ", text) if re.search(r"[^\W\d_]", re.sub(r"[(（].*?[)）]", "", text)) else text
    return " ".join(re.sub(r"[^\w/&,+-]", " ", text.replace("_", " ")).split()).casefold()


def roles(columns: Sequence[str], told: Mapping[str, str] = _NONE) -> dict[str, tuple[str, ...]]:
    """What each heading's cells hold, by its words or by what was told of it (as `told_of`)."""
    names = {heading: _names(heading, told) for heading in columns}
    has_titles = any("title" in found for found in names.values())
    given: set[str] = set()
    roles: dict[str, tuple[str, ...]] = {}
    for heading, named in names.items():
        found = _said_and_named(heading, named, names)
        if "paper" in named:
            found = tuple("link" if name == "paper" else name for name in named) if has_titles else ("title",)
        is_new = given.isdisjoint(found) or found == ("link",)
        roles[heading] = found if is_new else ()
        given.update(roles[heading])
        has_titles = has_titles or "title" in found
    if "link" not in given:
        roles = {heading: ("title", "link") if found == ("title",) else found for heading, found in roles.items()}
    return roles


def _said_and_named(heading: str, named: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Date and venue for a column that is named for one of them and was said to hold the other, if no other column has it."""
    both = ("date", "venue")
    if named not in (("date",), ("venue",)) or {*named, by_name(heading)} != {*both}:
        return named
    return named if any(by_name(heading) in found for other, found in names.items() if other != heading) else both


def told_of(heading: str, told: Mapping[str, str]) -> str | None:
    """What was told of a heading: a field, or "-" for a column of its own. Marks around it do not matter."""
    if not told or heading in told:
        return told.get(heading)
    return next((field for each, field in told.items() if _bare(each) == _bare(heading)), None)


def _bare(heading: str) -> str:
    return re.sub(r"^(?:[*_`\s]|<[^>]*>)+|(?:[*_`\s]|<[^>]*>)+$", "", heading)


def _names(heading: str, told: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that a heading names: ("paper",), ("date", "venue"), …; () if it has words that name none."""
    if field := told_of(heading, told):
        return () if field == OWN else (field,)
    words = words_of(heading)
    parts = [words] if words in _WORDS else [part for part in re.split(_PARTS, words) if part]
    names = [_WORDS.get(part, "") for part in parts]
    known = tuple(dict.fromkeys(filter(None, names)))
    for name in ("title", "paper"):
        if name in known and known[0] != "model":
            return ("date", "paper") if known == ("date", "paper") else (name,)
    for name in ("link", "code"):  # others that stand beside them have links too
        if name in known[:1] and {"link", "code", "model"}.issuperset(known):
            return (name,)
    return known if all(names) and (len(known) == 1 or sorted(known) == ["date", "venue"]) else ()


def by_name(heading: str) -> str:
    """What a heading's words alone name: "title", "paper", "model", …; "" for none of them."""
    return next(iter(_names(heading, _NONE)), "")
