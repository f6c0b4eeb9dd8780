"""The section of a sentence: from the passage, from a label in the text, or from clear wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.tables import read_table
from kg.errors import FormatError
from kg.model import SECTIONS, Language, Passage, Section

_OPEN = r"^[\[【(（<〈]?\s*(?:[\dIVX]{1,3}[.、]\s*)?"


@dataclass(frozen=True)
class _Table:
    marked: re.Pattern[str]
    bare: re.Pattern[str]
    sections: dict[str, Section]
    cues: tuple[tuple[re.Pattern[str], Section, bool], ...]


class SectionFinder:
    """Reads the sentences of a passage in order and keeps the section that the last label set."""

    def __init__(self, passage: Passage) -> None:
        self._given = passage.section
        self._current: Section | None = None
        self._table = _table(passage.language)

    def section_of(self, sentence: str) -> Section | None:
        """The section of the next sentence.

        A label ("Results:", 结论：) holds until the next one; wording such as "In conclusion" to
        the end of the passage, and "these results suggest" for its own sentence.
        """
        if self._given is not None:
            return self._given
        label = self._table.marked.match(sentence) or self._table.bare.match(sentence)
        if label:
            self._current = self._table.sections[_fold(label[1])]
            return self._current
        for pattern, section, lasting in self._table.cues:
            if pattern.match(sentence):
                if lasting:
                    self._current = section
                return section
        return self._current


def label_section(label: str, language: Language) -> Section | None:
    """The section that a label alone names, such as "MATERIALS AND METHODS" or 结论.

    Examples
    --------
    >>> label_section("Materials and Methods", "en"), label_section("结论", "zh")
    ('methods', 'conclusion')
    """
    return _table(language).sections.get(_fold(label.strip(" :：[]【】()（）.")))


def _fold(label: str) -> str:
    return " ".join(label.lower().replace("&", "and").split())


@cache
def _table(language: Language) -> _Table:
    sections: dict[str, Section] = {}
    cues: list[tuple[re.Pattern[str], Section, bool]] = []
    for kind, text, section in read_table(language, "sections.tsv", 3):
        if section not in SECTIONS or kind not in ("label", "opening", "cue"):
            raise FormatError(
                f"{kind} {section} is unknown",
                where=f"extractors/languages/{language}/sections.tsv",
                remedy=f"kinds are label, opening, cue; sections {', '.join(SECTIONS)}",
            )  # fmt: skip
        if kind == "label":
            sections[_fold(text)] = section
        else:
            pattern = re.compile(text, re.IGNORECASE)
            cues.append((pattern, section, kind == "opening"))
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("and", "(?:and|&)")
        for name in sorted(sections, key=len, reverse=True)
    )
    marked = re.compile(
        rf"{_OPEN}({names})\s*(?:[\])】）>〉]\s*[:：]?|[:：]|\.(?=\s*[A-Z\d])|\s[-–—]\s)",
        re.IGNORECASE,
    )
    # Without a mark only a label in capitals, or one that a space sets apart from Chinese, counts.
    bare = re.compile(rf"{_OPEN}((?-i:{names.upper()}))\s+(?=[A-Z\d\u3400-\u9fff(（])")
    return _Table(marked, bare, sections, tuple(cues))
