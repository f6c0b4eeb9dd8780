"""Subcommands of this package; each module brings its own, heavy imports wait until one runs."""

import click

from kg.commands.asking import ask, explain
from kg.commands.checking import stats, validate
from kg.commands.comparing import diff
from kg.commands.curating import curate, curations
from kg.commands.differing import discrepancies
from kg.commands.documents import document
from kg.commands.downloading import download as download  # joins kg lexicon
from kg.commands.exporting import export
from kg.commands.keeping import backup, restore
from kg.commands.lexicon import lexicon
from kg.commands.loading import load, remove
from kg.commands.looking import search, show
from kg.commands.notices import notices
from kg.commands.querying import queries, query
from kg.commands.rating import rates

COMMANDS: tuple[click.Command, ...] = (
    ask, backup, curate, curations, diff, discrepancies, document, explain, export, lexicon, load,
    notices, queries, query, rates, remove, restore, search, show, stats, validate,
)  # fmt: skip
