"""Mentions and relations of several readers made one: each stretch of text is one mention.

Where two readers mark the same words, our mention stays and takes the concept that the other knows,
if we know none. Where mentions overlap, one that takes part in a relation of a reader stays as that
reader gave it; else the longer stays, and ours of two that are equally long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from extractors.external.values import Reading
from kg.model import Candidate, Document, Mention, RelationMention, Sentence

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon

_Key: TypeAlias = tuple[int, str]  # reading, and id in it

GIVEN = "given"  # the reason of a concept that came with the mention


@dataclass(frozen=True, slots=True)
class Joined:
    """Mentions of all readers in text order, and the relations of those that are not ours.

    `nested` are ids of mentions that lie inside or across others; they are kept for the relations
    that name them only.
    """

    mentions: tuple[Mention, ...]
    relations: tuple[RelationMention, ...]
    nested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A mention that wants its place: its reading (0: ours), and whether a relation needs it."""

    mention: Mention
    reading: int
    needed: bool

    @property
    def key(self) -> _Key:
        return self.reading, self.mention.id


def join(
    document: Document,
    sentences: Sequence[Sentence],
    own: Sequence[Mention],
    readings: Sequence[Reading],
    lexicon: Lexicon | None = None,
) -> Joined:
    """The mentions of all readers, grounded and numbered anew, and the relations of the readings.

    Parameters
    ----------
    readings : checked ones (`extractors.external.checking`)
    lexicon : grounds mentions that came without a concept; they stay without one where it is None
    """
    if not any(reading.mentions for reading in readings):
        return Joined(tuple(own), ())
    claims = [_Claim(mention, 0, needed=False) for mention in own]
    for number, reading in enumerate(readings, start=1):
        needed = {name for one in reading.relations for name in _arguments(one)}
        claims += [_Claim(one, number, one.id in needed) for one in reading.mentions]
    kept, stands_for, nested = _settle(claims)
    if lexicon is not None:
        kept = _grounded(document, sentences, kept, lexicon)
    order = {sentence.id: number for number, sentence in enumerate(sentences)}
    ordered = sorted(
        kept.items(), key=lambda item: (order[item[1].sentence], item[1].start, -item[1].end)
    )
    names = {key: f"m{number}" for number, (key, _) in enumerate(ordered, start=1)}
    mentions = tuple(replace(mention, id=names[key]) for key, mention in ordered)
    known = {key: names[other] for key, other in stands_for.items()}
    relations = tuple(
        _renamed(relation, number, known)
        for number, reading in enumerate(readings, start=1)
        for relation in reading.relations
    )
    return Joined(mentions, relations, frozenset(names[key] for key in nested))


def merge_relations(
    own: Sequence[RelationMention], others: Sequence[RelationMention]
) -> tuple[RelationMention, ...]:
    """Our relations, then those of others that no earlier one states in the same sentence."""
    merged = list(own)
    stated = {_stated(relation) for relation in own}
    names = {relation.id for relation in own}
    numbers = (name for number in count(len(own) + 1) if (name := f"r{number}") not in names)
    for relation in others:
        if _stated(relation) not in stated:
            stated.add(_stated(relation))
            merged.append(replace(relation, id=next(numbers)))
    return tuple(merged)


def add_second_readings(
    relations: Sequence[RelationMention], others: Sequence[RelationMention]
) -> tuple[RelationMention, ...]:
    """The relations, with those of others that state the same as an earlier one once more.

    What another reader finds in the same words is a reading of its own: it errs for other reasons.
    It takes the qualifiers that it leaves open, and the translations, from the first reading; one
    that differs in what both tell is none of the same claim and is left out.
    """
    first: dict[tuple[str, ...], RelationMention] = {}
    for relation in relations:
        first.setdefault(_stated(relation), relation)
    read = {(*_stated(relation), relation.rule) for relation in relations}
    names = {relation.id for relation in relations}
    numbers = (name for number in count(len(relations) + 1) if (name := f"r{number}") not in names)
    added = []
    for other in others:
        known = first.get(_stated(other))
        key = (*_stated(other), other.rule)
        if known is None or key in read or not _is_same_claim(known, other):
            continue
        read.add(key)
        added.append(
            replace(
                other,
                id=next(numbers),
                aspect=known.aspect,
                sign=known.sign,
                via=known.via,
                context=known.context,
                aligned=known.aligned,
            )
        )
    return (*relations, *added)


