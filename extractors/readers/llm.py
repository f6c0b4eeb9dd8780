"""What a language model found, in our contract: exact quotes, or nothing.

The form is a JSON Schema, ``extractors/schemas/llm.schema.json`` (`kg schema llm`). A quote that is
not a substring of its passage is refused, with what nearly matched; it is never put right, since
nobody can tell then what the model had read. What else the record holds is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractors.external.placing import nearest, places, sentence_of, shown
from extractors.external.values import Reading
from extractors.nlp.sentences import split_sentences
from extractors.readers.records import Annotated
from kg.errors import FormatError, InputError, KgError, ReaderError
from kg.io import document_from_json
from kg.model import Document, Mention, Passage, RelationMention, Sentence, Span
from kg.terminology.identifiers import curie

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

CONTRACT = "parallax-llm-1"
_MOST_PROBLEMS = 20  # of the form, told for one record


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote stands."""

    passage: Passage
    start: int
    end: int


class _RefusedError(Exception):
    """Why a mention or a relation is not taken, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


def is_llm(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object says that it is in this form, of whatever version."""
    return str(record.get("contract", "")).startswith("parallax-llm")


def schema() -> str:
    """The text of the JSON Schema of the form."""
    return files("extractors").joinpath("schemas", "llm.schema.json").read_text(encoding="utf-8")


def read_record(record: Mapping[str, Any], *, where: str) -> Iterator[Annotated | KgError]:
    """The document with what the model found, after an error for each quote that is refused.

    Raises
    ------
    FormatError
        where the record breaks the schema; all places are told in one message.
    """
    _check_form(record, where)
    given = {"id": record["id"], "passages": record["passages"]}
    document = document_from_json(given | {"source": record.get("source", {})}, where=where)
    sentences = split_sentences(document)
    name = _name(record["model"])
    told = f"{where}, document {document.id}"
    mentions: dict[str, list[Mention]] = {}
    for item in record["mentions"]:
        try:
            if item["id"] in mentions:
                raise _RefusedError("its id is that of another mention", "number mentions apart")
            mentions[item["id"]] = list(_mentions(item, document, sentences, name))
        except _RefusedError as refused:
            mentions.setdefault(item["id"], [])
            yield _told(f"mention {item['id']}", refused, told)
    relations: list[RelationMention] = []
    for number, item in enumerate(record.get("relations", []), start=1):
        try:
            relations.append(_relation(item, number, document, sentences, mentions, name))
        except _RefusedError as refused:
            yield _told(f"relation {number}", refused, told)
    found = tuple(mention for each in mentions.values() for mention in each)
    yield Annotated(document, sentences, Reading(found, tuple(relations)))


def _told(what: str, refused: _RefusedError, where: str) -> ReaderError:
    return ReaderError(f"{what}: {refused.what}", where=where, remedy=refused.remedy)


def _name(model: Mapping[str, str]) -> str:
    """The name under which findings are kept: model, its version, and the prompt."""
    version = f"@{model['version']}" if "version" in model else ""
    return f"llm:{model['name']}{version}/{model['prompt']}"


def _mentions(
    item: Mapping[str, Any], document: Document, sentences: Sequence[Sentence], name: str
) -> Iterator[Mention]:
    """Each place where a mention's quote stands, or the one that it names."""
    concept = item.get("concept")
    if concept is not None and curie(concept) is None:
        raise _RefusedError(
            f"{concept!r} is no identifier that is known",
            "give a CURIE whose prefix stands in ontologies/prefixes.tsv, or leave the concept out",
        )
    found = False
    for number, place in enumerate(_places(item, document, whole=True), start=1):
        sentence = sentence_of(place.passage.id, place.start, place.end, sentences)
        if sentence is None:
            continue
        found = True
        yield Mention(
            f"{item['id']}-{number}", place.passage.id, sentence.id, place.start, place.end,
            item["quote"], item["type"], concept and curie(concept), item.get("score", 1.0), name,
        )  # fmt: skip
    if not found:
        raise _RefusedError(
            f"{shown(item['quote'])} lies in no one sentence", "quote the name and no more"
        )


