"""A normaliser trained on made-up pairs finds names, explains them, and opens as it was saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.commands.train import train
from extractors.grounding.clinical import clinical_mark
from extractors.grounding.features import GENERIC, MEMORY, compare
from extractors.grounding.memory import Memory, Pair
from extractors.grounding.normalising import open_normaliser, save_normaliser
from extractors.grounding.ranking import Model, Ranker, read_model, shipped_model
from extractors.grounding.vocabulary import Listed, Vocabulary, open_vocabulary
from extractors.training.normaliser import Size, train_normaliser
from extractors.training.normaliser_data import read_listed, read_pairs
from kg.errors import FormatError, InputError, KgError
from tests.extractors.grounding.made_up import LIST, pairs

SMALL = Size(trees=10, leaves=5, step=0.3)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.build(LIST)


@pytest.fixture(scope="module")
def numbers(vocabulary: Vocabulary) -> dict[str, int]:
    return {vocabulary.name(number): number for number in range(len(vocabulary))}


@pytest.fixture(scope="module", params=[False, True], ids=["generic", "with pairs"])
def model(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Model:
    return train_normaliser(pairs(), vocabulary, with_memory=request.param, size=SMALL)


def ranker_of(model: Model, vocabulary: Vocabulary, numbers: dict[str, int]) -> Ranker:
    memory = Memory(pairs(), numbers, "zh") if model.needs_memory else None
    return Ranker(model, vocabulary, memory)


@pytest.mark.parametrize(
    ("text", "names"),
    [("左侧肾结石", {"肾结石"}), ("肝囊肿并感染", {"肝囊肿", "肝感染"})],
)
def test_names_are_found(
    model: Model, vocabulary: Vocabulary, numbers: dict[str, int], text: str, names: set[str]
) -> None:
    found = ranker_of(model, vocabulary, numbers).names(text)
    assert found[0].name in names
    assert all(0 <= item.chance <= 1 and item.reason for item in found)


def test_what_brackets_hold_is_a_candidate(vocabulary: Vocabulary, numbers: dict[str, int]) -> None:
    compared = compare("左侧霰粒肿", vocabulary)
    at = compared.names.index(numbers["睑板腺囊肿[霰粒肿]"])
    assert compared.rows[at, GENERIC.index("same")] == 1


def test_a_habit_of_the_pairs_is_learnt(
    model: Model, vocabulary: Vocabulary, numbers: dict[str, int]
) -> None:
    found = {item.name for item in ranker_of(model, vocabulary, numbers).names("右肺癌Ⅲ期")}
    assert {"肺恶性肿瘤", "癌"} <= found


def test_reasons_tell_what_was_changed(
    model: Model, vocabulary: Vocabulary, numbers: dict[str, int]
) -> None:
    reasons = {r.name: r.reason for r in ranker_of(model, vocabulary, numbers).ranked("左肺CA")}
    assert "ca → 癌 (缩略)" in reasons["肺恶性肿瘤"]
    assert "without 左 (left)" in reasons["肺恶性肿瘤"]


def test_what_is_like_nothing_has_no_name(vocabulary: Vocabulary) -> None:
    trained = train_normaliser(pairs(), vocabulary, with_memory=False, size=SMALL)
    ranker = Ranker(trained, vocabulary)
    assert ranker.names("xyz") == ()
    assert ranker.names("") == ()
    assert ranker.sure("") is None


def test_training_twice_gives_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    for name in ("a", "b"):
        trained = train_normaliser(pairs(), vocabulary, with_memory=True, size=SMALL)
        trained.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_pair_does_not_tell_its_own_answer(
    vocabulary: Vocabulary, numbers: dict[str, int]
) -> None:
    memory = Memory([Pair("肾病待查", ("肾囊肿",)), Pair("肝癌", ("癌",))], numbers, "zh")
    known = len(GENERIC)
    told, kept = (compare("肾病待查", vocabulary, memory, without=without) for without in (None, 0))
    at = told.names.index(numbers["肾囊肿"])
    assert told.rows[at, known] == pytest.approx(1)
    assert told.rows.shape[1] == known + len(MEMORY)
    assert not kept.rows[kept.names.index(numbers["肾囊肿"]), known:].any()


def test_a_saved_normaliser_opens_the_same(
    model: Model, vocabulary: Vocabulary, numbers: dict[str, int], tmp_path: Path
) -> None:
    save_normaliser(tmp_path, model, vocabulary, pairs() if model.needs_memory else ())
    for text in ("右肺癌", "胃囊肿伴出血", "肾结石 高血压"):
        before = ranker_of(model, vocabulary, numbers).ranked(text)
        after = open_normaliser(tmp_path).ranked(text)
        assert [item.name for item in before] == [item.name for item in after]
        assert [i.chance for i in before] == pytest.approx([i.chance for i in after], abs=2e-3)


def test_a_vocabulary_opens_as_it_was_saved(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path)
    opened = open_vocabulary(tmp_path)
    assert [opened.name(n) for n in range(len(opened))] == [item.name for item in LIST]
    assert [opened.section(n) for n in range(len(opened))] == [item.section for item in LIST]
    about = tmp_path / "names.language.json"
    about.write_text(about.read_text().replace(clinical_mark("zh"), "0"))
    with pytest.raises(InputError, match="build it again"):
        open_vocabulary(tmp_path)
    about.unlink()
    with pytest.raises(InputError, match="build it again"):
        open_vocabulary(tmp_path)


def test_the_shipped_model_reads_and_keeps_no_pair() -> None:
    model = shipped_model()
    assert not model.needs_memory
    assert {"data", "licence", "date", "command", "scores"} <= set(model.card)
    ranker = Ranker(model, Vocabulary.build(LIST))
    assert ranker.names("左肾囊肿")[0].name == "肾囊肿"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 0}, "another version"),
        ({"features": ["a"]}, "another version"),
        ({"first": {}}, "cannot be read"),
        ({"threshold": "high"}, "not a model"),
    ],
)
def test_a_broken_model_says_what_to_do(
    vocabulary: Vocabulary, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    train_normaliser(pairs(), vocabulary, with_memory=False, size=SMALL).save(tmp_path / "m")
    record = json.loads((tmp_path / "m").read_text(encoding="utf-8"))
    with pytest.raises(FormatError, match=message) as caught:
        read_model(json.dumps(record | change), where="m")
    assert "train" in str(caught.value)


def test_a_node_outside_of_the_arrays_is_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    train_normaliser(pairs(), vocabulary, with_memory=False, size=SMALL).save(tmp_path / "m")
    record = json.loads((tmp_path / "m").read_text(encoding="utf-8"))
    record["first"]["left"][0] = 10**6
    with pytest.raises(FormatError, match="outside"):
        read_model(json.dumps(record), where="m")


def test_pairs_and_model_must_fit(vocabulary: Vocabulary) -> None:
    trained = train_normaliser(pairs(), vocabulary, with_memory=True, size=SMALL)
    with pytest.raises(FormatError, match="fit"):
        Ranker(trained, vocabulary)


def test_too_few_pairs(vocabulary: Vocabulary) -> None:
    with pytest.raises(KgError, match="at least 20"):
        train_normaliser(pairs()[:5], vocabulary, with_memory=False)


def test_the_command_trains_and_tries(tmp_path: Path) -> None:
    given = [{"text": p.text, "normalized_result": "##".join(p.names)} for p in pairs()]
    (tmp_path / "pairs.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    rows = [f"X{n}\t{item.name}\n" for n, item in enumerate(LIST)]
    (tmp_path / "names.tsv").write_text("".join(rows), encoding="utf-8")
    run = CliRunner()
    made = run.invoke(
        train,
        ["normaliser", str(tmp_path / "pairs.json"), "--names", str(tmp_path / "names.tsv"),
         "-o", str(tmp_path / "model"), "--json"],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    tried = run.invoke(train, ["try", str(tmp_path / "model"), "左肾囊肿", "--json"])
    assert "肾囊肿" in {row["name"] for row in json.loads(tried.stdout)}


@pytest.mark.parametrize(
    ("content", "message"),
    [("[1, 2]", "no pairs"), ('[{"text": "a"}]', "no pairs"), ("无制表符的一行", "one column")],
)
def test_pairs_of_another_form(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "p").write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=message) as caught:
        read_pairs(tmp_path / "p")
    assert str(tmp_path / "p") in caught.value.where
    assert caught.value.remedy


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes("甲\t乙".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        read_pairs(tmp_path / "p")
    with pytest.raises(InputError, match="cannot be read"):
        read_listed(tmp_path / "absent")


def test_pairs_and_lists_are_read(tmp_path: Path) -> None:
    (tmp_path / "p.tsv").write_text(
        '# 注\n右肾囊肿伴感染\t肾囊肿##"肾感染"##肾囊肿\n', encoding="utf-8"
    )
    assert read_pairs(tmp_path / "p.tsv") == (Pair("右肾囊肿伴感染", ("肾囊肿", "肾感染")),)
    (tmp_path / "n.csv").write_text(
        "N28.101,肾囊肿\nM801000/3,癌\nN28,其他疾患\n", encoding="utf-8"
    )
    assert read_listed(tmp_path / "n.csv") == (
        Listed("肾囊肿"), Listed("癌", "morphology"), Listed("其他疾患", "heading"),
    )  # fmt: skip
