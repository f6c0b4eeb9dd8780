"""Learn ``extractors/rules/en/classes.tsv``: the part of speech a word has by itself.

``python -m benchmarks.training.word_classes`` counts the tags of the training part of UD English
EWT (CC BY-SA 4.0) and of two parts of the GENIA treebank that serve no test; sentences that stand
in the scored fifth of BioScope are left out. Kept are words in plain letters that are seen twice
and are not what their ending says already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.corpora.bioscope import read_abstracts
from benchmarks.table import shared
from extractors.context.classes import LONGEST, WordClasses
from extractors.nlp.words import cut, level
from extractors.rule_files import ROOT

SOURCES = (
    ("english", "genia-dep", "dev.conllu"),
    ("english", "genia-dep", "future_use.conllu"),
    ("ud", "en_ewt", "en_ewt-ud-train.conllu"),
)
SEEN = 2  # how often a word must stand in the treebanks
ENDINGS_SEEN, ENDINGS_SURE = 8, 0.6  # words with an ending, and the share of its class among them
SURE = 0.75  # share of the one class of a word; below it has two
FEWER = {
    "NNS": "NNS", "NNP": "NN", "NNPS": "NNS", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB",
    "PRP$": "DT", "AFX": "JJ", "GW": "NN", "ADD": "NN", "FW": "NN",
}  # fmt: skip
Counts = Mapping[str, Counter[str]]


def read_treebank(path: Path) -> Iterator[list[tuple[str, str]]]:
    """The sentences of a CoNLL-U file as (word, tag)."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[0].isdigit():
            sentence.append((cells[1], cells[4]))
        elif not line and sentence:
            yield sentence
            sentence = []


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def count_tags() -> Counts:
    """How often each word has which tag; a word cut in pieces counts by its last."""
    scored = {_letters(sentence.text) for sentence in read_abstracts(test=True)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for source in SOURCES:
        for sentence in read_treebank(shared("corpora", *source)):
            if _letters("".join(word for word, _ in sentence)) in scored:
                continue
            for word, tag in sentence:
                pieces = [piece for _, _, piece in cut(level(word, "en"))]
                for piece in pieces[-1:]:
                    if piece.isascii() and piece.isalpha():
                        counts[piece][FEWER.get(tag, tag)] += 1
    return counts


def choose_classes(counts: Counts) -> dict[str, str]:
    """The class of each word that its ending does not tell, and of the endings that tell one."""
    words = {word: _class_of(tags) for word, tags in counts.items() if tags.total() >= SEEN}
    by_ending: dict[str, Counter[str]] = defaultdict(Counter)
    for word, name in words.items():
        for length in range(2, LONGEST + 1):
            if len(word) > length + 1:
                by_ending[f"-{word[-length:]}"][name] += 1
    endings = {
        ending: names.most_common(1)[0][0]
        for ending, names in by_ending.items()
        if names.total() >= ENDINGS_SEEN
        and names.most_common(1)[0][1] >= ENDINGS_SURE * names.total()
    }
    told = WordClasses(endings)
    return endings | {w: name for w, name in words.items() if told.by_ending(w) != name}


def _class_of(tags: Counter[str]) -> str:
    (first, often), *rest = tags.most_common(2)
    if not rest or often >= SURE * tags.total():
        return first
    return "/".join(sorted((first, rest[0][0])))


def main() -> None:
    """Count, choose and write the table."""
    classes = choose_classes(count_tags())
    path = ROOT / "en" / "classes.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write("# Parts of speech, learnt by python -m benchmarks.training.word_classes\n")
        out.write("# from UD English EWT and GENIA, training parts; see docs/context.md\n")
        out.writelines(f"{word}\t{name}\n" for word, name in sorted(classes.items()))
    print(f"{path.name}: {len(classes)} words and endings")


if __name__ == "__main__":
    main()
