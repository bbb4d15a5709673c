"""Works such as a bibliography of computer science meets, in CSL-JSON: made up, and the same for the same seed.

Each is ordinary on the whole and awkward in some place: a particle, a quote in a title, a date that is not known.
"""

from __future__ import annotations

import random
import re


def _lines(text):
    """Items that stand on lines of their own, or between bars."""
    return re.split(r"[|\n]", text.strip())


def _pairs(text):
    return [tuple(part.strip() for part in item.split("=")) for item in _lines(text)]


_FAMILIES = """
Abadi Álvarez Arora Ba Bahdanau Bengio Bianchi Bishop Blei Bommasani Bordes Brown Callison-Burch Çelik Cho Choi Clark Cortes
Dagan Dean Devlin Dijkstra Dušek Eisner Erdős Fernández Fischer Friedman Gómez-Rodríguez Goodfellow Gödel Gupta Hinton Hopcroft
Jelinek Jordan Jurafsky Kádár Knuth Kočiský Kumar LeCun Levy Lewis Łukasik MacKay Manning Marcus Márquez Martins McCallum McCarthy
Mikolov Minsky Müller Murphy Nguyễn Ng Niño Novák Och Østergaard Pearl Pérez Peters Radford Řehůřek Rivest Rumelhart Sáez
Sánchez-Martínez Schmidhuber Schütze Shannon Shazeer Smith Smith-Miles Søgaard Suárez Šimić Turing Ünal Vaswani Žabokrtský
""".split()
_FAMILIES += [  # rare names, for a crowd of namesakes would be told apart by more than a bibliography shows
    start + end
    for start in "Bal Ber Bren Cal Dor Dra Fal Fen Gor Hal Har Jan Kal Ker Kov Lan Lor Mar Mel Nor Pel Ros Sal Ste Tal".split()
    for end in "aric bach berg dini dova escu garth idis ić kov lund man mond nak nen ovský rova sen stad ström tti zky".split()
]
_GIVEN = _lines("""
Ada|Aäron|Alan|Alejandra|Alice|Barbara|Björn|Carlos|Chloé|Daniel|Diederik|Edward|Élise|Emily|Frances|Geoffrey|Grace|Ilya|İpek
Jürgen|Kateryna|Laura|Łukasz|Michael|Noah|Olga|Quoc|Rachel|Sébastien|Thomas|Tomáš|Ursula|Víctor|Yann|Zoë|Th.|John R.|Mary Ann
Christopher D.|D. Michael|José Luis
""")
_HYPHENATED = "Jean-Luc Xiao-Ming Anne-Sophie Jean-Baptiste Hans-Peter Ming-Wei Seung-won Marie-Claude".split()
_HYPHENATED_INITIALS = ["J.-L.", "K.-R."]  # few: citeproc-js loses their hyphen where given names are not cut
_INITIALS = ["J. R.", "A.", "M. E. J.", "C. A. R.", "E. W.", "J.R.R.", "D E", "T.", "P. J."]
_WITH_PARTICLE = _lines("""
van der Maaten|de la Cruz|von Neumann|van den Oord|de Marneffe|De Freitas|Van Durme|van Gogh|du Bois|della Rosa|zu Guttenberg
ten Cate|el Ghaoui|al-Khwarizmi|von der Malsburg|dos Santos|Le Roux|la Fontaine|di Caprio|van 't Hoff
""")
_PARTICLES = [
    {"family": "Humboldt", "dropping-particle": "von"},
    {"family": "Rijsbergen", "non-dropping-particle": "van"},
    {"family": "Hooft", "non-dropping-particle": "’t"},
    {"family": "Fontaine", "dropping-particle": "de", "non-dropping-particle": "La"},
    {"family": "Alembert", "dropping-particle": "d’"},
]
_CHINESE = "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙".split(), "小明 伟 芳 秀英 建国 志强 丽华 俊杰 思远 雨桐 浩然 子轩".split()
_ROMANIZED = (
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Kim Lee Park Tanaka Sato Suzuki".split(),
    "Xiao-Ming Wei Fang Xiuying Jianguo Zhiqiang Lihua Junjie Siyuan Yutong Haoran Zixuan Min-Jun Ji-woo Haruto Yui".split(),
)
_APOSTROPHES = "O'Neil d'Arcy O’Brien D’Souza L'Heureux O'Reilly d’Aspremont M'Barek".split()
_SINGLE = "Plato Euclid Suharto Aristotle Nāgārjuna Madonna Pāṇini Hypatia".split()
_GROUPS = _lines("""
OpenAI|The Zotero Team|Google DeepMind|BigScience Workshop|Anthropic|Qwen Team|NLLB Team|R Core Team|Gemini Team|Meta AI|IEEE
DeepSeek-AI|The HDF Group|World Wide Web Consortium|National Institute of Standards and Technology|European Commission|UNESCO
ACM U.S. Public Policy Council|Barnes & Noble|Kimi Team|The pandas development team|Mistral AI|Cohere for AI|d’Alembert Project
""")

