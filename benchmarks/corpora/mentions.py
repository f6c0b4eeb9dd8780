"""Public corpora with annotated mentions, in the types of Parallax; development parts and train.

BC5CDR and NCBI-disease come with parts. Of CMeEE, whose sentences share books, a tenth told by a
hash of the sentence is the development part here.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.table import shared
from extractors.training.english_corpora import read_blocks
from kg.model import Language

_FILES = {
    ("bc5cdr", "train"): "bc5cdr/CDR_TrainingSet.PubTator.txt.gz",
    ("bc5cdr", "dev"): "bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz",
    ("ncbi", "train"): "ncbi-disease/NCBItrainset_corpus.txt",
    ("ncbi", "dev"): "ncbi-disease/NCBIdevelopset_corpus.txt",
}
# What the corpora call things; signs and findings are "Disease" in both English ones.
_PUBTATOR: Mapping[str, str] = {
    "Chemical": "Drug", "Disease": "Disease", "DiseaseClass": "Disease",
    "SpecificDisease": "Disease", "Modifier": "Disease", "CompositeMention": "Disease",
}  # fmt: skip
_CMEEE: Mapping[str, str] = {
    "dis": "Disease", "sym": "Outcome", "dru": "Drug", "bod": "Cell", "mic": "Organism",
}  # fmt: skip
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its mentions: start, end and type."""

    id: str
    text: str
    language: Language
    spans: frozenset[Span]


def read_pubtator(corpus: str, part: str) -> Iterator[Annotated]:
    """The abstracts of a part of BC5CDR or NCBI-disease, each once."""
    path = shared("corpora", "english", *_FILES[corpus, part].split("/"))
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        text = lines.read()
    for identifier, words, rows in read_blocks(text):
        spans = frozenset(
            (int(row[1]), int(row[2]), _PUBTATOR[row[4]])
            for row in rows
            if len(row) >= 6 and row[1].isdigit() and row[4] in _PUBTATOR
        )
        yield Annotated(identifier, words, "en", spans)


def read_cmeee(part: str) -> Iterator[Annotated]:
    """The sentences of our development or training part of the training set of CMeEE."""
    path = shared("corpora", "chinese", "cmeee", "train_data.txt")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text, *given = line.rstrip("\n").split("|||")
            tenth = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10 == 0
            if tenth == (part == "dev"):
                spans = (mention.split() for mention in given if mention.strip())
                yield Annotated(
                    f"cmeee:{number}", text, "zh",
                    frozenset(
                        (int(start), int(end) + 1, _CMEEE[kind])
                        for start, end, kind in spans
                        if kind in _CMEEE
                    ),
                )  # fmt: skip
