"""Doses of a drug, and what is known of one concept."""

from __future__ import annotations

from dataclasses import replace

from kg import vocab
from kg.answers.task import Task
from kg.answers.values import Answer, Dose
from kg.network.paths import read_hop
from kg.questions import language_of, number_of, read_rows, text_of
from kg.store.base import Row

_LISTED = 20


def answer_dose(task: Task) -> Answer:
    """Each dose of a document once, in the words of the answer's language where it has them."""
    rows = read_rows(task.store, "doses_of_drug", folder="examples", drug=task.a)
    own_first = sorted(rows, key=lambda row: language_of(row, "words") != task.words.language)
    doses: dict[tuple[object, ...], Dose] = {}
    for dose in map(_read_dose, own_first):
        key = (dose.document, dose.low, dose.high, dose.unit or dose.text)
        known = doses.setdefault(key, dose)
        if known.sentence != dose.sentence and not known.counterpart:
            doses[key] = replace(known, counterpart=dose.sentence)
    if not doses:
        return task.give("unknown", task.say("unknown_dose"))
    texts = dict.fromkeys(dose.text for dose in doses.values())
    told = task.say("doses", doses=task.words.say("join").join(texts))
    return task.give("known", told, doses=tuple(doses.values()))


def _read_dose(row: Row) -> Dose:
    return Dose(
        vocab.document_of(text_of(row, "document")),
        text_of(row, "words"),
        number_of(row, "low") if "low" in row else None,
        number_of(row, "high") if "high" in row else None,
        text_of(row, "unit") or None,
        text_of(row, "sentence"),
    )


def answer_about(task: Task) -> Answer:
    """What kind of thing a concept is, and the claims that it is part of."""
    hit = task.asked.a.concept if task.asked.a else None
    other = next(
        (label for lang, label in (hit.labels if hit else ()) if lang != task.words.language),
        task.a,
    )
    kind = task.words.of("types", hit.type if hit else "")
    claims = [
        *task.network.claims(subject=task.a),
        *task.network.claims(object=task.a),
    ]
    known = [c for c in claims if c.status != "denied"]
    first = task.say("about", other=other, type=kind)
    if not known:
        sentence = task.words.sentence(first, task.words.say("no_claims"))
        return task.give("unknown", sentence)
    sentence = task.words.sentence(first, task.say("evidence", claims=task.told(known)))
    hops = tuple(read_hop(task.store, claim) for claim in known[:_LISTED])
    return task.give("known", sentence, claims=hops)
