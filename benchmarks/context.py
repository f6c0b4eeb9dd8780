"""Negation and hedging: cues and scopes against BioScope, status of findings against CHIP-CDEE.

The rules' weights were learnt from four fifths of the BioScope abstracts; the last fifth is only
scored. Exact scopes with own cues are the stricter measure of the literature (CoNLL-2010), tokens
with given cues the one that learnt systems such as NegBERT report.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.corpora.bioscope import Annotated, in_first_batch, read_abstracts
from benchmarks.corpora.bioscope_scores import score_context
from benchmarks.corpora.cdee import STATUSES, read_findings
from benchmarks.corpora.cdee_status import read_status
from benchmarks.table import score_row, write_table
from extractors.context.finding import ContextReader
from extractors.context.rules import Context, load_context
from extractors.evaluation.scores import Score
from extractors.rule_files import ROOT

SELDOM_MARKED = ("or", "either", "and/or", "can")


def bioscope_rows() -> Iterator[dict[str, object]]:
    """The scored fifth, with the weights and (for the scopes that rules alone give) without."""
    context = load_context(ROOT / "en")
    sentences = list(read_abstracts(test=True))
    for (measure, kind), score in sorted(score_context(sentences, context).items()):
        yield score_row("BioScope abstracts, fifth apart", f"{measure}, {kind}", score)
    yield from _noise_rows(sentences, context)
    bare = Context(context.language, context.rules, context.words)
    for (measure, kind), score in sorted(score_context(sentences, bare).items()):
        if kind == "together" and "given" not in measure:
            yield score_row("the same, rules without weights", f"{measure}, {kind}", score)
    yield _seconds(sentences, context, bare)


def _noise_rows(sentences: Sequence[Annotated], context: Context) -> Iterator[dict[str, object]]:
    """Cues apart by batch of annotation, and without the words that annotators seldom mark.

    Of *or*, *either*, *and/or* and *can* about a tenth are marked, and no word beside them tells
    which: the last row is what is reached on all others.
    """
    parts = {
        "documents annotated first": [s for s in sentences if in_first_batch(s.document)],
        "the other documents": [s for s in sentences if not in_first_batch(s.document)],
        f"without {', '.join(SELDOM_MARKED)}": [_without(s) for s in sentences],
    }
    for part, chosen in parts.items():
        for (measure, kind), score in sorted(score_context(chosen, context).items()):
            if kind == "together" and measure in ("cue", "scope exact, own cues"):
                yield score_row(f"fifth apart, {part}", f"{measure}, {kind}", score)


def _without(sentence: Annotated) -> Annotated:
    """The sentence without the marks of the words that are seldom marked."""
    kept = (
        scope for scope in sentence.scopes
        if not any(sentence.text[a:b].lower() in SELDOM_MARKED for a, b in scope.parts)
    )  # fmt: skip
    return replace(sentence, scopes=tuple(kept))


def _seconds(sentences: Sequence[Annotated], context: Context, bare: Context) -> dict[str, object]:
    spent = []
    for each in (context, bare):
        reader = ContextReader(each)
        begin = time.perf_counter()
        for sentence in sentences:
            reader.find(sentence.text)
        spent.append(time.perf_counter() - begin)
    row: dict[str, object] = dict.fromkeys(("precision", "recall", "predicted", "gold"), "")
    row |= {"part": "time", "measure": "with weights ÷ without", "f1": f"{spent[0] / spent[1]:.1f}"}
    return row


def cdee_rows() -> Iterator[dict[str, object]]:
    """Accuracy of the status on the half that was read, on the other and on all of it."""
    findings = [(finding, read_status(finding)) for finding in read_findings()]
    parts = {
        "half that was read": [pair for pair in findings if pair[0].read],
        "other half": [pair for pair in findings if not pair[0].read],
        "whole": findings,
    }
    for name, pairs in parts.items():
        part = f"CHIP-CDEE train part, {name}"
        right = sum(finding.status == read for finding, read in pairs)
        total = len(pairs)
        yield score_row(part, "status, accuracy", Score(right, total, right, total))
        most = max(sum(f.status == s for f, _ in pairs) for s in STATUSES.values())
        yield score_row(part, "most frequent status, accuracy", Score(most, total, most, total))
        for status in STATUSES.values():
            met = sum(f.status == read == status for f, read in pairs)
            told = sum(read == status for _, read in pairs)
            gold = sum(f.status == status for f, _ in pairs)
            yield score_row(part, f"status {status}", Score(met, told, met, gold))


def main() -> None:
    """Measure and write ``results/context.tsv``."""
    write_table(
        "context",
        [*bioscope_rows(), *cdee_rows()],
        about="Negation and hedging: cues, scopes, status",
    )
