"""`kg evaluate mechanisms`: the paths of a graph against curated mechanisms."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.imports.mechanisms import Mechanism
    from kg.network.graph import Network
    from kg.store.base import Store

_SEED = 1


@click.command()
@click.option(
    "--curated", default="drugmechdb", show_default=True, metavar="FILE|SOURCE",
    help="DrugMechDB file or folder, or a knowledge source of the graph.",
)  # fmt: skip
@click.option("--left-out", type=click.IntRange(min=0), default=300, show_default=True,
              help="Mechanisms that are also asked of the graph without themselves.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@settings_options
def mechanisms(curated: str, left_out: int, as_json: bool, settings: Settings) -> None:
    """Measure the paths of the graph, and what was read, against curated mechanisms.

    It tells whether the first paths between the two ends of each mechanism go over what is
    curated, with the mechanism itself in the graph and without it, and how many of the curated
    steps documents state as well.
    """
    from kg.imports.measuring import measure_all
    from kg.network.graph import open_network
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        network = open_network(store)
        known, records = _mechanisms(store, network, curated, settings)
        sample = known
        if len(known) > left_out:
            sample = random.Random(_SEED).sample(known, left_out)  # noqa: S311 - a fixed sample
        measures = measure_all(network, known, sample, records)
    if as_json:
        told = [{"measure": m.name, "share": round(m.share, 4), "cases": m.cases} for m in measures]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for measure in measures:
        click.echo(f"{measure.share:6.3f}  of {measure.cases:>6,}  {measure.name}")


def _mechanisms(
    store: Store, network: Network, curated: str, settings: Settings
) -> tuple[list[Mechanism], dict[str, frozenset[str]]]:
    """The curated mechanisms, and the claims that each record of theirs asserts in the graph."""
    from kg.errors import NotFoundError
    from kg.files.streams import find_files
    from kg.imports.mechanisms import (
        claims_of_records,
        mechanisms_of_files,
        mechanisms_of_source,
    )
    from kg.imports.sources import find_source
    from kg.terminology.serving import open_terminology

    path = Path(curated)
    if path.exists():
        files = (found for found in find_files(path) if not found.name.startswith("_"))
        known = list(mechanisms_of_files(files, open_terminology(settings.data)))
        source = None
    else:
        source = find_source(store, curated)
        known = list(mechanisms_of_source(store, source, network))
    if not known:
        raise NotFoundError(
            "no mechanism from a drug to a disease", where=curated,
            remedy="give DrugMechDB files, or a source that holds such records",
        )  # fmt: skip
    claims = claims_of_records(store, source)
    return known, {key.partition(" ")[2]: held for key, held in claims.items()}
