"""What the tests in TeX share: the set-ups, one run of each, and how a PDF's text shows what an entry holds."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from dataclasses import dataclass

from llm4rs_bib.export import FORMATS
from llm4rs_bib.text import spans

CLASSIC = ("plain", "plainnat", "alpha", "abbrv", "IEEEtran", "splncs04", "ACM-Reference-Format")
BIBLATEX = ("numeric", "authoryear", "apa")
SENTENCE_CASE = ("plain", "plainnat", "alpha", "abbrv", "IEEEtran", "splncs04", "apa")  # the others keep a title as it is
DIALECTS = tuple(format for format in ("bibtex", "biblatex") if format in FORMATS)  # what biber is given
INITIALS = ("abbrv", "IEEEtran", "splncs04", "apa")

# What pdfLaTeX (T1, Latin Modern) stops at: Unicode's blocks and letters, in hexadecimal. The table of docs/latex.md.
UNSETTABLE = {
    "Maltese Ħ, Sámi Ŧ, Catalan Ŀ": "0126-0127 0138 013F-0140 0149 0166-0167 017F",
    "Azerbaijani Ə, Pinyin Ǚ, letters of Africa": "0180-0191 0193-01C3 01D5-01E1 01E4-01E5 01EC-01EF 01F1-01F3 01F6-0217 "
    "021C-0231 0234-0236 0238-02C5 02C8-02D7 02DA 02DE-02FF",
    "accents that stand alone": "0300-036F 20D0-20FF",
    "Greek": "0370-03FF 1F00-1FFF",
    "Cyrillic": "0400-052F",
    "Hebrew, Arabic, the scripts of India and others": "0530-0E3E 0E40-1DFF",
    "Vietnamese Ế, Yoruba Ọ, Welsh Ẁ": "1E00-1E01 1E04-1E0C 1E0E-1E1D 1E22-1E24 1E26-1E2F 1E32-1E36 1E38-1E42 1E44 1E46 1E48-1E5A "
    "1E5C-1E62 1E64-1E6C 1E6E-1E8D 1E92-1E9D 1E9F-1EF1 1EF4-1EFF",
    "rare spaces and punctuation": "2000-200B 200D-200F 2017 201B 201F 2023-2025 2027-202F 2032-2038 203C 203E-2043 2045-204D "
    "204F-2051 2053-206F",
    "₂ and ⁴, but not ¹ ² ³": "2070-209F",
    "signs of rare currencies": "20A0 20A2-20A3 20A5 20A7-20A8 20AA 20AD-20B0 20B2-20CF",
    "ℝ, ⅓, Ⅳ": "2100-2102 2104-2115 2118-211D 211F 2121 2123-2126 2128-212D 212F-218F",
    "mathematics: ∞, ≥, ⇒, −": "2194-2421 2424-25E5 25E7-25EE 25F0-2669 266B-27E7 27EA-2DFF",
    "Chinese, Japanese, Korean and others": "2E00-3007 300A-FAFF FB07-FEFE FF00-FFFF",
    "emoji and all beyond": "10000-10FFFF",
}

# Those of them that the file holds as commands (one accent each): BibTeX leaves them so, biber makes them letters again.
WITH_BIBTEX = (
    "01F8-01F9 021E-021F 0226-0229 022E-022F 1E04-1E05 1E0A-1E0C 1E10-1E11 1E22-1E24 1E26-1E29 1E32-1E33 1E36 "
    "1E3E-1E42 1E44 1E46 1E54-1E5A 1E60-1E62 1E6A-1E6C 1E7C-1E8D 1E92-1E93 1E97-1E99 1EA0-1EA1 1EB8-1EB9 1EBC-1EBD "
    "1ECA-1ECD 1EE4-1EE5 1EF4-1EF5 1EF8-1EF9"
)


def ranges(codes):
    """The first and the last letter of each range in a text such as "0126-0127 0138"."""
    for each in codes.split():
        first, _, last = each.partition("-")
        yield chr(int(first, 16)), chr(int(last or first, 16))


def _one_of(*all_codes):
    return re.compile("[" + "".join(f"{first}-{last}" for codes in all_codes for first, last in ranges(codes)) + "]")


_UNSETTABLE = _one_of(*UNSETTABLE.values())
_WITH_BIBTEX = _one_of(WITH_BIBTEX)
_LONE_GREEK = re.compile(r"(?<![Ͱ-Ͽ])[ΓΔΘΛΞΠΣΦΨΩα-ω](?![Ͱ-Ͽ])")


def settable(text, processor="biber"):
    """Whether pdfLaTeX can set each letter of a text, which it gets as letters, or from BibTeX as the file has them."""
    text = _LONE_GREEK.sub("", text)  # math in the file
    return not _UNSETTABLE.search(_WITH_BIBTEX.sub("", text) if processor == "bibtex" else text)


def printed(entry):
    """All of an entry that a style may print."""
    work = entry.work
    names = [part for name in work.authors for part in (name.literal, name.given, name.family, name.suffix)]
    return " ".join(filter(None, [work.title, work.container_title, work.publisher, work.volume, work.issue, work.pages, *names]))


@dataclass(frozen=True)
class SetUp:
    """A way from a .bib to a PDF."""

    engine: str
    style: str
    format: str = "bibtex"

    def __str__(self):
        return f"{self.engine}-{self.style}-{self.format}"

    @property
    def processor(self):
        return "biber" if self.style in BIBLATEX else "bibtex"


SET_UPS = [
    *(SetUp("pdflatex", style) for style in CLASSIC),
    *(SetUp(engine, style, format) for format in DIALECTS for engine in ("pdflatex", "lualatex") for style in BIBLATEX),
]


@dataclass(frozen=True)
class Typeset:
    """What a run left behind: LaTeX's last log, the processor's messages, and the bibliography as the PDF shows it."""

    set_up: SetUp
    entries: tuple  # those that were cited
    log: str
    messages: str
    text: str


_DOCUMENT = r"""\documentclass{%(kind)s}
%(fonts)s
\usepackage[paperwidth=500cm,paperheight=300cm,margin=2cm]{geometry}
\hyphenpenalty=10000 \exhyphenpenalty=10000 \raggedright \pagestyle{empty}
%(packages)s
\begin{document}
%(cites)s
\clearpage END-OF-CITATIONS
%(bibliography)s
\end{document}
"""
_FONTS = {
    "pdflatex": r"\usepackage[T1]{fontenc}\usepackage{lmodern}",
    "lualatex": r"""\usepackage{fontspec}
