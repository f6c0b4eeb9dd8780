"""English texts without annotations, to be labelled by rules: trials, and the English of bitext.

A text that shares a sentence with a gold standard is left out, so that what is trained on the rest
can be scored on it.
"""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.evaluation.gold import load_gold
from extractors.training.english_corpora import Annotated

_NOTHING: frozenset[str] = frozenset()
_SPACES = re.compile(r"[\W_]+")
_LEAST = 12  # folded code points of a gold sentence that are too few to be looked for in a text
_SEGMENT = re.compile(r'<tuv xml:lang="en[^"]*">\s*<seg>(.*?)</seg>', re.DOTALL)


def folded(text: str) -> str:
    """A text by its letters and digits alone.

    >>> folded("IL-6 ↑ (Ｐ<0.05)")
    'il6p005'
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())


def gold_sentences(paths: Iterable[Path]) -> frozenset[str]:
    """The folded English sentences of gold standards."""
    return frozenset(
        folded(gold.texts["en"][start:end])
        for path in paths
        for gold in load_gold(path)
        for start, end in gold.spans["en"]
    )


def outside(given: Iterable[Annotated], gold: frozenset[str]) -> Iterator[Annotated]:
    """The texts that hold no gold sentence and lie in none."""
    long = [sentence for sentence in gold if len(sentence) >= _LEAST]
    for text in given:
        own = folded(text.text)
        if own in gold or any(sentence in own for sentence in long):
            continue
        if len(own) < 2 * _LEAST or not any(own in sentence for sentence in long):
            yield text


def read_unlabelled(folder: Path) -> Iterator[Annotated]:
    """The abstracts of Evidence Inference and the English sides of the parallel corpora."""
    trials = folder / "english" / "evidence-inference" / "abstract_prompts.jsonl"
    for line in trials.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield _text(f"trial:{record['pmcid']}", record["abstract"])
    parallel = folder / "parallel"
    with (parallel / "eccparacorp-enzh" / "ecc_complete.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["type"] == "Sentence":
                yield _text(f"ecc:{row['id']}", row["en_description"].strip())
    memory = (parallel / "tico19-enzh" / "all.en-zh.tmx").read_text(encoding="utf-8")
    for number, segment in enumerate(_SEGMENT.findall(memory)):
        yield _text(f"tico:{number}", html.unescape(" ".join(segment.split())))
    for name in ("wmt18", "wmt19"):
        lines = (parallel / "wmt18-19-biomed" / f"{name}.medline.en-zh.en").read_text("utf-8")
        for number, line in enumerate(lines.splitlines()):
            yield _text(f"{name}:{number}", line.strip())
    abstracts: dict[str, list[str]] = defaultdict(list)
    rows_of = (parallel / "wmt21-biomed" / "medline_en2zh_en.txt").read_text(encoding="utf-8")
    for line in rows_of.splitlines():
        name, _, sentence = line.split("\t", 2)
        abstracts[name].append(sentence.strip())
    for name, sentences in abstracts.items():
        yield _text(f"wmt21:{name}", " ".join(sentences))


def _text(identifier: str, text: str) -> Annotated:
    return Annotated(identifier, "", text, (), _NOTHING)
