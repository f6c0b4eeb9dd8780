"""`kg load` and `kg remove`: documents and RDF into the graph, and out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.loading import LoadReport


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--graph", metavar="IRI", help="Named graph for RDF triples.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@settings_options
def load(files: tuple[Path, ...], graph: str | None, as_json: bool, settings: Settings) -> int:
    """Load extraction JSON Lines or RDF files into the graph.

    Documents take the place of what the graph held of them. RDF goes into a named graph of its own,
    named by --graph or after the file; N-Quads and TriG keep their graphs.
    """
    from rich.console import Console

    from kg.files.kinds import FileKind, kind_of, read_file
    from kg.loading import LoadReport, load_extractions
    from kg.publishing import publish, writing
    from kg.store.imports import load_rdf
    from kg.terminology.serving import open_terminology

    kinds = [kind_of(path) for path in files]
    report, quads = LoadReport(), 0
    terminology = open_terminology(settings.data)
    with writing(settings) as store:
        for path, kind in zip(files, kinds, strict=True):
            if kind is FileKind.EXTRACTIONS:
                with Console(stderr=True).status(path.name) as status:
                    report += load_extractions(
                        store,
                        read_file(path, report.failed),
                        terminology=terminology,
                        progress=lambda done, name=path.name, show=status: show.update(  # type: ignore[misc]
                            f"{name}: {done} documents"
                        ),
                    )
            else:
                quads += load_rdf(store, path, graph)
        changed = [*report.added, *report.replaced]
        publish(store, settings, changed=changed, concepts=report.concepts, other=bool(quads))
    _show(report, quads, as_json)
    return 1 if report.failed else 0


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="ID...")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@settings_options
def remove(documents: tuple[str, ...], as_json: bool, settings: Settings) -> int:
    """Remove documents, such as pubmed:22456094, with all that only they support."""
    from kg.loading import remove_documents
    from kg.publishing import publish, writing
    from kg.store.opening import open_store
    from kg.terminology.serving import open_terminology

    open_store(settings, read_only=True).close()  # where there is no graph, none is made
    with writing(settings) as store:
        report = remove_documents(store, documents, terminology=open_terminology(settings.data))
        if report.removed:
            publish(store, settings, removed=report.removed, concepts=report.concepts)
    _show(report, 0, as_json)
    return 1 if report.failed else 0


def _show(report: LoadReport, quads: int, as_json: bool) -> None:
    counts = report.counts() | ({"quads": quads} if quads else {})
    for where, error in report.failed:
        line = str(error)
        click.echo(f"kg: {line if line.startswith(where) else f'{where}: {line}'}", err=True)
    if as_json:
        failed = [{"document": where, "error": str(error)} for where, error in report.failed]
        click.echo(json.dumps(counts | {"failures": failed}, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items() if count) or "—")
