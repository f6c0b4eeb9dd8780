"""A file as an object with `read`, for parsers that ask for bytes: unpacked, and bounded."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.files.encoding import binary_problem
from kg.files.streams import open_chunks, peek

LONGEST = 1 << 24  # bytes without a line end, a quote or a tag's end
TAIL = 1 << 10


class ByteSource:
    """The bytes of a file, gzip or not; counts lines, and stops at what no record can be.

    `head` and `tail` are the first and the last bytes that were read.
    `fault` is the error that stopped the reading, for parsers that swallow what `read` raises.
    """

    def __init__(self, path: Path) -> None:
        self.line = 1
        self.tail = b""
        self.fault: InputError | None = None
        self._run = 0
        self._held = b""
        head, self._chunks = peek(open_chunks(path))
        if problem := binary_problem(head):
            raise InputError(problem[0], remedy=problem[1])
        self.head = head

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; b"" at the end.

        Raises
        ------
        InputError
            where the file is cut off or damaged, or a piece of it longer than any record.
        """
        if not self._held:
            try:
                self._held = next(self._chunks, b"")
                self._check(self._held)
            except InputError as error:
                self.fault = error
                raise
        if size == 0:
            return b""
        given = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(given) :]
        self.line += given.count(b"\n")
        self.tail = (self.tail + given)[-TAIL:]
        return given

    def _check(self, chunk: bytes) -> None:
        last = max(chunk.rfind(sign) for sign in (b"\n", b'"', b">"))
        self._run = self._run + len(chunk) if last < 0 else len(chunk) - last
        if self._run > LONGEST:
            raise InputError(
                f"more than {LONGEST >> 20} MiB without a line end or a quote",
                remedy="check that the file is of this format",
            )
