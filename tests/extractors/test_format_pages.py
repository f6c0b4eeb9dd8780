"""The pages on formats tell the truth: every example is read, and every key is explained."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from extractors.evaluation.gold import load_gold
from extractors.pipeline import MAX_SENTENCE
from extractors.readers import MAX_CHARACTERS, Annotated, read_documents
from extractors.readers.reading import MAX_FILE_BYTES
from kg import model
from kg.io import document_from_json, extraction_from_json, extraction_to_json
from kg.model import Document, Extraction

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^## ([^\n]+)\n|^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples(page: str) -> list[tuple[str, str, str]]:
    """(heading above, language, text) of every fenced block of a page."""
    heading, found = "", []
    for match in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        if match[1]:
            heading = match[1]
        else:
            found.append((heading, match[2], match[3]))
    return found


PAGES = ("extraction-json.md", "extraction-json.zh.md")
FORMATS = [
    (page, *example)
    for page in ("input-formats.md", "input-formats.zh.md")
    for example in examples(page)
]


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_extraction_json_are_right(page: str) -> None:
    whole, texts, mentions = (json.loads(text) for _, _, text in examples(page))
    extraction = extraction_from_json(whole)
    assert extraction.relations
    assert extraction_from_json(extraction_to_json(extraction)) == extraction
    assert document_from_json(texts).passages
    assert len(extraction_from_json(mentions).mentions) == 2


def test_the_english_example_shows_every_key() -> None:
    _, _, text = examples("extraction-json.md")[0]
    assert extraction_to_json(extraction_from_json(json.loads(text))) == json.loads(
        text.replace(' "pmcid": null,', "").replace(' "affiliation": null,', "")
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_key_and_every_value_is_explained(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8").partition("## Keys")[2] or (
        DOCS / page
    ).read_text(encoding="utf-8").partition("## 各键")[2]
    kinds = (
        model.Source, model.Passage, model.Sentence, model.Mention, model.Candidate,
        model.RelationMention, model.Cue, model.Quantity, model.Discrepancy, model.Side,
        model.Result, model.Group, model.StudyDesign,
    )  # fmt: skip
    keys = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    values = {
        *model.LANGUAGES, *model.SECTIONS, *model.MENTION_TYPES, *model.PREDICATES, *model.ASPECTS,
        *model.DISCREPANCY_KINDS, *model.QUANTITY_KINDS, *model.INTERVAL_KINDS, *model.DIRECTIONS,
        *model.GROUP_ROLES, *model.SIGNIFICANCES, *model.DESIGN_KINDS,
    }  # fmt: skip
    assert sorted(name for name in keys | values if f"`{name}`" not in text) == []


@pytest.mark.parametrize(("page", "heading", "kind", "text"), FORMATS)
def test_examples_of_input_formats_are_read(
    tmp_path: Path, page: str, heading: str, kind: str, text: str
) -> None:
    path = tmp_path / "example"
    path.write_text(text, encoding="utf-8")
    if heading in ("Gold standard", "金标准"):
        assert load_gold(path)[0].relations
        return
    (document,) = read_documents(path)
    assert isinstance(document, Document | Extraction | Annotated), document
    if isinstance(document, Annotated):
        assert document.reading.relations


@pytest.mark.parametrize("page", ["input-formats.md", "input-formats.zh.md"])
def test_the_plain_text_example_shows_what_it_tells(tmp_path: Path, page: str) -> None:
    path = tmp_path / "example"
    path.write_text(examples(page)[0][2], encoding="utf-8")
    (document,) = read_documents(path)
    assert isinstance(document, Document)
    assert document.id.startswith("doi:10.0000/fixture.3")
    assert sorted((p.language, str(p.section)) for p in document.passages) == [
        (language, section)
        for language in ("en", "zh")
        for section in ("background", "results", "title")
    ]
    assert document.source.year == 2020
    assert document.source.affiliation


@pytest.mark.parametrize("page", ["input-formats.md", "input-formats.zh.md"])
def test_the_limits_are_those_of_the_readers(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert f"{MAX_CHARACTERS:,}" in text
    assert f"{MAX_FILE_BYTES:,}" in text
    assert f"{MAX_SENTENCE:,}" in text
