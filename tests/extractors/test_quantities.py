"""Numbers of marked-up sentences: kind, value, unit, total, and what they describe."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.nlp.sentences import split_sentences
from extractors.quantities.amounts import number_value
from extractors.quantities.reading import find_quantities
from extractors.quantities.rules import (
    IntervalRule,
    QuantityRule,
    load_quantity_rules,
    read_quantity_rules,
)
from extractors.tables import read_table
from kg.errors import RuleError
from kg.model import LANGUAGES, Document, Language, Passage, Quantity
from tests.extractors.marked import marked_document


def quantities(text: str, language: Language) -> list[tuple[Quantity, str | None]]:
    document, sentences, mentions = marked_document(text, language)
    names = {mention.id: mention.text for mention in mentions}
    return [(q, names.get(q.of or "")) for q in find_quantities(document, sentences, mentions)]


def told(text: str, language: Language) -> list[str]:
    """Each quantity in one line: kind, comparator, value, unit, total, what it describes."""
    lines = []
    for quantity, name in quantities(text, language):
        low, high = quantity.low, quantity.high
        value = f"{low:g}" if low == high else f"{low:g}…{high:g}"
        if quantity.value is not None:
            value = f"{quantity.value:g} [{value} {quantity.interval}]"
        if quantity.sd is not None:
            value = f"{value}±{quantity.sd:g}"
        total = f"of {quantity.total:g}" if quantity.total else ""
        parts = (quantity.kind, quantity.comparator, value, quantity.unit, total,
                 f"({name})" if name else "")  # fmt: skip
        lines.append(" ".join(part for part in parts if part))
    return lines


ENGLISH = [
    ("They took <Drug>aspirin</Drug> (75-100 mg/day) and <Drug>statins</Drug> (20 mg).",
     ["dose 75…100 mg/d (aspirin)", "dose 20 mg (statins)"]),
    ("Rats received 10 mg·kg-1·d-1 <Drug>metformin</Drug> for 4 weeks.",
     ["dose 10 mg/kg/d (metformin)", "duration 4 wk (metformin)"]),
    ("<Drug>Atorvastatin</Drug> [2 mg/(kg.d)] was given.", ["dose 2 mg/kg/d (Atorvastatin)"]),
    ("Cells met 5 μmol/L <Drug>cisplatin</Drug>.", ["dose 5 umol/L (cisplatin)"]),
    ("Of the 40 patients, 5 were lost and 31 had a <Outcome>response</Outcome>.",
     ["count 40", "count 5 of 40 (response)", "count 31 of 40 (response)"]),
    ("<Outcome>Relapse</Outcome> occurred in 9 out of 12 cases.", ["count 9 of 12 (Relapse)"]),
    ("<Outcome>Cure</Outcome> was seen in 24/32 (75.0%).",
     ["fraction 24 of 32 (Cure)", "percentage 75 % (Cure)"]),
    ("Twenty-three <Disease>asthma</Disease> patients died.", ["count 23 (asthma)"]),
    ("<Outcome>Mortality</Outcome> was 10%-20%, up to 35 percent.",
     ["percentage 10…20 % (Mortality)", "percentage ≤ 35 % (Mortality)"]),
    ("<Outcome>Blood pressure</Outcome> fell by 12.5 ± 3.1 mmHg (P < 0.001).",
     ["measurement 12.5±3.1 mm[Hg] (Blood pressure)", "p-value < 0.001 (Blood pressure)"]),
    ("The risk of <Disease>stroke</Disease> rose (OR 1.52, 95% CI 1.10 to 2.09; p=.04).",
     ["ratio 1.52 [1.1…2.09 confidence] (stroke)", "p-value 0.04"]),
    ("The hazard ratio for <Disease>stroke</Disease> on the drug was 1.13 (95% confidence interval 0.68-1.89).",
     ["ratio 1.13 [0.68…1.89 confidence] (stroke)"]),
    ("Renal function was 53.9 mL/min per 1.73 m2.", ["measurement 53.9 mL/min/{1.73_m2}"]),
    ("An 18-year-old man, mean age 52 years, aged 45 to 60 years.",
     ["age 18 a", "age 52 a", "age 45…60 a"]),
    ("More than 2.5 million people and 1,204 patients.", ["count > 2.5e+06", "count 1204"]),
    ("Of 1 120 patients, 58 <Disease>asthma</Disease> cases kept their <Outcome>weight</Outcome>.",
     ["count 1120", "count 58 of 1120 (asthma)"]),
    ("<Drug>Aspirin</Drug> 100 mg twice daily, then 3 times a week or every 12 hours.",
     ["dose 100 mg (Aspirin)", "frequency 2 /d (Aspirin)", "frequency 3 /wk (Aspirin)", "frequency 1 /(12.h) (Aspirin)"]),
    ("Stroke came at 1.5 per 100 person-years and 12 per 100,000 inhabitants.",
     ["rate 1.5 /(100.a)", "rate 12 /100000"]),
    ("Values were 12.1±3.2 vs 20.4±4.0 mg/d at week 24.",
     ["measurement 12.1±3.2 mg/d", "measurement 20.4±4 mg/d", "time-point 24 wk"]),
    ("The median stay was 5 days (IQR 3-9), with a mean difference of -1.2 (95% CI -2.0 to -0.4).",
     ["duration 5 [3…9 interquartile] d", "ratio -1.2 [-2…-0.4 confidence]"]),
    ("It rose 2.5-fold after 8 weeks (r = -0.43, n = 30).",
     ["fold-change 2.5 {fold}", "time-point 8 wk", "correlation -0.43", "group-size 30"]),
    ("There were 10 rats per group; two-thirds and three quarters lived.",
     ["group-size 10", "fraction 2 of 3", "fraction 3 of 4"]),
    ("The change was −0.33% at 6 months.", ["percentage -0.33 %", "time-point 6 mo"]),
    ("<Outcome>LDL cholesterol</Outcome> was kept between 40 and 80 mg/dL.",
     ["measurement 40…80 mg/dL (LDL cholesterol)"]),
    ("After 6 months, 9 showed a <Outcome>response</Outcome>; the 11 patients of month 6.",
     ["time-point 6 mo", "count 11", "time-point 6 mo"]),
    ("Number " + "1" * 400 + " of 5.", []),
    ("<Protein>IL-6</Protein>, C57 mice, CD4 and Figure 2 hold no quantity.", []),
]  # fmt: skip

CHINESE = [
    ("给予<Drug>阿司匹林</Drug>（75~100 mg/天）和<Drug>他汀</Drug>20毫克。",
     ["dose 75…100 mg/d (阿司匹林)", "dose 20 mg (他汀)"]),
    ("共纳入４０例<Disease>哮喘</Disease>患者。", ["count 40 (哮喘)"]),
    ("40例患者中，31例<Outcome>缓解</Outcome>，5例失访。", ["count 40", "count 31 of 40 (缓解)", "count 5 of 40 (缓解)"]),
    ("<Outcome>有效率</Outcome>为92.5%(37/40)，P＜0.05。",
     ["percentage 92.5 % (有效率)", "fraction 37 of 40 (有效率)", "p-value < 0.05 (有效率)"]),
    ("随访6个月以上，1个月内<Outcome>复发</Outcome>。", ["duration ≥ 6 mo (复发)", "duration ≤ 1 mo (复发)"]),
    ("2012年3月至2015年6月，疗程3年。", ["duration 3 a"]),
    ("年龄18~65岁，约1.2万例，百分之五。", ["age 18…65 a", "count ~ 12000", "percentage 5 %"]),
    ("OR=1.52，95%CI：1.10~2.09。", ["ratio 1.52 [1.1…2.09 confidence]"]),
    ("<Drug>阿司匹林</Drug>100 mg，每日2次，或每12小时一次，每周3次。",
     ["dose 100 mg (阿司匹林)", "frequency 2 /d (阿司匹林)", "frequency 1 /(12.h) (阿司匹林)", "frequency 3 /wk (阿司匹林)"]),
    ("发病率为1.5/100人年，患病率12.3/10万，3.2‰。", ["rate 1.5 /(100.a)", "rate 12.3 /100000", "rate 3.2 [ppth]"]),
    ("分别为12.1±3.2和20.4±4.0 mg/d，P均<0.05。",
     ["measurement 12.1±3.2 mg/d", "measurement 20.4±4 mg/d", "p-value < 0.05"]),
    ("治疗后3个月、第7天及8周后，住院5天（四分位数间距3~9）。",
     ["time-point 3 mo", "time-point 7 d", "time-point 8 wk", "duration 5 [3…9 interquartile] d"]),
    ("升高2.5倍，呈负相关（r＝-0.43），P 值为0.03。", ["fold-change 2.5 {fold}", "correlation -0.43", "p-value 0.03"]),
    ("随机分为两组，每组10只，对照组（n＝30）；三分之一存活。", ["group-size 10", "group-size 30", "fraction 1 of 3"]),
    ("均数差为-1.2（95%可信区间：-2.0~-0.4）。", ["ratio -1.2 [-2…-0.4 confidence]"]),
    ("二十三例，一百二十例，1.2万例，３０％。", ["count 23", "count 120", "count 12000", "percentage 30 %"]),
    ("共随访.6个月后复查，降低缩短。", ["time-point 6 mo"]),
    ("一般情况良好，统一治疗，1种方法，百余篇。", ["count > 100"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: list[str]) -> None:
    assert told(text, "zh") == expected


def test_both_languages_give_one_value_and_unit() -> None:
    english = told("<Drug>prednisone</Drug> (0.5 mg/kg/day)", "en")
    chinese = told("<Drug>泼尼松</Drug>（0.5毫克/千克/天）", "zh")
    assert english == ["dose 0.5 mg/kg/d (prednisone)"]
    assert chinese == ["dose 0.5 mg/kg/d (泼尼松)"]


def _cases() -> Iterator[tuple[str, str, str | None]]:
    """Every marked example of the rules: rule, plain text, and its quantity where it has one."""
    for language in LANGUAGES:
        rules, intervals = load_quantity_rules(language)
        every: tuple[QuantityRule | IntervalRule, ...] = (*rules, *intervals)
        for rule in every:
            for text in rule.match:
                yield language, rule.id, text
            for text in rule.no_match:
                yield language, f"!{rule.id}", text


@pytest.mark.parametrize(("language", "rule", "marked"), list(_cases()))
def test_examples_of_the_rules(language: Language, rule: str, marked: str) -> None:
    expected = re.findall(r"<q>(.*?)</q>", marked)
    text = re.sub(r"</?q>", "", marked)
    document = Document("d", (Passage("p1", language, text),))
    found = find_quantities(document, split_sentences(document), ())
    told = [q.text for q in found if q.rule == rule.strip("!")]
    if ".interval." in rule:
        kind = next(r.interval for r in load_quantity_rules(language)[1] if r.id == rule.strip("!"))
        assert any(q.interval == kind for q in found) != rule.startswith("!")
    elif rule.startswith("!"):
        assert not told
    else:
        assert expected
        assert [words for words in expected if words in told] == expected


def test_units_are_ucum() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pint, which ucumvert reads units with
        from ucumvert import get_ucum_parser  # type: ignore[import-untyped]

        parser = get_ucum_parser()
    units = {row[1] for language in LANGUAGES for row in read_table(language, "units.tsv", 3)}
    units |= {rule.unit for one in LANGUAGES for rule in load_quantity_rules(one)[0] if rule.unit}
    units |= {"/(12.h)", "/(100.a)", "/100000", "mg/kg/d", "/mo"}
    wrong = []
    for unit in sorted(units):
        try:
            parser.parse(unit)
        except Exception as error:
            wrong.append(f"{unit}: {error}")
    assert not wrong


def test_a_quantity_has_its_group_and_its_time_point() -> None:
    english = "At week 12, <Outcome>relapse</Outcome> was 12% in the control group and 25% in the treated group."
    found = {q.text: q for q, _ in quantities(english, "en")}
    assert [found[t].group.text for t in ("12%", "25%")] == ["control group", "treated group"]  # type: ignore[union-attr]
    assert found["12%"].time == found["At week 12"].id
    chinese = "治疗后12周，观察组<Outcome>复发率</Outcome>为12%，对照组为25%。"
    found = {q.text: q for q, _ in quantities(chinese, "zh")}
    assert [found[t].group.text for t in ("12%", "25%")] == ["观察组", "对照组"]  # type: ignore[union-attr]


_DIGITS_ZH = "零一二三四五六七八九"


def _chinese(number: int) -> str:
    """A number below 1000 in Chinese numerals: 23 → 二十三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = f"{_DIGITS_ZH[hundreds]}百" if hundreds else ""
    if tens:
        parts += ("" if tens == 1 and not hundreds else _DIGITS_ZH[tens]) + "十"
    elif hundreds and ones:
        parts += "零"
    return parts + (_DIGITS_ZH[ones] if ones else "")


