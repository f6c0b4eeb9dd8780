"""The learned relation reader of a language: weights of hashed features, without any library.

A file holds, for each row of features that was learnt: how much it speaks for *related*, and how
much for each label. It is an ``.npz`` of plain arrays (never pickled) and carries its version and
a checksum of its arrays, which are checked when it is opened.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.errors import FormatError, InputError
from kg.model import LANGUAGES, Language

VERSION = 1
BUCKETS = 1 << 17
Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


def hashed(features: Iterable[str]) -> Rows:
    """The rows of the features that hold, each once.

    >>> hashed(["far=1", "far=1"]).shape
    (1,)
    """
    rows = {crc32(feature.encode()) % BUCKETS for feature in features}
    return np.fromiter(sorted(rows), np.int64, len(rows))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which chance on a pair counts as related.

    `alone`: nothing else speaks for it. `helped`: the other language states it of the counterparts
    of its mentions.
    """

    alone: float
    helped: float


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Weights of one language; `weights` has a column for *related*, then one for each label.

    `scale` and `shift` make chances of scores (Platt's scaling on documents that were not learnt
    from).
    """

    name: str
    labels: tuple[str, ...]
    rows: Rows
    weights: Floats
    bias: Floats
    scale: float
    shift: float
    thresholds: Thresholds

    def score(self, pairs: Sequence[Sequence[str]]) -> tuple[Floats, Floats]:
        """For each pair the chance that it is related, and the chances of its labels."""
        sums = np.tile(self.bias, (len(pairs), 1))
        for number, features in enumerate(pairs):
            wanted = hashed(features)
            at = np.searchsorted(self.rows, wanted)
            at = np.minimum(at, len(self.rows) - 1)
            sums[number] += self.weights[at[self.rows[at] == wanted]].sum(axis=0)
        related = 1 / (1 + np.exp(-(self.scale * sums[:, 0] + self.shift)))
        rest = np.exp(sums[:, 1:] - sums[:, 1:].max(axis=1, keepdims=True))
        return related.astype(np.float32), (rest / rest.sum(axis=1, keepdims=True))

    @property
    def rule(self) -> str:
        """How its readings are signed."""
        return f"model:{self.name}@{VERSION}"


def save_model(path: Path, model: RelationModel) -> str:
    """Write a model to a file, in half precision; its checksum."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "rows": model.rows.astype(np.int32), "weights": model.weights.astype(np.float16),
        "bias": model.bias.astype(np.float32),
    }  # fmt: skip
    about = {
        "version": VERSION, "name": model.name, "labels": model.labels, "buckets": BUCKETS,
        "scale": model.scale, "shift": model.shift, "sha256": _checksum(arrays),
        "thresholds": {n: getattr(model.thresholds, n) for n in Thresholds.__dataclass_fields__},
    }  # fmt: skip
    np.savez_compressed(path, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
    return str(about["sha256"])


def load_model(path: Path) -> RelationModel:
    """The model in a file.

    Raises
    ------
    InputError
        where it cannot be read.
    FormatError
        where it is no model, of another version, or changed.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            arrays = {name: file[name] for name in ("rows", "weights", "bias")}
        if about["version"] != VERSION or about["buckets"] != BUCKETS:
            raise FormatError(f"version {about['version']}, not {VERSION}", where=str(path),
                              remedy="train it again: kg train relations")  # fmt: skip
        if about["sha256"] != _checksum(arrays):
            raise FormatError("the weights are not those that were written", where=str(path),
                              remedy="restore the file, or train it again")  # fmt: skip
        return RelationModel(
            about["name"], tuple(about["labels"]), arrays["rows"].astype(np.int64),
            arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32),
            float(about["scale"]), float(about["shift"]), Thresholds(**about["thresholds"]),
        )  # fmt: skip
    except OSError as error:
        raise InputError(f"cannot be read ({error})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise FormatError(f"no relation model ({type(error).__name__}: {error})", where=str(path),
                          remedy="train it again: kg train relations") from error  # fmt: skip


@cache
def shipped_model(language: Language) -> RelationModel | None:
    """The model that comes with Parallax; None where there is none for the language."""
    path = Path(str(files("extractors.models").joinpath(f"relations-{language}.npz")))
    return load_model(path) if path.exists() else None


def shipped_models() -> dict[Language, RelationModel]:
    """The models that come with Parallax, by language."""
    found = ((language, shipped_model(language)) for language in LANGUAGES)
    return {language: model for language, model in found if model is not None}


def _checksum(arrays: dict[str, npt.NDArray[Any]]) -> str:
    whole = hashlib.sha256()
    for name in sorted(arrays):
        whole.update(name.encode() + np.ascontiguousarray(arrays[name]).tobytes())
    return whole.hexdigest()
