"""What a reader from outside gave back, checked like our own and signed with its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NoReturn, get_args, get_type_hints

from extractors.external.placing import nearest, sentence_of, shown
from extractors.external.values import Named, Reading
from kg.errors import KgError, ReaderError
from kg.model import Cue, Document, Mention, Passage, RelationMention, Sentence, Span
from kg.terminology.identifiers import curie


def read_with(reader: Named, document: Document, sentences: Sequence[Sentence]) -> Reading:
    """What a reader finds in a document: placed in sentences, signed with its name and version.

    Raises
    ------
    ReaderError
        where the reader fails, or gives what does not stand in the document.
    """
    try:
        given = reader.read(document, sentences)
    except KgError:
        raise
    except Exception as error:
        raise ReaderError(
            f"the reader failed ({type(error).__name__}: {error})", where=reader.name,
            remedy="tell its authors, or read without it",
        ) from error  # fmt: skip
    return checked(given, reader.name, document, sentences)


def checked(
    given: Reading, name: str, document: Document, sentences: Sequence[Sentence]
) -> Reading:
    """A reading of which every span is exact and every word of ours; with sentences and name.

    Raises
    ------
    ReaderError
        at the first part that is wrong.
    """
    if not isinstance(given, Reading):
        _refuse(name, f"gave {type(given).__name__}, not a Reading", "see docs/readers.md")
    passages = {passage.id: passage for passage in document.passages}
    placed: dict[str, Mention] = {}
    for mention in given.mentions:
        if mention.id in placed:
            _refuse(name, f"two mentions are named {mention.id}", "number them apart")
        placed[mention.id] = _mention(mention, name, passages, sentences)
    relations = [_relation(one, name, placed, passages) for one in given.relations]
    return Reading(tuple(placed.values()), tuple(relations))


def signed(name: str, rule: str) -> str:
    """The rule under which a finding is kept: the reader's name, and its own rule if it has one.

    >>> signed("reader:kinases@1.2", "suffix"), signed("reader:kinases@1.2", "")
    ('reader:kinases@1.2/suffix', 'reader:kinases@1.2')
    """
    return f"{name}/{rule}" if rule else name


def _mention(
    mention: Mention, name: str, passages: Mapping[str, Passage], sentences: Sequence[Sentence]
) -> Mention:
    _check_words(mention, ("type",), name)
    passage = passages.get(mention.passage)
    if passage is None:
        _refuse(name, f"{mention.id}: no passage {mention.passage}", "use the document's ids")
    _check_span(mention, mention.id, name, passage)
    if mention.concept is not None and curie(mention.concept) is None:
        _refuse(
            name, f"{mention.id}: {mention.concept!r} is no identifier that is known",
            "give a CURIE whose prefix stands in ontologies/prefixes.tsv, or None",
        )  # fmt: skip
    _check_share(mention.score, "score", mention.id, name)
    sentence = sentence_of(passage.id, mention.start, mention.end, sentences)
    if sentence is None:
        _refuse(
            name, f"{mention.id}: {shown(mention.text)} lies in no one sentence",
            "keep mentions inside the sentences that the reader is given",
        )  # fmt: skip
    concept = mention.concept and curie(mention.concept)
    return replace(mention, sentence=sentence.id, concept=concept, method=name)


def _relation(
    relation: RelationMention,
    name: str,
    mentions: Mapping[str, Mention],
    passages: Mapping[str, Passage],
) -> RelationMention:
    words = ("predicate", "aspect", "sign", "polarity", "certainty")
    _check_words(relation, words, name)
    arguments = (relation.subject, relation.object, *relation.via)
    missing = [argument for argument in arguments if argument not in mentions]
    if missing:
        _refuse(name, f"{relation.id}: no mention {missing[0]}", "name mentions of this reading")
    subject, object_ = mentions[relation.subject], mentions[relation.object]
    if subject.sentence != object_.sentence or subject == object_:
        _refuse(
            name, f"{relation.id}: not two mentions of one sentence",
            "relate two mentions that one sentence names",
        )  # fmt: skip
    spans: list[Span | Cue] = [*filter(None, [relation.trigger]), *relation.cues]
    for span in spans:
        _check_span(span, relation.id, name, passages[subject.passage])
    _check_share(relation.confidence, "confidence", relation.id, name)
    # Circumstances are read by us, for the relations of all readers alike.
    rule = signed(name, relation.rule)
    return replace(relation, sentence=subject.sentence, rule=rule, context=())


def _check_words(value: Mention | RelationMention, fields: Iterable[str], name: str) -> None:
    hints = get_type_hints(type(value))
    for field in fields:
        allowed = [
            word
            for kind in (hints[field], *get_args(hints[field]))
            if getattr(kind, "__origin__", None) is Literal
            for word in get_args(kind)
        ]
        found = getattr(value, field)
        if found not in allowed and not (found is None and type(None) in get_args(hints[field])):
            _refuse(name, f"{value.id}: unknown {field} {found!r}", f"use {', '.join(allowed)}")


def _check_span(
    span: Mention | Span | Cue, identifier: str, name: str, passage: Passage
) -> None:  # fmt: skip
    inside = 0 <= span.start < span.end <= len(passage.text)
    there = passage.text[span.start : span.end] if inside else ""
    if inside and there == span.text:
        return
    like = nearest(span.text, passage.text, passage.language)
    hint = f"; the passage has {shown(like)}" if like and like != span.text else ""
    stands = f"but {shown(there)} stands there" if inside else "outside the passage"
    _refuse(
        name, f"{identifier}: {shown(span.text)} at {span.start}…{span.end}, {stands}{hint}",
        "count code points of the passage's text, end exclusive",
    )  # fmt: skip


def _check_share(value: float, what: str, identifier: str, name: str) -> None:
    if not 0 <= value <= 1:
        _refuse(name, f"{identifier}: {what} {value} lies outside 0…1", "give a share of one")


def _refuse(name: str, what: str, remedy: str) -> NoReturn:
    raise ReaderError(what, where=name, remedy=remedy)
