"""Lines that a library writes to a file, read while it still writes them.

The library writes in a thread of its own, where it needs Python's lock only to hand over a block,
so that both work at once. It is ahead by no more than a pipe holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from threading import Thread
from typing import IO

_BLOCK = 1 << 16


def piped_lines(write: Callable[[IO[bytes]], object]) -> Iterator[str]:
    r"""The lines of UTF-8 that `write` writes to the file that it is given.

    What `write` raises is raised after the lines that came before it. One who stops reading stops
    the writing too.

    >>> list(piped_lines(lambda out: out.write(b"a\nb\n")))
    ['a\n', 'b\n']
    """
    reader, writer = os.pipe()
    failed: list[Exception] = []

    def run() -> None:
        try:
            with os.fdopen(writer, "wb", buffering=_BLOCK) as out:
                write(out)
        except Exception as error:
            failed.append(error)  # raised in the thread that reads

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(reader, encoding="utf-8", newline="\n", buffering=_BLOCK) as lines:
            yield from lines
    finally:
        thread.join()
    if failed:
        raise failed[0]
