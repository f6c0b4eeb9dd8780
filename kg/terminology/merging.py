"""One concept where several vocabularies name the same thing.

Two identifiers are joined on one of these grounds, the surest first:

1. a mapping of the starter terminology, `skos:exactMatch`;
2. a `skos:exactMatch` of an imported table (SSSOM);
3. a cross-reference of an imported source (`skos:closeMatch`, as OBO's `xref` is kept);
4. labels that are the same but for case, number and inversion ("neoplasms, renal"), of one type,
   each of which names one concept only in its vocabulary;
5. the former number of a MeSH descriptor (`kg.terminology.former`), which is one more of MeSH.

A join is refused, and told as a conflict, where the two have different types, where both are
concepts of the starter terminology, and where it would put two identifiers of one vocabulary into
one concept; hence a concept has at most as many identifiers, former ones apart, as there are
vocabularies. A mapping
that is not one to one between two vocabularies joins only identifiers that share a label. What is
refused stays as `skos:closeMatch` of the concept.

The concept bears the identifier of the starter terminology where that has one, else the first in
`ontologies/preferences.tsv` among those that have a name.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import MENTION_TYPES
from kg.terminology.former import former_numbers
from kg.terminology.gathering import SCOPE_NUMBERS, UNTYPED, Conflict, Gathered
from ontologies.preferences import load_preferences

EXACT, CLOSE = "skos:exactMatch", "skos:closeMatch"
_NEAR_ONLY = f"{CLOSE} that joins nothing"
_FORMER = "former number"
_LABEL = SCOPE_NUMBERS["label"]
_INVERTED = 2  # parts of a label that a comma divides
_SHORTEST_LABEL = 4  # signs of one that is a ground; two of Han, which say more


@dataclass(frozen=True, slots=True)
class Merged:
    """Which identifiers make one concept.

    Parameters
    ----------
    concept : of each identifier, the number of that by which its concept is called; its own where
        it stands alone
    members : of each concept of several identifiers, all their numbers, the preferred first
    near : concept, SKOS property, identifier that is near to it and no part of it
    joined : how many joins each ground made
    conflicts : what was refused, and why
    """

    concept: list[int]
    members: dict[int, tuple[int, ...]]
    near: tuple[tuple[int, str, int], ...]
    joined: dict[str, int]
    conflicts: tuple[Conflict, ...]

    def members_of(self, concept: int) -> tuple[int, ...]:
        """The identifiers of a concept, the preferred first."""
        return self.members.get(concept, (concept,))


def merge(gathered: Gathered, *, by_label: bool = True) -> Merged:
    """The concepts that the identifiers of all sources make; see the module.

    Examples
    --------
    >>> from kg.terminology.rows import MappingRow, NameRow, Source
    >>> table, source = Gathered(), Source("example")
    >>> table.add([NameRow("mesh:D1", "gout", "en", "label", "Disease", source),
    ...     NameRow("DOID:2", "gouty arthritis", "en", "label", "Disease", source),
    ...     MappingRow("DOID:2", "skos:exactMatch", "mesh:D1", source)])
    >>> [table.identifiers[n] for n in merge(table).members_of(0)]
    ['mesh:D1', 'DOID:2']
    """
    groups = _Groups(gathered)
    labels = _labels(gathered)
    near: list[tuple[int, str, int]] = []
    for subject, predicate, object_, ground in _ordered(gathered, labels):
        if predicate not in (EXACT, CLOSE):
            near.append((subject, predicate, object_))
        elif not groups.join(subject, object_, ground):
            near.append((subject, CLOSE, object_))
    if by_label:
        for one, other in _same_labels(gathered):
            groups.join(one, other, "label")
    former = dict(former_numbers(gathered, _folded))
    for number, present in former.items():
        groups.join(number, present, _FORMER)
    return _merged(gathered, groups, near, former)


class _Groups:
    """Identifiers joined to groups (union and find), with what forbids a join."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._parent = list(range(len(gathered.identifiers)))
        self._types = bytearray(gathered.types)
        self._members: dict[int, list[int]] = {}
        self.joined: Counter[str] = Counter()
        self.conflicts: list[Conflict] = []

    def find(self, number: int) -> int:
        """The root of the group of an identifier."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, one: int, other: int, ground: str) -> bool:
        """Whether the two are in one group now."""
        left, right = self.find(one), self.find(other)
        if left == right:
            return True
        if problem := self._problem(left, right, ground):
            if ground != "label" or problem != "two types":
                names = self._gathered.identifiers
                self.conflicts.append(Conflict(problem, names[one], names[other], ground))
            return False
        if left > right:
            left, right = right, left
        self._parent[right] = left
        self._members[left] = self.members(left) + self.members(right)
        self._members.pop(right, None)
        if self._types[left] == UNTYPED:
            self._types[left] = self._types[right]
        self.joined[ground.partition(":")[0]] += 1
        return True

    def members(self, root: int) -> list[int]:
        """The identifiers of the group of a root."""
        return self._members.get(root) or [root]

    def groups(self) -> Iterator[list[int]]:
        """The groups of more than one."""
        return iter(self._members.values())

    def _problem(self, left: int, right: int, ground: str) -> str:
        kinds = {self._types[left], self._types[right]} - {UNTYPED}
        if len(kinds) > 1:
            return "two types"
        known = self._gathered.identifiers
        ones, others = self.members(left), self.members(right)
        starter = self._gathered.starter
        if any(n in starter for n in ones) and any(n in starter for n in others):
            return "two concepts of ours"
        if ground == _FORMER:
            return ""
        prefixes = {_vocabulary(known[n]) for n in ones} & {_vocabulary(known[n]) for n in others}
        return f"two identifiers of {min(prefixes)}" if prefixes else ""


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]


def _vocabulary(curie: str) -> str:
    """The prefix of an identifier, with the name of the table where several share a prefix.

    >>> _vocabulary("mesh:D005922"), _vocabulary("icd10cn:hospital/N02.801")
    ('mesh', 'icd10cn:hospital')
    """
    table, slash, _ = curie.rpartition("/")
    return table if slash else _prefix(curie)


def _labels(gathered: Gathered) -> dict[int, tuple[str, ...]]:
    """The folded labels of the identifiers that a mapping names."""
    mapped = {number for mapping in gathered.mappings for number in mapping[:2]}
    labels: dict[int, tuple[str, ...]] = {}
    for row, number in enumerate(gathered.name_of):
        if gathered.scopes[row] == _LABEL and number in mapped:
            labels[number] = (*labels.get(number, ()), _folded(gathered.texts[row]))
    return labels


def _ordered(
    gathered: Gathered, labels: dict[int, tuple[str, ...]]
) -> Iterator[tuple[int, str, int, str]]:
    """The mappings, the surest first; those that join too much are made weak."""
    place = [0] * len(gathered.identifiers)
    by_name = sorted(range(len(place)), key=gathered.identifiers.__getitem__)
    for rank, number in enumerate(by_name):
        place[number] = rank
    single = _Single(gathered)
    ranks = []
    for subject, object_, predicate, origin in gathered.mappings:
        alike = not set(labels.get(subject, ())).isdisjoint(labels.get(object_, ()))
        weak = not _is_ours(gathered, subject, origin), predicate != EXACT, not alike
        # One number for all: it takes a tenth of the memory of a tuple.
        ranks.append((((weak[0] * 2 + weak[1]) * 2 + weak[2]) << 64) | (place[subject] << 32)
                     | place[object_])  # fmt: skip
    for row in sorted(range(len(ranks)), key=ranks.__getitem__):
        subject, object_, predicate, origin = gathered.mappings[row]
        ours = _is_ours(gathered, subject, origin)
        kind = "starter" if ours else "mapping" if predicate == EXACT else "cross-reference"
        alike = not ranks[row] >> 64 & 1
        joins = predicate == EXACT if ours else alike or single.is_so(subject, object_)
        if predicate in (EXACT, CLOSE) and not joins:
            predicate = _NEAR_ONLY
        yield subject, predicate, object_, f"{kind}: {gathered.sources[origin].name}"


def _is_ours(gathered: Gathered, subject: int, origin: int) -> bool:
    return origin == 0 and subject in gathered.starter


class _Single:
    """Which mappings are one to one between two vocabularies."""

    def __init__(self, gathered: Gathered) -> None:
        vocabularies: dict[str, int] = {}
        self._vocabulary = array(
            "I",
            (
                vocabularies.setdefault(_vocabulary(curie), len(vocabularies))
                for curie in gathered.identifiers
            ),
        )
        self._partner: dict[int, int] = {}  # identifier and vocabulary → the one partner, or -1
        for subject, object_, predicate, _ in gathered.mappings:
            if predicate in (EXACT, CLOSE):
                self._meet(subject, object_)
                self._meet(object_, subject)

    def is_so(self, one: int, other: int) -> bool:
        """Whether each of the two is the other's only partner in its vocabulary."""
        partner = self._partner.get
        return partner(self._key(one, other)) == other and partner(self._key(other, one)) == one

    def _meet(self, one: int, other: int) -> None:
        key = self._key(one, other)
        if self._partner.setdefault(key, other) != other:
            self._partner[key] = -1

    def _key(self, one: int, other: int) -> int:
        return one << 32 | self._vocabulary[other]


