"""Circumstances of relations read in parallel texts: how many are right, how far languages agree.

The texts are the WMT21 abstracts and the aligned sentences of WMT18, WMT19 and TICO-19's articles
that share no sentence with the bilingual gold standard, either part. Rules were written looking at
WMT21 abstracts of even number and at WMT18; everything here is measured on the rest. A setting
that a species or cell line implies is not drawn beside it.

The sheet ``data/circumstances_judged.tsv`` holds verdicts of the developers on fifty qualifiers of
each language, drawn by chance from all that were read there when it was made. It names places
(text, sentence by its number in the passage) and the judged words, no sentences. Precision is that
of the sheet; `still read` tells how many of the fifty the present rules still read.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.agreement import documents
from benchmarks.mining import gold_sentences
from benchmarks.table import ROOT, shared, write_table
from extractors.mining.bitext import Unit, read_units
from extractors.mining.excluding import SHORT, folded
from extractors.pipeline import Pipeline, standard_steps
from extractors.qualifiers.comparing import COMPARED, agreement
from kg.model import LANGUAGES, Document, Extraction, Language, Passage
from kg.qualifiers import QUALIFIER_KINDS

SHEET = ROOT / "benchmarks" / "data" / "circumstances_judged.tsv"
COLUMNS = (
    "language", "text", "sentence", "subject", "predicate", "object", "kind", "words", "reach",
    "verdict", "reason",
)  # fmt: skip
JUDGED = 50

Row = dict[str, str]


def texts(*, measured: bool = True) -> Iterator[Document]:
    """The texts outside the gold standard: those measured, or those that rules were written on."""
    gold = [sentence for sentence in gold_sentences() if len(sentence) >= SHORT]
    for document in _all():
        sides = [folded(passage.text) for passage in document.passages]
        known = any(one in side or side in one for side in sides for one in gold)
        if not known and measured == is_measured(document.id):
            yield document


def is_measured(name: str) -> bool:
    """Whether a text belongs to the measured part."""
    corpus, _, rest = name.partition("-")
    return corpus != "wmt18" if corpus != "wmt21" else int(rest.removeprefix("doc")) % 2 == 1


def _all() -> Iterator[Document]:
    yield from documents()
    for name in ("wmt18", "wmt19"):
        sides = [
            shared("corpora", "parallel", "wmt18-19-biomed", f"{name}.medline.en-zh.{language}")
            .read_text(encoding="utf-8")
            .splitlines()
            for language in LANGUAGES
        ]
        for number, pair in enumerate(zip(*sides, strict=True), 1):
            yield from _pair(f"{name}-{number}", *pair)
    tico = shared("corpora", "parallel", "tico19-enzh", "all.en-zh.tmx")
    for unit in read_units([str(tico)], standard_steps()):
        if isinstance(unit, Unit) and unit.id.startswith("PubMed_"):
            yield from _pair(f"tico-{unit.id}", unit.en, unit.zh)


def _pair(name: str, en: str, zh: str) -> Iterator[Document]:
    sides = (("en", en.strip()), ("zh", zh.strip()))
    if en.strip() and zh.strip():
        yield Document(name, tuple(Passage(lang, lang, text) for lang, text in sides))  # type: ignore[arg-type]


def rows_of(extraction: Extraction) -> Iterator[Row]:
    """The qualifiers of a text, a row each; one that several relations share counts once."""
    languages = {p.id: p.language for p in extraction.document.passages}
    mentions = {m.id: m.text for m in extraction.mentions}
    numbers: dict[str, str] = {}
    count: Counter[str] = Counter()
    for sentence in extraction.sentences:
        count[sentence.passage] += 1
        numbers[sentence.id] = f"{languages[sentence.passage]}{count[sentence.passage]}"
    seen: set[tuple[str, ...]] = set()
    for relation in extraction.relations:
        for q in relation.context:
            key = (relation.sentence, q.kind, q.text)
            implied = q.kind == "setting" and ".setting." not in q.rule and ".design." not in q.rule
            if key not in seen and not implied:
                seen.add(key)
                yield {
                    "language": numbers[relation.sentence][:2], "text": extraction.document.id,
                    "sentence": numbers[relation.sentence], "subject": mentions[relation.subject],
                    "predicate": relation.predicate, "object": mentions[relation.object],
                    "kind": q.kind, "words": q.text, "reach": q.reach,
                }  # fmt: skip


def write_sheet(found: list[Row], path: Path) -> None:
    """A sheet of rows drawn by chance, to be judged: `right` or `wrong`, and why."""
    drawn: list[Row] = []
    for language in LANGUAGES:
        own = [row for row in found if row["language"] == language]
        drawn += random.Random(4).sample(own, min(JUDGED, len(own)))  # noqa: S311 - a draw of rows
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(drawn)


def read_sheet(path: Path) -> list[Row]:
    """The judged rows."""
    with path.open(encoding="utf-8", newline="") as lines:
        told = (line for line in lines if not line.startswith("#"))
        rows = list(csv.DictReader(told, delimiter="\t"))
    unjudged = [row for row in rows if row["verdict"] not in ("right", "wrong")]
    if unjudged:
        raise ValueError(f"{path.name}: {len(unjudged)} rows without a verdict, right or wrong")
    return rows


def _place(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("text", "sentence", "kind", "words"))


def _precision(judged: list[Row], found: list[Row]) -> Iterator[dict[str, object]]:
    still = {_place(row) for row in found}
    for language in LANGUAGES:
        own = [row for row in judged if row["language"] == language]
        parts = {"all": own, "in the clause": [r for r in own if r["reach"] == "clause"]}
        parts["carried over"] = [r for r in own if r["reach"] != "clause"]
        parts |= {kind: [r for r in own if r["kind"] == kind] for kind in QUALIFIER_KINDS}
        for part, rows in parts.items():
            right = sum(row["verdict"] == "right" for row in rows)
            yield {
                "measure": f"precision, {language}", "part": part, "number": len(rows),
                "right": right, "value": f"{right / len(rows):.2f}" if rows else "",
                "still_read": sum(_place(row) in still for row in rows),
            }  # fmt: skip


def _agreement(read: list[Extraction]) -> Iterator[dict[str, object]]:
    """How far aligned relations of the two languages are put under the same circumstances."""
    both: Counter[str] = Counter()
    same: Counter[str] = Counter()
    for extraction in read:
        languages = {p.id: p.language for p in extraction.document.passages}
        sentences = {s.id: languages[s.passage] for s in extraction.sentences}
        table = {relation.id: relation for relation in extraction.relations}
        for relation in extraction.relations:
            if sentences[relation.sentence] != "en":
                continue
            for other in (table[name] for name in relation.aligned if name in table):
                for kind, agrees in agreement(relation, other, extraction).items():
                    both[kind] += 1
                    same[kind] += agrees
    for kind in ("all", *COMPARED):
        number = sum(both.values()) if kind == "all" else both[kind]
        right = sum(same.values()) if kind == "all" else same[kind]
        yield {
            "measure": "agreement where both languages tell it", "part": kind, "number": number,
            "right": right, "value": f"{right / number:.2f}" if number else "", "still_read": "",
        }  # fmt: skip


def _coverage(read: list[Extraction], found: list[Row]) -> Iterator[dict[str, object]]:
    """How many relations have any circumstance, by language."""
    count: dict[Language, Counter[str]] = defaultdict(Counter)
    for extraction in read:
        languages = {p.id: p.language for p in extraction.document.passages}
        sentences = {s.id: languages[s.passage] for s in extraction.sentences}
        for relation in extraction.relations:
            count[sentences[relation.sentence]]["all"] += 1
            count[sentences[relation.sentence]]["told"] += bool(relation.context)
    for language in LANGUAGES:
        told, every = count[language]["told"], count[language]["all"]
        yield {
            "measure": f"relations with a circumstance, {language}", "part": "all",
            "number": every, "right": told, "value": f"{told / max(1, every):.2f}",
            "still_read": "",
        }  # fmt: skip


def main() -> None:
    """Measure and write ``results/circumstances.tsv``; the sheet is made where there is none."""
    pipeline = Pipeline()
    read = [pipeline.extract(document) for document in texts()]
    found = [row for extraction in read for row in rows_of(extraction)]
    if not SHEET.exists():
        write_sheet(found, SHEET)
        print(f"{SHEET}: judge it, then run this again")
        return
    rows = [*_precision(read_sheet(SHEET), found), *_agreement(read), *_coverage(read, found)]
    about = (
        f"{len(found)} qualifiers of relations in {len(read)} parallel texts outside the gold "
        "standard; a sample judged by the developers"
    )
    write_table("circumstances", rows, about=about)
