"""Questions in both languages: how they are understood and what is answered."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from typing import Any

import pytest
import yaml

from kg.answers import Answer, answer
from kg.answers.encoding import answer_to_json
from kg.answers.language import INTENTS, check_same_words, load_language, load_verbs, read_language
from kg.answers.understanding import Asked, Unclear, understand
from kg.errors import FormatError
from kg.model import LANGUAGES
from kg.search import Search
from kg.search.building import build_index
from tests.golden import (
    CALCINEURIN,
    HYPERGLYCAEMIA,
    NEPHROTIC,
    PAN,
    PROTEINURIA,
    SYNAPTOPODIN,
    TACROLIMUS,
    shared_store,
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    path = tmp_path_factory.mktemp("answers") / "search.sqlite"
    build_index(path, shared_store())
    with closing(Search(path)) as opened:
        yield opened


def ask(question: str, search: Search, **options: Any) -> Answer:
    return answer(question, shared_store(), search, **options)


@pytest.mark.parametrize(
    ("question", "intent", "a", "b", "verb"),
    [
        ("How does tacrolimus affect synaptopodin?", "effect", TACROLIMUS, SYNAPTOPODIN, "affect"),
        ("what does FK506 do to proteinuria", "effect", TACROLIMUS, PROTEINURIA, None),
        ("What is the effect of PAN on SYNPO?", "effect", PAN, SYNAPTOPODIN, None),
        ("Please, by what mechanism might tacrolimus reduce proteinuria?", "effect", TACROLIMUS, PROTEINURIA, "decrease"),
        ("tacrolimus → synaptopodin", "effect", TACROLIMUS, SYNAPTOPODIN, None),
        ("tacrolimus synaptopodin", "effect", TACROLIMUS, SYNAPTOPODIN, None),
        ("Does tacrolimus treat nephrotic syndrome?", "does", TACROLIMUS, NEPHROTIC, "treat"),
        ("Is nephrotic syndrome treated with tacrolimus?", "does", TACROLIMUS, NEPHROTIC, "treat"),
        ("Is calcineurin associated with synaptopodin?", "does", CALCINEURIN, SYNAPTOPODIN, "associate"),
        ("What treats nephrotic syndrome?", "agents", None, NEPHROTIC, "treat"),
        ("Which drugs can inhibit calcineurin?", "agents", None, CALCINEURIN, "decrease"),
        ("How is nephrotic syndrome treated?", "agents", None, NEPHROTIC, "treat"),
        ("what is calcineurin increased by", "agents", None, CALCINEURIN, "increase"),
        ("What does tacrolimus inhibit?", "targets", TACROLIMUS, None, "decrease"),
        ("which diseases does tacrolimus treat", "targets", TACROLIMUS, None, "treat"),
        ("What are the side effects of tacrolimus?", "targets", TACROLIMUS, None, "cause"),
        ("What lies between tacrolimus and synaptopodin?", "between", TACROLIMUS, SYNAPTOPODIN, None),
        ("Show me the evidence that tacrolimus restores synaptopodin", "evidence", TACROLIMUS, SYNAPTOPODIN, "restore"),
        ("What is the dose of tacrolimus?", "dose", TACROLIMUS, None, None),
        ("what is FK506", "about", TACROLIMUS, None, None),
        ("Has FK506 reduced the level of calcineurin?", "does", TACROLIMUS, CALCINEURIN, "decrease"),
        ("calcineurin is increased by what?", "agents", None, CALCINEURIN, "increase"),
        ("What happens to synaptopodin when tacrolimus is given?", "effect", TACROLIMUS, SYNAPTOPODIN, None),
        ("在肾组织中他克莫司如何影响突触足蛋白的表达？", "effect", TACROLIMUS, SYNAPTOPODIN, "affect"),
        ("In cultured podocytes, how does tacrolimus affect synaptopodin?", "effect", TACROLIMUS, SYNAPTOPODIN, "affect"),
        ("什么与突触足蛋白相关", "agents", None, SYNAPTOPODIN, "associate"),
        ("有什么药可以治肾病综合征", "agents", None, NEPHROTIC, "treat"),
        ("他克莫司如何影响突触足蛋白？", "effect", TACROLIMUS, SYNAPTOPODIN, "affect"),
        ("他克莫司如何影響突觸足蛋白？", "effect", TACROLIMUS, SYNAPTOPODIN, "affect"),
        ("请问他克莫司通过什么机制减轻蛋白尿？", "effect", TACROLIMUS, PROTEINURIA, "treat"),
        ("FK506对synaptopodin有什么影响", "effect", TACROLIMUS, SYNAPTOPODIN, None),
        ("他克莫司能治疗肾病综合征吗？", "does", TACROLIMUS, NEPHROTIC, "treat"),
        ("他克莫司是否降低钙调磷酸酶", "does", TACROLIMUS, CALCINEURIN, "decrease"),
        ("他克莫司对肾病综合征有效吗", "does", TACROLIMUS, NEPHROTIC, "treat"),
        ("钙调磷酸酶与突触足蛋白是否相关", "does", CALCINEURIN, SYNAPTOPODIN, "associate"),
        ("什么可以治疗肾病综合征？", "agents", None, NEPHROTIC, "treat"),
        ("哪些药物抑制钙调磷酸酶", "agents", None, CALCINEURIN, "decrease"),
        ("治疗肾病综合征的药物有哪些？", "agents", None, NEPHROTIC, "treat"),
        ("蛋白尿的病因是什么", "agents", None, PROTEINURIA, "cause"),
        ("他克莫司能治疗什么疾病？", "targets", TACROLIMUS, None, "treat"),
        ("他克莫司有哪些副作用", "targets", TACROLIMUS, None, "cause"),
        ("他克莫司和突触足蛋白之间有什么关系？", "between", TACROLIMUS, SYNAPTOPODIN, None),
        ("有什么证据表明他克莫司恢复突触足蛋白", "evidence", TACROLIMUS, SYNAPTOPODIN, "restore"),
        ("他克莫司的剂量是多少？", "dose", TACROLIMUS, None, None),
        ("他克莫司是什么", "about", TACROLIMUS, None, None),
    ],
)  # fmt: skip
def test_a_question_is_understood(
    search: Search, question: str, intent: str, a: str | None, b: str | None, verb: str | None
) -> None:
    asked = understand(question, search)
    assert isinstance(asked, Asked), asked
    assert (asked.intent, asked.verb.name if asked.verb else None) == (intent, verb)
    assert asked.a is None if a is None else asked.a and asked.a.concept.id == a
    assert asked.b is None if b is None else asked.b and asked.b.concept.id == b


@pytest.mark.parametrize(
    ("question", "verdict", "sentence"),
    [
        (
            "How does tacrolimus affect synaptopodin?",
            "known",
            "Tacrolimus restores synaptopodin (1 document). A path runs through calcineurin: "
            "tacrolimus decreases the activity of calcineurin; calcineurin decreases synaptopodin. "
            "Along this path, tacrolimus would increase synaptopodin.",
        ),
        (
            "他克莫司如何影响突触足蛋白？",
            "known",
            "他克莫司恢复突触足蛋白（1 篇文献）。有一条路径经过钙调磷酸酶：他克莫司降低钙调磷酸酶的活性；"
            "钙调磷酸酶降低突触足蛋白。沿此路径，他克莫司会升高突触足蛋白。",
        ),
        (
            "Does tacrolimus treat nephrotic syndrome?",
            "disputed",
            "Disputed: tacrolimus treats nephrotic syndrome (1 document); but tacrolimus does not "
            "treat nephrotic syndrome (1 document).",
        ),
        (
            "Does tacrolimus affect serum creatinine?",
            "no",
            "No: tacrolimus does not affect serum creatinine (1 document).",
        ),
        (
            "他克莫司会影响血清肌酐吗？",
            "no",
            "否：他克莫司不影响血清肌酐（1 篇文献）。",
        ),
        (
            "Does tacrolimus treat proteinuria?",
            "hypothesis",
            "It is only a hypothesis: tacrolimus may treat proteinuria (1 document).",
        ),
        (
            "Does calcineurin increase synaptopodin?",
            "no",
            "The documents state the contrary: calcineurin decreases synaptopodin (1 document).",
        ),
        (
            "Does tacrolimus increase synaptopodin?",
            "yes",
            "Yes: tacrolimus restores synaptopodin (1 document).",
        ),
        (
            "他克莫司会引起高血糖吗",
            "yes",
            "是：他克莫司引起高血糖（1 篇文献）。",
        ),
        (
            "Does tacrolimus bind synaptopodin?",
            "indirect",
            "That is not stated, but: tacrolimus restores synaptopodin (1 document).",
        ),
        (
            "Does hyperglycemia cause nephrotic syndrome?",
            "unknown",
            "Not known: this graph has no claim on whether this is so "
            "(hyperglycaemia, nephrotic syndrome).",
        ),
        (
            "How does hyperglycaemia affect nephrotic syndrome?",
            "unknown",
            "Not known: this graph has nothing on how hyperglycaemia and nephrotic syndrome are "
            "connected.",
        ),
        (
            "突触足蛋白如何影响他克莫司？",
            "unknown",
            "没有从突触足蛋白到他克莫司的路径，但有反方向的：他克莫司恢复突触足蛋白。",
        ),
        (
            "What treats nephrotic syndrome?",
            "known",
            "One is known: tacrolimus treats nephrotic syndrome (1 document). Against it: "
            "tacrolimus does not treat nephrotic syndrome (1 document).",
        ),
        (
            "哪些蛋白会升高蛋白尿？",
            "known",
            "已知 1 项：Fixturin-9升高蛋白尿（1 篇文献）。",
        ),
        (
            "什么与钙调磷酸酶相关？",
            "known",
            "已知 1 项：钙调磷酸酶负相关于突触足蛋白（1 篇文献）。",
        ),
        (
            "What is associated with synaptopodin?",
            "known",
            "One is known: calcineurin is negatively associated with synaptopodin (1 document).",
        ),
        (
            "Which drugs increase proteinuria?",
            "unknown",
            "Not known: this graph has no such claim about proteinuria.",
        ),
        (
            "What is the dose of tacrolimus?",
            "known",
            "Doses of tacrolimus in the documents: 0.05-0.1 mg/kg/day.",
        ),
        (
            "嘌呤霉素氨基核苷的剂量是多少？",
            "unknown",
            "未知：没有文献给出嘌呤霉素氨基核苷的剂量。",
        ),
        (
            "What is hyperglycemia?",
            "known",
            "Hyperglycaemia (高血糖) is an outcome. Tacrolimus causes hyperglycaemia (1 document).",
        ),
        (
            "How does FK506 affect tacrolimus?",
            "unknown",
            "Both names denote the same concept, tacrolimus.",
        ),
    ],
)
def test_the_answer_in_words(search: Search, question: str, verdict: str, sentence: str) -> None:
    found = ask(question, search)
    assert (found.verdict, found.sentence) == (verdict, sentence)


def test_a_name_that_documents_use_for_another_thing_is_answered_and_said(search: Search) -> None:
    """The words of a translation that differ from the dictionary lead to what they stand for."""
    found = ask("他克莫司如何影响突触蛋白？", search)
    assert found.language == "zh"
    assert [part.concept for part in found.understood] == [TACROLIMUS, SYNAPTOPODIN]
    assert (TACROLIMUS, CALCINEURIN, SYNAPTOPODIN) in [path.concepts for path in found.paths]
    assert found.notes == ("pubmed:900003：“突触蛋白”对应英文“synaptopodin”。",)


def test_a_dose_is_told_once_with_both_sentences(search: Search) -> None:
    (dose,) = ask("他克莫司的剂量是多少？", search).doses
    assert (dose.text, dose.low, dose.high, dose.unit) == (
        "0.05-0.1 mg/kg/天",
        0.05,
        0.1,
        "mg/kg/d",
    )
    assert dose.sentence.startswith("患者服用他克莫司")
    assert dose.counterpart.startswith("They took tacrolimus")


def test_the_answer_can_be_in_the_other_language(search: Search) -> None:
    found = ask("What causes hyperglycemia?", search, language="zh")
    assert found.sentence == "已知 1 项：他克莫司引起高血糖（1 篇文献）。"


def test_evidence_comes_with_both_sentences(search: Search) -> None:
    found = ask("evidence that calcineurin decreases synaptopodin", search)
    (hop,) = found.claims
    (support,) = hop.evidence
    assert [(quote.language, quote.text) for quote in support.quotes] == [
        ("en", "Calcineurin decreased synaptopodin in the cells."),
        ("zh", "钙调磷酸酶降低细胞内的突触足蛋白。"),
    ]


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        ("How does tacrolimmus affect synaptopodin?", "tacrolimmus", "Did you mean tacrolimus?"),
        ("他克莫思如何影响突触足蛋白？", "他克莫思", "您是否要找他克莫司？"),
        ("嘌呤霉对突触足蛋白有什么影响", "嘌呤霉", "没有名为“嘌呤霉”的概念"),
        (
            "How does the new kinase blocker of calcineurin affect synaptopodin?",
            "the new kinase blocker of calcineurin",
            "No concept in this graph is called",
        ),
        ("what is the meaning of life", "the meaning of life", "is called “the meaning of life”"),
        ("hello", "", "The question was not understood. Ask, for instance:"),
        ("你好", "", "没有理解这个问题。"),
        ("", "", "not understood"),
    ],
)
def test_what_is_not_understood_is_said(
    search: Search, question: str, text: str, sentence: str
) -> None:
    unclear = understand(question, search)
    assert isinstance(unclear, Unclear)
    assert unclear.text == text
    found = ask(question, search)
    assert found.verdict == "not-understood"
    assert sentence in found.sentence


def test_every_answer_is_json(search: Search) -> None:
    for question in (
        "What is tacrolimus?",
        "他克莫司如何影响突触足蛋白？",
        "dose of tacrolimus",
        "?",
    ):
        found = answer_to_json(ask(question, search))
        assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def _file(language: str) -> Any:
    text = files("kg.answers").joinpath(f"languages/{language}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_have_words_for_the_same_things(language: str) -> None:
    for other in LANGUAGES:
        check_same_words(load_language(language), load_language(other))
    assert {pattern.intent for pattern in load_language(language).patterns} == set(INTENTS)
    assert set(load_language(language).verbs.values()) == set(load_verbs())


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("language",), "fr", "unknown language fr"),
        (("extra",), 1, "en.yaml: unknown key extra"),
        (("verbs", "increase"), None, "en.yaml: verbs: no key increase"),
        (("verbs", "treat"), ["raise"], "'raise' stands under increase and treat"),
        (("questions", "about"), ["what is {c}"], "no slot {c} in 'what is {c}'"),
        (("questions", "about"), ["what (is {a}"], "is no pattern"),
        (("questions", "agents"), [{"pattern": "x {b}", "verb": "cook"}], "no verb cook"),
        (("words", True), "sure", "the key True is no text; put it in quotes"),
        (("types", "Planet"), ["planet"], "types: unknown key Planet"),
    ],
)
def test_a_wrong_language_file_says_what_and_where(
    path: tuple[Any, ...], value: object, message: str
) -> None:
    data = copy.deepcopy(_file("en"))
    place = data
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    with pytest.raises(FormatError) as raised:
        read_language(data, "en.yaml")
    assert message in str(raised.value)


def test_words_that_differ_between_languages_are_refused() -> None:
    data = copy.deepcopy(_file("zh"))
    data["words"]["counter"] = "{nothing}"
    with pytest.raises(FormatError, match="words counter: other placeholders than in en"):
        check_same_words(load_language("en"), read_language(data, "zh.yaml"))


def test_hyperglycaemia_is_found_in_one_language_only(search: Search) -> None:
    (hop,) = ask("What causes hyperglycemia?", search).claims
    assert hop.target == HYPERGLYCAEMIA
    assert [quote.language for quote in hop.evidence[0].quotes] == ["zh"]
