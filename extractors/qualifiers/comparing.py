"""Where the two languages put one claim under different circumstances.

Only what both languages tell themselves, in the clause, is compared; where one is silent nothing
differs, and the evidence takes over what the other says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Discrepancy, Extraction, Language, RelationMention, Side
from kg.qualifiers import Qualifier, QualifierKind

# The kinds whose meaning is the same identifier in both languages.
COMPARED: Mapping[QualifierKind, str] = {
    "species": "物种", "cell": "细胞或组织", "disease": "疾病", "setting": "实验环境",
}  # fmt: skip


def compare(extraction: Extraction) -> Iterator[Discrepancy]:
    """The differences of context between aligned relations, each pair and kind once."""
    table = {relation.id: relation for relation in extraction.relations}
    languages = {p.id: p.language for p in extraction.document.passages}
    sentences = {s.id: languages[s.passage] for s in extraction.sentences}
    meanings = _Meanings(extraction)
    told: set[tuple[str, ...]] = set()
    for en in extraction.relations:
        if sentences[en.sentence] != "en":
            continue
        for zh in (table[name] for name in en.aligned if name in table):
            for kind in COMPARED:
                pair = _stated(en, kind), _stated(zh, kind)
                key = (kind, en.sentence, zh.sentence, *(q.text for side in pair for q in side))
                if key not in told and all(pair) and meanings.differ(*pair, en, zh):
                    told.add(key)
                    yield _differ(kind, en, zh, *pair)


def agreement(en: RelationMention, zh: RelationMention, extraction: Extraction) -> dict[str, bool]:
    """Kind → whether two renditions of a claim agree, for kinds that both tell in the clause."""
    meanings = _Meanings(extraction)
    pairs = {kind: (_stated(en, kind), _stated(zh, kind)) for kind in COMPARED}
    return {
        kind: bool(meanings.of(pair[0]) & meanings.of(pair[1]))
        for kind, pair in pairs.items()
        if all(pair)
    }


class _Meanings:
    """What qualifiers mean, the same in both languages."""

    def __init__(self, extraction: Extraction) -> None:
        self.mentions = {mention.id: mention for mention in extraction.mentions}
        self.present: dict[str, set[str]] = {}
        for mention in extraction.mentions:
            self.present.setdefault(mention.sentence, set()).update({mention.concept or mention.id})

    def of(self, qualifiers: tuple[Qualifier, ...]) -> set[str]:
        """All that some qualifiers mean."""
        meanings: set[str] = set()
        for qualifier in qualifiers:
            meanings |= {qualifier.concept or "", (qualifier.value or "").casefold()}
            mention = self.mentions.get(qualifier.mention or "")
            if mention is not None:
                counterparts = (self.mentions[name] for name in mention.aligned)
                meanings |= {mention.id, *mention.aligned, mention.concept or ""}
                meanings |= {other.concept or "" for other in counterparts}
        return meanings - {""}

    def differ(
        self,
        ours: tuple[Qualifier, ...],
        theirs: tuple[Qualifier, ...],
        en: RelationMention,
        zh: RelationMention,
    ) -> bool:
        """Whether both tell known things, none of which the sentence of the other names."""
        one, other = self.of(ours), self.of(theirs)
        if one & other or not (self._known(ours) and self._known(theirs)):
            return False
        return not (one & self.present.get(zh.sentence, set())) and not (
            other & self.present.get(en.sentence, set())
        )

    def _known(self, qualifiers: tuple[Qualifier, ...]) -> bool:
        """Whether each means a concept or a value, and no unknown words."""
        return all(
            qualifier.concept
            or qualifier.value
            or self.mentions[qualifier.mention or ""].concept is not None
            for qualifier in qualifiers
        )


def _stated(relation: RelationMention, kind: QualifierKind) -> tuple[Qualifier, ...]:
    return tuple(q for q in relation.context if q.kind == kind and q.reach == "clause")


def _differ(
    kind: QualifierKind,
    en: RelationMention,
    zh: RelationMention,
    ours: tuple[Qualifier, ...],
    theirs: tuple[Qualifier, ...],
) -> Discrepancy:
    words: dict[Language, str] = {
        "en": ", ".join(q.text for q in ours), "zh": "、".join(q.text for q in theirs),
    }  # fmt: skip
    return Discrepancy(
        "context",
        Side(en.sentence, en.id, words["en"]),
        Side(zh.sentence, zh.id, words["zh"]),
        f"the {kind} of the claim differs: “{words['en']}” in English, “{words['zh']}” in Chinese",
        f"论断的{COMPARED[kind]}不一致：英文为“{words['en']}”，中文为“{words['zh']}”",
    )
