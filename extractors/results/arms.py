"""Which drug the groups of a document had: group A, 观察组, the WEI group.

A group that is named by a letter is looked up where the document defines it, "losartan (group A)"
or "group A received losartan"; one that is named by a short form has the drug whose name holds it;
the treated group of a trial had the drug of the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.results.grammar import ResultGrammar
from extractors.results.groups import find_groups
from extractors.results.shares import rows_of_groups
from kg.model import Document, Group, GroupRole, Language, Mention, Passage, Sentence

_NEAR = 4  # signs between a drug and the bracket that names its group
_GIVEN_WITHIN = 40
_LABEL = re.compile(r"[A-Z][A-Za-z\d+-]*|[ⅠⅡⅢⅣ]|\d")


class Arms:
    """The groups of one document, ready to be looked up."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        grammars: Mapping[Language, ResultGrammar],
    ) -> None:
        self._passages = {passage.id: passage for passage in document.passages}
        self._grammars = grammars
        self._drugs = [m for m in mentions if m.type == "Drug"]
        self._sections = {sentence.id: sentence.section for sentence in sentences}
        self._named = dict(self._definitions(sentences, mentions))
        self._rosters = dict(self._enumerated(sentences, mentions))

    def with_drug(self, group: Group | None, language: Language) -> Group | None:
        """The group with the drug that it had, where the document tells it."""
        if group is None or group.mention is not None:
            return group
        if group.role == "treatment":
            drug = self.intervention(language)
            return replace(group, mention=drug.id if drug else None)
        if group.role == "other":
            drug = self._named.get((language, _label(group.text))) or self._by_name(group, language)
            role = self._role(drug, language) if drug else group.role
            return replace(group, mention=drug.id if drug else None, role=role)
        return group

    def unnamed(self, language: Language) -> Group | None:
        """The arm of a sentence that names none: that of the drug in the title."""
        drug = self.intervention(language)
        return Group("treatment", mention=drug.id) if drug else None

    def counted(self, language: Language, total: int) -> tuple[Group, ...]:
        """The groups that the document names in a row, as many as 两组 counts; empty for none.

        They have the words that name them there, and no place.
        """
        return self._rosters.get((language, total), ())

    def intervention(self, language: Language) -> Mention | None:
        """The first drug of the title that is no control."""
        return next(
            (
                drug for drug in self._drugs
                if self._sections.get(drug.sentence) == "title"
                and self._passages[drug.passage].language == language
                and self._role(drug, language) == "treatment"
            ),
            None,
        )  # fmt: skip

    def _role(self, drug: Mention, language: Language) -> GroupRole:
        return self._grammars[language].roles.get(drug.text.lower(), "treatment")

    def _definitions(
        self, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[tuple[tuple[Language, str], Mention]]:
        """Pairs of a group's label and the drug that stands where the label is explained."""
        seen: set[tuple[Language, str]] = set()
        for sentence in sentences:
            passage = self._passages[sentence.passage]
            drugs = [d for d in self._drugs if d.sentence == sentence.id]
            if not drugs:
                continue
            text = passage.text[sentence.start : sentence.end]
            grammar = self._grammars[passage.language]
            groups = [
                g for g in find_groups(text, (), sentence.start, grammar) if g.role == "other"
            ]
            for at, group in enumerate(groups):
                key = (passage.language, _label(group.text))
                end = groups[at + 1].start if at + 1 < len(groups) else None
                drug = _explaining(group, end, drugs, passage)
                if drug is not None and key not in seen:
                    seen.add(key)
                    yield key, drug

    def _enumerated(
        self, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[tuple[tuple[Language, int], tuple[Group, ...]]]:
        """Arms that a sentence names in a row, the first such row of each number."""
        seen: set[tuple[Language, int]] = set()
        for sentence in sentences:
            passage = self._passages[sentence.passage]
            language = passage.language
            text = passage.text[sentence.start : sentence.end]
            inside = [m for m in mentions if m.sentence == sentence.id]
            for row in rows_of_groups(text, inside, sentence.start, self._grammars[language]):
                key = (language, len(row))
                if key not in seen:
                    seen.add(key)
                    yield key, tuple(replace(g, start=None, end=None) for g in row)

    def _by_name(self, group: Group, language: Language) -> Mention | None:
        """The drug in whose name the label stands as a word, or whose initials it is."""
        label = _label(group.text)
        if len(label) < 2:
            return None
        for drug in self._drugs:
            if self._passages[drug.passage].language != language:
                continue
            words = re.findall(r"[A-Za-z\d]+|[\u3400-\u9fff]", drug.text)
            initials = "".join(word[0] for word in words).upper()
            if label in words or (len(words) > 1 and label.upper() == initials):
                return drug
        return None


def _label(text: str) -> str:
    """What tells a group apart, as A in "group A" and A组; the text where there is no label."""
    found = _LABEL.findall(text)
    return found[-1] if found else text


def _explaining(
    group: Group, end: int | None, drugs: Sequence[Mention], passage: Passage
) -> Mention | None:
    """The drug in front of "(group A)", or the one behind "group A received" or "A组给予"."""
    if group.start is None or group.end is None:
        return None
    for drug in drugs:
        if 0 <= group.start - drug.end <= _NEAR and "(" in passage.text[
            drug.end : group.start
        ].replace("（", "("):
            return drug
    for drug in drugs:
        inside = drug.start - group.end <= _GIVEN_WITHIN and (end is None or drug.start < end)
        if group.end <= drug.start and inside:
            return drug
    return None
