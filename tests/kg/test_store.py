"""The embedded store: queries, whole changes, one writer, snapshots and backups."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, QueryError, StoreError
from kg.settings import Settings
from kg.store.base import Store, Triples
from kg.store.copies import backup_store, restore_store
from kg.store.embedded import memory_store, open_embedded
from kg.store.opening import open_snapshot, open_store
from kg.store.snapshots import KEPT, current_snapshot, publish_snapshot
from kg.terms import IRI, BlankNode, Literal, Quad
from kg.vocab import STATEMENTS_GRAPH
from tests.kg.graphs import fixture, lines, store_of

A, B, P = (IRI(f"https://example.org/{name}") for name in "abp")
GRAPH = IRI("https://example.org/graph")


def quad(subject: IRI = A, value: str = "x", graph: IRI = GRAPH) -> Quad:
    return Quad(subject, P, Literal(value, language="en"), graph)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


# Asking.


def test_rows_hold_terms_and_leave_out_what_is_unbound() -> None:
    store = memory_store()
    store.change((), [quad()])
    query = "SELECT ?s ?v ?w WHERE { ?s ?p ?v OPTIONAL { ?v ?p ?w } }"
    assert list(store.select(query)) == [{"s": A, "v": Literal("x", language="en")}]


def test_prefixes_are_known_and_all_graphs_are_asked() -> None:
    query = "ASK { ?statement a plx:Statement ; rdf:subject mesh:D016559 . ?m oa:hasBody ?concept }"
    assert store_of(*fixture()).ask(query)


def test_a_substituted_value_is_a_term_and_never_text() -> None:
    store = memory_store()
    evil = 'x" } ; DROP ALL #'
    store.change((), [quad(value=evil)])
    value = Literal(evil, language="en")
    found = list(store.select("SELECT ?s WHERE { ?s ?p ?v }", substitutions={"v": value}))
    assert found == [{"s": A}]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent ?where { ?s ?p ?o } }",
        "ASK { ?s ?p true.SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { ?s ?p 'x'@en.SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { ?s ?p plx:a\\#. SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { ?s ?p plx:a\\' . SERVICE <http://localhost:1/> { ?s ?p plx:b\\' } }",
    ],
)
def test_no_query_calls_another_machine(sparql: str) -> None:
    for ask in (memory_store().query, lambda text: memory_store().query_bytes(text, "json")):
        with pytest.raises(QueryError, match="SERVICE is not allowed"):
            ask(sparql)


def test_service_is_an_ordinary_word_elsewhere() -> None:
    query = "# SERVICE\nASK { ?service ?p 'SERVICE'@en . plx:x.service ?p <http://a.org/SERVICE> }"
    assert memory_store().query(query) is False


@pytest.mark.parametrize(
    ("dataset", "pattern", "found"),
    [
        ("", "?s ?p ?v", ["x", "y"]),
        ("", "GRAPH ?g { ?s ?p ?v }", ["x", "y"]),
        ("FROM <https://example.org/graph>", "?s ?p ?v", ["x"]),
        ("FROM <https://example.org/graph>", "GRAPH ?g { ?s ?p ?v }", []),
        ("FROM NAMED <https://example.org/other>", "GRAPH ?g { ?s ?p ?v }", ["y"]),
        ("FROM NAMED <https://example.org/other>", "?s ?p ?v", []),
    ],
)
def test_a_query_sees_the_graphs_that_it_names_or_else_all(
    dataset: str, pattern: str, found: list[str]
) -> None:
    store = memory_store()
    store.change((), [quad(), quad(value="y", graph=IRI("https://example.org/other"))])
    rows = store.select(f"SELECT ?v {dataset} WHERE {{ {pattern} }} ORDER BY ?v")
    assert [row["v"].value for row in rows] == found


def test_a_value_cannot_take_the_place_of_what_is_given_back() -> None:
    with pytest.raises(QueryError, match="leave it out"):
        memory_store().select("SELECT ?s WHERE { ?s ?p ?o }", substitutions={"s": A})


@pytest.mark.parametrize(
    ("sparql", "format", "start"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o }", "json", b'{"head"'),
        ("SELECT ?s WHERE { ?s ?p ?o }", "csv", b"s\r\n"),
        ("SELECT ?s WHERE { ?s ?p ?o }", "text/tab-separated-values", b"?s\n"),
        ("ASK { ?s ?p ?o }", "xml", b"<?xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "ntriples", b"<https://example.org/a>"),
    ],
)
def test_results_come_in_the_formats_of_the_protocol(
    sparql: str, format: str, start: bytes
) -> None:
    store = memory_store()
    store.change((), [quad()])
    assert store.query_bytes(sparql, format).startswith(start)


def test_construct_gives_triples() -> None:
    store = memory_store()
    store.change((), [quad()])
    result = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(result, Triples)
    assert [triple.subject for triple in result] == [A]


def test_a_function_can_be_called_from_a_query() -> None:
    function = "https://example.org/shout"
    result = memory_store().query(
        f'SELECT ?x WHERE {{ BIND(<{function}>("a") AS ?x) }}',
        functions={function: lambda term: Literal(term.value.upper())},
    )
    assert [row["x"] for row in result] == [Literal("A")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sparql", "format"),
    [
        ("SELECT * {", "json"),
        ("SELECT * WHERE { ?s nope:p ?o }", "json"),
        ("SELECT * WHERE { ?s ?p ?o }", "turtle"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", "json"),
    ],
)
def test_a_wrong_query_gives_one_clear_line(sparql: str, format: str) -> None:
    with pytest.raises(KgError) as caught:
        memory_store().query_bytes(sparql, format)
    assert "\n" not in str(caught.value)


def test_select_and_ask_refuse_each_other() -> None:
    with pytest.raises(QueryError, match="not a SELECT query"):
        memory_store().select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="not an ASK query"):
        memory_store().ask("SELECT * WHERE { ?s ?p ?o }")


# Changing.


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_is_stored_as_it_is(value: str) -> None:
    store = memory_store()
    store.change((), [quad(value=value)])
    assert [q.object for q in store.quads(A)] == [Literal(value, language="en")]
    store.change([quad(value=value)], ())
    assert len(store) == 0


def test_a_change_drops_removes_and_adds() -> None:
    store = memory_store()
    other = IRI("https://example.org/other")
    store.change((), [quad(), quad(B), quad(graph=other)])
    store.change([quad()], [quad(value="y")], drop=[other])
    assert {str(q.object) for q in store.quads()} == {'"x"@en', '"y"@en'}
    assert list(store.graphs()) == [GRAPH]


def test_a_change_that_fails_changes_nothing() -> None:
    store = memory_store()
    store.change((), [quad()])
    bad = Quad(BlankNode("b"), P, A, GRAPH)
    with pytest.raises(KgError, match="no blank nodes"):
        store.change([quad()], [quad(B), bad])
    assert list(store.quads()) == [quad()]


# One writer; readers beside it.


def test_a_second_writer_is_told_of_the_first(settings: Settings) -> None:
    with open_store(settings), pytest.raises(StoreError, match="written by another process"):
        open_store(settings)
    open_store(settings).close()


def test_a_writer_in_another_process_is_noticed_too(settings: Settings) -> None:
    program = "import sys\nfrom kg.settings import Settings\nfrom kg.store import open_store\n"
    program += "from pathlib import Path\nopen_store(Settings(data=Path(sys.argv[1])))"
    with open_store(settings):
        done = subprocess.run(
            [sys.executable, "-c", program, settings.data], capture_output=True, text=True
        )
    assert "is being written by another process" in done.stderr


def test_a_closed_store_says_so(settings: Settings) -> None:
    store = open_store(settings)
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        len(store)


def test_reading_where_nothing_is_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(StoreError, match="run kg build"):
        open_store(settings, read_only=True)
    assert not settings.data.exists()


def test_readers_see_the_last_snapshot_while_a_writer_goes_on(settings: Settings) -> None:
    with open_store(settings) as writer:
        writer.change((), [quad()])
        first = publish_snapshot(writer, settings)
        writer.change((), [quad(B)])
        with open_store(settings, read_only=True) as reader, open_snapshot(first) as other:
            assert (len(reader), len(other), len(writer)) == (1, 1, 2)
            with pytest.raises(StoreError):
                reader.change((), [quad(B)])
        second = publish_snapshot(writer, settings)
        assert current_snapshot(settings) == second != first
        with open_store(settings, read_only=True) as reader:
            assert len(reader) == 2


def test_old_snapshots_are_cleared_away(settings: Settings) -> None:
    with open_store(settings) as writer:
        published = [publish_snapshot(writer, settings) for _ in range(KEPT + 2)]
    kept = sorted(p for p in published[0].parent.iterdir() if p.is_dir())
    assert kept == published[-KEPT:]


def test_a_snapshot_that_is_gone_is_reported(settings: Settings) -> None:
    with open_store(settings) as writer:
        publish_snapshot(writer, settings).rename(settings.data / "elsewhere")
    with pytest.raises(StoreError, match="snapshot is gone"):
        open_store(settings, read_only=True)


# Backup and restore.


def filled(settings: Settings) -> list[bytes]:
    with open_store(settings) as store:
        store.change((), store_of(*fixture()).quads())
        return lines(store)


def test_a_restored_backup_is_the_same_graph(settings: Settings, tmp_path: Path) -> None:
    before = filled(settings)
    backup_store(settings, tmp_path / "backup")
    with open_store(settings) as store:
        store.change((), (), drop=[STATEMENTS_GRAPH])
    restore_store(settings, tmp_path / "backup", force=True)
    with open_store(settings) as store:
        assert lines(store) == before
    with open_store(settings, read_only=True) as store:
        assert lines(store) == before
    assert sorted(p.name for p in settings.data.iterdir()) == ["snapshots", "store"]


def test_backup_and_restore_refuse_to_overwrite(settings: Settings, tmp_path: Path) -> None:
    filled(settings)
    backup_store(settings, tmp_path / "backup")
    with pytest.raises(StoreError, match="exists already"):
        backup_store(settings, tmp_path / "backup")
    with pytest.raises(StoreError, match="--force"):
        restore_store(settings, tmp_path / "backup")


def test_what_is_no_backup_replaces_nothing(settings: Settings, tmp_path: Path) -> None:
    before = filled(settings)
    (tmp_path / "rubbish").mkdir()
    with pytest.raises(StoreError):
        restore_store(settings, tmp_path / "rubbish", force=True)
    with open_store(settings) as store:
        assert lines(store) == before


def test_a_damaged_store_can_be_restored(settings: Settings, tmp_path: Path) -> None:
    before = filled(settings)
    backup_store(settings, tmp_path / "backup")
    (settings.data / "store" / "CURRENT").write_text("rubbish")
    restore_store(settings, tmp_path / "backup", force=True)
    with open_store(settings) as store:
        assert lines(store) == before


def test_a_damaged_store_is_reported_in_one_line(tmp_path: Path) -> None:
    place = tmp_path / "store"
    open_embedded(place).close()
    (place / "CURRENT").write_text("rubbish")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_embedded(place)


def test_json_results_are_json() -> None:
    store: Store = store_of(*fixture())
    body = store.query_bytes("SELECT ?s WHERE { ?s a plx:Document } ORDER BY ?s", "json")
    assert len(json.loads(body)["results"]["bindings"]) == 2