_METHODS = _lines("""
BERT|GPT-4|RoBERTa|Zero-Shot Prompting|zero-shot learning|few-shot in-context learning|retrieval-augmented generation|β-VAE
an iPhone app|eBay auctions|“chain-of-thought” prompting|“self-consistency” decoding|the ‘lottery ticket’ hypothesis|<i>in vitro CO<sub>2</sub></i> assays
<i>k</i>-means|<span class="nocase">scikit-learn</span>|<span class="nocase">fastText</span> embeddings|λ-calculus|arXiv|mT5
x<sup>2</sup> statistics|CO<sub>2</sub>-aware training|<i>L<sub>p</sub></i>-norm losses|$k$-nearest-neighbour search|State-of-the-Art Parsers|α–β pruning
Bayes' theorem|Bayes’ rule|users' feedback|Hoare's logic|“‘nested’ quotes”|“self-attention” heads|LLM-as-a-judge|COVID-19 data
<i>Escherichia coli</i> promoters|DNA<sub>50</sub> hashing|Q&A forums|Big Data|U.S. court rulings|the UNIX time-sharing system
""")
_STRAIGHT = _lines("""
"self-consistency" decoding|"a 'nested' quote"|“a ‘nested’ quote”|"in-context" learning
""")  # few: citeproc-js leaves their first words in lower case, or does not see where they end
_TASKS = _lines("""
machine translation|sorting in O(n log n) time|open-domain question answering|protein folding|Named Entity Recognition|NLP
n<sup>th</sup>-order recurrences|recommender systems|low-resource languages|Müller's problem|sums of x² + y₁ ≤ ∞|e-commerce
“why” questions|the World Wide Web|P vs. NP|safety-critical systems|μ-law audio|English-to-Czech translation|ImageNet|node2vec
children’s books|<i>Drosophila melanogaster</i>|<span class="nocase">de novo</span> design|long-context understanding|COBOL
""")
_TITLES = _lines("""
{m} for {t}|{m} for {t}|{m}: {t} revisited|{m}: A Survey of {t}|on {m} and {t}|Is {m} all you need?|{m} is all you need
Don't stop: {m} for {t}|Towards {m} with {t}|What does {m} know about {t}?|How (not) to use {m}: The case of {t}|a note on {m}
Hello, {m}! An introduction to {t}|Stop using {m} for {t}!|Can {m} help? Evidence from {t}|{m} 2.0|{m} considered harmful
“{m}?”: On the limits of {t}|“{m}”: {t} by another name|Learning to love {m} – and {t}|{m} vs. {t} — a comparison: part II
It's {m}, isn't it?|{m} in {t}.|{m}, {t}, etc.|{t}: an overview: from {m} to next-generation tools|The Rise and Fall of {m} in the Era of {t}
From {m} to {t} and back again|{m} [Extended abstract]|{m} is hard for k < 3|‘{t}’ or {m}|{t} without {m}: a tale of two worlds
""")
_MARKUP = re.compile(r"(<span[^>]*>.*?</span>|<[^>]*>)")
_FIRST_LETTER = re.compile(r"(?<![^ “‘\"(-])(?!(?:and|for|in|of|or|the|to|with|vs)\b)[a-z](?![a-z]?[A-Z])")

