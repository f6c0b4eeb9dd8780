"""A list of terms as the terminology of the graph; the starter terminology is one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg.model import LANGUAGES, Language
from kg.rdf.terminology import Concept
from ontologies.hierarchy import load_hierarchy
from ontologies.mappings import load_mappings
from ontologies.terms import TermRow, load_terms


class TermList:
    """The concepts of a term list, looked up by CURIE.

    Examples
    --------
    >>> dict(starter_terms().concept("mesh:D016559").labels)["zh"]
    '他克莫司'
    """

    def __init__(
        self,
        rows: Iterable[TermRow],
        mappings: Iterable[tuple[str, str, str]] = (),
        parents: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._rows: dict[str, list[TermRow]] = {}
        for row in rows:
            self._rows.setdefault(row.curie, []).append(row)
        self._mappings: dict[str, list[tuple[str, str]]] = {}
        self._same: dict[str, str] = {}
        for subject, predicate, object_ in mappings:
            self._mappings.setdefault(subject, []).append((predicate, object_))
            if predicate == "skos:exactMatch" and subject in self._rows:
                self._same.setdefault(object_, subject)
        self._parents: dict[str, set[str]] = {}
        for child, parent in parents:
            self._parents.setdefault(child, set()).add(parent)

    def own_curie(self, curie: str) -> str:
        """The CURIE by which the concept of an identifier goes; the same where none has it.

        >>> starter_terms().own_curie("CHEBI:61049")
        'mesh:D016559'
        """
        return curie if curie in self._rows else self._same.get(curie, curie)

    def concept(self, curie: str) -> Concept | None:
        """The concept of a CURIE; None where the terminology does not have it."""
        rows = self._rows.get(curie)
        if rows is None:
            return None
        labels: dict[Language, str] = {}
        synonyms: list[tuple[Language, str]] = []
        hidden: list[tuple[Language, str]] = []
        for row in rows:
            for language in LANGUAGES:
                if row.lang not in (language, "mul"):
                    continue
                if row.scope == "label":
                    labels.setdefault(language, row.text)
                elif row.scope in ("exact", "abbreviation"):
                    synonyms.append((language, row.text))
                else:
                    hidden.append((language, row.text))
        return Concept(
            curie,
            rows[0].type,
            tuple(sorted(labels.items())),
            tuple(sorted(set(synonyms))),
            tuple(sorted(set(hidden))),
            tuple(sorted(set(self._mappings.get(curie, [])))),
            tuple(sorted(self._parents.get(curie, ()))),
        )


@cache
def starter_terms() -> TermList:
    """The terminology that is delivered, read once."""
    mappings = ((m.subject_id, m.predicate_id, m.object_id) for m in load_mappings())
    parents = ((kind.child, kind.parent) for kind in load_hierarchy())
    return TermList(load_terms(), mappings, parents)
