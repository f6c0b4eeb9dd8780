"""The manifest of a lexicon as tables for people, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import click

from kg.commands.printing import print_table
from kg.model import MENTION_TYPES
from kg.terminology.rows import NAME_LANGUAGES


def print_manifest(manifest: dict[str, Any], *, as_json: bool) -> None:
    """Print what a lexicon holds, by type, and from which sources it was built."""
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False, sort_keys=True))
        return
    print_table(("type", "concepts", "names_en", "names_zh", "names_both"), _by_type(manifest))
    columns = ("source", "version", "licence", "names", "mappings", "parents", "definitions")
    counts = columns[3:]
    print_table(
        columns,
        [
            [source["name"], source["version"], source["licence"],
             *(str(source.get(count, 0)) for count in counts)]
            for source in manifest["sources"]
        ],
    )  # fmt: skip
    for title in ("joined", "conflicts", "left_out"):
        found = _summed(manifest[title])
        told = ", ".join(f"{count:,} {what}" for what, count in found.items())
        click.echo(f"{title.replace('_', ' ')}: {told or 'none'}")


def _summed(counts: dict[str, int]) -> dict[str, int]:
    """Counts of what differs by vocabulary or prefix only as one."""
    found: Counter[str] = Counter()
    for what, count in counts.items():
        what = what.partition(":")[0]
        two = what.startswith("two identifiers of")
        found["two identifiers of one vocabulary" if two else what] += count
    return dict(found.most_common())


def _by_type(manifest: dict[str, Any]) -> list[list[str]]:
    rows = [
        [manifest["concepts"][kind], *(manifest["names"][kind][lang] for lang in NAME_LANGUAGES)]
        for kind in MENTION_TYPES
    ]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    names = (*MENTION_TYPES, "all")
    return [
        [name, *map(str, row)] for name, row in zip(names, (*rows, sums), strict=True)
    ]  # fmt: skip
