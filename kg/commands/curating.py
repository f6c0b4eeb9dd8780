"""``kg curate`` and ``kg curations``: decisions of curators about evidence, kept and handed on."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands import printing
from kg.commands.opening import json_option, language_option
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.curation.values import Curation
    from kg.errors import KgError

FORMATS = ("tsv", "indra", "nquads", "turtle")


@click.command()
@click.argument("target", required=False)
@click.option("--tag", help="correct, or what is wrong; see docs/curation.md for the tags.")
@click.option("--curator", envvar="KG_CURATOR", default="",
              help="Your name or ORCID (or KG_CURATOR).")  # fmt: skip
@click.option("--note", default="", help="Why, for those who come after.")
@click.option("--value", default="", help="What should have been read, such as the right CURIE.")
@click.option("--file", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Take in decisions from a TSV table or INDRA's curation JSON.")  # fmt: skip
@click.option("--undo", metavar="ID", help="Withdraw a decision, by its id in --list.")
@click.option("--list", "listed", is_flag=True, help="List the decisions that hold.")
@click.option("--next", "count", type=click.IntRange(1, 1000), metavar="N",
              help="Show the N evidence that most need a decision.")  # fmt: skip
@language_option
@json_option
@settings_options
def curate(
    target: str | None,
    *,
    tag: str | None,
    curator: str,
    note: str,
    value: str,
    source: Path | None,
    undo: str | None,
    listed: bool,
    count: int | None,
    language: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """Judge a TARGET: an evidence (pubmed:1#e0123456789abcdef), or all that a statement has.

    A decision is kept in curations.tsv of the data directory, apart from what was read. Evidence
    judged wrong does not count any more; a later reading of the document changes nothing of that.
    """
    asked = [target is not None, source is not None, bool(undo), listed, count is not None]
    if sum(asked) != 1:
        raise click.UsageError("Give one of TARGET, --file, --undo, --list and --next.")
    if listed:
        return _list(_all(settings), as_json)
    if count is not None:
        return _next(settings, count, curator, language or "en", as_json)
    failures: list[KgError] = []
    if source is not None:
        made = _from_file(settings, source, failures)
    elif not curator:
        raise click.UsageError("Say who you are, with --curator or KG_CURATOR.")
    elif undo:
        made = [_withdrawn(settings, undo, curator, note)]
    else:
        if tag is None:
            raise click.UsageError("Say what you judge it to be, with --tag.")
        made = _decided(settings, target or "", tag, curator, note=note, value=value)
    new = _keep(settings, made)
    for error in failures:
        click.echo(f"kg: {error}", err=True)
    if as_json:
        told = {"kept": new, "decisions": [_json(one) for one in made],
                "failures": [str(error) for error in failures]}  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{new} of {len(made)} decisions are new")
    return 1 if failures else 0


@click.command()
@click.option("--format", "format_", type=click.Choice(FORMATS), default="tsv", show_default=True,
              help="Table, INDRA's JSON, or RDF.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write (default: standard output).")  # fmt: skip
@click.option("--statistics", is_flag=True, help="Show counts and how far curators agree.")
@json_option
@settings_options
def curations(
    format_: str, output: Path | None, *, statistics: bool, as_json: bool, settings: Settings
) -> int:
    """Export the decisions of curators, or tell how far curators agree about them.

    TSV and RDF have every decision, also those that were withdrawn; INDRA's JSON has those that
    hold.
    """
    found = _all(settings)
    if statistics:
        return _statistics(found, as_json)
    data = _exported(found, format_)
    if output is None:
        sys.stdout.buffer.write(data)
        return 0
    from kg.files.replacing import replacing

    with replacing(output) as out:
        out.write(data)
    return 0


def _all(settings: Settings) -> tuple[Curation, ...]:
    """The decisions of the data directory, and those that only the graph has."""
    from kg.curation.graph import read_curations
    from kg.curation.journal import read_journal
    from kg.errors import StoreError
    from kg.store.opening import open_store

    found = {one.id: one for one in read_journal(settings.data)}
    try:
        with open_store(settings, read_only=True) as store:
            found = {one.id: one for one in read_curations(store)} | found
    except StoreError:
        if settings.store or not found:  # without a graph the file alone tells
            raise
    return tuple(sorted(found.values(), key=lambda c: c.order))


def _decided(
    settings: Settings, target: str, tag: str, curator: str, *, note: str, value: str
) -> list[Curation]:
    from kg.curation.deciding import decide
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        return list(decide(store, target, tag, curator, note=note, value=value))


def _withdrawn(settings: Settings, name: str, curator: str, note: str) -> Curation:
    from kg.curation.deciding import withdraw
    from kg.errors import NotFoundError

    for one in _all(settings):
        if one.id == name and not one.withdraws:
            return withdraw(one, curator, note=note)
    raise NotFoundError("no such decision", where=name, remedy="see kg curate --list")


def _from_file(settings: Settings, path: Path, failures: list[KgError]) -> list[Curation]:
    from kg.curation.deciding import completed
    from kg.curation.indra import read_indra
    from kg.curation.tables import parse_rows
    from kg.files.encoding import decode
    from kg.files.kinds import open_bytes
    from kg.store.opening import open_store

    text = decode(open_bytes(path))
    if text.lstrip().startswith(("[", "{")):
        read = list(read_indra(text, where=path.name, failures=failures))
    else:
        read = list(parse_rows(text, where=path.name))
    with open_store(settings, read_only=True) as store:
        return completed(store, read, failures)


def _keep(settings: Settings, made: list[Curation]) -> int:
    """How many decisions are new; they count now, or when who writes the graph has done so."""
    from kg.curation.journal import append
    from kg.errors import StoreError
    from kg.publishing import writing
    from kg.store.embedded import WRITTEN

    new = append(settings.data, made)
    try:
        with writing(settings):
            pass  # decisions are taken in when the graph is opened
    except StoreError as error:
        if error.what != WRITTEN:
            raise
        click.echo("kg: kept; they count when the process that writes the graph is done", err=True)
    return new


def _list(found: tuple[Curation, ...], as_json: bool) -> int:
    from kg.curation.verdicts import in_force

    holding = in_force(found)
    if as_json:
        click.echo(json.dumps([_json(one) for one in holding], ensure_ascii=False, indent=1))
        return 0
    rows = [(c.id, c.date[:10], c.curator, c.tag, c.evidence, c.claim, c.note) for c in holding]
    if rows:
        names = ("id", "date", "curator", "tag", "evidence", "claim", "note")
        printing.print_table(names, rows)
    else:
        click.echo("no decisions", err=True)
    return 0


def _next(settings: Settings, count: int, curator: str, language: str, as_json: bool) -> int:
    from kg.curation.queue import next_candidates
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        found = next_candidates(store, count, curator=curator, language=language)
    if as_json:
        shown = [dataclasses.asdict(one) for one in found]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        click.echo(f"{one.evidence}  {one.claim}  ({one.belief:.2f}, {one.agreement})")
        for quote_language, text in one.quotes:
            click.echo(f"   {quote_language}  {text}")
    return 0


def _exported(found: tuple[Curation, ...], format_: str) -> bytes:
    if format_ == "tsv":
        from kg.curation.tables import write_table

        return write_table(found).encode()
    if format_ == "indra":
        from kg.curation.indra import to_indra
        from kg.curation.verdicts import in_force

        records = to_indra(in_force(found))
        return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    from io import BytesIO

    from kg.curation.graph import curation_quads
    from kg.store.embedded import memory_store
    from kg.vocab import CURATIONS_GRAPH

    store, out = memory_store(), BytesIO()
    store.change((), [quad for one in found for quad in curation_quads(one)])
    store.dump(out, format_, graph=None if format_ == "nquads" else CURATIONS_GRAPH)
    return out.getvalue()


def _statistics(found: tuple[Curation, ...], as_json: bool) -> int:
    from kg.curation.statistics import ALL
    from kg.curation.statistics import statistics as reckon

    told = reckon(found)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(told), ensure_ascii=False, indent=1))
        return 0
    click.echo(
        f"{told.decisions} decisions ({told.withdrawn} withdrawn) on {told.evidence} evidence"
    )
    counts = [*told.by_tag, *told.by_curator]
    if counts:
        printing.print_table(("tag or curator", "decisions"), [(n, str(c)) for n, c in counts])
    rows = [
        (
            " — ".join(one.curators), "all" if one.tag == ALL else one.tag, str(one.both),
            f"{one.observed:.2f}", "—" if one.kappa is None else f"{one.kappa:.2f}",
        )
        for one in told.agreements
    ]  # fmt: skip
    if rows:
        printing.print_table(("curators", "tag", "both judged", "agreement", "kappa"), rows)
    return 0


def _json(curation: Curation) -> dict[str, Any]:
    return {"id": curation.id} | dataclasses.asdict(curation)
