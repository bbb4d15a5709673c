"""`add`: papers by DOI, arXiv id, address or title into a category, looked up at once."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..addition import Addition, Wish, add, bare, names_paper
from ..catalog import LOCK, dumps_listings, dumps_lock, read_folder, read_text
from ..catalog.insertion import insert
from ..catalog.lists import ID
from ..enrich import unsaid
from ..entries import join, taken_names
from ..errors import CatalogError, Fault, SelectionError, unknown
from ..fetch import Ages, Offline
from ..inquiry import Inquiry, LeftOutError
from ..model import Bibliography, Catalog, Category, Listing, PartialDate, Work
from ..newrow import fields_shown
from ..store import Store
from ..text import clean, plain
from .files import one_writer, write_file
from .progress import Progress
from .registries import Registries, mail_address
from .session import Session, counted, note, put_out

_MAX_AGE = dt.timedelta(days=30)  # of kept answers, as in `enrich`
_SAID = ("id", "model", "code", "link", "date", "venue")  # options that say what the row is to say


def _one_line(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001  # click's signature
    """An option's value as a cell holds it; None for an empty one."""
    return clean(value or "") or None


@click.command("add", short_help="Look papers up and add them to a category.")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER…")
@click.option("--category", "-c", "slug", metavar="SLUG", help="The category [default: the only one].")
@click.option("--model", metavar="NAME", callback=_one_line, help="The model's name.")
@click.option("--code", metavar="URL", callback=_one_line, help="Where its code is.")
@click.option("--link", metavar="URL", callback=_one_line, help="What the row links to [default: the PAPER's URL; DOI; arXiv].")
@click.option("--date", metavar="TEXT", callback=_one_line, help="The row's date [default: when it was first posted].")
@click.option("--venue", metavar="TEXT", callback=_one_line, help="The row's venue [default: a short name that is known].")
@click.option("--id", metavar="ID", callback=_one_line, help="The listing's id [default: the model, or words of the title].")
@click.option("--also", is_flag=True, help="List here too what another category lists.")
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@click.option("--offline", is_flag=True, help="Use only the answers that are kept, however old.")
@click.option(
    "--mailto",
    envvar="LLM4RS_BIB_MAILTO",
    metavar="ADDRESS",
    callback=mail_address,
    help="Your e-mail address: with it Crossref answers three times as fast.",
)
@click.pass_obj
def command(session: Session, /, papers: tuple[str, ...], slug: str | None, mailto: str | None, **options: Any) -> int:
    """Add papers to a category: each PAPER is a DOI, an arXiv id, a URL, or a title in quotes.

    It is looked up as `enrich` does it, shown, and put into the category's file and the lock; nothing else is touched.
    What is listed already, not known, or not to be told from other papers is left out.
    """
    said = {name: options[name] for name in _SAID if options[name]}
    papers = tuple(map(bare, papers))
    _check_usage(papers, said)
    folder = session.writable_folder()
    registries = Registries.from_environment(mailto)
    ages = Ages(dt.datetime.now(dt.UTC), None if options["offline"] else _MAX_AGE)
    progress = Progress()
    with nullcontext() if options["dry_run"] else one_writer(folder), Store(registries.cache) as store:
        bibliography = join(*read_folder(folder))
        category = _category(bibliography.catalog, slug)
        _check_said(bibliography, category, said)
        source = nullcontext(Offline(store, ages)) if options["offline"] else registries.online(store, ages, progress)
        with source as fetch:
            inquiry = Inquiry(fetch, registries.addresses)
            adding = _Adding(folder, category.slug, said, inquiry, progress, bibliography, options["also"], options["dry_run"])
            codes = [adding.add(given) for given in papers]
    counts = f"{codes.count(0)} added, {codes.count(1)} left out, {codes.count(3)} unreachable"
    nothing = "; nothing was written" if options["dry_run"] else ""
    note(f"{counted(len(papers), 'paper')}: {counts}{nothing}")
    return max(codes)


def _check_usage(papers: tuple[str, ...], said: Mapping[str, str]) -> None:
    for given in papers:
        if not names_paper(given):
            raise click.UsageError(f"{given!r} is no DOI, arXiv id or URL, and a title of several words stands in quotes")
    if said and len(papers) > 1:
        raise click.UsageError(
            f"{', '.join(f'--{name}' for name in said)} can be said of one paper only; there are {len(papers)}"
        )


def _category(catalog: Catalog, slug: str | None) -> Category:
    """The category that is meant: the one with the slug, or the only one that has rows or could."""
    slugs = [category.slug for category in catalog.categories]
    if slug is None:
        tables = [category for category in catalog.categories if category.columns or category.listings]
        if len(tables) != 1:
            raise click.UsageError(f"say the category with --category: {', '.join(slugs) or 'the catalog has none yet'}")
        return tables[0]
    if slug not in slugs:
        raise SelectionError(Fault("", unknown("category", slug, slugs)))
    return catalog.categories[slugs.index(slug)]


