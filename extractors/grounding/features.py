"""What is compared between a text and each candidate name: one row of numbers for each.

All but the last group come from the two names alone; `MEMORY` needs known pairs. `AFTERWARDS` are
found from the chances that the first ranking gave: whether a better name says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from extractors.grounding.clinical import ClinicalName, analyse, split_names
from extractors.grounding.memory import Memory, Recollection
from extractors.grounding.vocabulary import SECTIONS, Overlaps, Vocabulary

Matrix = npt.NDArray[np.float32]
_MOST_PARTS = 14

COMPARED = (
    # with the part of the text that is most like the name: likeness, how much of the name the part
    # covers and of the part the name, by all runs, single signs and pairs
    "likeness", "name_covered", "part_covered", "name_signs", "part_signs", "name_pairs",
    # the same with the whole text
    "whole_likeness", "whole_name_covered", "whole_name_signs", "whole_covered", "whole_signs",
    # against the other candidates
    "behind_best", "rank", "held_rank",
    # lengths and common subsequences
    "name_length", "part_length", "text_length", "parts", "listed_length", "name_kept",
    "part_kept", "partial_ratio",
    # yes or no
    "same", "name_in_text", "part_in_name", "listed_in_text", "same_end", "same_head",
    "same_start", "same_site", "head_in_text", "site_in_text",
    # side, numerals, restrictions
    "sides_agree", "name_sides", "part_sides", "numerals_agree", "numerals_added", "residual",
    "restrictions_added", "restrictions_lost", "alternative",
)  # fmt: skip
GENERIC = (*COMPARED, *(f"is_{section}" for section in SECTIONS[1:]))
MEMORY = tuple(f"known_{field.name}" for field in fields(Recollection))
AFTERWARDS = (
    "chance", "chance_rank", "chance_behind", "first", "second", "third", "chances",
    "like_better", "better", "within_better", "around_better", "chances_before",
)  # fmt: skip
_COMPETITORS = 8


@dataclass(frozen=True, slots=True)
class Compared:
    """A text with its candidates: names by number, the part and the form compared, and features."""

    parts: tuple[ClinicalName, ...]  # the whole text first
    names: tuple[int, ...]
    best_part: tuple[int, ...]
    best_form: tuple[int, ...]
    rows: Matrix  # (names, features)


def compare(
    text: str, vocabulary: Vocabulary, memory: Memory | None = None, *, without: int | None = None
) -> Compared:
    """The candidates of a text with their features; `without` as in `Memory.recall`."""
    parts = _parts(text, vocabulary)
    overlaps = vocabulary.overlaps(parts)
    names = vocabulary.candidates(overlaps)
    known = memory.recall(parts, without=without) if memory is not None else {}
    for name in known:
        if name not in names:
            names[name] = list(vocabulary.forms(name))
    ordered = sorted(names)
    columns = [form for name in ordered for form in names[name]]
    table = _Table(parts, overlaps, columns, vocabulary)
    rows, best_parts, best_forms = [], [], []
    at = 0
    for name in ordered:
        size = len(names[name])
        part, column = table.likest(at, at + size)
        at += size
        row = table.row(part, column)
        section = vocabulary.section(name)
        row += [float(section == other) for other in SECTIONS[1:]]
        if memory is not None:
            row += astuple(known.get(name, Recollection()))
        rows.append(row)
        best_parts.append(part)
        best_forms.append(columns[column])
    width = len(GENERIC) + (len(MEMORY) if memory is not None else 0)
    matrix = np.array(rows, np.float32).reshape(len(rows), width)
    return Compared(parts, tuple(ordered), tuple(best_parts), tuple(best_forms), matrix)


def afterwards(compared: Compared, chances: Matrix, vocabulary: Vocabulary) -> Matrix:
    """The features with those that follow from the chances of all candidates."""
    order = np.argsort(-chances, kind="stable")
    ranks = np.empty(len(chances), np.int64)
    ranks[order] = np.arange(len(chances))
    ordered = np.concatenate([chances[order], np.zeros(3, np.float32)])
    forms = [vocabulary.analysed(vocabulary.forms(name)[0]).form for name in compared.names]
    against = np.zeros((len(chances), 4), np.float32)
    for number, form in enumerate(forms):
        alike = better = within = around = 0.0
        for other in order[:_COMPETITORS]:
            if chances[other] <= chances[number]:
                break
            ratio = Indel.normalized_similarity(form, forms[other])
            if ratio > alike:
                alike, better = ratio, float(chances[other])
            if form in forms[other]:
                within = max(within, float(chances[other]))
            if forms[other] in form:
                around = max(around, float(chances[other]))
        against[number] = alike, better, within, around
    same = np.ones(len(chances), np.float32)
    added = [
        chances, ranks, chances - ordered[0], *(value * same for value in ordered[:3]),
        chances.sum() * same, *against.T, np.cumsum(ordered)[ranks],
    ]  # fmt: skip
    return np.column_stack([compared.rows, *added]).astype(np.float32)


def _parts(text: str, vocabulary: Vocabulary) -> tuple[ClinicalName, ...]:
    language = vocabulary.language
    found: dict[str, ClinicalName] = {}
    for part in (text, *split_names(text, language)):
        analysed = analyse(part, language)
        found.setdefault(analysed.form, analysed)
    return tuple(found.values())[:_MOST_PARTS]


class _Table:
    """What parts of a text share with the forms of its candidates."""

    def __init__(
        self, parts: Sequence[ClinicalName], overlaps: Overlaps, columns: list[int],
        vocabulary: Vocabulary,
    ) -> None:  # fmt: skip
        totals = vocabulary.index.totals[:, columns]
        shared = overlaps.shared[:, :, columns]
        whole = overlaps.whole
        self._parts = parts
        self._forms = [vocabulary.analysed(form) for form in columns]
        self._listed = [vocabulary.index.name(form) for form in columns]
        self._first = [form == vocabulary.forms(vocabulary.owner(form))[0] for form in columns]
        self._likeness = overlaps.likeness[:, columns]
        self._name = shared.sum(axis=1) / np.maximum(totals.sum(axis=0), 1e-6)
        self._part = shared.sum(axis=1) / np.maximum(whole.sum(axis=1)[:, None], 1e-6)
        self._name_signs = shared[:, 0] / np.maximum(totals[0], 1e-6)
        self._part_signs = shared[:, 0] / np.maximum(whole[:, 0][:, None], 1e-6)
        self._name_pairs = shared[:, 1] / np.maximum(totals[1], 1e-6)
        self._best = self._likeness.max(axis=1, initial=0.0)
        self._held = shared[0].sum(axis=0)
        self._fit = self._likeness + 0.3 * self._name_signs

    def likest(self, low: int, high: int) -> tuple[int, int]:
        """The part and the column, among some, that are most alike."""
        part, column = divmod(int(np.argmax(self._fit[:, low:high])), high - low)
        return part, low + column

    def row(self, p: int, c: int) -> list[float]:
        """The features of a form (column `c`) compared with a part `p`, as COMPARED has them."""
        whole, part, name = self._parts[0], self._parts[p], self._forms[c]
        common = LCSseq.similarity(part.form, name.form)
        alike = self._likeness[p]
        return [
            alike[c], self._name[p, c], self._part[p, c], self._name_signs[p, c],
            self._part_signs[p, c], self._name_pairs[p, c],
            self._likeness[0, c], self._name[0, c], self._name_signs[0, c], self._part[0, c],
            self._part_signs[0, c],
            alike[c] - self._best[p], (alike > alike[c]).sum(),
            (self._held > self._held[c]).sum(),
            len(name.form), len(part.form), len(whole.form), len(self._parts),
            len(self._listed[c]), common / max(len(name.form), 1), common / max(len(part.form), 1),
            fuzz.partial_ratio(part.form, name.form),
            *_yes_or_no(whole, part, name),
            len(name.sides & whole.sides) - 2 * len(name.sides - whole.sides), len(name.sides),
            len(part.sides), len(name.numerals & whole.numerals),
            len(name.numerals - whole.numerals), name.residual,
            len(name.restrictions - whole.restrictions),
            len(whole.restrictions - name.restrictions), not self._first[c],
        ]  # fmt: skip


def _yes_or_no(whole: ClinicalName, part: ClinicalName, name: ClinicalName) -> tuple[bool, ...]:
    a, b, text = name.form, part.form, whole.form
    return (
        a == b, a in text, b in a, name.folded in whole.folded, a[-1:] == b[-1:], a[-2:] == b[-2:],
        a[:1] == b[:1], a[:2] == b[:2], a[-2:] in text, a[:2] in text,
    )  # fmt: skip
