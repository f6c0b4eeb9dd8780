"""Which concept each mention of a document denotes, in both languages alike.

In this order: the concept that reading gave it; the concept of a mention that it is aligned with (a
translation of it); the concept of the same words elsewhere in the document; a local concept
(``plxc:``), shared by all mentions that alignment or equal words tie together and named in English
where one of them is English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.assembly.alignments import mutual
from kg.model import Extraction, Language, Mention
from kg.vocab import fold, local_concept

LOCAL = "plxc:"
BROADER = "broader: "  # how the reason of a candidate begins that is broader than the mention


def resolve_concepts(extraction: Extraction) -> dict[str, str]:
    """Mention id → CURIE, for every mention of the document."""
    mentions = extraction.mentions
    by_id = {mention.id: mention for mention in mentions}
    concepts = {m.id: m.concept for m in mentions if m.concept is not None}
    concepts |= _by_alignment(mentions, by_id, concepts)
    concepts |= _by_words(mentions, concepts)
    languages = {p.id: p.language for p in extraction.document.passages}
    return concepts | _local(mentions, by_id, concepts, languages)


def broader_concepts(extraction: Extraction, concepts: Mapping[str, str]) -> dict[str, str]:
    """Mention id → the known concept of which its local one is a kind.

    That is so where reading knew the words at the end of the mention, and not those before them:
    its first candidate says `BROADER`.
    """
    found = {}
    for mention in extraction.mentions:
        local = concepts[mention.id].startswith(LOCAL)
        if local and mention.candidates and mention.candidates[0].reason.startswith(BROADER):
            found[mention.id] = mention.candidates[0].concept
    return found


def _by_alignment(
    mentions: tuple[Mention, ...], by_id: dict[str, Mention], concepts: dict[str, str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    aligned = mutual(mentions)
    for mention in mentions:
        twins = {
            concepts[twin]
            for twin in aligned.get(mention.id, ())
            if twin in concepts and by_id[twin].type == mention.type
        }
        if mention.id not in concepts and len(twins) == 1:
            found[mention.id] = twins.pop()
    return found


def _by_words(mentions: Iterable[Mention], concepts: dict[str, str]) -> dict[str, str]:
    named: dict[tuple[str, str], Counter[str]] = {}
    for mention in mentions:
        if mention.id in concepts:
            key = (mention.type, fold(mention.text))
            named.setdefault(key, Counter())[concepts[mention.id]] += 1
    found = {}
    for mention in mentions:
        senses = named.get((mention.type, fold(mention.text)))
        if mention.id not in concepts and senses is not None and len(senses) == 1:
            found[mention.id] = next(iter(senses))
    return found


def _local(
    mentions: tuple[Mention, ...],
    by_id: dict[str, Mention],
    concepts: dict[str, str],
    languages: dict[str, Language],
) -> dict[str, str]:
    nodes = Groups()
    unknown = [mention for mention in mentions if mention.id not in concepts]
    for mention in unknown:
        nodes.join(mention.id, f"{mention.type} {fold(mention.text)}")
        for twin in mention.aligned:
            if twin not in concepts and by_id[twin].type == mention.type:
                nodes.join(mention.id, twin)
    groups: dict[str, list[Mention]] = {}
    for mention in unknown:
        groups.setdefault(nodes.root(mention.id), []).append(mention)
    found: dict[str, str] = {}
    for group in groups.values():
        english = [m for m in group if languages[m.passage] == "en"]
        name = _usual_name(english or group)
        found |= {m.id: local_concept(m.type, name) for m in group}
    return found


def _usual_name(mentions: list[Mention]) -> str:
    """The folded name used most often; among equals the longest, then the first by alphabet."""
    counts = Counter(fold(mention.text) for mention in mentions)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


class Groups:
    """Names that belong together: joined pair by pair (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The name that stands for the whole group."""
        while self._parent.setdefault(name, name) != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Put two names, and all that is joined with either, into one group."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
