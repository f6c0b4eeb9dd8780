"""The relation readers that come with Parallax, trained from the public corpora.

English learns from annotated corpora and from silver examples, Chinese from silver examples, which
both languages make for each other. Neither sees the texts of a gold standard that is named: one of
them, for development, gives the chances their scale, and on it the thresholds were chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from extractors.evaluation.gold import Gold, load_gold
from extractors.mining.excluding import outside, sentences_of
from extractors.models.relation_features import pairs_of
from extractors.models.relation_weights import RelationModel, Thresholds
from extractors.nlp.sentences import split_sentences
from extractors.options import ReadingOptions
from extractors.pipeline import Pipeline
from extractors.relations.grammar import load_rules
from extractors.relations.reading import places
from extractors.training.alignment import read_parallel
from extractors.training.relation_corpora import ade, bionlp, drugprot, indra, pgxcorpus, semrep
from extractors.training.relation_fitting import calibrated, fit
from extractors.training.relation_silver import silver
from extractors.training.relation_texts import Annotated, Example, examples
from kg.model import Language, Mention

# Uncalibrated, chosen on the development gold standard: (alone, helped by the other language).
CHOSEN: dict[Language, Thresholds] = {"en": Thresholds(0.9, 0.3), "zh": Thresholds(0.9, 0.12)}
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is trained from.

    `gold` is the development gold standard; `without` are others whose texts are left out. With
    `restricted`, corpora take part whose licence forbids to share what was learnt from them.
    """

    corpora: Path
    gold: Path
    without: tuple[Path, ...] = ()
    restricted: bool = False


def train_relations(
    language: Language, request: Request, report: Report = lambda message: None
) -> tuple[RelationModel, dict[str, int]]:
    """The model of a language, and how many pairs of each corpus it was trained on.

    Raises
    ------
    InputError, FormatError
        where a corpus is absent or not in its format.
    KgError
        where scikit-learn is absent.
    """
    golds = load_gold(request.gold)
    hidden = sentences_of(chain(golds, *(load_gold(path) for path in request.without)))
    pipeline = Pipeline(options=ReadingOptions(models=False))
    learnt: list[Example] = []
    if language == "en":
        report("reading annotated corpora")
        learnt += examples(list(_annotated(request, pipeline)))
    units = outside(read_parallel(request.corpora), hidden)
    learnt += (example for lang, example in silver(units, pipeline, report) if lang == language)
    counts: dict[str, int] = {}
    for example in learnt:
        counts[example.corpus] = counts.get(example.corpus, 0) + 1
    report(f"fitting {len(learnt)} pairs")
    model = fit(f"relations-{language}", learnt, CHOSEN[language])
    return calibrated(model, gold_examples(golds, language)), counts


def _annotated(request: Request, pipeline: Pipeline) -> Iterator[Annotated]:
    find = pipeline.steps.mentions
    yield from bionlp(request.corpora)
    yield from semrep(request.corpora, find)
    yield from ade(request.corpora, find)
    yield from drugprot(request.corpora)
    yield from indra(request.corpora)
    if request.restricted:
        yield from pgxcorpus(request.corpora)


def gold_examples(golds: Sequence[Gold], language: Language) -> list[Example]:
    """The pairs of a gold standard with its own mentions, for calibration only."""
    found = []
    for gold in golds:
        given = gold.with_mentions()
        keys = {f"g{n}": m for n, m in enumerate(gold.mentions, start=1)}
        stated = {
            (sentence, frozenset((r.subject, r.object)))
            for r in gold.relations
            for sentence in r.sentences[language]
        }
        document = given.document
        sentences = [s for s in split_sentences(document) if s.passage == language]
        inside = [
            Mention(m.id, m.passage, s.id, m.start, m.end, m.text, m.type)
            for m in given.mentions
            for s in sentences
            if m.passage == language and s.start <= m.start and m.end <= s.end
        ]
        for place in places(document, sentences, inside, load_rules()):
            for pair in pairs_of(place, place.read()):
                left, right = keys[pair.left.id], keys[pair.right.id]
                known = (left.sentence, frozenset((left.key, right.key))) in stated
                found.append(Example("gold", gold.id, pair.features, "?" if known else None))
    return found
