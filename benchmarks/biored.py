"""BioRED, development part: which pairs of entities are related, and how, end to end and given.

End to end an abstract is read from its text, with the learned models; the concepts of the mentions
are compared with the corpus' identifiers (MeSH, OMIM, Entrez Gene). `named by the corpus`: the
same, but a mention of ours that overlaps one of the corpus of the same kind has the corpus'
identifier, which tells what naming costs. `entities given`: all mentions are the corpus' own.
*pair* asks for two related identifiers, in no direction, *typed* for the relation too
(``data/biored_relations.tsv``). The corpus tells also of variants, for which Parallax has no type,
and of genes of mice and rats, for which it has no terminology: `asked` tells whether `all`
relations are asked for, or those `without variants`.

`end to end, as annotated` reads from the text alone as well, but for this corpus: the recogniser
reads in the style of BioRED, whose training part it has learnt from; variants are found by their
notation (`extractors.sequence_variants`); and what is found is called as the training parts of
BioRED, BC5CDR and NCBI-disease call it, or else grounded in MeSH, OMIM and Entrez Gene alone
(`benchmarks.corpora.biored_names`). Genes of the mouse and the rat have their numbers from
``data/orthologues.tsv``. No abstract of the development part is learnt from.

Systems: `Parallax`; `same abstract` and `same sentence`, all pairs of entities of kinds between
which the corpus tells relations, called as most are of their kinds in the training part; and
`trained on BioRED`, a classifier of pairs (`benchmarks.training.biored_pairs`) that is no part of
Parallax, with our entities and readings as its features, fitted to the training part and its
threshold chosen there: what a reader of whole abstracts could make of the same mentions.

The lexicon is the starter's, then all of ../shared/corpora/terminology but for the names read
in BC5CDR and NCBI-disease, some of whose abstracts are in the development part. With
``BIORED_DATA`` set, the lexicon of that data directory is taken as it is.

Published (BioCreative VIII, its own test abstracts): 0.558 pair and 0.430 typed end to end.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora.biored import (
    KINDS,
    VARIANT,
    Article,
    Entity,
    Pair,
    Part,
    local,
    read_biored,
)
from benchmarks.corpora.biored_names import Names
from benchmarks.corpora.biored_reading import (
    Finder,
    Read,
    document_of,
    read_found,
    read_given,
    read_own,
)
from benchmarks.normalisation import read_articles
from benchmarks.table import MissingData, score_row, shared, write_table
from extractors.evaluation.scores import Score

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon
    from extractors.pipeline import Pipeline

TRAINED = "trained on BioRED"
PARTS: tuple[Part, ...] = ("Train", "Dev")
NAMED = (
    ("bc5cdr", "CDR_TrainingSet.PubTator.txt.gz"), ("ncbi-disease", "NCBItrainset_corpus.txt"),
)  # fmt: skip
Predict = Callable[[Read], Mapping[Pair, str]]
WITHOUT = ("bc5cdr-train", "ncbi-disease-train")


def by_parallax(read: Read) -> dict[Pair, str]:
    """What we read of the pairs, each as it was read most often."""
    asked = set(read.pairs())
    return {
        pair: min(times, key=lambda label: (-times[label], label == "Association", label))
        for pair, times in read.told.items() if pair in asked
    }  # fmt: skip


def together(read: Read, usual: Mapping[frozenset[str], str], *, sentence: bool) -> dict[Pair, str]:
    """All pairs of the abstract, or of its sentences, with the usual relation of their kinds."""
    at: defaultdict[str, set[int]] = defaultdict(set)
    kinds = {}
    for seat in read.seats:
        at[seat.name].add(seat.sentence)
        kinds[seat.name] = seat.kind
    return {
        pair: usual.get(frozenset(kinds[name] for name in pair), "Association")
        for pair in read.pairs()
        if not sentence or set.intersection(*(at[name] for name in pair))
    }


def usual_relations(reads: Iterable[Read]) -> dict[frozenset[str], str]:
    """The commonest relation between each two kinds."""
    counted: defaultdict[frozenset[str], Counter[str]] = defaultdict(Counter)
    for read in reads:
        kinds = read.article.kinds
        for pair, label in read.article.relations.items():
            if all(name in kinds for name in pair):
                counted[frozenset(kinds[name] for name in pair)][label] += 1
    return {kinds: times.most_common(1)[0][0] for kinds, times in counted.items()}


def score_pairs(read: Read, said: Mapping[Pair, str], *, variants: bool) -> dict[str, Score]:
    """How many of the pairs are related, and related so."""
    gold = read.gold(variants=variants)
    pairs = sum(pair in gold for pair in said)
    typed = sum(gold.get(pair) == label for pair, label in said.items())
    return {
        "pair": Score(pairs, len(said), pairs, len(gold)),
        "typed": Score(typed, len(said), typed, len(gold)),
    }


def score_entities(read: Read) -> Score:
    """How many of the identifiers of chemicals, diseases and genes are found."""
    gold = {n for n, kind in read.article.kinds.items() if kind in ("Drug", "Disease", "Protein")}
    own = {seat.name for seat in read.seats}
    return Score(len(own & gold), len(own), len(own & gold), len(gold))


def rows_of(
    route: str, lexicon: str, reads: tuple[Read, ...], systems: Mapping[str, Predict]
) -> Iterator[dict[str, object]]:
    """One row for each system, kind of relations asked for and measure."""
    told = {"route": route, "lexicon": lexicon}
    for name, predict in systems.items():
        for asked, variants in (("all", True), ("without variants", False)):
            sums: defaultdict[str, Score] = defaultdict(Score)
            for read in reads:
                said = predict(read)
                kinds = {seat.name: seat.kind for seat in read.seats}
                if not variants:
                    said = {p: x for p, x in said.items() if all(kinds[n] != VARIANT for n in p)}
                for measure, value in score_pairs(read, said, variants=variants).items():
                    sums[measure] += value
            for measure, value in sums.items():
                yield told | {"system": name, "asked": asked} | score_row("Dev", measure, value)
    if route != "entities given":
        found = sum(map(score_entities, reads), Score())
        yield told | {"system": "Parallax", "asked": "entities"} | score_row("Dev", "named", found)


def systems_of(train: tuple[Read, ...]) -> dict[str, Predict]:
    """The systems, those that learn fitted to the training part."""
    from benchmarks.training.biored_pairs import choose_threshold, fit

    usual = usual_relations(train)
    return {
        "Parallax": by_parallax,
        "same sentence": lambda read: together(read, usual, sentence=True),
        "same abstract": lambda read: together(read, usual, sentence=False),
        TRAINED: fit(train, choose_threshold(train)),
    }


def rows(data: Path) -> Iterator[dict[str, object]]:
    """The rows of all routes and lexica."""
    from extractors.mentions.compiling import find_lexicon, load_compiled
    from extractors.options import ReadingOptions
    from extractors.pipeline import Pipeline

    starter, folder = Pipeline(), find_lexicon(data)
    full, names = Pipeline(options=ReadingOptions(lexicon=folder)), load_compiled(folder)

    def given(part: Part) -> tuple[Read, ...]:
        return tuple(read_given(article, starter) for article in read_biored(part))

    by_given = systems_of(given("Train"))
    untrained = {name: system for name, system in by_given.items() if name != TRAINED}
    yield from rows_of("entities given", "starter", given("Dev"), by_given)
    dev = [(article, full.extract(document_of(article))) for article in read_biored("Dev")]
    placed = tuple(read_own(article, read, names, by_place=True) for article, read in dev)
    yield from rows_of("named by the corpus", "all imported", placed, by_given)
    reads = tuple(read_own(article, read, names) for article, read in dev)
    yield from rows_of("end to end", "all imported", reads, untrained)
    plain = load_compiled(None)
    found = ((article, starter.extract(document_of(article))) for article in read_biored("Dev"))
    reads = tuple(read_own(article, read, plain) for article, read in found)
    yield from rows_of("end to end", "starter", reads, untrained)
    yield from as_annotated(names, starter)


def as_annotated(lexicon: Lexicon, pipeline: Pipeline) -> Iterator[dict[str, object]]:
    """The rows of the route on which entities are found and called as the corpus does."""
    from extractors.models.recognising import load_recogniser

    recogniser = load_recogniser("en")
    if recogniser is None:
        raise MissingData("there are no weights of the English recogniser")
    finder, called = Finder(lexicon, recogniser), Names(lexicon, [*read_biored("Train"), *others()])

    def found(part: Part) -> tuple[Read, ...]:
        return tuple(read_found(article, pipeline, finder, called) for article in read_biored(part))

    yield from rows_of(
        "end to end, as annotated", "all imported", found("Dev"), systems_of(found("Train"))
    )


def others() -> Iterator[Article]:
    """The training parts of BC5CDR and NCBI-disease, but for the abstracts that BioRED has."""
    known = {article.id for part in PARTS for article in read_biored(part)}
    for folder, file in NAMED:
        for article in read_articles(shared("corpora", "english", folder, file)):
            if article.id not in known:
                entities = tuple(
                    Entity(m.start, m.end, KINDS.get(m.type, ""), local(sorted(m.identifiers)))
                    for m in article.mentions
                )
                yield Article(article.id, article.text, "", entities, {})


def main() -> None:
    """Measure and write ``results/biored.tsv``."""
    from benchmarks.terminologies import import_all
    from extractors.mentions.compiling import build_lexicon
    from kg.terminology.building import imported_rows

    shared("corpora", "english", "biored")
    with tempfile.TemporaryDirectory() as name:
        given = os.environ.get("BIORED_DATA")
        data = Path(given or name)
        if not given:
            import_all(data, without=WITHOUT)
            build_lexicon(data, imported_rows(data))
        table = list(rows(data))
    write_table("biored", table, about="Relations of BioRED's development abstracts, F1 of pairs")
