"""What replacing or removing documents changes in the graph, reckoned before anything is written.

The graph of each document is compared with the new one; of the other graphs only what these
documents touch is built anew: the concepts that they mention and the statements about each pair of
concepts that they relate, from the evidence that all other documents give of the same statements.
The cost follows the documents and the evidence of their statements, not the size of the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from kg.assembly.conflicts import find_conflicts
from kg.assembly.evidence import assemble
from kg.assembly.merge import finding_of, summarize
from kg.assembly.outcomes import Outcome, find_outcome, needs_dates
from kg.assembly.values import Finding, Verdict, statement_id
from kg.curation.graph import rates_in, verdicts_on
from kg.curation.judging import judge_again
from kg.curation.values import Curation
from kg.errors import FormatError
from kg.model import Extraction, Language, Statement
from kg.notices.standing import NO_NOTICES, GivenNotices, Standings, find_standings
from kg.rdf.documents import document_quads
from kg.rdf.statements import PairEntry, pair_quads
from kg.rdf.terminology import Concept, Terminology, concept_quads, mentioned_concept
from kg.refining import find_links, more_general_pairs, moved_concepts
from kg.store import reading
from kg.store.ancestry import StoredHierarchy
from kg.store.base import Store
from kg.store.dating import date_in, dates_of
from kg.store.evidence import findings, findings_in
from kg.store.hierarchy import stored_above, unneeded
from kg.terms import IRI, Quad
from kg.vocab import SKOS, compress, document_graph, document_of

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
    curations: Iterable[Curation] = (),
    thorough: bool = False,
) -> Change:
    """What must change in the store so that it holds these documents as they are now.

    Statements whose evidence stays as it is are left alone, unless `thorough` is set, as is right
    where belief is reckoned in another way than before. `notices`, and new decisions of
    curators (`curations`), are given apart from documents; those of the store count as well.
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
    judgement = judge_again(store, new, curations)
    pairs |= reading.pairs_of(store, judgement.statements)
    parents = {curie: concept.parents if concept else () for curie, concept in concepts.items()}
    told = _told(new)
    hierarchy = StoredHierarchy(store, parents, told, set(batch))
    if moved := moved_concepts(chain(old_concepts, *old.values()), parents, told):
        pairs |= reading.pairs_with(store, hierarchy.below(moved))
    context = _Context(
        store, batch, standings, hierarchy, judgement.verdicts or {},
        {document: date_in(quads) for document, quads in new.items()},
    )  # fmt: skip
    old_pairs, new_pairs = _statements(context, pairs, labels)
    new_concepts = chain.from_iterable(concept_quads(c) for c in concepts.values() if c)
    kept = {document for document, content in batch.items() if content}
    before = [*chain(*(old[document] for document in kept), old_concepts, old_pairs)]
    after = [*chain(*(new[document] for document in kept), new_concepts, new_pairs)]
    before += [*standings.removed, *notices.removed, *judgement.remove]
    after += [*standings.added, *notices.added, *judgement.add]
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
        for finding, statement in findings_in(chain.from_iterable(old.values()))
    ) if not thorough else Counter()  # fmt: skip
    after = Counter(
        (statement, standings.after(finding))
        for content in batch.values()
        if content
        for statement, finding in content.findings
    )
    named = {statement for statement, _ in (before - after) + (after - before)}
    for document, quads in old.items():
        content = batch[document]
        if content and date_in(quads) != date_in(content.quads):
            named |= reading.statements_named(quads)  # what it supposed may be older than before
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


@dataclass(frozen=True, slots=True)
class _Context:
    """What the statements about some pairs are reckoned from.

    `judged` has the verdicts on evidence (IRIs) that change, `dates` when the documents that are
    about to be replaced appeared.
    """

    store: Store
    batch: Batch
    standings: Standings
    hierarchy: StoredHierarchy
    judged: Mapping[str, Verdict | None]
    dates: Mapping[str, str]

    def findings(self, statements: Collection[str], *, without: set[str]) -> list[FindingOn]:
        """The findings on statements in the store as they count now, each with its statement."""
        verdicts = verdicts_on(self.store, statements) | dict(self.judged)
        return [
            (_judged(self.standings.after(one), verdicts), statement)
            for one, statement in findings(self.store, statements, without=without)
        ]

    def stated(self, pairs: Collection[Pair]) -> Iterator[tuple[Statement, Finding]]:
        """The findings of the new documents about these pairs, each with its statement."""
        for content in filter(None, self.batch.values()):
            described = {statement_id(s): s for s in content.statements}
            names = {n for n, s in described.items() if frozenset((s.subject, s.object)) in pairs}
            verdicts = verdicts_on(self.store, names) | dict(self.judged)
            for name, finding in content.findings:
                if name in names:
                    yield described[name], _judged(self.standings.after(finding), verdicts)