def _relation(
    item: Mapping[str, Any],
    number: int,
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Mapping[str, Sequence[Mention]],
    name: str,
) -> RelationMention:
    for role in ("subject", "object"):
        if not mentions.get(item[role]):
            known = item[role] in mentions
            raise _RefusedError(
                f"its {role} {item[role]!r} is {'a refused' if known else 'no'} mention",
                "put the mention right" if known else "name a mention by its id",
            )
    for place in _places(item, document, whole=False):
        subject = _inside(mentions[item["subject"]], place)
        object_ = _inside(mentions[item["object"]], place, but=subject)
        if subject and object_ and subject.sentence == object_.sentence:
            return RelationMention(
                f"l-r{number}", subject.sentence, subject.id, item["predicate"], object_.id, name,
                trigger=_trigger(item, place), aspect=item.get("aspect"), sign=item.get("sign"),
                polarity=item.get("polarity", "positive"),
                certainty=item.get("certainty", "asserted"),
                confidence=float(item.get("confidence", 1.0)),
            )  # fmt: skip
    raise _RefusedError(
        f"{shown(item['quote'])} does not hold its subject and its object in one sentence",
        "quote the words of one sentence from the one mention to the other",
    )


def _places(item: Mapping[str, Any], document: Document, *, whole: bool) -> list[_Place]:
    """Where a quote stands; as many places as it may mean.

    Raises
    ------
    _RefusedError
        where it stands nowhere, or less often than it says.
    """
    quote = item["quote"]
    passages = [p for p in document.passages if item.get("passage") in (None, p.id)]
    if not passages:
        raise _RefusedError(f"no passage {item['passage']!r}", "name a passage of this record")
    found = [
        _Place(passage, start, start + len(quote))
        for passage in passages
        for start in places(quote, passage.text, whole=whole)
    ]
    if not found:
        if any(quote in passage.text for passage in passages):
            raise _RefusedError(
                f"{shown(quote)} stands inside other words only", "quote whole words"
            )
        near = (nearest(quote, passage.text, passage.language) for passage in passages)
        like = next((words for words in near if words), None)
        told = f"; nearest is {shown(like)}" if like and like != quote else ""
        raise _RefusedError(
            f"{shown(quote)} is not in the text{told}",
            "quote exactly what is written: characters, width, case and spaces",
        )
    occurrence = item.get("occurrence")
    if occurrence is None:
        return found
    if occurrence > len(found):
        raise _RefusedError(
            f"{shown(quote)} stands {len(found)} times, not {occurrence}",
            "count from 1 in the passage, or leave the occurrence out",
        )
    return [found[occurrence - 1]]


def _inside(
    mentions: Sequence[Mention], place: _Place, *, but: Mention | None = None
) -> Mention | None:  # fmt: skip
    """The first of some mentions that lies inside a quote."""
    for mention in mentions:
        inside = place.start <= mention.start and mention.end <= place.end
        if mention.passage == place.passage.id and inside and mention != but:
            return mention
    return None


def _trigger(item: Mapping[str, Any], place: _Place) -> Span | None:
    word = item.get("trigger")
    if not word:
        return None
    at = item["quote"].find(word)
    if at < 0:
        raise _RefusedError(
            f"its trigger {shown(word)} is not in its quote", "quote a word of the quote"
        )  # fmt: skip
    start = place.start + at
    return Span(start, start + len(word), word)


def _check_form(record: Mapping[str, Any], where: str) -> None:
    if record.get("contract") != CONTRACT:
        raise InputError(
            f"the contract {record.get('contract')!r} is not {CONTRACT}", where=where,
            remedy="write the form that kg schema llm shows",
        )  # fmt: skip
    problems = sorted(
        f"{error.json_path}: {error.message[:200]}" for error in _validator().iter_errors(record)
    )
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        told = "; ".join(problems[:_MOST_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
        raise FormatError(told, where=where, remedy="write the form that kg schema llm shows")


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema()))
