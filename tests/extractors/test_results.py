"""Results of marked-up sentences: outcome, direction, arm against comparator, significance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.alignment.results import align_results
from extractors.nlp.sentences import split_sentences
from extractors.quantities.reading import find_quantities
from extractors.results.grammar import ROOT, Pattern, load_result_grammars, read_result_grammar
from extractors.results.reading import find_results
from kg.errors import RuleError
from kg.model import Document, Group, Language, Mention, Passage, Result, Sentence
from tests.extractors.marked import marked_document


def results(text: str, language: Language) -> tuple[list[str], tuple[Result, ...]]:
    """Each result in one line: outcome, direction, arm against comparator, significance."""
    document, sentences, mentions = marked_document(text, language)
    sentences = tuple(replace(s, section="results") for s in sentences)
    names = {mention.id: mention.text for mention in mentions}
    numbers = find_quantities(document, sentences, mentions)
    found = find_results(document, sentences, mentions, numbers, load_result_grammars())
    passage = document.passages[0].text
    for result in found:
        spans = [result.trigger, result.arm, result.comparator]
        assert all(passage[s.start : s.end] == s.text for s in spans if s and s.start is not None)
    lines = []
    for result in found:
        arms = f"{_name(result.arm)} : {_name(result.comparator)}"
        lines.append(" ".join(filter(None, [
            names[result.outcome], result.direction, f"[{arms}]",
            result.significance and f"({result.significance})",
        ])))  # fmt: skip
    return lines, found


def _name(group: Group | None) -> str:
    return "-" if group is None else f"{group.role} {group.text}".strip()


ENGLISH = [
    ("<Outcome>Proteinuria</Outcome> was lower in the <Drug>losartan</Drug> group than in the control group (P < 0.01).",
     ["Proteinuria decreased [treatment losartan group : control control group] (significant)"]),
    ("Compared with placebo, <Drug>losartan</Drug> significantly reduced <Outcome>proteinuria</Outcome>.",
     ["proteinuria decreased [treatment losartan : control placebo]"]),
    ("The treatment group had higher <Outcome>survival</Outcome> than controls.",
     ["survival increased [treatment treatment group : control controls]"]),
    ("There was no significant difference in <Outcome>creatinine</Outcome> between the two groups.",
     ["creatinine no difference [all two groups : -] (not significant)"]),
    ("<Drug>Losartan</Drug> did not reduce <Outcome>mortality</Outcome>.",
     ["mortality no difference [treatment Losartan : -] (not significant)"]),
    ("<Outcome>Quality of life</Outcome> improved and <Outcome>pain</Outcome> improved with <Drug>losartan</Drug>.",
     ["Quality of life increased [treatment losartan : -]", "pain decreased [treatment losartan : -]"]),
    ("<Outcome>Urea</Outcome> rose after <Drug>cisplatin</Drug>, but the difference was not significant.",
     ["Urea no difference [treatment cisplatin : -] (not significant)"]),
    ("<Outcome>Urea</Outcome> was higher with <Drug>cisplatin</Drug> (P = 0.31).",
     ["Urea no difference [treatment cisplatin : -] (not significant)"]),
    ("<Drug>Losartan</Drug> gave a greater reduction in <Outcome>blood pressure</Outcome> than placebo.",
     ["blood pressure decreased [treatment Losartan : control placebo]"]),
    ("<Outcome>Weight loss</Outcome> was smaller in group A than in group B.",
     ["Weight loss decreased [other group A : other group B]"]),
    ("<Drug>Losartan</Drug> was superior to placebo in lowering <Outcome>blood pressure</Outcome>.",
     ["blood pressure decreased [treatment Losartan : control placebo]"]),
    ("<Outcome>Calcineurin</Outcome> rose and <Outcome>albumin</Outcome> fell.",
     ["Calcineurin increased [- : -]", "albumin decreased [- : -]"]),
    ("<Outcome>Relapse</Outcome> occurred in 12% of the <Drug>losartan</Drug> group and 25% of the placebo group (P = 0.02).",
     ["Relapse decreased [treatment losartan group : control placebo group] (significant)"]),
    ("The incidence of <Disease>stroke</Disease> was similar in both groups.",
     ["stroke no difference [all both groups : -] (not significant)"]),
    ("Patients with <Disease>stroke</Disease> were enrolled in both groups.", []),
    ("We aimed to test whether <Drug>losartan</Drug> reduces <Outcome>proteinuria</Outcome>.", []),
]  # fmt: skip

CHINESE = [
    ("<Drug>氯沙坦</Drug>组<Outcome>蛋白尿</Outcome>明显低于对照组(P<0.01)。",
     ["蛋白尿 decreased [treatment 氯沙坦组 : control 对照组] (significant)"]),
    ("与对照组相比，观察组<Outcome>蛋白尿</Outcome>降低。",
     ["蛋白尿 decreased [treatment 观察组 : control 对照组]"]),
    ("观察组<Outcome>血压</Outcome>较对照组升高。", ["血压 increased [treatment 观察组 : control 对照组]"]),
    ("两组<Outcome>肌酐</Outcome>比较，差异无统计学意义(P>0.05)。",
     ["肌酐 no difference [all 两组 : -] (not significant)"]),
    ("观察组<Outcome>生活质量</Outcome>优于对照组。", ["生活质量 increased [treatment 观察组 : control 对照组]"]),
    ("观察组<Outcome>疼痛</Outcome>改善。", ["疼痛 decreased [treatment 观察组 : -]"]),
    ("A组<Outcome>蛋白尿</Outcome>高于B组。", ["蛋白尿 increased [other A组 : other B组]"]),
    ("治疗后<Outcome>血压</Outcome>低于治疗前。", ["血压 decreased [treatment 治疗后 : baseline 治疗前]"]),
    ("<Drug>氯沙坦</Drug>未降低<Outcome>死亡率</Outcome>。", ["死亡率 no difference [treatment 氯沙坦 : -] (not significant)"]),
    ("观察组<Outcome>蛋白尿</Outcome>降低，但差异无统计学意义。",
     ["蛋白尿 no difference [treatment 观察组 : -] (not significant)"]),
    ("可显著降低患者血清<Outcome>肌酐</Outcome>水平，缩短病程。", ["肌酐 decreased [- : -]"]),
    ("探讨<Drug>氯沙坦</Drug>能否降低<Outcome>蛋白尿</Outcome>。", []),
    ("<Disease>卒中</Disease>患者分为两组。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert results(text, "en")[0] == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: list[str]) -> None:
    assert results(text, "zh")[0] == expected


def test_values_belong_to_their_arms() -> None:
    text = (
        "<Outcome>Relapse</Outcome> was lower with <Drug>losartan</Drug> than with placebo "
        "(12.0% vs 25.0%; P = 0.02)."
    )
    document, sentences, mentions = marked_document(text, "en")
    numbers = find_quantities(document, sentences, mentions)
    texts = {number.id: number.text for number in numbers}
    (result,) = results(text, "en")[1]
    assert [texts[name] for name in result.arm_values] == ["12.0%"]
    assert [texts[name] for name in result.comparator_values] == ["25.0%"]
    assert texts[result.p_value or ""] == "P = 0.02"


def test_a_lettered_group_has_the_drug_that_the_text_gives_it() -> None:
    first = "Rats were given losartan (group A) or saline (group B)."
    second = "Proteinuria was lower in group A than in group B."
    text = f"{first} {second}"
    at = text.index("Proteinuria")
    document = Document("d", (Passage("p1", "en", text),))
    sentences = (Sentence("s1", "p1", 0, len(first), "methods"),
                 Sentence("s2", "p1", len(first) + 1, len(text), "results"))  # fmt: skip
    mentions = (
        Mention("m1", "p1", "s1", 16, 24, "losartan", "Drug"),
        Mention("m2", "p1", "s1", 38, 44, "saline", "Drug"),
        Mention("m3", "p1", "s2", at, at + 11, "Proteinuria", "Outcome"),
    )
    (result,) = find_results(document, sentences, mentions, (), load_result_grammars())
    assert result.arm is not None
    assert result.comparator is not None
    assert (result.arm.mention, result.comparator.mention) == ("m1", "m2")
    assert (result.arm.role, result.comparator.role) == ("treatment", "control")


def test_two_languages_that_part_are_told() -> None:
    sentences = {
        "s1": Sentence("s1", "p1", 0, 9, aligned=("s2",)),
        "s2": Sentence("s2", "p2", 0, 9, aligned=("s1",)),
    }
    terms = {"m1": "urea", "m2": "urea"}
    languages = {"s1": "en", "s2": "zh"}
    arm, other = Group("treatment"), Group("control")
    en = Result("x1", "s1", "m1", "increased", "en.result.a", arm=arm, comparator=other)
    zh = Result("x2", "s2", "m2", "decreased", "zh.result.a", arm=arm, comparator=other)
    aligned, told = align_results((en, zh), sentences, terms, languages)
    assert [result.aligned for result in aligned] == [("x2",), ("x1",)]
    assert [item.kind for item in told] == ["direction"]
    turned = replace(zh, arm=other, comparator=arm)
    assert align_results((en, turned), sentences, terms, languages)[1] == ()


@given(
    st.lists(
        st.sampled_from(["losartan ", "group ", "than ", "compared with ", "lower ", "no ", "; ",
                         "difference ", "placebo ", "pain ", "12% ", "P>0.05 ", "观察组", "低于", "较", "无"]),
        max_size=14,
    ),
    st.sampled_from(["en", "zh"]),
)  # fmt: skip
def test_any_row_of_words_is_read_within_its_text(words: list[str], language: Language) -> None:
    text = "".join(words) + "."
    document = Document("d", (Passage("p1", language, text),))
    sentences = split_sentences(document)
    mentions = [
        Mention(f"m{n}", "p1", next(s.id for s in sentences if s.start <= at < s.end), at,
                at + 4, "pain", "Outcome")
        for n, at in enumerate(i for i in range(len(text)) if text.startswith("pain", i))
    ]  # fmt: skip
    numbers = find_quantities(document, sentences, mentions)
    found = find_results(document, sentences, mentions, numbers, load_result_grammars())
    for result in found:
        for span in (result.trigger, result.arm, result.comparator):
            if span is not None and span.start is not None:
                assert text[span.start : span.end] == span.text


_MARK = re.compile(r"<(/?)(arm|comparator|outcome|trigger)>")


def _example(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The plain text of an example and where each marked part stands in it."""
    plain, places, position, start = "", {}, 0, 0
    for mark in _MARK.finditer(marked):
        plain += marked[position : mark.start()]
        position = mark.end()
        if mark[1]:
            places[mark[2]] = (start, len(plain))
        else:
            start = len(plain)
    return plain + marked[position:], places


