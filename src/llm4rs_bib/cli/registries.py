"""How the registries are reached: addresses, pace and kept answers, from the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from ..desk import Fetch
from ..fetch import Ages, Online
from ..http import Client, Host
from ..sources import SOURCES, arxiv, crossref, openalex
from ..store import Store
from .progress import Progress


@dataclass(frozen=True)
class Registries:
    """Where they are, how fast they may be asked, and where their answers are kept."""

    addresses: Mapping[str, str]  # source → address
    intervals: Mapping[str, float]  # source → seconds between requests, until it says otherwise
    parameters: Mapping[str, Mapping[str, str]]  # source → what goes into each of its queries
    cache: Path
    mailto: str | None

    @classmethod
    def from_environment(cls, mailto: str | None) -> Registries:
        """The registries; UsageError for a variable that makes no sense."""
        from platformdirs import user_cache_path  # only here

        key = os.environ.get("LLM4RS_BIB_OPENALEX_KEY")
        addresses = {
            arxiv.NAME: _address("LLM4RS_BIB_ARXIV_URL", arxiv.ADDRESS),
            crossref.NAME: _address("LLM4RS_BIB_CROSSREF_URL", crossref.ADDRESS),
            openalex.NAME: _address("LLM4RS_BIB_OPENALEX_URL", openalex.ADDRESS),
        }
        return cls(
            addresses={name: address for name, address in addresses.items() if key or name != openalex.NAME},
            intervals={crossref.NAME: 1.0, arxiv.NAME: _interval(), openalex.NAME: openalex.INTERVAL},
            parameters={crossref.NAME: {"mailto": mailto} if mailto else {}, openalex.NAME: {"api_key": key or ""}},
            cache=Path(os.environ.get("LLM4RS_BIB_CACHE") or user_cache_path("llm4rs-bib")),
            mailto=mailto,
        )

    @contextmanager
    def online(self, store: Store, ages: Ages, progress: Progress) -> Iterator[Fetch]:
        """Ask them, politely; `progress` is told when one has us wait."""
        with Client(self._hosts(), store, mailto=self.mailto, on_wait=progress.wait) as client:
            progress.left = client.left
            yield Online(store, ages, client)

    def _hosts(self) -> Iterator[Host]:
        for name in self.addresses:
            yield Host(name, SOURCES[name].answers, self.intervals[name], name == crossref.NAME, self.parameters.get(name, {}))


def mail_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001  # click's signature
    """An option's value as an e-mail address; a usage error for what is none."""
    address = (value or "").strip()
    if address and ("@" not in address.strip("@") or any(c.isspace() for c in address)):
        raise click.BadParameter(f"{address!r} is no e-mail address")
    return address or None


def _address(variable: str, default: str) -> str:
    address = os.environ.get(variable) or default
    if not address.startswith(("http://", "https://")):
        raise click.UsageError(f"{variable} is {address!r}; it must begin with https:// or http://")
    return address


def _interval() -> float:
    written = os.environ.get("LLM4RS_BIB_ARXIV_INTERVAL") or str(arxiv.INTERVAL)
    try:
        interval = float(written)
    except ValueError:
        interval = -1.0
    if not 0 < interval < 3600:
        raise click.UsageError(f"LLM4RS_BIB_ARXIV_INTERVAL is {written!r}; it must be a number of seconds, such as 3")
    return interval
