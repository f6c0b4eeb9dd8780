"""Which names of a list a clinical text stands for, with the chance of each and the reason.

Two rankings by boosted trees: the first gives each candidate a chance by itself, the second
corrects it by what the better candidates say already. Every name above the threshold is given, or
the best one where the text must stand for something.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.grounding.clinical import Step
from extractors.grounding.features import AFTERWARDS, GENERIC, MEMORY, Compared, afterwards, compare
from extractors.grounding.memory import Memory
from extractors.grounding.trees import Trees, trees_from_json
from extractors.grounding.vocabulary import Vocabulary
from kg.errors import FormatError
from kg.files.replacing import replacing
from kg.model import Language

FORMAT = 1
_MOSTLY = 0.5
Chances = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name that a text may stand for: its number, the name, the chance (0 to 1) and why.

    `covered` is how much of the whole text the name accounts for.
    """

    number: int
    name: str
    chance: float
    reason: str
    covered: float


@dataclass(frozen=True, slots=True)
class Model:
    """The two rankings, from which chance on a name is given, and where the model comes from.

    `sure` is the chance from which on at least four in five of the best names were right, on
    texts that the model had not seen.
    """

    features: tuple[str, ...]
    first: Trees
    second: Trees
    threshold: float
    sure: float
    card: dict[str, Any] = field(default_factory=dict)

    @property
    def needs_memory(self) -> bool:
        """Whether the model was trained with known pairs, and needs them."""
        return len(self.features) > len(GENERIC)

    def save(self, path: Path) -> None:
        """Write the model as JSON."""
        record = {
            "format": FORMAT, "card": self.card, "features": self.features,
            "threshold": self.threshold, "sure": self.sure,
            "first": self.first.to_json(), "second": self.second.to_json(),
        }  # fmt: skip
        with replacing(path) as out:
            out.write(json.dumps(record, ensure_ascii=False, indent=None).encode() + b"\n")


def read_model(text: str, *, where: str) -> Model:
    """The model in a JSON text.

    Raises
    ------
    FormatError
        where it is no model of this version.
    """
    remedy = "train it again with `kg train normaliser`"
    try:
        record = json.loads(text)
        features = tuple(record["features"])
        if record["format"] != FORMAT or features not in (GENERIC, (*GENERIC, *MEMORY)):
            raise FormatError("the model is of another version", where=where, remedy=remedy)
        width = len(features)
        return Model(
            features, trees_from_json(record["first"], features=width, where=where),
            trees_from_json(record["second"], features=width + len(AFTERWARDS), where=where),
            float(record["threshold"]), float(record["sure"]), record["card"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(f"not a model ({error})", where=where, remedy=remedy) from error


def shipped_model(language: Language = "zh") -> Model:
    """The model that Parallax brings along for a language; it knows no pairs."""
    path = files("extractors").joinpath("languages", language, "normaliser.json")
    where = f"extractors/languages/{language}/normaliser.json"
    return read_model(path.read_text(encoding="utf-8"), where=where)


class Ranker:
    """A model with the vocabulary to choose from, and known pairs where the model needs them."""

    def __init__(self, model: Model, vocabulary: Vocabulary, memory: Memory | None = None) -> None:
        if model.needs_memory != (memory is not None):
            raise FormatError(
                "the model and the known pairs do not fit each other",
                remedy="give the pairs with which the model was trained, or none for the "
                "model that is shipped",
            )
        self._model = model
        self.vocabulary = vocabulary
        self._memory = memory

    def ranked(self, text: str, *, limit: int = 10) -> tuple[Ranked, ...]:
        """The likeliest names of a text, the likeliest first."""
        compared = compare(text, self.vocabulary, self._memory)
        chances = chances_of(compared, self._model, self.vocabulary)
        order = sorted(range(len(chances)), key=lambda at: (-chances[at], compared.names[at]))
        return tuple(self._explained(compared, at, chances) for at in order[:limit])

    def names(self, text: str) -> tuple[Ranked, ...]:
        """The names that a text stands for: all above the threshold, at least the best one."""
        found = self.ranked(text, limit=20)
        kept = tuple(item for item in found if item.chance >= self._model.threshold)
        return kept or found[:1]

    def sure(self, text: str) -> Ranked | None:
        """The one name that a text stands for, if the model is sure of it.

        A name that accounts for less than half of the text is only a part of what it says.
        """
        return next(
            (
                item for item in self.ranked(text, limit=3)
                if item.chance >= self._model.sure and item.covered >= _MOSTLY
            ),
            None,
        )  # fmt: skip

    def _explained(self, compared: Compared, at: int, chances: Chances) -> Ranked:
        number = compared.names[at]
        part = compared.parts[compared.best_part[at]]
        form = self.vocabulary.analysed(compared.best_form[at])
        row = dict(zip(self._model.features, compared.rows[at].tolist(), strict=True))
        reason = (
            f"{part.text} like {form.text}: {row['name_covered']:.0%} of the name, "
            f"{row['part_covered']:.0%} of the text{_told((*part.steps, *form.steps))}"
        )
        if row.get("known_whole", 0.0) >= 0.999 or row.get("known_part", 0.0) >= 0.999:
            reason = f"known pair; {reason}"
        return Ranked(
            number, self.vocabulary.name(number), round(float(chances[at]), 3), reason,
            round(row["whole_covered"], 3),
        )  # fmt: skip


def chances_of(compared: Compared, model: Model, vocabulary: Vocabulary) -> Chances:
    """The chance of each candidate, from both rankings."""
    if not compared.names:
        return np.zeros(0, np.float32)
    first = model.first.probabilities(compared.rows)
    return model.second.probabilities(afterwards(compared, first, vocabulary))


def _told(steps: Sequence[Step]) -> str:
    told = dict.fromkeys(
        f"{step.before} → {step.after} ({step.reason})" if step.after
        else f"without {step.before} ({step.reason})"
        for step in steps
    )  # fmt: skip
    return "".join(f"; {step}" for step in told)
