"""`kg lexicon`: the terminology; here what concerns the sources that are imported.

The readers add their own subcommands to this group (`extractors.commands.lexicon`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.opening import json_option
from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.terminology.catalogue import Entry
    from kg.terminology.keeping import KeptSource
    from kg.terminology.rows import NameLanguage

_SHOWN = 15


@click.group()
def lexicon() -> None:
    """Look into the terminology, and import terminologies of others."""


@lexicon.command("import")
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "format_name", default=None, metavar="NAME",
              help="Form of the files (default: by content, among those of SOURCE).")  # fmt: skip
@click.option("--type", "kind", type=click.Choice(MENTION_TYPES), default=None,
              help="Type of the concepts, where the files do not tell it.")  # fmt: skip
@click.option("--prefix", default=None, help="Prefix of identifiers that have none, as in mesh.")
@click.option("--version", "release", default="", help="Version of the data, to be kept with them.")
@click.option("--licence", default="", help="Licence of the data (default: that of the catalogue).")
@click.option("--lang", type=click.Choice(["en", "zh", "mul"]), default=None,
              help="Language of names that carry none (mul: symbols of both).")  # fmt: skip
@click.option("--columns", default="", metavar="WORD,…",
              help="What the columns of a table hold, as in text,id (format plain, crosswalk, icd; "
                   "- for one passed over).")  # fmt: skip
@click.option("--organism", "organisms", multiple=True, metavar="TAXON",
              help="Genes and proteins of which organisms to keep, as in 10090; all for every one "
                   "(default: 9606, human).")  # fmt: skip
@click.option("--status", "statuses", multiple=True,
              help="Status of translations to keep (default: OFFICIAL and ACCEPTED).")  # fmt: skip
@json_option
@settings_options
def import_(
    source: str, files: tuple[Path, ...], format_name: str | None, kind: MentionType | None,
    prefix: str | None, release: str, licence: str, lang: NameLanguage | None, columns: str,
    organisms: tuple[str, ...], statuses: tuple[str, ...], as_json: bool, settings: Settings,
) -> None:  # fmt: skip
    """Import a terminology: SOURCE is a name of the catalogue, or a new one with --format.

    All files of the source are given together; they replace what was imported under its name.
    """
    import datetime

    from kg.terminology.catalogue import find_entry
    from kg.terminology.identifiers import needed_prefix
    from kg.terminology.importing.given import ACCEPTED, HUMAN, Given
    from kg.terminology.imports import import_files, request_for
    from kg.terminology.rows import Source

    prefix = needed_prefix(prefix, where="--prefix") if prefix else None
    given = Given(
        Source(source, release, licence), kind, prefix, lang,
        tuple(word.strip() for word in columns.split(",")) if columns else (),
        (frozenset(organisms) - {"all"} if organisms else HUMAN),
        frozenset(map(str.upper, statuses)) or ACCEPTED,
    )  # fmt: skip
    request = request_for(find_entry(source), files, given, format_name)
    with _progress() as progress:
        today = datetime.datetime.now(datetime.UTC).date()
        kept = import_files(settings.data, request, today=today, progress=progress)
    if as_json:
        click.echo(json.dumps(_record(kept), ensure_ascii=False))
    else:
        _print_kept(kept)


@lexicon.command()
@click.argument("name", required=False)
@click.option("--imported", is_flag=True, help="Show what has been imported.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="Language of the titles.")
@json_option
@settings_options
def sources(
    name: str | None, imported: bool, lang: Language, as_json: bool, settings: Settings
) -> None:
    """List the terminologies that can be imported, or those that have been.

    With the NAME of one, tell all of it: addresses, formats, licence, notes.
    """
    from kg.commands.printing import print_table
    from kg.terminology.catalogue import get_entry, load_catalogue
    from kg.terminology.keeping import list_sources

    if imported:
        kept = list_sources(settings.data)
        if as_json:
            click.echo(json.dumps([_record(one) for one in kept], ensure_ascii=False))
            return
        rows = [
            (one.name, one.source.version, f"{one.counts['names']:,}", one.imported,
             one.source.licence)
            for one in kept
        ]  # fmt: skip
        print_table(("source", "version", "names", "imported", "licence"), rows)
        return
    entries = load_catalogue() if name is None else (get_entry(name),)
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False))
    elif name is not None:
        _print_entry(entries[0], lang)
    else:
        print_table(("source", "title", "type", "size", "licence", "formats", "page"), [
            (entry.name, entry.title_in(lang), entry.type or "", _size_of(entry), entry.licence,
             ", ".join(entry.formats), entry.page)
            for entry in entries
        ])  # fmt: skip


def _print_entry(entry: Entry, lang: Language) -> None:
    from kg.commands.printing import print_table

    rows = [
        ("title", entry.title_in(lang)), ("note", entry.note_in(lang)), ("type", entry.type or ""),
        ("licence", entry.licence), ("page", entry.page), ("formats", ", ".join(entry.formats)),
        *(("file", f"{file.address} ({_megabytes(file.size)})") for file in entry.files
          if not entry.query),
    ]  # fmt: skip
    print_table((entry.name, ""), [row for row in rows if row[1]])
    if entry.query:
        click.echo(f"\n{entry.query.strip()}")


def _size_of(entry: Entry) -> str:
    return _megabytes(sum(file.size for file in entry.files)) if entry.files else ""


def _megabytes(size: int) -> str:
    """The size of a file, as it is about.

    >>> _megabytes(17_000_000), _megabytes(60_000)
    ('17 MB', '0.1 MB')
    """
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(size / 1e6, 0.1):.1f} MB"


@lexicon.command()
@click.argument("name")
@settings_options
def remove(name: str, settings: Settings) -> None:
    """Delete an imported terminology; the next build is without it."""
    from kg.terminology.keeping import remove_source

    remove_source(settings.data, name)
    click.echo(name)


def _record(kept: KeptSource) -> dict[str, Any]:
    value = asdict(kept)
    value["folder"] = str(kept.folder)
    value["skipped"] = dict(kept.skipped)
    return value


def _print_kept(kept: KeptSource) -> None:
    from kg.commands.printing import print_table

    rows = [("names", count.type or "(no type)", count.lang, f"{count.names:,}")
            for count in kept.names]  # fmt: skip
    rows += [(table, "", "", f"{number:,}") for table, number in kept.counts.items()
             if table != "names" and number]  # fmt: skip
    print_table(("rows", "type", "lang", "number"), rows)
    if kept.skipped:
        click.echo("not used:")
        print_table(("why", "records"), [(why, f"{n:,}") for why, n in kept.skipped[:_SHOWN]])
        if rest := sum(number for _, number in kept.skipped[_SHOWN:]):
            click.echo(f"and {rest:,} for {len(kept.skipped) - _SHOWN} other reasons (--json)")


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """A function that shows how far the import is, on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal,
                  transient=True) as bar:  # fmt: skip
        task = bar.add_task("reading")

        def show(name: str, rows: int) -> None:
            bar.update(task, description=f"{name}: {rows:,} rows")

        yield show