def _same_labels(gathered: Gathered) -> Iterator[tuple[int, int]]:
    """Pairs of identifiers of one type whose label is the same and names no other of theirs."""
    first: dict[str, int] = {}
    bearers: dict[str, list[int]] = {}
    for row, number in enumerate(gathered.name_of):
        if gathered.scopes[row] == _LABEL and gathered.types[number] != UNTYPED:
            label = _folded(gathered.texts[row])
            if len(label) >= (_SHORTEST_LABEL if label.isascii() else 2):
                key = f"{gathered.types[number]} {label}"
                if (other := first.setdefault(key, number)) != number:
                    found = bearers.setdefault(key, [other])
                    if number not in found:
                        found.append(number)
    names = gathered.identifiers
    for _, found in sorted(bearers.items()):
        if len({_vocabulary(names[number]) for number in found}) == len(found):
            yield from pairwise(sorted(found, key=lambda number: names[number]))


def _folded(text: str) -> str:
    """A label without case, number (Harman's S-stemmer, 1991) and inversion.

    >>> _folded("Epithelial Cells, Renal") == _folded("renal epithelial cell")
    True
    """
    parts = text.casefold().split(", ")
    words = (f"{parts[1]} {parts[0]}" if len(parts) == _INVERTED else text.casefold()).split()
    return " ".join(map(_singular, words)) if text.isascii() else " ".join(words)


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_LABEL or not word.endswith("s") or word[-2] in "us":
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return f"{word[:-3]}y"
    return word if word.endswith(("is", "aes", "ees", "oes")) else word[:-1]


