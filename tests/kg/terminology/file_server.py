"""A small web server that serves one file, and misbehaves as servers do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


@dataclass
class Served:
    """What the server gives, how it misbehaves, and what it was asked."""

    data: bytes = b""
    etag: str = '"one"'
    modified: str = "Wed, 01 Jul 2026 10:00:00 GMT"
    content_type: str = "text/plain"
    cut_after: int | None = None  # bytes of each answer
    cuts: int = 0  # answers that are cut, then no more; -1: all
    ranges: bool = True
    claims: int | None = None  # bytes that it says to send
    statuses: list[int] = field(default_factory=list)  # of the next answers
    retry_after: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)  # other files, by the end of the path
    asked: list[dict[str, str]] = field(default_factory=list)
    change_to: tuple[bytes, str] | None = None  # data and ETag after the next cut
    address: str = ""


class _Handler(BaseHTTPRequestHandler):
    served: ClassVar[Served]

    def do_GET(self) -> None:
        served = self.served
        served.asked.append({**dict(self.headers.items()), "path": self.path})
        for ending, data in served.beside.items():
            if self.path.endswith(ending):
                self._send(200, data, len(data), {})
                return
        if served.statuses:
            extra = {"Retry-After": served.retry_after} if served.retry_after else {}
            self._send(served.statuses.pop(0), b"no", 2, extra)
            return
        if self.headers.get("If-None-Match") == served.etag != "":
            self._send(304, b"", 0, {})
            return
        self._send_file(served)

    def _send_file(self, served: Served) -> None:
        start, status = 0, 200
        headers = {"Content-Type": served.content_type}
        if served.etag:
            headers["ETag"] = served.etag
        if served.modified:
            headers["Last-Modified"] = served.modified
        wanted = self.headers.get("Range")
        same = self.headers.get("If-Range") in (served.etag, served.modified)
        if wanted and served.ranges and same:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            total = len(served.data)
            headers["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
        body = served.data[start:]
        length = served.claims if served.claims is not None else len(body)
        if served.cuts and served.cut_after is not None:
            served.cuts -= 1
            body = body[: served.cut_after]
        self._send(status, body, length, headers)
        if served.change_to is not None:
            served.data, served.etag = served.change_to
            served.change_to = None

    def _send(self, status: int, body: bytes, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Be silent."""


@contextmanager
def serving(served: Served, path: str = "/names.tsv") -> Iterator[Served]:
    """The server, running; `served.address` is where the file is."""
    handler = type("Handler", (_Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    served.address = f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
