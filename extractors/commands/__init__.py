"""Subcommands of the readers."""

import click

from extractors.commands.extract import extract

COMMANDS: tuple[click.Command, ...] = (extract,)
