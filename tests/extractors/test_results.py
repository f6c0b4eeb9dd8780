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

from extractors.alignment.document import align
from extractors.alignment.results import align_results
from extractors.nlp.sentences import split_sentences
from extractors.quantities.reading import find_quantities
from extractors.results.grammar import Pattern, load_result_grammars, read_result_grammar
from extractors.results.reading import find_results
from extractors.rule_files import ROOT
from kg.errors import RuleError
from kg.model import Document, Extraction, Group, Language, Mention, Passage, Result, Sentence
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


ARMS = [
    ("en", "The <Outcome>response rate</Outcome> was 45% in group A and 28% in group B.",
     "not stated", ["group A: 45%", "group B: 28%"]),
    ("en", "<Outcome>Response</Outcome> was higher with <Drug>losartan</Drug> than with placebo (45% vs 28%).",
     "increased", ["losartan: 45%", "placebo: 28%"]),
    ("en", "Compared with placebo, <Drug>losartan</Drug> lowered <Outcome>relapse</Outcome> (12% vs 25%).",
     "decreased", ["losartan: 12%", "placebo: 25%"]),
    ("en", "<Outcome>ALT</Outcome> in the low-, medium- and high-dose groups was 80, 60 and 40 U/L, respectively.",
     "not stated", ["low: 80", "medium: 60", "high-dose groups: 40 U/L"]),
    ("en", "<Outcome>Proteinuria</Outcome> fell from 3.2 to 1.1 g/d after <Drug>losartan</Drug>.",
     "decreased", ["losartan before: 3.2", "losartan after: 1.1 g/d"]),
    ("en", "<Outcome>Proteinuria</Outcome> before and after treatment was 3.2 and 1.1 g/d (P < 0.05).",
     "decreased", ["before: 3.2", "after: 1.1 g/d"]),
    ("en", "Median <Outcome>survival</Outcome> was 12 months (IQR 8-15) in the <Drug>losartan</Drug> group "
     "and 9 months (IQR 6-11) in the control group.",
     "not stated", ["losartan group: 12 months (IQR 8-15)", "control group: 9 months (IQR 6-11)"]),
    ("en", "<Outcome>Relapse</Outcome> occurred in 18/40 (45%) patients on <Drug>losartan</Drug> and 11/40 (28%) on placebo.",
     "not stated", ["losartan: 18/40 45%", "placebo: 11/40 28%"]),
    ("zh", "观察组和对照组<Outcome>有效率</Outcome>分别为45%和28%，差异有统计学意义。",
     "increased", ["观察组: 45%", "对照组: 28%"]),
    ("zh", "实验组<Outcome>有效率</Outcome>为45%，高于对照组(28%)。",
     "increased", ["实验组: 45%", "对照组: 28%"]),
    ("zh", "与对照组相比，观察组<Outcome>复发率</Outcome>降低(12% vs 25%)。",
     "decreased", ["观察组: 12%", "对照组: 25%"]),
    ("zh", "低、中、高剂量组<Outcome>ALT</Outcome>分别为(80±5)、(60±4)、(40±3) U/L，均低于模型组的(120±9) U/L。",
     "decreased", ["低: 80±5", "中: 60±4", "高剂量组: (40±3) U/L", "模型组: (120±9) U/L"]),
    ("zh", "治疗前后<Outcome>尿蛋白</Outcome>分别为3.2 g/d和1.1 g/d(P<0.01)。",
     "decreased", ["before: 3.2 g/d", "after: 1.1 g/d"]),
    ("zh", "观察组<Outcome>尿蛋白</Outcome>由(3.2±0.5) g/d降至(1.1±0.3) g/d。",
     "decreased", ["观察组 before: (3.2±0.5) g/d", "观察组 after: (1.1±0.3) g/d"]),
    ("zh", "观察组治疗前<Outcome>尿蛋白</Outcome>为3.2 g/d，治疗后为1.1 g/d。",
     "not stated", ["观察组 before: 3.2 g/d", "观察组 after: 1.1 g/d"]),
    ("zh", "观察组<Outcome>有效率</Outcome>为90.0%(36/40)，对照组为70.0%(28/40)，差异有统计学意义。",
     "increased", ["观察组: 90.0% 36/40", "对照组: 70.0% 28/40"]),
    ("zh", "A、B、C三组<Outcome>复发率</Outcome>分别为10%、20%和30%。",
     "not stated", ["A: 10%", "B: 20%", "C三组: 30%"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "direction", "expected"), ARMS)
def test_every_arm_has_its_values(
    language: Language, text: str, direction: str, expected: list[str]
) -> None:
    document, sentences, mentions = marked_document(text, language)
    texts = {q.id: q.text for q in find_quantities(document, sentences, mentions)}
    (result,) = results(text, language)[1]
    told = []
    for arm in result.values:
        name = " ".join(filter(None, [arm.group.text if arm.group else "", arm.phase]))
        told.append(f"{name}: {' '.join(texts[value] for value in arm.values)}")
    assert (result.direction, told) == (direction, expected)


def test_groups_that_are_only_counted_are_those_the_document_names() -> None:
    first, second = "患者随机分为观察组和对照组。", "两组有效率分别为45%和28%(P<0.05)。"
    text, at = first + second, len(first) + 2
    document = Document("d", (Passage("p1", "zh", text),))
    sentences = (Sentence("s1", "p1", 0, len(first), "methods"),
                 Sentence("s2", "p1", len(first), len(text), "results"))  # fmt: skip
    mentions = (Mention("m1", "p1", "s2", at, at + 3, "有效率", "Outcome"),)
    numbers = find_quantities(document, sentences, mentions)
    (result,) = find_results(document, sentences, mentions, numbers, load_result_grammars())
    assert [arm.group and arm.group.text for arm in result.values] == ["观察组", "对照组"]
    assert result.arm is not None
    assert (result.direction, result.arm.role, result.arm.start) == ("increased", "treatment", None)


NAMES: dict[Language, list[str]] = {
    "en": ["the treated group", "the placebo group", "group C", "the sham group"],
    "zh": ["观察组", "对照组", "C组", "模型组"],
}


@given(
    st.sampled_from(["en", "zh"]),
    st.permutations(range(4)),
    st.lists(st.integers(1, 98), min_size=2, max_size=4, unique=True),
    st.sampled_from(["%", " ± 2 mmol/L", " mmol/L"]),
    st.booleans(),
)
def test_each_number_of_a_row_has_the_arm_in_the_same_place(
    language: Language, order: list[int], numbers: list[int], unit: str, front: bool
) -> None:
    names = [NAMES[language][at] for at in order[: len(numbers)]]
    figures = [f"{number}{unit}" for number in numbers]
    if language == "en":
        groups, values = (", ".join(row[:-1]) + " and " + row[-1] for row in (names, figures))
        text = (
            f"In {groups}, urea was {values}, respectively." if front
            else f"Urea was {values} in {groups}, respectively."
        )  # fmt: skip
    else:
        groups, values = ("、".join(row[:-1]) + "和" + row[-1] for row in (names, figures))
        text = f"{groups}尿素分别为{values}。" if front else f"尿素在{groups}分别为{values}。"
    document = Document("d", (Passage("p1", language, text),))
    found = find_quantities(document, split_sentences(document), ())
    told = [quantity.group.text if quantity.group else "" for quantity in found]
    assert all(word and word in name for word, name in zip(told, names, strict=True)), told


def test_two_languages_align_by_their_values_and_tell_a_number_that_differs() -> None:
    def both(value: str) -> Extraction:
        texts: dict[Language, str] = {
            "en": "Relapse was 12% in the control group and 25% in the treated group.",
            "zh": f"复发率在对照组为12%，在治疗组为{value}。",
        }
        passages = tuple(Passage(f"p-{lang}", lang, text) for lang, text in texts.items())
        document = Document("d", passages)
        sentences = tuple(
            Sentence(f"s-{p.language}", p.id, 0, len(p.text), "results") for p in passages
        )
        mentions = (
            Mention("m1", "p-en", "s-en", 0, 7, "Relapse", "Outcome", "HP:0"),
            Mention("m2", "p-zh", "s-zh", 0, 3, "复发率", "Outcome", "HP:0"),
        )
        numbers = find_quantities(document, sentences, mentions)
        found = find_results(document, sentences, mentions, numbers, load_result_grammars())
        return align(Extraction(document, sentences, mentions, (), numbers, results=found))

    same = both("25%")
    assert [result.aligned for result in same.results] == [("x2",), ("x1",)]
    assert not same.discrepancies
    other = both("35%")
    assert [result.aligned for result in other.results] == [("x2",), ("x1",)]
    assert [(d.kind, d.en and d.en.text, d.zh and d.zh.text) for d in other.discrepancies] == [
        ("number", "25%", "35%")
    ]


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
