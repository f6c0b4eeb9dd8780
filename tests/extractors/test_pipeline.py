"""The pipeline as a list of steps: what is given is kept, what is missing is read."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from extractors.pipeline import Pipeline, Steps
from kg.errors import FormatError, InputError
from kg.io import extraction_from_json, extraction_to_json
from kg.model import Document, Extraction, Mention, Passage, Sentence
from tests.extractors import fakes

TEXT = "Sirolimus lowered creatinine."
DOCUMENT = Document("pubmed:900200", (Passage("p1", "en", TEXT),))


def test_a_document_goes_through_all_steps() -> None:
    found = fakes.pipeline().extract(DOCUMENT)
    assert [mention.text for mention in found.mentions] == ["Sirolimus", "creatinine"]
    assert [(r.subject, r.object) for r in found.relations] == [("m1", "m2")]


def test_given_mentions_are_kept_and_relations_read_between_them() -> None:
    given = (
        Mention("g1", "p1", "", 18, 28, "creatinine", "Outcome"),
        Mention("g2", "p1", "", 0, 9, "Sirolimus", "Drug", "mesh:D020123"),
    )
    found = fakes.pipeline().extract(Extraction(DOCUMENT, mentions=given))
    assert [(m.id, m.sentence) for m in found.mentions] == [("g1", "s1"), ("g2", "s1")]
    assert [(r.subject, r.object) for r in found.relations] == [("g1", "g2")]


def test_relations_are_read_after_the_languages_have_shared_their_mentions() -> None:
    steps = fakes.steps()
    linked = lambda document, sentences, mentions: tuple(  # noqa: E731
        replace(sentence, aligned=("seen",)) for sentence in sentences
    )
    shared = lambda document, sentences, mentions: (  # noqa: E731
        mentions[0],
        replace(mentions[0], id="m9", start=10, end=17, text="lowered"),
    )
    found = Pipeline(replace(steps, link=linked, share=shared)).extract(DOCUMENT)
    assert [sentence.aligned for sentence in found.sentences] == [("seen",)]
    assert [(r.subject, r.object) for r in found.relations] == [("m1", "m9")]


def test_given_mentions_are_not_shared() -> None:
    given = (Mention("g1", "p1", "", 18, 28, "creatinine", "Outcome"),)
    steps = replace(fakes.steps(), share=_refuse)
    assert len(Pipeline(steps).extract(Extraction(DOCUMENT, mentions=given)).mentions) == 1


def test_given_sentences_are_kept() -> None:
    given = (Sentence("a", "p1", 0, 9), Sentence("b", "p1", 10, len(TEXT)))
    found = fakes.pipeline().extract(Extraction(DOCUMENT, sentences=given))
    assert found.sentences == given


def test_an_extraction_with_relations_comes_back_as_it_is() -> None:
    whole = fakes.pipeline().extract(DOCUMENT)
    assert Pipeline(Steps(_refuse, _refuse, _refuse, _refuse, _refuse)).extract(whole) is whole


def _refuse(*_: object) -> NoReturn:
    raise AssertionError("this step must not run")


def test_a_given_mention_outside_all_sentences_is_an_error() -> None:
    given = Extraction(
        DOCUMENT,
        sentences=(Sentence("a", "p1", 0, 9),),
        mentions=(Mention("g1", "p1", "", 18, 28, "creatinine", "Outcome"),),
    )
    with pytest.raises(FormatError, match="lies in no sentence"):
        fakes.pipeline().extract(given)


def test_a_text_without_punctuation_is_refused_and_the_limit_named() -> None:
    endless = Document("x", (Passage("p1", "zh", "他克莫司" * 2_501),))
    with pytest.raises(InputError, match="sentence of 10,004 characters, more than 10,000"):
        fakes.pipeline().extract(endless)


def test_mentions_without_sentences_are_read_from_json() -> None:
    record = extraction_to_json(Extraction(DOCUMENT)) | {
        "mentions": [
            {"id": "g1", "passage": "p1", "start": 0, "end": 9, "text": "Sirolimus", "type": "Drug"}
        ]
    }
    (mention,) = extraction_from_json(record).mentions
    assert mention.sentence == ""


def test_relations_without_sentences_are_refused() -> None:
    whole = extraction_to_json(replace(fakes.pipeline().extract(DOCUMENT), sentences=()))
    with pytest.raises(FormatError):
        extraction_from_json(whole)
