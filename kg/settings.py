"""Where the data are: the options and environment variables that every command shares."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_DATA = "kg-data"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Settings:
    """The data directory and, where one is used, the address of an outside SPARQL store."""

    data: Path = Path(DEFAULT_DATA)
    store: str | None = None
    debug: bool = False


def settings_from_environment() -> Settings:
    """`Settings` from KG_DATA and KG_STORE, with their defaults."""
    return Settings(
        data=Path(os.environ.get("KG_DATA") or DEFAULT_DATA), store=os.environ.get("KG_STORE")
    )


def settings_options(command: Command) -> Command:
    """Add --data and --store to a command and hand it one `Settings` as ``settings``."""

    def wrapped(*args: Any, data: Path | None, store: str | None, **kwargs: Any) -> Any:
        base = click.get_current_context().find_object(Settings) or settings_from_environment()
        settings = Settings(data or base.data, store or base.store, base.debug)
        return command(*args, settings=settings, **kwargs)

    return _data_option(_store_option(like(command, wrapped)))  # type: ignore[return-value]


def data_options(command: Command) -> Command:
    """Add --data to a command that uses no graph and hand it one `Settings` as ``settings``."""

    def wrapped(*args: Any, data: Path | None, **kwargs: Any) -> Any:
        base = click.get_current_context().find_object(Settings) or settings_from_environment()
        return command(*args, settings=replace(base, data=data or base.data), **kwargs)

    return _data_option(like(command, wrapped))  # type: ignore[return-value]


_data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="Data directory (default ./kg-data, or KG_DATA).",
)  # fmt: skip
_store_option = click.option(
    "--store", default=None, metavar="URL",
    help="A SPARQL 1.1 server to use in place of the embedded store (or KG_STORE).",
)  # fmt: skip


def like(command: Command, wrapped: Callable[..., Any]) -> Callable[..., Any]:
    """The wrapped function under the name, the words and the options of the command."""
    wrapped.__name__ = command.__name__
    wrapped.__doc__ = command.__doc__
    wrapped.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return wrapped
