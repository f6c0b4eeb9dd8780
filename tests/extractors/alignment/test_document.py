"""A document aligned: terms, relations, numbers, and every kind of difference is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.alignment.document import align
from extractors.composition.model import learn_composition
from kg.model import Cue, Extraction, Quantity
from tests.markup import Edge, Line, build_extraction

COMPOSITION = learn_composition(
    [
        ("synaptopodin", "突触足蛋白"),
        ("liver injury", "肝损伤"),
        ("lung injury", "肺损伤"),
        ("liver fibrosis", "肝纤维化"),
    ]
)
TAC = "[tac|Drug|mesh:D016559]"
SYN = "[syn|Protein|HGNC:30672]"


def bare(extraction: Extraction) -> Extraction:
    """The extraction as it is before alignment."""
    return replace(
        extraction,
        sentences=tuple(replace(s, aligned=()) for s in extraction.sentences),
        mentions=tuple(replace(m, aligned=()) for m in extraction.mentions),
        relations=tuple(replace(r, aligned=()) for r in extraction.relations),
    )


def read(*pairs: tuple[Line | None, Line | None]) -> Extraction:
    return align(bare(build_extraction("test:1", pairs)), composition=COMPOSITION)


def kinds(extraction: Extraction) -> list[str]:
    return [discrepancy.kind for discrepancy in extraction.discrepancies]


def linked(extraction: Extraction) -> set[tuple[str, str]]:
    texts = {mention.id: mention.text for mention in extraction.mentions}
    return {
        (m.text, texts[o]) for m in extraction.mentions for o in m.aligned if "en" in m.sentence
    }


def test_same_concept_and_same_predicate_are_one_claim() -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}FK506[/] raised {SYN}synaptopodin[/].", (Edge("tac", "increases", "syn", "raised"),)),
            Line("zh", "results", f"{TAC}他克莫司[/]升高{SYN}突触足蛋白[/]。", (Edge("tac", "increases", "syn", "升高"),)),
        )
    )  # fmt: skip
    assert linked(found) == {("FK506", "他克莫司"), ("synaptopodin", "突触足蛋白")}
    assert [r.aligned for r in found.relations] == [("r-zh0-0",), ("r-en0-0",)]
    assert kinds(found) == []


def test_a_misleading_name_is_read_as_its_counterpart_and_reported() -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}Tacrolimus[/] restored {SYN}synaptopodin[/]."),
            Line("zh", "results", f"{TAC}他克莫司[/]恢复了[x|Protein|FPLX:Synapsin]突触蛋白[/]。"),
        ),
        (
            Line("en", "results", f"{SYN}Synaptopodin[/] was measured."),
            Line("zh", "results", "检测了[x|Protein|FPLX:Synapsin]突触蛋白[/]。"),
        ),
    )
    names = {m.text: m.concept for m in found.mentions}
    assert names["突触蛋白"] == "HGNC:30672"
    assert kinds(found) == ["term"]
    mention = next(m for m in found.mentions if m.text == "突触蛋白")
    assert mention.method == "alignment"
    assert [c.concept for c in mention.candidates] == ["FPLX:Synapsin"]


def test_two_concepts_that_both_languages_name_stay_apart() -> None:
    found = read(
        (
            Line(
                "en", "results", f"{SYN}Synaptopodin[/] and [x|Protein|FPLX:Synapsin]synapsin[/]."
            ),
            Line("zh", "results", f"{SYN}突触足蛋白[/]和[x|Protein|FPLX:Synapsin]突触蛋白[/]。"),
        )
    )
    assert linked(found) == {("Synaptopodin", "突触足蛋白"), ("synapsin", "突触蛋白")}
    assert kinds(found) == []


def test_an_unknown_name_takes_the_concept_of_its_counterpart() -> None:
    found = read(
        (
            Line("en", "results", "[d|Disease|mesh:D056486]Liver injury[/] was severe."),
            Line("zh", "results", "[d|Outcome|]肝损伤[/]严重。"),
        )
    )
    zh = next(m for m in found.mentions if m.text == "肝损伤")
    assert (zh.concept, zh.type, zh.method) == ("mesh:D056486", "Disease", "alignment")
    assert zh.aligned == ("m-en0-0",)


@pytest.mark.parametrize(
    ("zh", "edge", "kind"),
    [
        ("降低", Edge("tac", "decreases", "syn", "降低"), "direction"),
        ("未升高", Edge("tac", "increases", "syn", "升高", "negated", "asserted", "未"), "polarity"),
        ("可能升高", Edge("tac", "increases", "syn", "升高", "positive", "hypothesis", "可能"), "hedge"),
    ],
)  # fmt: skip
def test_differences_between_renditions(zh: str, edge: Edge, kind: str) -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}FK506[/] raised {SYN}synaptopodin[/].", (Edge("tac", "increases", "syn", "raised"),)),
            Line("zh", "results", f"{TAC}他克莫司[/]{zh}{SYN}突触足蛋白[/]。", (edge,)),
        )
    )  # fmt: skip
    assert kinds(found) == [kind]
    assert found.discrepancies[0].message != found.discrepancies[0].message_zh


def test_another_object_is_an_entity_difference() -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}FK506[/] raised [a|Protein|HGNC:6018]IL-6[/].", (Edge("tac", "increases", "a", "raised"),)),
            Line("zh", "results", f"{TAC}他克莫司[/]升高[b|Protein|HGNC:6023]白细胞介素2[/]。", (Edge("tac", "increases", "b", "升高"),)),
        )
    )  # fmt: skip
    assert "entity" in kinds(found)


def test_a_sentence_of_one_language_is_reported_missing() -> None:
    ordinary = [
        (Line("en", "results", f"{TAC}FK506[/] {en} at {n} mg in the rats of the study."),
         Line("zh", "results", f"{TAC}他克莫司[/]{n} mg{zh}，见于研究大鼠。"))
        for n, (en, zh) in enumerate([("rose", "升高"), ("fell", "下降"), ("was safe", "安全")], 5)
    ]  # fmt: skip
    extra = Line("en", "results", f"{SYN}Synaptopodin[/] was 17.5 in 31 donors of a biobank.")
    found = read(*ordinary[:2], (extra, None), *ordinary[2:])
    assert kinds(found) == ["missing"]
    assert found.discrepancies[0].zh is None


def quantity(identifier: str, language: str, text: str, value: float, unit: str) -> Quantity:
    sentence = {"en": "p-en0", "zh": "p-zh0"}[language]
    return Quantity(
        identifier, sentence, f"s-{language}0", 0, len(text), text, "dose", value, value, unit
    )


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(5.0, "mg", []), (5.0, "mg/d", []), (50.0, "mg", ["number"]), (5.0, "g", ["unit"])],
)
def test_numbers(value: float, unit: str, expected: list[str]) -> None:
    pair = (
        Line("en", "methods", f"5 mg of {TAC}FK506[/]"),
        Line("zh", "methods", f"5毫克{TAC}他克莫司[/]"),
    )
    given = replace(
        bare(build_extraction("test:1", [pair])),
        quantities=(
            quantity("q1", "en", "5 mg", 5.0, "mg"),
            quantity("q2", "zh", "5毫克", value, unit),
        ),
    )
    found = align(given, composition=COMPOSITION)
    assert kinds(found) == expected
    assert [bool(q.aligned) for q in found.quantities] == [not expected] * 2


def test_one_language_comes_back_unchanged() -> None:
    alone = bare(build_extraction("test:1", [(Line("en", "results", f"{TAC}FK506[/]."), None)]))
    assert align(alone, composition=COMPOSITION) is alone


def test_counterparts_are_mutual() -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}FK506[/] raised {SYN}synaptopodin[/]."),
            Line("zh", "results", f"{TAC}他克莫司[/]升高{SYN}突触足蛋白[/]。"),
        ),
        (Line("en", "conclusion", f"So {TAC}tacrolimus[/] may help."), Line("zh", "conclusion", "故可能有益。")),
    )  # fmt: skip
    table = {mention.id: mention.aligned for mention in found.mentions}
    assert all(one in table[other] for one, others in table.items() for other in others)
    assert table["m-en1-0"] == ("m-zh0-0",)


def test_symbols_that_differ_in_their_number_are_not_counterparts() -> None:
    found = read(
        (
            Line("en", "results", "[a|Protein|HGNC:1504]Caspase-3[/] was measured."),
            Line("zh", "results", "检测了[b|Protein|HGNC:1509]caspase-8[/]。"),
        )
    )
    assert linked(found) == set()


@pytest.mark.parametrize(
    ("en", "zh", "both"),
    [
        ({"aspect": "expression"}, {}, "expression"),
        ({"aspect": "other"}, {"aspect": "level"}, "level"),
        ({"aspect": "activity"}, {"aspect": "level"}, None),
        ({}, {}, None),
    ],
)
def test_what_one_language_leaves_open_the_other_fills_in(
    en: dict[str, str], zh: dict[str, str], both: str | None
) -> None:
    found = read(
        (
            Line("en", "results", f"{TAC}FK506[/] raised {SYN}synaptopodin[/].", (Edge("tac", "increases", "syn", "raised", extra=tuple(en.items())),)),
            Line("zh", "results", f"{TAC}他克莫司[/]升高{SYN}突触足蛋白[/]。", (Edge("tac", "increases", "syn", "升高", extra=tuple(zh.items())),)),
        )
    )  # fmt: skip
    aspects = [relation.aspect for relation in found.relations]
    assert aspects == ([both, both] if both else [en.get("aspect"), zh.get("aspect")])


def test_a_loss_noticed_in_one_language_is_no_difference_of_the_texts() -> None:
    loss = (Cue("loss", 0, 4, "Loss", "en.context.loss"),)
    found = read(
        (
            Line("en", "results", f"Loss of {TAC}FK506[/] raised {SYN}synaptopodin[/].", (Edge("tac", "decreases", "syn", "raised", extra=(("cues", loss),)),)),
            Line("zh", "results", f"{TAC}他克莫司[/]缺失升高{SYN}突触足蛋白[/]。", (Edge("tac", "increases", "syn", "升高"),)),
        )
    )  # fmt: skip
    assert kinds(found) == []
