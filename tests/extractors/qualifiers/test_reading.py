"""Circumstances of marked sentences, where they were read, and what a document carries over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.context.designs import find_designs
from extractors.nlp.sentences import split_sentences
from extractors.qualifiers.reading import qualify
from kg.io import extraction_from_json, extraction_to_json
from kg.model import (
    Document,
    Extraction,
    Language,
    Mention,
    Passage,
    RelationMention,
    Section,
    Span,
)
from tests.extractors.qualifiers.stated import marked, told

HERE = Path(__file__).parent
LINES = [
    pytest.param(language, line, id=f"{language}-{number}")
    for language in ("en", "zh")
    for number, line in enumerate((HERE / f"sentences_{language}.txt").read_text("utf-8").splitlines())
    if not line.startswith("#")
]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), LINES)
def test_circumstances_of_a_sentence(language: Language, line: str) -> None:
    case = marked(line, language)
    assert told(qualify(case.extraction)) == case.expected


@given(
    st.sampled_from([p.values for p in LINES]),
    st.text("rats mice in, 大鼠细胞；-HK2\u3000\U00020000", max_size=12),
)
def test_offsets_give_the_words_back(given_: tuple[Language, str], noise: str) -> None:
    """Whatever stands around it, a qualifier's words are those of the passage, and JSON agrees."""
    language, line = given_
    case = marked(f"{noise}{line}{noise}", language).extraction
    found = qualify(case)
    (relation,) = found.relations
    text = found.document.passages[0].text
    assert all(text[q.start : q.end] == q.text for q in relation.context)
    assert extraction_from_json(extraction_to_json(found)) == found


def document(language: Language, *parts: tuple[Section, str]) -> Extraction:
    """A document whose last part holds a relation between its first and last marked words."""
    passages = tuple(
        Passage(f"p{n}", language, text.replace("[", "").replace("]", ""), section)
        for n, (section, text) in enumerate(parts, 1)
    )
    sentences = split_sentences(Document("d", passages))
    marked_text, last = parts[-1][1], passages[-1]
    mentions = []
    for number, chunk in enumerate(marked_text.split("[")[1:]):
        words = chunk.split("]")[0]
        start = last.text.index(words)
        sentence = next(s for s in sentences if s.passage == last.id and s.start <= start < s.end)
        mentions.append(
            Mention(f"m{number}", last.id, sentence.id, start, start + len(words), words,
                    "Drug" if number == 0 else "Outcome", f"test:{words}")
        )  # fmt: skip
    relation = RelationMention(
        "r1", mentions[-1].sentence, "m0", "decreases", f"m{len(mentions) - 1}", "x.decreases.test",
        Span(mentions[0].end, mentions[0].end + 1, last.text[mentions[0].end]),
    )  # fmt: skip
    designs = find_designs(Document("d", passages), sentences)
    return Extraction(
        Document("d", passages), sentences, tuple(mentions), (relation,), designs=designs
    )


def context(extraction: Extraction) -> dict[str, tuple[str, str]]:
    """Kind → reach and words of what the relation has."""
    return {q.kind: (q.reach, q.text) for q in qualify(extraction).relations[0].context}


@pytest.mark.parametrize(
    ("language", "parts", "expected"),
    [
        (
            "en",
            [("title", "Losartan in diabetic rats"), ("results", "[Losartan] lowered [albuminuria].")],
            {"species": ("document", "rats"), "setting": ("document", "rats")},
        ),
        (
            "en",
            [("methods", "Sixty mice were used. The mice were old."),
             ("conclusion", "[Losartan] lowered [albuminuria].")],
            {"species": ("document", "mice"), "setting": ("document", "mice were")},
        ),
        (
            "en",
            [("methods", "Mice and rats were used."), ("results", "[Losartan] lowered [albuminuria].")],
            {"setting": ("document", "rats were")},
        ),
        (
            "en",
            [("title", "Losartan in rats"), ("background", "[Losartan] lowers [albuminuria].")],
            {},
        ),
        (
            "en",
            [("title", "Losartan in patients: a meta-analysis"),
             ("results", "[Losartan] lowered [albuminuria].")],
            {},
        ),
        (
            "en",
            [("title", "Losartan in rats"),
             ("results", "In HK-2 cells, [losartan] lowered [albuminuria].")],
            {"cell": ("clause", "HK-2"), "setting": ("clause", "HK-2")},
        ),
        (
            "en",
            [("results", "In mice nothing grew, but [losartan] lowered [albuminuria].")],
            {"species": ("sentence", "mice"), "setting": ("sentence", "mice")},
        ),
        (
            "zh",
            [("title", "氯沙坦对糖尿病大鼠的作用"), ("results", "[氯沙坦]降低[蛋白尿]。")],
            {"species": ("document", "大鼠"), "setting": ("document", "大鼠")},
        ),
        (
            "zh",
            [("methods", "将60例患者随机分为两组。"), ("conclusion", "[氯沙坦]可降低[蛋白尿]。")],
            {"species": ("document", "患者"), "setting": ("document", "随机分为")},
        ),
        ("zh", [("title", "氯沙坦对大鼠的作用"), ("background", "[氯沙坦]降低[蛋白尿]。")], {}),
    ],
)  # fmt: skip
def test_a_document_tells_what_its_sentences_do_not(
    language: Language, parts: list[tuple[Section, str]], expected: dict[str, tuple[str, str]]
) -> None:
    assert context(document(language, *parts)) == expected


def test_two_statements_of_a_sentence_keep_their_own_places() -> None:
    text = "Losartan lowered pressure in rats and reduced laminin in HK-2 cells."
    names = ("Losartan", "pressure", "laminin")
    mentions = tuple(
        Mention(f"m{n}", "p1", "s1", (at := text.index(w)), at + len(w), w, "Outcome", f"test:{w}")
        for n, w in enumerate(names)
    )
    relations = tuple(
        RelationMention(
            f"r{n}", "s1", "m0", "decreases", f"m{n}", "en.decreases.test",
            Span(text.index(w), text.index(w) + len(w), w),
        )
        for n, w in ((1, "lowered"), (2, "reduced"))
    )  # fmt: skip
    passages = (Passage("p1", "en", text, "results"),)
    extraction = Extraction(Document("d", passages), (), mentions, relations)
    extraction = replace(extraction, sentences=split_sentences(extraction.document))
    first, second = qualify(extraction).relations
    assert [q.text for q in first.context if q.kind != "setting"] == ["rats"]
    assert [q.text for q in second.context if q.kind != "setting"] == ["HK-2"]


def test_what_has_a_context_keeps_it() -> None:
    text = "In rats, <subject>aspirin</subject> <trigger>cut</trigger> <object>pain</object>."
    case = marked(text, "en")
    once = qualify(case.extraction)
    assert qualify(once) == once
