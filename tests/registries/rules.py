"""The rules that near misses are made by, each from the paper as it is, whatever a matcher looks at.

No rule gives an article that has the paper's title and its authors, so whoever takes one for the paper is wrong.
"""

from __future__ import annotations

import re

from . import records
from .similar_titles import changed_title, next_title, similar_title
from .values import Paper, fold
from .vocabulary import people


class Maker:
    """What the rules need: the paper, one of its titles, and a draw of their own."""

    def __init__(self, paper: Paper, title: str, draw):
        self.paper, self.title, self.draw = paper, title, draw
        self.authors, self.year = paper.authors, paper.year
        self.original = (
            paper.doi.lower() if paper.doi else f"10.1145/39{draw.randint(10_000, 99_999)}.{draw.randint(10_000, 99_999)}0"
        )

    def doi(self):
        """One that looks like those around it, in numbers that no paper has."""
        number, other = self.draw.randint(400_000, 999_999), self.draw.randint(1_000_000, 9_999_999)
        return self.draw.choice(
            (
                f"10.1145/9{number}.9{other}",
                f"10.1109/CONF9.{self.year}.9{other}",
                f"10.1007/s9{number}-{other}-9",
                f"10.1016/j.x.9{number}.{other}",
            )
        )

    def article(self, title, authors, later=0, more=None):
        assert fold(title) != fold(self.title) or set(authors) != set(self.authors), title
        kind = self.draw.choice(("proceedings-article", "journal-article"))
        container = self.paper.container or "Proceedings of a Conference"
        return records.record(
            self.doi(),
            title,
            authors,
            [self.year + later, self.draw.randint(1, 12)],
            {"type": kind, "container-title": [container], **(more or {})},
        )

    def other(self, kind, title, authors=(), more=None):
        """A record of a type that is no paper."""
        return records.record(self.doi(), title, authors, [self.year, self.draw.randint(1, 12)], {"type": kind, **(more or {})})

    def strangers(self):
        return people(self.draw, max(len(self.authors) - 1, 2), besides=self.authors)

    def update(self, kind, label):
        when = {"date-parts": [[self.year, 12, 3]], "date-time": f"{self.year}-12-03T00:00:00Z", "timestamp": 1_733_184_000_000}
        source = (
            {"source": "retraction-watch", "record-id": str(self.draw.randint(10_000, 60_000))}
            if kind == "retraction"
            else {"source": "publisher"}
        )
        return {"update-to": [{"DOI": self.original, "type": kind, "label": label, **source, "updated": when}]}


def correction(make):
    prefix, kind = make.draw.choice(
        (("Correction to: ", "correction"), ("Erratum: ", "erratum"), ("Corrigendum to “", "correction"))
    )
    title = prefix + make.title + ("”" if "“" in prefix else "")
    return make.article(title, make.authors, more=make.update(kind, kind.capitalize()))


def correction_without_prefix(make):
    return make.other(
        make.paper.type if make.paper.doi else "journal-article",
        make.title,
        make.authors,
        make.update("correction", "Correction"),
    )


def retraction_notice(make):
    title = (
        make.draw.choice(("Retraction Note: ", "Retraction notice to: ", "Retraction: ", "Expression of Concern: ")) + make.title
    )
    return make.article(title, make.draw.choice((make.authors, ())), more=make.update("retraction", "Retraction"))


def peer_review(make):
    title = make.draw.choice(('Review for "{}"', 'Peer Review #2 of "{} (v0.1)"', 'Author response for "{}"', "{}")).format(
        make.title
    )
    relation = {"is-review-of": [{"id-type": "doi", "id": make.original, "asserted-by": "subject"}]}
    return make.other("peer-review", title, make.draw.choice(((), make.authors[:1], make.authors)), {"relation": relation})


def component(make):
    title = make.draw.choice(("Figure 1: {}", "Supplementary Material for {}", "{}")).format(make.title)
    relation = {"is-component-of": [{"id-type": "doi", "id": make.original, "asserted-by": "object"}]}
    return make.other(
        "component",
        title,
        make.draw.choice(((), make.authors)),
        {"relation": relation, "published-print": {"date-parts": [[None]]}},
    )


def dataset(make):
    title = make.draw.choice(("Data for {}", "Code for: {}", "{} (dataset)", "{}")).format(make.title)
    return make.other("dataset", title, make.authors, {"publisher": make.draw.choice(("IEEE DataPort", "Code Ocean"))})


def comment_by_others(make):
    title = make.draw.choice(("Comment on “{}”", "A Critical Look at “{}”", "Discussion of {}")).format(make.title)
    return make.article(title, make.strangers(), later=make.draw.randint(0, 1))


