"""The switches with which commands that read documents are told how to read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from extractors.options import ReadingOptions
from kg.settings import like

Command = TypeVar("Command", bound=Callable[..., Any])


def reading_options(command: Command) -> Command:
    """Add the switches to a command and hand it one `ReadingOptions` as ``reading``.

    Each switch has an environment variable. The lexicon is that of the data directory and is set
    by `extractors.commands.running.pipeline_of`.
    """

    def wrapped(*args: Any, no_models: bool, **kwargs: Any) -> Any:
        reading = ReadingOptions(models=not no_models)
        return command(*args, reading=reading, **kwargs)

    return _no_models(like(command, wrapped))  # type: ignore[return-value]


_no_models = click.option(
    "--no-models", is_flag=True, envvar="KG_NO_MODELS",
    help="Read by rules alone, without the learned models (or KG_NO_MODELS=1).",
)  # fmt: skip
