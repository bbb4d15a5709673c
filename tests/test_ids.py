from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXT

from llm4rs_bib.ids import Ids, arxiv_doi, arxiv_id, arxiv_of_doi, cited, doi, identify


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2306.02841",
        "https://arxiv.org/pdf/2306.02841v4",
        "http://arxiv.org/pdf/2306.02841.pdf",
        "https://www.arxiv.org/pdf/2306.02841v12.pdf",
        "https://export.arxiv.org/abs/2306.02841v1?context=cs",
        "https://arxiv.org/html/2306.02841v2#bib.bib7",
        "https://ar5iv.labs.arxiv.org/html/2306.02841",
        "https://ar5iv.org/abs/2306.02841",
        "https://www.alphaxiv.org/abs/2306.02841",
        "https://doi.org/10.48550/arXiv.2306.02841",
        "https://dx.doi.org/10.48550/ARXIV.2306.02841",
        "arXiv:2306.02841v3",
        "2306.02841",
    ],
)
def test_arxiv_in_all_its_forms(link):
    assert Ids(arxiv="2306.02841") == identify(link)


@pytest.mark.parametrize(
    ("link", "old"),
    [
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("arxiv.org/abs/x", None),
        ("math.GT/0309136", "math.GT/0309136"),
    ],
)
def test_arxiv_ids_of_the_old_kind(link, old):
    assert Ids(arxiv=old) == identify(link)


@pytest.mark.parametrize("text", ["5678.9012", "2313.00001", "2300.12345", "1234.567", "hep-th/9913001", "10.1234/5678.9012", ""])
def test_numbers_that_only_look_like_arxiv_ids(text):
    assert arxiv_id(text) is None


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://dl.acm.org/doi/pdf/10.1145/3616855.3635845", "10.1145/3616855.3635845"),
        ("https://dl.acm.org/doi/10.1145/3616855.3635845?download=true#sec", "10.1145/3616855.3635845"),
        ("https://dl.acm.org/doi/fullHtml/10.1145/3616855.3635845", "10.1145/3616855.3635845"),
        ("https://link.springer.com/content/pdf/10.1007/s11280-024-01276-1.pdf", "10.1007/s11280-024-01276-1"),
        ("https://link.springer.com/chapter/10.1007/978-3-031-56027-9_1", "10.1007/978-3-031-56027-9_1"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/asi.24750", "10.1002/asi.24750"),
        ("https://www.tandfonline.com/doi/abs/10.1080/00031305.2020.1/", "10.1080/00031305.2020.1"),
        ("https://iopscience.iop.org/article/10.1088/1742-6596/1/1/012001/pdf", "10.1088/1742-6596/1/1/012001"),
        ("https://www.frontiersin.org/articles/10.3389/fdata.2023.1/full", "10.3389/fdata.2023.1"),
        ("https://doi.org/10.1002/(SICI)1097-461X(1998)66:4%3C261::AID-QUA1%3E3.0.CO;2-T",
         "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf", "10.1101/2020.01.01.123456"),
        ("https://www.medrxiv.org/content/10.1101/2020.01.01.20016311v2", "10.1101/2020.01.01.20016311"),
        ("https://academic.oup.com/bib/article/doi/10.1093/bib/bbab001/6123456", "10.1093/bib/bbab001"),
        ("https://academic.oup.com/bib/article-pdf/doi/10.1093/bib/bbab001/36000/bbab001.pdf", "10.1093/bib/bbab001"),
        ("https://academic.oup.com/doi/10.1093/12345", "10.1093/12345"),
        ("https://pubs.acs.org/doi/suppl/10.1021/acs.jp.7b00595/suppl_file/a_si_001.pdf", "10.1021/acs.jp.7b00595"),
        ("https://static-content.springer.com/esm/art%3A10.1038%2Fs41467-022-3/MediaObjects/4_ESM.pdf", "10.1038/s41467-022-3"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0141287", "10.1371/journal.pone.0141287"),
        ("https://doi.org/10.1109/TKDE.2024.3392335", "10.1109/TKDE.2024.3392335"),
        ("10.1145/3616855.3635845", "10.1145/3616855.3635845"),
        ("doi:10.1234/5678.9012", "10.1234/5678.9012"),
    ],
)  # fmt: skip
def test_dois_inside_links(link, found):
    assert Ids(doi=found) == identify(link)


