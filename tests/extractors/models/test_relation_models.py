"""What a model thinks of pairs, how it is kept, and how it takes part beside the rules."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from extractors.models.relation_features import Pair, pairs_of
from extractors.models.relation_joining import add_learnt
from extractors.models.relation_reading import judge
from extractors.models.relation_weights import (
    RelationModel,
    Thresholds,
    hashed,
    load_model,
    save_model,
    shipped_models,
)
from extractors.nlp.sentences import split_sentences
from extractors.relations.grammar import load_rules
from extractors.relations.reading import Place, places
from kg.errors import FormatError, InputError
from kg.model import Document, Extraction, Language, Mention, MentionType, Passage, RelationMention

SENTENCES: dict[Language, tuple[str, list[tuple[str, MentionType]]]] = {
    "en": ("Drogamil paints fibrosis.",
           [("Drogamil", "Drug"), ("fibrosis", "Disease")]),
    "zh": ("卓格米尔描绘纤维化。", [("卓格米尔", "Drug"), ("纤维化", "Disease")]),
}  # fmt: skip


def read(*languages: Language, text: str | None = None) -> Extraction:
    """A document of one sentence a language, its mentions given and aligned by their order."""
    passages, mentions = [], []
    for language in languages:
        sentence, named = SENTENCES[language]
        sentence = text or sentence
        passages.append(Passage(language, language, sentence))
        for number, (name, kind) in enumerate(named):
            start = sentence.index(name)
            others = tuple(f"{other}{number}" for other in languages if other != language)
            mentions.append(
                Mention(f"{language}{number}", language, "", start, start + len(name), name, kind,
                        aligned=others)
            )  # fmt: skip
    document = Document("made-up", tuple(passages))
    sentences = split_sentences(document)
    of = {sentence.passage: sentence.id for sentence in sentences}
    linked = tuple(
        replace(s, aligned=tuple(i for p, i in of.items() if p != s.passage)) for s in sentences
    )
    placed = tuple(replace(m, sentence=of[m.passage]) for m in mentions)
    return Extraction(document, linked, placed)


def place_of(extraction: Extraction) -> Place:
    given = extraction.document, extraction.sentences, extraction.mentions
    return next(iter(places(*given, load_rules())))


def only_pair(extraction: Extraction) -> Pair:
    place = place_of(extraction)
    (pair,) = pairs_of(place, place.read())
    return pair


def model_of(language: Language, *, score: float = 0.0, alone: float = 0.9) -> RelationModel:
    """A model that gives every pair the same score, and likes *causes* from left to right."""
    return RelationModel(
        f"relations-{language}", ("causes>", "treats<"), hashed(["bias"]),
        np.array([[score, 1.0, -1.0]], np.float32), np.zeros(3, np.float32), 1.0, 0.0,
        Thresholds(alone, 0.4),
    )  # fmt: skip


def test_a_pair_is_told_by_types_places_and_words() -> None:
    told = only_pair(read("en")).features
    assert {"types=Drug-Disease", "L.type=Drug", "rule=none", "w=en:paints"} <= set(told)


def test_what_the_rules_read_of_a_pair_is_a_feature() -> None:
    told = only_pair(read("en", text="Drogamil induced fibrosis.")).features
    assert "rule=causes>" in told
    assert not any(feature == "rule=none" for feature in told)


def test_features_of_rules_mean_the_same_in_both_languages() -> None:
    shared = set(only_pair(read("en")).features) & set(only_pair(read("zh")).features)
    assert {"types=Drug-Disease", "R.type=Disease", "no trigger between"} <= shared


def test_a_model_comes_back_from_its_file(tmp_path: Path) -> None:
    model = model_of("en", score=1.5)
    save_model(tmp_path / "m.npz", model)
    back = load_model(tmp_path / "m.npz")
    pairs = [only_pair(read("en")).features]
    assert back.rule == "model:relations-en@1"
    assert np.allclose(back.score(pairs)[0], model.score(pairs)[0])
    assert back.score(pairs)[0][0] == pytest.approx(1 / (1 + np.exp(-1.5)))


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    with pytest.raises(InputError, match="cannot be read"):
        load_model(path)
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(FormatError, match="no relation model"):
        load_model(path)


@pytest.mark.parametrize(("key", "value", "message"), [
    ("version", 99, "version 99"), ("sha256", "0" * 64, "not those that were written"),
])  # fmt: skip
def test_a_model_of_another_version_or_changed_is_refused(
    tmp_path: Path, key: str, value: object, message: str
) -> None:
    path = tmp_path / "m.npz"
    save_model(path, model_of("en"))
    with np.load(path) as file:
        arrays = dict(file)
    about = json.loads(str(arrays.pop("about"))) | {key: value}
    np.savez(path, about=np.array(json.dumps(about)), **arrays)
    with pytest.raises(FormatError, match=message):
        load_model(path)


def test_a_sure_model_adds_a_relation_with_its_chance() -> None:
    joined = add_learnt(read("en"), load_rules(), {"en": model_of("en", score=4.0)})
    (relation,) = joined.relations
    assert (relation.subject, relation.predicate, relation.object) == ("en0", "causes", "en1")
    assert relation.rule == "model:relations-en@1"
    assert relation.confidence == pytest.approx(0.982, abs=0.001)


def test_a_doubtful_model_adds_nothing_alone() -> None:
    assert add_learnt(read("en"), load_rules(), {"en": model_of("en")}).relations == ()


def test_without_models_nothing_changes() -> None:
    extraction = read("en", "zh")
    assert add_learnt(extraction, load_rules(), {}) is extraction


def test_an_aim_is_not_added() -> None:
    text = "We aimed to test whether Drogamil paints fibrosis."
    place = place_of(read("en", text=text))
    judged = judge(place, place.read(), model_of("en", score=4.0))
    assert all(j.relation(place, "x", "model") is None for j in judged)


def witnessed(polarity: str = "positive") -> Extraction:
    extraction = read("en", "zh")
    english = next(s for s in extraction.sentences if s.passage == "en")
    relation = RelationMention("r1", english.id, "en0", "treats", "en1", "en.treats.made-up",
                               polarity=polarity)  # type: ignore[arg-type]  # fmt: skip
    return replace(extraction, relations=(relation,))


def test_with_a_witness_less_certainty_is_enough() -> None:
    joined = add_learnt(witnessed(), load_rules(), {"zh": model_of("zh")})
    first, twin = joined.relations
    assert (twin.subject, twin.predicate, twin.object) == ("zh0", "treats", "zh1")
    assert twin.rule == "zh.projected.model:relations-zh@1"
    assert (first.aligned, twin.aligned) == ((twin.id,), (first.id,))


def test_a_witness_is_not_enough_below_the_threshold() -> None:
    joined = add_learnt(witnessed(), load_rules(), {"zh": model_of("zh", score=-2.0)})
    assert len(joined.relations) == 1


def test_the_models_that_come_with_parallax_open() -> None:
    assert set(shipped_models()) == {"en", "zh"}
    for model in shipped_models().values():
        chances, labels = model.score([only_pair(read("en")).features])
        assert 0 < chances[0] < 1
        assert labels.sum() == pytest.approx(1, abs=1e-3)
