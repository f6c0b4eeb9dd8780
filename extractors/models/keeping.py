"""A network as a file: numpy arrays in half precision, what they mean as JSON, and their hash.

Nothing in the file is run when it is read (no pickle). A file that was cut, changed or made by
another version is refused with a word on what to do.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.models.names import Names
from extractors.models.network import Network
from extractors.models.shape import Group, Shape
from kg.errors import FormatError, InputError

FORMAT = 1
_ABOUT = "about"
_NAMES = "names"
_REMEDY = "train the model again (kg train recogniser), or install the package again"


@dataclass(frozen=True, slots=True)
class Kept:
    """A network with its name, its version and what else is to be known about it."""

    name: str
    version: str
    network: Network
    style: str | None = None  # the style in which it reads unless told otherwise
    notes: Mapping[str, Any] = field(default_factory=dict)
    names: Names | None = None  # that its shape has a group for

    @property
    def mark(self) -> str:
        """What tells in results which model it was: ``model:recogniser-en@1``."""
        return f"model:{self.name}@{self.version}"


def save_network(path: Path, kept: Kept) -> str:
    """Write the file and give the SHA-256 of its weights; the same network makes the same bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {
        name: np.asarray(values, np.float16) for name, values in kept.network.parameters().items()
    }
    if kept.names is not None:
        arrays[_NAMES] = _bytes(asdict(kept.names))
    digest = _digest(arrays)
    about = {
        "format": FORMAT, "name": kept.name, "version": kept.version, "style": kept.style,
        "notes": dict(kept.notes), "sha256": digest, "shape": asdict(kept.network.shape),
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        np.savez(out, allow_pickle=False, **{_ABOUT: _bytes(about)}, **arrays)
    return digest


def load_network(path: Path) -> Kept:
    """The network in a file.

    Raises
    ------
    InputError
        where the file cannot be read.
    FormatError
        where it is no such file, is damaged, or of a format that is not known here.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (ValueError, EOFError, zipfile.BadZipFile, KeyError, AttributeError) as error:
        raise FormatError("no model, or a damaged one", where=str(path), remedy=_REMEDY) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", where=str(path),
                         remedy=_REMEDY) from error  # fmt: skip
    try:
        about = json.loads(arrays.pop(_ABOUT).tobytes())
        if about["format"] != FORMAT:
            raise FormatError(f"format {about['format']}, not {FORMAT}", where=str(path),
                              remedy=_REMEDY)  # fmt: skip
        if about["sha256"] != _digest(arrays):
            raise FormatError("the weights are not those that were written", where=str(path),
                              remedy=_REMEDY)  # fmt: skip
        names = _names(arrays.pop(_NAMES, None))
        network = Network(_shape(about["shape"]))
        network.set_parameters(arrays)
        return Kept(about["name"], about["version"], network, about["style"], about["notes"], names)
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"no description of a model ({type(error).__name__})", where=str(path),
                          remedy=_REMEDY) from error  # fmt: skip


def _bytes(values: Mapping[str, Any]) -> npt.NDArray[np.uint8]:
    """Values as JSON, in an array."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return np.frombuffer(text.encode(), np.uint8)


def _names(given: npt.NDArray[Any] | None) -> Names | None:
    if given is None:
        return None
    values = json.loads(given.tobytes())
    known = {name: tuple((a, b) for a, b in senses) for name, senses in values["known"].items()}
    return Names(values["corpora"], values["senses"], values["slots"], known)


def _digest(arrays: Mapping[str, npt.NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name}{arrays[name].shape}".encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def _shape(given: Mapping[str, Any]) -> Shape:
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in given.items()
    }
    values["groups"] = tuple(Group(**group) for group in given["groups"])
    return Shape(**values)
