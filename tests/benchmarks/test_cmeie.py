"""CMeIE: what is read of its format, told, related and scored."""

from __future__ import annotations

import json

from benchmarks.cmeie import read_text, score_triples
from benchmarks.training.biored_pairs import best_threshold
from benchmarks.training.cmeie_network import STYLE, SUBJECT, fit_teller
from benchmarks.training.cmeie_pairs import Text, fit_relater, pairs
from extractors.mentions.compiling import load_compiled
from extractors.models import chinese
from extractors.models.keeping import Kept
from extractors.models.network import Network
from extractors.models.shape import Shape
from extractors.training.tagging import Schedule

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
    relater = fit_relater(made_up(), 0.3)
    new = "壬病@壬病患者可有胸闷，用癸药治疗。"
    found = relater.triples(new, ((0, 2, "疾病"), (9, 11, "症状"), (13, 15, "药物")))
    assert found == {("壬病", "临床表现", "胸闷"), ("壬病", "药物治疗", "癸药")}


def test_a_network_learns_to_tell_the_triples_of_texts() -> None:
    shape = Shape(chinese.GROUPS, ("Disease",), ("cmeee",), width=32, dilations=(1, 2))
    begun = Kept("begun", "0", Network(shape), "cmeee")
    texts = made_up()
    quick = Schedule(epochs=20, tokens=120, rate=0.005, warm_up=5, styleless=0.0)
    teller = fit_teller(texts * 3, begun, load_compiled(None), schedule=quick)
    known = teller.recogniser.kept.network.shape
    assert known.types == ("Disease", SUBJECT, "临床表现", "药物治疗")
    assert known.styles == ("cmeee", STYLE)
    assert begun.network.shape == shape
    seen = [{found.triple for found in teller.candidates(text.text)} for text in texts]
    assert sum(text.triples <= own for text, own in zip(texts, seen, strict=True)) > 12
    assert {t for text in texts for t in teller.triples(text.text)} <= set().union(*seen)
    assert teller.triples("") == frozenset()


def test_what_has_one_chance_counts_together_in_any_order() -> None:
    judged = [(0.9, True), (0.0, True), *[(0.0, False)] * 8]
    assert best_threshold(judged, gold=2) == best_threshold(judged[::-1], gold=2) == 0.9
