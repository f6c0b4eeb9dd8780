"""``kg rates``: how often readers err, learned from curations, and why a claim is believed."""

from __future__ import annotations

import dataclasses
import json

import click

from kg.commands import printing
from kg.commands.opening import json_option
from kg.settings import Settings, settings_options


@click.command()
@click.argument("statement", required=False)
@click.option("--fit", is_flag=True,
              help="Learn rates from curators' decisions; reckon beliefs anew.")  # fmt: skip
@json_option
@settings_options
def rates(statement: str | None, *, fit: bool, as_json: bool, settings: Settings) -> int:
    """Show error rates of rules and readers, or how the belief in a STATEMENT comes about.

    Without --fit the rates are shown that decisions of curators teach, beside those in force.
    """
    if statement and fit:
        raise click.UsageError("Give a STATEMENT or --fit, not both.")
    if statement:
        return _explain(settings, statement, as_json)
    if fit:
        from kg.curation.applying import learn
        from kg.publishing import publish, writing

        with writing(settings) as store:
            learn(store)
            publish(store, settings)
    return _show(settings, as_json)


def _show(settings: Settings, as_json: bool) -> int:
    from kg.curation.fitting import fit as learn
    from kg.curation.graph import rates_in, read_curations
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        learned = learn(read_curations(store))
        used = rates_in(store)
    if as_json:
        told = {
            "delivered": [dataclasses.asdict(rate) for rate in used.rows],
            "learned": [dataclasses.asdict(one) for one in learned],
            "in_force": [dataclasses.asdict(rate) for rate in used.learned.values()],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    rows = [(r.kind, r.pattern, f"{r.random:.3f}", f"{r.systematic:.3f}") for r in used.rows]
    printing.print_table(("kind", "delivered for", "random", "systematic"), rows)
    found = [
        (
            one.rate.kind, one.rate.pattern, f"{one.rate.random:.3f}", f"{one.rate.systematic:.3f}",
            f"{one.right}/{one.wrong}",
            "yes" if used.learned.get(f"{one.rate.kind} {one.rate.pattern}") == one.rate else "no",
        )
        for one in learned
    ]  # fmt: skip
    if found:
        names = ("kind", "learned for", "random", "systematic", "right/wrong", "in force")
        printing.print_table(names, found)
    return 0


def _explain(settings: Settings, statement: str, as_json: bool) -> int:
    from kg.curation.explaining import explain_belief
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        told = explain_belief(store, statement)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(told), ensure_ascii=False, indent=1))
        return 0
    click.echo(f"{told.claim}  ({told.status}, belief {told.belief:.4f})")
    rows = [
        (
            part.evidence, part.bearing + (" (refines)" if part.inherited else ""), part.reader,
            f"{part.random:.3f}", f"{part.systematic:.3f}", part.verdict or "",
        )
        for part in told.parts
    ]  # fmt: skip
    names = ("evidence", "bearing", "reader", "random error", "systematic", "judged")
    printing.print_table(names, rows)
    return 0
