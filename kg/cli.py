"""The one command, `kg`: it collects subcommands from the entry-point group ``kg.commands``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import Any

import click

from kg.errors import KgError
from kg.settings import Settings, settings_from_environment

GROUP = "kg.commands"


class KgGroup(click.Group):
    """A group whose commands are what installed packages offer; loaded only when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all subcommands, sorted."""
        return sorted(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, or None."""
        return self._commands().get(cmd_name)

    def _commands(self) -> dict[str, click.Command]:
        if not self.commands:
            for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
                for command in _load(entry):
                    self.commands[command.name or ""] = command
        return dict(self.commands)


def _load(entry: EntryPoint) -> Sequence[click.Command]:
    try:
        loaded: Sequence[click.Command] = entry.load()
    except ImportError as error:
        raise KgError(
            f"its commands cannot be loaded ({error})",
            where=entry.value,
            remedy="reinstall the package that offers it",
        ) from error
    return loaded


@click.command(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("parallax-kg"), prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="Data directory (default ./kg-data, or KG_DATA).",
)  # fmt: skip
@click.option("--store", default=None, metavar="URL", help="A SPARQL 1.1 server (or KG_STORE).")
@click.pass_context
def kg(ctx: click.Context, *, debug: bool, data: Path | None, store: str | None) -> None:
    """Parallax: a bilingual biomedical knowledge graph.

    Read abstracts in English and Chinese, keep what they state with its evidence, and ask.
    """
    base = settings_from_environment()
    ctx.obj = Settings(data or base.data, store or base.store, debug)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg`; the exit status is 0, 1 on an error, 2 on wrong usage, 3 on violations."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result: Any = kg.main(args=words, prog_name="kg", standalone_mode=False)
    except KgError as error:
        if "--debug" in words:
            raise
        click.echo(f"kg: {error}", err=True)
        return 1
    except click.exceptions.Abort:
        click.echo("kg: stopped", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return _stop_writing()
    except OSError as error:
        if "--debug" in words:
            raise
        click.echo(f"kg: {_failed(error)}", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _failed(error: OSError) -> KgError:
    """What the system refused, as one line."""
    where = str(error.filename or "")
    remedy = "check that the path may be used and the disk has room"
    return KgError(error.strerror or str(error), where=where, remedy=remedy)


def _stop_writing() -> int:
    """0, with standard output sent nowhere: its reader, such as head, has enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run() -> None:
    """Run `kg` as a program: `main`, then exit with its status."""
    status = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_writing()
    sys.exit(status)


if __name__ == "__main__":
    run()