_JOURNALS = _pairs("""
Journal of Machine Learning Research = J. Mach. Learn. Res.|Communications of the ACM = Commun. ACM|Nature = Nature|eLife =
Transactions of the Association for Computational Linguistics = TACL|Language Resources & Evaluation = Lang. Resour. Eval.
IEEE Transactions on Pattern Analysis and Machine Intelligence = IEEE Trans. Pattern Anal. Mach. Intell.
Science (New York, N.Y.) = Science|International Journal of Human-Computer Studies =|Zeitschrift für Physik = Z. Physik
""")
_MEETINGS = _pairs("""
Annual Meeting of the Association for Computational Linguistics = ACL|International Conference on Machine Learning = ICML
ACM SIGKDD International Conference on Knowledge Discovery & Data Mining = KDD ’16|Workshop on “Noisy” User-generated Text = W-NUT
IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR) = CVPR
""")
_PUBLISHERS = _pairs("""
Springer = Cham|MIT Press = Cambridge, MA|O’Reilly Media, Inc. = Sebastopol, CA|John Wiley & Sons =|Éditions du Seuil = Paris
Association for Computing Machinery = New York, NY, USA
""")
_SCHOOLS = _pairs("Stanford University = Stanford, CA|Université de Montréal = Montréal|TU München =")
_SERIES = ["Lecture Notes in Computer Science", "Synthesis Lectures on Human Language Technologies", "Studies in AI", None, None]
_ARCHIVES = [("arXiv", "arXiv:{}.{}"), ("arXiv", "{}.{}"), ("SSRN", "{}{}"), ("OSF Preprints", "{}{}")]
_PAGES = "1-12 101-109 1187–1199 e1234 S12-S19 321-28 77 1023-1031 xiv-xx 4171–86 99-101 5998-6008".split()
_TYPES = "article-journal paper-conference article book chapter thesis webpage report".split()
_ALWAYS = {"type", "title", "author", "issued", "container-title"}


