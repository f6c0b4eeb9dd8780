"""Sentences of our own wording, filled with names of the terminology, as labelled sentences.

They show every type in its usual surroundings, with names that no text at hand has.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from extractors.mentions.lexicon import Lexicon
from extractors.normalize import has_han
from extractors.training.chinese_silver import Labelled
from kg.errors import FormatError
from kg.model import MENTION_TYPES

_FILE = "training/chinese_templates.txt"
_SLOT = re.compile(r"\{(\w+)\}")
_LONGEST = 16
_SYMBOLS = 0.4  # share of the proteins that are given by symbol


def filled(lexicon: Lexicon, count: int, seed: int = 0) -> Iterator[Labelled]:
    """`count` sentences; the same seed gives the same ones."""
    chance = random.Random(seed)  # noqa: S311
    templates, names = read_templates(), _names(lexicon)
    for _ in range(count):
        yield fill(chance.choice(templates), names, chance)


def fill(template: str, names: Mapping[str, Sequence[str]], chance: random.Random) -> Labelled:
    """A template with a name in every slot.

    >>> fill("{Drug}有效。", {"Drug": ["阿司匹林"]}, random.Random(0)).taken
    ((0, 4, 'Drug'),)
    """
    text, taken, behind = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[behind : slot.start()]
        name = chance.choice(names[slot[1]])
        taken.append((len(text), len(text) + len(name), slot[1]))
        text += name
        behind = slot.end()
    return Labelled(text + template[behind:], tuple(taken), (), frozenset())


def read_templates() -> tuple[str, ...]:
    """The templates, checked.

    Raises
    ------
    FormatError
        where a slot is of no type.
    """
    found = []
    text = files("extractors").joinpath(_FILE).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        for slot in _SLOT.findall(line):
            if slot not in MENTION_TYPES:
                raise FormatError(f"{slot} is no type", where=f"extractors/{_FILE}:{number}",
                                  remedy=f"write one of {', '.join(MENTION_TYPES)}")  # fmt: skip
        found.append(line)
    return tuple(found)


def _names(lexicon: Lexicon) -> Mapping[str, Sequence[str]]:
    """Chinese names by type, and symbols of proteins, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    symbols = set()
    for entry in lexicon.entries():
        if entry.language == "zh" and has_han(entry.name) and len(entry.name) <= _LONGEST:
            found[entry.type].add(entry.name)
        elif entry.type == "Protein" and entry.language == "mul":
            symbols.add(entry.name)
    share = _SYMBOLS / (1 - _SYMBOLS)
    size = int(len(found["Protein"]) * share)
    names = {kind: sorted(values) for kind, values in sorted(found.items())}
    some = random.Random(0).sample(sorted(symbols), min(size, len(symbols)))  # noqa: S311
    names["Protein"] = sorted({*names.get("Protein", ()), *some})
    return names
