"""Subcommands of the readers."""

import click

from extractors.commands.build import build
from extractors.commands.evaluate import evaluate
from extractors.commands.extract import extract
from extractors.commands.lexicon import lexicon  # the group of kg.commands, with more commands
from extractors.commands.mining import mine as mine  # of that group
from extractors.commands.readers import readers
from extractors.commands.schema import schema
from extractors.commands.train import train

COMMANDS: tuple[click.Command, ...] = (build, evaluate, extract, lexicon, readers, schema, train)
