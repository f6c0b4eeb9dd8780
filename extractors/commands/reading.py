"""The switches with which commands that read documents are told how to read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from extractors.options import Annotations, ReadingOptions
from kg.model import Language
from kg.settings import like

Command = TypeVar("Command", bound=Callable[..., Any])


def reading_options(command: Command) -> Command:
    """Add the switches to a command and hand it one `ReadingOptions` as ``reading``.

    Each switch has an environment variable. The lexicon is that of the data directory and is set
    by `extractors.commands.running.pipeline_of`.
    """

    def wrapped(
        *args: Any, no_models: bool, english_model: str | None, chinese_model: str | None,
        labels: Path | None, readers: tuple[str, ...], **kwargs: Any,
    ) -> Any:  # fmt: skip
        given: tuple[tuple[Language, str | None], ...] = (
            ("en", english_model), ("zh", chinese_model),
        )  # fmt: skip
        pipelines = tuple((language, name) for language, name in given if name)
        reading = ReadingOptions(not no_models, pipelines, labels, tuple(dict.fromkeys(readers)))
        return command(*args, reading=reading, **kwargs)

    switched: Any = like(command, wrapped)
    for option in reversed(_SWITCHES):
        switched = option(switched)
    return switched  # type: ignore[no-any-return]


def model_option(command: Command) -> Command:
    """Add --no-models alone, for a command that aligns texts and asks no other readers."""

    def wrapped(*args: Any, no_models: bool, **kwargs: Any) -> Any:
        return command(*args, reading=ReadingOptions(models=not no_models), **kwargs)

    return _no_models(like(command, wrapped))  # type: ignore[return-value]


def annotation_option(command: Command) -> Command:
    """Add --annotations to a command with `reading_options`, which stands above this one."""

    def wrapped(*args: Any, annotations: Annotations | None, reading: ReadingOptions,
                **kwargs: Any) -> Any:  # fmt: skip
        return command(*args, reading=replace(reading, annotations=annotations), **kwargs)

    return _annotations(like(command, wrapped))  # type: ignore[return-value]


_annotations = click.option(
    "--annotations", type=click.Choice(get_args(Annotations)), default=None,
    help="Mentions and relations that a file gives: joined with what is read in its text, or only "
    "they (default: join INDRA and LLM output, leave those of BioC and PubTator).",
)  # fmt: skip
_no_models = click.option(
    "--no-models", is_flag=True, envvar="KG_NO_MODELS",
    help="Read by rules alone, without the learned models (or KG_NO_MODELS=1).",
)  # fmt: skip
_english = click.option(
    "--english-model", metavar="NAME_OR_PATH", envvar="KG_ENGLISH_MODEL",
    help="A spaCy pipeline whose entities are mentions in English (or KG_ENGLISH_MODEL).",
)  # fmt: skip
_chinese = click.option(
    "--chinese-model", metavar="NAME_OR_PATH", envvar="KG_CHINESE_MODEL",
    help="A spaCy pipeline whose entities are mentions in Chinese (or KG_CHINESE_MODEL).",
)  # fmt: skip
_labels = click.option(
    "--labels", type=click.Path(path_type=Path, dir_okay=False, exists=True), envvar="KG_LABELS",
    help="TSV table (label, type) of what labels of these pipelines mean (or KG_LABELS).",
)  # fmt: skip
_readers = click.option(
    "--reader", "readers", metavar="NAME", multiple=True, envvar="KG_READERS",
    help="An installed reader that takes part (can be given again; or KG_READERS, names with "
    "spaces between; see kg readers).",
)  # fmt: skip
_SWITCHES = (_no_models, _english, _chinese, _labels, _readers)
