"""What holds for any input: readers never raise, and give the text that was there."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import Annotated, Deletion, Failure, Item, read_documents
from extractors.readers.language import language_blocks
from extractors.readers.plain import read_abstract
from kg.errors import InputError
from kg.io import document_to_json
from kg.model import SECTIONS, Document, Extraction, Passage

WORDS = st.sampled_from(
    ["Sirolimus lowered creatinine.", "西罗莫司降低肌酐。", "METHODS: ", "【结果】", "目的 ", "Abstract", "摘要：",
     "Fict J Med. 2015;7(2):11-9.", "doi: 10.1000/x", "PMID: 1", "\n", "\r\n", "\n\n", " ", "IgA 肾病", "P<0.05",
     "(1)", "２０１２", "“", "\u3000", "\u00a0", "\ufeff", "𠮷"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=30).map("".join)
HEADS = st.sampled_from(
    [b"", b"<PubmedArticleSet><PubmedArticle>", b"<collection><document>", b'{"id": "x"', b"[{",
     b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"1|t|", b"PK\x03\x04",
     b"1|t|Sirolimus lowered creatinine.\n1\t0\t9\t", b'{"type": "Complex", "evidence": [',
     b'{"documents": [{"id": "x", "passages": [{"offset": 0, "annotations": [{"id": 1}], "text": "',
     b'{"contract": "parallax-llm-1", "id": "x", ']
)  # fmt: skip


def read(content: bytes, *, annotations: bool = False) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(content)
        return list(read_documents(path, annotations=annotations))


@settings(deadline=None, max_examples=150)
@given(HEADS, st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_give_documents_or_failures(head: bytes, rest: bytes) -> None:
    items = read(head + rest, annotations=True)
    assert items
    for item in items:
        assert isinstance(item, Document | Extraction | Annotated | Deletion | Failure)
        if isinstance(item, Failure):
            assert item.message
            assert item.where


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300), st.integers(0, 60))
def test_gzip_cut_anywhere_gives_documents_or_failures(content: bytes, cut: int) -> None:
    packed = gzip.compress(content)
    assert read(packed[: max(2, len(packed) - cut)])


@settings(deadline=None)
@given(TEXTS)
def test_passages_hold_words_of_the_text_in_their_order(text: str) -> None:
    try:
        document = read_abstract(text, name="a")
    except InputError:
        return
    assert document.passages
    squeezed = re.sub(r"[\s\ufeff]", "", text)  # a byte order mark is no word
    for passage in document.passages:
        assert passage.text.strip()
        assert re.sub(r"[\s\ufeff]", "", passage.text) in squeezed
    assert len({passage.id for passage in document.passages}) == len(document.passages)


@given(TEXTS)
def test_language_blocks_leave_nothing_out(text: str) -> None:
    joined = "".join(block for _, block in language_blocks(text))
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", text)


PASSAGES = st.lists(
    st.builds(
        Passage,
        id=st.uuids().map(str),
        language=st.sampled_from(["en", "zh"]),
        text=TEXTS.filter(lambda text: not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\uffff\ufffe]", text)),
        section=st.sampled_from([None, *SECTIONS]),
        label=st.none() | st.just("RESULTS"),
    ),
    min_size=1,
    max_size=4,
).map(tuple)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(PASSAGES)
def test_the_input_form_is_read_back_as_it_was_written(passages: tuple[Passage, ...]) -> None:
    document = Document("x:1", passages)
    line = json.dumps(document_to_json(document), ensure_ascii=False).encode("utf-8")
    assert read(line) == [document]