@pytest.mark.parametrize(
    ("link", "ids"),
    [
        ("https://ieeexplore.ieee.org/abstract/document/10506571", Ids(ieee="10506571")),
        ("https://ieeexplore.ieee.org/document/10506571/", Ids(ieee="10506571")),
        ("https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=10447514", Ids(ieee="10447514")),
        ("https://aclanthology.org/2024.kallm-1.6.pdf", Ids(acl="2024.kallm-1.6")),
        ("https://aclanthology.org/2024.lrec-main.886/", Ids(acl="2024.lrec-main.886")),
        ("https://www.aclweb.org/anthology/N18-1058v2.pdf", Ids(acl="N18-1058")),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/29887/31548", Ids(aaai="29887")),
        ("https://openreview.net/pdf?id=gwHVlTNKsG", Ids(openreview="gwHVlTNKsG")),
        ("https://openreview.net/forum?id=gwHVlTNKsG&noteId=x", Ids(openreview="gwHVlTNKsG")),
    ],
)
def test_publishers_numbers(link, ids):
    assert ids == identify(link)


@pytest.mark.parametrize(
    "link",
    [
        None,
        "",
        "https://github.com/HKUDS/LLMRec",
        "http://[",
        "not a link",
        "https://openreview.net/group?id=ICLR.cc/2024/Conference",
        "https://dl.acm.org/doi/proceedings/10.1145/3589334",
        "https://dl.acm.org/toc/10.1145/3589334",
        "https://notarxiv.org/abs/2306.02841",
    ],
)
def test_links_that_say_nothing(link):
    assert Ids() == identify(link)


@given(TEXT | st.text("htps:/[].arxivdo10?=&%#"))
def test_any_text_is_a_link_to_something_or_nothing(link):
    identify(link)


@given(st.from_regex(r"(?a)\d{2}(0[1-9]|1[0-2])\.\d{5}", fullmatch=True))
def test_an_arxiv_doi_leads_back_to_its_id(arxiv):
    assert arxiv == arxiv_of_doi(arxiv_doi(arxiv))
    assert Ids(arxiv=arxiv) == identify(f"https://doi.org/{arxiv_doi(arxiv)}")


def test_dois_compare_without_case():
    assert Ids(doi="10.1109/TKDE.1").known == Ids(doi="10.1109/tkde.1").known


def test_a_doi_is_bare():
    assert doi("10.1/x") is None  # a prefix has four digits or more
    assert "10.1145/x" == doi(" https://doi.org/10.1145/x ") == doi("DOI: 10.1145/x")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Lind et al., NeurIPS 2023, arXiv:2306.02841.", "https://arxiv.org/abs/2306.02841"),
        ("arXiv preprint arXiv:2306.02841v2, 2023", "https://arxiv.org/abs/2306.02841"),
        ("CoRR abs/1610.04420 (2016)", "https://arxiv.org/abs/1610.04420"),
        ("arXiv:cs/0112017", "https://arxiv.org/abs/cs/0112017"),
        ("A Sea of Words\n2306.02841\n2023", "https://arxiv.org/abs/2306.02841"),
        ("see arxiv.org/pdf/2306.02841v1.pdf", "https://arxiv.org/abs/2306.02841"),
        ("doi:10.48550/arXiv.2306.02841", "https://arxiv.org/abs/2306.02841"),
        ("(doi: 10.1016/S0140-6736(05)12345-6).", "https://doi.org/10.1016/S0140-6736(05)12345-6"),
        ("doi.org/10.1145/1234567.1234568, arXiv:2306.02841", "https://doi.org/10.1145/1234567.1234568"),
    ],
)
def test_an_identifier_among_words(words, address):
    assert cited(words) == address


@pytest.mark.parametrize(
    "words",
    [
        "",
        "arXiv 2023.10",
        "arXiv, 2023",
        "pages 2306.02841 of it",
        "arXiv:2306.02841 and arXiv:2306.02842",
        "doi:10.1145/1 and doi:10.1145/2",
        "version 110.1145/3",
        "a list of links/10.1145/3",
    ],
)
def test_words_that_cite_no_paper_or_several(words):
    assert cited(words) is None
