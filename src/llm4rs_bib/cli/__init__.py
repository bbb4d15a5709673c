"""The command line: the only place that prints, writes the user's files and chooses exit codes."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from .. import __version__
from ..errors import BibError, Fault, SelectionError, unknown
from .session import FilePath, Session, explain

# Command → module here, loaded when the command is called: some bring libraries that take long to load.
_COMMANDS = {
    "import": "import_",
    "add": "add",
    "enrich": "enrich",
    "curate": "curate",
    "export": "export",
    "show": "show",
    "list": "list_",
    "drift": "drift",
    "styles": "styles",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002  # as above
        if cmd_name not in _COMMANDS:
            raise SelectionError(Fault("", unknown("command", cmd_name, _COMMANDS)))
        command: click.Command = import_module(f".{_COMMANDS[cmd_name]}", __package__).command
        return command


@click.command(cls=_Commands, context_settings={"auto_envvar_prefix": "LLM4RS_BIB", "help_option_names": ["-h", "--help"]})
@click.option("--catalog", metavar="DIR", type=FilePath(path_type=Path), help="The catalog's folder [default: ./catalog].")
@click.version_option(__version__, package_name="llm4rs-bib", message="%(prog)s %(version)s", allow_from_autoenv=False)
@click.pass_context
def cli(ctx: click.Context, catalog: Path | None) -> None:
    """Turn an awesome list of papers into a bibliography that is right.

    Commands that only read use the built-in list where there is no catalog.
    """
    ctx.obj = Session(catalog)


def main() -> NoReturn:
    """The command `llm4rs-bib`."""
    gc.disable()  # nearly all that a run makes stays to its end: looking for garbage takes a quarter of the time
    code = run()
    if sys.stderr:
        sys.stderr.flush()
    os._exit(code)  # standard output is flushed; taking down every module would take a tenth of the time


def run() -> int:
    """Run the command of `sys.argv`; the exit code. A user's mistake is one line on standard error and 2, never a traceback."""
    try:
        code: int = cli.main(prog_name="llm4rs-bib", standalone_mode=False) or 0
        if sys.stdout:
            sys.stdout.flush()
    except BibError as error:
        explain(error)
        return 2
    except click.ClickException as error:
        click.echo(_explained(error), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("llm4rs-bib: stopped", err=True)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        return 1
    except OSError as error:
        click.echo(f"{error.filename or 'standard output: cannot be written'}: {error.strerror}", err=True)
        return 2
    return code


def _explained(error: click.ClickException) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "llm4rs-bib"
    return f"{path}: {error.format_message()} (see {path} --help)"
