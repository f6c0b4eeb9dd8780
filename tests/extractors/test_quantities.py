"""Numbers of marked-up sentences: kind, value, unit, total, and what they describe."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.nlp.sentences import split_sentences
from extractors.quantities.reading import find_quantities
from kg.model import Document, Language, Passage, Quantity
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
     ["measurement 12.5 mm[Hg] (Blood pressure)", "p-value < 0.001 (Blood pressure)"]),
    ("The risk of <Disease>stroke</Disease> rose (OR 1.52, 95% CI 1.10 to 2.09; p=.04).",
     ["ratio 1.52 (stroke)", "p-value 0.04"]),
    ("The hazard ratio for <Disease>stroke</Disease> on the drug was 1.13 (95% confidence interval 0.68-1.89).",
     ["ratio 1.13 (stroke)"]),
    ("Renal function was 53.9 mL/min per 1.73 m2.", ["measurement 53.9 mL/min/{1.73_m2}"]),
    ("An 18-year-old man, mean age 52 years, aged 45 to 60 years.",
     ["age 18 a", "age 52 a", "age 45…60 a"]),
    ("More than 2.5 million people and 1,204 patients.", ["count > 2.5e+06", "count 1204"]),
    ("Of 1 120 patients, 58 <Disease>asthma</Disease> cases kept their <Outcome>weight</Outcome>.",
     ["count 1120", "count 58 of 1120 (asthma)"]),
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
    ("OR=1.52，95%CI：1.10~2.09。", ["ratio 1.52"]),
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


@given(
    st.text(alphabet="0123456789.,%/()<>=~-–±百分之一二十例中mgkd 天年月 ofpatients", max_size=60),
    st.sampled_from(["en", "zh"]),
)
def test_any_text_gives_quantities_that_stand_in_it(text: str, language: Language) -> None:
    document = Document("d", (Passage("p1", language, text),))
    found = find_quantities(document, split_sentences(document), ())
    assert all(text[q.start : q.end] == q.text and q.text == q.text.strip() for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
