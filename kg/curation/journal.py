"""The decisions of a data directory: a file that only grows, one decision a line.

It is what curators keep under version control and hand on; the graph holds the same decisions. Any
number of processes may add to it at once: each adds whole lines, one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kg.curation.tables import HEADER, parse_rows, row_of
from kg.curation.values import Curation
from kg.errors import InputError

NAME = "curations.tsv"


def journal_path(data: Path) -> Path:
    """Where the decisions of a data directory stand."""
    return data / NAME


def read_journal(data: Path) -> tuple[Curation, ...]:
    """All decisions, in the order in which they were added.

    Raises
    ------
    FormatError
        where a line is none, by its number.
    """
    path = journal_path(data)
    if not path.exists():
        return ()
    return tuple(parse_rows(path.read_text(encoding="utf-8"), where=str(path)))


def append(data: Path, curations: Iterable[Curation]) -> int:
    """How many decisions were added; those that are there already are passed over."""
    path = journal_path(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            _wait_for(file.fileno())
            file.seek(0)
            known = file.read().decode("utf-8")
            ids = {line.partition("\t")[0] for line in known.splitlines()[1:]}
            fresh = {one.id: one for one in curations if one.id not in ids}
            lines = [] if known else [HEADER]
            lines += [row_of(one) for one in fresh.values()]
            if lines:
                start = "" if not known or known.endswith("\n") else "\n"
                file.write((start + "".join(f"{line}\n" for line in lines)).encode())
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror or error})", where=str(path),
            remedy="choose a data directory that can be written and has room",
        ) from error  # fmt: skip
    return len(fresh)


def _wait_for(descriptor: int) -> None:
    """Lock a file for this process; it is let go when the file is closed."""
    try:
        import fcntl
    except ImportError:  # where files cannot be locked
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
