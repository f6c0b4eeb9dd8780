"""Subcommands of this package; each module brings its own, heavy imports wait until one runs."""

import click

from kg.commands.asking import ask, explain
from kg.commands.looking import search, show
from kg.commands.querying import queries, query

COMMANDS: tuple[click.Command, ...] = (ask, explain, queries, query, search, show)
