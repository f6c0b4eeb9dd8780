"""The compiled lexicon of a data directory: built, opened, and the starter's made when missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.composition.building import build_composition
from extractors.composition.shipped import table_mark
from extractors.grounding.unlisted import save_similar
from extractors.mentions.keys import compile_keys, keys_mark, open_keys
from extractors.mentions.lexicon import Lexicon, load_lexicon
from extractors.mentions.pinyin import save_pinyin
from kg.errors import InputError
from kg.terminology.building import Built, build_concepts, open_built
from kg.terminology.rows import Row
from kg.terminology.starter import starter_mark
from kg.terminology.versions import (
    REMEDY,
    Version,
    compiled_folder,
    current_version,
    open_version,
    publish_version,
    starter_folder,
)

Told = Callable[[str], None]


def build_lexicon(
    data: Path, sources: Iterable[tuple[str, Iterable[Row]]], *, told: Told = lambda _: None
) -> Version:
    """The lexicon of the starter terminology and all sources, put in place of the former one.

    The same rows give the same bytes. Where anything fails, the former one stays.

    Raises
    ------
    InputError
        where a source cannot be read, another build runs, or the folder cannot be written.
    """
    return _publish(compiled_folder(data), lambda: build_concepts(sources, told=told), told)


def find_lexicon(data: Path | None) -> Path | None:
    """The folder of the lexicon that a data directory has; None where it is to be compiled.

    That is the one built from imported sources, else that of the starter terminology, which is
    made here at the first use of a data directory that exists and can be written.

    Raises
    ------
    InputError
        where the built one is broken, or was made by another version of Parallax.
    """
    if data is None or not data.is_dir():
        return None
    built = current_version(compiled_folder(data))
    if built is not None:
        return checked(built).folder
    try:
        starter = current_version(starter_folder(data))
        if starter is not None and _is_ours(starter):
            return starter.folder
    except InputError:  # made anew
        pass
    try:
        return _publish(starter_folder(data), build_concepts, lambda _: None, learn=False).folder
    except InputError:  # a directory of someone else, or another process is at it
        return None


def load_compiled(folder: Path | None) -> Lexicon:
    """The lexicon of a folder that `find_lexicon` found; of the starter terminology for None.

    Raises
    ------
    InputError
        where it is broken, or was made by another version of Parallax.
    """
    return load_lexicon() if folder is None else _open(folder)


def read_manifest(data: Path) -> dict[str, Any]:
    """What is told of the lexicon of a data directory, or else of that of the starter terminology.

    Raises
    ------
    InputError
        where it is broken, or was made by another version of Parallax.
    """
    folder = find_lexicon(data)
    return build_concepts().manifest if folder is None else open_version(folder).manifest


@lru_cache(maxsize=1)
def _open(folder: Path) -> Lexicon:
    version = checked(open_version(folder))
    return Held(version)


class Held(Lexicon):
    """A lexicon whose files stay while it lives."""

    def __init__(self, version: Version) -> None:
        super().__init__(open_built(version), open_keys(version.folder))
        self.version = version
        self.folder = version.folder


def checked(version: Version) -> Version:
    """The version, if names are folded today as they were when it was made.

    Raises
    ------
    InputError
        where they are not.
    """
    if version.manifest.get("keys") != keys_mark():
        raise InputError(
            "the lexicon was compiled by a Parallax that folds names otherwise",
            where=str(version.folder), remedy=REMEDY,
        )  # fmt: skip
    return version


def _is_ours(version: Version) -> bool:
    """Whether the lexicon of the starter terminology is that of this version of Parallax."""
    known = version.manifest
    marks = known.get("keys"), known.get("starter"), known.get("table")
    return marks == (keys_mark(), starter_mark(), table_mark())


def _publish(root: Path, make: Callable[[], Built], told: Told, *, learn: bool = True) -> Version:
    def write(folder: Path) -> dict[str, Any]:
        built = make()
        built.save(folder)
        count = built.concepts.entry_count
        keys = compile_keys(
            built.concepts, told=lambda done: told(f"folding names: {done:,} of {count:,}")
        )
        keys.save(folder)
        told("indexing names by what they are written like")
        save_similar(built.concepts, folder)
        told("spelling Chinese names in pinyin")
        save_pinyin(built.concepts, folder)
        told("learning how names are composed")
        build_composition(built.concepts, folder, learn=learn)
        return built.manifest | {"keys": keys_mark(), "table": "" if learn else table_mark()}

    return publish_version(root, write)
