"""`kg extract`: abstracts in, one line of extraction JSON for each document out."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from extractors.commands.reading import annotation_option, reading_options
from extractors.commands.running import Tally, check_inputs, read_inputs
from extractors.options import ReadingOptions
from extractors.readers.records import Deletion
from kg.errors import InputError
from kg.io import extraction_to_json
from kg.settings import Settings, data_options


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File to write; it appears when all is read (default: standard output).",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
              help="Processes that read documents side by side.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Give the summary as JSON.")
@reading_options
@annotation_option
@data_options
def extract(
    inputs: tuple[str, ...], output: Path | None, jobs: int, settings: Settings,
    reading: ReadingOptions, *, as_json: bool,
) -> int:  # fmt: skip
    """Read abstracts and write what they state, one JSON object a line.

    INPUT is a file, a directory, or - for standard input: plain text, PubMed XML (also .gz), JSON
    Lines, BioC, PubTator, INDRA statements or LLM output, found by content. Names are those of the
    lexicon of the data directory, where one was built (`kg lexicon build`). Bad records are told on
    standard error and left out; the exit status is then 1.
    """
    output = None if output is not None and str(output) == "-" else output
    check_inputs(inputs, output)
    tally = Tally()
    with open_output(output) as out:
        results = read_inputs(
            inputs, jobs=jobs, tally=tally, data=settings.data, reading=reading, output=output,
            progress=output is not None or not sys.stdout.isatty(),
        )  # fmt: skip
        for result in results:
            if not isinstance(result, Deletion):
                out.write(json.dumps(extraction_to_json(result), ensure_ascii=False) + "\n")
        if output and tally.failures and not tally.documents:
            raise InputError("nothing could be read", where=str(output), remedy="not written")
    if tally.deletions:
        click.echo("kg: deletions are left out here; `kg build` carries them out", err=True)
    click.echo(json.dumps(tally.as_json()) if as_json else tally.summary(), err=True)
    return 1 if tally.failures else 0


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A text stream; a file takes its name only when it is complete.

    Raises
    ------
    InputError
        where the file cannot be written.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    if path.exists() and not path.is_file():  # a device or a pipe
        with path.open("w", encoding="utf-8") as out:
            yield out
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})", where=str(path), remedy="name another file"
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            yield out
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
