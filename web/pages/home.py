"""The start page: what the graph holds, one claim in both languages, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from kg import vocab
from kg.terms import IRI
from queries.library import load_queries
from web.pages.claims import load_claims, load_evidence
from web.pages.reader import Reader, first
from web.pages.values import Claim, ConceptRef, EvidenceView, Names

CONCEPTS = 6
QUESTIONS = 4
QUERIES = ("drug_neighbours", "between_two", "statement_evidence", "translation_discrepancies")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds; `agreement` is the share of bilingual evidence that agrees."""

    documents: int = 0
    sentences: int = 0
    concepts: int = 0
    statements: int = 0
    evidence: int = 0
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Featured:
    """A claim with one evidence that states it in both languages."""

    claim: Claim
    evidence: EvidenceView


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts that claims join: the ends of a question or of a path."""

    source: ConceptRef
    target: ConceptRef


@dataclass(frozen=True, slots=True)
class QueryRef:
    """An example query as other pages name it."""

    name: str
    title: Names
    description: Names


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the start page knows."""

    counts: Counts
    concepts: tuple[ConceptRef, ...]
    featured: Featured | None
    questions: tuple[Pair, ...]
    queries: tuple[QueryRef, ...]


def load_home_page(reader: Reader) -> HomePage:
    """The start page; what it counts runs over the whole graph, so keep it for each snapshot."""
    return HomePage(
        counts=_counts(reader),
        concepts=_busiest(reader),
        featured=_featured(reader),
        questions=find_pairs(reader),
        queries=_queries(),
    )


def _counts(reader: Reader) -> Counts:
    found = {
        row.text("class").rpartition("#")[2]: row.integer("count")
        for row in reader.rows("home_counts")
    }
    agreement = {
        row.text("agreement"): row.integer("count") for row in reader.rows("home_agreement")
    }
    bilingual = sum(n for kind, n in agreement.items() if kind != "monolingual")
    concepts = next(reader.rows("home_concept_count"), None)
    return Counts(
        documents=found.get("Document", 0),
        sentences=found.get("Sentence", 0),
        concepts=concepts.integer("count") if concepts else 0,
        statements=found.get("Statement", 0),
        evidence=found.get("Evidence", 0),
        agreement=agreement.get("agrees", 0) / bilingual if bilingual else None,
    )


def _busiest(reader: Reader) -> tuple[ConceptRef, ...]:
    iris = [row.text("concept") for row in reader.rows("home_concepts", limit=CONCEPTS)]
    known = reader.concepts(iris)
    return tuple(known[iri] for iri in iris)


def _featured(reader: Reader) -> Featured | None:
    for row in reader.rows("home_featured"):
        for evidence in load_evidence(reader, [row.text("evidence")]):
            iri = vocab.statement_iri(evidence.statement).value
            for claim in load_claims(reader, [iri]):
                return Featured(claim, evidence)
    return None


def find_pairs(reader: Reader) -> tuple[Pair, ...]:
    """Pairs that asserted claims join: drugs first, and two steps before one."""
    middles = [row.text("concept") for row in reader.rows("home_concepts", limit=12)]
    pairs: dict[tuple[str, str], Pair] = {}
    for middle in middles:
        into = _claims(reader, "object", middle)
        out = _claims(reader, "subject", middle)
        for one in into:
            for other in out:
                ends = (one.subject.id, other.object.id)
                if ends[0] != ends[1] and len({p[0] for p in pairs} & {ends[0]}) < 2:
                    pairs.setdefault(ends, Pair(one.subject, other.object))
                    break
    for middle in middles:
        for claim in _claims(reader, "subject", middle):
            pairs.setdefault((claim.subject.id, claim.object.id), Pair(claim.subject, claim.object))
    ordered = sorted(pairs.values(), key=lambda pair: pair.source.type != "Drug")
    return tuple(first(ordered, QUESTIONS))


def _claims(reader: Reader, role: str, concept: str) -> tuple[Claim, ...]:
    iris: list[str] = []
    for name in ("increases", "decreases", "restores"):
        predicate = vocab.PLX[name]
        rows = reader.rows(f"concept_as_{role}", limit=3, concept=IRI(concept), predicate=predicate)
        iris += [row.text("statement") for row in rows]
    return tuple(claim for claim in load_claims(reader, iris) if claim.status == "asserted")


def _queries() -> tuple[QueryRef, ...]:
    known = {query.name: query for query in load_queries()}
    chosen = [known[name] for name in QUERIES if name in known] or list(known.values())[:4]
    return tuple(
        QueryRef(
            query.name,
            Names(query.title, query.title_zh),
            Names(query.description, query.description_zh),
        )
        for query in chosen
    )
