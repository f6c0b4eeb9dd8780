"""The section of a sentence: from the passage, a label, clear wording or the layout."""

from __future__ import annotations

import re
from functools import cache

from extractors.layout import has_glued_labels, leading_label
from extractors.tables import read_table
from kg.errors import FormatError
from kg.model import SECTIONS, Language, Passage, Section

_KINDS = ("label", "opening", "cue")


class SectionFinder:
    """Reads the sentences of a passage in order and keeps the section that the last label set."""

    def __init__(self, passage: Passage, default: Section | None = None) -> None:
        self._given = passage.section
        self._current = default
        self._glued = has_glued_labels(passage.text)
        self._cues = _cues(passage.language)

    def section_of(self, sentence: str) -> Section | None:
        """The section of the next sentence.

        A label ("Results:", 结论：) holds until the next one; wording such as "In conclusion" to
        the end of the passage, and "these results suggest" for its own sentence.
        """
        if self._given is not None:
            return self._given
        label = leading_label(sentence, glued=self._glued)
        if label:
            self._current = label.section
            return self._current
        for pattern, section, lasting in self._cues:
            if pattern.match(sentence):
                if lasting:
                    self._current = section
                return section
        return self._current


@cache
def _cues(language: Language) -> tuple[tuple[re.Pattern[str], Section, bool], ...]:
    """(pattern, section, whether it holds on) of the wordings that tell a section."""
    cues: list[tuple[re.Pattern[str], Section, bool]] = []
    for kind, text, section in read_table(language, "sections.tsv", 3):
        if section not in SECTIONS or kind not in _KINDS:
            raise FormatError(
                f"{kind} {section} is unknown",
                where=f"extractors/languages/{language}/sections.tsv",
                remedy=f"kinds are {', '.join(_KINDS)}; sections {', '.join(SECTIONS)}",
            )
        if kind != "label":
            cues.append((re.compile(text, re.IGNORECASE), section, kind == "opening"))
    return tuple(cues)
