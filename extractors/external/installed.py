"""Readers of installed distributions, found by the entry-point group ``kg.readers``.

A distribution names them in its ``pyproject.toml``::

    [project.entry-points."kg.readers"]
    kinases = "kinase_reader:read"
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from extractors.external.values import Named, Reader
from kg.errors import ReaderError

GROUP = "kg.readers"


@dataclass(frozen=True, slots=True)
class Installed:
    """A reader that is installed: its name, the distribution that brings it, and its version."""

    name: str
    distribution: str
    version: str
    place: str


def installed_readers() -> tuple[Installed, ...]:
    """All readers that installed distributions bring, by name; none of them is loaded."""
    return tuple(_told(entry) for entry in sorted(entry_points(group=GROUP), key=_name))


def load_reader(name: str) -> Named:
    """The reader of that name, loaded.

    Raises
    ------
    ReaderError
        where none is installed under the name, two are, or it cannot be loaded.
    """
    found = [entry for entry in entry_points(group=GROUP) if entry.name == name]
    if not found:
        known = ", ".join(sorted({one.name for one in installed_readers()}))
        raise ReaderError(
            "no reader of that name is installed", where=name,
            remedy=f"installed are {known}" if known else "install the package that brings it",
        )  # fmt: skip
    if len(found) > 1:
        owners = " and ".join(_told(entry).distribution for entry in found)
        raise ReaderError(
            f"{owners} both bring a reader of that name", where=name, remedy="uninstall one"
        )
    return Named(f"reader:{name}@{_told(found[0]).version}", _made(found[0]))


def _made(entry: EntryPoint) -> Reader:
    try:
        loaded = entry.load()
        made = loaded() if inspect.isclass(loaded) else loaded
    except Exception as error:
        raise ReaderError(
            f"the reader cannot be loaded ({type(error).__name__}: {error})",
            where=f"{entry.name} ({entry.value})",
            remedy="reinstall its package, or read without it",
        ) from error
    if not callable(made):
        raise ReaderError(
            f"{type(made).__name__}: that is no reader", where=f"{entry.name} ({entry.value})",
            remedy="give a function of a document and its sentences, or a class of such",
        )  # fmt: skip
    reader: Reader = made
    return reader


def _name(entry: EntryPoint) -> str:
    return entry.name


def _told(entry: EntryPoint) -> Installed:
    owner = entry.dist
    return Installed(
        entry.name, owner.name if owner else "?", owner.version if owner else "?", entry.value
    )
