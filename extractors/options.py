"""How documents are to be read: the one value that configures a pipeline, in every process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.model import Language

Annotations = Literal["join", "only"]
# Which documents that the graph has already are read again.
Reread = Literal["changed", "all", "text"]


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What takes part in reading a document, besides the rules.

    `models` tells whether the learned readers do; `pipelines` are spaCy pipelines by language (an
    installed name or a folder), with `labels` as a table of what their labels mean; `readers` are
    names of installed ones (`kg.readers`). `annotations` tells what becomes of the annotations of a
    file: they join our own reading or are all that is read of it; where it is None, those that come
    beside a text (BioC, PubTator) are not read, and files of nothing else are joined. `lexicon` is
    the folder of a compiled lexicon (`extractors.mentions.compiling.find_lexicon`), or None for the
    starter terminology, compiled when it is needed. `trained` is the data directory whose own
    networks go before those that come with Parallax.

    The value is small and can be pickled: worker processes get it as it is.
    """

    models: bool = True
    pipelines: tuple[tuple[Language, str], ...] = ()
    labels: Path | None = None
    readers: tuple[str, ...] = ()
    annotations: Annotations | None = None
    lexicon: Path | None = None
    trained: Path | None = None


STANDARD = ReadingOptions()