def _check_said(bibliography: Bibliography, category: Category, said: Mapping[str, str]) -> None:
    """SelectionError for what no row of the category could show, and for an id that cannot be."""
    shown = fields_shown(bibliography.catalog, category)
    faults = [f"{category.slug} has no column for --{name}" for name in said if name != "id" and name not in shown]
    if (own := said.get("id")) is not None:
        if not re.fullmatch(ID, own):
            faults.append(f"the id {own!r} may have letters, digits, '.', '_' and '-' only")
        elif own.lower() in taken_names(bibliography.catalog, bibliography.lock):
            faults.append(f"the id {own!r} is taken; give another")
    if faults:
        raise SelectionError(*(Fault("", fault) for fault in faults))


@dataclass
class _Adding:
    """Papers added one after the other, each written before the next is looked up."""

    folder: Path
    slug: str
    said: Mapping[str, str]
    inquiry: Inquiry
    progress: Progress
    bibliography: Bibliography
    also: bool
    dry_run: bool

    def add(self, given: str) -> int:
        """Look the paper up, show it, write it; the exit code."""
        path = self.folder / f"{self.slug}.yaml"
        category = next(each for each in self.bibliography.catalog.categories if each.slug == self.slug)
        today = PartialDate.parse(dt.date.today().isoformat())  # noqa: DTZ011  # the day on the user's own calendar
        said = Listing(**{"id": "", "title": "", "where": str(path), **self.said})  # type: ignore[arg-type]  # fields of text
        try:
            with self.progress:
                addition = add(
                    Wish(given=given, category=category, said=said, today=today, also=self.also), self.bibliography, self.inquiry
                )
        except LeftOutError as error:
            first, *others = error.lines
            for line in (f"{given}: {first}", *(f"  {line}" for line in others)):
                note(line)
            return 3 if error.unreached else 1
        text = _inserted(path, addition)
        put_out("".join(f"{line}\n" for line in _lines(addition, path)))
        if not self.dry_run:
            self._write(path, text, addition)
        for line in _questions(addition):
            note(line)
        self.bibliography = addition.bibliography
        return 0

    def _write(self, path: Path, text: str, addition: Addition) -> None:
        """The row before its work: `enrich` finds the work of a row again, but nothing leads from a work to its row.

        An answer of the person's, which nothing else holds, goes first.
        """
        lock = self.bibliography.lock
        if addition.answered != lock:
            write_file(self.folder / LOCK, dumps_lock(addition.answered))
        write_file(path, text)
        if addition.outcome.lock != lock:
            write_file(self.folder / LOCK, dumps_lock(addition.outcome.lock))


def _inserted(path: Path, addition: Addition) -> str:
    """The category's file with the listing in it."""
    if not os.path.exists(path):  # a category without rows has no file
        return dumps_listings([addition.listing])
    try:
        return insert(read_text(path, CatalogError), [(addition.listing, addition.after)])
    except CatalogError as error:
        raise CatalogError(*(Fault(fault.where or str(path), fault.message) for fault in error.faults)) from None


def _lines(addition: Addition, path: Path) -> Iterator[str]:
    """The work that was found, and the listing as it stands in the file."""
    record = addition.record
    yield f"title      {plain(record.work.title)}"
    yield f"authors    {'; '.join(map(str, record.work.authors)) or '(not known)'}"
    if record.published:
        yield f"published  {_place(record.published)}"
    if record.preprint:
        yield f"preprint   {_place(record.preprint)}"
    yield from (f"note       {each}" for finding in record.evidence.found for each in finding.notes)
    yield f"key        {addition.outcome.lock.listings[addition.listing.id]}"
    yield ""
    yield f"{path}, {f'behind {addition.after}' if addition.after else 'first'}:"
    yield from dumps_listings([addition.listing]).splitlines()


def _place(work: Work) -> str:
    """Where and when, and the identifier."""
    where = work.container_title or ("arXiv" if work.arxiv_id else work.publisher)
    return ", ".join(filter(None, (where, str(work.issued or ""), work.arxiv_id or work.doi)))


def _questions(addition: Addition) -> Iterator[str]:
    """What a person must decide of the new listing."""
    outcome = addition.outcome
    asked = [(listing, candidate) for listing, candidate in unsaid(outcome.lock) if listing in outcome.in_question]
    for listing, candidate in asked:
        yield f"{listing}: is it {candidate.source} {candidate.record}, {candidate.title!r}? {candidate.reason}"
    if asked:
        yield "decide with: llm4rs-bib enrich --interactive"
