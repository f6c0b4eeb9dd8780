"""What replacing or removing documents changes in the graph, reckoned before anything is written.

The graph of each document is compared with the new one; of the other graphs only what these
documents touch is built anew: the concepts that they mention and the statements about each pair of
concepts that they relate, from the evidence that all other documents give of the same statements.
The cost follows the documents and the evidence of their statements, not the size of the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.assembly.conflicts import find_conflicts
from kg.assembly.evidence import assemble
from kg.assembly.merge import finding_of, summarize
from kg.assembly.values import Finding, statement_id
from kg.errors import FormatError
from kg.model import Extraction, Language, Statement
from kg.notices.standing import NO_NOTICES, GivenNotices, Standings, find_standings
from kg.rdf.documents import document_quads
from kg.rdf.statements import PairEntry, pair_quads
from kg.rdf.terminology import Concept, Terminology, concept_quads, mentioned_concept
from kg.store import reading
from kg.store.base import Store
from kg.store.hierarchy import stored_above, unneeded
from kg.terms import IRI, Quad
from kg.vocab import document_graph, document_of

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Content:
    """What a document, or a part of a knowledge source, holds.

    That is the names that it gives to concepts, what it states, and the quads of its graph.
    """

    names: reading.MentionNames
    statements: tuple[Statement, ...]
    findings: tuple[tuple[str, Finding], ...]
    quads: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """A document with its content; None in place of that removes the document."""

    document: str
    content: Content | None


def read_content(extraction: Extraction) -> Content:
    """The content of a document.

    Raises
    ------
    FormatError, CurieError
        where it has mentions and no sentences, or a relation, number or concept of it cannot be
        written to the graph.
    """
    if extraction.mentions and not extraction.sentences:
        raise FormatError(
            "has mentions and no sentences", where=extraction.document.id,
            remedy="run kg extract on it first",
        )  # fmt: skip
    assembled = assemble(extraction)
    names = reading.MentionNames()
    names.add_extraction(extraction, assembled)
    findings = tuple((item.statement, finding_of(item)) for item in assembled.evidence)
    quads = document_quads(extraction, assembled)
    return Content(names, assembled.statements, findings, quads)


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to remove and to add and graphs to drop, to be applied as one transaction.

    `replaced` names the documents that the store held before, `altered` those that change,
    `concepts` those that are described otherwise.
    """

    remove: tuple[Quad, ...]
    add: tuple[Quad, ...]
    drop: tuple[IRI, ...]
    replaced: frozenset[str]
    altered: frozenset[str]
    concepts: frozenset[str]


def find_change(
    store: Store,
    updates: Iterable[Update],
    terminology: Terminology,
    *,
    notices: GivenNotices = NO_NOTICES,
    thorough: bool = False,
) -> Change:
    """What must change in the store so that it holds these documents as they are now.

    Statements whose evidence stays as it is are left alone, unless `thorough` is set, as is right
    where belief is reckoned in another way than before. `notices` are given apart from documents.
    """
    batch = {update.document: update.content for update in updates}
    graphs = {document_graph(document): document for document in batch}
    old = {document: tuple(store.quads(graph=graph)) for graph, document in graphs.items()}
    new = {document: content.quads if content else () for document, content in batch.items()}
    standings = find_standings(store, old, new, notices)
    new = {document: standings.written(document, quads) for document, quads in new.items()}
    concepts = _concepts(store, old, batch, terminology)
    old_concepts = reading.about(store, reading.TERMINOLOGY, concepts)
    labels = {curie: dict(concept.labels) if concept else {} for curie, concept in concepts.items()}
    touched = _touched(store, old, batch, standings, thorough=thorough or store.is_remote)
    pairs = touched | _renamed_pairs(store, old_concepts, labels)
    old_pairs, new_pairs = _statements(store, pairs, batch, labels, standings)
    new_concepts = chain.from_iterable(concept_quads(c) for c in concepts.values() if c)
    kept = {document for document, content in batch.items() if content}
    before = [*chain(*(old[document] for document in kept), old_concepts, old_pairs)]
    after = [*chain(*(new[document] for document in kept), new_concepts, new_pairs)]
    before += [*standings.removed, *notices.removed]
    after += [*standings.added, *notices.added]
    known, wanted = set(before), set(after)
    remove = tuple(quad for quad in before if quad not in wanted)
    add = tuple(quad for quad in after if quad not in known)
    return Change(
        remove=remove,
        add=add,
        drop=tuple(
            graph for graph, document in graphs.items() if document not in kept and old[document]
        ),
        replaced=frozenset(document for document, quads in old.items() if quads),
        altered=frozenset(
            document for document in batch if set(old[document]) != set(new[document])
        ),
        concepts=reading.described_in((*remove, *add)),
    )


Batch = Mapping[str, Content | None]
Old = Mapping[str, tuple[Quad, ...]]


