"""Where a paper's title is in a paragraph: behind tags, labels, names and authors, up to what tells of the paper."""

from __future__ import annotations

import re
from dataclasses import replace

from ..markdown import Link
from .cells import is_long
from .ends import continued, cut, is_inside
from .leads import authors_end, labelled, told_before
from .links import is_label
from .parts import BOLD, CODE, ITALIC, LINK, MARKS, Flat, Part, Title, is_aside, is_own, leads_to_paper
from .people import names
from .sentences import is_of_news, is_sentence
from .signs import EMOJI, is_told
from .trimming import BRACKETS, IN_BRACKETS, LONGEST, QUOTES, label_of, names_end, trimmed

_STEPS = 60  # tags, labels, … before a title
_SKIP = re.compile(rf"(?:{EMOJI}|[\s|:,;.!•·*<>+\-–—_~]|\d{{1,3}}[.)](?=\s)|#\d+)*")
_STRAY = re.compile(r"(?<!\w)(?:\*\*|__)|(?:\*\*|__)(?!\w)")  # marks of bold words that are none in Markdown
_FIELD = re.compile(rf"([^|\n{MARKS}]+)\s\|\s*[{ITALIC}\w]")
_NEXT = re.compile(rf"[\n{MARKS}]")


def find(flat: Flat) -> Title:
    """The title in a paragraph; one without words if there is none."""
    finder = _Finder(flat)
    found = finder.find()
    shown, cut_off = trimmed(found.words)
    return replace(
        found,
        words=shown,
        model=finder.model,
        label=finder.label,
        is_news=finder.is_news,
        is_buried=finder.is_buried,
        told=(*finder.told, *cut_off),
    )


