"""The HTTP server; addresses with Han characters are taken as people type them."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import quote

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

THREADS = 8
_ASCII = "".join(map(chr, range(128)))


class AddressParser(HTTPRequestParser):  # type: ignore[misc]
    """A parser to which the bytes of a bare UTF-8 address, as curl sends it, are percent-encoded.

    The library's own parser answers 400 to them.
    """

    def parse_header(self, header_plus: bytes) -> None:
        """Read the request line and the headers."""
        line, end, headers = header_plus.partition(b"\r\n")
        super().parse_header(quote(line, safe=_ASCII).encode() + end + headers)


class AddressChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that reads addresses by `AddressParser`."""

    parser_class = AddressParser


def make_server(app: Any, listener: socket.socket) -> Any:
    """A server of an app at a socket that listens; ``run`` and ``close`` it."""
    server = waitress.create_server(app, sockets=[listener], threads=THREADS, ident="parallax")
    server.channel_class = AddressChannel
    return server
