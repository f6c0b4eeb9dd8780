"""Rows of numbers that lie in files and are mapped into memory, opened at once and shared.

A file holds nothing but the numbers, in the byte order of the machine; its suffix tells their size.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kg.errors import InputError

SUFFIXES = {"B": "u8", "H": "u16", "I": "u32", "Q": "u64"}
Numbers = memoryview


class Buffer(Protocol):
    """An `array.array` or a contiguous NumPy array."""

    def tobytes(self) -> bytes:
        """Its content."""


def numbers_of(values: Buffer, code: str) -> Numbers:
    """The numbers of an array, `code` being their type as in `array`."""
    return memoryview(values.tobytes()).cast("B").cast(code)  # type: ignore[call-overload,no-any-return]


def save_numbers(folder: Path, name: str, values: Numbers) -> None:
    """Write numbers into a folder under a name."""
    (folder / f"{name}.{SUFFIXES[values.format]}").write_bytes(values)


def map_numbers(folder: Path, codes: Mapping[str, str]) -> dict[str, Numbers]:
    """Name → numbers of a folder that `save_numbers` wrote; `codes` tells the type of each.

    Raises
    ------
    InputError
        where a file is absent or cut off.
    """
    found = {}
    for name, code in codes.items():
        path = folder / f"{name}.{SUFFIXES[code]}"
        try:
            found[name] = map_bytes(path).cast("B").cast(code)  # type: ignore[call-overload]
        except (OSError, TypeError, ValueError) as error:
            raise InputError(
                "the compiled lexicon is broken", where=str(path), remedy="run `kg lexicon build`"
            ) from error
    return found


def map_bytes(path: Path) -> memoryview:
    """The bytes of a file, mapped into memory."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
