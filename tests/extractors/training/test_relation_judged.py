"""Sentences judged for this project: the table, and what it tells of a text."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import pytest

from extractors.training.relation_judged import Judgement, annotated, judged, read_judgements
from extractors.training.relation_texts import UNKNOWN
from kg.errors import FormatError, InputError

TEXT = "Drogamil (DGM) lowers fibrosis and pain."
NAMED = ((0, 8, "Drug"), (10, 13, "Drug"), (22, 30, "Disease"), (35, 39, "Outcome"))
HEAD = "document\tlanguage\tstart\tend\tcheck\tmentions\trelations\n"


def row(*relations: tuple[int, str, int]) -> Judgement:
    return Judgement("x", "en", 0, len(TEXT), "", NAMED, relations)  # type: ignore[arg-type]


def test_what_holds_of_a_name_holds_of_the_one_in_brackets_behind_it() -> None:
    text = annotated("x", "en", TEXT, [row((1, "treats", 3), (1, "related", 4))])
    assert dict(text.stated) == {
        ("0-8", "22-30"): "treats", ("10-13", "22-30"): "treats",
        ("0-8", "35-39"): UNKNOWN, ("10-13", "35-39"): UNKNOWN,
    }  # fmt: skip


def test_pairs_left_open_are_not_judged_and_those_not_named_are_not_related() -> None:
    text = annotated("x", "en", TEXT, [row((1, "open", 4))])
    assert text.judged is not None
    assert frozenset(("0-8", "35-39")) not in text.judged
    assert frozenset(("22-30", "35-39")) in text.judged
    assert not text.stated


def test_the_table_is_right_and_names_things_that_are_there() -> None:
    rows = read_judgements()
    assert {r.language for r in rows} == {"en", "zh"}
    assert all(r.start <= start < end <= r.end for r in rows for start, end, _ in r.mentions)


@pytest.mark.parametrize("cells", [
    "x\ten\t0\t9\tffff\t0-3:Drug\t1 treats 2", "x\ten\t0\t9\tffff\t0-3:Thing\t",
    "x\tfr\t0\t9\tffff\t0-3:Drug\t", "x\ten\t0\t9\tffff\t0-3:Drug 4-5:Drug\t1 soothes 2",
])  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(HEAD + cells + "\n")
    with pytest.raises(FormatError, match="not a judged sentence"):
        read_judgements(path)


def test_absent_corpora_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(judged(tmp_path))


def test_texts_come_from_the_folder_of_the_corpora(tmp_path: Path) -> None:
    zh = "德罗加米降低肺纤维化。"
    files = {
        "chinese/csl/csl_medical_abstracts.tsv": f"title\tabstract\n题\t{zh}\n",
        "english/evidence-inference/abstract_prompts.jsonl":
            json.dumps({"pmcid": "PMC1", "abstract": TEXT}) + "\n",
        "english/biored/Train.PubTator": f"7|t|{TEXT}\n7|a|It does.\n",
        "parallel/eccparacorp-enzh/ecc_complete.csv":
            f"type,id,en_description,zh_description\nSentence,s1,{TEXT},\nSentence,s1,{TEXT},{zh}\n",
        "parallel/tico19-enzh/all.en-zh.tmx":
            f'<tmx version="1.4"><body><tu tuid="w:1"><tuv xml:lang="en"><seg>{TEXT}</seg></tuv>'
            f'<tuv xml:lang="zh"><seg>{zh}</seg></tuv></tu></body></tmx>',
    }  # fmt: skip
    for name in ("wmt18", "wmt19"):
        files[f"parallel/wmt18-19-biomed/{name}.medline.en-zh.en"] = f"{TEXT}\n"
        files[f"parallel/wmt18-19-biomed/{name}.medline.en-zh.zh"] = f"{zh}\n"
    for name, text in files.items():
        path = tmp_path / "corpora" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    whole = [("csl:0", "zh", zh), ("ei:PMC1", "en", TEXT), ("biored:7", "en", TEXT + " It does."),
             ("parallel:0", "zh", zh), ("parallel:1", "zh", zh)]  # fmt: skip
    table = tmp_path / "table.tsv"
    table.write_text(HEAD + "".join(
        f"{name}\t{language}\t0\t{len(text)}\t{crc32(text.encode()):08x}\t0-4:Drug 6-9:Disease\t\n"
        for name, language, text in whole
    ))  # fmt: skip
    found = {text.id: text.text for text in judged(tmp_path / "corpora", table)}
    assert found == {name: text for name, _, text in whole}
    (tmp_path / "corpora" / "english/biored/Train.PubTator").write_text("7|t|Another text.\n")
    with pytest.raises(InputError, match="not the text that was judged"):
        list(judged(tmp_path / "corpora", table))
