"""Bilingual terms mined from ../shared/corpora/parallel, and how many of the best are right.

Sentences of the bilingual gold standard, both parts, are left out: a text that is, holds or lies in
one of them after folding. Glossary rows (single words and phrases) of ECCParaCorp are left out too,
and judge the pairs together with TICO-19's lists of terms. Mentions and what is known come from
the starter terminology, composition from the bilingual tables of `benchmarks.cross_lingual`.

The sheet ``results/mined_pairs_judged.tsv`` holds verdicts of the developers on a random hundred of
the 500 best pairs that the starter terminology does not have; the precision is computed from it.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.alignment import align_texts, articles
from benchmarks.cross_lingual import read_tables, training_pairs
from benchmarks.table import RESULTS, shared, write_table
from extractors.composition.model import learn_composition
from extractors.composition.parts import signs, words
from extractors.evaluation.gold import load_gold
from extractors.mentions.lexicon import load_lexicon
from extractors.mining.bitext import Unit, read_units
from extractors.mining.excluding import outside, sentences_of
from extractors.mining.linking import Proposal, mine
from extractors.pipeline import standard_steps
from extractors.readers.records import Failure

SHEET = RESULTS / "mined_pairs_judged.tsv"
COLUMNS = ("en", "zh", "verdict", "reason", "score", "count", "standing", "corpora")
BEST = 500
JUDGED = 100


def gold_sentences() -> frozenset[str]:
    """The folded sentences of both parts of the gold standard, in both languages."""
    parts = (shared("evaluation", f"bilingual_{part}.json") for part in ("dev", "validation"))
    return sentences_of(gold for path in parts for gold in load_gold(path))


def corpora() -> Iterator[Unit]:
    """The aligned texts of all parallel corpora."""
    ecc = shared("corpora", "parallel", "eccparacorp-enzh", "ecc_complete.csv")
    with ecc.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["type"] == "Sentence":
                sides = (row[f"{language}_description"].strip() for language in ("en", "zh"))
                yield Unit(f"ecc:{row['id']}", *sides)
    given = [shared("corpora", "parallel", "tico19-enzh", "all.en-zh.tmx")]
    for name in ("wmt18", "wmt19"):
        for language in ("en", "zh"):
            file = f"{name}.medline.en-zh.{language}"
            given.append(shared("corpora", "parallel", "wmt18-19-biomed", file))
    for unit in read_units(map(str, given), standard_steps()):
        if isinstance(unit, Failure):
            raise ValueError(str(unit))
        yield unit
    for name, en, zh, pairs in articles(shared("corpora", "parallel", "nejm-enzh-manual12")):
        for e, z in sorted(pairs):
            yield Unit(f"nejm:{name}:{e + 1}-{z + 1}", en[e].replace("&apos;", "'"), zh[z])
    yield from _abstracts()


def _abstracts() -> Iterator[Unit]:
    sides: list[dict[str, list[str]]] = []
    for language in ("en", "zh"):
        documents: dict[str, list[str]] = defaultdict(list)
        path = shared("corpora", "parallel", "wmt21-biomed", f"medline_en2zh_{language}.txt")
        for line in path.read_text(encoding="utf-8").splitlines():
            document, _, text = line.split("\t", 2)
            documents[document].append(text.strip())
        sides.append(documents)
    for document, en in sides[0].items():
        zh = sides[1].get(document, [])
        for e, z in sorted(align_texts(en, zh)):
            yield Unit(f"wmt21:{document}:{e + 1}-{z + 1}", en[e], zh[z])


def glossaries() -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """English names → Chinese names of the glossary rows that came with the corpora."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    folder = shared("corpora", "parallel")
    tables = (
        ("eccparacorp-enzh/ecc_complete.csv", "en_description", "zh_description"),
        ("tico19-enzh/tico-19-terminology-google.csv", "sourceString", "targetString"),
        ("tico19-enzh/tico-19-terminology-facebook.csv", "sourceString", "targetString"),
    )
    for name, en, zh in tables:
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row.get("type") == "Sentence" or not row[zh]:
                    continue
                if row.get("sourceLang", "en") == "en" and row.get("targetLang", "zh")[:2] == "zh":
                    found[words(row[en])].add(signs(row[zh]))
    return found


def write_sheet(best: list[Proposal], path: Path) -> None:
    """Write a random hundred of the best pairs, to be judged, in random order."""
    chosen = random.Random(0).sample(best, min(JUDGED, len(best)))  # noqa: S311 - a fixed sample
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        for pair in chosen:
            origins = {
                evidence.unit.id.partition(":")[0].partition(".")[0] for evidence in pair.evidence
            }
            writer.writerow(
                {"en": pair.en, "zh": pair.zh, "score": f"{pair.score:.3f}", "count": pair.count,
                 "standing": pair.standing, "corpora": " ".join(sorted(origins))}
            )  # fmt: skip


def read_sheet(path: Path) -> list[dict[str, str]]:
    """The judged pairs; the verdict is right or wrong."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((ln for ln in lines if ln[0] != "#"), delimiter="\t"))
    if odd := [row for row in rows if row["verdict"] not in ("right", "wrong")]:
        raise ValueError(f"{path.name}: {odd[0]['en']}: the verdict is neither right nor wrong")
    return rows


def _measured(
    what: str, pairs: list[Proposal], rows: list[dict[str, str]],
    glossary: dict[tuple[str, ...], set[tuple[str, ...]]],
) -> dict[str, object]:  # fmt: skip
    """Counts of some pairs, and how far the glossaries and the sheet (a sample of them) agree."""
    asked = [pair for pair in pairs if words(pair.en) in glossary]
    agreed = sum(signs(pair.zh) in glossary[words(pair.en)] for pair in asked)
    told = {(pair.en, pair.zh) for pair in pairs}
    judged = [row for row in rows if (row["en"], row["zh"]) in told]
    right = sum(row["verdict"] == "right" for row in judged)
    return {
        "pairs": what, "number": len(pairs),
        "least_score": f"{min((pair.score for pair in pairs), default=0):.3f}",
        "judged": len(judged) or "", "right": right if judged else "",
        "precision": f"{right / len(judged):.2f}" if judged else "",
        "in_glossaries": len(asked),
        "same_there": f"{agreed / len(asked):.2f}" if asked else "",
    }  # fmt: skip


def main() -> None:
    """Measure and write ``results/mining.tsv``; the sheet is made where there is none."""
    gold = gold_sentences()
    every = list(corpora())
    units = list(outside(every, gold))
    lexicon, composition = load_lexicon(), learn_composition(training_pairs(read_tables(), ()))
    proposals = mine(units, lexicon, composition)
    standing = Counter(pair.standing for pair in proposals)
    new = [pair for pair in proposals if pair.standing != "known"]
    if not SHEET.exists():
        write_sheet(new[:BEST], SHEET)
        print(f"{SHEET}: judge it, then run this again")
        return
    judged, glossary = read_sheet(SHEET), glossaries()
    rows = [
        _measured(f"{BEST} best that are new", new[:BEST], judged, glossary),
        _measured(f"{BEST} best of all", list(proposals[:BEST]), [], glossary),
        _measured("all that are new", new, [], glossary),
        _measured("all", list(proposals), [], glossary),
    ]
    sure = standing["known"] + standing["conflict"]
    about = (
        f"Mined from {len(units)} aligned texts ({len(every) - len(units)} of the gold standard "
        f"left out); of {sure} pairs both names of which the starter terminology has, "
        f"{standing['known'] / max(1, sure):.2f} are one concept there; judged by the developers"
    )
    write_table("mining", rows, about=about)
