"""Relations of marked-up sentences, offsets that always hold, and what co-change is.

The sentences are in ``sentences/en.txt`` and ``sentences/zh.txt``: mentions as ``[words|Type]``, then
what the sentence states. A linguist can add a line without knowing Python.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.relations.grammar import load_rules
from extractors.relations.reading import find_relations
from kg.io import extraction_from_json, extraction_to_json
from kg.model import (
    Document,
    Extraction,
    Language,
    Mention,
    MentionType,
    Passage,
    RelationMention,
    Sentence,
)

MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
SENTENCES = Path(__file__).parent / "sentences"
RULES = load_rules()


def parse(marked: str, *, offset: int = 0) -> tuple[str, list[Mention]]:
    """The text without markup, and its mentions, numbered from 1."""
    text, position = "", 0
    mentions: list[Mention] = []
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        start = len(text) + offset
        kind = cast(MentionType, mark[2])
        number = str(len(mentions) + 1)
        mentions.append(Mention(number, "p1", "s1", start, start + len(mark[1]), mark[1], kind))
        text += mark[1]
        position = mark.end()
    return text + marked[position:], mentions


def read(marked: str, language: Language, *, before: str = "") -> tuple[RelationMention, ...]:
    text, mentions = parse(marked, offset=len(before))
    document = Document("d", (Passage("p1", language, before + text),))
    sentence = Sentence("s1", "p1", len(before), len(before) + len(text))
    return find_relations(document, (sentence,), mentions, RULES)


def told(relation: RelationMention) -> str:
    mark = "!" if relation.polarity == "negated" else ""
    mark = mark or ("?" if relation.certainty == "hypothesis" else "")
    ends = [relation.subject, relation.object]
    if relation.predicate == "associated_with":
        ends.sort(key=int)
    return f"{ends[0]} {mark}{relation.predicate} {ends[1]}"


def expected(listed: str) -> set[str]:
    if listed.strip() == "-":
        return set()
    found = set()
    for item in listed.split(";"):
        subject, predicate, object_ = item.split()
        if predicate.endswith("associated_with"):
            subject, object_ = sorted((subject, object_), key=int)
        found.add(f"{subject} {predicate} {object_}")
    return found


CASES = [
    pytest.param(path.stem[:2], line.removeprefix("~ "), line[0] == "~", id=f"{path.stem}-{number}")
    for path in sorted(SENTENCES.glob("*.txt"))
    for number, line in enumerate(path.read_text("utf-8").splitlines())
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "line", "gap"), CASES)
def test_sentence_states(language: Language, line: str, gap: bool) -> None:
    marked, _, listed = line.rpartition(" => ")
    found = {told(relation) for relation in read(marked, language) if not relation.derived}
    assert (found == expected(listed)) != gap, found


@pytest.mark.parametrize(
    ("language", "marked", "aspect"),
    [
        ("en", "[Leptin|Protein] raised the expression of [SOCS3|Protein].", "expression"),
        ("en", "[Leptin|Protein] raised [ALP|Protein] activity.", "activity"),
        ("en", "[Leptin|Protein] raised serum [CRP|Protein] levels.", "level"),
        ("en", "[Leptin|Protein] promotes [autophagy|Process].", "process"),
        ("zh", "[瘦素|Protein]上调[SOCS3|Protein]的表达。", "expression"),
        ("zh", "[瘦素|Protein]可增强[碱性磷酸酶|Protein]活性。", "activity"),
        ("zh", "[瘦素|Protein]可升高[CRP|Protein]水平。", "level"),
        ("zh", "[瘦素|Protein]促进[自噬|Process]。", "process"),
    ],
)
def test_aspect_is_told(language: Language, marked: str, aspect: str) -> None:
    (relation,) = read(marked, language)
    assert relation.aspect == aspect


@pytest.mark.parametrize(
    ("language", "marked", "sign"),
    [
        ("en", "[Leptin|Protein] correlated positively with [weight|Outcome].", "+"),
        ("en", "[Renin|Protein] was inversely associated with [potassium|Outcome].", "-"),
        ("en", "Patients with [lupus|Disease] had lower [C3|Protein] levels.", "-"),
        ("zh", "[瘦素|Protein]与[体重|Outcome]呈正相关。", "+"),
        ("zh", "[肾素|Protein]与[血钾|Outcome]呈负相关。", "-"),
        ("zh", "[红斑狼疮|Disease]患者[C3|Protein]水平降低。", "-"),
    ],
)
def test_association_has_its_sign(language: Language, marked: str, sign: str) -> None:
    (relation,) = read(marked, language)
    assert (relation.predicate, relation.sign) == ("associated_with", sign)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "[Losartan|Drug] lowers [fibrosis|Process] by blocking [TGF-β|Protein]."),
        ("en", "[Losartan|Drug] lowers [fibrosis|Process] through inhibition of [TGF-β|Protein]."),
        ("zh", "[氯沙坦|Drug]通过抑制[TGF-β|Protein]减少[胶原沉积|Process]。"),
    ],
)
def test_mediator_stands_in_via_and_acts_on_the_object(language: Language, marked: str) -> None:
    relations = read(marked, language)
    by_pair = {(r.subject, r.object): r for r in relations}
    mediator, target = ("3", "2") if language == "en" else ("2", "3")
    main = by_pair["1", target]
    assert (main.predicate, main.via) == ("decreases", (mediator,))
    assert by_pair["1", mediator].predicate == "decreases"
    assert by_pair[mediator, target].predicate == "increases"


@pytest.mark.parametrize(
    ("language", "marked", "sign"),
    [
        ("en", "In the kidney, [renin|Protein] increased while [klotho|Protein] decreased.", "-"),
        ("en", "[Renin|Protein] and [klotho|Protein] were measured.", None),
        ("en", "[Renin|Protein] rose and [aldosterone|Drug] increased.", "+"),
        ("zh", "肾组织中[肾素|Protein]表达增加，而[klotho|Protein]表达减少。", "-"),
        ("zh", "检测了[肾素|Protein]和[klotho|Protein]。", None),
        ("zh", "[肾素|Protein]升高，[醛固酮|Drug]亦升高。", "+"),
    ],
)
def test_changes_together_are_a_derived_association(
    language: Language, marked: str, sign: str | None
) -> None:
    derived = [r for r in read(marked, language) if r.derived == "co-change"]
    assert [r.sign for r in derived] == ([] if sign is None else [sign])
    assert all(r.predicate == "associated_with" and r.confidence <= 0.5 for r in derived)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_loss_of_function_is_resolved_and_shown(language: Language) -> None:
    marked = {
        "en": "Knockdown of [HK2|Protein] reduced [glycolysis|Process].",
        "zh": "敲低[HK2|Protein]可抑制[糖酵解|Process]。",
    }[language]
    (relation,) = read(marked, language)
    assert relation.predicate == "increases"
    assert [cue.kind for cue in relation.cues] == ["loss"]


def test_traditional_and_full_width_text_is_read_like_simplified() -> None:
    (relation,) = read("[他克莫司|Drug]顯著減少[ＩＬ－２|Protein]的表達。", "zh")
    assert (relation.predicate, relation.aspect) == ("decreases", "expression")
    assert relation.trigger is not None
    assert relation.trigger.text == "減少"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_offsets_hold_anywhere_in_a_passage(language: Language) -> None:
    marked = {
        "en": "[Losartan|Drug] may not lower [CRP|Protein] 😀.",
        "zh": "[氯沙坦|Drug]可能不降低[CRP|Protein]𠮷。",
    }[language]
    before = "Earlier 𠮷 text; 前文。"
    (relation,) = read(marked, language, before=before)
    text = before + parse(marked)[0]
    assert relation.trigger is not None
    assert text[relation.trigger.start : relation.trigger.end] == relation.trigger.text
    assert relation.cues
    for cue in relation.cues:
        assert text[cue.start : cue.end] == cue.text
        assert len(before) <= (cue.scope_start or 0) <= (cue.scope_end or 0) <= len(text)


PIECES = st.sampled_from(
    ["A", "TNF-α", "他克莫司", "降低", "reduces", "，", ", ", " and ", "、", "(", "）", "𠮷", "未", " no ",
     "-induced ", "诱导的", "。", " which ", "使", "after ", "后", " "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=2, max_size=14), st.sampled_from(["en", "zh"]))
def test_any_mixture_gives_valid_extraction(pieces: list[str], language: Language) -> None:
    text = ""
    mentions: list[Mention] = []
    for piece in pieces:
        if piece in ("A", "TNF-α", "他克莫司"):
            number = f"m{len(mentions)}"
            end = len(text) + len(piece)
            mentions.append(Mention(number, "p1", "s1", len(text), end, piece, "Protein"))
        text += piece
    document = Document("d", (Passage("p1", language, text),))
    sentences = (Sentence("s1", "p1", 0, len(text)),)
    relations = find_relations(document, sentences, mentions, RULES)
    extraction = Extraction(document, sentences, tuple(mentions), relations)
    assert extraction_from_json(extraction_to_json(extraction)) == extraction
    for relation in relations:
        assert relation.trigger is not None
        assert text[relation.trigger.start : relation.trigger.end] == relation.trigger.text


def sections(path: Path) -> dict[str, list[str]]:
    """The sentences of a file by construction; gaps are left out."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line.startswith("#"):
            name = line.removeprefix("# ")
        elif line and not line.startswith("~"):
            found.setdefault(name, []).append(line.rpartition(" => ")[2].strip())
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_construction_has_three_sentences_that_are_read_and_a_near_miss(
    language: Language,
) -> None:
    found = sections(SENTENCES / f"{language}_constructions.txt")
    few = {name: told for name, told in found.items() if sum(t != "-" for t in told) < 3}
    assert not few
    assert [name for name, told in found.items() if "-" not in told] == []
