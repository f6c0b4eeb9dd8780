"""A process that answers queries on a snapshot and can be killed: ``python -m web.worker``.

It reads one JSON object a line (`snapshot`, `sparql`, `default_graphs`, `named_graphs`,
`media_type`, `out`) and answers with one: ``{"ok": true}`` once the result stands in the file
`out`, or an error with `kind`, `what`, `where` and `remedy`. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from kg.errors import KgError, QueryError
from kg.store.protocol import ProtocolQuery, ProtocolStore


class TooLarge(Exception):  # noqa: N818 - says what the result is
    """The result passes the size that the server is willing to keep."""


class Capped:
    """A binary file that takes a limited number of bytes."""

    def __init__(self, out: IO[bytes], limit: int) -> None:
        self._out, self._left, self.passed = out, limit, False

    def write(self, data: bytes) -> int:
        """Write, or fail once the limit is passed."""
        self._left -= len(data)
        if self._left < 0:
            self.passed = True
            raise TooLarge
        return self._out.write(data)

    def flush(self) -> None:
        """Flush the file."""
        self._out.flush()


class Worker:
    """The snapshot that is open, and how a request is answered on it."""

    def __init__(self, result_limit: int) -> None:
        self._result_limit = result_limit
        self._store: ProtocolStore | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request."""
        query = ProtocolQuery(
            request["sparql"], tuple(request["default_graphs"]), tuple(request["named_graphs"])
        )
        with Path(request["out"]).open("wb") as file:
            out = Capped(file, self._result_limit)
            try:
                store = self._open(Path(request["snapshot"]))
                store.answer(query, request["media_type"], out)  # type: ignore[arg-type]
            except TooLarge:
                return {"kind": "too-large"}
            except KgError as error:
                if out.passed:
                    return {"kind": "too-large"}
                kind = "query" if isinstance(error, QueryError) else "store"
                return {
                    "kind": kind, "what": error.what, "where": error.where, "remedy": error.remedy,
                }  # fmt: skip
        return {"ok": True}

    def _open(self, path: Path) -> ProtocolStore:
        if self._store is None or self._store.path != path:
            self._store = ProtocolStore(path)
        return self._store


def limit_memory(megabytes: int) -> None:
    """Let this process end rather than take more memory; only where the system can do that."""
    if megabytes and sys.platform == "linux":
        import resource

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def main() -> None:
    """Answer the requests of the standard input until it ends."""
    limit_memory(int(os.environ.get("KG_QUERY_MEMORY_MB") or 0))
    worker = Worker(int(os.environ.get("KG_QUERY_RESULT_BYTES") or 2**40))
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201 - the answer is the output
    for line in sys.stdin:
        print(json.dumps(worker.answer(json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
