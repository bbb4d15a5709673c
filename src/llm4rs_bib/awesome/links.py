"""What a link in a list leads to: the paper, its code, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from .. import ids
from ..markdown import Link

# Words that name what is linked, and so are never a paper's title.
_PAPER_WORDS = frozenset(
    "paper papers pdf arxiv abs abstract html doi openreview acl anthology proceedings preprint publication published article "
    "journal conference version official full text fulltext camera ready camera-ready ieee acm springer springerlink "
    "elsevier sciencedirect neurips nips icml iclr cvf thecvf openaccess aaai biorxiv medrxiv ssrn pmlr hal nature science mdpi "
    "pubmed pmid pmc pmcid semantic scholar alphaxiv ar5iv papers.cool manuscript pub supplementary supplement supp appendix "
    "report technical tech open access".split()
) | {"论文", "原文", "链接"}
_CODE_WORDS = frozenset(
    "code codes github git gitlab repo repos repository repositories implementation source colab notebook".split()
) | {"代码"}
_OTHER_WORDS = frozenset(
    "main optional link links url website web webpage page pages project projects homepage home site video videos slides slide "
    "demo demos data dataset datasets benchmark blog blogs post poster talk talks youtube bilibili twitter tweet medium bib "
    "bibtex cite citation citations model models weights checkpoint checkpoints ckpt huggingface hugging face hf gradio spaces "
    "space modelscope interactive live media news press docs documentation doc tutorial read wiki here more details info summary "
    "review reviews "
    "note notes 解读 主页 项目 项目主页 数据 数据集 视频 知乎 博客 中文 download gallery results leaderboard star stars tool api "
    "readme dblp zhihu reddit discord linkedin unofficial pytorch tensorflow tf jax keras torch python".split()
)
_BESIDE = frozenset("slide slides poster posters video videos recording talk talks bib bibtex 视频".split())  # files of no paper
_ON_CODE_HOSTS = frozenset(  # what is kept there besides code
    "bib bibtex cite citation data dataset datasets list lists slides poster paper papers pdf blog note notes summary".split()
)
_BESIDE = _CODE_WORDS | frozenset(
    "supplementary supplement supplemental supp appendix slides poster video data dataset bib bibtex".split()
)
_LABELS = _PAPER_WORDS | _CODE_WORDS | _OTHER_WORDS
_FILE = r"(?i)\.(?:pdf|ps)(?:\.gz)?(?:$|[?#])"
_BETWEEN = frozenset("a and for from in of on the to with".split())
_PAPER_LABELS = frozenset(
    "paper papers pdf arxiv abs abstract html doi openreview pub preprint article 论文 原文 publication".split()
)
_CODE_HOSTS = frozenset(
    "github.com gitlab.com bitbucket.org gitee.com codeberg.org anonymous.4open.science colab.research.google.com".split()
)
_PAPER_HOSTS = frozenset(
    """
    arxiv.org ar5iv.org alphaxiv.org doi.org acm.org ieee.org aclanthology.org aclweb.org openreview.net mlr.press nips.cc
    neurips.cc thecvf.com ecva.net aaai.org ijcai.org jmlr.org springer.com springeropen.com biomedcentral.com
    sciencedirect.com elsevier.com cell.com nature.com science.org sciencemag.org pnas.org plos.org wiley.com
    tandfonline.com sagepub.com oup.com cambridge.org mdpi.com frontiersin.org biorxiv.org medrxiv.org ssrn.com iacr.org
    usenix.org ndss-symposium.org vldb.org isca-speech.org isca-archive.org ceur-ws.org siam.org iop.org aps.org acs.org
    rsc.org jstor.org iospress.com emerald.com worldscientific.com inderscience.com hindawi.com semanticscholar.org
    ncbi.nlm.nih.gov pubmed.gov europepmc.org citeseerx.ist.psu.edu citeseer.ist.psu.edu researchgate.net hal.science
    dagstuhl.de direct.mit.edu mitpressjournals.org projecteuclid.org roboticsproceedings.org copernicus.org optica.org
    bmva.org eurographics.org scholar.archive.org osf.io techrxiv.org preprints.org researchsquare.com cnki.net
    igi-global.com degruyter.com jair.org interspeech.org nowpublishers.com annualreviews.org
    """.split()
)


@lru_cache(maxsize=2**12)  # the same few again and again
def is_label(words: str) -> bool:
    """Whether the words only name what is linked: "Paper", "[PDF]", "arXiv 2306", "Official code"."""
    found = re.findall(r"[^\W\d_]+(?:[-.][^\W\d_]+)*", words.casefold())
    if not found:  # nothing but signs and figures is no title either
        return True
    return len(found) < 5 and not _LABELS.isdisjoint(found) and (_LABELS | _BETWEEN).issuperset(found)


def is_mere_label(words: str) -> bool:
    """Whether the words say no more than that there is a paper: "paper", "PDF", "link"."""
    return bool(words) and frozenset("paper pdf link url pub code".split()).issuperset(re.findall(r"\w+", words.casefold()))


@lru_cache(maxsize=2**12)
def identifies(href: str) -> bool:
    """Whether an address holds a paper's identifier: an arXiv id, a DOI, …"""
    return any(ids.identify(href))