@given(st.integers(min_value=1, max_value=999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert number_value(_chinese(number)) == number
    assert told(f"共{_chinese(number)}例。", "zh") == [f"count {number:g}"]


@given(st.integers(min_value=1, max_value=9_999_999), st.sampled_from(["{}", "{:,}"]))
def test_digits_are_read_back(number: int, form: str) -> None:
    written = form.format(number)
    wide = written.translate({ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789,"})
    for text, language in ((f"{written} patients", "en"), (f"{wide}例", "zh")):
        (found,) = quantities(text, language)  # type: ignore[arg-type]
        assert found[0].low == found[0].high == number


@given(st.decimals(min_value=0, max_value=9999, places=2), st.decimals(0, 99, places=1))
def test_means_are_read_back(mean: Decimal, sd: Decimal) -> None:
    ((found, _),) = quantities(f"Urea was {mean} ± {sd} mmol/L.", "en")
    assert (found.low, found.sd, found.unit) == (float(mean), float(sd), "mmol/L")


@pytest.mark.parametrize(
    ("change", "told_of"),
    [({"kind": "weight"}, "weight"), ({"before": "("}, "regular"), ({"colour": 1}, "colour"),
     ({"match": []}, "example"), ({"id": "zh.quantity.x"}, "id")],
)  # fmt: skip
def test_a_wrong_rule_is_told(change: dict[str, Any], told_of: str) -> None:
    rule = {"id": "en.quantity.x", "kind": "dose", "before": "x", "match": ["a"], "no_match": ["b"]}
    with pytest.raises(RuleError, match=told_of):
        read_quantity_rules({"rules": [rule | change], "intervals": []}, "en", "here")


@given(
    st.text(alphabet="0123456789.,%/()<>=~-–±百分之一二十例中mgkd 天年月 ofpatients", max_size=60),
    st.sampled_from(["en", "zh"]),
)
def test_any_text_gives_quantities_that_stand_in_it(text: str, language: Language) -> None:
    document = Document("d", (Passage("p1", language, text),))
    found = find_quantities(document, split_sentences(document), ())
    assert all(text[q.start : q.end] == q.text and q.text == q.text.strip() for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