def _is_same_claim(one: RelationMention, other: RelationMention) -> bool:
    """Whether a second reading only says less than the first, and nothing else."""
    return (
        (one.polarity, one.certainty, one.derived)
        == (other.polarity, other.certainty, other.derived)
        and other.aspect in (None, "other", one.aspect)
        and other.sign in (None, one.sign)
        and set(other.via) <= set(one.via)
        and other.rule.partition("/")[0] != one.rule.partition("/")[0]
    )


def _stated(relation: RelationMention) -> tuple[str, ...]:
    return relation.sentence, relation.subject, relation.predicate, relation.object


def _settle(
    claims: Sequence[_Claim],
) -> tuple[dict[_Key, Mention], dict[_Key, _Key], set[_Key]]:  # fmt: skip
    """Mentions that stay; for each claim the one that stands for it; and those across others."""
    kept: dict[_Key, Mention] = {}
    stands_for: dict[_Key, _Key] = {}
    placed: dict[str, dict[tuple[int, int], _Key]] = {}
    nested: set[_Key] = set()
    for claim in sorted(claims, key=_rank):
        here = placed.setdefault(claim.mention.sentence, {})
        place = (claim.mention.start, claim.mention.end)
        same = here.get(place)
        if same is not None:
            stands_for[claim.key] = same
            kept[same] = _completed(kept[same], claim.mention)
            continue
        crossed = any(place[0] < end and start < place[1] for start, end in here)
        if crossed and not claim.needed:
            continue
        if crossed:
            nested.add(claim.key)
        here[place] = claim.key
        kept[claim.key] = claim.mention
        stands_for[claim.key] = claim.key
    return kept, stands_for, nested


def _rank(claim: _Claim) -> tuple[bool, int, int, str, int]:
    size = claim.mention.end - claim.mention.start
    return not claim.needed, -size, claim.reading, claim.mention.passage, claim.mention.start


def _completed(mention: Mention, other: Mention) -> Mention:
    """The mention, with the concept of the other where it has none."""
    if mention.concept is not None or other.concept is None:
        return mention
    return replace(mention, concept=other.concept, candidates=other.candidates)


def _arguments(relation: RelationMention) -> tuple[str, ...]:
    return relation.subject, relation.object, *relation.via


def _renamed(relation: RelationMention, reading: int, names: Mapping[_Key, str]) -> RelationMention:
    return replace(
        relation,
        subject=names[reading, relation.subject],
        object=names[reading, relation.object],
        via=tuple(names[reading, name] for name in relation.via),
    )


def _grounded(
    document: Document,
    sentences: Sequence[Sentence],
    kept: Mapping[_Key, Mention],
    lexicon: Lexicon,
) -> dict[_Key, Mention]:
    """The mentions, those of others with a concept where the terminology or they know one."""
    from extractors.grounding.context import read_context
    from extractors.mentions.grounding import chosen, ground_found
    from extractors.mentions.phrases import Found

    passages = {passage.id: passage for passage in document.passages}
    lines = {s.id: (passages[s.passage].text[s.start : s.end], s.start) for s in sentences}
    spans: dict[str, list[Found]] = {sentence.id: [] for sentence in sentences}
    found: dict[_Key, Found] = {}
    for key, mention in kept.items():
        begin = lines[mention.sentence][1]
        found[key] = Found(
            mention.start - begin, mention.end - begin, mention.type, mention.method, mention.score
        )
        spans[mention.sentence].append(found[key])
    context = read_context((text for text, _ in lines.values()), spans.values())
    grounded = dict(kept)
    for key, mention in kept.items():
        if mention.concept is not None:
            grounded[key] = _known(mention, lexicon) if not mention.candidates else mention
        elif key[0] > 0:
            language = passages[mention.passage].language
            candidates = ground_found(mention.text, found[key], language, lexicon, context)
            grounded[key] = replace(mention, concept=chosen(candidates), candidates=candidates)
    return grounded


def _known(mention: Mention, lexicon: Lexicon) -> Mention:
    """The mention under the name and the type that the terminology gives its concept."""
    concept = mention.concept or ""
    names = lexicon.identifiers(concept)
    named = names[0] if names else concept
    return replace(
        mention, concept=named, type=lexicon.type_of(concept) or mention.type,
        candidates=(Candidate(named, 1.0, GIVEN),),
    )  # fmt: skip