def _patterns() -> Iterator[tuple[Language, Pattern]]:
    for language, grammar in load_result_grammars().items():
        for pattern in grammar.patterns:
            yield language, pattern


@pytest.mark.parametrize(
    ("language", "pattern"), list(_patterns()), ids=lambda x: getattr(x, "id", "")
)
def test_examples_of_the_patterns(language: Language, pattern: Pattern) -> None:
    assert pattern.match
    assert pattern.no_match
    for marked in (*pattern.match, *pattern.no_match):
        text, places = _example(marked)
        document = Document("d", (Passage("p1", language, text),))
        sentences = (Sentence("s1", "p1", 0, len(text), "results"),)
        start, end = places["outcome"]
        mentions = [Mention("o", "p1", "s1", start, end, text[start:end], "Outcome")]
        at = text.lower().find("losartan")
        if at >= 0:
            mentions.append(Mention("a", "p1", "s1", at, at + 8, text[at : at + 8], "Drug"))
        found = find_results(document, sentences, mentions, (), load_result_grammars())
        own = [result for result in found if result.rule == pattern.id]
        if marked in pattern.no_match:
            assert not own
            continue
        assert own, [result.rule for result in found]
        read = {"trigger": own[0].trigger, "arm": own[0].arm, "comparator": own[0].comparator}
        assert {name: (s.start, s.end) for name, s in read.items() if s and name in places} == {
            name: place for name, place in places.items() if name != "outcome"
        }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_patterns_of_the_languages_have_one_shape(language: Language) -> None:
    data = yaml.safe_load((ROOT / language / "results.yaml").read_text(encoding="utf-8"))
    other = yaml.safe_load((ROOT / "en" / "results.yaml").read_text(encoding="utf-8"))
    assert set(data) == set(other)
    assert set(data["words"]) == set(other["words"])
    assert set(data["groups"]) == set(other["groups"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("patterns:", "pattern:", "pattern"),
        ("  up:\n", "  upward:\n", "upward"),
        ("order: outcome trigger\n", "order: outcome thing\n", "thing"),
        ("id: en.result.trigger-outcome\n", "id: en.result.outcome-trigger\n", "used twice"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    for name in ("results.yaml", "triggers.yaml"):
        text = (ROOT / "en" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        read_result_grammar(folder / "results.yaml", "en")
