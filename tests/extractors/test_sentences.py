"""Where sentences end (marked by ‖) and which section they belong to."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.nlp.sentences import split_sentences
from extractors.nlp.tokens import tokenize
from kg.model import Document, Language, Passage, Section


def sentences(text: str, language: Language = "en") -> list[str]:
    document = Document("d", (Passage("p1", language, text),))
    return [text[s.start : s.end] for s in split_sentences(document)]


@pytest.mark.parametrize(
    "marked",
    [
        "It fell (P < 0.05). ‖It rose.",
        "Doses of 0.05 mg were given, i.e. half of the usual dose, e.g. at night. ‖All recovered.",
        "Drug A vs. drug B was tested by Smith et al. in 2010. ‖No death occurred.",
        "E. coli and S. aureus were grown. ‖T. reesei was not.",
        "As in Fig. 2 the level rose approx. twofold. ‖It fell later.",
        "Blockade of the renin- angiotensin system helped. ‖14 patients left.",
        "Kinases fell. ‖p-Akt and p-ERK rose; mTOR did not. ‖miR-21 rose.",
        "The mice (n = 8. No mouse died.) were fed. ‖Then they slept.",
        "It was seen before.[12] ‖The next trial failed.[3, 4]",
        "They took vitamin D. ‖The level rose.",
        "It is cut by cathepsin L. ‖Loss of the kinase followed.",
        "They had hepatitis B. ‖Patients of J. Smith did not.",
        "The enzyme is active in vitamin B. subtilis lacks it.",
        'He said "it works." ‖We agree.',
        "Was it safe? ‖Yes! ‖Indeed.",
        "Patients recovered after therapy.The controls did not.".replace(".The", ".‖The"),
        "1. The first drug failed. ‖2. The second one worked.",
        "A dose of 2.5 mg q.d. was used by Dr. Li. ‖It worked.",
    ],
)
def test_english_sentences_end_here(marked: str) -> None:
    expected = [part.strip() for part in marked.split("‖")]
    assert sentences(marked.replace("‖", "")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "他克莫司有效。‖泼尼松无效！‖原因何在？‖不明。",
        "患者分为两组；对照组8例；治疗组9例。‖结果良好。",
        "血清肌酐升高（P<0.05。详见表1），血压下降。‖两组无差异。",
        "取T. reesei培养。‖检测E. coli的生长。",
        "水平升高(P<0.05).‖结论:有效.‖",
        "方法 构建载体.‖结果 表达下降.‖",
        "剂量为0.5mg/kg，疗程1.5年。‖随访。",
        "他说“有效。”‖我们同意。",
        "疗效改善.‖B组无变化.",
    ],
)
def test_chinese_sentences_end_here(marked: str) -> None:
    expected = [part for part in marked.split("‖") if part]
    assert sentences(marked.replace("‖", ""), "zh") == expected


@given(st.text(max_size=200), st.sampled_from(["en", "zh"]))
def test_every_sign_belongs_to_one_sentence(text: str, language: Language) -> None:
    if not text.strip():
        return
    document = Document("d", (Passage("p1", language, text),))
    found = split_sentences(document)
    covered = [n for s in found for n in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    assert all(text[n].isspace() for n in set(range(len(text))) - set(covered))


@pytest.mark.parametrize(
    ("language", "text", "sections"),
    [
        ("en", "METHODS We ran it. It was long. Results: It worked.", ["methods"] * 2 + ["results"]),
        ("en", "Rats ran. In conclusion, it works. It is safe.", [None, "conclusion", "conclusion"]),
        ("en", "Results were good. Methods differ.", [None, None]),
        ("zh", "目的：探讨机制。方法 培养细胞。结果：升高。结论：有效。",
         ["background", "methods", "results", "conclusion"]),
        ("zh", "【目的】探讨。【结果】升高。", ["background", "results"]),
        ("zh", "细胞增殖。综上所述，药物有效。", [None, "conclusion"]),
        ("zh", "结果表明药物有效。", ["conclusion"]),
    ],
)  # fmt: skip
def test_sections(language: Language, text: str, sections: list[Section | None]) -> None:
    found = split_sentences(Document("d", (Passage("p1", language, text),)))
    assert [s.section for s in found] == sections


def test_four_unlabelled_paragraphs_are_the_four_parts() -> None:
    texts = ("Drugs fail.", "We gave them. We watched.", "All slept.", "They tire people.")
    passages = tuple(Passage(f"p{n}", "en", text) for n, text in enumerate(texts))
    found = split_sentences(Document("d", passages))
    assert [s.section for s in found] == [
        "background", "methods", "methods", "results", "conclusion",
    ]  # fmt: skip


def test_the_section_of_the_passage_wins() -> None:
    found = split_sentences(Document("d", (Passage("p1", "en", "Results: good.", "methods"),)))
    assert [s.section for s in found] == ["methods"]


def test_half_of_a_surrogate_pair_is_a_token() -> None:
    assert [token.text for token in tokenize("a \ud800 b", "en")] == ["a", "\ud800", "b"]


@settings(deadline=None)  # the first call loads the tokenizers
@given(st.text(max_size=120), st.sampled_from(["en", "zh"]))
def test_tokens_give_back_the_text(text: str, language: Language) -> None:
    tokens = tokenize(text, language)
    assert all(text[t.start : t.end] == t.text and t.text.strip() for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
