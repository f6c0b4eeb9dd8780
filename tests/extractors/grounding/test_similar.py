"""Names that are written alike are found, in both scripts, and the index keeps on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grounding.similar import NameIndex, best, letters, open_index
from kg.errors import InputError
from kg.model import Language

CHINESE = [
    "肾病综合征", "急性肾小球肾炎", "慢性肾小球肾炎", "糖尿病肾病", "IgA肾病", "肾囊肿", "肾结石", "膀胱结石",
]  # fmt: skip
ENGLISH = [
    "nephrotic syndrome", "acute glomerulonephritis", "diabetic nephropathy", "kidney stone",
    "renal cyst", "carcinoma of the bladder",
]  # fmt: skip
NAMES = st.lists(
    st.text(st.sampled_from("肾膀胱结石囊肿IgA β-3(鈣"), min_size=1, max_size=12), max_size=20
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("腎病綜合徵", "肾病综合征"),
        ("右肾多发结石", "肾结石"),
        ("糖尿病性肾病", "糖尿病肾病"),
        ("IgＡ腎病", "IgA肾病"),
        ("慢性肾小球性肾炎", "慢性肾小球肾炎"),
    ],
)
def test_the_most_similar_chinese_name(text: str, found: str) -> None:
    assert NameIndex.build(CHINESE, "zh").similar(text, "zh", limit=1)[0].name == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nephrotic syndromes", "nephrotic syndrome"),
        ("diabetic nephropathies", "diabetic nephropathy"),
        ("bladder carcinomas", "carcinoma of the bladder"),
        ("kidney stones", "kidney stone"),
    ],
)
def test_the_most_similar_english_name(text: str, found: str) -> None:
    assert NameIndex.build(ENGLISH, "en").similar(text, "en", limit=1)[0].name == found


def test_what_shares_nothing_is_not_similar() -> None:
    assert NameIndex.build(CHINESE, "zh").similar("头晕", "zh") == ()
    assert NameIndex.build([], "zh").similar("头晕", "zh") == ()


def test_equal_scores_keep_the_order_of_the_list() -> None:
    index = NameIndex.build(["肾甲", "肾乙", "肾丙", "肾丁"], "zh")
    assert [found.number for found in index.similar("肾", "zh", limit=3)] == [0, 1, 2]


@given(NAMES, st.sampled_from(["en", "zh"]))
def test_a_name_is_most_like_itself(names: list[str], language: Language) -> None:
    index = NameIndex.build(names, language)
    for name in names:
        found = index.similar(name, language, limit=1)
        if index.overlaps(letters(name, language))[1].sum():
            assert found[0].score == pytest.approx(1, abs=1e-3)
            assert letters(found[0].name, language).split() == letters(name, language).split()


@given(NAMES, NAMES)
def test_no_more_is_shared_than_either_has(names: list[str], texts: list[str]) -> None:
    index = NameIndex.build(names, "zh")
    for text in texts:
        shared, whole = index.overlaps(letters(text, "zh"))
        assert shared.shape == (3, len(names))
        assert (shared <= whole[:, None] + 1e-3).all()
        assert (shared <= index.totals + 1e-3).all()


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 8))
def test_best_is_a_stable_sort(scores: list[int], limit: int) -> None:
    expected = sorted((at for at, s in enumerate(scores) if s > 0), key=lambda at: -scores[at])
    assert best(np.array(scores, np.float32), limit).tolist() == expected[:limit]


def test_an_index_opens_as_it_was_saved(tmp_path: Path) -> None:
    built = NameIndex.build(CHINESE, "zh")
    built.save(tmp_path / "similar")
    opened = open_index(tmp_path / "similar")
    assert [opened.name(n) for n in range(len(opened))] == CHINESE
    assert opened.similar("慢性肾炎", "zh") == built.similar("慢性肾炎", "zh")


def test_equal_lists_give_equal_files(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        NameIndex.build(CHINESE, "zh").save(tmp_path / folder)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("broken", ["similar.json", "similar.grams.npy", "similar.starts.npy"])
def test_a_broken_index_names_folder_and_remedy(tmp_path: Path, broken: str) -> None:
    NameIndex.build(CHINESE, "zh").save(tmp_path)
    (tmp_path / broken).write_bytes(b"{}")
    with pytest.raises(InputError, match="lexicon build") as caught:
        open_index(tmp_path)
    assert caught.value.where == str(tmp_path)


def test_files_of_different_builds_do_not_open(tmp_path: Path) -> None:
    NameIndex.build(CHINESE, "zh").save(tmp_path)
    about = (tmp_path / "similar.json").read_text().replace(str(len(CHINESE)), "3")
    (tmp_path / "similar.json").write_text(about)
    with pytest.raises(InputError):
        open_index(tmp_path)
