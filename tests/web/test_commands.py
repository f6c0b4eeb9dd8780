from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from kg.cli import main
from kg.settings import Settings


def test_taken_port_is_one_line_with_the_remedy(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status = main(["--data", str(settings.data), "serve", "--port", str(port)])
    error = capsys.readouterr().err
    assert status == 1
    assert error.count("\n") == 1 and f"127.0.0.1:{port}" in error and "--port" in error


def bare_address(server: str) -> bytes:
    """The answer to an address with Han characters that are not percent-encoded."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as client:
        client.sendall("GET /search?q=他克莫司 HTTP/1.0\r\n\r\n".encode())
        return client.recv(1000)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_its_address_and_stops_when_told(
    settings: Settings, told: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "--data", str(settings.data), "serve", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        with urlopen(f"{found[0]}healthz") as answer:
            assert answer.status == 200
        assert bare_address(found[0]).startswith(b"HTTP/1.0 200 ")
        process.send_signal(told)
        assert process.communicate(timeout=20) == ("", "")
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()
