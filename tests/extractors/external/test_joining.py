"""What becomes of mentions and relations when several readers have read one document."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.external.checking import checked, read_with
from extractors.external.joining import add_second_readings, join, merge_relations
from extractors.external.values import Named, Reading
from extractors.mentions.lexicon import Lexicon, load_lexicon
from kg.errors import ReaderError
from kg.model import Document, Mention, MentionType, Passage, RelationMention, Sentence
from kg.qualifiers import Qualifier

TEXT = "Sirolimus lowered serum creatinine. 𝛂-Zorbin rose."
DOCUMENT = Document("test:1", (Passage("p1", "en", TEXT), Passage("p2", "zh", "新药甲降低肌酐。")))
SENTENCES = (
    Sentence("s1", "p1", 0, 35),
    Sentence("s2", "p1", 36, len(TEXT)),
    Sentence("s3", "p2", 0, 8),
)


def mention(
    words: str, identifier: str = "x", kind: MentionType = "Drug", concept: str | None = None
) -> Mention:
    """The first place of some words in the document."""
    passage = next(one for one in DOCUMENT.passages if words in one.text)
    start = passage.text.index(words)
    return Mention(
        identifier, passage.id, "", start, start + len(words), words, kind, concept, 1.0, "test"
    )


def ours(words: str, identifier: str, kind: MentionType = "Drug") -> Mention:
    (placed,) = checked(
        Reading((mention(words, identifier, kind),)), "ours", DOCUMENT, SENTENCES
    ).mentions
    return placed


def reading(*mentions: Mention, relations: tuple[RelationMention, ...] = ()) -> Reading:
    return checked(Reading(mentions, relations), "reader:test@1", DOCUMENT, SENTENCES)


def relation(subject: str, object_: str) -> RelationMention:
    return RelationMention("1", "", subject, "decreases", object_, "")


@pytest.mark.parametrize(
    ("own", "theirs", "left"),
    [
        (["Sirolimus"], ["Sirolimus"], {"Sirolimus": "reader:ours"}),
        (["creatinine"], ["serum creatinine"], {"serum creatinine": "reader:test@1"}),
        (["serum creatinine"], ["creatinine"], {"serum creatinine": "reader:ours"}),
        (["lowered serum"], ["serum creatinine"], {"serum creatinine": "reader:test@1"}),
        ([], ["Sirolimus", "𝛂-Zorbin"], {"Sirolimus": "reader:test@1", "𝛂-Zorbin": "reader:test@1"}),
    ],
)  # fmt: skip
def test_each_stretch_is_one_mention(
    own: list[str], theirs: list[str], left: dict[str, str]
) -> None:
    mine = [ours(words, f"m{number}") for number, words in enumerate(own)]
    others = reading(*(mention(words, words) for words in theirs))
    joined = join(DOCUMENT, SENTENCES, mine, [others])
    told = {m.text: m.method.replace("ours", "reader:ours") for m in joined.mentions}
    assert told == left
    assert [m.id for m in joined.mentions] == [f"m{n}" for n in range(1, len(left) + 1)]


def test_a_mention_that_a_relation_needs_stays_as_it_was_given() -> None:
    mine = [ours("serum creatinine", "m1", "Outcome")]
    others = reading(
        mention("Sirolimus", "a"), mention("creatinine", "b", "Outcome"),
        relations=(relation("a", "b"),),
    )  # fmt: skip
    joined = join(DOCUMENT, SENTENCES, mine, [others])
    assert [m.text for m in joined.mentions] == ["Sirolimus", "creatinine"]
    (stated,) = joined.relations
    assert (stated.subject, stated.object, stated.sentence) == ("m1", "m2", "s1")
    assert stated.rule == "reader:test@1"


def test_a_name_inside_another_is_kept_for_the_relation_that_needs_it() -> None:
    others = reading(
        mention("Sirolimus", "a"), mention("serum creatinine", "b", "Outcome"),
        mention("creatinine", "c", "Outcome"),
        relations=(relation("a", "b"), relation("a", "c")),
    )  # fmt: skip
    joined = join(DOCUMENT, SENTENCES, [], [others])
    assert {m.text for m in joined.mentions if m.id in joined.nested} == {"creatinine"}
    assert len(joined.relations) == 2


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("words", "kind", "concept", "found"),
    [
        ("Sirolimus", "Drug", None, ("mesh:D020123", "Drug")),
        ("Sirolimus", "Protein", "mesh:D020123", ("mesh:D020123", "Drug")),
        ("𝛂-Zorbin", "Protein", None, (None, "Protein")),
        ("𝛂-Zorbin", "Protein", "HGNC:0", ("HGNC:0", "Protein")),
        ("肌酐", "Outcome", None, ("mesh:D003404", "Outcome")),
    ],
)
def test_mentions_of_others_are_grounded(
    words: str, kind: MentionType, concept: str | None,
    found: tuple[str | None, MentionType], lexicon: Lexicon,
) -> None:  # fmt: skip
    others = reading(mention(words, "a", kind, concept))
    (one,) = join(DOCUMENT, SENTENCES, [], [others], lexicon).mentions
    assert (one.concept, one.type) == found


def test_circumstances_are_left_to_our_own_reading() -> None:
    told = Qualifier("species", "p1", "s1", 0, 9, "Sirolimus", "theirs", mention="nobody")
    given = replace(relation("a", "b"), context=(told,))
    others = reading(mention("Sirolimus", "a"), mention("creatinine", "b"), relations=(given,))
    assert join(DOCUMENT, SENTENCES, [], [others]).relations[0].context == ()


def test_our_mention_takes_the_concept_that_another_knows() -> None:
    mine = [ours("𝛂-Zorbin", "m1", "Protein")]
    others = reading(mention("𝛂-Zorbin", "a", "Protein", "HGNC:0"))
    (one,) = join(DOCUMENT, SENTENCES, mine, [others]).mentions
    assert (one.concept, one.method) == ("HGNC:0", "ours")


def test_what_a_rule_states_is_not_stated_again() -> None:
    rule = RelationMention("r1", "s1", "m1", "decreases", "m2", "en.decreases.lower")
    same = RelationMention("1", "s1", "m1", "decreases", "m2", "reader:test@1")
    other = RelationMention("1", "s1", "m2", "decreases", "m1", "reader:test@1")
    merged = merge_relations([rule], [same, other, other])
    assert [(one.id, one.rule) for one in merged] == [
        ("r1", "en.decreases.lower"), ("r2", "reader:test@1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, True),
        ({"aspect": "other"}, True),
        ({"polarity": "negated"}, False),
        ({"certainty": "hypothesis"}, False),
        ({"aspect": "activity"}, False),
        ({"predicate": "increases"}, False),
        ({"rule": "en.decreases.lower"}, False),
    ],
)
def test_a_second_reader_is_a_second_reading(more: dict[str, Any], kept: bool) -> None:
    rule = RelationMention(
        "r1", "s1", "m1", "decreases", "m2", "en.decreases.lower",
        aspect="expression", via=("m3",), aligned=("r7",),
    )  # fmt: skip
    same = RelationMention("1", "s1", "m1", "decreases", "m2", "reader:test@1")
    found = add_second_readings([rule], [replace(same, **more), replace(same, **more)])
    assert len(found) == 1 + kept
    if kept:
        assert found[1] == replace(rule, id="r2", rule="reader:test@1")


GOOD = mention("Sirolimus", "a")
OTHER = mention("serum creatinine", "b", "Outcome")
FAR = mention("𝛂-Zorbin", "c")


@pytest.mark.parametrize(
    ("given", "problem", "remedy"),
    [
        (Reading((mention("Sirolimus"), GOOD, GOOD)), "two mentions are named a", "number them"),
        (Reading((Mention("a", "p9", "", 0, 1, "S", "Drug"),)), "no passage p9", "ids"),
        (Reading((Mention("a", "p1", "", 0, 4, "siro", "Drug"),)), "'siro' at 0…4, but 'Siro'", "code"),
        (Reading((Mention("a", "p1", "", 1, 10, "Sirolimus", "Drug"),)), "'irolimus '", "code points"),
        (Reading((Mention("a", "p1", "", 30, 99, "ｓｅｒｕｍ", "Drug"),)), "has 'serum'", "code"),
        (Reading((Mention("a", "p1", "", 18, 40, TEXT[18:40], "Drug"),)), "no one sentence", "inside"),
        (Reading((mention("Sirolimus", "a", "Planet"),)), "unknown type 'Planet'", "use Drug"),  # type: ignore[arg-type]
        (Reading((mention("Sirolimus", "a", "Drug", "moon:1"),)), "'moon:1' is no identifier", "CURIE"),
        (Reading((GOOD, OTHER), (relation("a", "z"),)), "no mention z", "name mentions"),
        (Reading((GOOD, FAR), (relation("a", "c"),)), "not two mentions of one sentence", "relate"),
        (Reading((GOOD,), (relation("a", "a"),)), "not two mentions of one sentence", "relate"),
        (["a list"], "gave list", "docs/readers.md"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_document_is_refused(given: Reading, problem: str, remedy: str) -> None:
    with pytest.raises(ReaderError) as caught:
        checked(given, "reader:test@1", DOCUMENT, SENTENCES)
    told = str(caught.value)
    assert told.startswith("reader:test@1: ")
    assert problem in told and remedy in told


def test_a_reader_that_fails_is_named() -> None:
    def fail(document: Document, sentences: object) -> Reading:
        raise ZeroDivisionError("told to")

    with pytest.raises(ReaderError, match=r"ZeroDivisionError: told to") as caught:
        read_with(Named("reader:bad@2", fail), DOCUMENT, SENTENCES)
    assert caught.value.where == "reader:bad@2"


SPANS = st.tuples(st.integers(0, 34), st.integers(1, 12)).map(lambda p: (p[0], min(35, sum(p))))


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_what_is_joined_is_exact_and_does_not_overlap(
    own: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    def made(spans: list[tuple[int, int]]) -> Reading:
        return reading(
            *(
                Mention(f"x{n}", "p1", "", start, end, TEXT[start:end], "Drug")
                for n, (start, end) in enumerate(spans)
            )
        )

    joined = join(DOCUMENT, SENTENCES, made(own).mentions, [made(theirs)]).mentions
    if theirs:
        for one, next_ in pairwise(joined):
            assert one.end <= next_.start
    for one in joined:
        assert TEXT[one.start : one.end] == one.text
