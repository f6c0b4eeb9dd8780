"""The two variants of the Chinese recogniser beside the rules: what each adds.

``RECOGNISERS_ZH`` names a folder with ``delivered.npz`` and ``research.npz``, as `kg train
recogniser zh` writes them. Scored are Chinese mentions of the bilingual gold standard (sentences
are in neither variant's training) by the rules alone, and with each network joined to them, and the
parts of CMeEE and Ruijin kept apart by the network alone that has learned their styles and types.
The starter terminology is the lexicon.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.recognition import CORPORA, score_corpus
from benchmarks.table import MissingData, score_row, shared, write_table
from extractors.evaluation.gold import Gold, load_gold
from extractors.evaluation.scores import score
from extractors.mentions.compiling import load_compiled
from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import Lexicon
from extractors.models.keeping import load_network
from extractors.models.recognising import Recogniser
from extractors.nlp.sentences import split_sentences
from kg.model import Extraction

VARIANTS = ("delivered", "research")
MEASURES = ("mentions.relaxed.zh", "mentions.strict.zh")


def variants(folder: Path) -> Mapping[str, Recogniser | None]:
    """No network, and each that the folder has."""
    files = {name: folder / f"{name}.npz" for name in VARIANTS}
    found = {name: file for name, file in files.items() if file.is_file()}
    networks = {name: Recogniser(load_network(file), "zh") for name, file in found.items()}
    return {"rules alone": None} | networks


def read(gold: Gold, lexicon: Lexicon, recogniser: Recogniser | None) -> Extraction:
    """The mentions of a document, without what the other language tells about them."""
    document = gold.document()
    sentences = split_sentences(document)
    found = find_mentions(
        document, sentences, lexicon, {} if recogniser is None else {"zh": recogniser}
    )
    return Extraction(document, sentences, found)


def rows(folder: Path) -> Iterator[dict[str, object]]:
    """One row for each variant, text and measure."""
    lexicon = load_compiled(None)
    golds = {
        part: load_gold(shared("evaluation", f"bilingual_{part}.json"))
        for part in ("dev", "validation")
    }
    for name, recogniser in variants(folder).items():
        for part, documents in golds.items():
            scores = score(documents, [read(gold, lexicon, recogniser) for gold in documents])
            for measure in MEASURES:
                yield {"variant": name} | score_row(f"bilingual {part}", measure, scores[measure])
        if recogniser is None:
            continue
        for corpus in CORPORA:
            if corpus.style in recogniser.kept.network.shape.styles:
                for kind, value in sorted(score_corpus(corpus, recogniser, lexicon).items()):
                    yield {"variant": f"{name}, alone"} | score_row(corpus.name, kind, value)


def main() -> None:
    """Measure and write ``results/recogniser_zh.tsv``."""
    folder = os.environ.get("RECOGNISERS_ZH")
    if not folder:
        raise MissingData("RECOGNISERS_ZH is not set")
    write_table(
        "recogniser_zh", rows(Path(folder)),
        about="Chinese mentions by rules, and with each variant of the network joined to them",
    )  # fmt: skip