\directlua{luaotfload.add_fallback("others", {"file:DejaVuSans.ttf:mode=harf;", "file:FreeSerif.otf:mode=harf;", "file:wqy-zenhei.ttc(0)"})}
\setmainfont{FreeSerif}[Extension=.otf, ItalicFont=*Italic, BoldFont=*Bold, BoldItalicFont=*BoldItalic, RawFeature={fallback=others}, Ligatures=TeXOff]""",
}
_OPTIONS = {"numeric": ",maxbibnames=999", "authoryear": ",maxbibnames=999,useprefix", "apa": ""}


def document(set_up, keys):
    """A LaTeX document that cites each of the keys, on a page so wide that few lines break."""
    if set_up.processor == "biber":
        options = f"backend=biber,style={set_up.style}{_OPTIONS[set_up.style]}"
        babel = "bidi=basic,american" if set_up.engine == "lualatex" else "american"
        packages = (
            rf"\usepackage[{babel}]{{babel}}\usepackage{{csquotes}}\usepackage[{options}]{{biblatex}}\usepackage{{hyperref}}"
        )
        packages += r"\addbibresource{references.bib}"
        bibliography = r"\printbibliography"
    else:
        natbib = r"\usepackage{natbib}" if set_up.style in ("plainnat", "ACM-Reference-Format") else ""
        packages = rf"{natbib}\usepackage{{url,hyperref}}"
        bibliography = rf"\bibliographystyle{{{set_up.style}}}\bibliography{{references}}"
    cites = "\n".join(rf"\cite{{{key}}}" for key in keys)
    kind = "llncs" if set_up.style == "splncs04" else "article"
    fields = {"kind": kind, "fonts": _FONTS[set_up.engine], "packages": packages, "cites": cites, "bibliography": bibliography}
    return _DOCUMENT % fields


def call(folder, *command):
    """The output of a program; it may fail, which its messages show."""
    environment = {**os.environ, "OSFONTDIR": "/usr/share/fonts//"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return (done.stdout + done.stderr).decode(errors="replace")


def _prints(set_up, entry):
    """Whether the set-up can print the entry: its letters, and its DOI, which splncs04 gives to a command as it is."""
    in_command = entry.work.doi if set_up.style == "splncs04" else None
    return "%" not in (in_command or "") and (set_up.engine == "lualatex" or settable(printed(entry), set_up.processor))


def typeset(folder, set_up, bib, entries):
    """The run of a set-up over a .bib, in an empty folder; each of the entries that the engine can set is cited."""
    cited = tuple(entry for entry in entries if _prints(set_up, entry))
    (folder / "references.bib").write_text(bib)
    (folder / "paper.tex").write_text(document(set_up, [entry.key for entry in cited]))
    latex = (set_up.engine, "-interaction=nonstopmode", "-draftmode", "paper")
    call(folder, *latex)
    messages = call(folder, set_up.processor, "paper")
    call(folder, *latex)
    call(folder, set_up.engine, "-interaction=nonstopmode", "paper")
    log = (folder / "paper.log").read_bytes().decode(errors="replace")
    text = call(folder, "pdftotext", "-raw", "paper.pdf", "-").partition("END-OF-CITATIONS")[2]
    return Typeset(set_up, cited, log, messages, letters(text))


# ------------------------------------------------------------------------------------------------ letters

_MATH = {r"\alpha": "α"}
# What pdfTeX makes of two glyphs, as pdftotext reads it: accents below the letter, and the one above ģ.
_BELOW = {"\u0327": ",", "\u0326": ",", "\u0328": "˛", "\u0323": "."}
_OWN_GLYPH = frozenset("ÇçŞşŢţĄąĘę")
_OTHERS = {"ģ": "‘g", "²": "2", "³": "3", "¹": "1", "Đ": "Ð"}
_SAME = str.maketrans("’‘”‐‑", "'`\"--", "\u202a\u202b\u202c")  # and no marks of direction


def letters(text):
    """A text as it is compared: in NFC, without white space, with ligatures in letters and those quotes that TeX turns as typed."""
    text = re.sub("[\ufb00-\ufb06]", lambda ligature: unicodedata.normalize("NFKC", ligature[0]), text)
    text = re.sub("([ıȷ])(?=[\u0300-\u036f])", lambda dotless: "i" if dotless[0] == "ı" else "j", text)
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    return re.sub(r"\s", "", text).replace("…", "...")


def shown(text, engine):
    """A plain text as `letters` gives it back from the engine's PDF."""
    text = unicodedata.normalize("NFC", text)
    return letters("".join(map(_glyphs, text)) if engine == "pdflatex" else text)


