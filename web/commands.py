"""`kg serve` and `kg demo`: the explorer over a graph, and over the examples."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from importlib.resources import as_file, files
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError, KgError
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from web.workers import Limits

HOST = "127.0.0.1"
PORT = 8000


class AddressError(KgError):
    """The server cannot listen at the address that it was given."""

    page = "errors#address"


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
              help="Port to listen at; 0 takes a free one.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True,
              help="SPARQL queries that run at once, each in its own process.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True,
              help="Seconds that a SPARQL query may take.")  # fmt: skip
@settings_options
def serve(host: str, port: int, jobs: int, timeout: float, settings: Settings) -> None:
    """Serve the explorer, the SPARQL endpoint and the JSON interface.

    What another process builds meanwhile is shown as soon as it is published.
    """
    from web.workers import Limits

    run_server(settings, host, port, Limits(seconds=timeout, processes=jobs))


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
              help="Port to listen at; 0 takes a free one.")  # fmt: skip
@click.option("--no-serve", is_flag=True, help="Build the examples and stop.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@settings_options
def demo(host: str, port: int, settings: Settings, *, no_serve: bool, no_browser: bool) -> None:
    """Build the bilingual examples and open the explorer on them.

    A graph that is there already is kept, and the examples are added to it.
    """
    from web.workers import Limits

    build_examples(settings)
    if not no_serve:
        run_server(settings, host, port, Limits(), browser=not no_browser)


def build_examples(settings: Settings) -> None:
    """Read the delivered examples into the graph of the settings, as `kg build` does."""
    from extractors.commands.build import build

    with as_file(find_examples()) as folder:
        texts = sorted(str(path) for path in folder.glob("*.txt"))
        if not texts:
            raise InputError(
                "no examples were delivered", where=str(folder), remedy="reinstall Parallax"
            )
        arguments = ["--data", str(settings.data), *texts]
        if settings.store:
            arguments = ["--store", settings.store, *arguments]
        status = build.main(args=arguments, prog_name="kg build", standalone_mode=False)
    if isinstance(status, int) and status:
        raise InputError("some examples could not be read", remedy="see the lines above")


def find_examples() -> Any:
    """The folder of the examples: in an installed wheel, or beside the packages in a checkout."""
    delivered = files("extractors").joinpath("examples")
    if delivered.is_dir():
        return delivered
    return Path(__file__).resolve().parent.parent / "examples"


def run_server(
    settings: Settings, host: str, port: int, limits: Limits, *, browser: bool = False
) -> None:
    """Serve until the process is stopped; one line on standard output tells the address.

    Raises
    ------
    AddressError
        where the port is taken or the address is not this machine's.
    """
    from kg.store.snapshots import current_snapshot
    from web.app import create_app
    from web.listening import make_server
    from web.warming import start_warming

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise _address_error(error, host, port) from error
    app = create_app(settings, limits=limits)
    if settings.store is None and current_snapshot(settings) is None:
        missing = "no graph is published here yet; kg build makes one, and it is shown at once"
        click.echo(f"kg: {settings.data}: {missing}", err=True)
    server = make_server(app, listener)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    click.echo(f"Parallax is at {address} (stop with Ctrl-C)")
    sys.stdout.flush()
    start_warming(app)
    if browser:
        _open_browser(address)
    for told in (signal.SIGINT, signal.SIGTERM):  # a shell lets its background jobs ignore SIGINT
        signal.signal(told, _stop)
    try:
        server.run()
    finally:
        server.close()


def _stop(number: int, frame: FrameType | None) -> None:
    """End the server as the person or the system asks, so that its query processes end too."""
    raise SystemExit(0)


def _address_error(error: OSError, host: str, port: int) -> AddressError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        free = port + 1 if port < 65535 else port - 1
        return AddressError(
            "another program uses this port",
            where=where,
            remedy=f"choose another, as in --port {free}",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return AddressError(
            "this port may not be used", where=where, remedy="choose one above 1023"
        )
    return AddressError(
        f"cannot listen here ({error.strerror or error})",
        where=where,
        remedy="check --host and --port",
    )


def _open_browser(address: str) -> None:
    """Open a browser where the person sits at this machine's terminal."""
    if sys.stdout.isatty():
        import webbrowser

        webbrowser.open(address)


COMMANDS: tuple[click.Command, ...] = (demo, serve)
