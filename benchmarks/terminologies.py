"""Import all terminologies of ../shared/corpora into a data directory: machinery of benchmarks.

``python -m benchmarks.terminologies DIR`` writes ``DIR/lexicon/sources/…``, as `kg lexicon import`
does; which files, and how, says ``benchmarks/data/terminologies.yaml``.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.table import ROOT, shared
from kg.terminology.importing.formats import Format, get_format
from kg.terminology.importing.given import Given
from kg.terminology.imports import Request, import_files
from kg.terminology.keeping import KeptSource
from kg.terminology.rows import NameRow, Row, SkippedRow, Source

RECIPE = ROOT / "benchmarks" / "data" / "terminologies.yaml"
DATE = datetime.date(2026, 1, 1)  # so that the same rows give the same bytes
KEYS = {"name", "files", "format", "formats", "type", "prefix", "lang", "columns", "without"}

LeaveOut = Callable[[NameRow], bool]


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A source of the recipe: its files, their formats, and what these leave open."""

    name: str
    files: tuple[str, ...]
    formats: tuple[str, ...]
    given: Given
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Filtered(Format):
    """A format whose rows are passed on without names that are to be left out."""

    without: frozenset[str]
    leave_out: LeaveOut

    def read(self, path: Path, given: Given) -> Iterator[Row]:
        for row in Format.read(self, path, given):
            match row:
                case NameRow(curie):
                    if curie in self.without or self.leave_out(row):
                        row = SkippedRow(curie, "left out")
            yield row


def load_recipe(path: Path = RECIPE) -> tuple[Ingredient, ...]:
    """The sources of the recipe, in its order."""
    return tuple(map(_ingredient, yaml.safe_load(path.read_text(encoding="utf-8"))))


def import_all(
    data: Path,
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    leave_out: LeaveOut = lambda row: False,
) -> dict[str, KeptSource]:
    """Import the sources of the recipe; what was kept, by source.

    Parameters
    ----------
    data : data directory, made where it is absent
    only, without : names of sources to take, or to pass over
    leave_out : whether a name is withheld, as for a benchmark that looks for it

    Raises
    ------
    MissingData
        where a file of the corpora is absent.
    """
    kept: dict[str, KeptSource] = {}
    for one in load_recipe():
        if one.name in without or (only is not None and one.name not in only):
            continue
        formats = tuple(_filtered(get_format(name), one, leave_out) for name in one.formats)
        files = tuple(shared("corpora", *file.split("/")) for file in one.files)
        kept[one.name] = import_files(data, Request(files, one.given, formats), today=DATE)
    return kept


def _filtered(known: Format, one: Ingredient, leave_out: LeaveOut) -> Format:
    return _Filtered(known.name, known.module, known.about, one.without, leave_out)


def _ingredient(item: dict[str, Any]) -> Ingredient:
    if unknown := set(item) - KEYS:
        raise ValueError(f"{RECIPE.name}: {item.get('name')}: unknown key {sorted(unknown)}")
    given = Given(
        Source(item["name"]), item.get("type"), item.get("prefix"), item.get("lang"),
        tuple(item.get("columns", ())),
    )  # fmt: skip
    formats = tuple(item.get("formats") or (item["format"],))
    return Ingredient(
        item["name"], tuple(item["files"]), formats, given, frozenset(item.get("without", ()))
    )


def main(arguments: list[str]) -> int:
    """Import all into the directory named, but for the sources named, and print what each has."""
    if not arguments:
        print("usage: python -m benchmarks.terminologies DIR [SOURCE TO LEAVE OUT ...]")
        return 2
    begin = time.perf_counter()
    names = mappings = 0
    for name, kept in import_all(Path(arguments[0]), without=arguments[1:]).items():
        names, mappings = names + kept.counts["names"], mappings + kept.counts["mappings"]
        print(f"{name}\t{kept.counts['names']:,} names\t{kept.counts['mappings']:,} mappings")
    print(f"{names:,} names, {mappings:,} mappings in {time.perf_counter() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