class _Finder:
    """Goes along a paragraph until the title begins."""

    def __init__(self, flat: Flat) -> None:
        self.flat, self.text, self.parts = flat, flat.text, flat.parts
        self.at = 0
        self.model = self.label = ""
        self.is_news = self.is_buried = False
        self.told: list[str] = []

    def find(self) -> Title:
        for _ in range(_STEPS):
            match = _SKIP.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at >= len(self.text):
                break
            if found := self._step():
                return found
        return Title()

    def _step(self) -> Title | None:
        sign, part = self.text[self.at], self.parts.get(self.at)
        if part is None:
            if sign in BRACKETS:
                return self._bracket()
            return self._quoted() if sign in QUOTES else self._plain()
        if part.link:
            return self._linked(part, part.link)
        return self._code() if part.mark == CODE else self._styled(part)

    @property
    def _has_later(self) -> bool:
        return self.flat.has_title(self.at)

    def _title(self, shown: str, mark: str, begin: int, end: int, link: Link | None = None) -> Title | None:
        return Title(shown, mark, begin, end, link) if re.search(r"[^\W\d_]", shown) else None

    # Tags in brackets, and titles in quotation marks

    def _bracket(self) -> Title | None:
        """A tag in brackets is left behind, unless the brackets belong to the title."""
        match = IN_BRACKETS.match(self.text, self.at)
        if not match:
            self.at += 1
            return None
        inside = [self.parts[place] for place in self.flat.places(match.start(), match.end())]
        shown, behind = self.flat.words(match.start(1), match.end(1)), self.text[match.end() : match.end() + 40].lstrip(" ")
        if any(is_own(part) and is_long(part.words) for part in inside):
            self.at += 1
            return None
        if not is_aside(shown) and not inside:
            if match[0][0] in "({" and not (behind and behind[0] in f'{MARKS}[("“'):
                return self._plain()
            if is_long(shown) and (not behind or behind[0] in f"\n|{LINK}[("):
                return self._title(shown, "brackets", match.start(), match.end())
            self.model = shown if behind and behind[0] in QUOTES else self.model
        self.at = match.end()
        return None

    def _quoted(self) -> Title | None:
        """Words in quotation marks, unless they only begin a longer title."""
        begin = self.at
        close = self.text.find(QUOTES[self.text[begin]], begin + 1, begin + LONGEST)
        if close < 0:
            self.at += 1
            return None
        if self.text[close - 1] not in ".,?!" and re.match(r":\s*\w|\s+[a-z]", self.text[close + 1 : close + 4]):
            return self._plain()
        own = [self.parts[place].link for place in self.flat.places(begin, close) if is_own(self.parts[place])]
        self.at = close + 1
        return self._title(self.flat.words(begin + 1, close), "quotes", begin, close + 1, own[0] if own else None)

    # Links

    def _linked(self, part: Part, link: Link) -> Title | None:
        begin = self.at
        self.at += 1
        if not is_own(part):
            return None
        if leads_to_paper(link):
            if not is_long(part.words) and self.text[max(0, begin - 1) : begin] in ("[", "(") and self._has_later:
                return None
        elif any(at < begin for at in self.flat.papers) or self._is_beside(part, link):
            return None
        shown, end = continued(self.flat, part.words, begin + 1)
        return self._title(shown, "link", begin, end, link)

    def _is_beside(self, part: Part, link: Link) -> bool:
        """Whether a link that leads to no paper stands before the title: an author's page, a place in the text, a program."""
        people = names(part.words) > 0
        later = self._has_later or (people and any(at >= self.at and each.mark == BOLD for at, each in self.parts.items()))
        return later and (people or link.href[:1] == "#" or not is_long(part.words))

    # Bold, italic and code

    def _code(self) -> Title | None:
        if is_inside(self.flat, self.at):
            return self._plain()
        self.at += 1
        return None

    def _styled(self, part: Part) -> Title | None:
        """Bold or italic words: a tag, a model's name, authors, or the title."""
        begin, shown = self.at, part.words
        mark = "bold" if part.mark == BOLD else "italics"
        behind = self.text[begin + 1 : begin + LONGEST]
        self.at += 1
        if match := re.fullmatch(r"[\[【(]\s*([^\[\]()]*)\s*[\]】)][:.]?", shown):
            if not is_aside(match[1]) and re.match(rf"\s*[:\"“]?\s*[\w\"“{BOLD}{ITALIC}]", behind):
                self.model = match[1]
            return None
        if is_told(shown) or is_label(shown) or (names(shown) == 2 and (part.mark == ITALIC or self._has_later)):
            self.label = self.label or (label_of(shown.rstrip(": ")) if ":" in shown + behind[:2] else "")
            return None
        name = shown.rstrip(" :：")
        has_colon = name != shown or re.match(r"\s*[:：]", behind) is not None
        rest = behind.lstrip(" :：.-–—,")
        if self._is_quoted(rest) and (not is_long(name) or has_colon or rest[0] == "“"):
            self.model = name
            return None
        if has_colon:
            return self._named(name, begin, mark, rest)
        return self._marked(shown, begin, mark, behind)

    def _is_quoted(self, rest: str) -> bool:
        """Whether what follows begins with a quotation mark, be it within bold words."""
        part = self.parts.get(self.text.find(rest[0], self.at)) if rest and rest[0] in MARKS else None
        return bool(rest) and (part.words[:1] if part else rest[0]) in QUOTES and (part is None or part.words != "")

    def _named(self, name: str, begin: int, mark: str, rest: str) -> Title | None:
        """What `**Name**:` says of what follows."""
        if label_of(name) or is_told(name):
            self.label = label_of(name)
            return None
        alone = self._title(name, mark, begin, begin + 1)
        if not rest or rest[0] in f"{MARKS}[(\n":
            return None if rest and self._has_later else alone
        if len(name.split()) > 4:
            return alone
        if re.match(r'[^"“”|\n]{8,400}["”]', rest):  # the opening quotation mark is missing
            self.model = name
            return None
        if names(rest.split("\n", 1)[0]) == 2 and "\n" in rest:  # authors, and the title on the next line
            self.model = name
            return None
        shown, end = continued(self.flat, f"{name}:", begin + 1)
        return self._title(shown, mark, begin, end)

    def _marked(self, shown: str, begin: int, mark: str, behind: str) -> Title | None:
        """Marked words without a colon: all of the title, its beginning, or a name before it."""
        goes_on = re.match(rf"[ -]?[\w{BOLD}]", behind) and shown[-1].isalnum() and len(shown.split()) < 5
        follower = self.parts.get(begin + 2) if behind[:2] == f" {BOLD}" else None
        if follower and follower.words[:1].islower():  # the title's second line, in bold again
            return self._title(f"{shown} {follower.words}", mark, begin, begin + 3)
        if shown[0] in QUOTES or (is_long(shown) and not goes_on):
            if re.match(rf"\s*,\s*{LINK}", behind) and is_own(self.parts[self.text.index(LINK, begin)]) and self._has_later:
                return None  # **Task**, [Title](link)
            return self._title(shown, mark, begin, begin + 1)
        is_before = re.match(rf"\s*[-–—|,]?\s*[\[(]?[{MARKS}\"“]", behind) and self._has_later
        if is_before or (goes_on and not shown.isascii() and self.flat.linked_titles(begin)):
            return None
        if behind[:2] == ", " and self._is_title(begin + 3):
            self.model = shown
            return None
        whole, end = self._whole(shown, begin, behind) if goes_on else (shown, begin + 1)
        return self._title(whole, mark, begin, end)

    def _whole(self, shown: str, begin: int, behind: str) -> tuple[str, int]:
        """Marked words with what goes on behind them, if the title does, and where that ends."""
        end = cut(self.flat, begin)
        whole = self.flat.words(begin, end)
        is_longer = len(whole.split()) > len(shown.split()) + 1 and not names(self.flat.words(begin + 1, end))
        return (whole, end) if behind[0] == "-" or is_longer else (shown, begin + 1)

    # Plain words

    def _plain(self) -> Title | None:
        """Words without a form: a date or venue, a label, a name, authors, or the title itself."""
        begin = self.at
        match = _NEXT.search(self.text, begin)
        stop = match.start() if match else len(self.text)
        chunk = self.text[begin:stop]
        if label := labelled(self.text, begin, chunk):
            self.label, self.model, self.at = label.field or self.label, label.name or self.model, label.end
            return None
        if told := told_before(chunk):
            self.told.append(told[1])
            self.at += told.end()
            return None
        if field := _FIELD.match(self.text, begin, stop + 1):  # Title | *Authors* | [Venue](…)
            shown = field[1].rstrip()
            if is_long(shown) and not (names(shown) or is_told(shown) or is_label(shown)):
                return self._title(shown, "text", begin, begin + len(shown))
        if own := self.flat.linked_titles(stop, is_meant=chunk.rstrip()[-1:] in (":", "：")):
            self.is_news = is_of_news(chunk)
            behind_people = names(chunk) or names_end(f"{chunk} x x")
            self.is_buried = len(chunk.split()) > 2 and chunk.rstrip()[-1:] not in ":：" and not behind_people
            self.at = own[0]
            return None
        if end := authors_end(self.flat, begin, stop):
            self.at = end
            return None
        return self._unmarked(begin)

    def _is_title(self, begin: int) -> bool:
        """Whether plain words behind a name are a title."""
        shown = self.flat.words(begin, cut(self.flat, begin))
        return len(shown.split()) > 4 and not names(shown) and not is_told(shown)

    def _unmarked(self, begin: int) -> Title | None:
        end = cut(self.flat, begin)
        self.at = max(end, begin + 1)
        label = re.search(r"[\s,.;|]([^\s:：,.;|]{1,20})\s*[:：]\s*$", self.text[begin:end])
        if label and label_of(label[1]):  # "… GitHub: https://…"
            end = begin + label.start()
        shown = _STRAY.sub("", self.flat.words(begin, end))
        self.is_news = is_sentence(shown, before_link=self.text[end : end + 2].strip()[:1] == LINK)
        is_none = is_label(shown) or re.match(r"In (?:the )?Proc", shown)
        return None if is_none else self._title(shown, "text", begin, end)
