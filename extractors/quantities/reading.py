"""Quantities of a document: doses, regimens, durations, counts, rates, effects, p values, ages.

Each number that `extractors.quantities.amounts` finds is given a kind: by the words beside it, as
the rules of ``quantities.yaml`` list them, else by its unit and by what is counted. It is linked to
the nearest mention of a type that fits the kind within its clause. A number that says nothing of
these kinds is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractors.quantities.amounts import Amount, find_amounts, flatten
from extractors.quantities.intervals import bounded
from extractors.quantities.kinds import classified, fraction, fractions_in, is_total
from extractors.quantities.links import described, with_groups_and_times
from extractors.quantities.rows import ends_of_change, with_shared_units
from extractors.quantities.values import Reading
from kg.model import Document, Language, Mention, Quantity, Sentence


def find_quantities(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Quantity, ...]:
    """All quantities of a document in text order, named q1, q2, …, linked where a mention fits."""
    passages = {passage.id: passage for passage in document.passages}
    by_sentence: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    found: list[Quantity] = []
    for sentence in sentences:
        passage = passages[sentence.passage]
        original = passage.text[sentence.start : sentence.end]
        text, inside = flatten(original), by_sentence[sentence.id]
        own: list[Quantity] = []
        for reading in _readings(text, _places(inside, sentence), passage.language):
            name = f"q{len(found) + len(own) + 1}"
            own.append(_quantity(name, reading, original, text, inside, sentence))
        found += with_groups_and_times(own, original, inside, sentence, passage.language)
    return tuple(found)


def _quantity(
    name: str,
    reading: Reading,
    original: str,
    text: str,
    mentions: Sequence[Mention],
    sentence: Sentence,
) -> Quantity:
    amount = reading.amount
    whole = reading.total is None and is_total(text, amount)
    return Quantity(
        name, sentence.passage, sentence.id, sentence.start + amount.start,
        sentence.start + amount.end, original[amount.start : amount.end], reading.kind,
        amount.low, amount.high, amount.unit, reading.total, amount.comparator,
        described(reading.kind, text, (amount.start, amount.end), mentions, sentence, whole=whole),
        value=reading.value, sd=amount.sd, interval=reading.interval, rule=reading.rule,
    )  # fmt: skip


def _places(mentions: Iterable[Mention], sentence: Sentence) -> list[tuple[int, int, str]]:
    return [(m.start - sentence.start, m.end - sentence.start, m.type) for m in mentions]


def _readings(
    text: str, places: Sequence[tuple[int, int, str]], language: Language
) -> list[Reading]:
    """The quantities of one sentence; a part of a counted whole gets the whole as its total."""
    done, total = 0, None
    fractions = fractions_in(text)
    found: list[Reading | Amount] = []
    for amount in _amounts(text, language):
        if amount.start < done or _in_name(amount, places):
            continue
        match = next((m for m in fractions if m.start() <= amount.start < m.end()), None)
        reading = (
            fraction(match, language) if match
            else classified(text, amount, total, places, language)
        )  # fmt: skip
        reading = reading and bounded(text, reading, language)
        if reading is None or reading.amount.start < done:
            found.append(amount)
            continue
        if reading.kind == "count" and is_total(text, reading.amount):
            total = reading.amount.low
        found.append(reading)
        done = reading.amount.end
    return with_shared_units(text, found)


def _amounts(text: str, language: Language) -> Iterator[Amount]:
    for amount in find_amounts(text):
        yield from ends_of_change(text, amount, language)


def _in_name(amount: Amount, places: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the number is a part of a mention such as IL-6 or "type 2 diabetes"."""
    return any(start < amount.end and amount.start < end for start, end, _ in places)
