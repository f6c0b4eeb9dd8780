"""A small pool of query processes: each query has a time limit, and its process is killed at it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from kg.errors import KgError, QueryError, StoreError
from kg.store.protocol import ProtocolQuery

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take; `memory_mb` holds on Linux."""

    seconds: float = 30.0
    memory_mb: int = 4096
    result_bytes: int = 1024**3
    processes: int = 2


class LimitError(KgError):
    """A query passed a limit, or no process was free for it in time."""

    page = "errors#limit"


class WorkerPool:
    """Processes that answer queries, started when first needed.

    Use as a context, or call `close`, so that the processes end.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="parallax-")
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._all: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False
        self.killed = 0
        for _ in range(limits.processes):
            process = _Process(limits)
            self._all.append(process)
            self._idle.put(process)

    @contextmanager
    def answer(self, snapshot: Path, query: ProtocolQuery, media_type: str) -> Iterator[IO[bytes]]:
        """The whole result of a query as an open file.

        Raises
        ------
        QueryError
            where the query is wrong.
        LimitError
            where it passed a limit, or all processes stayed busy.
        StoreError
            where the snapshot cannot be read.
        """
        handle, name = tempfile.mkstemp(dir=self._folder.name)
        os.close(handle)
        path = Path(name)
        try:
            self._run(snapshot, query, media_type, path)
            with path.open("rb") as file:
                yield file
        finally:
            path.unlink(missing_ok=True)

    def _run(self, snapshot: Path, query: ProtocolQuery, media_type: str, out: Path) -> None:
        request = {
            "snapshot": str(snapshot),
            "sparql": query.sparql,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "media_type": media_type,
            "out": str(out),
        }
        try:
            process = self._idle.get(timeout=self.limits.seconds)
        except queue.Empty:
            raise LimitError(
                "all query processes are busy", where="query", remedy="try again in a while"
            ) from None
        try:
            reply = process.ask(request)
        finally:
            self._idle.put(process)
        if "ok" not in reply:
            self._fail(reply)

    def _fail(self, reply: dict[str, Any]) -> None:
        kind: Literal["query", "store", "time", "memory", "too-large"] = reply["kind"]
        if kind == "query":
            raise QueryError(reply["what"], where=reply["where"], remedy=reply["remedy"])
        if kind == "store":
            raise StoreError(reply["what"], where=reply["where"], remedy=reply["remedy"])
        self.killed += kind != "too-large"
        limit = {
            "time": f"it took longer than the limit of {self.limits.seconds:g} seconds",
            "memory": f"it ended early, most likely at {self.limits.memory_mb} MB of memory",
            "too-large": f"its result is larger than the limit of {self.limits.result_bytes} bytes",
        }[kind]
        raise LimitError(limit, where="query", remedy="ask for less, for example with LIMIT")

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for process in self._all:
                    process.end()
                self._folder.cleanup()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Process:
    """One query process; started anew after it was killed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[str] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to a request, or what ended the process."""
        process = self._started()
        reply = self._exchange(process, json.dumps(request), self._limits.seconds)
        if "ok" not in reply and reply["kind"] in ("time", "memory"):
            self.end()
        return reply

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            root = str(Path(__file__).resolve().parent.parent)
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            environment = os.environ | {
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTHONIOENCODING": "utf-8",
                "KG_QUERY_MEMORY_MB": str(self._limits.memory_mb),
                "KG_QUERY_RESULT_BYTES": str(self._limits.result_bytes),
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "web.worker"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, encoding="utf-8", env=environment,
            )  # fmt: skip
            if "ready" not in self._exchange(self._process, None, START_SECONDS):
                self.end()
                raise StoreError("the query process does not start", remedy="see the server's log")
        return self._process

    @staticmethod
    def _exchange(
        process: subprocess.Popen[str], line: str | None, seconds: float
    ) -> dict[str, Any]:
        """Send a line and wait for one; past the time limit the process is killed."""
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both piped
        passed = threading.Event()

        def stop() -> None:
            passed.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if line is not None:
                process.stdin.write(line + "\n")
                process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            timer.cancel()
        if not answer:
            return {"kind": "time" if passed.is_set() else "memory"}
        reply: dict[str, Any] = json.loads(answer)
        return reply

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()
