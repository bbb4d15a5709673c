"""A table's headings → the fields of a listing that its cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

Roles = Mapping[str, tuple[str, ...]]  # heading → fields: ("title", "link"), ("date", "venue"), …; () for a column of its own

BIBTEX = "BibTeX"  # the column that `export` adds, which leads to the entries
OWN = "-"  # said of a column that holds no known field
_NONE: Mapping[str, str] = MappingProxyType({})
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("title", "titles", "paper title", "article title", "paper name", "标题", "论文标题", "论文名称", "题目"), "title"
    ),
    **dict.fromkeys(
        ("paper", "papers", "article", "articles", "reference", "references", "论文", "文章"), "paper"
    ),  # the title's column, or the link's
    **dict.fromkeys(
        (
            *("link", "links", "url", "urls", "pdf", "arxiv", "doi", "paper link", "paper links", "paper url", "arxiv link"),
            *("link to paper", "resource", "resources", "openreview", "链接", "论文链接"),
        ),
        "link",
    ),
    **dict.fromkeys(
        (
            *("date", "year", "time", "month", "published", "publish date", "published date", "publication date", "pub date"),
            *(
                "release date",
                "release time",
                "released",
                "publish time",
                "publication year",
                "submission date",
                "date published",
            ),
            *("submitted", "first posted", "提交日期", "发布日期", "时间", "日期", "年份", "发布时间", "发表时间"),
        ),
        "date",
    ),
    **dict.fromkeys(
        (
            *(
                "venue",
                "venues",
                "publication",
                "publications",
                "publication venue",
                "conference",
                "conferences",
                "journal",
                "conf",
            ),
            *("pub", "publish", "published in", "published at", "proceedings", "会议", "期刊", "发表", "出处"),
        ),
        "venue",
    ),
    **dict.fromkeys(
        (
            *("model", "models", "model name", "method", "methods", "method name", "name", "short name", "abbr", "abbreviation"),
            *("acronym", "system", "nickname", "alias", "模型", "方法", "名称", "简称"),
        ),
        "model",
    ),
    **dict.fromkeys(
        (
            *("code", "codes", "repo", "repos", "repository", "github", "git", "source code", "official code", "code link"),
            *(
                "github link",
                "github repo",
                "code url",
                "code repository",
                "implementation",
                "implementations",
                "open source",
                "代码",
            ),
        ),
        "code",
    ),
}
_BESIDE_CODE = frozenset(
    (
        "project",
        "projects",
        "data",
        "dataset",
        "datasets",
        "website",
        "web",
        "demo",
        "page",
        "stars",
        "resources",
        "artifact",
        "项目",
        "数据",
    )
)
_PARTS = r"\s*(?:/|&|,|\+|\band\b)\s*"


def words_of(heading: str) -> str:
    """The heading's words, small, without Markdown, pictures, emoji and what stands in parentheses."""
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)|<[^>]*>|:\w+:", r" \1 ", heading)
    text = re.sub(r"[(（][^)）]*[)）]", " ", text) if re.search(r"[^\W\d_]", re.sub(r"[(（].*?[)）]", "", text)) else text
    return " ".join(re.sub(r"[^\w/&,+-]", " ", text.replace("_", " ")).split()).casefold()


def roles(columns: Sequence[str], told: Mapping[str, str] = _NONE) -> dict[str, tuple[str, ...]]:
    """What each heading's cells hold, by its words or by what was told of it (a field, or "-")."""
    names = {heading: _names(heading, told) for heading in columns}
    has_titles = any("title" in found for found in names.values())
    given: set[str] = set()
    roles: dict[str, tuple[str, ...]] = {}
    for heading, named in names.items():
        found = named if named != ("paper",) else ("link",) if has_titles else ("title",)
        is_new = found == ("link",) or given.isdisjoint(found)
        roles[heading] = found if is_new else ()
        given.update(roles[heading])
        has_titles = has_titles or "title" in found
    if "link" not in given:
        roles = {heading: ("title", "link") if found == ("title",) else found for heading, found in roles.items()}
    return roles


def _names(heading: str, told: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that a heading names: ("paper",), ("date", "venue"), …; () if it has words that name none."""
    if field := told.get(heading):
        return () if field == OWN else (field,)
    words = words_of(heading)
    parts = [part for part in re.split(_PARTS, words) if part]
    names = [_WORDS.get(words, "")] if words in _WORDS else [_WORDS.get(part, "") for part in parts]
    for name in ("title", "paper"):
        if name in names and "model" not in names[:1]:
            return (name,)
    if "code" in names and all(name == "code" or part in _BESIDE_CODE for name, part in zip(names, parts, strict=False)):
        return ("code",)
    if len(names) == 1 and names[0]:
        return (names[0],)
    return tuple(names) if sorted(names) == ["date", "venue"] else ()


def by_name(heading: str) -> str:
    """What a heading's words alone name: "title", "paper", "model", …; "" for none of them."""
    return next(iter(_names(heading, _NONE)), "")
