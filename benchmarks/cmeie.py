"""CMeIE: what Chinese medical texts say of diseases, in the corpus' own 44 predicates.

Of the texts with answers at hand (the development part; the training part is not) a fifth, told by
a hash of the text, is scored, and the rest is learnt from. A triple counts where the strings of
subject and object and the predicate are those of the corpus. `terms given`: the typed terms of all
triples of the text are given; `end to end`: they are tagged first. Both models are linear, read
characters only (`benchmarks.training.cmeie_spans`, `cmeie_pairs`) and are no part of Parallax: the
corpus is for research, nothing learnt from it is shipped.

Published, trained on the whole training part (14,339 texts; here some 1,400): 0.559 (RoBERTa
large), people 0.660.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.table import score_row, shared, write_table
from benchmarks.training.cmeie_pairs import Text, Triple, choose_threshold, fit_relater
from benchmarks.training.cmeie_spans import Span, Tagged, find_all, fit_tagger
from extractors.evaluation.scores import Score

FOLDS = 3


def scored(text: str) -> bool:
    """Whether a text is of the fifth that is only scored."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def read_text(line: str) -> Text:
    """A text of the corpus, its terms wherever they stand."""
    record = json.loads(line)
    names, triples = {}, set()
    for told in record["spo_list"]:
        subject, object_ = told["subject"], told["object"]["@value"]
        names[object_] = told["object_type"]["@value"]
        triples.add((subject, told["predicate"], object_))
    for told in record["spo_list"]:
        names[told["subject"]] = told["subject_type"]
    return Text(record["text"], find_all(record["text"], names), frozenset(triples))


def tagged_by_others(texts: Sequence[Text]) -> Iterator[Text]:
    """The texts with the terms that a tagger finds which has not learnt from them."""
    for fold in range(FOLDS):
        rest = [Tagged(t.text, t.spans) for n, t in enumerate(texts) if n % FOLDS != fold]
        tagger = fit_tagger(rest)
        yield from (replace(t, spans=tagger.spans(t.text)) for t in texts[fold::FOLDS])


def score_triples(said: frozenset[Triple], gold: frozenset[Triple]) -> dict[str, Score]:
    """How many triples are right, and how many pairs in any predicate."""
    right = len(said & gold)
    pairs, asked = {(s, o) for s, _, o in said}, {(s, o) for s, _, o in gold}
    both = len(pairs & asked)
    return {
        "triples": Score(right, len(said), right, len(gold)),
        "pairs": Score(both, len(pairs), both, len(asked)),
    }


def score_terms(text: str, spans: Sequence[Span], gold: Sequence[Span]) -> Score:
    """How many terms are tagged, by name and type."""
    own, asked = ({(text[s:e], kind) for s, e, kind in each} for each in (spans, gold))
    return Score(len(own & asked), len(own), len(own & asked), len(asked))


def rows(texts: Sequence[Text]) -> Iterator[dict[str, object]]:
    """One row for each route and measure."""
    train = [text for text in texts if not scored(text.text)]
    apart = [text for text in texts if scored(text.text)]
    tagger = fit_tagger([Tagged(text.text, text.spans) for text in train])
    tagged = [replace(text, spans=tagger.spans(text.text)) for text in apart]
    terms = (score_terms(t.text, t.spans, g.spans) for t, g in zip(tagged, apart, strict=True))
    yield score_row("end to end", "terms", sum(terms, Score()))
    found = list(tagged_by_others(train))
    for route, learnt, chosen, asked in (
        ("terms given", train, train, apart), ("end to end", found, found, tagged),
    ):  # fmt: skip
        relater = fit_relater(learnt, choose_threshold(chosen))
        sums = {"triples": Score(), "pairs": Score()}
        for text in asked:
            scores = score_triples(relater.triples(text.text, text.spans), text.triples)
            sums = {name: sums[name] + scores[name] for name in sums}
        for measure, value in sums.items():
            yield score_row(route, measure, value)


def main() -> None:
    """Measure and write ``results/cmeie.tsv``."""
    path = shared("corpora", "chinese", "cmeie", "dev_a.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [read_text(line) for line in lines if line.strip()]
    write_table("cmeie", rows(texts), about="CMeIE, a fifth of the development part only scored")
