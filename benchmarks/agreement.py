"""Do the two languages give one graph? Typed, signed edges read from the English and the Chinese.

The abstracts are those of WMT21 (50, in both languages), from which the table of word alignment was
not learnt. An edge is a subject concept, a predicate with its sign, an object concept and a
polarity; the ends of symmetric predicates have no order. What one language was read to state by
help of the other ("projected") counts only in the second part. Edges that stand on one side are
sorted by what is missing on the other.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from benchmarks.table import shared, write_table
from extractors.evaluation.gold import JOIN
from extractors.pipeline import Pipeline
from kg.assembly.belief import is_projected
from kg.assembly.concepts import resolve_concepts
from kg.model import LANGUAGES, Document, Extraction, Language, Passage, RelationMention

Edge: TypeAlias = tuple[str, str, str, str]
Edges: TypeAlias = Mapping[Language, set[Edge]]

SYMMETRIC = frozenset({"associated_with", "binds"})
CAUSES = (
    "an argument is not found", "an argument is another concept", "an argument has another type",
    "no relation is read",
    "another predicate", "another direction of argument", "another polarity",
)  # fmt: skip


def documents() -> Iterator[Document]:
    """The abstracts, one passage a language."""
    texts: dict[str, dict[Language, list[str]]] = defaultdict(lambda: {"en": [], "zh": []})
    for language in LANGUAGES:
        path = shared("corpora", "parallel", "wmt21-biomed", f"medline_en2zh_{language}.txt")
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                texts[row[0]][language].append(row[2].strip())
    for name, sides in texts.items():
        yield Document(
            f"wmt21-{name}",
            tuple(Passage(lang, lang, JOIN[lang].join(sides[lang])) for lang in LANGUAGES),
        )


def stated(extraction: Extraction, *, projected: bool) -> dict[Language, list[RelationMention]]:
    """The relations that each language states, without what is derived from others."""
    language = {p.id: p.language for p in extraction.document.passages}
    sentences = {s.id: language[s.passage] for s in extraction.sentences}
    found: dict[Language, list[RelationMention]] = {"en": [], "zh": []}
    for relation in extraction.relations:
        if not relation.derived and (projected or not is_projected(relation.rule)):
            found[sentences[relation.sentence]].append(relation)
    return found


def edge(relation: RelationMention, concepts: Mapping[str, str]) -> Edge:
    """What a relation puts into the graph."""
    subject, object_ = concepts[relation.subject], concepts[relation.object]
    if relation.predicate in SYMMETRIC:
        subject, object_ = sorted((subject, object_))
    return subject, f"{relation.predicate}{relation.sign or ''}", object_, relation.polarity


def causes(extraction: Extraction, sides: Edges, concepts: Mapping[str, str]) -> Counter[str]:
    """Why each edge of one side is absent on the other."""
    language = {p.id: p.language for p in extraction.document.passages}
    present: dict[Language, set[str]] = {"en": set(), "zh": set()}
    aligned: dict[str, bool] = {}  # concept → whether a counterpart of it has its type
    types = {mention.id: mention.type for mention in extraction.mentions}
    for mention in extraction.mentions:
        concept = concepts[mention.id]
        present[language[mention.passage]].add(concept)
        if mention.aligned:
            alike = any(types[other] == mention.type for other in mention.aligned)
            aligned[concept] = aligned.get(concept, False) or alike
    count: Counter[str] = Counter()
    for lang in LANGUAGES:
        other: Language = "zh" if lang == "en" else "en"
        for lonely in sides[lang] - sides[other]:
            count[_cause(lonely, sides[other], present[other], aligned)] += 1
    return count


def _cause(lonely: Edge, other: set[Edge], present: set[str], aligned: Mapping[str, bool]) -> str:
    subject, predicate, object_, polarity = lonely
    if missing := {subject, object_} - present:
        if not missing & aligned.keys():
            return "an argument is not found"
        alike = any(aligned.get(concept) for concept in missing)
        return "an argument is another concept" if alike else "an argument has another type"
    same = [e for e in other if {e[0], e[2]} == {subject, object_}]
    if not same:
        return "no relation is read"
    if all((e[0], e[2]) != (subject, object_) for e in same):
        return "another direction of argument"
    return (
        "another polarity"
        if any(e[1] == predicate and e[3] != polarity for e in same)
        else "another predicate"
    )


def rows() -> Iterator[dict[str, object]]:
    """Agreement of the edges with and without projection, then the causes of disagreement."""
    pipeline = Pipeline()
    read = [pipeline.extract(document) for document in documents()]
    resolved = [resolve_concepts(extraction) for extraction in read]
    for part, projected in (("each language alone", False), ("reading each other", True)):
        both = english = chinese = 0
        why: Counter[str] = Counter()
        for extraction, concepts in zip(read, resolved, strict=True):
            sides = {
                lang: {edge(relation, concepts) for relation in relations}
                for lang, relations in stated(extraction, projected=projected).items()
            }
            both += len(sides["en"] & sides["zh"])
            english, chinese = english + len(sides["en"]), chinese + len(sides["zh"])
            why += causes(extraction, sides, concepts)
        f1 = 2 * both / (english + chinese)
        yield row(part, "edges in both", both)
        yield row(part, "edges in English", english)
        yield row(part, "edges in Chinese", chinese)
        yield row(part, "F1 of agreement", f"{f1:.3f}")
        for cause in CAUSES:
            yield row(part, f"one-sided: {cause}", why[cause])


def row(part: str, measure: str, value: object) -> dict[str, object]:
    """One line of the table."""
    return {"part": part, "measure": measure, "value": value}


def main() -> None:
    """Measure and write ``results/agreement.tsv``."""
    write_table("agreement", rows(), about="Edges read from both languages of 50 abstracts")
