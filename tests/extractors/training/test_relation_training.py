"""Examples from annotated and from parallel text, and a model fitted to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.models.relation_weights import Thresholds
from extractors.training.brat import read_annotations
from extractors.training.relation_corpora import unmarked
from extractors.training.relation_ends import ends_of
from extractors.training.relation_fitting import calibrated, fit
from extractors.training.relation_silver import AGREED, NEITHER, OTHER, examples_of
from extractors.training.relation_texts import (
    Annotated,
    Example,
    examples,
    predicate_of,
    type_of,
)
from kg.assembly.belief import belief
from kg.assembly.values import Finding
from kg.errors import KgError
from kg.model import Extraction, Mention, Predicate
from tests.markup import Edge, Line, build_extraction

T = "Drogamil lowers fibrosis and pain."
DRUG = Mention("a", "p1", "", 0, 8, "Drogamil", "Drug")
FIBROSIS = Mention("b", "p1", "", 16, 24, "fibrosis", "Disease")
PAIN = Mention("c", "p1", "", 29, 33, "pain", "Outcome")


def told(**changes: object) -> dict[str, str | None]:
    text = Annotated("made-up", "1", "en", T, (DRUG, FIBROSIS, PAIN), {("a", "b"): "treats"})
    changed = replace(text, **changes)  # type: ignore[arg-type]
    return {example.about: example.label for example in examples([changed])}


def test_what_is_not_annotated_is_not_related() -> None:
    assert told() == {
        "Drogamil | fibrosis": "treats>", "Drogamil | pain": None, "fibrosis | pain": None,
    }  # fmt: skip


def test_of_a_corpus_that_asks_for_two_types_only_these_count() -> None:
    kinds = frozenset(("Drug", "Outcome"))
    assert told(asked=kinds) == {"Drogamil | fibrosis": "treats>", "Drogamil | pain": None}


def test_where_only_some_pairs_were_judged_the_others_are_left_out() -> None:
    assert told(judged=frozenset()) == {"Drogamil | fibrosis": "treats>"}


@pytest.mark.parametrize(("corpus", "name", "ours"), [
    ("bionlp-pc13", "Inactivation", "decreases"), ("semrep", "INTERACTS_WITH", "?"),
    ("semrep", "PART_OF", None),
])  # fmt: skip
def test_relations_of_corpora_are_mapped(corpus: str, name: str, ours: str | None) -> None:
    assert predicate_of(corpus, name) == ours


def test_types_of_corpora_are_mapped() -> None:
    assert (type_of("bionlp-cg13", "Cell_death"), type_of("bionlp-cg13", "Organ")) == (
        "Process", None,
    )  # fmt: skip


def test_an_event_that_is_a_process_ends_a_chain() -> None:
    notes = read_annotations(
        "T1\tProtein 0 3\tABC\nT2\tCell 20 24\tcell\nT3\tDeath 25 30\tdeath\n"
        "T4\tBlock 4 10\tblocks\nE1\tCell_death:T3 Theme:T2\n"
        "E2\tNegative_regulation:T4 Cause:T1 Theme:E1"
    )
    assert list(ends_of(notes)) == [("Negative_regulation", "T1", "T2")]
    named = list(ends_of(notes, lambda kind: kind == "Cell_death"))
    assert named == [("Negative_regulation", "T1", "T3")]


def test_marks_are_taken_out_of_a_sentence() -> None:
    assert unmarked("<s> A </s> and <o> B </o>.") == ("A and B.", {"s": (0, 1), "o": (6, 7)})


def parallel(*edges: tuple[str, Predicate]) -> Extraction:
    """An aligned document of two sentences whose rules read the given (language, predicate)."""
    en, zh = (
        tuple(Edge("dro", predicate, "fib", trigger) for language, predicate in edges
              if language == wanted)
        for wanted, trigger in (("en", "paints"), ("zh", "描绘"))
    )  # fmt: skip
    return build_extraction("test:1", [(
        Line("en", "results", "[dro|Drug|x:1]Drogamil[/] paints [fib|Disease|x:2]fibrosis[/].", en),
        Line("zh", "results", "[dro|Drug|x:1]卓格米尔[/]描绘[fib|Disease|x:2]纤维化[/]。", zh),
    )])  # fmt: skip


def weights(extraction: Extraction) -> dict[str, tuple[str | None, float]]:
    return {lang: (e.label, e.weight) for lang, e in examples_of(extraction)}


def test_where_both_languages_say_the_same_it_is_taken_for_true() -> None:
    found = weights(parallel(("en", "treats"), ("zh", "treats")))
    assert found == {"en": ("treats>", AGREED), "zh": ("treats>", AGREED)}


def test_what_one_language_says_labels_the_other_only() -> None:
    assert weights(parallel(("en", "treats"))) == {"zh": ("treats>", OTHER)}


def test_where_neither_says_anything_the_two_are_not_related() -> None:
    assert weights(parallel()) == {"en": (None, NEITHER), "zh": (None, NEITHER)}


def test_where_the_languages_differ_nothing_is_learnt() -> None:
    assert weights(parallel(("en", "treats"), ("zh", "causes"))) == {}


def made_up(count: int) -> list[Example]:
    """Examples in which one feature tells whether a pair is related, and another how."""
    related = [
        Example("x", str(n), ("bias", "yes", "up" if n % 2 else "down"),
                "increases>" if n % 2 else "decreases>")
        for n in range(count)
    ]  # fmt: skip
    return [*related, *(Example("x", str(n), ("bias", "no"), None) for n in range(count))]


def test_a_model_learns_what_tells_the_pairs_apart() -> None:
    model = calibrated(fit("relations-xx", made_up(200), Thresholds(0.8, 0.3)), made_up(50))
    chances, labels = model.score([("bias", "yes", "down"), ("bias", "no")])
    assert chances[0] > 0.9 > 0.1 > chances[1]
    assert model.labels[int(labels[0].argmax())] == "decreases>"


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(KgError, match="too few"):
        fit("relations-xx", made_up(20), Thresholds(0.8, 0.3))


@pytest.mark.parametrize("rule", ["model:relations-en@1", "zh.projected.model:relations-zh@1"])
def test_relations_of_models_are_believed_less_than_those_of_rules(rule: str) -> None:
    def of(name: str) -> float:
        return belief([Finding("d", "positive", "asserted", "monolingual", rules=(name,))])

    assert of(rule) < of("en.treats.effective")