def _merged(
    gathered: Gathered, groups: _Groups, near: Iterable[tuple[int, str, int]],
    former: Collection[int],
) -> Merged:  # fmt: skip
    concept = list(range(len(gathered.identifiers)))
    members: dict[int, tuple[int, ...]] = {}
    named = set(gathered.name_of)
    for group in groups.groups():
        kind = min(gathered.types[number] for number in group)
        order = {prefix: rank for rank, prefix in enumerate(_order(kind))}
        ranked = sorted(
            group,
            key=lambda n: (
                n not in gathered.starter,
                n in former,
                n not in named,
                order.get(_prefix(gathered.identifiers[n]), len(order)),
                gathered.identifiers[n],
            ),
        )
        members[ranked[0]] = tuple(ranked)
        for number in group:
            concept[number] = ranked[0]
    kept = {
        (concept[subject], predicate.partition(" ")[0], object_)
        for subject, predicate, object_ in near
        if concept[subject] != concept[object_]
    }
    return Merged(
        concept, members, tuple(sorted(kept)), dict(sorted(groups.joined.items())),
        tuple(sorted({*groups.conflicts, *gathered.conflicts})),
    )  # fmt: skip


def _order(kind: int) -> tuple[str, ...]:
    return () if kind == UNTYPED else load_preferences()[MENTION_TYPES[kind]]
