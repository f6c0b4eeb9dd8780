"""CMeIE: what Chinese medical texts say of diseases, in the corpus' own 44 predicates.

Of the texts with answers at hand (the development part; the training part is not) a fifth, told by
a hash of the text, is scored, and the rest is learnt from. A triple counts where the strings of
subject and object and the predicate are those of the corpus. `terms given`: the typed terms of all
triples of the text are given to a linear model (`benchmarks.training.cmeie_pairs`). `end to end`:
the network of the Chinese recogniser, ``RECOGNISERS_ZH``/research.npz as `kg train recogniser zh
--research` writes it, learns to tell triples (`cmeie_network`). Neither is a part of Parallax: the
corpus is for research, nothing learnt from it is shipped.

Published, trained on the whole training part (14,339 texts; here some 1,400): 0.559 (RoBERTa
large), people 0.660.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.table import MissingData, score_row, shared, write_table
from benchmarks.training.cmeie_network import fit_teller
from benchmarks.training.cmeie_pairs import (
    Text,
    Triple,
    choose_threshold,
    find_all,
    fit_relater,
)
from extractors.evaluation.scores import Score
from extractors.mentions.compiling import load_compiled
from extractors.mentions.lexicon import Lexicon
from extractors.models.keeping import Kept, load_network


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


def score_triples(said: frozenset[Triple], gold: frozenset[Triple]) -> dict[str, Score]:
    """How many triples are right, and how many pairs in any predicate."""
    right = len(said & gold)
    pairs, asked = {(s, o) for s, _, o in said}, {(s, o) for s, _, o in gold}
    both = len(pairs & asked)
    return {
        "triples": Score(right, len(said), right, len(gold)),
        "pairs": Score(both, len(pairs), both, len(asked)),
    }


def rows(texts: Sequence[Text], kept: Kept, lexicon: Lexicon) -> Iterator[dict[str, object]]:
    """One row for each route and measure."""
    train = [text for text in texts if not scored(text.text)]
    apart = [text for text in texts if scored(text.text)]
    relater = fit_relater(train, choose_threshold(train))
    teller = fit_teller(train, kept, lexicon)
    said = {
        "terms given": (relater.triples(text.text, text.spans) for text in apart),
        "end to end": (teller.triples(text.text) for text in apart),
    }
    for route, found in said.items():
        sums = {"triples": Score(), "pairs": Score()}
        for text, own in zip(apart, found, strict=True):
            scores = score_triples(own, text.triples)
            sums = {name: sums[name] + scores[name] for name in sums}
        for measure, value in sums.items():
            yield score_row(route, measure, value)


def main() -> None:
    """Measure and write ``results/cmeie.tsv``."""
    path = shared("corpora", "chinese", "cmeie", "dev_a.jsonl")
    folder = os.environ.get("RECOGNISERS_ZH")
    if not folder:
        raise MissingData("RECOGNISERS_ZH is not set")
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [read_text(line) for line in lines if line.strip()]
    kept = load_network(Path(folder) / "research.npz")
    write_table("cmeie", rows(texts, kept, load_compiled(None)),
                about="CMeIE, a fifth of the development part only scored")  # fmt: skip
