"""`kg lexicon mine`: bilingual terms proposed from aligned texts, for a curator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.commands.extract import open_output
from extractors.commands.reading import model_option
from extractors.commands.running import Tally, check_inputs
from extractors.options import ReadingOptions
from kg.commands.lexicon import lexicon
from kg.errors import InputError
from kg.settings import Settings, data_options

if TYPE_CHECKING:
    from extractors.mining.bitext import Unit
    from extractors.mining.writing import Format
    from extractors.readers.records import Failure


@lexicon.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
              help="File to write (default: standard output).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["babelon", "tsv"]), default="babelon",
              show_default=True, help="Table to write.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              metavar="SCORE", help="Leave out pairs that are less probable.")  # fmt: skip
@click.option("--known", is_flag=True, help="Also pairs that the lexicon has.")
@model_option
@data_options
def mine(
    inputs: tuple[str, ...], output: Path | None, form: Format, least: float, settings: Settings,
    reading: ReadingOptions, *, known: bool,
) -> int:  # fmt: skip
    """Propose pairs of an English and a Chinese name from texts in both languages.

    INPUT is what `kg extract` reads or writes; TMX; a TSV table with the columns en and zh; or two
    line-aligned files x.en and x.zh. Each pair comes with its probability, a type, the concept that
    it would name, and sentences in which it stands. In a Babelon table, write OFFICIAL in place of
    CANDIDATE for those that are right, and import it: kg lexicon import mined FILE --format babelon
    """
    from extractors.composition.building import load_composition
    from extractors.mentions.compiling import find_lexicon, load_compiled
    from extractors.mining.bitext import read_units
    from extractors.mining.linking import mine as find_pairs
    from extractors.mining.writing import write_proposals
    from extractors.pipeline import standard_steps

    output = None if output is not None and str(output) == "-" else output
    check_inputs(inputs, output)
    folder, tally = find_lexicon(settings.data), Tally()
    units = _counted(read_units(inputs, standard_steps(replace(reading, lexicon=folder))), tally)
    composition = load_composition(folder)
    proposals = find_pairs(units, load_compiled(folder), composition, least=least)
    if not tally.documents:
        raise InputError(
            "no aligned sentences in both languages", where=", ".join(inputs),
            remedy="give documents in both languages, TMX, a table, or files x.en and x.zh",
        )  # fmt: skip
    if not known:
        proposals = tuple(proposal for proposal in proposals if proposal.standing != "known")
    with open_output(output) as out:
        write_proposals(proposals, out, form)
    click.echo(f"{len(proposals)} pairs from {tally.documents} aligned texts", err=True)
    return 1 if tally.failures else 0


def _counted(items: Iterable[Unit | Failure], tally: Tally) -> Iterator[Unit]:
    """The units, counted; failures are told and left out."""
    from extractors.readers.records import Failure

    for item in items:
        if isinstance(item, Failure):
            tally.fail(item)
        else:
            tally.documents += 1
            yield item
