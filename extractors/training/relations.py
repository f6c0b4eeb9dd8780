"""The relation readers that come with Parallax, trained from the public corpora.

Both languages learn from the same examples, as the features mean the same in both: sentences judged
for this project, and with little weight annotated corpora, whose predicates are not ours. Where it
is asked for, silver examples of parallel text take part. No model sees the texts of a gold standard
that is named: one of them, for development, gives the chances their scale, and on it the thresholds
were chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from extractors.evaluation.gold import Gold, load_gold
from extractors.mining.excluding import SHORT, folded, outside, sentences_of
from extractors.models.relation_features import pairs_of
from extractors.models.relation_weights import RelationModel, Thresholds
from extractors.nlp.sentences import split_sentences
from extractors.options import ReadingOptions
from extractors.pipeline import Pipeline
from extractors.relations.grammar import load_rules
from extractors.relations.reading import places
from extractors.training.alignment import read_parallel
from extractors.training.relation_corpora import bionlp, pgxcorpus, semrep
from extractors.training.relation_fitting import calibrated, fit
from extractors.training.relation_judged import judged
from extractors.training.relation_silver import silver
from extractors.training.relation_texts import Annotated, Example, examples
from kg.model import Language, Mention

# Uncalibrated, chosen on the development gold standard: (alone, helped by the other language).
CHOSEN: dict[Language, Thresholds] = {"en": Thresholds(0.5, 0.2), "zh": Thresholds(0.5, 0.2)}
# How much an example of an annotated corpus, and a silver one, counts beside a judged one.
CORPORA, SILVER = 0.1, 0.1
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is trained from.

    `gold` is the development gold standard; `without` are others whose texts are left out. With
    `restricted`, corpora take part whose licence forbids to share what was learnt from them; with
    `silver`, examples that the rules of two languages make of parallel text.
    """

    corpora: Path
    gold: Path
    without: tuple[Path, ...] = ()
    restricted: bool = False
    silver: bool = False


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
    pipeline = Pipeline(options=ReadingOptions(models=False))
    report("reading judged sentences and annotated corpora")
    hidden = sentences_of(chain(golds, *(load_gold(path) for path in request.without)))
    learnt = list(examples([t for t in judged(request.corpora) if not _shares(t.text, hidden)]))
    learnt += _weighed(examples(list(_annotated(request, pipeline))), CORPORA)
    if request.silver:
        units = outside(read_parallel(request.corpora), hidden)
        made = (example for _, example in silver(units, pipeline, report))
        learnt += _weighed(made, SILVER)
    counts: dict[str, int] = {}
    for example in learnt:
        counts[example.corpus] = counts.get(example.corpus, 0) + 1
    report(f"fitting {len(learnt)} pairs")
    model = fit(f"relations-{language}", learnt, CHOSEN[language])
    return calibrated(model, gold_examples(golds, language)), counts


def _shares(text: str, hidden: frozenset[str]) -> bool:
    own = folded(text)
    return any(
        (len(sentence) >= SHORT and sentence in own) or (len(own) >= 2 * SHORT and own in sentence)
        for sentence in hidden
    )


def _weighed(given: Iterable[Example], weight: float) -> Iterator[Example]:
    return (replace(example, weight=weight * example.weight) for example in given)


def _annotated(request: Request, pipeline: Pipeline) -> Iterator[Annotated]:
    yield from bionlp(request.corpora)
    yield from semrep(request.corpora, pipeline.steps.mentions)
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
