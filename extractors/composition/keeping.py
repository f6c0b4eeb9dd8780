"""Tries and flat arrays kept as files of one folder, from which they open without being read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from kg.errors import InputError


def save_parts(
    folder: Path, prefix: str, tries: Mapping[str, Any], arrays: Mapping[str, Any]
) -> None:
    """Write each trie and each array into a file of its own, `prefix` before its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, trie in tries.items():
        trie.save(str(folder / f"{prefix}-{name}.marisa"))
    for name, array in arrays.items():
        np.save(folder / f"{prefix}-{name}.npy", array)


def open_parts(
    folder: Path, prefix: str, tries: tuple[str, ...], arrays: tuple[str, ...], *, what: str
) -> tuple[list[Any], dict[str, Any]]:
    """The tries in the order of their names and the arrays by name; all of it stays on disk.

    Parameters
    ----------
    what : what is opened, for the message

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    try:
        return (
            [marisa_trie.Trie().mmap(str(folder / f"{prefix}-{name}.marisa")) for name in tries],
            {name: np.load(folder / f"{prefix}-{name}.npy", mmap_mode="r") for name in arrays},
        )
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise InputError(
            f"no {what} ({error.__class__.__name__})", where=str(folder),
            remedy="run `kg lexicon build`",
        ) from error  # fmt: skip