def _concepts(
    store: Store, old: Old, batch: Batch, terminology: Terminology
) -> dict[str, Concept | None]:
    """CURIE → concept as it is now, for all that these documents mention or mentioned.

    With them come all concepts above them, and those above what they were, if no longer needed.
    """
    before, names = reading.MentionNames(), reading.MentionNames()
    before.add_quads(chain.from_iterable(old.values()))
    for content in batch.values():
        if content:
            names.add_names(content.names)
    mentioned = names.curies() | names.broader()
    touched = mentioned | before.curies() | before.broader()
    known = {curie: terminology.concept(curie) for curie in sorted(touched)}
    unknown = {curie for curie, concept in known.items() if concept is None}
    reading.add_known_names(names, store, unknown, before, set(batch))
    gone = touched - mentioned - unknown
    used = names.curies() | names.broader() - unknown
    used |= reading.still_mentioned(store, gone, without=set(batch))
    found = {
        curie: concept or mentioned_concept(curie, *names.of(curie))
        for curie, concept in known.items()
        if curie in used
    }
    found |= _above(found.values(), terminology)
    # What is no longer mentioned may still stand above what is.
    former = (touched | stored_above(store, touched)) - set(found)
    lost = unneeded(store, former, rewritten=touched | set(found), without=set(batch))
    lost |= unknown & former  # named by documents alone, and by none of them any more
    return found | dict.fromkeys(lost)


def _above(concepts: Collection[Concept], terminology: Terminology) -> dict[str, Concept]:
    """The concepts above some, as far as the terminology goes."""
    found: dict[str, Concept] = {}
    waiting = [parent for concept in concepts for parent in concept.parents]
    while waiting:
        curie = waiting.pop()
        if curie not in found and (concept := terminology.concept(curie)) is not None:
            found[curie] = concept
            waiting.extend(concept.parents)
    return found


def _touched(
    store: Store, old: Old, batch: Batch, standings: Standings, *, thorough: bool
) -> set[Pair]:
    """The pairs of concepts of which something else is said than before, or is to be counted."""
    before = Counter(
        (statement, standings.before(finding))
        for finding, statement in reading.findings_in(chain.from_iterable(old.values()))
    ) if not thorough else Counter()  # fmt: skip
    after = Counter(
        (statement, standings.after(finding))
        for content in batch.values()
        if content
        for statement, finding in content.findings
    )
    named = {statement for statement, _ in (before - after) + (after - before)}
    if thorough:
        named |= reading.statements_named(chain.from_iterable(old.values()))
    named |= reading.statements_named(standings.evidence)
    pairs = reading.pairs_of(store, named)
    for content in batch.values():
        if content:
            pairs |= {
                frozenset((s.subject, s.object))
                for s in content.statements
                if statement_id(s) in named
            }
    return pairs


def _renamed_pairs(
    store: Store, old: Iterable[Quad], labels: Mapping[str, Mapping[Language, str]]
) -> set[Pair]:
    """The pairs of concepts whose statements have to be relabelled."""
    before = reading.labels_in(old)
    renamed = {curie for curie, names in before.items() if labels[curie] and labels[curie] != names}
    return reading.pairs_with(store, renamed)


def _statements(
    store: Store,
    pairs: set[Pair],
    batch: Batch,
    labels: Mapping[str, Mapping[Language, str]],
    standings: Standings,
) -> tuple[list[Quad], list[Quad]]:
    """The quads about these pairs, as they stand in the store and as they should."""
    stored = reading.statements_about(store, pairs)
    statements: dict[str, Statement] = dict(stored.statements)
    findings: dict[str, list[Finding]] = {}
    elsewhere = list(reading.findings(store, statements, without=set(batch)))
    standings.look_up(store, {finding.document for finding, _ in elsewhere})
    for finding, statement in elsewhere:
        findings.setdefault(statement, []).append(standings.after(finding))
    for content in batch.values():
        if content:
            described = {statement_id(s): s for s in content.statements}
            for name, finding in content.findings:
                ends = frozenset((described[name].subject, described[name].object))
                if ends in pairs:
                    statements[name] = described[name]
                    findings.setdefault(name, []).append(standings.after(finding))
    named = {end for pair in pairs for end in pair}
    names = dict(labels) | reading.labels_of(store, named - set(labels))
    by_pair: dict[Pair, dict[str, Statement]] = {}
    for key in sorted(findings):
        ends = frozenset((statements[key].subject, statements[key].object))
        by_pair.setdefault(ends, {})[key] = statements[key]
    fresh: list[Quad] = []
    for group in by_pair.values():
        summaries = {key: summarize(findings[key]) for key in group}
        conflicts = find_conflicts(group, summaries)
        entries = [PairEntry(group[key], summaries[key], conflicts[key]) for key in group]
        fresh.extend(pair_quads(entries, names))
    return list(stored.quads), fresh


def documents_in(store: Store) -> set[str]:
    """The ids of all documents in the store."""
    return {
        document_of(graph.value)
        for graph in store.graphs()
        if graph.value.startswith(document_graph("").value)
    }
