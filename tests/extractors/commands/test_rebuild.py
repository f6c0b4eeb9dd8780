"""Building again: what is there is not read again, and the same input gives the same graph."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import extractors.pipeline
from extractors.batch import extract_all
from extractors.options import ReadingOptions
from extractors.pipeline import Pipeline
from extractors.provenance import digest_of, read_by
from extractors.readers.reading import read_documents
from kg.cli import main
from kg.io import extraction_from_json, extraction_to_json
from kg.loading import load_extractions
from kg.model import Document, Extraction, Passage
from kg.store.base import Store
from kg.store.embedded import memory_store

TEXTS = {
    "pubmed:1": (("en", "Losartan decreased proteinuria in rats."), ("zh", "氯沙坦降低大鼠蛋白尿。")),
    "pubmed:2": (("en", "Losartan did not decrease proteinuria."),),
    "pubmed:3": (("zh", "他克莫司可能降低钙调磷酸酶的表达。"), ("en", "Tacrolimus may lower it.")),
}  # fmt: skip


def documents() -> list[Document]:
    return [
        Document(
            name,
            tuple(
                Passage(f"p{number}", language, text)  # type: ignore[arg-type]
                for number, (language, text) in enumerate(texts)
            ),
        )
        for name, texts in TEXTS.items()
    ]


def write(folder: Path, *, text: str = "") -> Path:
    path = folder / "in.jsonl"
    lines = []
    for document in documents():
        passages = [
            {"id": p.id, "language": p.language, "text": p.text + (text if p.id == "p0" else "")}
            for p in document.passages
        ]
        lines.append(json.dumps({"id": document.id, "passages": passages}, ensure_ascii=False))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def build(folder: Path, *more: str) -> dict[str, Any]:
    command = ["build", str(folder / "in.jsonl"), "--data", str(folder / "data"), "--no-models"]
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([*command, "--json", *more]) == 0
    counts: dict[str, Any] = json.loads(out.getvalue())
    return {name: counts[name] for name in ("documents", "added", "replaced", "unchanged")}


def dumped(store: Store) -> list[bytes]:
    out = io.BytesIO()
    store.dump(out, "nquads")
    return sorted(out.getvalue().splitlines())


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path)
    assert build(tmp_path) == {"documents": 3, "added": 3, "replaced": 0, "unchanged": 0}
    assert build(tmp_path) == {"documents": 0, "added": 0, "replaced": 0, "unchanged": 3}
    assert build(tmp_path, "--reread", "all")["documents"] == 3
    write(tmp_path, text=" Serum creatinine rose.")
    assert build(tmp_path) == {"documents": 3, "added": 0, "replaced": 3, "unchanged": 0}


def test_other_versions_read_again_unless_only_text_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    build(tmp_path)
    marks = read_by(ReadingOptions(models=False))
    other = replace(marks, rules="other")
    monkeypatch.setattr(extractors.pipeline.Pipeline, "marks", other)
    assert build(tmp_path, "--reread", "text")["documents"] == 0
    assert build(tmp_path)["documents"] == 3
    assert build(tmp_path)["documents"] == 0


@pytest.fixture(scope="module")
def read() -> list[Extraction]:
    """The documents as the real pipeline reads them."""
    make = lambda: Pipeline(options=ReadingOptions(models=False))  # noqa: E731
    found = list(extract_all(documents(), make=make))
    assert all(isinstance(item, Extraction) for item in found)
    return [item for item in found if isinstance(item, Extraction)]


def test_any_order_and_batching_of_read_documents_gives_the_same_bytes(
    read: list[Extraction],
) -> None:
    wanted = memory_store()
    load_extractions(wanted, read)
    for order in permutations(read):
        for batch in (1, 2, 3):
            store = memory_store()
            load_extractions(store, order, batch=batch)
            assert dumped(store) == dumped(wanted)


def test_provenance_goes_through_json(read: list[Extraction]) -> None:
    for extraction, document in zip(read, documents(), strict=True):
        assert extraction.provenance is not None
        assert extraction.provenance.digest == digest_of(document)
        assert extraction_from_json(extraction_to_json(extraction)) == extraction


def test_examples_built_twice_are_the_same_bytes() -> None:
    folder = Path(__file__).parents[3] / "examples"
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".jsonl", ".txt"))
    items = [item for path in files for item in read_documents(path)]
    given = [item for item in items if isinstance(item, Document)][:3]
    assert given
    dumps = []
    for _ in range(2):
        found = extract_all(given, make=lambda: Pipeline(options=ReadingOptions(models=False)))
        store = memory_store()
        load_extractions(store, (item for item in found if isinstance(item, Extraction)))
        dumps.append(dumped(store))
    assert dumps[0] == dumps[1]