def _glyphs(letter):
    base, *marks = unicodedata.normalize("NFD", letter)
    if letter in _OTHERS:
        return _OTHERS[letter]
    return base + _BELOW[marks[0]] if marks and marks[0] in _BELOW and letter not in _OWN_GLYPH else letter


def shown_title(title):
    """A title as plain text, its math as it is read in a PDF."""
    return "".join(_math(piece) if kind == "math" else piece for kind, piece in spans(title) if kind != "tag")


def _math(formula):
    return re.sub(r"[\^_{}$]", "", re.sub(r"\\[a-z]+", lambda name: _MATH[name[0]], formula))


def lower(text):
    """A text in lower case, letter by letter, so that it stays as long as it is."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def shown_names(name, style):
    """The forms in which a style prints a name; white space does not matter."""
    given = initials(name.given, style) if style in INITIALS else name.given
    suffixed = f", {name.suffix}" if name.suffix else ""
    if not given and not suffixed:
        return (name.literal or name.family,)
    if style == "splncs04":
        return (f"{name.family}{suffixed}, {given}",)
    if style == "apa":
        return (f"{name.family}, {given}{suffixed}",)
    if style in BIBLATEX:
        suffixed = suffixed.replace(",", "")
        first = f"{name.family}{suffixed}, {given}"
        return f"{given} {name.family}{suffixed}", first, first[0].upper() + first[1:]
    return (f"{given} {name.family}{suffixed}",)


def initials(given, style):
    """ "J.-É. M." of "Jean-Étienne Marie"; "J. É. M." in splncs04. What is no list of names, though it has an "and", is one."""
    words = [given] if " and " in given else given.split()
    hyphen = "" if style == "splncs04" else "-"
    return " ".join(hyphen.join(f"{part[0]}." for part in word.split("-")) for word in words)
