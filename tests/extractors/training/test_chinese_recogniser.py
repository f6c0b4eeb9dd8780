"""The two variants of the Chinese recogniser, on a few sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.mentions.compiling import load_compiled
from extractors.models import chinese
from extractors.models.decoding import encode
from extractors.models.features import TYPES
from extractors.models.recognising import Recogniser
from extractors.models.shape import UNKNOWN, Shape
from extractors.training import chinese_recogniser
from extractors.training.chinese_corpora import Annotated, corpus_types
from extractors.training.chinese_recogniser import corpus_examples, silver_examples
from extractors.training.chinese_silver import Labelled
from extractors.training.english_corpora import Annotated as Marked
from extractors.training.mention_judged import JUDGED_TYPES
from extractors.training.recogniser import Request
from extractors.training.tagging import Schedule
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


def test_the_rules_reading_has_a_style_of_its_own() -> None:
    given = Labelled("他克莫司有效。", ((0, 4, "Drug"),), (), frozenset())
    shape = Shape(chinese.GROUPS, TYPES, (chinese_recogniser.RULES, "parallax"))
    (example,) = silver_examples([given], [load_compiled(None)], shape, style="rules")
    assert example.style == 1


def test_the_delivered_recipe_learns_judged_sentences_in_the_style_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drug = Marked("csl:0:0", "parallax", "维拉帕林可退热。", ((0, 4, "Drug"),), JUDGED_TYPES)
    ours = [Labelled("他克莫司可退热。", ((0, 4, "Drug"),), (), frozenset())] * 20
    quick = Schedule(epochs=12, tokens=100, warm_up=5, rate=0.01)
    monkeypatch.setattr(chinese_recogniser, "OPEN", Schedule(epochs=1, tokens=200))
    monkeypatch.setattr(chinese_recogniser, "JUDGED", quick)
    monkeypatch.setattr(chinese_recogniser, "read_open", lambda folder: ())
    monkeypatch.setattr(chinese_recogniser, "judged_mentions", lambda texts: [drug] * 10)
    monkeypatch.setattr(chinese_recogniser, "filled", lambda lexicon, count: ours)
    kept = chinese_recogniser.train(Request(tmp_path), lambda line: None)
    assert kept.notes == {"variant": "delivered", "silver": 20, "judged": 10}
    assert kept.style == "parallax"
    (reading,) = Recogniser(kept, "zh").read([drug.text], [()])
    assert [(seen.start, seen.end, seen.type) for seen in reading.found] == [(0, 4, "Drug")]


def test_absent_corpora_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="csl_medical_abstracts"):
        chinese_recogniser.train(Request(tmp_path), lambda line: None)


def test_the_research_recipe_teaches_corpora_with_their_names_and_our_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "chinese"
    (folder / "cmeee").mkdir(parents=True)
    lines = [
        f"第{n}号儿童发热，予退热药。|||6    7    sym|||10    12    dru|||" for n in range(10, 50)
    ]
    (folder / "cmeee" / "train_data.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "ruijin-diabetes" / "train2").mkdir(parents=True)
    quick = Schedule(epochs=1, tokens=200)
    monkeypatch.setattr(chinese_recogniser, "CORPORA_FIRST", quick)
    monkeypatch.setattr(chinese_recogniser, "TOGETHER", quick)
    ours = [Labelled("他克莫司可退热。", ((0, 4, "Drug"),), (), frozenset())]
    told: list[str] = []
    monkeypatch.setattr(chinese_recogniser, "read_open", lambda folder: ())
    monkeypatch.setattr(chinese_recogniser, "read_restricted", lambda folder: ())
    monkeypatch.setattr(chinese_recogniser, "filled", lambda lexicon, count: ours)
    kept = chinese_recogniser.train(Request(tmp_path, research=True), told.append)
    assert kept.notes["variant"] == "research"
    assert kept.names is not None
    assert set(kept.names.known) == {"发热", "退热药"}
    assert kept.network.shape.groups[-1] == kept.names.group()
    assert {"Protein", "Measure", "Adverse"} <= set(kept.network.shape.types)
    assert any("together" in line for line in told)
