"""A module imports only from lines above its own: see docs/design.md."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src" / "llm4rs_bib"
LAYERS = [
    {"model", "errors"},
    {"text", "jsontext", "data", "proper_names"},
    {"markdown", "ids"},
    {"capitals", "labels", "venues", "names", "markup"},
    {"latex", "likeness", "habits", "sources"},
    {"titles", "venuelabels", "store", "csl"},
    {"match"},
    {"overrides", "lookup", "http"},
    {"catalog", "readers", "desk", "merge", "papers", "fetch"},
    {"schema", "awesome", "listingid", "citekey", "entries", "inquiry"},
    {"checked", "newrow"},
    {"update", "imported", "curate", "enrich"},
    {"addition", "drift"},
    {"export"},
    {""},  # the package itself: the public names
    {"cli"},
    {"__main__"},
]
MODULES = sorted(PACKAGE.rglob("*.py"))
OWN = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in MODULES}


def layer(module):
    return next(i for i, names in enumerate(LAYERS) if module in names)


def imports(path):
    """The modules of ours that a file imports, by their first name below the package."""
    here = path.relative_to(PACKAGE).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*here[: len(here) - node.level], *(node.module or "").split(".")]
            base = [part for part in base if part]
            yield from ([base[0]] if base else [alias.name if alias.name in OWN else "" for alias in node.names])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    own = path.relative_to(PACKAGE).with_suffix("").parts[0].replace("__init__", "")
    for imported in imports(path):
        assert imported == own or layer(imported) < layer(own), f"{own} imports {imported}"


def test_only_one_module_knows_pyyaml_and_only_the_command_line_prints():
    users = {path.relative_to(PACKAGE).as_posix() for path in MODULES if "import yaml" in path.read_text()}
    assert {"catalog/yamltree.py"} == users
    assert {path.parent.name for path in MODULES if set(names(path)) & {"print", "stdout", "exit"}} == {"cli"}


def test_only_one_module_opens_connections_and_nothing_below_the_desk_knows_the_clock():
    users = {path.relative_to(PACKAGE).parts[0] for path in MODULES if {"httpx2", "socket", "urlopen"} & set(names(path))}
    assert users == {"http"}
    pure = ("names", "markup", "likeness", "match", "lookup", "merge", "papers", "desk", "inquiry", "enrich")
    paths = [path for path in MODULES if path.parent.name == "sources" or (path.parent == PACKAGE and path.stem in pure)]
    assert not {path.name: found for path in paths if (found := set(names(path)) & {"now", "today", "time", "sleep", "open"})}


def names(path):
    """The names that a module calls or looks up."""
    for node in ast.walk(ast.parse(path.read_text())):
        yield from [node.id] if isinstance(node, ast.Name) else [node.attr] if isinstance(node, ast.Attribute) else []
