from __future__ import annotations

from entries import bibliography, entry, found

from llm4rs_bib import Name, PartialDate, Work
from llm4rs_bib.export import render


def test_a_conference_paper_with_its_preprint():
    authors = (Name(family="van den Oord", given="Aäron"), Name(family="King", given="Martin", suffix="Jr."), Name(family="Plato"),
               Name(literal="Barnes and Noble, Inc."))  # fmt: skip
    work = Work(
        type="paper-conference", title="<i>E. coli</i> &lt;b> in $k$ &amp;amp; R&D", authors=authors, container_title="Proceedings",
        publisher="ACM", volume="3", issue="1", pages="10-19", issued=PartialDate(2024, 5, 3), doi="10.1145/x",
    )  # fmt: skip
    preprint = Work(type="preprint", title="T", arxiv_id="2401.00001", arxiv_class="cs.IR")
    assert render(bibliography(found(work, preprint)), "ris") == (
        "TY  - CONF\n"
        "ID  - key\n"
        "M2  - Citation Key: key\n"
        "TI  - E. coli &lt;b> in $k$ &amp;amp; R&D\n"
        "AU  - van den Oord, Aäron\n"
        "AU  - King, Martin, Jr.\n"
        "AU  - Plato,\n"
        "AU  - Barnes and Noble Inc.,\n"
        "C3  - Proceedings\n"
        "T2  - Proceedings\n"
        "PB  - ACM\n"
        "VL  - 3\n"
        "IS  - 1\n"
        "SP  - 10\n"
        "EP  - 19\n"
        "DA  - 2024/05/03/\n"
        "PY  - 2024\n"
        "M2  - arXiv:2401.00001 [cs.IR]\n"
        "DO  - 10.1145/x\n"
        "UR  - https://doi.org/10.1145/x\n"
        "KW  - Sea, Salt & Co, more\n"
        "ER  - \n"
    )


def test_a_preprint_an_article_and_a_listing():
    preprint = entry("p", type="preprint", arxiv_id="2401.00001", issued=PartialDate(2024, 1))
    article = entry("a", container_title="Journal", article_number="e12", issued=PartialDate(2024))
    alone = entry("d", type="document", url="https://x.org/a_b?c&d")
    assert render(bibliography(preprint, article, alone), "ris") == (
        "TY  - UNPB\nID  - p\nM2  - Citation Key: p\nM2  - Type: preprint\nTI  - Title\nPB  - arXiv\nDA  - 2024/01//\nPY  - 2024\n"
        "AN  - arXiv:2401.00001\nM2  - arXiv:2401.00001\nUR  - https://arxiv.org/abs/2401.00001\nKW  - Sea, Salt & Co, more\nER  - \n"
        "\n"
        "TY  - JOUR\nID  - a\nM2  - Citation Key: a\nTI  - Title\nT2  - Journal\nJF  - Journal\nSP  - e12\nPY  - 2024\n"
        "KW  - Sea, Salt & Co, more\nER  - \n"
        "\n"
        "TY  - GEN\nID  - d\nM2  - Citation Key: d\nM2  - Type: document\nTI  - Title\nUR  - https://x.org/a_b?c&d\n"
        "KW  - Sea, Salt & Co, more\nER  - \n"
    )
