"""HTML as the public suite has it: citeproc-js's own, which is not what we write for readers."""

from __future__ import annotations

import re
import unicodedata

from llm4rs_bib.csl.output import Format
from llm4rs_bib.csl.processor import references
from llm4rs_bib.csl.style import Style, read

from .suite import Fixture


def _escaped(text):
    text = re.sub("[ªº²³¹ʰ-ʸˠ-ˤᴬ-ᵡⁿ⁰-⁹]", lambda sign: f"\0{unicodedata.normalize('NFKC', sign[0])}\1", text)
    return _with_tags(text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;"))


def _with_tags(text):
    """Raised signs of Unicode as raised letters."""
    return text.replace("\0", "<sup>").replace("\1", "</sup>")


def _span(style):
    return f'<span style="{style};">', "</span>"


_HTML = Format(
    _escaped,
    {
        ("font-style", "italic"): ("<i>", "</i>"),
        ("font-style", "oblique"): ("<em>", "</em>"),
        ("font-style", "normal"): _span("font-style:normal"),
        ("font-variant", "small-caps"): _span("font-variant:small-caps"),
        ("font-variant", "normal"): _span("font-variant:normal"),
        ("font-weight", "bold"): ("<b>", "</b>"),
        ("font-weight", "normal"): _span("font-weight:normal"),
        ("text-decoration", "underline"): _span("text-decoration:underline"),
        ("text-decoration", "none"): _span("text-decoration:none"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
        ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
        ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
        ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
        ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
    },
)


def rendered(fixture: Fixture) -> str:
    """A fixture's bibliography as we render it."""
    root = read(fixture.csl)
    style = Style(root, root.get("default-locale", "en-US"))
    items = {item["id"]: item for item in fixture.items}
    is_aligned = bool(style.bibliography.options.get("second-field-align"))
    found = references([items[id] for id in fixture.order], style, _HTML)
    entries = "".join(f'  <div class="csl-entry">{_entry(each, is_aligned)}</div>\n' for each in found if each.label or each.text)
    return f'<div class="csl-bib-body">\n{entries}</div>'


def _entry(reference, is_aligned):
    if not is_aligned:
        return re.sub(r'^(\s*<div class="csl-left-margin">)( )', r" \1", reference.text)  # so does citeproc-js
    label, text = reference.label, reference.text
    margin = " " * (len(text) - len(text.rstrip(" ")))  # citeproc-js puts it behind
    return f'\n    <div class="csl-left-margin">{label}</div><div class="csl-right-inline">{text.rstrip(" ")}</div>\n  {margin}'
