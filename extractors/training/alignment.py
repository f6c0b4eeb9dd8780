"""The table of word alignment, learnt from aligned sentences and the names of the terminology.

What is kept is how strongly words, morphemes and stretches of Han characters belong together:
counts over the texts and no text. ``about.json`` beside it tells from how many sentences and names
it was learnt, and their hash.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import ontologies
from extractors.composition.model import learn_composition
from extractors.composition.pairs import name_pairs
from extractors.composition.shipped import ABOUT
from extractors.mining.bitext import Unit, read_units
from extractors.pipeline import standard_steps
from extractors.readers.records import Failure
from kg.errors import InputError
from kg.model import LANGUAGES

Pair = tuple[str, str]


def read_parallel(corpora: Path) -> Iterator[Unit]:
    """The aligned texts of ECCParaCorp, TICO-19 and WMT18/19 in the folder ``parallel``.

    The abstracts of WMT21 and the articles aligned by hand are not among them: on these, agreement
    and alignment are measured.

    Raises
    ------
    InputError
        where a file is absent or cannot be read.
    """
    folder = corpora / "parallel"
    table = folder / "eccparacorp-enzh" / "ecc_complete.csv"
    memory = folder / "tico19-enzh" / "all.en-zh.tmx"
    lines = [
        folder / "wmt18-19-biomed" / f"{name}.medline.en-zh.{language}"
        for name in ("wmt18", "wmt19") for language in ("en", "zh")
    ]  # fmt: skip
    for path in (table, memory, *lines):
        if not path.is_file():
            raise InputError("no such file", where=str(path), remedy="get the corpora, or name "
                             "their folder with --corpora")  # fmt: skip
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            sides = [row[f"{language}_description"].strip() for language in LANGUAGES]
            if all(sides):
                yield Unit(f"ecc:{row['type']}:{row['id']}", *sides)
    for unit in read_units(map(str, (memory, *lines)), standard_steps()):
        if isinstance(unit, Failure):
            raise InputError(unit.message, where=unit.where, remedy=unit.remedy)
        yield unit


def starter_names() -> tuple[Pair, ...]:
    """The (English, Chinese) names of the starter terminology."""
    return tuple(name_pairs(ontologies.load_terms()))


def hash_of(pairs: Iterable[Pair]) -> str:
    """The SHA-256 of some pairs, whatever their order."""
    lines = sorted(f"{en}\t{zh}" for en, zh in pairs)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def train_table(units: Sequence[Unit], folder: Path) -> dict[str, object]:
    """Learn the table from aligned texts and the starter terminology, and write it with a card.

    Returns
    -------
    what ``about.json`` tells: counts and hashes.
    """
    pairs = [(unit.en, unit.zh) for unit in units]
    names = starter_names()
    learn_composition([*pairs, *names]).save(folder)
    about: dict[str, object] = {
        "name": "alignment", "version": "1", "sentences": len(pairs),
        "sentences_sha256": hash_of(pairs), "names": len(names), "names_sha256": hash_of(names),
    }  # fmt: skip
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(f"{text}\n", encoding="utf-8")
    return about
