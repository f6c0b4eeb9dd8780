"""Files of knowledge bases as sources: which files belong together, and what each source holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, KgError
from kg.imports import annotated, drugmechdb, indra, kgx, mapped_rdf, sssom
from kg.imports.detecting import FileFormat
from kg.imports.mapped_rdf import RdfMapping
from kg.imports.sources import source_name
from kg.imports.values import Item, Source

_READERS: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    "drugmechdb": drugmechdb.read, "sssom": sssom.read, "indra": indra.read,
    "pubtator": annotated.read_pubtator, "bioc-json": annotated.read_bioc_json,
    "bioc-xml": annotated.read_bioc_xml,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of one source, of one kind."""

    source: Source
    kind: FileFormat
    paths: tuple[Path, ...]
    kinds: frozenset[FileFormat] = frozenset()


def group_files(
    files: Iterable[tuple[Path, FileFormat]], given: Source, mapping: RdfMapping | None = None
) -> tuple[SourceFiles, ...]:
    """The files by the source that they belong to, in their order.

    Parameters
    ----------
    given : what the user tells of the source; where it has a name, all files are of it
    mapping : how RDF is read
    """
    groups: dict[str, SourceFiles] = {}
    for path, kind in files:
        source = given.completed(_described(path, kind, mapping))
        known = groups.get(source.name)
        groups[source.name] = SourceFiles(
            known.source if known else source,
            kind,
            (*(known.paths if known else ()), path),
            (known.kinds if known else frozenset()) | {kind},
        )
        if known and known.kind.partition("-")[0] != kind.partition("-")[0]:
            raise InputError(
                f"is {kind}, and other files of {source.name} are {known.kind}", where=str(path),
                remedy="load them one after the other, each with its own --source",
            )  # fmt: skip
    for group in groups.values():
        if group.kinds == {"kgx-nodes"}:
            raise InputError(
                "nodes without edges", where=str(group.paths[0]),
                remedy="give the file of edges with it, or name both of one --source",
            )  # fmt: skip
    return tuple(groups.values())


def read_items(
    files: SourceFiles, kinds: Mapping[Path, FileFormat], mapping: RdfMapping | None = None
) -> Iterator[Item]:
    """What the files of a source hold; a file that cannot be read comes as its error."""
    if files.kind.startswith("kgx"):
        sides: dict[str, list[Path]] = {"kgx-nodes": [], "kgx-edges": []}
        for path in files.paths:
            sides[kinds[path]].append(path)
        yield from _guarded(kgx.read(sides["kgx-nodes"], sides["kgx-edges"]), files.source.name)
        return
    for path in files.paths:
        if kinds[path] == "rdf" and mapping is not None:
            yield from _guarded(mapped_rdf.read(path, mapping), str(path))
        else:
            yield from _guarded(_READERS[kinds[path]](path), str(path))


def _guarded(items: Iterator[Item], where: str) -> Iterator[Item]:
    try:
        yield from items
    except KgError as error:
        yield error if error.where else type(error)(error.what, where=where, remedy=error.remedy)


def _described(path: Path, kind: FileFormat, mapping: RdfMapping | None) -> Source:
    """What a file tells of its own source."""
    stem = path.name.partition(".")[0]
    if kind == "drugmechdb":
        return drugmechdb.SOURCE
    if kind == "sssom":
        return sssom.source(path)
    if kind == "indra":
        return Source("indra", title="INDRA", iri="https://indra.bio/", infores="infores:indra")
    if kind == "rdf" and mapping is not None and mapping.source.name:
        return mapping.source
    for ending in ("_nodes", "_edges", "-nodes", "-edges"):
        stem = stem.removesuffix(ending)
    named = Source(source_name(stem))
    return replace(named, title=stem)
