"""From merged rows to compiled concepts: numbered, sorted and packed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import marisa_trie

from kg.terminology.compiled import CODES, NEAR, RELATIONS, Concepts
from kg.terminology.gathering import LANGUAGE_NUMBERS, SCOPE_NUMBERS, UNTYPED, Gathered
from kg.terminology.hierarchy import without_circles
from kg.terminology.merging import Merged
from kg.terminology.numbers import Numbers, numbers_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

_LABEL, _EXACT = SCOPE_NUMBERS["label"], SCOPE_NUMBERS["exact"]
_LONGEST_SYMBOL = 6
_BOTH = LANGUAGE_NUMBERS["mul"]


def compile_concepts(gathered: Gathered, merged: Merged) -> Concepts:
    """The concepts with at least one name and a type; the others are counted in `gathered`."""
    import numpy as np

    kinds = _kinds(gathered, merged)
    named = {merged.concept[number] for number in set(gathered.name_of)}
    untyped = sum(kinds[concept] == UNTYPED for concept in named)
    if untyped:
        gathered.left_out["concepts of no type"] = untyped
    kept = sorted(
        (concept for concept in named if kinds[concept] != UNTYPED),
        key=lambda concept: gathered.identifiers[concept],
    )
    place = {concept: number for number, concept in enumerate(kept)}
    near = [(place[c], p, other) for c, p, other in merged.near if c in place and p in NEAR]
    members = [merged.members_of(concept) for concept in kept]
    known = {number for group in members for number in group} | {other for _, _, other in near}
    identifiers = marisa_trie.Trie([gathered.identifiers[number] for number in known])
    ids = {number: identifiers[gathered.identifiers[number]] for number in known}
    concept_of = np.full(len(identifiers), len(kept), dtype=np.uint32)
    for number, group in enumerate(members):
        for member in group:
            concept_of[ids[member]] = number
    names, entries = _entries(gathered, merged, place)
    rows: dict[str, Any] = {
        "concept_of": concept_of,
        "type": np.array([kinds[concept] for concept in kept], dtype=np.uint8),
        **_grouped(
            "member", len(kept), [(n, ids[m]) for n, group in enumerate(members) for m in group]
        ),
        **_grouped(
            "near", len(kept), sorted((n, ids[other], NEAR.index(p)) for n, p, other in near)
        ),
        **_grouped("parent", len(kept), _parents(gathered, merged, place)),
        **entries,
    }
    texts, ends, languages, first = _definitions(gathered, merged, place)
    rows |= {"definition_first": first, "definition_end": ends, "definition_language": languages}
    return Concepts(
        {"identifiers": identifiers, "names": names},
        {name: _typed(rows[name], code) for name, code in CODES.items()},
        memoryview(texts),
        tuple(source.name for source in gathered.sources),
    )


def _typed(values: Any, code: str) -> Numbers:
    import numpy as np

    return numbers_of(np.asarray(values, dtype=np.dtype(code)), code)


def _kinds(gathered: Gathered, merged: Merged) -> bytearray:
    """The type of each concept; an identifier that has none takes that of the others."""
    kinds = bytearray(gathered.types)
    for concept, members in merged.members.items():
        kinds[concept] = min(gathered.types[member] for member in members)
    return kinds


def _entries(
    gathered: Gathered, merged: Merged, place: Mapping[int, int]
) -> tuple[Any, dict[str, Any]]:
    """The trie of names, and the entries by concept, scope, language and name, each name once."""
    import numpy as np

    numbers = np.array(
        [place.get(concept, -1) for concept in merged.concept], dtype=np.int64
    )[np.array(gathered.name_of, dtype=np.int64)]  # fmt: skip
    used = np.flatnonzero(numbers >= 0)
    names = marisa_trie.Trie([gathered.texts[row] for row in used])
    name = np.fromiter((names[gathered.texts[row]] for row in used), np.int64, len(used))
    alike = np.fromiter((_folded(gathered.texts[row]) for row in used), np.uint64, len(used))
    concept, scope = numbers[used], _scopes(gathered, merged, place)[used]
    language = np.frombuffer(bytes(gathered.languages), np.uint8)[used].astype(np.int64)
    origin = np.array(gathered.origins, dtype=np.int64)[used]
    # Of equal names of a concept in a language the best scope counts, then the first source.
    order = np.lexsort((origin, scope, language, alike, concept))  # stable: then the first row
    first = np.ones(len(order), dtype=bool)
    first[1:] = False
    for column in (concept, alike, language):
        first[1:] |= column[order][1:] != column[order][:-1]
    order = order[first]
    order = order[np.lexsort((name[order], language[order], scope[order], concept[order]))]
    concept = concept[order]
    return names, {
        "entry_first": np.searchsorted(concept, np.arange(len(place) + 1)),
        "entry_concept": concept,
        "entry_name": name[order],
        "entry_source": origin[order],
        "entry_flags": scope[order] * 4 + language[order],
    }


def _folded(text: str) -> int:
    """A number that names share if they differ in case only and are too long for symbols."""
    folded = text.casefold() if len(text) > _LONGEST_SYMBOL else text
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest())


def _scopes(gathered: Gathered, merged: Merged, place: Mapping[int, int]) -> Ints:
    """The scope of each name, with one label for each concept and language; others are synonyms.

    Where no source calls a name of a concept its label, the surest name is.
    """
    import numpy as np

    scopes = np.frombuffer(bytes(gathered.scopes), np.uint8).astype(np.int64)
    rank = {
        member: number for group in merged.members.values() for number, member in enumerate(group)
    }
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    labels = np.flatnonzero(scopes == _LABEL).tolist()
    for row in labels:
        number = gathered.name_of[row]
        key = (merged.concept[number], gathered.languages[row])
        candidate = (rank.get(number, 0), gathered.origins[row], row)
        if key not in best or candidate < best[key]:
            best[key] = candidate
    for concept in place:  # a symbol is no label where both languages have one of their own
        if all((concept, language) in best for language in LANGUAGE_NUMBERS.values()):
            del best[concept, _BOTH]
    chosen = {row for _, _, row in best.values()}
    scopes[[row for row in labels if row not in chosen]] = _EXACT
    unlabelled = set(place) - {concept for concept, _ in best}
    surest: dict[int, tuple[int, int, int, int]] = {}
    for row, number in enumerate(gathered.name_of):
        if (concept := merged.concept[number]) in unlabelled:
            sure = (gathered.scopes[row], rank.get(number, 0), gathered.origins[row], row)
            surest[concept] = min(surest.get(concept, sure), sure)
    scopes[[row for *_, row in surest.values()]] = _LABEL
    return scopes


def _parents(
    gathered: Gathered, merged: Merged, place: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """Child, parent and relation of concepts; what would close a circle is left out."""
    edges: set[tuple[int, int, int]] = set()
    for child, parent, relation in gathered.parents:
        below, above = place.get(merged.concept[child]), place.get(merged.concept[parent])
        if below is not None and above is not None and below != above:
            edges.add((below, above, RELATIONS.index(relation)))
    kept = without_circles(sorted(edges))
    if len(kept) < len(edges):
        gathered.left_out["parents that close a circle"] = len(edges) - len(kept)
    return kept


def _definitions(
    gathered: Gathered, merged: Merged, place: Mapping[int, int]
) -> tuple[bytes, list[int], list[int], Any]:
    """Texts, ends, languages, first of concept: of each language the preferred one."""
    import numpy as np

    rank = {
        member: number for group in merged.members.values() for number, member in enumerate(group)
    }
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (number, language, _) in enumerate(gathered.definitions):
        concept = place.get(merged.concept[number])
        if concept is not None:
            key = (concept, LANGUAGE_NUMBERS[language])  # type: ignore[index]
            candidate = (rank.get(number, 0), row)
            best[key] = min(best.get(key, candidate), candidate)
    texts, ends, size = [], [], 0
    for _, (_, row) in sorted(best.items()):
        texts.append(gathered.definitions[row][2].encode())
        size += len(texts[-1])
        ends.append(size)
    keys = sorted(best)
    first = np.searchsorted([concept for concept, _ in keys], np.arange(len(place) + 1))
    return b"".join(texts), ends, [language for _, language in keys], first


def _grouped(name: str, count: int, rows: Collection[tuple[int, ...]]) -> dict[str, Any]:
    """The columns of rows that are sorted by their first number, and where each number begins."""
    import numpy as np

    columns = list(zip(*rows, strict=True)) or [()] * 3
    found: dict[str, Any] = {
        f"{name}_first": np.searchsorted(
            np.array(columns[0], dtype=np.int64), np.arange(count + 1)
        ),
        name: columns[1],
    }
    return found | ({f"{name}_kind": columns[2]} if len(columns) > 2 else {})
