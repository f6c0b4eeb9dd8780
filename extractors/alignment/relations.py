"""Relations of the two languages that are renditions of one claim, and where they part.

Two relations belong together if their sentences are aligned, their arguments are counterparts and
their predicates are the same, or opposite directions of one change. Translations often leave out
"expression", "level" or the mediator: what one language leaves open, the other fills in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.assembly.claims import complete_aspect
from kg.model import Discrepancy, DiscrepancyKind, Mention, RelationMention, Sentence, Side

OPPOSITE = {("increases", "decreases"), ("decreases", "increases")}
SYMMETRIC = frozenset({"associated_with", "binds"})
Pair = tuple[RelationMention, RelationMention]


def align_relations(
    relations: Sequence[RelationMention],
    sentences: Mapping[str, Sentence],
    terms: Mapping[str, str],
    languages: Mapping[str, str],
    mentions: Mapping[str, Mention],
) -> tuple[tuple[RelationMention, ...], tuple[Pair, ...]]:
    """The relations with their counterparts filled in, and the pairs (English, Chinese).

    `terms` gives for each mention the name of its term, the same in both languages;
    `languages` gives the language of each sentence.
    """
    english = [r for r in relations if languages[r.sentence] == "en"]
    chinese = [r for r in relations if languages[r.sentence] == "zh"]
    by_sentence: dict[str, list[RelationMention]] = defaultdict(list)
    for relation in chinese:
        by_sentence[relation.sentence].append(relation)
    scored = sorted(
        (
            (-score, e.id, z.id, e, z)
            for e in english
            for identifier in sentences[e.sentence].aligned
            for z in by_sentence[identifier]
            if (score := _score(e, z, terms))
        ),
        key=lambda row: row[:3],
    )
    partner: dict[str, str] = {}
    pairs = []
    for _, _, _, e, z in scored:
        if e.id not in partner and z.id not in partner:
            partner |= {e.id: z.id, z.id: e.id}
            pairs.append((e, z))
    table = {relation.id: relation for relation in relations}
    aligned = tuple(
        _completed(r, table[partner[r.id]], mentions) if r.id in partner else r for r in relations
    )
    return aligned, tuple(pairs)


def _completed(
    relation: RelationMention, other: RelationMention, mentions: Mapping[str, Mention]
) -> RelationMention:
    """The relation linked to its counterpart: each fills in the other's aspect and mediators."""
    linked = replace(relation, aligned=(other.id,))
    if relation.predicate != other.predicate:
        return linked
    mediators = (
        counterpart
        for via in other.via
        for counterpart in mentions[via].aligned[:1]
        if mentions[counterpart].sentence == relation.sentence
    )
    united = tuple(dict.fromkeys((*relation.via, *mediators)))
    return replace(linked, aspect=complete_aspect(relation.aspect, (other.aspect,)), via=united)


def _score(en: RelationMention, zh: RelationMention, terms: Mapping[str, str]) -> int:
    """0 where the two cannot be one claim; else more, the more they have in common."""
    ends_en = terms[en.subject], terms[en.object]
    ends_zh = terms[zh.subject], terms[zh.object]
    symmetric = en.predicate in SYMMETRIC and ends_en == ends_zh[::-1]
    if ends_en != ends_zh and not symmetric:
        return 0
    if en.predicate == zh.predicate:
        return 4 + 2 * (en.polarity == zh.polarity) + (en.derived == zh.derived)
    # Where a loss ("degradation of X promotes Y") was noticed in one language only, the readings
    # differ and not the texts.
    same_logic = _has_loss(en) == _has_loss(zh)
    return int((en.predicate, zh.predicate) in OPPOSITE and same_logic)


def _has_loss(relation: RelationMention) -> bool:
    return any(cue.kind == "loss" for cue in relation.cues)


def relation_discrepancies(pairs: Sequence[Pair]) -> Iterator[Discrepancy]:
    """Differences of polarity, direction, sign and hedge between aligned relations."""
    for en, zh in pairs:
        if en.predicate != zh.predicate:
            yield _differ("direction", en, zh, en.predicate, zh.predicate)
        elif en.sign and zh.sign and en.sign != zh.sign:
            yield _differ("direction", en, zh, en.sign, zh.sign)
        if en.polarity != zh.polarity:
            yield _differ("polarity", en, zh, en.polarity, zh.polarity)
        if en.certainty != zh.certainty:
            yield _differ("hedge", en, zh, en.certainty, zh.certainty)


_NAMES_ZH = {
    "increases": "升高", "decreases": "降低", "+": "正相关", "-": "负相关", "positive": "肯定",
    "negated": "否定", "asserted": "断言", "hypothesis": "推测",
    "direction": "方向", "polarity": "肯定或否定", "hedge": "确定程度",
}  # fmt: skip


def _differ(
    kind: DiscrepancyKind, en: RelationMention, zh: RelationMention, said_en: str, said_zh: str
) -> Discrepancy:
    words_en = en.trigger.text if en.trigger else ""
    words_zh = zh.trigger.text if zh.trigger else ""
    return Discrepancy(
        kind,
        Side(en.sentence, en.id, words_en),
        Side(zh.sentence, zh.id, words_zh),
        f"{kind} differs: {said_en} in English (“{words_en}”), {said_zh} in Chinese (“{words_zh}”)",
        f"{_NAMES_ZH[kind]}不一致：英文为{_NAMES_ZH[said_en]}（“{words_en}”），"
        f"中文为{_NAMES_ZH[said_zh]}（“{words_zh}”）",
    )


def entity_discrepancies(
    relations: Sequence[RelationMention],
    sentences: Mapping[str, Sentence],
    terms: Mapping[str, str],
    languages: Mapping[str, str],
    mentions: Mapping[str, Mention],
) -> Iterator[Discrepancy]:
    """Claims that agree in all but the object, both objects known and without a counterpart."""
    lonely: dict[tuple[str, str, str, str], list[RelationMention]] = defaultdict(list)
    present: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        present[relation.sentence] |= {terms[relation.subject], terms[relation.object]}
        if not relation.aligned and not relation.derived:
            key = (relation.sentence, relation.predicate, "object", terms[relation.subject])
            lonely[key].append(relation)
    for (sentence, predicate, end, shared), ours in lonely.items():
        if languages[sentence] != "en" or len(sentences[sentence].aligned) != 1:
            continue
        other = sentences[sentence].aligned[0]
        theirs = lonely.get((other, predicate, end, shared), [])
        if len(ours) != 1 or len(theirs) != 1:
            continue
        en, zh = ours[0], theirs[0]
        if terms[en.object] in present[other] or terms[zh.object] in present[sentence]:
            continue
        ends = mentions[en.object], mentions[zh.object]
        if ends[0].type != ends[1].type or not all(e.concept and not e.aligned for e in ends):
            continue
        a, b = ends[0].text, ends[1].text
        yield Discrepancy(
            "entity", Side(en.sentence, en.id, a), Side(zh.sentence, zh.id, b),
            f"the object differs: “{a}” in English, “{b}” in Chinese",
            f"对象不一致：英文为“{a}”，中文为“{b}”",
        )  # fmt: skip
