"""CMeIE: what is read of its format, tagged, related and scored."""

from __future__ import annotations

import json

import numpy as np

from benchmarks.cmeie import read_text, score_terms, score_triples
from benchmarks.training.biored_pairs import best_threshold
from benchmarks.training.cmeie_pairs import Text, fit_relater, pairs
from benchmarks.training.cmeie_spans import Tagged, best_path, fit_tagger, spans_of, tags_of

LINE = {
    "text": "甲病@甲病患者可有高热，用乙药治疗。",
    "spo_list": [
        {"predicate": "临床表现", "subject": "甲病", "subject_type": "疾病",
         "object": {"@value": "高热"}, "object_type": {"@value": "症状"}},
        {"predicate": "药物治疗", "subject": "甲病", "subject_type": "疾病",
         "object": {"@value": "乙药"}, "object_type": {"@value": "药物"}},
    ],
}  # fmt: skip
SIGNS, DRUGS = ("高热", "头痛", "咳嗽", "皮疹"), ("乙药", "丙药", "丁药", "戊药")


def test_a_text_has_its_terms_wherever_they_stand() -> None:
    read = read_text(json.dumps(LINE, ensure_ascii=False))
    assert read.spans == ((0, 2, "疾病"), (3, 5, "疾病"), (9, 11, "症状"), (13, 15, "药物"))
    assert read.triples == {("甲病", "临床表现", "高热"), ("甲病", "药物治疗", "乙药")}


def test_terms_and_tags_tell_the_same() -> None:
    read = read_text(json.dumps(LINE, ensure_ascii=False))
    assert spans_of(tags_of(Tagged(read.text, read.spans))) == read.spans


def test_a_tag_goes_on_only_with_what_has_begun() -> None:
    scores = np.log([[0.1, 0.2, 0.7], [0.1, 0.1, 0.8]])
    assert best_path(scores, ["B-药物", "O", "I-药物"]) == ["B-药物", "I-药物"]


def test_the_heading_is_a_subject_even_where_it_is_no_term() -> None:
    found = {
        (subject, object_) for subject, object_, _ in pairs("甲病@可有高热。", [(5, 7, "症状")])
    }
    assert found == {("甲病", "高热")}


def test_triples_count_with_their_predicate() -> None:
    gold = frozenset({("甲病", "临床表现", "高热"), ("甲病", "药物治疗", "乙药")})
    scores = score_triples(
        frozenset({("甲病", "临床表现", "高热"), ("甲病", "病因", "乙药")}), gold
    )
    assert scores["triples"].f1 == 0.5
    assert scores["pairs"].f1 == 1


def test_terms_count_by_name_and_type() -> None:
    assert score_terms("高热高热", [(0, 2, "症状")], [(0, 2, "症状"), (2, 4, "症状")]).f1 == 1
    assert score_terms("高热", [(0, 2, "疾病")], [(0, 2, "症状")]).f1 == 0


def test_a_threshold_is_the_best_of_what_was_judged() -> None:
    assert best_threshold([(0.2, False), (0.9, True)], gold=1) == 0.9


def made_up() -> list[Text]:
    """Sixteen texts alike, each of a disease, a sign and a drug; of another disease nothing."""
    return [
        Text(
            f"{name}@{name}患者可有{sign}，用{drug}治疗。勿作子病。",
            ((0, 2, "疾病"), (3, 5, "疾病"), (9, 11, "症状"), (13, 15, "药物"), (20, 22, "疾病")),
            frozenset({(name, "临床表现", sign), (name, "药物治疗", drug)}),
        )
        for name in ("甲病", "己病", "庚病", "辛病")
        for sign, drug in zip(SIGNS, DRUGS, strict=True)
    ]


def test_what_was_learnt_reads_a_new_text() -> None:
    texts = made_up()
    tagger = fit_tagger([Tagged(text.text, text.spans) for text in texts])
    new = "壬病@壬病患者可有胸闷，用癸药治疗。"
    spans = tagger.spans(new)
    assert (9, 11, "症状") in spans
    relater = fit_relater(texts, 0.3)
    found = relater.triples(new, ((0, 2, "疾病"), (9, 11, "症状"), (13, 15, "药物")))
    assert found == {("壬病", "临床表现", "胸闷"), ("壬病", "药物治疗", "癸药")}


def test_what_has_one_chance_counts_together_in_any_order() -> None:
    judged = [(0.9, True), (0.0, True), *[(0.0, False)] * 8]
    assert best_threshold(judged, gold=2) == best_threshold(judged[::-1], gold=2) == 0.9