def works(count: int, seed: int = 1) -> list[dict]:
    """That many works, `w0001` and on; now and then one has the authors and the date of an earlier one."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    made = []
    for number in range(1, count + 1):
        kind = rng.choices(_TYPES, [20, 21, 13, 10, 9, 9, 9, 9])[0]
        work = {"type": kind, "title": _title(rng), "author": _authors(rng), "issued": _issued(rng)}
        work |= _details(rng)[kind] | _links(rng) | {"language": rng.choice(["en", None])}
        if made and rng.random() < 0.006:
            twin = rng.choice(made)
            work |= {"author": twin["author"], "issued": twin.get("issued")}
        kept = {name: value for name, value in work.items() if value and (name in _ALWAYS or rng.random() < 0.88)}
        made.append({"id": f"w{number:04}", **kept})
    return made


def _weighted(rng, *choices):
    return rng.choices([choice for _, choice in choices], [weight for weight, _ in choices])[0]


def _authors(rng):
    few, some, many = rng.randint(1, 3), rng.randint(1, 8), rng.randint(9, 25)
    people = _people(rng, _weighted(rng, (40, few), (48, some), (10, many), (1, rng.randint(26, 49)), (1, 50)))
    group = {"literal": rng.choice(_GROUPS)}
    return _weighted(rng, (95, people), (4, [group]), (1, [*people, group][-50:]))


def _people(rng, count):
    return [_person(rng) for _ in range(count)]


def _person(rng):
    given, family = rng.choice(_GIVEN), rng.choice(_FAMILIES)
    return _weighted(
        rng,
        (630, {"family": family, "given": given}),
        (70, {"family": family, "given": rng.choice(_HYPHENATED)}),
        (1, {"family": family, "given": rng.choice(_HYPHENATED_INITIALS)}),
        (90, {"family": family, "given": rng.choice(_INITIALS)}),
        (60, dict(zip(("family", "given"), map(rng.choice, _ROMANIZED), strict=True))),
        (20, dict(zip(("family", "given"), map(rng.choice, _CHINESE), strict=True))),
        (40, {"family": rng.choice(_WITH_PARTICLE), "given": given}),
        (20, {"given": given, **rng.choice(_PARTICLES)}),
        (30, {"family": family, "given": given, "suffix": rng.choice(["Jr.", "III", "Sr.", "II"])}),
        (30, {"family": rng.choice(_APOSTROPHES), "given": given}),
        (10, {"family": rng.choice(_SINGLE)}),
    )


def _title(rng):
    """As it is written above, in Title Case, or all lower-case."""
    method = _weighted(rng, (997, rng.choice(_METHODS)), (3, rng.choice(_STRAIGHT)))
    title = rng.choice(_TITLES).format(m=method, t=rng.choice(_TASKS))
    if title[:3].isascii() and title[:3].islower():  # neither eBay nor β-VAE
        title = title[0].upper() + title[1:]
    if rng.random() < 0.003:
        title = title.replace("“", '"').replace("”", '"')
    cased = _weighted(rng, (70, str), (24, lambda text: _FIRST_LETTER.sub(lambda found: found[0].upper(), text)), (6, str.lower))
    return "".join(part if _MARKUP.match(part) else cased(part) for part in _MARKUP.split(title))


def _day(rng):
    year = _weighted(rng, (70, rng.randint(2014, 2025)), (24, rng.randint(1985, 2013)), (6, rng.randint(1936, 1984)))
    return [year, rng.randint(1, 12), rng.randint(1, 28)]


def _issued(rng):
    day = _day(rng)
    precision = _weighted(rng, (60, 1), (20, 2), (20, 3))
    span = [day[:precision], rng.choice([[day[0] + 1, *day[1:]], [day[0], 12, 30]])[:precision]]
    return _weighted(
        rng,
        (91, {"date-parts": span[:1]}),
        (4, None),
        (3, {"date-parts": span if span[0] != span[1] else span[:1]}),
        (2, {"date-parts": [day[:1]], "circa": True}),
    )


def _links(rng):
    doi = rng.choice(["10.1016/S0004-3702(99)00{}-1", "10.18653/v1/N19-{}", "10.1145/3442188.{}", "10.48550/arXiv.2301.0{}"])
    url = rng.choice(["https://example.org/papers/{}.pdf", "http://example.com/a_b?id={}&v=2", "https://example.edu/~user/{}/"])
    doi = {"DOI": doi.format(rng.randint(1000, 9999))}
    url = {"URL": url.format(rng.randint(1, 999))}
    accessed = {"accessed": {"date-parts": [_day(rng)]}}
    return _weighted(rng, (35, {}), (30, doi), (15, url), (10, url | accessed), (10, doi | url | accessed))


def _publisher(rng, choices):
    return dict(zip(("publisher", "publisher-place"), rng.choice(choices), strict=True))


def _details(rng):
    """What a work of each type has besides; None and nothing are left out later."""
    number, pages, series, few = rng.randint(1, 999), rng.choice(_PAGES), rng.choice(_SERIES), rng.choice([0, 0, 0, 1, 3])
    journal, meeting, archive = rng.choice(_JOURNALS), rng.choice(_MEETINGS), rng.choice(_ARCHIVES)
    volume = _weighted(rng, (60, str(rng.randint(1, 60))), (20, str(number)), (10, "A12"), (10, "3-4"))
    event = rng.choice(["", "", "5th ", "21st ", "58th "]) + meeting[0]
    address = _weighted(rng, (98, archive[1]), (2, "osf.io/{}{}"))  # few: citeproc-js puts a space into it
    preprint = address.format(100 * rng.randint(10, 25) + rng.randint(1, 12), rng.randint(10001, 29999))
    book = _publisher(rng, _PUBLISHERS) | {
        "edition": rng.choice([None, None, 2, "3", "21", "Revised edition", "2nd rev. ed."]),
        "volume": rng.choice([None, None, "2", "IV"]),
        "number-of-pages": str(rng.randint(90, 1400)),
        "collection-title": series,
        "collection-number": rng.choice([None, str(number)]),
        "ISBN": "978-0-262-03384-8",
        "editor": _people(rng, few),
        "translator": _people(rng, rng.choice([0, 0, 0, 1, 2])),
    }
    return {
        "article-journal": {
            "container-title": journal[0],
            "container-title-short": journal[1],
            "volume": volume,
            "issue": _weighted(rng, (60, str(rng.randint(1, 12))), (15, "3-4"), (15, "Suppl. 1"), (10, None)),
            "page": pages,
        },
        "paper-conference": _publisher(rng, _PUBLISHERS)
        | {
            "container-title": f"Proceedings of the {event}",
            "container-title-short": meeting[1],
            "event-title": event,
            "event-place": rng.choice(["Florence, Italy", "Montréal, Canada", "Online"]),
            "page": pages,
            "volume": rng.choice([None, None, volume]),
            "collection-title": series,
            "editor": _people(rng, few),
        },
        "article": {"publisher": archive[0], "number": preprint, "genre": rng.choice(["preprint", "Preprint", None])}
        | rng.choice([{"archive": archive[0], "archive_location": preprint}, {"container-title": archive[0]}, {}]),
        "book": book,
        "chapter": book | {"container-title": _title(rng), "editor": _people(rng, rng.choice([0, 1, 2, 4])), "page": pages},
        "thesis": _publisher(rng, _SCHOOLS)
        | {
            "author": _people(rng, 1),
            "genre": rng.choice(["PhD thesis", "Master's thesis", "Doctoral dissertation", "phdthesis"]),
            "number-of-pages": str(rng.randint(60, 320)),
        },
        "webpage": {
            "container-title": rng.choice(["The Gradient", "example.org", None]),
            "genre": rng.choice(["Blog post", None]),
        },
        "report": _publisher(rng, _PUBLISHERS + _SCHOOLS)
        | {
            "genre": rng.choice(["Technical report", "White paper", "Tech. Rep.", None]),
            "number": rng.choice([str(number), f"TR-{rng.randint(10, 99)}-{rng.randint(1, 99):02}", "AIM-239", "12/2019"]),
            "collection-title": series,
        },
    }
