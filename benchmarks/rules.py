"""What each reading rule is worth: how often it fired where the answer is known, how often rightly.

All rules are on here, also those that are only proposed. Both languages are judged on the
development part of the bilingual gold standard with its mentions given; English also on the
training part of the SemRep data and on the halves of PGxCorpus, DrugProt and BioNLP-ST PC13 that
were read while rules were written. What a corpus does not ask for (SemRep has no changes of a
level, PC13 signs what we call *affects*) counts as wrong there, so the shares are lower bounds.

Chinese has no other annotated relations, so each rule is also told on the abstracts of WMT21 that
nobody annotated: how often it fired there, and how often the other language states the same by
itself. What the other language leaves out is no error, so this too is a lower bound.

A rule is proposed, and off by default, where it fires often enough on gold and SemRep together
(`LEAST` times), is right less than every second time, and not more often on the corpora.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from benchmarks import agreement, relation_corpora, semrep
from benchmarks.table import shared, write_table
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import Score, score_document
from extractors.pipeline import Pipeline
from extractors.relations.grammar import Grammar, load_grammar
from extractors.relations.reading import find_relations
from extractors.rule_files import ROOT
from kg.assembly.belief import is_projected
from kg.model import LANGUAGES, Language

SOURCES = ("dev gold", "SemRep train", "corpora read")

UNANNOTATED = "unannotated, also in the other language"
LEAST: Mapping[Language, int] = {"en": 8, "zh": 6}

Grammars = Mapping[Language, Grammar]


def pipeline_of(grammars: Grammars) -> Pipeline:
    """The standard pipeline with other rules."""
    steps = Pipeline().steps
    return Pipeline(
        replace(steps, relations=lambda d, s, m: find_relations(d, s, m, grammars))
    )  # fmt: skip


def on_gold(pipeline: Pipeline) -> dict[str, Score]:
    """The rules on the development documents, their own readings only."""
    golds = load_gold(shared("evaluation", "bilingual_dev.json"))
    found: defaultdict[str, Score] = defaultdict(Score)
    for gold in golds:
        extraction = pipeline.extract(gold.with_mentions())
        for relation in extraction.relations:
            if relation.derived or is_projected(relation.rule):
                continue
            alone = dict(score_document(gold, replace(extraction, relations=(relation,))))
            language = relation.rule.partition(".")[0]
            right = alone[f"relations.full.{language}"].right
            found[relation.rule] += Score(right=right, predicted=1)
    return found


def on_corpora(grammars: Grammars) -> dict[str, Score]:
    """The English rules on the halves of the relation corpora that were read."""
    found: defaultdict[str, Score] = defaultdict(Score)
    for items in relation_corpora.CORPORA.values():
        for item in items():
            if relation_corpora.half(item.id) != "read":
                continue
            document, sentences, mentions = relation_corpora.placed(item)
            kinds = {m.id: m.type for m in mentions}
            for r in find_relations(document, sentences, mentions, grammars):
                asked = not item.asked or {kinds[r.subject], kinds[r.object]} == item.asked
                if asked and not r.derived:
                    right = relation_corpora.is_right(item, r.subject, r.predicate, r.object)
                    found[r.rule] += Score(right=int(right), predicted=1)
    return found


def on_parallel(pipeline: Pipeline) -> dict[str, Score]:
    """The rules on parallel abstracts without annotation: what both languages read is right."""
    found: defaultdict[str, Score] = defaultdict(Score)
    for document in agreement.documents():
        extraction = pipeline.extract(document)
        own = {r.id for r in extraction.relations if not is_projected(r.rule)}
        for relation in extraction.relations:
            if relation.id in own and not relation.derived:
                agreed = any(other in own for other in relation.aligned)
                found[relation.rule] += Score(right=int(agreed), predicted=1)
    return found


def rows() -> Iterator[dict[str, object]]:
    """One row for each rule: where it fired, how often it was right, and the sum."""
    grammars = {lang: load_grammar(ROOT / lang, proposed=True) for lang in LANGUAGES}
    pipeline = pipeline_of(grammars)
    scores = (on_gold(pipeline), semrep.scores("train", pipeline)[1], on_corpora(grammars))
    parallel = on_parallel(pipeline)
    judged = dict(zip(SOURCES, scores, strict=True))
    for language in LANGUAGES:
        for rule in sorted(grammars[language].rules, key=lambda rule: rule.id):
            total = Score()
            row: dict[str, object] = {
                "language": language, "rule": rule.id, "status": rule.status,
            }  # fmt: skip
            for source, found in judged.items():
                value = found.get(rule.id, Score())
                row[source] = f"{value.right}/{value.predicted}" if value.predicted else "-"
                total += value
            both = parallel.get(rule.id, Score())
            row[UNANNOTATED] = f"{both.right}/{both.predicted}" if both.predicted else "-"
            row["support"] = total.predicted
            row["precision"] = f"{total.precision:.2f}" if total.predicted else "-"
            yield row


def main() -> None:
    """Measure and write ``results/rules.tsv``."""
    write_table("rules", rows(), about="Each reading rule where the answer is known: right/read")
