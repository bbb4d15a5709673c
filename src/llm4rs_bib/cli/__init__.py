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
from .session import Session

# Command → module here, loaded when the command is called: some bring libraries that take long to load.
_COMMANDS = {"import": "import_", "curate": "curate", "export": "export", "show": "show", "list": "list_"}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002  # as above
        if cmd_name not in _COMMANDS:
            raise SelectionError(Fault("", unknown("command", cmd_name, _COMMANDS)))
        command: click.Command = import_module(f".{_COMMANDS[cmd_name]}", __package__).command
        return command


@click.command(cls=_Commands, context_settings={"auto_envvar_prefix": "LLM4RS_BIB", "help_option_names": ["-h", "--help"]})
@click.option("--catalog", metavar="DIR", type=click.Path(path_type=Path), help="The catalog's folder [default: ./catalog].")
@click.version_option(__version__, package_name="llm4rs-bib", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, catalog: Path | None) -> None:
    """Turn an awesome list of papers into a bibliography that is right.

    Commands that only read use the built-in list where there is no catalog.
    """
    ctx.obj = Session(catalog)


def main() -> NoReturn:
    """The command `llm4rs-bib`: a user's mistake is one line on standard error and exit code 2, never a traceback."""
    gc.disable()  # nearly all that a run makes stays to its end: looking for garbage takes a quarter of the time
    try:
        code = cli.main(prog_name="llm4rs-bib", standalone_mode=False) or 0
        if sys.stdout:
            sys.stdout.flush()
        sys.exit(code)
    except BibError as error:
        for fault in error.faults:
            click.echo(str(fault) if fault.where else f"llm4rs-bib: {fault.message}", err=True)
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "llm4rs-bib"
        click.echo(f"{path}: {error.format_message()} (see {path} --help)", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("llm4rs-bib: stopped", err=True)
        sys.exit(130)
    except OSError as error:
        _stop_writing()
        if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
            sys.exit(1)
        where = error.filename or "standard output: cannot be written"
        click.echo(f"{where}: {error.strerror}", err=True)
        sys.exit(2)


def _stop_writing() -> None:
    """Let what is left in the buffer of standard output go nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
