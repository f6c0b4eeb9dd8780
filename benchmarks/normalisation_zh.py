"""Chinese diagnoses and the names of ICD-10 that they stand for: a tenth of the CHIP-CDN pairs.

The split is our own: a text belongs to the part that a hash of its folded form tells, so that
texts that differ in width, spaces or script fall together. Part 0 is scored; nothing is chosen on
it. Gold names of quotation marks and the like are compared without them, on both sides.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable

from benchmarks.table import ROOT, shared, write_table
from extractors.grounding.clinical import analyse, split_names
from extractors.grounding.features import compare
from extractors.grounding.memory import Memory, Pair
from extractors.grounding.ranking import Ranker, shipped_model
from extractors.grounding.similar import letters
from extractors.grounding.vocabulary import Listed, Vocabulary
from extractors.training.normaliser import train_normaliser
from extractors.training.normaliser_data import read_listed, read_pairs

PARTS = 10
_SHORT_FORM = re.compile(r"\s*(?:[；;].*|[（(][^（）()]*[A-Z][^（）()]*[)）])$")
Answer = Callable[[str], Iterable[str]]


def part_of(text: str) -> int:
    """The tenth of the data that a text belongs to."""
    folded = letters(text, "zh").strip() or text
    return int(hashlib.sha256(folded.encode()).hexdigest()[:8], 16) % PARTS


def data() -> tuple[tuple[Pair, ...], tuple[Pair, ...], tuple[Listed, ...]]:
    """Pairs to train on, pairs to score, and the listed names."""
    pairs = read_pairs(shared("corpora", "chinese", "chip-cdn", "CHIP-CDN_train.json"))
    listed = read_listed(shared("corpora", "chinese", "chip-cdn", "ICD10_beijing_v601.xlsx"))
    kept = tuple(pair for pair in pairs if part_of(pair.text) != 0)
    scored = tuple(pair for pair in pairs if part_of(pair.text) == 0)
    return kept, scored, listed


def with_unlisted(listed: tuple[Listed, ...], pairs: Iterable[Pair]) -> tuple[Listed, ...]:
    """The list with the names that stand in the pairs alone."""
    return (*listed, *(Listed(name) for name in sorted({n for pair in pairs for n in pair.names})))


def scored_row(what: str, pairs: tuple[Pair, ...], answer: Answer) -> dict[str, object]:
    """Micro-averaged scores over the sets of names, as CBLUE counts them."""
    right = given = wanted = 0
    started = time.perf_counter()
    answers = [set(answer(pair.text)) for pair in pairs]
    spent = time.perf_counter() - started
    for pair, names in zip(pairs, answers, strict=True):
        right += len(names & set(pair.names))
        given += len(names)
        wanted += len(set(pair.names))
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {
        "method": what, "precision": f"{precision:.3f}", "recall": f"{recall:.3f}",
        "f1": f"{f1:.3f}", "given": given, "gold": wanted, "texts": len(pairs),
        "ms_per_text": f"{1000 * spent / max(len(pairs), 1):.1f}",
    }  # fmt: skip


def recall_row(
    what: str, pairs: tuple[Pair, ...], vocabulary: Vocabulary, limit: int
) -> dict[str, object]:
    """How many gold names are among the first names that are merely like the text."""

    def answer(text: str) -> set[str]:
        overlaps = vocabulary.overlaps([analyse(text)])
        order = (-overlaps.likeness[0]).argsort(kind="stable")
        found: list[int] = []
        for form in order[: 3 * limit].tolist():
            owner = vocabulary.owner(form)
            if owner not in found:
                found.append(owner)
        return {vocabulary.name(number) for number in found[:limit]}

    return scored_row(f"{what}@{limit}", pairs, answer)


def compared_row(
    what: str, pairs: tuple[Pair, ...], vocabulary: Vocabulary, memory: Memory | None
) -> dict[str, object]:
    """How many gold names are among the candidates that are ranked."""
    return scored_row(
        what, pairs,
        lambda text: {vocabulary.name(n) for n in compare(text, vocabulary, memory).names},
    )  # fmt: skip


def rare_diseases() -> tuple[tuple[Pair, ...], tuple[Listed, ...]]:
    """Orphanet's Chinese names with OMIM's of the same disease, and all of OMIM's.

    Pairs that are exact by Orphanet's own mapping, one to one, and written differently.
    """

    def names(file: str) -> dict[str, str]:
        path = shared("corpora", "terminology", "phenobrain-cns", file)
        return {
            number: _SHORT_FORM.sub("", record["CNS_NAME"]).strip()
            for number, record in json.loads(path.read_text(encoding="utf-8")).items()
        }

    omim, orphanet = names("cns_omim.json"), names("cns_orphanet.json")
    path = shared("corpora", "terminology", "phenobrain-cns", "orpha2omim.json")
    pairs = []
    for number, mapped in json.loads(path.read_text(encoding="utf-8")).items():
        exact = [other for other, kind in mapped if kind == "E"]
        if len(exact) == 1 and number in orphanet and exact[0] in omim:
            pairs.append(Pair(orphanet[number], (omim[exact[0]],)))
    listed = tuple(Listed(name) for name in omim.values())
    return tuple(pair for pair in pairs if pair.text != pair.names[0]), listed


def transfer_rows() -> list[dict[str, object]]:
    """How the shipped ranking fares on names of another kind, which nothing was trained on."""
    pairs, listed = rare_diseases()
    vocabulary = Vocabulary.build(listed)
    ranker = Ranker(shipped_model(), vocabulary)

    def sure(text: str) -> list[str]:
        found = ranker.sure(text)
        return [found.name] if found else []

    what = "Orphanet to OMIM, rare diseases"
    return [
        scored_row(f"{what}: most similar name", pairs,
                   lambda text: [f.name for f in vocabulary.index.similar(text, "zh", limit=1)]),
        scored_row(f"{what}: ranking, the first", pairs,
                   lambda text: [f.name for f in ranker.ranked(text, limit=1)]),
        scored_row(f"{what}: ranking, where it is sure", pairs, sure),
    ]  # fmt: skip


def main() -> None:
    """Measure and write ``results/normalisation_zh.tsv``."""
    pairs, scored, listed = data()
    vocabulary = Vocabulary.build(listed)
    exact = {item.name for item in listed}
    forms: dict[str, str] = {}
    for number in range(len(vocabulary)):
        for form in vocabulary.forms(number):
            forms.setdefault(vocabulary.analysed(form).form, vocabulary.name(number))
    rows = [
        scored_row("same name", scored, lambda text: {text} & exact),
        scored_row(
            "same name after rewriting, also of parts", scored,
            lambda text: {
                forms[form]
                for part in (text, *split_names(text))
                if (form := analyse(part).form) in forms
            },
        ),
        scored_row(
            "most similar name", scored,
            lambda text: [found.name for found in vocabulary.index.similar(text, "zh", limit=1)],
        ),
        *(recall_row("similar names", scored, vocabulary, limit) for limit in (10, 50)),
        compared_row("candidates, generic", scored, vocabulary, None),
    ]  # fmt: skip
    ranker = Ranker(shipped_model(), vocabulary)
    rows.append(
        scored_row("ranking, generic weights (shipped)", scored,
                   lambda text: [found.name for found in ranker.names(text)])
    )  # fmt: skip
    known = Vocabulary.build(with_unlisted(listed, pairs))
    numbers = {known.name(number): number for number in range(len(known))}
    memory = Memory(pairs, numbers, "zh")
    rows.append(compared_row("candidates, with training pairs", scored, known, memory))
    model = train_normaliser(pairs, known, with_memory=True, report=print)
    licensed = Ranker(model, known, memory)
    rows.append(
        scored_row("ranking, with training pairs (kg train normaliser)", scored,
                   lambda text: [found.name for found in licensed.names(text)])
    )  # fmt: skip
    rows += transfer_rows()
    about = (
        "CHIP-CDN: a tenth of the training part kept apart (own split by hash of the text), "
        "names of ICD-10 Beijing 6.01; micro P/R/F1 over sets of names"
    )
    write_table("normalisation_zh", rows, about=about)


def train_shipped() -> None:
    """Train the model that Parallax brings along, on nine tenths, and keep no pair."""
    pairs, _, listed = data()
    vocabulary = Vocabulary.build(listed)
    model = train_normaliser(pairs, vocabulary, with_memory=False, report=print)
    card = {
        "task": "listed names (ICD-10) that a Chinese diagnosis stands for",
        "data": "CHIP-CDN (CBLUE), training part without the tenth that is scored; "
        "ICD-10 Beijing 6.01; nothing of either is in the file",
        "licence": "Apache-2.0 (the weights); CBLUE is for research use and is not contained",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "command": "python -m benchmarks.normalisation_zh train",
        "scores": "benchmarks/results/normalisation_zh.tsv",
        "limits": "clinical names in Chinese; the habits of one classification, such as a second "
        "name for the kind of a cancer, are in the weights",
    }
    path = ROOT / "extractors" / "languages" / "zh" / "normaliser.json"
    dataclasses.replace(model, card=card).save(path)


if __name__ == "__main__":
    train_shipped() if sys.argv[1:] == ["train"] else main()
