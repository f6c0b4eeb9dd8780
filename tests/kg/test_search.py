"""Finding concepts and sentences by what people type, in both languages."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.loading import load_extractions, remove_documents
from kg.search import Search, link, open_search, refresh_search, resolve
from kg.search.building import build_index
from kg.search.folding import fold, split_terms
from kg.search.index import Index, Name
from kg.search.opening import index_path
from kg.settings import Settings
from kg.store.base import Store
from tests.golden import (
    CALCINEURIN,
    PROTEINURIA,
    SYNAPTOPODIN,
    TACROLIMUS,
    golden_extractions,
    golden_store,
    golden_terminology,
    shared_store,
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    path = tmp_path_factory.mktemp("search") / "search.sqlite"
    build_index(path, shared_store())
    with closing(Search(path)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("variants", "key"),
    [
        ("TGF-β1 TGFβ1 ＴＧＦ－β１ tgf-beta-1", "tgfbeta1"),
        ("IL-6 IL6 il-6", "il6"),
        ("鈣調磷酸酶 钙调磷酸酶", "钙调磷酸酶"),
        ("CD4+ cd4＋", "cd4plus"),
        ("Sjögren sjogren", "sjogren"),
    ],
)
def test_variants_of_a_name_meet(variants: str, key: str) -> None:
    assert {fold(name) for name in variants.split()} == {key}


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="他克莫司FK506 -，.α肾", min_size=1))
def test_terms_hold_every_letter_of_the_key(text: str) -> None:
    assert set("".join(split_terms(text))) == set(fold(text))


@pytest.mark.parametrize(
    ("typed", "concept", "match"),
    [
        ("tacrolimus", TACROLIMUS, "label"),
        ("Tacrolimus", TACROLIMUS, "label"),
        ("他克莫司", TACROLIMUS, "label"),
        ("fk-506", TACROLIMUS, "synonym"),
        ("ＦＫ５０６", TACROLIMUS, "synonym"),
        ("普樂可復", TACROLIMUS, "synonym"),
        ("mesh:d016559", TACROLIMUS, "identifier"),
        ("tacro", TACROLIMUS, "label prefix"),
        ("他", TACROLIMUS, "label prefix"),
        ("takemosi", TACROLIMUS, "pinyin"),
        ("tkm", TACROLIMUS, "pinyin prefix"),
        ("突触蛋白", SYNAPTOPODIN, "attested"),
        ("phosphatase", CALCINEURIN, "words"),
        ("磷酸酶", CALCINEURIN, "words"),
    ],
)
def test_a_concept_is_found_by(search: Search, typed: str, concept: str, match: str) -> None:
    first = search.find(typed, kinds=["concept"])[0]
    assert (first.id, first.match) == (concept, match)


def test_labels_come_before_synonyms_and_evidence_decides(search: Search) -> None:
    assert search.suggest("蛋白")[0].id == PROTEINURIA
    found = search.suggest("p")
    assert [hit.match for hit in found] == sorted(
        (hit.match for hit in found), key=["label prefix", "synonym prefix", "words"].index
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("stabilised cytoskeleton", "Tacrolimus stabilised the cytoskeleton through calcineurin."),
        ("稳定细胞骨架", "他克莫司通过钙调神经磷酸酶稳定细胞骨架。"),
        ("穩定 細胞骨架", "他克莫司通过钙调神经磷酸酶稳定细胞骨架。"),
    ],
)
def test_sentences_are_found_by_their_words(search: Search, typed: str, sentence: str) -> None:
    assert [hit.text for hit in search.find(typed, kinds=["sentence"])] == [sentence]


def test_documents_are_found_by_their_titles(search: Search) -> None:
    (hit,) = search.find("虚构试验", kinds=["document"])
    assert (hit.id, hit.language) == ("pubmed:900001", "zh")


def test_nothing_is_found_for_signs(search: Search) -> None:
    for typed in ("", "  ", '"', "*", "AND", "a OR", "（", "'; DROP TABLE names; --"):
        search.find(typed, kinds=["concept", "sentence", "document"])
    assert search.find("（*", kinds=["concept", "sentence", "document"]) == ()


def test_only_a_type_is_found(search: Search) -> None:
    assert search.find("tacrolimus", kinds=["concept"], type="Protein") == ()


@pytest.mark.parametrize("text", ["他克莫司", "FK506", "mesh:D016559", "tacrolimus"])
def test_resolve_takes_any_name(search: Search, text: str) -> None:
    assert resolve(search, text).concept.id == TACROLIMUS


def test_resolve_takes_an_english_plural(search: Search) -> None:
    assert resolve(search, "synaptopodins").concept.id == SYNAPTOPODIN


def test_unknown_names_get_near_ones(search: Search) -> None:
    with pytest.raises(NotFoundError, match=r"tacrolimmus: .*did you mean tacrolimus\?"):
        resolve(search, "tacrolimmus")
    with pytest.raises(NotFoundError, match="did you mean 钙调磷酸酶"):
        resolve(search, "钙调磷酸梅")
    with pytest.raises(NotFoundError, match="look with: kg search"):
        resolve(search, "zzzzzzzz")


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("How does tacrolimus affect synaptopodin?", [TACROLIMUS, SYNAPTOPODIN]),
        ("他克莫司如何影响突触足蛋白？", [TACROLIMUS, SYNAPTOPODIN]),
        ("FK506对蛋白尿有效吗", [TACROLIMUS, PROTEINURIA]),
        ("intacrolimus", []),
        ("protein phosphatase 2B and SYNPO", [CALCINEURIN, SYNAPTOPODIN]),
    ],
)
def test_names_in_a_text_are_linked(search: Search, text: str, linked: list[str]) -> None:
    links = link(search, text)
    assert [found.resolution.concept.id for found in links] == linked
    for found in links:
        assert text[found.start : found.end] == found.resolution.text


def _index(path: Path, *names: Name, **evidence: int) -> Search:
    with closing(Index(path, writable=True)) as index:
        index.add_names(name for name in names if name.role != "attested")
        index.put_document("d1", (), [name for name in names if name.role == "attested"])
        for concept, count in evidence.items():
            index.set_evidence(f"x:{concept}", count)
    return Search(path)


def test_the_sense_that_documents_use_is_taken_where_the_other_has_no_evidence(
    tmp_path: Path,
) -> None:
    names = (
        Name("x:synapsin", "突触蛋白", "zh", "label", "Protein"),
        Name("x:synaptopodin", "突触足蛋白", "zh", "label", "Protein"),
        Name("x:synaptopodin", "突触蛋白", "zh", "attested", "Protein"),
    )
    with closing(_index(tmp_path / "a", *names, synaptopodin=3)) as search:
        found = resolve(search, "突触蛋白")
        assert found.concept.id == "x:synaptopodin"
        assert [hit.id for hit in found.passed_over] == ["x:synapsin"]
    with closing(_index(tmp_path / "b", *names, synaptopodin=3, synapsin=1)) as search:
        found = resolve(search, "突触蛋白")
        assert (found.concept.id, found.passed_over) == ("x:synapsin", ())
        assert [hit.id for hit in found.others] == ["x:synaptopodin"]


def test_an_ambiguous_name_lists_the_choices(tmp_path: Path) -> None:
    names = (
        Name("x:one", "MCP", "en", "synonym", "Protein"),
        Name("x:two", "MCP", "en", "synonym", "Drug"),
    )
    with closing(_index(tmp_path / "a", *names, one=2, two=1)) as search:
        with pytest.raises(NotFoundError, match=r"x:one \(MCP\), x:two \(MCP\); give one by"):
            resolve(search, "mcp")
        assert resolve(search, "mcp", strict=False).concept.id == "x:one"
    with closing(_index(tmp_path / "b", *names, one=9, two=1)) as search:
        assert resolve(search, "mcp").concept.id == "x:one"


def _contents(path: Path) -> list[list[tuple[object, ...]]]:
    """All that an index says, without its row numbers."""
    selects = (
        "SELECT c.curie, c.type, c.en, c.zh, c.evidence FROM concepts c"
        " WHERE c.id IN (SELECT concept FROM names)",
        "SELECT c.curie, n.text, n.language, n.role, n.key, t.terms FROM names n"
        " JOIN concepts c ON c.id = n.concept JOIN names_terms t ON t.rowid = n.id",
        "SELECT s.key, n.text FROM spellings s JOIN names n ON n.id = s.name",
        "SELECT a.document, n.text FROM attestations a JOIN names n ON n.id = a.name",
        "SELECT t.kind, t.iri, t.document, t.language, t.text, x.terms FROM texts t"
        " JOIN texts_terms x ON x.rowid = t.id",
    )
    with closing(sqlite3.connect(path)) as database:
        return [sorted(database.execute(select).fetchall()) for select in selects]


def test_updating_documents_gives_the_index_that_building_gives(tmp_path: Path) -> None:
    settings, store = Settings(tmp_path / "updated"), golden_store()
    open_search(settings, store).close()
    first, *_, last = golden_extractions()
    remove_documents(store, [last.document.id], terminology=golden_terminology())
    refresh_search(settings, store, changed=(), removed=[last.document.id])
    shorter = replace(
        first, relations=(), discrepancies=(), quantities=(), mentions=first.mentions[:4]
    )
    load_extractions(store, [shorter], terminology=golden_terminology())
    refresh_search(settings, store, changed=[first.document.id])
    build_index(tmp_path / "built", store)
    assert _contents(index_path(settings)) == _contents(tmp_path / "built")
    with closing(open_search(settings, store)) as search:
        assert search.find("Fixturin-9") == ()


def test_a_stale_or_broken_index_is_built_anew(tmp_path: Path) -> None:
    settings, store = Settings(tmp_path), golden_store()
    index_path(settings).write_bytes(b"not a database at all, certainly not")
    with closing(open_search(settings, store)) as search:
        assert search.suggest("Fixturin")
    remove_documents(store, ["pubmed:900004"], terminology=golden_terminology())
    with closing(open_search(settings, store)) as search:
        assert not search.suggest("Fixturin")
    assert [path.name for path in tmp_path.iterdir()] == ["search.sqlite"]


def test_refreshing_without_an_index_leaves_it_to_be_built(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    refresh_search(settings, shared_store(), changed=["pubmed:900001"])
    assert not index_path(settings).exists()


def test_a_folder_that_cannot_be_written_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path)

    def refuse(path: Path, store: Store, *, revision: str = "") -> None:
        if path.is_relative_to(tmp_path):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        build_index(path, store, revision=revision)

    monkeypatch.setattr("kg.search.opening.build_index", refuse)
    with closing(open_search(settings, shared_store())) as search:
        assert search.get(TACROLIMUS) is not None
    assert not list(tmp_path.iterdir())