def sequel(make):
    return make.article(next_title(make.title, make.draw), make.authors, later=make.draw.choice((0, 0, 1)))


def title_twin(make):
    return make.article(make.title, make.strangers(), later=make.draw.choice((-2, -1, 0, 0, 0, 1, 2)))


def extended_version(make):
    suffix = make.draw.choice(
        (
            ": An Extended Version",
            " (Extended Version)",
            " and Its Applications to Industrial Platforms",
            ": Journal Version with Further Proofs",
        )
    )
    one_more = people(make.draw, 1, besides=make.authors)
    return make.article(
        make.title + suffix, (*make.authors, *one_more), later=make.draw.randint(1, 2), more={"type": "journal-article"}
    )


def shortened_version(make):
    form = make.draw.choice(
        ("Demo: {}", "{} (Extended Abstract)", "Poster: {}", "{}: Workshop Version", "{} (Student Abstract)", "{}: A Tutorial")
    )
    return make.article(
        form.format(make.title), make.authors, later=make.draw.choice((-1, 0)), more={"type": "proceedings-article"}
    )


def re_upload(make):
    prefix, server = make.draw.choice(
        (("10.65215", "A Repository"), ("10.2139/ssrn", "SSRN"), ("10.36227/techrxiv", "TechRxiv"), ("10.20944", "Preprints.org"))
    )
    number = make.draw.randint(1_000_000, 9_999_999)
    doi = f"{prefix}.{number}" if "/" in prefix else f"{prefix}/x{number}"
    posted = [make.year + make.draw.choice((-1, 0, 1)), make.draw.randint(1, 12), 23]
    more = {
        "type": "posted-content",
        "subtype": "preprint",
        "institution": [{"name": server}],
        "posted": {"date-parts": [posted]},
        "published-print": None,
    }
    return records.record(doi, make.title, make.authors, posted, more)


def same_authors_similar_title(make):
    return make.article(similar_title(make.title, make.draw), make.authors, later=make.draw.choice((-1, 0, 0, 1)))


def one_word_changed(make):
    return make.article(changed_title(make.title, make.draw), make.authors, later=make.draw.choice((0, 0, 1)))


def without_signs_by_others(make):
    """The title without its punctuation, by others."""
    return make.article(re.sub(r"[^\w\s]", "", make.title), make.strangers(), later=make.draw.choice((0, 1)))


def subtitle_by_others(make):
    subtitle = make.draw.choice(("A Reproducibility Study", "A Second Look", "A Replication", "Comments and Extensions"))
    some = (*make.authors[:1], *make.strangers()) if make.draw.random() < 0.3 and len(make.authors) > 1 else make.strangers()
    made = make.article(f"{make.title}: {subtitle}", some, later=make.draw.randint(0, 2))
    made["title"], made["subtitle"] = [make.title], [subtitle]
    return made


def thesis(make):
    more = {"institution": [{"name": "A University"}], "degree": ["PhD"], "published-print": {"date-parts": [[make.year + 1]]}}
    return make.other("dissertation", make.title, make.authors[:1], more)


def book(make):
    writers = make.draw.choice((make.strangers()[:2], make.authors[:1]))
    return make.other(
        make.draw.choice(("book", "monograph")), make.title, writers, {"published-print": {"date-parts": [[make.year + 1]]}}
    )


def front_matter(make):
    container = make.paper.container or "Proceedings of a Conference"
    kind = make.draw.choice(("journal-issue", "proceedings", "other", "journal-article"))
    title = (
        make.draw.choice(("Front Matter", "Table of Contents", "Title Page", container))
        if kind == "journal-article"
        else container
    )
    return make.other(
        kind, title, (), {"container-title": [container], "subtitle": [f"With {make.title}"] if make.draw.random() < 0.5 else []}
    )


CLASSES = (
    correction, correction_without_prefix, retraction_notice, peer_review, component, dataset, comment_by_others, sequel, title_twin,
    extended_version, shortened_version, re_upload, same_authors_similar_title, one_word_changed, without_signs_by_others,
    subtitle_by_others, thesis, book, front_matter,
)  # fmt: skip


# On arXiv.


def sequel_on_arxiv(make):
    return next_title(make.title, make.draw), make.authors


def title_twin_on_arxiv(make):
    return make.title, make.strangers()


def survey_on_arxiv(make):
    return f"A Survey on {make.title.partition(': ')[2] or make.title}", make.strangers()


def follow_up_on_arxiv(make):
    return similar_title(make.title, make.draw), make.authors


ON_ARXIV = (sequel_on_arxiv, title_twin_on_arxiv, survey_on_arxiv, follow_up_on_arxiv)
