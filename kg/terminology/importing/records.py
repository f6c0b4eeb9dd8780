"""What importers say of a concept: its names and mappings as rows, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import MentionType
from kg.terminology.identifiers import curie
from kg.terminology.importing.given import Given
from kg.terminology.rows import MappingRow, NameLanguage, NameRow, Scope

Name = tuple[str, NameLanguage, Scope]


def name_rows(
    concept: str, names: Iterable[Name], given: Given, kind: MentionType | None
) -> Iterator[NameRow]:
    """A row for each name that is not empty and was not said before; `Given.type` goes first."""
    seen: set[tuple[str, NameLanguage]] = set()
    for written, lang, scope in names:
        text = " ".join(written.split())
        if text and (text, lang) not in seen:
            seen.add((text, lang))
            yield NameRow(concept, text, lang, scope, given.type or kind, given.source)


def mapping_rows(
    concept: str, written: Iterable[str], given: Given, predicate: str = "skos:exactMatch"
) -> Iterator[MappingRow]:
    """A row for each identifier of a vocabulary that we know, but for the concept itself."""
    for other in dict.fromkeys(filter(None, map(curie, written))):
        if other != concept:
            yield MappingRow(concept, predicate, other, given.source)


def several(cell: str, separator: str = "|") -> list[str]:
    """The values of a cell that holds several, without the quotes around them.

    >>> several('"ABP1|FOO "'), several("ACF, ASP", ", "), several("-"), several("")
    (['ABP1', 'FOO'], ['ACF', 'ASP'], [], [])
    """
    text = cell.strip().removeprefix('"').removesuffix('"')
    return [part for value in text.split(separator) if (part := value.strip()) and part != "-"]
