"""Registries of papers: a module each, and a line here."""

from collections.abc import Mapping

from . import arxiv, crossref, openalex
from .base import Ask, Reading, RegistryRecord, Request, Source

SOURCES: Mapping[str, Source] = {arxiv.NAME: arxiv, crossref.NAME: crossref, openalex.NAME: openalex}

__all__ = ["SOURCES", "Ask", "Reading", "RegistryRecord", "Request", "Source"]
