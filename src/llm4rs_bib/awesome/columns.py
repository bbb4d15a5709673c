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
        (
            "title",
            (
                "title|titles|paper title|article title|paper name|标题|论文标题|论文名称|题目|標題|タイトル|題名|제목|논문 제목|"
                "título|titulo|titel|titre|titolo|название"
            ),
        ),
        (  # the title's column, or the link's
            "paper",
            (
                "paper|papers|article|articles|reference|references|论文|文章|文献|論文|文獻|논문|문헌|artículo|artigo|artikel|статья"
            ),
        ),
        (
            "link",
            (
                "link|links|url|urls|pdf|arxiv|doi|paper link|paper links|paper url|arxiv link|link to paper|resource|resources|"
                "source|sources|openreview|arxiv id|pubmed|pmid|pmc|pmcid|链接|论文链接|论文地址|官方链接|"
                "連結|リンク|링크|enlace|lien|ссылка|ссылки"
            ),
        ),
        (
            "date",
            (
                "date|year|time|month|published|publish date|published date|publication date|pub date|release|release date|"
                "release time|released|publish time|publication year|submission date|date published|submitted|first posted|"
                "提交日期|发布日期|时间|日期|年份|发布时间|发表时间|年|発行年|연도|년도|발행일|año|ano|fecha|jahr|datum|année|год|дата"
            ),
        ),
        (
            "venue",
            (
                "venue|venues|publication|publications|publication venue|conference|conferences|journal|journals|conf|jour|pub|"
                "journal/source|publish|published in|published at|proceedings|会议|期刊|会议期刊|期刊或会议|会议或期刊|发表|"
                "发表会议|出处|會議|会議|誌|学会|학회|학술지|저널|revista|conferencia|publicación|zeitschrift|konferenz|revue|"
                "conférence|журнал|конференция"
            ),
        ),
        (
            "model",
            (
                "model|models|model name|method|methods|method name|name|short name|abbr|abbreviation|acronym|system|nickname|"
                "alias|模型|方法|名称|简称|モデル|모델|modelo|modell|modèle|модель"
            ),
        ),
        (
            "code",
            (
                "code|codes|repo|repos|repository|github|git|source code|official code|code link|github link|github repo|"
                "code url|code repository|implementation|implementations|open source|"
                "代码|代码链接|源码|开源代码|コード|코드|código|код"
            ),
        ),
    )
    for word in words.split("|")
}
_PARTS = r"\s*(?:/|&|,|\+|\band\b)\s*"
_NEVER_TITLES = frozenset(
    """
    author authors abstract description summary introduction highlight highlights note notes contribution contributions task tasks
    keyword keywords tldr comment comments institution institutions affiliation affiliations organization org remark remarks
    finding findings topic topics relevance lecture lectures week session role why
    作者 摘要 机构 简介 关键词 备注 著者 要旨 備考 主要知見 저자 요약 비고 autores resumen resumo autoren auteurs résumé авторы
    """.split()
)
_OTHER_THINGS = frozenset(
    """
    speaker speakers lecturer instructor course courses book books blog blogs podcast tool tools library libraries framework
    company companies event events location place deadline dataset datasets benchmark benchmarks product products version
    license licence stars price salary position job jobs
    """.split()
)


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
        if name in known and known != ("model", "title"):
            return ("date", "paper") if known == ("date", "paper") else (name,)
    for name in ("link", "code"):  # others that stand beside them have links too
        if name in known[:1] and {"link", "code", "model"}.issuperset(known):
            return (name,)
    return known if all(names) and (len(known) == 1 or sorted(known) == ["date", "venue"]) else ()


def by_name(heading: str) -> str:
    """What a heading's words alone name: "title", "paper", "model", …; "" for none of them."""
    return next(iter(_names(heading, _NONE)), "")


def may_hold_titles(heading: str) -> bool:
    """Whether nothing in a heading says that its cells are about papers, or whose they are."""
    return _NEVER_TITLES.isdisjoint(words_of(heading).split())


def is_of_others(heading: str) -> bool:
    """Whether a heading speaks of things that are no papers: companies, courses, …"""
    return not _OTHER_THINGS.isdisjoint(words_of(heading).split())
