"""The two variants of the Chinese recogniser, on a few sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.mentions.compiling import load_compiled
from extractors.models import chinese
from extractors.models.decoding import encode
from extractors.models.features import TYPES
from extractors.models.shape import UNKNOWN, Shape
from extractors.training import chinese_recogniser
from extractors.training.chinese_corpora import Annotated, corpus_types
from extractors.training.chinese_recogniser import corpus_examples, silver_examples
from extractors.training.chinese_silver import Labelled
from extractors.training.recogniser import Request
from kg.errors import InputError

SHAPE = Shape(
    chinese.GROUPS, (*TYPES, "Measure", "Anatomy"), (*chinese_recogniser.CORPORA, "parallax")
)


def test_a_corpus_teaches_its_own_types_in_its_own_style() -> None:
    given = Annotated("1", "cmeee", "腹痛查血常规。", ((0, 2, "sym"), (3, 6, "ite")))
    others = corpus_types("cmeee").values()
    shape = Shape(chinese.GROUPS, tuple(dict.fromkeys((*TYPES, *others))), SHAPE.styles)
    (example,) = corpus_examples([given], [load_compiled(None)], shape)
    assert example.style == 1
    spans = [(0, 2, "Outcome"), (3, 6, "Measure")]
    assert (example.labels == encode(spans, 7, shape.types, others)).all()
    assert (example.labels[:, shape.types.index("Protein")] == UNKNOWN).all()


def test_our_own_reading_teaches_our_types_in_our_style() -> None:
    given = Labelled("他克莫司有效。", ((0, 4, "Drug"),), (), frozenset())
    (example,) = silver_examples([given, Labelled("", (), (), frozenset())],
                                 [load_compiled(None)], SHAPE)  # fmt: skip
    assert example.style == 1 + SHAPE.styles.index("parallax")
    assert (example.labels[:, SHAPE.types.index("Measure")] == UNKNOWN).all()
    assert (example.labels[:, TYPES.index("Disease")] == 0).all()


def test_absent_corpora_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="csl_medical_abstracts"):
        chinese_recogniser.train(Request(tmp_path), lambda line: None)
