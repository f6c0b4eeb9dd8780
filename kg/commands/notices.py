"""`kg notices`: retractions and corrections, listed, given from a table, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.notices.loading import NoticeReport
    from kg.notices.values import Notice


@click.group()
def notices() -> None:
    """Retractions, corrections and other notices about documents."""


@notices.command("list")
@click.argument("documents", nargs=-1, metavar="[ID]...")
@click.option("--kind", "kinds", multiple=True, help="Only this kind (may be repeated).")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en",
              show_default=True, help="Language of the words.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@settings_options
def listed(
    documents: tuple[str, ...], kinds: tuple[str, ...], language: str, settings: Settings,
    *, as_json: bool,
) -> None:  # fmt: skip
    """List all notices, or those about the documents named."""
    from kg.answers.words import Words
    from kg.commands.printing import print_table
    from kg.io import encode
    from kg.notices.reading import notices_about, read_notices
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store:
        found: set[Notice] = (
            {notice for name in documents for notice in notices_about(store, name)}
            if documents
            else {notice for _, notice in read_notices(store)}
        )
    kept = sorted((n for n in found if not kinds or n.kind in kinds), key=repr)
    if as_json:
        click.echo(json.dumps([encode(notice) for notice in kept], ensure_ascii=False))
        return
    words = Words(language, str)
    rows = [
        (n.about, words.of("notices", n.kind), n.date or "", n.by or "",
         n.reason or n.citation or "")
        for n in kept
    ]  # fmt: skip
    print_table(("document", "kind", "date", "notice", "reason"), rows)


@notices.command("load")
@click.argument("files", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@settings_options
def load_notices(files: tuple[Path, ...], settings: Settings) -> None:
    """Give the notices of TSV files to the graph, before or after their documents.

    Columns: document (pubmed:… or doi:…), kind, and where known notice, date, citation, reason.
    """
    from kg.notices.files import read_table
    from kg.notices.loading import give_notices
    from kg.publishing import publish, writing
    from kg.terminology.serving import open_terminology

    given = [notice for path in files for notice in read_table(path)]
    with writing(settings) as store:
        report = give_notices(store, given, terminology=open_terminology(settings.data))
        publish(store, settings)
    _tell(report, "new notices")


@notices.command("remove")
@click.argument("documents", nargs=-1, required=True, metavar="ID...")
@settings_options
def remove_notices(documents: tuple[str, ...], settings: Settings) -> None:
    """Take back the notices about documents that were given by kg notices load."""
    from kg.notices.loading import withdraw_notices
    from kg.publishing import publish, writing
    from kg.store.opening import open_store
    from kg.terminology.serving import open_terminology

    open_store(settings, read_only=True).close()
    with writing(settings) as store:
        report = withdraw_notices(store, documents, terminology=open_terminology(settings.data))
        publish(store, settings)
    _tell(report, "notices removed")


def _tell(report: NoticeReport, what: str) -> None:
    click.echo(f"{report.notices} {what}; {len(report.documents)} documents stand otherwise")
