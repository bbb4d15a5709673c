"""BibTeX and BibLaTeX: https://ctan.org/pkg/bibtex, btxdoc; https://ctan.org/pkg/biblatex, sections 2.1 to 2.4.

bibtexparser parts the file into blocks and fields; it leaves macros, `#`, `crossref` and TeX as they are.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import Block, ExplicitComment, ImplicitComment, ParsingFailedBlock, String
from bibtexparser.model import Entry as EntryBlock
from bibtexparser.splitter import Splitter

from ..errors import Fault, ListError
from .bibentry import NO_PUBLICATIONS, Entry, facts_of
from .bibvalue import BrokenError, values
from .gathering import Gathering
from .jabref import Groups
from .values import Found

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it prints of broken blocks we say ourselves

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPACED = r"(?m)^([ \t]*@)[ \t]*(\w+)(\s*)([{(])"  # BibTeX reads `@ article\n{`, bibtexparser does not
_LIKE_AN_ENTRY = r"@\s*[A-Za-z][\w-]*\s*[{(]"
_LIKE_A_FIELD = r"[\s,}]*[A-Za-z][\w-]*\s*=\s*[{\"]"
_KEY = r"@\w+\s*[{(]\s*([^\s,={}]+)\s*,"
_ONLY_PARENTS = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection"})  # if another entry inherits from them
_OF_ONE_ENTRY = frozenset(  # what no entry inherits: biblatex, appendix B, and what identifies the parent
    """
    abstract annotation annote author arxivid crossref doi eid eprint eprintclass eprinttype archiveprefix primaryclass file
    groups ids keywords label mendeley-groups mendeley-tags note options pages shorttitle sortkey subtitle title titleaddon
    url urldate xdata
    """.split()
)


def read(body: str, name: str) -> Found:
    """The entries of a .bib file. ListError if it has none and is not empty."""
    body = re.sub(_SPACED, r"\1\2\4\3", re.sub(r"\r\n?", "\n", body))
    file = _File(name, body)
    if body.strip() and not file.has_entries:
        raise ListError(Fault(f"{name}:1", "holds no BibTeX entries; one begins with '@article{key,'"))
    return file.found()


class _File:
    """The blocks of a file, sorted by what they are."""

    def __init__(self, name: str, body: str) -> None:
        self._name = name
        self._lines = body.split("\n")
        self._gathering = Gathering(name)
        self._macros = dict(zip(_MONTHS, _MONTHS, strict=True))
        self._entries: list[Entry] = []
        self._comments: list[str] = []
        blocks = [_whole(block) for block in Splitter(body).split().blocks]
        for block in blocks:
            if isinstance(block, String):
                self._read_macro(block)
        for block in blocks:
            self._read(block)

    @property
    def has_entries(self) -> bool:
        """Whether there is anything that is an entry, or was meant as one."""
        return bool(self._entries or self._gathering.left_out or self._gathering.warnings)

    def found(self) -> Found:
        """The entries, with what they inherit."""
        by_key = {entry.key.lower(): entry for entry in reversed(self._entries)}  # of two of one key the first
        parents = {key for entry in self._entries for key in _parents(entry)}
        groups = Groups(self._comments)
        for entry in self._entries:
            if entry.type in _ONLY_PARENTS and entry.key.lower() in parents:
                self._gathering.count("only others inherit from them, so they are not listed", [entry.key])
            elif entry.type != "xdata":
                self._gathering.take(facts_of(self._with_inherited(entry, by_key), groups, self._gathering))
        self._gathering.count("groups whose members a search finds are not read", groups.by_search)
        return self._gathering.found()

    def _warn(self, where: str, message: str) -> None:
        self._gathering.warnings.append(Fault(where, message))

    def _leave_out(self, where: str, message: str) -> None:
        self._gathering.left_out.append(Fault(where, message))

    def _place(self, block: Block) -> str:
        return f"{self._name}:{(block.start_line or 0) + 1}"

    def _read(self, block: Block) -> None:
        if isinstance(block, ExplicitComment):
            self._comments.append(block.comment)
        elif isinstance(block, ImplicitComment):
            self._read_text(block)
        elif isinstance(block, EntryBlock | ParsingFailedBlock) and self._is_commented_out(block.start_line or 0):
            self._warn(self._place(block), f"{_key(block)}: stands behind a %; not read")
        elif isinstance(block, EntryBlock):
            self._read_entry(block)
        elif isinstance(block, ParsingFailedBlock):
            self._leave_out(self._place(block), f"{_key(block)}: not read: {_reason(block)}")

    def _is_commented_out(self, line: int) -> bool:
        """BibTeX knows no such comments, but people do. Lines count from 0."""
        return self._lines[min(line, len(self._lines) - 1)].lstrip().startswith("%")

    def _read_text(self, block: ImplicitComment) -> None:
        """What stands between entries may have been meant as one, or fallen out of one."""
        if re.match(_LIKE_A_FIELD, block.comment):
            words = " ".join(block.comment[:30].split())
            self._warn(self._place(block), f"{words!r}: fields outside of an entry; is there a brace too many above?")
        for match in re.finditer(_LIKE_AN_ENTRY, block.comment):
            line = (block.start_line or 0) + block.comment.count("\n", 0, match.start())
            if not self._is_commented_out(line):
                words = " ".join(match[0].split())
                self._leave_out(f"{self._name}:{line + 1}", f"{words!r}: looks like an entry, and is none for BibTeX")
                return

    def _read_macro(self, block: String) -> None:
        try:
            for name, value in values(block.key, block.value, self._macro):
                self._macros[name.lower()] = value
        except BrokenError as error:
            self._leave_out(self._place(block), f"the macro {block.key}: not read: {error}")

    def _macro(self, word: str) -> str:
        if word.lower() not in self._macros:
            self._gathering.count("macros that are not defined stay as they are", [word])
        return self._macros.get(word.lower(), word)

    def _read_entry(self, block: EntryBlock) -> None:
        where, label = self._place(block), block.key or "an entry without key"
        if block.entry_type in NO_PUBLICATIONS:
            self._leave_out(where, f"{label}: no publication (@{block.entry_type})")
            return
        fields: dict[str, str] = {}
        for each in block.fields:
            own = each.key.rpartition("\n")[2].strip().lower()  # behind a line of words that was meant as a comment
            try:
                for name, value in () if own.startswith("%") else values(own, each.value, self._macro):
                    if name != own:
                        self._warn(where, f"{label}: a comma is missing before {name}; read as if it stood there")
                    if fields.setdefault(name, value) != value:
                        self._warn(where, f"{label}: has two fields {name}; the first counts")
            except BrokenError as error:
                self._leave_out(where, f"{label}: not read: {own}: {error}")
                return
        self._entries.append(Entry(where, block.entry_type, block.key, fields))

    def _with_inherited(self, entry: Entry, by_key: Mapping[str, Entry]) -> Entry:
        """The entry with its parents' fields, of which the title is that of the book."""
        fields = dict(entry.fields)
        seen = {entry.key.lower()}
        waiting = _parents(entry)
        while waiting:
            key = waiting.pop(0)
            if key in seen:
                continue
            seen.add(key)
            if not (parent := by_key.get(key)):
                self._warn(entry.where, f"{entry.key}: inherits from {key!r}, which is no entry of the file")
                continue
            for name, value in _inherited(parent):
                fields.setdefault(name, value)
            waiting += _parents(parent)
        return entry._replace(fields=fields)


