"""Sentence and mention alignment, apart from recognition: gold sentences and mentions are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.table import shared, write_table
from extractors.alignment.anchors import anchors, weight_of_length
from extractors.alignment.document import align
from extractors.alignment.sentences import Side, align_sentences
from extractors.composition.shipped import open_table
from kg.model import Document, Extraction, Language, Mention, Passage, Sentence

Pairs = set[tuple[Any, ...]]
JOIN: dict[Language, str] = {"en": " ", "zh": ""}


def scores(predicted: Pairs, gold: Pairs) -> dict[str, object]:
    """Precision, recall and F1 of a set of pairs."""
    right = len(predicted & gold)
    precision = right / len(predicted) if predicted else 0.0
    recall = right / len(gold) if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "precision": f"{precision:.3f}", "recall": f"{recall:.3f}", "f1": f"{f1:.3f}",
        "predicted": len(predicted), "gold": len(gold),
    }  # fmt: skip


def align_texts(en: list[str], zh: list[str]) -> Pairs:
    """Pairs of sentence numbers that alignment finds in two lists of sentences."""

    def sides(language: Language, texts: list[str]) -> list[Side]:
        return [
            Side(str(n), weight_of_length(text, language), anchors(text, language))
            for n, text in enumerate(texts)
        ]

    groups = align_sentences(sides("en", en), sides("zh", zh))
    return {(int(e), int(z)) for group in groups for e in group.en for z in group.zh}


def articles(folder: Path) -> Iterator[tuple[str, list[str], list[str], Pairs]]:
    """Twelve journal articles aligned by hand: name, English, Chinese, pairs of sentences."""
    gold: dict[str, Pairs] = {}
    for line in (folder / "align.txt").read_text(encoding="utf-8").splitlines():
        name, pair, _ = line.split("\t")
        zh, en = (
            [int(n) - 1 for n in side.split(",") if n.strip().isdigit()]
            for side in pair.split("<=>")
        )
        gold.setdefault(name, set()).update((e, z) for e in en for z in zh)
    for name, pairs in sorted(gold.items()):
        en_lines = (folder / "docs" / f"{name}.en").read_text(encoding="utf-8").splitlines()
        zh_lines = (folder / "docs" / f"{name}.zh").read_text(encoding="utf-8").splitlines()
        yield name, en_lines, [line.replace(" ", "") for line in zh_lines], pairs


def given(document: dict[str, Any]) -> tuple[Extraction, dict[str, str]]:
    """A gold document with its sentences and mentions (no concepts), and each mention's key."""
    passages, sentences = [], []
    mentions: list[Mention] = []
    keys: dict[str, str] = {}
    for language, joiner in JOIN.items():
        position = 0
        for number, text in enumerate(document[language]):
            sentence = Sentence(f"{language}{number}", language, position, position + len(text))
            sentences.append(sentence)
            for gold in document["mentions"][language]:
                if gold["s"] != number:
                    continue
                at = -1
                for _ in range(gold.get("n", 1)):
                    at = text.index(gold["text"], at + 1)
                start = position + at
                mention = Mention(
                    f"m{len(mentions)}", language, sentence.id, start, start + len(gold["text"]),
                    gold["text"], gold["type"],
                )  # fmt: skip
                keys[mention.id] = gold["key"]
                mentions.append(mention)
            position += len(text) + len(joiner)
        passages.append(Passage(language, language, joiner.join(document[language])))
    whole = Document(document["id"], tuple(passages))
    return Extraction(whole, tuple(sentences), tuple(mentions)), keys


def links(document: dict[str, Any]) -> tuple[Pairs, Pairs]:
    """English mentions that are linked (right ones by id) and those that have a counterpart."""
    extraction, keys = given(document)
    name = document["id"]
    chinese = {keys[m.id] for m in extraction.mentions if m.passage == "zh"}
    english = [m for m in align(extraction, table=open_table()).mentions if m.passage == "en"]
    linked: Pairs = set()
    for mention in english:
        if mention.aligned:
            right = keys[mention.id] in {keys[other] for other in mention.aligned}
            linked.add((name, mention.id if right else f"wrong {mention.id}"))
    return linked, {(name, m.id) for m in english if keys[m.id] in chinese}


def main() -> None:
    """Measure and write ``results/alignment.tsv``."""
    rows: list[dict[str, object]] = []
    found: Pairs = set()
    gold: Pairs = set()
    for name, en, zh, pairs in articles(shared("corpora", "parallel", "nejm-enzh-manual12")):
        found |= {(name, *pair) for pair in align_texts(en, zh)}
        gold |= {(name, *pair) for pair in pairs}
    rows.append({"what": "sentences", "data": "12 articles aligned by hand"} | scores(found, gold))
    for part in ("dev", "validation"):
        path = shared("evaluation", f"bilingual_{part}.json")
        found, gold = set(), set()
        linked: Pairs = set()
        same: Pairs = set()
        for document in json.loads(path.read_text(encoding="utf-8")):
            name, groups = document["id"], document["sentence_alignment"]
            found |= {(name, *pair) for pair in align_texts(document["en"], document["zh"])}
            gold |= {(name, e, z) for es, zs in groups for e in es for z in zs}
            some_linked, some_same = links(document)
            linked |= some_linked
            same |= some_same
        rows.append({"what": "sentences", "data": f"bilingual gold, {part}"} | scores(found, gold))
        rows.append({"what": "mentions", "data": f"bilingual gold, {part}"} | scores(linked, same))
    about = "Alignment of given sentences, and of given mentions without concepts"
    write_table("alignment", rows, about=about)
