"""The readers from outside that take part, loaded when a pipeline is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.external.values import Named
from extractors.options import ReadingOptions
from kg.model import Language, MentionType

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon


def load_readers(options: ReadingOptions, lexicon: Lexicon) -> tuple[Named, ...]:
    """The readers from outside that the options name: spaCy pipelines, then installed readers.

    Raises
    ------
    ReaderError
        where one is not installed or cannot be used.
    """
    if not (options.pipelines or options.readers):
        return ()
    from extractors.external.installed import load_reader
    from extractors.external.spacy_pipelines import load_spacy
    from extractors.grounding.candidates import find_candidates
    from extractors.grounding.weights import load_weights

    def type_of(text: str, language: Language) -> MentionType | None:
        found = find_candidates(text, language, None, lexicon)
        sure = bool(found) and found[0].score >= load_weights().threshold
        return lexicon.type_of(found[0].concept) if sure else None

    return (
        *(
            load_spacy(name, language, labels=options.labels, type_of=type_of)
            for language, name in options.pipelines
        ),
        *map(load_reader, options.readers),
    )
