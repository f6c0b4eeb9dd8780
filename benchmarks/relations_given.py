"""Relations with the gold mentions given, scored as `score_bilingual.py` scores them.

    python benchmarks/relations_given.py GOLD.json [GOLD.json …] [--parts seed+d1-,d2-] [--out F]

Documents are built from the gold sentences and mentions (without concepts), so that the figures
measure the relation rules alone. Only figures are printed, never sentences or misses.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from extractors.grammar import load_rules
from extractors.relations import find_relations
from kg.io import extraction_to_json
from kg.model import Document, Extraction, Mention, Passage, Sentence

METRICS = ("relations.pair.en", "relations.full.en", "relations.pair.zh", "relations.full.zh")


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that lies beside the gold."""
    spec = importlib.util.spec_from_file_location("scorer", folder / "score_bilingual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def build(
    document: dict[str, Any], scorer: ModuleType
) -> tuple[Document, list[Sentence], list[Mention]]:
    """A document with its sentences and gold mentions."""
    texts = scorer.passages(document)
    passages = tuple(Passage(language, language, texts[language][0]) for language in ("en", "zh"))
    sentences = [
        Sentence(f"{language}{n}", language, start, start + len(document[language][n]))
        for language in ("en", "zh")
        for n, start in enumerate(texts[language][1])
    ]
    mentions = [
        Mention(
            f"m{n}", m["language"], f"{m['language']}{m['sentence']}", m["start"], m["end"],
            m["text"], m["type"],
        )
        for n, m in enumerate(scorer.gold_mentions(document))
    ]  # fmt: skip
    return Document(document["id"], passages), sentences, mentions


def score(documents: list[dict[str, Any]], scorer: ModuleType) -> tuple[dict[str, Any], float]:
    """The scorer's rows and the sentences read a second."""
    rules = load_rules()
    tally = scorer.Tally()
    errors: list[str] = []
    count, seconds = 0, 0.0
    for document in documents:
        built, sentences, mentions = build(document, scorer)
        begin = time.perf_counter()
        relations = find_relations(built, sentences, mentions, rules)
        seconds += time.perf_counter() - begin
        count += len(sentences)
        extraction = Extraction(built, tuple(sentences), tuple(mentions), relations)
        scorer.score_document(document, extraction_to_json(extraction), tally, errors)
    return scorer.finish(tally), count / seconds


def main() -> None:
    """Score the gold files that are named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument(
        "--parts", default="", help="score also these beginnings of ids, comma-separated"
    )
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    lines = ["set\tmetric\tprecision\trecall\tf1\tpredicted\tgold"]
    for path in args.gold:
        scorer = load_scorer(path.parent)
        documents = json.loads(path.read_text("utf-8"))
        parts = {path.stem: documents}
        for part in filter(None, args.parts.split(",")):
            chosen = [d for d in documents if d["id"].startswith(tuple(part.split("+")))]
            if chosen:
                parts[f"{path.stem} {part}"] = chosen
        for name, chosen in parts.items():
            rows, speed = score(chosen, scorer)
            for metric in METRICS:
                row = rows[metric]
                lines.append(
                    f"{name}\t{metric}\t{row['p']:.3f}\t{row['r']:.3f}\t{row['f1']:.3f}"
                    f"\t{row['predicted']}\t{row['gold']}"
                )
            print(f"{name}: {speed:.0f} sentences/s", file=sys.stderr)
    print("\n".join(lines))
    if args.out:
        args.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
