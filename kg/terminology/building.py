"""All rows that there are, gathered, merged and compiled, with the manifest that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.errors import NotFoundError, TermError
from kg.model import MENTION_TYPES
from kg.terminology.compiled import Concepts, open_concepts
from kg.terminology.compiling import compile_concepts
from kg.terminology.gathering import Conflict, Gathered
from kg.terminology.keeping import (
    KeptSource,
    list_sources,
    read_definitions,
    read_mappings,
    read_names,
    read_parents,
)
from kg.terminology.merging import Merged, merge
from kg.terminology.rows import NAME_LANGUAGES, Row
from kg.terminology.starter import starter_mark, starter_rows
from kg.terminology.versions import Version

CONFLICTS = "conflicts.tsv"
_OF_TEXTS = ("pubtator",)  # formats
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """Compiled concepts, what the manifest says of them, and on what their sources disagree."""

    concepts: Concepts
    manifest: dict[str, Any]
    conflicts: tuple[Conflict, ...]

    def save(self, folder: Path) -> None:
        """Write the concepts and the list of conflicts into a folder."""
        self.concepts.save(folder)
        lines = ["kind\tsubject\tobject\tground", *("\t".join(c) for c in self.conflicts)]
        text = "".join(f"{line}\n" for line in lines)
        (folder / CONFLICTS).write_text(text, encoding="utf-8")


def build_concepts(
    sources: Iterable[tuple[str, Iterable[Row]]] = (), *, told: Told = lambda _: None
) -> Built:
    """The starter terminology and all sources as concepts.

    Parameters
    ----------
    sources : name and rows of each; of equal claims that of the first counts
    told : called with what is being done

    Raises
    ------
    InputError, TermError
        where rows cannot be read.
    """
    gathered = Gathered()
    try:
        gathered.add(starter_rows(), starter=True)
    except ValueError as error:  # ontologies.files.TermFileError, which knows no error of ours
        raise TermError(str(error)) from error
    for name, rows in sources:
        told(f"reading {name}")
        gathered.add(rows)
    told(f"merging {len(gathered.identifiers):,} identifiers")
    merged = merge(gathered)
    told(f"compiling {len(gathered.texts):,} names")
    concepts = compile_concepts(gathered, merged)
    return Built(concepts, _manifest(gathered, merged, concepts), merged.conflicts)


def imported_rows(
    data: Path, *, without: Collection[str] = ()
) -> tuple[tuple[str, Iterable[Row]], ...]:
    """Name and rows of each imported source of a data directory, by name, but for some.

    Names that were read in texts come last: vocabularies know better what type a concept is of.

    Raises
    ------
    NotFoundError
        where one of these was not imported.
    """
    kept = list_sources(data)
    if unknown := sorted(set(without) - {source.name for source in kept}):
        raise NotFoundError(
            f"no source {unknown[0]!r} was imported", where=str(data),
            remedy="kg lexicon sources --imported lists what there is",
        )  # fmt: skip
    ordered = sorted(kept, key=_is_read_in_texts)
    return tuple((source.name, _rows(source)) for source in ordered if source.name not in without)


def _is_read_in_texts(source: KeptSource) -> bool:
    return any(file.format in _OF_TEXTS for file in source.files)


def _rows(source: KeptSource) -> Iterator[Row]:
    for read in (read_names, read_mappings, read_parents, read_definitions):
        yield from read(source)


def open_built(found: Version) -> Concepts:
    """The concepts of a version.

    Raises
    ------
    InputError
        where its files are broken.
    """
    return open_concepts(found.folder, tuple(found.manifest["source_names"]))


def _manifest(gathered: Gathered, merged: Merged, concepts: Concepts) -> dict[str, Any]:
    names: dict[str, Counter[str]] = {kind: Counter() for kind in MENTION_TYPES}
    for entry in range(concepts.entry_count):
        kind = concepts.type(concepts.concept_of(entry))
        names[kind][NAME_LANGUAGES[concepts.language_number(entry)]] += 1
    kinds = Counter(concepts.rows["type"])
    return {
        "software": version("parallax-kg"),
        "starter": starter_mark(),
        "source_names": list(concepts.sources),
        "sources": [
            {"name": s.name, "version": s.version, "licence": s.licence}
            | dict(sorted(gathered.counts[s.name].items()))
            for s in gathered.sources
        ],
        "concepts": {kind: kinds[number] for number, kind in enumerate(MENTION_TYPES)},
        "names": {
            kind: {language: names[kind][language] for language in NAME_LANGUAGES}
            for kind in MENTION_TYPES
        },
        "parents": len(concepts.rows["parent"]),
        "definitions": len(concepts.rows["definition_end"]),
        "joined": merged.joined,
        "conflicts": dict(sorted(Counter(conflict.kind for conflict in merged.conflicts).items())),
        "left_out": dict(sorted(gathered.left_out.items())),
    }
