"""Concepts for names that no list has as they stand: the listed names that are written like them.

Only for languages that Parallax brings a ranking for, and for the types that it was trained on. A
concept is proposed where the ranking is sure of it: from a chance on that was right four times in
five on names that it had not seen (see `docs/grounding.md`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from extractors.grounding.clinical import analyse
from extractors.grounding.ranking import Ranker, shipped_model
from extractors.grounding.vocabulary import Listed, Vocabulary, open_vocabulary
from extractors.mentions.lexicon import Entry, Lexicon
from kg.errors import InputError
from kg.model import MENTION_TYPES, Candidate, Language, MentionType
from kg.terminology.compiled import Concepts
from kg.terminology.rows import NAME_LANGUAGES

TYPES: dict[Language, tuple[MentionType, ...]] = {"zh": ("Disease", "Outcome")}
_FILES = "similar-{}"
_LEAST_ALIKE = 0.55  # below it no name is worth a comparison
_ALL = 0.95
_SHORTEST, _LONGEST = 3, 40  # signs of a name that may be looked for


@dataclass(frozen=True, slots=True)
class Alike:
    """A listed name that an unlisted one is written like, how surely it is meant, and why."""

    entry: Entry
    chance: float
    reason: str


def similar_candidates(
    text: str, language: Language, lexicon: Lexicon, *, kind: MentionType | None = None
) -> tuple[Candidate, ...]:
    """The concepts of the listed name that an unlisted name most surely stands for; mostly none.

    Parameters
    ----------
    kind : the type of the mention; None where it is unknown
    """
    return tuple(
        Candidate(alike.entry.concept, alike.chance, alike.reason)
        for alike in similar_entries(text, language, lexicon, kind=kind)
    )


def similar_entries(
    text: str, language: Language, lexicon: Lexicon, *, kind: MentionType | None = None
) -> tuple[Alike, ...]:
    """As `similar_candidates`, with the entries of the lexicon."""
    types = TYPES.get(language, ())
    if (kind is not None and kind not in types) or not types:
        return ()
    if not _SHORTEST <= len(text) <= _LONGEST:
        return ()
    found = _similar(text, language, lexicon)
    return tuple(alike for alike in found if alike.entry.type == kind) or found


def save_similar(concepts: Concepts, folder: Path) -> None:
    """Write what `similar_candidates` needs beside a compiled lexicon."""
    for language in TYPES:
        _of_concepts(concepts, language).save(folder, _FILES.format(language))


def _of_concepts(concepts: Concepts, language: Language) -> Vocabulary:
    """The names of the types in question, each text once, in the order of entries."""
    flags = np.asarray(concepts.rows["entry_flags"])
    kinds = np.asarray(concepts.rows["type"])[np.asarray(concepts.rows["entry_concept"])]
    wanted = np.isin(kinds, [MENTION_TYPES.index(kind) for kind in TYPES[language]])
    wanted &= (flags & 3) == NAME_LANGUAGES.index(language)
    return Vocabulary.build(
        (Listed(concepts.text(entry)) for entry in np.flatnonzero(wanted).tolist()), language
    )


@lru_cache(maxsize=2)
def _ranker(lexicon: Lexicon, language: Language) -> Ranker:
    folder, files = lexicon.folder, _FILES.format(language)
    model = shipped_model(language)
    if folder is not None:
        with suppress(InputError):  # of a Parallax that rewrote names otherwise, or not at all
            return Ranker(model, open_vocabulary(folder, files))
    return Ranker(model, _of_concepts(lexicon.concepts, language))


@lru_cache(maxsize=1 << 14)
def _similar(text: str, language: Language, lexicon: Lexicon) -> tuple[Alike, ...]:
    ranker = _ranker(lexicon, language)
    alike = ranker.vocabulary.overlaps([analyse(text, language)]).likeness
    if alike.max(initial=0.0) < _LEAST_ALIKE:
        return ()
    found = ranker.sure(text)
    if found is None or (found.covered < _ALL and text.endswith(found.name)):
        return ()  # a name at the end, with more before it, is a broader concept
    return tuple(
        Alike(entry, found.chance, f"similar: {found.reason}")
        for entry in lexicon.lookup(found.name, language)
        if entry.type in TYPES[language]
    )
