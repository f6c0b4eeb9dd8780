"""What a document tells of all its findings: its animals or patients, their disease, its setting.

Titles are asked first, then methods, then (where the document names a design of its own) sentences
of no known section; the first that tell anything decide, and only where they tell one thing.
Backgrounds and reviews speak of other studies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.qualifiers.finding import Phrase
from kg.model import DesignKind, Language, Section, Sentence, StudyDesign
from kg.qualifiers import QualifierKind, Setting

# The kinds that a document tells for all of its findings, and the sections that are asked.
CARRIED: Mapping[QualifierKind, tuple[Section | None, ...]] = {
    "species": ("title", "methods", None),
    "disease": ("title", "methods"),
    "cell": ("title",),
    "setting": ("title", "methods"),
}
SETTING_OF: Mapping[DesignKind, Setting] = {
    "randomized-trial": "clinical", "clinical-trial": "clinical", "cohort": "clinical",
    "case-control": "clinical", "cross-sectional": "clinical", "observational": "clinical",
    "case-report": "clinical", "animal": "in-vivo", "in-vitro": "in-vitro",
    "in-silico": "in-silico",
}  # fmt: skip
_OF_OTHERS: tuple[DesignKind, ...] = ("review", "systematic-review", "meta-analysis")


@dataclass(frozen=True, slots=True)
class Carried:
    """A circumstance of a document, with the sentence and the words that tell it."""

    sentence: Sentence
    phrase: Phrase


def carried(
    told: Sequence[tuple[Sentence, Language, Sequence[Phrase]]], designs: Sequence[StudyDesign]
) -> dict[tuple[Language, QualifierKind], Carried]:
    """What each language of a document tells of all its findings; the other's where it is silent.

    `told` has the sentences of the document with the phrases in them.
    """
    if any(design.kind in _OF_OTHERS for design in designs):
        return {}
    found: dict[tuple[Language, QualifierKind], Carried] = {}
    languages = tuple(dict.fromkeys(language for _, language, _ in told))
    for language in languages:
        own = [t for t in told if t[1] == language]
        for kind, sections in CARRIED.items():
            if not designs:
                sections = tuple(section for section in sections if section is not None)
            one = _agreed(kind, sections, own)
            if one is None and kind == "setting":
                one = _by_design(designs, own) or _implied(
                    found.get((language, "species")), designs
                )
            if one is not None:
                found[language, kind] = one
    for language in languages:
        for (other, kind), one in tuple(found.items()):
            if other != language:
                found.setdefault((language, kind), one)
    return found


def _agreed(
    kind: QualifierKind,
    sections: Iterable[Section | None],
    told: Sequence[tuple[Sentence, Language, Sequence[Phrase]]],
) -> Carried | None:
    for section in sections:
        found = [
            Carried(sentence, phrase)
            for sentence, _, phrases in told
            if sentence.section == section
            for phrase in phrases
            if phrase.kind == kind
        ]
        if found:
            return found[0] if len({one.phrase.meaning for one in found}) == 1 else None
    return None


def _by_design(
    designs: Sequence[StudyDesign], told: Sequence[tuple[Sentence, Language, Sequence[Phrase]]]
) -> Carried | None:
    """The setting that all designs of a document have."""
    settings = {SETTING_OF[d.kind] for d in designs if d.kind in SETTING_OF}
    return next(_named_settings(designs, told), None) if len(settings) == 1 else None


def _implied(species: Carried | None, designs: Sequence[StudyDesign]) -> Carried | None:
    """The setting that the animals or people of a document imply, where no design tells one."""
    if species is None or any(design.kind in SETTING_OF for design in designs):
        return None
    phrase = replace(
        species.phrase, kind="setting", mention=None, concept=None, value=species.phrase.setting
    )
    return replace(species, phrase=phrase) if phrase.value else None


def _named_settings(
    designs: Sequence[StudyDesign], told: Sequence[tuple[Sentence, Language, Sequence[Phrase]]]
) -> Iterator[Carried]:
    sentences = {sentence.id: sentence for sentence, _, _ in told}
    for design in designs:
        if design.sentence in sentences and design.kind in SETTING_OF:
            yield Carried(
                sentences[design.sentence],
                Phrase(
                    "setting", design.rule, design.start, design.end,
                    value=SETTING_OF[design.kind],
                ),
            )  # fmt: skip