def _whole(block: Block) -> Block:
    """The block, of one with a key or a field twice too."""
    inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
    return _whole(inner) if inner else block


def _key(block: Block) -> str:
    match = re.match(_KEY, block.raw or "")
    return match[1] if match else "an entry without key"


def _reason(block: ParsingFailedBlock) -> str:
    reason = block.error.abort_reason if isinstance(block.error, BlockAbortedException) else str(block.error)
    if reason.startswith("Unexpected"):
        return "a brace or a quotation mark is not closed"
    reason = " ".join(reason.replace("`", "'").split()).rstrip(".")
    return reason[:1].lower() + reason[1:]


def _parents(entry: Entry) -> list[str]:
    written = f"{entry.fields.get('crossref', '')},{entry.fields.get('xdata', '')}"
    return [key for each in written.split(",") if (key := each.strip().lower())]


def _inherited(parent: Entry) -> Iterator[tuple[str, str]]:
    if parent.type == "xdata":
        yield from parent.fields.items()
        return
    container = "journaltitle" if parent.type in ("periodical", "article") else "booktitle"
    if title := parent.fields.get("booktitle") or parent.fields.get("title"):
        yield container, title
    if subtitle := parent.fields.get("subtitle"):
        yield f"{container.removesuffix('title')}subtitle", subtitle
    yield from ((name, value) for name, value in parent.fields.items() if name not in _OF_ONE_ENTRY)
