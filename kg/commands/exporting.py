"""`kg export`: the graph for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.settings import Settings, settings_options

FORMATS = ("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml")


@click.command()
@click.argument("format", type=click.Choice(FORMATS))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="NAME",
    help="Only this graph: statements, terminology, ontology, documents, a document or an IRI "
    "(may be repeated).",
)
@settings_options
def export(format: str, output: Path | None, graphs: tuple[str, ...], settings: Settings) -> None:
    """Write the graph in an RDF format, to a file or to standard output."""
    from kg.export.rdf import export_rdf
    from kg.files.replacing import replacing
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        if output is None:
            export_rdf(store, format, sys.stdout.buffer, graphs=graphs)
        else:
            with replacing(output) as out:
                export_rdf(store, format, out, graphs=graphs)
