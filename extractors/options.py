"""How documents are to be read: the one value that configures a pipeline, in every process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What takes part in reading a document, besides the rules.

    `models` tells whether the learned readers do; `lexicon` is the folder of a compiled lexicon
    (`extractors.mentions.compiling.find_lexicon`), or None for the starter terminology, compiled
    when it is needed. The value is small and can be pickled: worker processes get it as it is.
    """

    models: bool = True
    lexicon: Path | None = None


STANDARD = ReadingOptions()
