"""Latin symbols of genes, proteins and microRNAs, in English text and inside Chinese.

A strong shape (letters with a digit or a Greek letter: IFIT1, CK2α, p53) is taken by itself; a weak
one (Akt, EGFR) where a word beside it says so ("Akt phosphorylation", EGFR基因), or where it stands
in a list with a symbol that is taken ("p-PTEN, Akt and ERK1"). The shapes and words are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.mentions.patterns import Patterns, Symbols
from extractors.mentions.phrases import Found
from extractors.normalize import fold_word

_RUN = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][A-Za-z0-9α-ωΑ-Ω*./'+-]*")
_ROMAN = re.compile(r"[IVXⅠ-Ⅻ]+")
_NEAR = 24


def find_symbols(
    text: str, found: Sequence[Found], patterns: Patterns, known: frozenset[str]
) -> tuple[Found, ...]:
    """The symbols of one sentence that are proteins, beside what was found in it already.

    Parameters
    ----------
    found : what was found before; its proteins carry their lists
    known : symbols that are defined as something else in the document
    """
    symbols = patterns.symbols
    taken: list[Found] = []
    waiting: list[tuple[int, int]] = []
    for start, end in _runs(text, symbols):
        symbol = text[start:end]
        if symbol in symbols.excluded or symbol in known or _ROMAN.fullmatch(symbol):
            continue
        if symbols.micro_rna.fullmatch(symbol):
            taken.append(Found(start, end, "Protein", "pattern", 0.9))
        elif symbols.strong.fullmatch(symbol):
            taken.append(Found(start, end, "Protein", "pattern", 0.6))
        elif symbol.lower() not in patterns.stop and symbols.weak.fullmatch(symbol):
            if has_support(text, start, end, patterns):
                taken.append(Found(start, end, "Protein", "pattern", 0.5))
            elif any(sign.isupper() for sign in symbol):
                waiting.append((start, end))
    taken.extend(_listed(text, waiting, (*found, *taken), symbols))
    return tuple(taken)


def with_affixes(text: str, found: Found, patterns: Patterns) -> Found:
    """A protein with what is glued to it on either side: p-Akt, hs-CRP, interferon-α2b."""
    if found.type != "Protein":
        return found
    prefix = patterns.symbols.prefixed.search(text[: found.start])
    tail = patterns.symbols.tail.match(text, found.end)
    if prefix and text[: found.start].endswith("-"):
        found = replace(found, start=prefix.start())
    return replace(found, end=tail.end()) if tail else found


def masked_runs(text: str, symbols: Symbols) -> tuple[tuple[int, int], ...]:
    """Where methods and the like stand (RT-qPCR), in which no listed name is to be seen."""
    return tuple(
        run.span() for run in _RUN.finditer(text) if run[0].rstrip("./'+-") in symbols.masked
    )


def _runs(text: str, symbols: Symbols) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        position = run.start()
        for piece in re.split(r"(/)", run[0].rstrip(".'/-+")):
            part = piece
            tail = re.search(r"-(?:[a-z]{3,}.*)$", part)
            if tail and not symbols.micro_rna.fullmatch(part):
                part = part[: tail.start()]
            if part and piece != "/":
                yield position, position + len(part)
            position += len(piece)


def _listed(
    text: str, waiting: list[tuple[int, int]], found: Sequence[Found], symbols: Symbols
) -> Iterator[Found]:
    """Waiting symbols beside a protein in a list, from neighbour to neighbour."""
    proteins = {(item.start, item.end) for item in found if item.type == "Protein"}
    growing = True
    while growing:
        growing = False
        for start, end in list(waiting):
            if any(
                symbols.joints.fullmatch(text[min(end, b) : max(start, a)])
                for a, b in proteins
                if b <= start or end <= a
            ):
                waiting.remove((start, end))
                proteins.add((start, end))
                growing = True
                yield Found(start, end, "Protein", "pattern", 0.5)


def has_support(text: str, start: int, end: int, patterns: Patterns) -> bool:
    """Whether a word beside a symbol says that it is a gene or protein: "Akt phosphorylation"."""
    symbols = patterns.symbols
    after = text[end : end + _NEAR].lstrip(" -")
    before = text[max(0, start - _NEAR) : start].rstrip(" -")
    if patterns.by_suffix and (
        any(after.startswith(word) for word in symbols.after)
        or any(before.endswith(word) for word in symbols.before)
    ):
        return True
    following = re.match(r"[A-Za-z]+", after)
    if following and fold_word(following[0].lower()) in symbols.after:
        return True
    preceding = re.search(r"([A-Za-z]+)( of)?$", before)
    if preceding is None:
        return False
    words = symbols.before_of if preceding[2] else symbols.before
    return fold_word(preceding[1].lower()) in words
