"""Subcommands of this package."""

import click

COMMANDS: tuple[click.Command, ...] = ()
