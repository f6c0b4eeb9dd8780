"""Chinese corpora with annotated mentions, in the names that the recogniser learns.

CMeEE and Ruijin's diabetes papers come without parts of our own: a tenth of the sentences of CMeEE
and a tenth of the documents of Ruijin, told by a hash, are the development part. All are licensed
for research only; models trained on them are not delivered.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from kg.errors import FormatError, InputError

Part = Literal["train", "dev"]
Span = tuple[int, int, str]
_HAN = "\u3400-\u9fff"
# White space between Han characters and signs comes from the layout of the page, and so does every
# break of a line.
_LAYOUT = re.compile(rf"(?<=[{_HAN}，。、；：（）])[ \t]+(?=[{_HAN}，。、；：（）])|[ \t]*[\r\n]+")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence with its annotated mentions (start, end, type as the corpus has it)."""

    id: str
    corpus: str
    text: str
    spans: tuple[Span, ...]


@cache
def corpus_types(corpus: str) -> Mapping[str, str]:
    """The names that the types of a corpus have in the recogniser."""
    table = files("extractors").joinpath("training/chinese_types.tsv").read_text(encoding="utf-8")
    found = {}
    for number, line in enumerate(table.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise FormatError(
                "not a corpus, a type and a name",
                where=f"extractors/training/chinese_types.tsv:{number}", remedy="mend the line",
            )  # fmt: skip
        if cells[0] == corpus:
            found[cells[1]] = cells[2]
    return found


def read_corpora(folder: Path) -> Iterator[Annotated]:
    """The training parts of all corpora below ``corpora``.

    Raises
    ------
    InputError
        where one is absent.
    """
    chinese = folder / "chinese"
    for name in ("cmeee", "ruijin-diabetes"):
        if not (chinese / name).is_dir():
            raise InputError(
                "no such corpus", where=str(chinese / name),
                remedy="get it from its publisher, or train without --research",
            )  # fmt: skip
    yield from read_cmeee(chinese / "cmeee" / "train_data.txt", "train")
    yield from read_ruijin(chinese / "ruijin-diabetes", "train")


def read_held_out(folder: Path, corpus: str) -> Iterator[Annotated]:
    """The development part of CMeEE or of Ruijin below ``corpora``."""
    chinese = folder / "chinese"
    if corpus == "cmeee":
        yield from read_cmeee(chinese / "cmeee" / "train_data.txt", "dev")
    else:
        yield from read_ruijin(chinese / "ruijin-diabetes", "dev")


def read_cmeee(path: Path, part: Part) -> Iterator[Annotated]:
    """The sentences of CMeEE's training set that are in a part, long ones as they are."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            text, *given = line.rstrip("\n").split("|||")
            if _held_out(text) != (part == "dev"):
                continue
            cells = [mention.split() for mention in given if mention.strip()]
            if any(len(row) != 3 for row in cells):
                raise FormatError("not start, end and type", where=f"{path}:{number}",
                                  remedy="give the training file of CMeEE")  # fmt: skip
            spans = tuple((int(start), int(end) + 1, kind) for start, end, kind in cells)
            yield Annotated(f"cmeee:{number}", "cmeee", text, spans)


def read_ruijin(folder: Path, part: Part) -> Iterator[Annotated]:
    """The sentences of the documents that are in a part, without the breaks of the page."""
    for file in sorted(folder.glob("train*/*.txt")):
        name = f"{file.parent.name}/{file.stem}"
        if _held_out(name) != (part == "dev"):
            continue
        # Offsets are of the text with its ends of lines as they are.
        text = file.read_bytes().decode("utf-8")
        spans = _brat(file.with_suffix(".ann"))
        yield from _sentences("ruijin", name, text, spans)


def _held_out(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def _brat(path: Path) -> list[Span]:
    """The mentions of a brat file; one in several parts (over a break) from first to last."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not cells[0].startswith("T"):
            continue
        kind, rest = cells[1].split(" ", 1)
        places = [int(place) for place in re.findall(r"\d+", rest)]
        found.append((places[0], places[-1], kind))
    return found


def _sentences(
    corpus: str, name: str, text: str, spans: list[Span]
) -> Iterator[Annotated]:  # fmt: skip
    """The sentences of a text; a mention over the end of one is left."""
    kept: list[str] = []
    moved: list[int] = []
    drop = {at for match in _LAYOUT.finditer(text) for at in range(*match.span())}
    for at, character in enumerate(text):
        moved.append(len(kept))
        if at not in drop:
            kept.append(character)
    moved.append(len(kept))
    clean = "".join(kept)
    shifted = sorted((moved[start], moved[end], kind) for start, end, kind in spans)
    for number, (start, end) in enumerate(_cuts(clean)):
        inside = tuple(
            (first - start, last - start, kind)
            for first, last, kind in shifted
            if start <= first < last <= end
        )
        yield Annotated(f"{corpus}:{name}:{number}", corpus, clean[start:end], inside)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST:
            cut = text.rfind("，", start + 1, start + _LONGEST)
            cut = start + _LONGEST if cut < 0 else cut + 1
            yield start, cut
            start = cut
        if text[start:end].strip():
            yield start, end
