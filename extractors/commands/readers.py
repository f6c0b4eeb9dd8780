"""`kg readers`: the readers of other distributions that `--reader` can name."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def readers(*, as_json: bool) -> None:
    """List the installed readers that --reader can name, with what brings them and its version.

    A distribution brings a reader by the entry-point group kg.readers; see docs/readers.md.
    """
    from extractors.external.installed import installed_readers
    from kg.commands.printing import print_table

    found = installed_readers()
    if as_json:
        click.echo(json.dumps([asdict(reader) for reader in found], ensure_ascii=False))
    elif found:
        columns = ["name", "distribution", "version", "place"]
        print_table(columns, [list(asdict(reader).values()) for reader in found])
    else:
        click.echo("no readers are installed beside those of Parallax", err=True)
