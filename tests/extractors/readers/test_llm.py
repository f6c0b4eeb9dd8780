"""What a language model writes in our contract: taken by exact quotes, refused one by one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from extractors.readers import llm
from extractors.readers.reading import read_documents
from extractors.readers.records import Annotated, Failure

EN = "IL-6 rose. Zorbamib lowered IL-6 in rats. PIL-6 and Zorbamib stayed."
ZH = "佐巴米使ＩＬ－６降低。佐巴米可能不影响肌酐。"
RECORD: dict[str, Any] = {
    "contract": "parallax-llm-1",
    "id": "pubmed:900314",
    "model": {"name": "made-up-9b", "version": "2026-01", "prompt": "triples-v3"},
    "source": {"pmid": "900314", "title": "Zorbamib"},
    "passages": [{"language": "en", "text": EN}, {"language": "zh", "text": ZH}],
    "mentions": [
        {"id": "z", "quote": "Zorbamib", "type": "Drug", "score": 0.9},
        {"id": "i", "quote": "IL-6", "type": "Protein", "concept": "HGNC:6018"},
        {"id": "z2", "quote": "佐巴米", "type": "Drug", "passage": "p2", "occurrence": 2},
        {"id": "k", "quote": "肌酐", "type": "Outcome"},
    ],
    "relations": [
        {"subject": "z", "predicate": "decreases", "object": "i", "aspect": "level",
         "quote": "Zorbamib lowered IL-6", "trigger": "lowered", "confidence": 0.8},
        {"subject": "z2", "predicate": "affects", "object": "k", "quote": "佐巴米可能不影响肌酐",
         "trigger": "影响", "polarity": "negated", "certainty": "hypothesis"},
    ],
}  # fmt: skip


def changed(part: str, number: int, **values: Any) -> dict[str, Any]:
    """The record with values of one of its mentions or relations changed (… takes one away)."""
    record: dict[str, Any] = json.loads(json.dumps(RECORD))
    for name, value in values.items():
        record[part][number][name] = value
        if value is ...:
            del record[part][number][name]
    return record


def read(folder: Path, record: Any) -> list[Any]:
    path = folder / "out.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return list(read_documents(path))


def test_mentions_and_relations_stand_at_their_quotes(tmp_path: Path) -> None:
    (item,) = read(tmp_path, RECORD)
    assert isinstance(item, Annotated)
    texts = {passage.id: passage.text for passage in item.document.passages}
    mentions = {mention.id: mention for mention in item.reading.mentions}
    for mention in mentions.values():
        assert texts[mention.passage][mention.start : mention.end] == mention.text
        assert mention.method == "llm:made-up-9b@2026-01/triples-v3"
    # Every place of a quote, but not inside another word (PIL-6), and not in another width.
    assert [m.start for m in mentions.values() if m.text == "IL-6"] == [0, 28]
    assert [m.start for m in mentions.values() if m.text == "佐巴米"] == [ZH.rindex("佐巴米")]
    first, second = item.reading.relations
    assert (mentions[first.subject].start, mentions[first.object].start) == (11, 28)
    assert first.trigger is not None and first.trigger.start == EN.index("lowered")
    assert (first.predicate, first.aspect, first.confidence) == ("decreases", "level", 0.8)
    assert (second.polarity, second.certainty) == ("negated", "hypothesis")
    assert first.rule == second.rule == "llm:made-up-9b@2026-01/triples-v3"


REFUSED = [
    (changed("mentions", 1, quote="IL－6"), "mention i: 'IL－6' is not in the text; nearest is 'IL-6'"),
    (changed("mentions", 1, quote="il-6"), "mention i: 'il-6' is not in the text; nearest is 'IL-6'"),
    (changed("mentions", 2, quote="佐 巴米", occurrence=1), "mention z2: '佐 巴米' is not in the text"),
    (changed("mentions", 0, quote="tacrolimus"), "mention z: 'tacrolimus' is not in the text"),
    (changed("mentions", 2, occurrence=3), "mention z2: '佐巴米' stands 2 times, not 3"),
    (changed("mentions", 2, passage="p7"), "mention z2: no passage 'p7'"),
    (changed("mentions", 0, quote="orbami"), "mention z: 'orbami' stands inside other words only"),
    (changed("mentions", 0, quote="rats. PIL-6"), "mention z: 'rats. PIL-6' lies in no one sentence"),
    (changed("mentions", 1, concept="gene:IL6"), "mention i: 'gene:IL6' is no identifier"),
    (changed("mentions", 1, id="z"), "mention z: its id is that of another mention"),
    (changed("relations", 0, quote="Zorbamib lowers IL-6"),
     "relation 1: 'Zorbamib lowers IL-6' is not in the text; nearest is 'Zorbamib lowered IL-6"),
    (changed("relations", 0, quote="Zorbamib lowered"), "relation 1: 'Zorbamib lowered' does not hold"),
    (changed("relations", 0, quote="IL-6 rose. Zorbamib"), "does not hold its subject and its object in one"),
    (changed("relations", 0, subject="i"), "does not hold its subject"),
    (changed("relations", 0, trigger="raised"), "relation 1: its trigger 'raised' is not in its quote"),
    (changed("relations", 0, subject="nobody"), "relation 1: its subject 'nobody' is no mention"),
    (changed("relations", 1, quote="佐巴米可能不影响肌酐，"), "nearest is '佐巴米可能不影响肌酐"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "problem"), REFUSED)
def test_what_is_not_quoted_exactly_is_refused_and_the_rest_taken(
    record: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    *failures, item = read(tmp_path, record)
    assert isinstance(item, Annotated)
    assert failures and all(isinstance(failure, Failure) for failure in failures)
    told = str(failures[0])
    assert problem in told
    assert "out.jsonl:1, document pubmed:900314" in told
    assert failures[0].remedy
    assert any(mention.text == "肌酐" for mention in item.reading.mentions)


def test_a_relation_of_a_refused_mention_tells_so(tmp_path: Path) -> None:
    first, second, item = read(tmp_path, changed("mentions", 0, quote="Zorbamab"))
    assert "mention z: 'Zorbamab' is not in the text; nearest is 'Zorbamib'" in str(first)
    assert "relation 1: its subject 'z' is a refused mention" in str(second)
    assert len(item.reading.relations) == 1


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (RECORD | {"contract": "parallax-llm-7"}, "'parallax-llm-7' is not parallax-llm-1"),
        (RECORD | {"model": {"name": "x"}}, "$.model: 'prompt' is a required property"),
        (RECORD | {"note": 1}, "$: Additional properties are not allowed ('note'"),
        (changed("mentions", 0, type="Planet"), "$.mentions[0].type: 'Planet' is not one of"),
        (changed("relations", 0, predicate="zaps"), "$.relations[0].predicate: 'zaps'"),
        (changed("relations", 0, quote=...), "$.relations[0]: 'quote' is a required property"),
        (changed("relations", 0, confidence=2), "$.relations[0].confidence: 2 is greater than"),
    ],
)
def test_a_record_of_another_form_is_refused_whole(
    record: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    (failure,) = read(tmp_path, record)
    assert isinstance(failure, Failure)
    assert problem in failure.message and "kg schema llm" in failure.remedy


def test_one_record_that_is_refused_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    records = [RECORD, RECORD | {"contract": "parallax-llm-0"}, RECORD | {"id": "x2"}]
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    kinds = [type(item) for item in read_documents(path)]
    assert kinds == [Annotated, Failure, Annotated]


def test_the_schema_is_one() -> None:
    schema = json.loads(llm.schema())
    Draft202012Validator.check_schema(schema)
    assert not list(Draft202012Validator(schema).iter_errors(RECORD))


@given(st.text(alphabet="aA1 ＡａIL-６6佐巴。.", min_size=1, max_size=12))
def test_no_quote_is_ever_put_right(quote: str) -> None:
    record = changed("mentions", 3, quote=quote)
    items = list(llm.read_record(record, where="here"))
    (item,) = (one for one in items if isinstance(one, Annotated))
    found = [m for m in item.reading.mentions if m.id.startswith("k-")]
    assert all(mention.text == quote for mention in found)
    if quote not in EN and quote not in ZH:
        assert not found
        assert len(items) > 1
