"""The terminology from which the graph takes names, parents and definitions of its concepts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import cast

from kg.model import LANGUAGES, Language
from kg.rdf.terminology import Concept, Terminology
from kg.terminology.building import open_built
from kg.terminology.compiled import Concepts
from kg.terminology.listed import starter_terms
from kg.terminology.versions import compiled_folder, current_version

_KEPT = 1 << 13  # concepts used of late; those above many come again and again
_OTHER_NAMES = ("exact", "abbreviation")


def open_terminology(data: Path) -> Terminology:
    """The compiled terminology of a data directory; where none was built, the starter's list.

    Raises
    ------
    InputError
        where it is broken, or was made by another version of Parallax.
    """
    version = current_version(compiled_folder(data))
    return starter_terms() if version is None else CompiledTerms(open_built(version))


class CompiledTerms:
    """The concepts of a compiled terminology, looked up by any of their identifiers.

    An identifier that is not the concept's own gives the names of the concept, and all that they
    have in common as mappings, and keeps itself: what documents say is not rewritten.
    """

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts
        self._kept = lru_cache(_KEPT)(self._find)

    def concept(self, curie: str) -> Concept | None:
        """The concept of a CURIE; None where no source has it."""
        return self._kept(curie)

    def own_curie(self, curie: str) -> str:
        """The CURIE by which the concept of an identifier goes; the same where none has it."""
        number = self._concepts.find(curie)
        return curie if number is None else self._concepts.curie(number)

    def _find(self, curie: str) -> Concept | None:
        known = self._concepts
        number = known.find(curie)
        if number is None:
            return None
        labels: dict[Language, str] = {}
        synonyms: set[tuple[Language, str]] = set()
        hidden: set[tuple[Language, str]] = set()
        for entry in known.entries(number):
            name = known.name(entry)
            for language in _languages(name.language):
                if name.scope == "label" and labels.setdefault(language, name.text) == name.text:
                    continue
                named = name.scope in ("label", *_OTHER_NAMES)
                (synonyms if named else hidden).add((language, name.text))
        chosen = set(labels.items())
        same = (("skos:exactMatch", other) for other in known.identifiers(number) if other != curie)
        parents = (above for above, relation in known.parents(number) if relation == "is_a")
        return Concept(
            curie,
            known.type(number),
            tuple(sorted(chosen)),
            tuple(sorted(synonyms - chosen)),
            tuple(sorted(hidden - synonyms - chosen)),
            tuple(sorted({*same, *known.near(number)} - {("skos:closeMatch", curie)})),
            tuple(sorted(map(known.curie, parents))),
            tuple(
                (language, words)
                for given, words in known.definitions(number)
                for language in _languages(given)
            ),
        )


def _languages(given: str) -> tuple[Language, ...]:
    return LANGUAGES if given == "mul" else (cast(Language, given),)
