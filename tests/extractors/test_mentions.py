"""Mentions of marked-up sentences, by the delivered terminology and by structure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import compile_lexicon, load_lexicon
from extractors.nlp.sentences import split_sentences
from kg.model import Document, Language, Mention, Passage
from tests.extractors.marked import unmarked

PIECES = [
    *"、，。.-癌炎", "肾病", "IgA", "(IgAN)", "抑制剂", "p-Akt", "of", "kinase", "受体", "injury", "anti-",
]  # fmt: skip
SCORED = ("Drug", "Protein", "Disease", "Outcome", "Process")
NO_NAMES = compile_lexicon([])


def mentions(text: str, language: Language, *, listed: bool = True) -> list[Mention]:
    document = Document("d", (Passage("p1", language, text),))
    lexicon = load_lexicon() if listed else NO_NAMES
    return list(find_mentions(document, split_sentences(document), lexicon))


def found(text: str, language: Language, *, listed: bool = True) -> list[tuple[str, str]]:
    given = mentions(text, language, listed=listed)
    return [(m.text, m.type) for m in given if m.type in SCORED]


# Without any listed name: what heads, endings, symbols and definitions find.
STRUCTURE_EN = [
    "It blocks the <Process>MAPK/ERK signaling pathway</Process> in the cells.",
    "A <Drug>selective kinase inhibitor</Drug> reduced <Process>cell proliferation</Process>.",
    "The <Outcome>amputation rate</Outcome> fell after <Disease>severe burns</Disease>.",
    "We gave <Drug>evolocumab</Drug> for <Disease>refractory vasculitis</Disease>.",
    "<Protein>miR-21</Protein> and <Protein>IFIT1</Protein> expression rose.",
    "<Protein>p-AKT1</Protein>, <Protein>PTEN</Protein> and <Protein>FOXO</Protein> were upregulated.",
    "The effect of <Protein>mimecan</Protein> protein; <Protein>mimecan</Protein> was low.",
    "<Disease>Acute cholangitis</Disease> (<Disease>AC</Disease>) is rare; <Disease>AC</Disease> kills.",
    "Measured by RT-qPCR and ELISA (optical coherence tomography, OCT) in A549 cells.",
    "<Process>Anti-inflammation</Process> and <Process>autophagy dysfunction</Process> were seen.",
    "Its use was significantly reduced and further studies are needed.",
]  # fmt: skip

STRUCTURE_ZH = [
    "该<Drug>酪氨酸激酶抑制剂</Drug>抑制<Process>细胞增殖</Process>。",
    "<Protein>钙调磷酸酶</Protein>参与<Process>PI3K/Akt信号通路</Process>。",
    "<Disease>难治性血管炎</Disease>患者的<Outcome>截肢率</Outcome>下降。",
    "<Protein>EGFR</Protein>基因与<Protein>miR-33a</Protein>表达升高。",
    "<Disease>急性胆管炎</Disease>（<Disease>acute cholangitis</Disease>，<Disease>AC</Disease>）少见，<Disease>AC</Disease>可致死。",
    "采用Western blot和ELISA检测，差异有统计学意义。",
    "<Disease>粘连性肠梗阻</Disease>患者转入妇科病房，干预后实验组细胞存活。",
    "给予5 mmol/L<Drug>激酶抑制剂</Drug>后基因组学检测。",
]  # fmt: skip


@pytest.mark.parametrize("marked", STRUCTURE_EN)
def test_english_structure(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text, "en", listed=False) == expected


@pytest.mark.parametrize("marked", STRUCTURE_ZH)
def test_chinese_structure(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text, "zh", listed=False) == expected


LISTED_EN = [
    "<Drug>Tacrolimus</Drug> (<Drug>FK506</Drug>) inhibits <Protein>calcineurin</Protein>.",
    "<Disease>Refractory IgA nephropathy</Disease> (<Disease>IgAN</Disease>): <Disease>IgAN</Disease> resists.",
    "The cat was set to impact the rest.",
]  # fmt: skip

LISTED_ZH = [
    "<Drug>他克莫司</Drug>抑制<Protein>钙调磷酸酶</Protein>的表达。",
    "<Drug>普乐可复</Drug>治疗<Disease>难治性 IgA 肾病</Disease>(<Disease>IgAN</Disease>)。",
    "反复发作的患者。",
]  # fmt: skip


@pytest.mark.parametrize("marked", LISTED_EN)
def test_english_names(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text, "en") == expected


@pytest.mark.parametrize("marked", LISTED_ZH)
def test_chinese_names(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text, "zh") == expected


def test_a_qualifier_that_begins_the_sentence_belongs_to_the_mention() -> None:
    assert found("大量蛋白尿。", "zh") == [("大量蛋白尿", "Outcome")]
    assert found("急性胸腔积液少见。", "zh") == [("急性胸腔积液", "Disease")]


def test_a_short_form_has_the_concept_of_its_long_form() -> None:
    text = "IgA nephropathy (IgAN) is common. Tacrolimus treats IgAN."
    concepts = [m.concept for m in mentions(text, "en") if m.type == "Disease"]
    assert len(concepts) == 3
    assert len(set(concepts)) == 1
    assert concepts[0] is not None


def test_a_qualified_name_has_the_concept_of_the_name() -> None:
    plain, qualified = mentions("proteinuria and transient proteinuria", "en")
    assert plain.concept == qualified.concept
    assert qualified.candidates[0].score < plain.candidates[0].score


def test_a_drug_with_a_word_for_therapy_has_the_concept_of_the_drug() -> None:
    plain, treatment = mentions("Tacrolimus, then tacrolimus therapy.", "en")
    assert treatment.text == "tacrolimus therapy"
    assert treatment.concept == plain.concept


def test_a_phrase_is_not_the_general_thing_with_which_it_ends() -> None:
    (mention,) = mentions("Xylophonic stromal tumor.", "en")
    assert mention.type == "Disease"
    assert mention.concept is None
    assert all(candidate.score < 0.5 for candidate in mention.candidates)


@pytest.mark.parametrize(
    "text",
    ["它扮演着重要角色。", "给药途径不同。", "这是一种竞争性抑制剂。", "拟研究其传播途径。"],
)
def test_words_that_end_like_names_are_none(text: str) -> None:
    assert found(text, "zh") == []


def test_a_verb_before_a_name_is_no_part_of_it() -> None:
    assert found("它扮演着致癌的角色。", "zh") == [("致癌", "Process")]


@pytest.mark.parametrize(
    "marked",
    [
        "该药可降低<Outcome>血压</Outcome>，也能减低<Outcome>血脂</Outcome>。",
        "激素升高<Outcome>血糖</Outcome>，提高<Outcome>血压</Outcome>。",
        "新藥能降低<Outcome>血壓</Outcome>。",
        "<Disease>胰腺炎</Disease>后出现<Outcome>低血糖</Outcome>、<Outcome>低血压</Outcome>。",
    ],
)
def test_what_is_lowered_is_not_what_is_low(marked: str) -> None:
    text, expected = unmarked(marked)
    assert [m for m in found(text, "zh") if m[1] != "Drug"] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The percentage of neutrophils fell.", [("neutrophils", "Outcome")]),
        ("en", "The platelet count rose.", [("platelet count", "Outcome")]),
        ("en", "Neutrophils were stained.", []),
        ("zh", "中性粒细胞比例下降。", [("中性粒细胞比例", "Outcome")]),
        ("zh", "培养中性粒细胞。", []),
    ],
)
def test_counted_cells_are_outcomes(
    language: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, language) == expected


def test_a_definition_in_chinese_serves_the_english_text() -> None:
    passages = (
        Passage("p1", "zh", "足细胞损伤（podocyte injury，PIJ）常见。"),
        Passage("p2", "en", "PIJ was severe."),
    )
    document = Document("d", passages)
    given = find_mentions(document, split_sentences(document), load_lexicon())
    assert [(m.text, m.type) for m in given if m.passage == "p2"] == [("PIJ", "Disease")]


def test_a_name_defined_as_something_else_is_not_the_listed_one() -> None:
    text = "Local dye clearance time (CAT) was noted. CAT fell."
    assert "CAT" not in [m.text for m in mentions(text, "en") if m.type == "Protein"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from(["en", "zh"]),
)  # fmt: skip
def test_mentions_stand_in_their_sentences(words: list[str], language: Language) -> None:
    text = ("" if language == "zh" else " ").join(words)
    document = Document("d", (Passage("p1", language, text),))
    sentences = {s.id: s for s in split_sentences(document)}
    last = 0
    for mention in find_mentions(document, tuple(sentences.values()), NO_NAMES):
        sentence = sentences[mention.sentence]
        assert text[mention.start : mention.end] == mention.text
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert mention.start >= last
        last = mention.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环孢素A阻断钙调神经磷酸酶。", [("环孢素A", "Drug"), ("钙调神经磷酸酶", "Protein")]),
        ("肾素-血管紧张素系统阻断有效。", [("肾素-血管紧张素系统阻断", "Drug")]),
        ("托珠单抗阻断白细胞介素-6受体。", [("托珠单抗", "Drug"), ("白细胞介素-6受体", "Protein")]),
        ("凝血酶驱动MAPK信号通路。", [("凝血酶", "Protein"), ("MAPK信号通路", "Process")]),
    ],
)
def test_a_verb_between_two_names_belongs_to_neither(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, "zh") == expected
