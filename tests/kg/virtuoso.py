"""A Virtuoso server for the tests: started in an empty directory, stopped when they are over."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store.remote import RemoteStore

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt")
PATIENCE = 60.0
# As docs/stores.md says: who may ask at /sparql may also change the graph.
RIGHTS = """GRANT SPARQL_UPDATE TO "SPARQL";
GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO "SPARQL";
GRANT EXECUTE ON DB.DBA.SPARQL_DELETE_DICT_CONTENT TO "SPARQL";
"""
CONFIGURATION = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
"""


@contextmanager
def running_virtuoso(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a server with nothing in it and no rights given, and its port for SQL."""
    http, sql = _free_ports(2)
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(http=http, sql=sql))
    address = f"http://127.0.0.1:{http}/sparql"
    process = subprocess.Popen(
        [str(SERVER), "-f", "+configfile", "virtuoso.ini"], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(process, address)
        yield address, sql
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def give_rights(folder: Path, sql: int) -> None:
    """Let everyone who may ask the server change its graph."""
    script = folder / "rights.sql"
    script.write_text(RIGHTS)
    subprocess.run(
        [str(CLIENT), f"127.0.0.1:{sql}", "dba", "dba", str(script)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            RemoteStore(address, timeout=5).ask("ASK { ?s ?p ?o }")
            return
        except StoreError:
            assert process.poll() is None, "virtuoso-t ended while it started"
            assert time.monotonic() < end, "virtuoso-t does not answer"
            time.sleep(0.2)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports
