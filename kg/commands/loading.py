"""`kg load` and `kg remove`: documents, knowledge sources and RDF into the graph, and out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.imports.values import SourceReport
    from kg.loading import LoadReport

_FORMATS = ("extractions", "rdf", "kgx", "sssom", "drugmechdb", "pubtator", "bioc", "indra")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS),
              help="What the files are (default: found by name and content).")  # fmt: skip
@click.option("--source", "name", metavar="NAME",
              help="Short name of the knowledge source (default: told by the files).")  # fmt: skip
@click.option("--source-title", "title", default="", help="Title of the source.")
@click.option("--source-version", "version", default="", help="Version of the source.")
@click.option("--source-licence", "licence", default="", help="Licence of the source.")
@click.option("--source-iri", "iri", default="", help="Address of the source.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="YAML file that tells what classes and predicates of RDF mean.")  # fmt: skip
@click.option("--graph", metavar="IRI", help="Named graph for RDF triples.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@settings_options
def load(
    files: tuple[Path, ...],
    *,
    form: str | None,
    name: str | None,
    title: str,
    version: str,
    licence: str,
    iri: str,
    mapping: Path | None,
    graph: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """Load documents, knowledge sources or RDF into the graph.

    FILES are extraction JSON Lines, whose documents take the place of what the graph held of them;
    edges and mappings of knowledge bases (KGX tables or JSON Lines, SSSOM, DrugMechDB, PubTator,
    BioC, INDRA statements, or RDF with a --mapping), which take the place of what it held of that
    source; or plain RDF, which goes into a named graph of its own, named by --graph or after the
    file (N-Quads and TriG keep their graphs). A folder stands for all files in it.
    """
    from rich.console import Console

    from kg.errors import KgError
    from kg.files.kinds import read_file
    from kg.files.streams import find_files
    from kg.imports.detecting import format_of
    from kg.imports.loading import load_source
    from kg.imports.mapped_rdf import load_mapping
    from kg.imports.reading import group_files, read_items
    from kg.imports.values import Source
    from kg.loading import LoadReport, load_extractions
    from kg.publishing import publish, writing
    from kg.store.imports import load_rdf
    from kg.terminology.serving import open_terminology

    paths = [
        found
        for path in files
        for found in find_files(path)
        if found == path or not found.name.startswith("_")  # an index of the others
    ]
    kinds, unknown = {}, list[tuple[str, "KgError"]]()
    for path in paths:
        try:
            kinds[path] = format_of(path, form)
        except KgError as error:
            unknown.append((str(path), error))
    if unknown and not kinds:
        raise unknown[0][1]
    means = load_mapping(mapping) if mapping else None
    told = Source(name or "", title, version, licence, iri)
    whole = ("extractions", "rdf") if means is None else ("extractions",)
    groups = group_files(((p, k) for p, k in kinds.items() if k not in whole), told, means)
    report, quads, sources = LoadReport(failed=unknown), 0, list["SourceReport"]()
    terminology = open_terminology(settings.data)
    with writing(settings) as store, Console(stderr=True).status("") as status:
        for path in (path for path, kind in kinds.items() if kind in whole):
            if kinds[path] == "extractions":
                report += load_extractions(
                    store,
                    read_file(path, report.failed),
                    terminology=terminology,
                    progress=lambda done, name=path.name: status.update(  # type: ignore[misc]
                        f"{name}: {done} documents"
                    ),
                )
            else:
                quads += load_rdf(store, path, graph)
        for group in groups:
            loaded = load_source(
                store,
                group.source,
                read_items(group, kinds, means),
                terminology=terminology,
                progress=lambda done, name=group.source.name: status.update(  # type: ignore[misc]
                    f"{name}: {done} edges"
                ),
            )
            sources.append(loaded)
        changed = [*report.added, *report.replaced]
        concepts = report.concepts.union(*(loaded.concepts for loaded in sources))
        publish(store, settings, changed=changed, concepts=concepts, other=bool(quads))
    return _show(report, sources, quads, as_json)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID|SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@settings_options
def remove(names: tuple[str, ...], as_json: bool, settings: Settings) -> int:
    """Remove documents or knowledge sources, with all that only they support.

    A document is named as pubmed:22456094, a source as drugmechdb or source:drugmechdb.
    """
    from kg.imports.loading import remove_source
    from kg.imports.sources import read_sources
    from kg.loading import remove_documents
    from kg.publishing import publish, writing
    from kg.store.opening import open_store
    from kg.terminology.serving import open_terminology
    from kg.vocab import SOURCE

    open_store(settings, read_only=True).close()  # where there is no graph, none is made
    terminology = open_terminology(settings.data)
    with writing(settings) as store:
        known = read_sources(store)
        wanted = [n for n in names if n in known or n.startswith(SOURCE)]
        sources, failed = [], list[tuple[str, "KgError"]]()
        for one in dict.fromkeys(wanted):
            if one.removeprefix(SOURCE) in known:
                sources.append(remove_source(store, one, terminology=terminology))
            else:
                failed.append((one, _no_source(one)))
        documents = [n for n in names if n not in wanted]
        report = remove_documents(store, documents, terminology=terminology)
        report.failed += failed
        if report.removed or sources:
            concepts = report.concepts.union(*(removed.concepts for removed in sources))
            publish(store, settings, removed=report.removed, concepts=concepts)
    return _show(report, sources, 0, as_json)


def _no_source(name: str) -> KgError:
    from kg.errors import NotFoundError

    return NotFoundError("no such source in the graph", where=name, remedy="see kg stats")


def _show(report: LoadReport, sources: list[SourceReport], quads: int, as_json: bool) -> int:
    """Print what was done; the exit status."""
    failed = [*report.failed, *(wrong for loaded in sources for wrong in loaded.failed)]
    counts = report.counts() | ({"quads": quads} if quads else {})
    counts["failed"] = len(failed)
    for where, error in failed:
        line = str(error)
        click.echo(f"kg: {line if line.startswith(where) else f'{where}: {line}'}", err=True)
    told = [_told(loaded) for loaded in sources]
    if as_json:
        problems = [{"document": where, "error": str(error)} for where, error in failed]
        more = {"sources": told} if told else {}
        click.echo(json.dumps(counts | more | {"failures": problems}, ensure_ascii=False))
        return 1 if failed else 0
    for source in told:
        parts = (
            f"{source[name]} {name}" for name in ("edges", "mappings", "left_out") if source[name]
        )
        click.echo(f"{source['source']}: {', '.join(parts).replace('_', ' ') or source['change']}")
    if not told or any(counts[name] for name in counts if name != "failed") or failed:
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items() if count) or "—")
    return 1 if failed else 0


def _told(loaded: SourceReport) -> dict[str, Any]:
    gone = loaded.parts.get("removed") and not (loaded.edges or loaded.mappings)
    return {
        "source": loaded.source, "edges": loaded.edges, "mappings": loaded.mappings,
        "left_out": sum(loaded.left_out.values()), "left_out_by_reason": loaded.left_out,
        "change": "removed" if gone else "changed" if loaded.changed else "unchanged",
    }  # fmt: skip
