"""The figures that grounding decides by are checked where they are read."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from extractors.grounding.weights import load_weights, read_weights
from kg.errors import FormatError


def table() -> dict[str, Any]:
    text = files("extractors").joinpath("grounding", "weights.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def test_every_reason_has_words_in_both_languages() -> None:
    for reason in load_weights().reasons.values():
        assert reason.words("en").isascii()
        assert not reason.words("zh").isascii()


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("threshold", 1.5, "threshold is 1.5"),
        ("least", None, "least is None"),
        ("variants", 0, "variants is 0"),
        ("reasons", {"salt": {"factor": 0.9, "en": "salt"}}, "reason salt is not whole"),
        ("vocabularies", {"Drugs": ["mesh"]}, "unknown type Drugs"),
    ],
)
def test_a_wrong_figure_is_refused(place: str, value: object, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_weights(table() | {place: value})
