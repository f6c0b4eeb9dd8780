"""An answer as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from kg.answers.values import Answer
from kg.network.encoding import Json, counter_to_json, hop_to_json, path_to_json


def answer_to_json(answer: Answer, label: Callable[[str], str] = str) -> Json:
    """The JSON object of an answer; `label` names the concepts of its paths."""
    return {
        "question": answer.question,
        "language": answer.language,
        "intent": answer.intent,
        "verb": answer.verb,
        "verdict": answer.verdict,
        "sentence": answer.sentence,
        "understood": [dataclasses.asdict(part) for part in answer.understood],
        "paths": [path_to_json(path, label) for path in answer.paths],
        "claims": [hop_to_json(hop) for hop in answer.claims],
        "counter": [counter_to_json(item) for item in answer.counter],
        "doses": [dataclasses.asdict(dose) for dose in answer.doses],
        "notes": list(answer.notes),
    }
