"""The training of the recognisers, by language: what is asked for, and who answers."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from extractors.models.keeping import Kept
from kg.errors import KgError
from kg.model import Language

Report = Callable[[str], None]
_MODULES: dict[Language, str] = {"en": "english_recogniser", "zh": "chinese_recogniser"}


@dataclass(frozen=True, slots=True)
class Request:
    """What to train on.

    Parameters
    ----------
    corpora : folder with ``english``, ``chinese`` and ``parallel`` below it
    lexicon : folder of a compiled lexicon of imported terminologies, for features; the starter
        terminology takes part in any case
    without : gold standards whose sentences are left out
    epochs : times that the annotated sentences are read; None for the recipe's own number
    version : of the model
    research : also on data that are licensed for research only, so that the network may not be
        delivered; only recipes that know such data heed it
    """

    corpora: Path
    lexicon: Path | None = None
    without: tuple[Path, ...] = ()
    epochs: int | None = None
    version: str = "1"
    research: bool = False


class Recipe(Protocol):
    """How the recogniser of a language is trained; the modules named ``…_recogniser`` have it."""

    def train(self, request: Request, report: Report) -> Kept:
        """The trained network."""


def train_recogniser(language: Language, request: Request, report: Report) -> Kept:
    """A recogniser of a language, trained on one core; the same input gives the same weights.

    Raises
    ------
    InputError
        where a corpus is absent.
    KgError
        where a language has no recipe.
    """
    try:
        module = importlib.import_module(f"extractors.training.{_MODULES[language]}")
    except (KeyError, ModuleNotFoundError) as error:
        raise KgError(f"no recipe for {language}", where="extractors.training") from error
    return cast(Recipe, module).train(request, report)
