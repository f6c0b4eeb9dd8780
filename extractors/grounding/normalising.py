"""A trained normaliser as a folder: the model, the list of names, and the known pairs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from extractors.grounding.memory import Memory, Pair
from extractors.grounding.ranking import Model, Ranker, read_model
from extractors.grounding.vocabulary import Vocabulary, open_vocabulary
from kg.errors import FormatError, InputError
from kg.files.replacing import replacing

_MODEL, _NAMES, _PAIRS = "normaliser.json", "names", "pairs.tsv"


def save_normaliser(
    folder: Path, model: Model, vocabulary: Vocabulary, pairs: Sequence[Pair]
) -> None:
    """Write a normaliser into a folder; the model last, so that half of one does not open."""
    vocabulary.save(folder, _NAMES)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerows((pair.text, *pair.names) for pair in pairs)
    with replacing(folder / _PAIRS) as out:
        out.write(text.getvalue().encode("utf-8"))
    model.save(folder / _MODEL)


def open_normaliser(folder: Path) -> Ranker:
    """The normaliser that `save_normaliser` wrote.

    Raises
    ------
    InputError
        where a file is absent.
    FormatError
        where the model is broken or does not fit the pairs.
    """
    try:
        text = (folder / _MODEL).read_text(encoding="utf-8")
        written = (folder / _PAIRS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"no normaliser ({type(error).__name__})", where=str(folder),
                         remedy="run `kg train normaliser`") from error  # fmt: skip
    model = read_model(text, where=str(folder / _MODEL))
    vocabulary = open_vocabulary(folder, _NAMES)
    rows = list(csv.reader(io.StringIO(written), delimiter="\t"))
    pairs = [Pair(row[0], tuple(row[1:])) for row in rows if len(row) > 1]
    if len(pairs) < len(rows):
        raise FormatError("a pair without a name", where=str(folder / _PAIRS),
                          remedy="train again")  # fmt: skip
    numbers = {vocabulary.name(number): number for number in range(len(vocabulary))}
    memory = Memory(pairs, numbers, vocabulary.language) if model.needs_memory else None
    return Ranker(model, vocabulary, memory)
