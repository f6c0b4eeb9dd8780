"""Result sentences of trials (RCT-ART): outcome and measure spans, and which measure is whose.

Spans are read from the text alone; relations are read between the given arms and outcomes, so that
reading is measured apart from recognition. One fifth, by a hash, is only scored.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.table import score_row, shared, write_table
from extractors.evaluation.scores import Score
from extractors.pipeline import standard_steps
from extractors.quantities.reading import find_quantities
from extractors.results.grammar import load_result_grammars
from extractors.results.reading import find_results
from kg.model import Document, Mention, Passage, Quantity, Result, Sentence

Place = tuple[int, int]
_MEASURES = (
    "percentage", "fraction", "count", "measurement", "duration", "rate", "ratio", "interval",
    "fold-change", "correlation", "time-point",
)  # fmt: skip
_KINDS = ("A1_RES", "A2_RES", "OC_RES")


@dataclass(frozen=True, slots=True)
class Gold:
    """One sentence with its spans by label and its relations (label, arm or outcome, measure)."""

    text: str
    spans: tuple[tuple[str, Place], ...]
    relations: tuple[tuple[str, Place, Place], ...]

    @property
    def held(self) -> bool:
        """Whether the sentence is only scored: one fifth, by a hash of its text."""
        return hashlib.sha256(self.text.encode()).digest()[0] < 256 // 5


def load_golds() -> tuple[Gold, ...]:
    """All sentences of the four domains."""
    golds = []
    for path in sorted(shared("corpora", "english", "rct-art", "domains").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            spans = tuple((s["label"], (s["start"], s["end"])) for s in record["spans"])
            relations = tuple(
                (r["label"], (r["head_span"]["start"], r["head_span"]["end"]),
                 (r["child_span"]["start"], r["child_span"]["end"]))
                for r in record["relations"]
                if r["label"] in _KINDS
            )  # fmt: skip
            golds.append(Gold(record["text"], spans, relations))
    return tuple(dict.fromkeys(golds))


def document_of(gold: Gold) -> tuple[Document, tuple[Sentence, ...]]:
    """The sentence as a document of one sentence in a results section."""
    document = Document("d", (Passage("p1", "en", gold.text, "results"),))
    return document, (Sentence("s1", "p1", 0, len(gold.text), "results"),)


def read_spans(golds: Sequence[Gold]) -> dict[str, list[set[Place]]]:
    """What the pipeline takes for outcomes and measures in each sentence."""
    steps = standard_steps()
    found: dict[str, list[set[Place]]] = defaultdict(list)
    for gold in golds:
        document, sentences = document_of(gold)
        mentions = steps.mentions(document, sentences)
        quantities = steps.quantities(document, sentences, mentions)
        found["OC"].append({(m.start, m.end) for m in mentions if m.type == "Outcome"})
        found["MEAS"].append({(q.start, q.end) for q in quantities if q.kind in _MEASURES})
    return found


def read_relations(gold: Gold) -> set[tuple[str, Place, Place]]:
    """The relations between given arms and outcomes and the measures that are read."""
    document, sentences = document_of(gold)
    mentions = tuple(
        Mention(f"m{n}", "p1", "s1", *place, gold.text[place[0] : place[1]],
                "Drug" if label == "INTV" else "Outcome")
        for n, (label, place) in enumerate(sorted(gold.spans, key=lambda span: span[1]))
        if label != "MEAS"
    )  # fmt: skip
    quantities = find_quantities(document, sentences, mentions)
    results = find_results(document, sentences, mentions, quantities, load_result_grammars())
    return set(_relations(mentions, quantities, results))


def _relations(
    mentions: Sequence[Mention], quantities: Sequence[Quantity], results: Sequence[Result]
) -> Iterator[tuple[str, Place, Place]]:
    named = {m.id: (m.start, m.end) for m in mentions}
    outcomes = {m.id for m in mentions if m.type == "Outcome"}
    numbers = {q.id: (q.start, q.end) for q in quantities if q.kind in _MEASURES}
    arms = sorted(named[m.id] for m in mentions if m.type == "Drug")
    first = _first_arm(results, named, arms)
    for quantity in quantities:
        if quantity.id not in numbers:
            continue
        if quantity.of in outcomes:
            yield "OC_RES", named[quantity.of or ""], numbers[quantity.id]
        if quantity.group is not None:
            place = (quantity.group.start, quantity.group.end)
            yield from _of_arm(place, arms, first, numbers[quantity.id])
    for result in results:
        for group, values in (
            (result.arm, result.arm_values), (result.comparator, result.comparator_values),
        ):  # fmt: skip
            for value in values:
                yield "OC_RES", named[result.outcome], numbers[value]
                if group is not None and group.start is not None and group.end is not None:
                    yield from _of_arm((group.start, group.end), arms, first, numbers[value])


def _of_arm(
    group: Place, arms: Sequence[Place], first: Place | None, value: Place
) -> Iterator[tuple[str, Place, Place]]:
    for arm in arms:
        if _overlap(arm, group):
            yield ("A1_RES" if first is None or _overlap(arm, first) else "A2_RES"), arm, value


def _first_arm(
    results: Sequence[Result], named: dict[str, Place], arms: Sequence[Place]
) -> Place | None:
    """The arm that the others are compared with: of a result, else the first that is named."""
    for result in results:
        if result.arm is not None and result.arm.mention is not None and result.comparator:
            return named[result.arm.mention]
    return arms[0] if arms else None


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def rows() -> Iterator[dict[str, object]]:
    """One row for each part, span label and relation."""
    every = load_golds()
    for part, held in (("four fifths, read", False), ("one fifth, scored only", True)):
        golds = [gold for gold in every if gold.held == held]
        spans = read_spans(golds)
        for label in ("OC", "MEAS"):
            wanted = [{place for name, place in gold.spans if name == label} for gold in golds]
            pairs = list(zip(spans[label], wanted, strict=True))
            strict = [(len(a & b), len(a & b), len(a), len(b)) for a, b in pairs]
            yield score_row(part, f"{label}, strict", _score(strict))
            yield score_row(part, f"{label}, relaxed", _score(_relaxed(a, b) for a, b in pairs))
        told = [read_relations(gold) for gold in golds]
        for kind in _KINDS:
            counts = []
            for gold, found in zip(golds, told, strict=True):
                ours = {(a, b) for name, a, b in found if name == kind}
                theirs = {(a, b) for name, a, b in gold.relations if name == kind}
                counts.append(_relaxed_pairs(ours, theirs))
            yield score_row(part, f"{kind}, spans given, relaxed", _score(counts))


def _relaxed(found: set[Place], wanted: set[Place]) -> tuple[int, int, int, int]:
    right = sum(any(_overlap(a, b) for b in wanted) for a in found)
    hit = sum(any(_overlap(a, b) for a in found) for b in wanted)
    return right, hit, len(found), len(wanted)


def _relaxed_pairs(
    found: set[tuple[Place, Place]], wanted: set[tuple[Place, Place]]
) -> tuple[int, int, int, int]:
    def same(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
        return one[0] == other[0] and _overlap(one[1], other[1])

    right = sum(any(same(a, b) for b in wanted) for a in found)
    hit = sum(any(same(a, b) for a in found) for b in wanted)
    return right, hit, len(found), len(wanted)


def _score(counts: Iterable[tuple[int, int, int, int]]) -> Score:
    """Precision and recall of (right ones found, gold ones hit, found, gold), added up."""
    right, hit, found, gold = (sum(column) for column in zip(*counts, strict=True))
    return Score(right=right, predicted=found, found=hit, gold=gold)


def main() -> None:
    """Measure and write ``results/rct_art.tsv``."""
    write_table("rct_art", rows(), about="RCT-ART: outcomes, measures and whose they are")
