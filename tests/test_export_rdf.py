from __future__ import annotations

from dataclasses import replace

from entries import bibliography, entry, found
from hypothesis import given
from lxml import etree
from strategies import CATEGORIES, LISTINGS, WORKS

from llm4rs_bib import Category, Listing, Name, PartialDate, Work
from llm4rs_bib.export import render


def test_a_paper_whole():
    listing = Listing(
        id="kar", title="T", model="KAR & Co", code="[Link](https://github.com/a/b_c), [Data](https://x.org/d?e=1&f=2)",
        columns={"Knowledge <Type>": "Summarization\n& Reasoning", "Size": "N/A"},
    )  # fmt: skip
    work = Work(
        type="paper-conference", title="<i>E. coli</i> & &lt;b>", authors=(Name(family="Xi", given="Yunjia", suffix="Jr."), Name(literal="A & B")),
        container_title="Proceedings", venue_short="RecSys", publisher="ACM", volume="3", issue="1", pages="10-19",
        issued=PartialDate(2024, 5), doi="10.1145/x",
    )  # fmt: skip
    preprint = Work(type="preprint", title="T", arxiv_id="2401.00001", arxiv_class="cs.IR")
    sea = Category(slug="sea", heading="1. Sea & Co")
    text = render(bibliography(found(work, preprint, listed=((sea, listing),)), title="Seas"), "zotero-rdf")
    assert (
        text[text.index("  <rdf:Description") :]
        == """\
  <rdf:Description rdf:about="#item_key">
    <z:itemType>conferencePaper</z:itemType>
    <dc:title>&lt;i&gt;E. coli&lt;/i&gt; &amp; &lt;b&gt;</dc:title>
    <bib:authors>
      <rdf:Seq>
        <rdf:li><foaf:Person><foaf:surname>Xi</foaf:surname><foaf:givenName>Yunjia, Jr.</foaf:givenName></foaf:Person></rdf:li>
        <rdf:li><foaf:Person><foaf:surname>A &amp; B</foaf:surname></foaf:Person></rdf:li>
      </rdf:Seq>
    </bib:authors>
    <dcterms:isPartOf>
      <bib:Journal>
        <dc:title>Proceedings</dc:title>
        <prism:volume>3</prism:volume>
        <prism:number>1</prism:number>
      </bib:Journal>
    </dcterms:isPartOf>
    <bib:presentedAt><bib:Conference><dc:title>RecSys</dc:title></bib:Conference></bib:presentedAt>
    <dc:publisher><foaf:Organization><foaf:name>ACM</foaf:name></foaf:Organization></dc:publisher>
    <bib:pages>10-19</bib:pages>
    <dc:date>2024-05</dc:date>
    <dc:identifier>DOI 10.1145/x</dc:identifier>
    <dc:identifier><dcterms:URI><rdf:value>https://doi.org/10.1145/x</rdf:value></dcterms:URI></dc:identifier>
    <z:citationKey>key</z:citationKey>
    <dc:description>arXiv:2401.00001 [cs.IR]</dc:description>
    <dc:subject>Sea &amp; Co</dc:subject>
    <dcterms:isReferencedBy rdf:resource="#note_key"/>
    <link:link rdf:resource="#link_key_1"/>
    <link:link rdf:resource="#link_key_2"/>
  </rdf:Description>
  <bib:Memo rdf:about="#note_key">
    <rdf:value>&lt;p&gt;&lt;strong&gt;Sea &amp;amp; Co&lt;/strong&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Model: KAR &amp;amp; Co&lt;/li&gt;\
&lt;li&gt;Knowledge &amp;lt;Type&amp;gt;: Summarization &amp;amp; Reasoning&lt;/li&gt;&lt;/ul&gt;</rdf:value>
  </bib:Memo>
  <z:Attachment rdf:about="#link_key_1">
    <z:itemType>attachment</z:itemType>
    <dc:title>Code</dc:title>
    <dc:identifier><dcterms:URI><rdf:value>https://github.com/a/b_c</rdf:value></dcterms:URI></dc:identifier>
    <z:linkMode>3</z:linkMode>
    <link:type>text/html</link:type>
  </z:Attachment>
  <z:Attachment rdf:about="#link_key_2">
    <z:itemType>attachment</z:itemType>
    <dc:title>Data</dc:title>
    <dc:identifier><dcterms:URI><rdf:value>https://x.org/d?e=1&amp;f=2</rdf:value></dcterms:URI></dc:identifier>
    <z:linkMode>3</z:linkMode>
    <link:type>text/html</link:type>
  </z:Attachment>
  <z:Collection rdf:about="#collection">
    <dc:title>Seas</dc:title>
    <dcterms:hasPart rdf:resource="#collection_sea"/>
  </z:Collection>
  <z:Collection rdf:about="#collection_sea">
    <dc:title>Sea &amp; Co</dc:title>
    <dcterms:hasPart rdf:resource="#item_key"/>
  </z:Collection>
</rdf:RDF>
"""
    )


def test_a_preprint():
    preprint = entry(type="preprint", arxiv_id="2401.00001", arxiv_class="cs.IR")
    text = render(bibliography(preprint), "zotero-rdf")
    assert "<z:itemType>preprint</z:itemType>" in text
    assert "<dc:publisher><foaf:Organization><foaf:name>arXiv</foaf:name></foaf:Organization></dc:publisher>" in text
    assert "<prism:number>arXiv:2401.00001</prism:number>" in text
    assert "<dc:description>arXiv:2401.00001 [cs.IR]</dc:description>" in text


def test_collections_nest_as_the_categories_do():
    headings = {"a": ("A", 1), "b": ("B", 2), "c": ("C", 3), "d": ("D", 2), "e": ("E", 1)}
    categories = {slug: Category(slug=slug, heading=heading, level=level) for slug, (heading, level) in headings.items()}
    works = [
        found(
            Work(type="book", title="T"), key=key, listed=tuple((categories[slug], Listing(id=key, title="T")) for slug in slugs)
        )
        for key, slugs in {"one": "c", "two": "ce", "three": "aa"}.items()
    ]
    root = etree.fromstring(render(bibliography(*works, categories=tuple(categories.values())), "zotero-rdf").encode())
    about = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
    parts = {
        node.get(about): [part.get(about.replace("about", "resource")) for part in node[1:]]
        for node in root.iter("{http://www.zotero.org/namespaces/export#}Collection")
    }
    assert parts == {
        "#collection": ["#collection_a", "#collection_e"],
        "#collection_a": ["#collection_b", "#item_three"],
        "#collection_b": ["#collection_c"],
        "#collection_c": ["#item_one", "#item_two"],
        "#collection_e": ["#item_two"],
    }


@given(WORKS, LISTINGS, CATEGORIES)
def test_any_work_in_any_list_is_well_formed_and_safe_for_the_importer(work, listing, category):
    one = replace(entry(), work=work, listed=((category, listing),))
    root = etree.fromstring(render(bibliography(one, title="\x00\ud800Li & st"), "zotero-rdf").encode())
    names = [node.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") for node in root]
    assert len(set(names)) == len(names)
    for node in root.iter():
        assert not (len(node) and (node.text or "").strip()), "a text is its element's only child"
        assert not (node.tail or "").strip()
        assert node.tag.partition("}")[2] == "Description" or len(node) or node.attrib or (node.text or "").strip(), node.tag
