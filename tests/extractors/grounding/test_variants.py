"""Other ways to write a name, and why: tables in both languages, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grounding.rules import load_rules
from extractors.grounding.variants import differences, variants
from extractors.grounding.weights import load_weights
from kg.model import LANGUAGES, MENTION_TYPES, Language, MentionType

# name, type, another way to write it, the reasons that are told
ENGLISH: list[tuple[str, MentionType, str, set[str]]] = [
    ("cancer of the tongue", "Disease", "tongue cancer", {"order"}),
    ("tongue cancer", "Disease", "cancer, tongue", {"order"}),
    ("type II citrullinemia", "Disease", "type 2 citrullinemia", {"numeral"}),
    ("renal agenesis", "Disease", "kidney agenesis", {"nominal"}),
    ("tongue carcinoma", "Disease", "tongue cancer", {"head"}),
    ("splenic tumours", "Disease", "spleen neoplasm", {"nominal", "head"}),
    ("dystonic", "Disease", "dystonia", {"adjective"}),
    ("Addison's disease", "Disease", "addison disease", {"punctuation"}),
    ("post-herpetic itch", "Disease", "postherpetic itch", {"joined"}),
    ("alfuzosin hydrochloride", "Drug", "alfuzosin", {"salt"}),
    ("cefixime trihydrate", "Drug", "cefixime", {"salt"}),
    ("(+)-catechin", "Drug", "catechin", {"stereo"}),
    ("pyruvate", "Drug", "pyruvic acid", {"acid"}),
    ("human FGF2 protein", "Protein", "FGF2", {"determiner"}),
]
CHINESE: list[tuple[str, MentionType, str, set[str]]] = [
    ("Ⅲ期褥疮", "Disease", "3期褥疮", {"numeral"}),
    ("二型瓜氨酸血症", "Disease", "2型瓜氨酸血症", {"numeral"}),
    ("舌恶性肿瘤", "Disease", "舌癌", {"head"}),
    ("肝豆状核变性病", "Disease", "肝豆状核变性症", {"head"}),
    ("盐酸阿夫唑嗪", "Drug", "阿夫唑嗪", {"salt"}),
    ("头孢克肟胶囊", "Drug", "头孢克肟", {"form"}),
    ("盐酸阿夫唑嗪缓释片", "Drug", "阿夫唑嗪", {"salt", "form"}),
    ("酪氨酸磷酸酯酶", "Protein", "酪氨酸磷酸酶", {"synonym"}),
    ("血清白介素8", "Protein", "白细胞介素8", {"determiner", "synonym"}),
    ("抗FGF2单抗", "Drug", "FGF2", {"compound"}),
    ("FGF2受体抑制剂", "Drug", "FGF2", {"compound"}),
]


@pytest.mark.parametrize(("name", "kind", "other", "reasons"), ENGLISH)
def test_english_names(name: str, kind: MentionType, other: str, reasons: set[str]) -> None:
    assert {v.text: set(v.reasons) for v in variants(name, "en", kind)}.get(other) == reasons


@pytest.mark.parametrize(("name", "kind", "other", "reasons"), CHINESE)
def test_chinese_names(name: str, kind: MentionType, other: str, reasons: set[str]) -> None:
    assert {v.text: set(v.reasons) for v in variants(name, "zh", kind)}.get(other) == reasons


def test_a_number_of_a_name_is_never_lost() -> None:
    assert all("6" in v.text for v in variants("血清白细胞介素6", "zh", "Protein"))


@pytest.mark.parametrize(
    ("text", "name", "language", "expected"),
    [
        ("lupus", "lupus", "en", ()),
        ("Lupus", "lupus", "en", ("case",)),
        ("anaemias", "anemia", "en", ("plural", "spelling")),
        ("IFN-γ", "IFN gamma", "en", ("greek", "hyphen")),
        ("ＴＮＦ", "TNF", "en", ("width",)),
        ("鈣", "钙", "zh", ("script",)),
        ("BAD", "bad", "en", ("symbol-case",)),
    ],
)
def test_differences_that_the_key_folds_are_told(
    text: str, name: str, language: Language, expected: tuple[str, ...]
) -> None:
    assert differences(text, name, language) == expected


NAMES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["renal", "of", "the", "type", "II", "2型", "盐酸", "tumour", "disease", "(IgA)", "-", "", ",", "'s", "癌", "病", "钠", "片", "toxicity", "ic"]
        ),
        max_size=8,
    ).map(" ".join),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(NAMES, st.sampled_from(LANGUAGES), st.sampled_from([*MENTION_TYPES, None]))
def test_variants_are_few_never_empty_and_always_the_same(
    name: str, language: Language, kind: MentionType | None
) -> None:
    found = list(variants(name, language, kind))
    weights = load_weights()
    assert found == list(variants(name, language, kind))
    assert len(found) <= weights.variants
    assert all(v.text.strip() and weights.least <= v.score <= 1 for v in found)
    assert [v.score for v in found] == sorted((v.score for v in found), reverse=True)
    assert all(set(v.reasons) <= set(weights.reasons) for v in found)
    assert not found or found[0].reasons == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*MENTION_TYPES, None])
def test_the_rules_load(language: Language, kind: MentionType | None) -> None:
    assert len(load_rules(language, kind)) == 5
