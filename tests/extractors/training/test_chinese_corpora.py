"""Chinese corpora, on made-up rows in their real formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.training.chinese_corpora import (
    Annotated,
    corpus_types,
    read_cmeee,
    read_corpora,
    read_ruijin,
)
from kg.errors import FormatError, InputError


def marked(given: Annotated) -> list[tuple[str, str]]:
    return [(given.text[start:end], kind) for start, end, kind in given.spans]


def test_cmeee_ends_are_inclusive_and_its_parts_share_nothing(tmp_path: Path) -> None:
    file = tmp_path / "train_data.txt"
    lines = [
        f"{n}号儿童发热，予退热药。|||5    6    sym|||9    11    dru|||" for n in range(10, 60)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    train, dev = list(read_cmeee(file, "train")), list(read_cmeee(file, "dev"))
    assert len(train) + len(dev) == 50
    assert 0 < len(dev) < 15
    assert not {a.text for a in train} & {a.text for a in dev}
    assert all(marked(a) == [("发热", "sym"), ("退热药", "dru")] for a in train + dev)


def test_a_mention_over_a_break_of_the_page_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "train2"
    folder.mkdir()
    text = "本例为糖尿病\n肾病。\n 予胰 岛素治疗。"
    places = {"Disease": [(3, 6), (7, 9)], "Drug": [(13, 14), (15, 17)]}
    rows = [
        f"T{n}\t{kind} {';'.join(f'{s} {e}' for s, e in parts)}\tx"
        for n, (kind, parts) in enumerate(places.items(), 1)
    ]
    for name in map(str, range(30)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.ann").write_text("\n".join([*rows, "R1\tx y z"]), encoding="utf-8")
    train, dev = list(read_ruijin(tmp_path, "train")), list(read_ruijin(tmp_path, "dev"))
    assert len(train) + len(dev) == 60
    assert [marked(a) for a in train[:2]] == [[("糖尿病肾病", "Disease")], [("胰岛素", "Drug")]]


def test_every_type_of_a_corpus_has_a_name() -> None:
    assert corpus_types("cmeee")["dis"] == "Disease"
    assert corpus_types("cmeee")["pro"] == "Procedure"
    assert len(corpus_types("cmeee")) == 9
    assert len(corpus_types("ruijin")) == 15
    assert corpus_types("unheard") == {}


def test_an_absent_corpus_is_told_by_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such corpus") as told:
        list(read_corpora(tmp_path))
    assert "cmeee" in str(told.value)


def test_a_line_of_another_format_is_told_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "train_data.txt"
    file.write_text("".join(f"{n}例|||0    x|||\n" for n in range(5)), encoding="utf-8")
    with pytest.raises(FormatError, match=r"train_data\.txt:\d"):
        list(read_cmeee(file, "train"))
