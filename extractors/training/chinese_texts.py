"""Chinese texts without annotations, some with their English, and under which licence they are.

Open texts may teach a network that is delivered: the medical abstracts of CSL (Apache-2.0), TICO-19
(CC0) and abstracts of MEDLINE as the translation tasks of WMT give them. The others (guidelines,
articles, the texts of annotated corpora) are for research. A text that shares a sentence with a
gold standard is left out, so that what is trained on the rest can be scored on it.
"""

from __future__ import annotations

import csv
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.evaluation.gold import load_gold
from extractors.training.unlabelled import folded
from kg.errors import InputError
from kg.model import LANGUAGES

_OPEN = (
    "chinese/csl/csl_medical_abstracts.tsv", "parallel/tico19-enzh/all.en-zh.tmx",
    "parallel/wmt18-19-biomed", "parallel/wmt21-biomed",
)  # fmt: skip
_LEAST = 12  # folded code points of a gold sentence that are too few to be looked for in a text
_UNIT = re.compile(r"<tu\b.*?</tu>", re.DOTALL)
_SEGMENT = re.compile(r'<tuv xml:lang="(\w+)[^"]*">\s*<seg>(.*?)</seg>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """A Chinese text, with its English where there is one."""

    id: str
    zh: str
    en: str = ""


def gold_sentences(paths: Iterable[Path]) -> frozenset[str]:
    """The folded sentences of gold standards in both languages."""
    return frozenset(
        folded(gold.texts[language][start:end])
        for path in paths
        for gold in load_gold(path)
        for language in LANGUAGES
        for start, end in gold.spans[language]
    )


def outside(texts: Iterable[Text], gold: frozenset[str]) -> Iterator[Text]:
    """The texts of which neither side holds a gold sentence or lies in one."""
    long = [sentence for sentence in gold if len(sentence) >= _LEAST]
    for text in texts:
        sides = [folded(side) for side in (text.zh, text.en) if side]
        if not any(
            side in gold
            or any(sentence in side for sentence in long)
            or (len(side) >= 2 * _LEAST and any(side in sentence for sentence in long))
            for side in sides
        ):
            yield text


def read_open(folder: Path) -> Iterator[Text]:
    """The texts that may teach a delivered network.

    Raises
    ------
    InputError
        where a file is absent.
    """
    for part in _OPEN:
        if not (folder / part).exists():
            raise InputError(
                "no such text", where=str(folder / part),
                remedy="give the folder with chinese and parallel below it",
            )  # fmt: skip
    abstracts = folder / "chinese" / "csl" / "csl_medical_abstracts.tsv"
    with abstracts.open(encoding="utf-8") as lines:
        next(lines)
        for number, line in enumerate(lines):
            yield Text(f"csl:{number}", line.rstrip("\n").split("\t")[1])
    memory = (folder / "parallel" / "tico19-enzh" / "all.en-zh.tmx").read_text(encoding="utf-8")
    for number, unit in enumerate(_UNIT.findall(memory)):
        sides = {
            language: html.unescape(" ".join(segment.split()))
            for language, segment in _SEGMENT.findall(unit)
        }
        yield Text(f"tico:{number}", sides.get("zh", ""), sides.get("en", ""))
    for name in ("wmt18", "wmt19"):
        stem = folder / "parallel" / "wmt18-19-biomed" / f"{name}.medline.en-zh"
        sides_of = [
            stem.with_name(f"{stem.name}.{language}").read_text(encoding="utf-8").splitlines()
            for language in ("zh", "en")
        ]
        for number, (zh, en) in enumerate(zip(*sides_of, strict=True)):
            yield Text(f"{name}:{number}", zh.strip(), en.strip())
    yield from _abstracts(folder / "parallel" / "wmt21-biomed")


def read_restricted(folder: Path) -> Iterator[Text]:
    """Texts for research alone: patients' guidelines of PDQ."""
    with (folder / "parallel" / "eccparacorp-enzh" / "ecc_complete.csv").open(
        encoding="utf-8"
    ) as rows:
        for row in csv.DictReader(rows):
            if row["type"] == "Sentence":
                zh, en = (row[f"{side}_description"].strip() for side in ("zh", "en"))
                yield Text(f"ecc:{row['id']}", zh, en)


def _abstracts(folder: Path) -> Iterator[Text]:
    sides: list[dict[str, list[str]]] = []
    for language in ("zh", "en"):
        documents: dict[str, list[str]] = defaultdict(list)
        path = folder / f"medline_en2zh_{language}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, sentence = line.split("\t", 2)
            documents[name].append(sentence.strip())
        sides.append(documents)
    for name, zh in sides[0].items():
        yield Text(f"wmt21:{name}", "".join(zh), " ".join(sides[1].get(name, ())))
