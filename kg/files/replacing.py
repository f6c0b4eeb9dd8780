"""Writing files so that a reader never meets half of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import InputError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes its name only when all is written.

    Raises
    ------
    InputError
        where the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as out:
            yield out
        unfinished.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror or error})", where=str(path),
            remedy="choose a folder that exists and has room",
        ) from error  # fmt: skip
    finally:
        unfinished.unlink(missing_ok=True)
