"""What real Crossref records look like: each oddity changes a plain record, and says what that makes of the truth.

`Odd.authors` are the record's authors as a person would want them, None if it has none.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field

from .records import contributor, earliest
from .values import Person

MATHML = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>{}</mml:mi></mml:math>'


@dataclass(eq=False)
class Odd:
    """A record while it is made odd, and what is true of it."""

    paper: object
    record: dict
    draw: object
    authors: tuple[Person, ...] | None
    full: tuple[Person, ...] = ()
    remarks: list[str] = field(default_factory=list)

    @property
    def title(self):
        return self.record["title"][0]

    @title.setter
    def title(self, text):
        self.record["title"] = [text]

    def put_authors(self, authors):
        self.authors = tuple(authors)
        self.record["author"] = [contributor(person, place) for place, person in enumerate(self.authors)]


# Titles: all of these leave the same title to whoever reads them right.


def subtitle_apart(odd):
    title, _, rest = odd.title.partition(": ")
    odd.title, odd.record["subtitle"] = title, [rest]


def title_in_capitals(odd):
    odd.title = odd.title.upper()


def title_in_sentence_case(odd):
    odd.title = odd.title[:1] + re.sub(r"(?<=[ -])[A-Z](?=[a-z])", lambda match: match[0].lower(), odd.title[1:])


def tags_in_title(odd):
    word = odd.draw.choice([word for word in odd.title.split() if word.isalpha()])
    tag = odd.draw.choice(("i", "b", "scp", "italic"))
    odd.title = odd.title.replace(word, f"<{tag}>{word}</{tag}>", 1)


def mathml_in_title(odd):
    # A sign that stands alone, such as the k of Top-k, else the first word.
    alone = re.search(r"\b[a-z]\b|\b\d\b", odd.title) or re.search(r"\w+", odd.title)
    odd.title = odd.title[: alone.start()] + MATHML.format(alone[0]) + odd.title[alone.end() :]


def entities_in_title(odd):
    odd.title = _escaped(odd.title)


def entities_twice(odd):
    odd.title = _escaped(odd.title).replace("&", "&amp;")


def line_breaks(odd):
    first, *rest = re.split(r" (?=[A-Z])", odd.title)
    odd.title = odd.draw.choice(("\n          ", "\n", "  ")).join([first, " ".join(rest)]) if rest else odd.title + "\n"


def _escaped(title):
    for sign, entity in (("&", "&amp;"), ("–", "&#8211;"), ("'", "&#x2019;"), ("-", "&#x2010;")):
        if sign in title:
            return title.replace(sign, entity)
    return title.replace(" ", "&#160;", 1)


# Authors.


def families_in_capitals(odd):
    for each in odd.record["author"]:
        if "family" in each:
            each["family"] = each["family"].upper()


def initials(odd):
    odd.full = odd.authors
    dot = odd.draw.choice((".", ".", ""))
    odd.put_authors(dataclasses.replace(person, given=_initials(person.given, dot)) for person in odd.authors)


def _initials(given, dot):
    return " ".join("-".join(part[0] + dot for part in word.split("-")) for word in given.split())


def no_authors(odd):
    odd.authors = None
    if odd.draw.random() < 0.5:
        odd.record["author"] = []
    else:
        del odd.record["author"]


def one_without_given(odd):
    odd.full = odd.authors
    place = odd.draw.randrange(len(odd.authors))
    odd.put_authors(dataclasses.replace(person, given="") if at == place else person for at, person in enumerate(odd.authors))


def group_as_last_author(odd):
    odd.put_authors(
        [*odd.authors, Person(literal=odd.draw.choice(("Open Recommender Team", "Noah's Ark Lab", "The RecBench Consortium")))]
    )


def orcids(odd):
    for each in odd.record["author"]:
        if "family" in each and odd.draw.random() < 0.6:
            digits = f"0000-000{odd.draw.randint(1, 9)}-{odd.draw.randint(1000, 9999)}-{odd.draw.randint(1000, 9999)}"
            each["ORCID"] = f"{odd.draw.choice(('http', 'http', 'https'))}://orcid.org/{digits}"
            each["authenticated-orcid"] = odd.draw.random() < 0.5


def old_style_authors(odd):
    for each in odd.record["author"]:
        each.pop("role", None)
        each["affiliation"] = [{"name": "A University &amp; A Laboratory, A City, A Country"}]


def editors(odd):
    odd.record["editor"] = [
        contributor(Person("Keeper", "Ed I."), 0, "editor"),
        contributor(Person("Ordner", "Ute"), 1, "editor"),
    ]


# Dates.


def no_date(odd):
    for name in ("published-print", "issued", "published"):
        odd.record[name] = {"date-parts": [[None]]}


def year_only(odd):
    _date(odd, print=[odd.paper.year])


def online_a_year_before(odd):
    _date(odd, print=[odd.paper.year, 2], online=[odd.paper.year - 1, 11, 24])


def online_too(odd):
    _date(odd, print=[odd.paper.year, odd.paper.month or 6], online=[odd.paper.year, odd.paper.month or 6, 9])


def _date(odd, print, online=None):
    odd.record["published-print"] = {"date-parts": [print]}
    if online:
        odd.record["published-online"] = {"date-parts": [online]}
    odd.record["issued"] = odd.record["published"] = {"date-parts": [earliest(odd.record)]}


# Where it was published.


def no_container(odd):
    odd.record["container-title"] = []


def entity_in_container(odd):
    odd.record["container-title"] = [name.replace(" and ", " &amp; ") for name in odd.record["container-title"]]


def event_over_lines(odd):
    name = odd.record["event"]["name"]
    broken = "\n          ".join(re.split(r" (?=for |on |in |and )", name))
    start, end = {"date-parts": [[odd.paper.year, 6, 3]]}, {"date-parts": [[odd.paper.year, 6, 7]]}
    odd.record["event"] = {"name": broken, "location": "Somewhere, Far Away", "acronym": "CONF", "start": start, "end": end}


def article_number(odd):
    odd.record.pop("page", None)
    odd.record["article-number"] = str(odd.draw.randint(1, 999))


def two_containers(odd):
    odd.record["type"] = "book-chapter"
    odd.record.pop("event", None)
    odd.record["container-title"] = ["Lecture Notes in Computer Science", *odd.record["container-title"][:1]]


def updated_by(odd):
    notice = f"{odd.record['DOI']}.{odd.draw.randint(2, 9)}"
    kind = odd.draw.choice(("correction", "correction", "erratum", "addendum", "retraction"))
    said = {"source": "retraction-watch", "record-id": "54321"} if kind == "retraction" else {"source": "publisher"}
    when = {
        "date-parts": [[odd.paper.year, 12, 1]],
        "date-time": f"{odd.paper.year}-12-01T00:00:00Z",
        "timestamp": 1_733_011_200_000,
    }
    odd.record["updated-by"] = [{"DOI": notice, "type": kind, "label": kind.capitalize(), **said, "updated": when}]


# Nulls and other types inside a record: the paper is still the paper.


def author_null(odd):
    odd.authors = None
    odd.record["author"] = None


def title_a_string(odd):
    odd.record["title"] = odd.title


def number_in_volume(odd):
    odd.record["volume"], odd.record["issue"] = 27, None


def container_a_string(odd):
    odd.record["container-title"] = odd.paper.container


def year_as_text(odd):
    odd.record["issued"] = {"date-parts": [[str(odd.paper.year)]]}
