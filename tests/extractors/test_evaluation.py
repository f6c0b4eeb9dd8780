"""The scores: a small gold standard worked out by hand, and the same figures as the shared scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractors.evaluation.gold import Gold, load_gold
from extractors.evaluation.scores import Score, score
from kg.errors import FormatError, InputError
from kg.io import extraction_from_json, extraction_to_json
from kg.model import PREDICATES, Extraction, Mention, RelationMention, Sentence

SHARED = Path(__file__).parents[3] / "shared" / "evaluation"

RECORD: dict[str, Any] = {
    "id": "made-up",
    "en": ["Sirolimus lowered creatinine.", "Proteinuria fell."],
    "zh": ["西罗莫司降低肌酐。", "蛋白尿下降。"],
    "sentence_alignment": [[[0], [0]], [[1], [1]]],
    "mentions": {
        "en": [
            {"s": 0, "text": "Sirolimus", "type": "Drug", "key": "sirolimus"},
            {"s": 0, "text": "creatinine", "type": "Outcome", "key": "creatinine"},
            {"s": 1, "text": "Proteinuria", "type": "Outcome", "key": "proteinuria"},
        ],
        "zh": [
            {"s": 0, "text": "西罗莫司", "type": "Drug", "key": "sirolimus"},
            {"s": 0, "text": "肌酐", "type": "Outcome", "key": "creatinine"},
        ],
    },
    "relations": [
        {
            "subject": "sirolimus", "predicate": "decreases", "object": "creatinine",
            "polarity": "positive", "certainty": "asserted", "en": [0], "zh": [0],
        }
    ],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([RECORD]), encoding="utf-8")
    return load_gold(path)[0]


def read(gold: Gold) -> Extraction:
    """A reading with one wrong type, one short span, one reversed relation and one wrong link."""
    return Extraction(
        gold.document(),
        (
            Sentence("s1", "en", 0, 29, aligned=("s3",)),
            Sentence("s2", "en", 30, 47, aligned=("s3",)),
            Sentence("s3", "zh", 0, 15),
        ),
        (
            Mention("m1", "en", "s1", 0, 9, "Sirolimus", "Drug", aligned=("m4", "m5")),
            Mention("m2", "en", "s1", 18, 24, "creati", "Outcome", aligned=("m5",)),
            Mention("m3", "en", "s2", 30, 41, "Proteinuria", "Disease"),
            Mention("m4", "zh", "s3", 0, 4, "西罗莫司", "Drug"),
            Mention("m5", "zh", "s3", 6, 8, "肌酐", "Outcome"),
            Mention("m6", "zh", "s3", 0, 1, "西", "Cell"),
        ),
        (
            RelationMention("r1", "s1", "m2", "decreases", "m1", "x"),
            RelationMention("r2", "s3", "m4", "decreases", "m5", "x"),
            RelationMention("r3", "s3", "m4", "affects", "m5", "x"),
            RelationMention("r4", "s3", "m4", "increases", "m4", "x", derived="co-change"),
        ),
    )


def test_scores_worked_out_by_hand(gold: Gold) -> None:
    assert score([gold], [read(gold)]) == {
        "alignment": Score(2, 3, 2, 2),
        "mentions.relaxed": Score(4, 5, 4, 5),
        "mentions.relaxed.en": Score(2, 3, 2, 3),
        "mentions.relaxed.zh": Score(2, 2, 2, 2),
        "mentions.strict": Score(3, 5, 3, 5),
        "mentions.strict.en": Score(1, 3, 1, 3),
        "mentions.strict.zh": Score(2, 2, 2, 2),
        "relations.full": Score(1, 3, 1, 2),
        "relations.full.en": Score(0, 1, 0, 1),
        "relations.full.zh": Score(1, 2, 1, 1),
        "relations.pair": Score(3, 3, 2, 2),
        "relations.pair.en": Score(1, 1, 1, 1),
        "relations.pair.zh": Score(2, 2, 1, 1),
        "sentences": Score(2, 4, 2, 2),
        "sentences.en-zh": Score(2, 4, 2, 2),
    }


def test_nothing_read_is_zero_and_not_an_error(gold: Gold) -> None:
    scores = score([gold], [Extraction(gold.document())])
    assert {value.f1 for value in scores.values()} == {0.0}


def test_a_document_that_was_not_read_is_an_error(gold: Gold) -> None:
    with pytest.raises(InputError, match="no extraction"):
        score([gold], [])


def test_another_text_is_an_error(gold: Gold) -> None:
    passages = tuple(replace(p, text=p.text + "!") for p in gold.document().passages)
    changed = Extraction(replace(gold.document(), passages=passages))
    with pytest.raises(InputError, match="another text"):
        score([gold], [changed])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"en": None}, "TypeError"),
        ({"mentions": {"en": [{"s": 0, "text": "absent", "type": "Drug", "key": "x"}], "zh": []}},
         "ValueError"),
        ({"relations": [{}]}, "KeyError"),
    ],
)  # fmt: skip
def test_wrong_gold_is_named(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([RECORD, RECORD | change]), encoding="utf-8")
    with pytest.raises(FormatError, match=problem) as caught:
        load_gold(path)
    assert "gold.json[1]" in str(caught.value)


def test_given_mentions_are_those_of_the_gold_standard(gold: Gold) -> None:
    given = gold.with_mentions()
    texts = {passage.id: passage.text for passage in given.document.passages}
    assert [texts[m.passage][m.start : m.end] for m in given.mentions] == [
        m.text for m in gold.mentions
    ]
    assert extraction_from_json(extraction_to_json(given)) == given


def shared_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared", SHARED / "score_bilingual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(golds: Sequence[Gold], seed: int) -> list[Extraction]:
    """Readings of a gold standard with mentions moved, retyped and dropped, and relations mixed."""
    dice = random.Random(seed)  # noqa: S311
    out = []
    for gold in golds:
        sentences = [
            Sentence(f"{language}{n}", language, start, end)
            for language in ("en", "zh") for n, (start, end) in enumerate(gold.spans[language])
        ]  # fmt: skip
        sentences = [
            replace(s, aligned=(f"zh{dice.randrange(len(gold.spans['zh']))}",))
            if s.passage == "en" and dice.random() < 0.8 else s
            for s in sentences
        ]  # fmt: skip
        mentions: list[Mention] = []
        for n, m in enumerate(gold.mentions):
            if dice.random() < 0.2:
                continue
            end = max(m.start + 1, m.end - dice.choice((0, 0, 1, 3)))
            kind = dice.choice((m.type, m.type, m.type, "Drug", "Cell"))
            place = f"{m.language}{m.sentence}"
            text = gold.texts[m.language][m.start : end]
            mentions.append(Mention(f"m{n}", m.language, place, m.start, end, text, kind))
        chinese = [m.id for m in mentions if m.passage == "zh"]
        mentions = [
            replace(m, aligned=tuple(dice.sample(chinese, dice.choice((0, 1, 2)))))
            if m.passage == "en" and len(chinese) > 1 else m
            for m in mentions
        ]  # fmt: skip
        relations: list[RelationMention] = []
        for sentence in sentences:
            inside = [m.id for m in mentions if m.sentence == sentence.id]
            for _ in range(3 if len(inside) > 1 else 0):
                subject, target = dice.sample(inside, 2)
                relations.append(
                    RelationMention(
                        f"r{len(relations)}", sentence.id, subject, dice.choice(PREDICATES), target,
                        "x", polarity=dice.choice(("positive", "positive", "negated")),
                        derived=dice.choice((None, None, "co-change")),
                    )
                )  # fmt: skip
        out.append(Extraction(gold.document(), tuple(sentences), tuple(mentions), tuple(relations)))
    return out


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/evaluation")
@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_those_of_the_shared_scorer(seed: int) -> None:
    golds = load_gold(SHARED / "bilingual_dev.json")
    extractions = disturbed(golds, seed)
    shared = shared_scorer()
    tally, errors = shared.Tally(), list[str]()
    records = json.loads((SHARED / "bilingual_dev.json").read_text(encoding="utf-8"))
    for record, extraction in zip(records, extractions, strict=True):
        shared.score_document(record, extraction_to_json(extraction), tally, errors)
    expected = shared.finish(tally)
    found = {
        name: {
            "p": round(value.precision, 3), "r": round(value.recall, 3), "f1": round(value.f1, 3),
            "predicted": value.predicted, "gold": value.gold,
        }
        for name, value in score(golds, extractions).items()
    }  # fmt: skip
    assert found == expected
    assert all(value["f1"] > 0 for value in found.values())