def is_code(link: Link) -> bool:
    """Whether a link leads to code: by its host, where neither words nor ending say otherwise, else by its words."""
    says_code = _has(link, _CODE_WORDS)
    if _is_at(link.href, _CODE_HOSTS):
        return says_code or not (_has(link, _ON_CODE_HOSTS) or re.search(_FILE, link.href))
    return says_code and not _is_at(link.href, _PAPER_HOSTS)


def is_paper(link: Link) -> bool:
    """Whether a link leads to a paper: by an identifier, a publisher's host, a file's ending, else by its words."""
    if identifies(link.href) or _is_at(link.href, _PAPER_HOSTS):
        return True
    if re.search(_FILE, link.href):
        return not _has(link, _BESIDE)
    return _has(link, _PAPER_LABELS) and not is_code(link) and not is_front_page(link.href)


def is_front_page(href: str) -> bool:
    """Whether an address is a publisher's first page, and so no paper's."""
    return re.fullmatch(r"https?://[^/?#]+/?", href) is not None and _is_at(f"{href}/-", _PAPER_HOSTS)


def paper_link(found: Sequence[Link]) -> Link | None:
    """The link to the paper itself: the first with an identifier, else the first that leads to a paper."""
    papers = sorted((link for link in found if is_paper(link)), key=_is_beside_paper)
    return next((link for link in papers if identifies(link.href)), papers[0] if papers else None)


def _is_beside_paper(link: Link) -> bool:
    """Whether the words say that the link leads to what comes with a paper."""
    words = re.findall(r"[^\W\d_]+", (link.words or link.alt).casefold())
    return is_label(" ".join(words)) and not _BESIDE.isdisjoint(words)


def with_identifier(best: Link | None, words: Iterable[str]) -> str | None:
    """The link's address; where it holds no identifier, that of the only one that stands among the words as text."""
    if best and identifies(best.href):
        return best.href
    return ids.cited("\n".join(words)) or (best.href if best else None)


def _has(link: Link, labels: frozenset[str]) -> bool:
    words = link.words or link.alt
    return is_label(words) and not labels.isdisjoint(re.findall(r"[^\W\d_]+", words.casefold()))


def _is_at(href: str, hosts: frozenset[str]) -> bool:
    """Whether an address is a page of one of the hosts, and not their first one."""
    try:
        url = urlsplit(href)
        parts = (url.hostname or "").casefold().split(".")
    except ValueError:  # such as "http://["
        return False
    return len(url.path + url.query) > 1 and any(".".join(parts[i:]) in hosts for i in range(len(parts)))
