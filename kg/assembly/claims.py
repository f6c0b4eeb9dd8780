"""What one relation mention claims, and how the claims of two languages differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import (
    MENTION_TYPES,
    Aspect,
    Certainty,
    ConflictKind,
    Language,
    Mention,
    Polarity,
    RelationMention,
    Sign,
    Statement,
)
from kg.vocab import PREDICATE_SIGNS, SYMMETRIC_PREDICATES


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation mention with its arguments resolved to concepts.

    `swapped` tells that the subject of the statement is the object of the relation mention: the
    arguments of a symmetric predicate are put into one order.
    """

    relation: RelationMention
    language: Language
    statement: Statement
    polarity: Polarity
    certainty: Certainty
    sign: Sign | None
    swapped: bool = False


def read_claim(
    relation: RelationMention,
    language: Language,
    mentions: Mapping[str, Mention],
    concepts: Mapping[str, str],
) -> Claim | None:
    """The claim of a relation mention; None where it relates a concept to itself."""
    ends = [relation.subject, relation.object]
    swapped = False
    if relation.predicate in SYMMETRIC_PREDICATES:
        ordered = sorted(ends, key=lambda m: (MENTION_TYPES.index(mentions[m].type), concepts[m]))
        swapped, ends = ordered != ends, ordered
    subject, object_ = (concepts[end] for end in ends)
    if subject == object_:
        return None
    via = {concepts[mention] for mention in relation.via} - {subject, object_}
    statement = Statement(
        subject,
        relation.predicate,
        object_,
        relation.aspect,
        relation.sign if relation.predicate in ("associated_with", "affects") else None,
        tuple(sorted(via)),
    )
    return Claim(
        relation,
        language,
        statement,
        relation.polarity,
        relation.certainty,
        PREDICATE_SIGNS.get(relation.predicate, relation.sign),
        swapped,
    )


def complete_aspect(own: Aspect | None, others: Iterable[Aspect | None]) -> Aspect | None:
    """The aspect of a claim, filled in by its translations where it leaves it open.

    None and "other" leave it open; translations that name two leave it so.

    >>> complete_aspect(None, ["expression"]), complete_aspect("other", ["activity", None])
    ('expression', 'activity')
    >>> complete_aspect("level", ["activity"]), complete_aspect(None, ["level", "activity"])
    ('level', None)
    >>> complete_aspect(None, ["other"])
    'other'
    """
    if own not in (None, "other"):
        return own
    told = {aspect for aspect in others if aspect is not None}
    named = told - {"other"}
    if len(named) == 1:
        return named.pop()
    return own or (told.pop() if len(told) == 1 else None)


def harmonize(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Translations of one claim with the qualifiers that one language states given to all.

    A qualifier on which the claims disagree stays as each states it; mediators are united.
    """
    claims = tuple(claims)
    aspects = [c.statement.aspect for c in claims]
    signs = {c.statement.sign for c in claims} - {None}
    via = tuple(sorted({mediator for c in claims for mediator in c.statement.via}))
    sign = next(iter(signs)) if len(signs) == 1 else None
    return tuple(
        replace(
            c,
            sign=c.sign
            or (sign if c.statement.predicate in ("associated_with", "affects") else None),
            statement=replace(
                c.statement,
                aspect=complete_aspect(c.statement.aspect, aspects),
                sign=c.statement.sign
                or (sign if c.statement.predicate in ("associated_with", "affects") else None),
                via=tuple(v for v in via if v not in (c.statement.subject, c.statement.object)),
            ),
        )
        for c in claims
    )


def differences(one: Claim, other: Claim) -> set[ConflictKind]:
    """In what two translations contradict each other; empty where one only says less.

    Another predicate alone ("affects" beside "decreases", "treats" beside "decreases") is no
    contradiction: the sentences may well agree where the words that were read differ in strength.
    """
    kinds: set[ConflictKind] = set()
    ends = (one.statement.subject, one.statement.object)
    others = (other.statement.subject, other.statement.object)
    if ends != others:
        kinds.add("direction" if ends == others[::-1] else "entity")
    elif one.sign and other.sign and one.sign != other.sign:
        kinds.add("direction")
    if one.polarity != other.polarity:
        kinds.add("polarity")
    return kinds