def _judged(finding: Finding, verdicts: Mapping[str, Verdict | None]) -> Finding:
    verdict = verdicts.get(finding.evidence)
    return finding if verdict == finding.verdict else replace(finding, verdict=verdict)


FindingOn = tuple[Finding, str]


def find_refreshed(store: Store, pairs: set[Pair]) -> Change:
    """What must change in the statements about these pairs where only error rates are others."""
    standings = find_standings(store, {}, {}, NO_NOTICES)
    context = _Context(store, {}, standings, StoredHierarchy(store, {}, {}, ()), {}, {})
    before, after = _statements(context, pairs, {})
    known, wanted = set(before), set(after)
    return Change(
        tuple(quad for quad in before if quad not in wanted),
        tuple(quad for quad in after if quad not in known),
        (), frozenset(), frozenset(), frozenset(),
    )  # fmt: skip


def _statements(
    context: _Context, pairs: set[Pair], labels: Mapping[str, Mapping[Language, str]]
) -> tuple[list[Quad], list[Quad]]:
    """The quads about these pairs, as they stand in the store and as they should.

    With them come those about what is more general, whose belief follows.
    """
    store, hierarchy = context.store, context.hierarchy
    stored = reading.statements_about(store, pairs)
    new = [statement for statement, _ in context.stated(pairs)]
    generals = more_general_pairs(store, stored.statements, new, hierarchy) - pairs
    over = reading.statements_about(store, generals)
    pairs = pairs | generals
    before = stored.statements | over.statements
    statements: dict[str, Statement] = dict(before)
    findings: dict[str, list[Finding]] = {}
    for finding, name in context.findings(before, without=set(context.batch)):
        findings.setdefault(name, []).append(finding)
    for statement, finding in context.stated(pairs):
        statements[statement_id(statement)] = statement
        findings.setdefault(statement_id(statement), []).append(finding)
    links = find_links(store, before, {key: statements[key] for key in findings}, hierarchy)
    inherited = _inherited(context, links.below, findings)
    outcomes = _outcomes(context, findings, inherited)
    named = {end for pair in pairs for end in pair}
    names = dict(labels) | reading.labels_of(store, named - set(labels))
    by_pair: dict[Pair, dict[str, Statement]] = {}
    for key in sorted(findings):
        ends = frozenset((statements[key].subject, statements[key].object))
        by_pair.setdefault(ends, {})[key] = statements[key]
    fresh: list[Quad] = []
    rates = rates_in(store)
    for group in by_pair.values():
        summaries = {
            key: summarize(findings[key], inherited.get(key, ()), rates=rates) for key in group
        }
        conflicts = find_conflicts(group, summaries)
        entries = [
            PairEntry(
                group[key], summaries[key], conflicts[key], frozenset(links.above[key]),
                outcomes.get(key),
            )
            for key in group
        ]  # fmt: skip
        fresh.extend(pair_quads(entries, names))
    return [*stored.quads, *over.quads, *links.remove], [*fresh, *links.add]


def _inherited(
    context: _Context, below: Mapping[str, set[str]], findings: Mapping[str, list[Finding]]
) -> dict[str, list[Finding]]:
    """Statement → the findings on the statements that refine it."""
    elsewhere = {one for specifics in below.values() for one in specifics} - set(findings)
    known = dict(findings)
    for finding, name in context.findings(elsewhere, without=set()) if elsewhere else ():
        known.setdefault(name, []).append(finding)
    return {
        general: [finding for one in sorted(specifics) for finding in known.get(one, ())]
        for general, specifics in below.items()
        if specifics
    }


def _outcomes(
    context: _Context,
    findings: Mapping[str, list[Finding]],
    inherited: Mapping[str, list[Finding]],
) -> dict[str, Outcome]:
    """Statement → what became of the hypothesis that documents made of it."""
    supposed = {name: found for name, found in findings.items() if needs_dates(found)}
    used = {
        one.document
        for name, found in supposed.items()
        for one in (*found, *inherited.get(name, ()))
    }
    dates = dates_of(context.store, used - set(context.batch)) | dict(context.dates)
    outcomes = {
        name: find_outcome(found, inherited.get(name, ()), dates)
        for name, found in supposed.items()
    }
    return {name: outcome for name, outcome in outcomes.items() if outcome is not None}


def _told(documents: Mapping[str, Iterable[Quad]]) -> dict[str, set[str]]:
    """Local concept → what these documents say is directly above it."""
    told: dict[str, set[str]] = {}
    for quad in chain.from_iterable(documents.values()):
        if quad.predicate == SKOS.broader:
            concept, above = (compress(cast(IRI, x).value) for x in (quad.subject, quad.object))
            told.setdefault(concept, set()).add(above)
    return told


def documents_in(store: Store) -> set[str]:
    """The ids of all documents in the store."""
    return {
        document_of(graph.value)
        for graph in store.graphs()
        if graph.value.startswith(document_graph("").value)
    }
