"""Reference lists as a file: plain text, Markdown, a web page, a LaTeX document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from ..csl.output import FORMATS


class Line(NamedTuple):
    """One reference, its label and text in the output's form."""

    key: str
    label: str
    text: str


class Section(NamedTuple):
    """A category's list; without a title where there is one list only."""

    slug: str
    title: str
    level: int  # of the heading, 1 to 6
    lines: Sequence[Line]


class Page(NamedTuple):
    """All lists."""

    title: str
    lang: str
    sections: Sequence[Section]


def _depths(page: Page) -> Iterator[tuple[int, Section]]:
    """Each section with how deep it nests, from 0."""
    top = min((section.level for section in page.sections), default=0)
    return ((section.level - top, section) for section in page.sections)


def _blocks(page: Page, heading: Callable[[Section], str], to: str) -> str:
    """Headings and references, an empty line between two."""
    blocks = []
    for section in page.sections:
        if section.title:
            blocks.append(heading(section._replace(title=FORMATS[to].escape(section.title))))
        blocks += [f"{line.label} {line.text}".strip() for line in section.lines]
    return "".join(f"{block}\n\n" for block in blocks)[:-1]


# Text, Markdown


def text(page: Page) -> str:
    """Each reference on a line."""
    return _blocks(page, lambda section: f"{section.title}\n{'=' * len(section.title)}", "text")


def markdown(page: Page) -> str:
    """Each reference a paragraph, headings as deep as in the list: to be pasted into its page."""
    return _blocks(page, lambda section: f"{'#' * section.level} {section.title}", "markdown")


# HTML

_STYLE = """\
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 serif; }
ol, ul { padding: 0; list-style: none; }
li { margin-bottom: 0.5em; overflow-wrap: anywhere; }
ul > li { padding-left: 2em; text-indent: -2em; }
ol { display: grid; grid-template-columns: max-content 1fr; column-gap: 0.75em; }
ol > li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; }
.csl-left-margin, .csl-right-inline { display: inline; }
.csl-indent { margin-left: 2em; }
li:target { background: #ffc; }
"""


def html(page: Page) -> str:
    """A whole page. Each work has an anchor (`#ref-KEY`) where it stands first."""
    anchors = _Anchors()
    sections = "".join(_html_section(section, depth, anchors) for depth, section in _depths(page))
    title = escape(page.title)
    return f"""\
<!DOCTYPE html>
<html lang="{escape(page.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
{sections}</body>
</html>
"""


def _html_section(section: Section, depth: int, anchors: _Anchors) -> str:
    tag = "ol" if any(line.label for line in section.lines) else "ul"  # with labels of the style's own
    items = "\n".join(f"<li{_html_names(line.key, anchors)}>{_html_entry(line, tag)}</li>" for line in section.lines)
    body = f"<{tag}>\n{items}\n</{tag}>\n" if items else ""
    if not section.title:
        return body
    level = min(2 + depth, 6)
    return (
        f'<section id="{escape(f"category-{section.slug}")}">\n<h{level}>{escape(section.title)}</h{level}>\n{body}</section>\n'
    )


def _html_entry(line: Line, tag: str) -> str:
    return f"<div>{line.label}</div><div>{line.text}</div>" if tag == "ol" else line.text


def _html_names(key: str, anchors: _Anchors) -> str:
    anchor = anchors.new(re.sub(r"\s", "-", f"ref-{key}"))
    id = f' id="{escape(anchor)}"' if anchor else ""
    return f'{id} data-key="{escape(key)}"'


class _Anchors:
    """The anchors of a page: each stands once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, name: str) -> str:
        """The name, or nothing if it is taken."""
        if name in self._taken:
            return ""
        self._taken.add(name)
        return name


# LaTeX

_SECTIONS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
_PREAMBLE = r"""% Reference lists: a document for pdfLaTeX or LuaLaTeX, the latter with a font that has all letters.
% To \input it into another document: \usepackage{docmute} and \usepackage{hyperref} there.
\documentclass{article}
\usepackage{iftex}
\iftutex\usepackage{fontspec}\else\usepackage[T1]{fontenc}\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}\fi
\PassOptionsToPackage{hyphens}{url}
\usepackage[hidelinks]{hyperref}
\urlstyle{same}
\emergencystretch=3em % addresses are long
\begin{document}
"""
_HANGING = r"\setlength{\leftmargin}{1.5em}\setlength{\itemindent}{-1.5em}\setlength{\labelwidth}{0pt}\setlength{\labelsep}{0pt}"
_LABELLED = r"\settowidth{\labelwidth}{%s}\setlength{\leftmargin}{\labelwidth}\addtolength{\leftmargin}{\labelsep}"


def latex(page: Page) -> str:
    r"""A whole document. Each work has an anchor (`\hyperlink{ref-KEY}`) where it stands first."""
    anchors = _Anchors()
    return _PREAMBLE + "".join(_latex_section(section, depth, anchors) for depth, section in _depths(page)) + "\\end{document}\n"


def _latex_section(section: Section, depth: int, anchors: _Anchors) -> str:
    heading = ""
    if section.title:
        heading = f"\n\\{_SECTIONS[min(depth, 4)]}*{{{FORMATS['latex'].escape(section.title)}}}\n"
    if not section.lines:
        return heading
    widest = max((line.label for line in section.lines), key=len)
    lines = "".join(_latex_item(line, is_labelled=bool(widest), anchors=anchors) for line in section.lines)
    return f"{heading}\\begin{{list}}{{}}{{{_LABELLED % widest if widest else _HANGING}}}\n{lines}\\end{{list}}\n"


def _latex_item(line: Line, *, is_labelled: bool, anchors: _Anchors) -> str:
    label = f"[{{{line.label}}}]" if is_labelled else ""
    anchor = anchors.new(re.sub(r"[^\w:.+/-]", "-", f"ref-{line.key}", flags=re.ASCII))
    target = f"\\hypertarget{{{anchor}}}{{}}" if anchor else ""
    return f"\\item{label} {target}{line.text}\n"


WRITERS: Mapping[str, Callable[[Page], str]] = {"text": text, "markdown": markdown, "html": html, "latex": latex}
