"""Made-up terminologies and documents: which concept a mention gets, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grounding.candidates import find_candidates
from extractors.grounding.context import Context, Named, read_context
from extractors.grounding.grounding import ground
from extractors.grounding.misspelt import slips
from extractors.mentions.lexicon import Lexicon, compile_lexicon
from kg.model import Language, MentionType


@dataclass(frozen=True)
class Row:
    curie: str
    text: str
    lang: str
    scope: str
    type: str


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int
    type: str = "Disease"


ROWS = [
    Row("mesh:T1", "tongue cancer", "en", "label", "Disease"),
    Row("mesh:T1", "舌癌", "zh", "label", "Disease"),
    Row("mesh:T2", "lip cancer", "en", "label", "Disease"),
    Row("mesh:T2", "唇癌", "zh", "label", "Disease"),
    Row("mesh:N1", "nephrotic syndrome", "en", "label", "Disease"),
    Row("mesh:N1", "肾病综合征", "zh", "label", "Disease"),
    Row("mesh:D1", "alfuzosin", "en", "label", "Drug"),
    Row("mesh:D1", "阿夫唑嗪", "zh", "label", "Drug"),
    Row("mesh:M1", "myotonic dystrophy", "en", "label", "Disease"),
    Row("mesh:M2", "diabetes mellitus", "en", "label", "Disease"),
    Row("mesh:M2", "DM", "mul", "abbreviation", "Disease"),
    Row("mesh:P1", "Pendred syndrome", "en", "label", "Disease"),
    Row("mesh:K1", "tremor", "en", "label", "Disease"),
    Row("mesh:K2", "Tremor, Drug-Induced", "en", "label", "Disease"),
    Row("HGNC:1", "FGF2", "mul", "label", "Protein"),
    Row("HGNC:2", "Bad", "mul", "label", "Protein"),
    Row("mesh:L1", "livedo", "en", "label", "Disease"),
    Row("mesh:L2", "livedo", "en", "exact", "Disease"),
    Row("mesh:L2", "sneddon disease", "en", "label", "Disease"),
    Row("mesh:C1", "calcium", "en", "label", "Drug"),
    Row("mesh:R1", "Raloxifene Hydrochloride", "en", "label", "Drug"),
    Row("mesh:W1", "cardiplastin", "en", "label", "Drug"),
    Row("mesh:W2", "cardiplustin", "en", "label", "Drug"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return compile_lexicon(ROWS)


TABLE: list[tuple[str, Language, MentionType, str, str]] = [
    ("tongue cancer", "en", "Disease", "mesh:T1", "name"),
    ("carcinoma of the tongue", "en", "Disease", "mesh:T1", "head"),
    ("Tongue cancers", "en", "Disease", "mesh:T1", "plural"),
    ("舌恶性肿瘤", "zh", "Disease", "mesh:T1", "head"),
    ("alfuzosin hydrochloride", "en", "Drug", "mesh:D1", "salt"),
    ("盐酸阿夫唑嗪片", "zh", "Drug", "mesh:D1", "form"),
    ("refractory nephrotic syndrome", "en", "Disease", "mesh:N1", "qualifier"),
    ("podocytic nephrotic syndrome", "en", "Disease", "mesh:N1", "broader"),
    ("难治性肾病综合征", "zh", "Disease", "mesh:N1", "broader"),
    ("抗FGF2单抗", "zh", "Drug", "HGNC:1", "compound"),
    ("livedo", "en", "Disease", "mesh:L1", "name"),
    ("Ca", "en", "Drug", "mesh:C1", "formula"),
    ("raloxifene", "en", "Drug", "mesh:R1", "salt"),
    ("alfuzsoin", "en", "Drug", "mesh:D1", "misspelt"),
    ("alfuzosinn", "en", "Drug", "mesh:D1", "misspelt"),
    ("Alfuzsin", "en", "Drug", "mesh:D1", "misspelt"),
    ("alfutosin", "en", "Drug", "mesh:D1", "misspelt"),
]


@pytest.mark.parametrize(("text", "language", "kind", "concept", "reason"), TABLE)
def test_the_first_candidate_and_its_reason(
    lexicon: Lexicon, text: str, language: Language, kind: MentionType, concept: str, reason: str
) -> None:
    best = find_candidates(text, language, kind, lexicon)[0]
    assert best.concept == concept
    assert reason in best.reasons


@pytest.mark.parametrize(
    ("text", "language"), [("tongue and lip cancer", "en"), ("舌和唇癌", "zh")]
)
def test_things_named_together_are_told_apart(
    lexicon: Lexicon, text: str, language: Language
) -> None:
    found = find_candidates(text, language, "Disease", lexicon)
    parts = [scored.concept for scored in found if "part" in scored.reasons]
    assert sorted(parts) == ["mesh:T1", "mesh:T2"]


def test_a_symbol_in_another_case_is_no_name(lexicon: Lexicon) -> None:
    assert find_candidates("bad", "en", "Protein", lexicon) == ()


def test_a_candidate_of_another_kind_of_thing_is_less_likely(lexicon: Lexicon) -> None:
    as_disease = find_candidates("FGF2", "en", "Disease", lexicon)[0]
    as_protein = find_candidates("FGF2", "en", "Protein", lexicon)[0]
    assert as_disease.score < as_protein.score


def test_the_document_defines_a_short_form_against_the_dictionary(lexicon: Lexicon) -> None:
    text = "Myotonic dystrophy (DM) weakens muscles. DM is inherited."
    context = read_context([text], [[Stretch(0, 18), Stretch(20, 22)]])
    assert ground(Named("DM", "Disease", "en"), Context(), lexicon)[0].concept == "mesh:M2"
    best = ground(Named("DM", "Disease", "en"), context, lexicon)[0]
    assert (best.concept, best.reasons[0]) == ("mesh:M1", "abbreviation")


def test_an_undefined_short_form_shows_the_initials_of_another_name(lexicon: Lexicon) -> None:
    context = Context(names=(("goitre", "Disease"), ("Pendred syndrome", "Disease")))
    best = ground(Named("PDS", "Disease", "en"), context, lexicon)[0]
    assert (best.concept, best.reasons[0]) == ("mesh:P1", "elsewhere")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cardiplistin", "Drug"),  # two names are as near
        ("elfuzosin", "Drug"),  # the first letter stands
        ("alfuzosin", "Disease"),  # listed, so no slip, and another kind of thing
        ("alfuzossin", "Protein"),
        ("tremar", "Disease"),  # too short
    ],
)
def test_what_is_no_slip_of_the_keyboard(lexicon: Lexicon, text: str, kind: MentionType) -> None:
    found = find_candidates(text, "en", kind, lexicon)
    assert all("misspelt" not in scored.reasons for scored in found)


@given(st.text(alphabet="abAB -19é疗", max_size=30))
def test_slips_of_any_text_are_other_texts(text: str) -> None:
    assert text.lower() not in {other.lower() for other in slips(text)}


def test_a_short_form_in_brackets_behind_a_name_of_its_type(lexicon: Lexicon) -> None:
    text = "Livedo (QX) and alfuzosin (VZ) and tremor (of hands)."
    spans = [Stretch(0, 6), Stretch(8, 10), Stretch(16, 25, "Drug"), Stretch(27, 29, "Drug")]
    context = read_context([text], [spans])
    assert context.beside == {"QX": "Livedo", "VZ": "alfuzosin"}
    best = ground(Named("VZ", "Drug", "en"), context, lexicon)[0]
    assert (best.concept, best.reasons[0]) == ("mesh:D1", "elsewhere")


@pytest.mark.parametrize(
    ("short", "name", "shows"),
    [
        ("ALF", "alfuzosin", True),
        ("AFZs", "alfuzosin", True),
        ("AZ", "alfuzosin", False),  # two letters of one word say too little
        ("FUZ", "alfuzosin", False),
    ],
)
def test_three_letters_may_be_short_for_one_word(short: str, name: str, shows: bool) -> None:
    found = Context(names=((name, "Drug"),)).initials_of(short, "Drug")
    assert found == (name if shows else None)


def test_a_short_form_inside_a_name_is_written_out(lexicon: Lexicon) -> None:
    context = Context({"AF": ("alfuzosin",)})
    best = ground(Named("AF hydrochloride", "Drug", "en"), context, lexicon)[0]
    assert (best.concept, set(best.reasons)) == ("mesh:D1", {"abbreviation", "salt"})


@pytest.mark.parametrize(
    ("text", "concept"),
    [("Tremor was common.", "mesh:K1"), ("Lithium-induced tremor was common.", "mesh:K2")],
)
def test_harm_by_drugs_is_likelier_where_the_document_tells_of_it(
    lexicon: Lexicon, text: str, concept: str
) -> None:
    context = read_context([text])
    assert ground(Named("tremor", "Disease", "en"), context, lexicon)[0].concept == concept
