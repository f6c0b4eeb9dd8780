"""`kg backup` and `kg restore`: copies of the whole graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.settings import Settings, settings_options


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@settings_options
def backup(target: Path, settings: Settings) -> None:
    """Copy the graph to a new directory."""
    from kg.store.copies import backup_store

    backup_store(settings, target)
    click.echo(str(target))


@click.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a graph that is there.")
@settings_options
def restore(source: Path, force: bool, settings: Settings) -> None:
    """Put a backup in the place of the graph; the graph that is there is kept until it is done."""
    from kg.store.copies import restore_store

    count = restore_store(settings, source, force=force)
    click.echo(f"{count} quads")
