"""Every command against a real server: Virtuoso gives what the embedded store gives."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.errors import StoreError
from kg.io import read_extractions
from kg.loading import load_extractions
from kg.publishing import publish
from kg.questions import bind_query
from kg.settings import Settings
from kg.store.base import Result, Solutions, Triples
from kg.store.embedded import EmbeddedStore, memory_store
from kg.store.opening import open_store
from kg.store.remote import RemoteStore
from kg.terms import IRI, Literal, Quad, Term, Triple
from kg.validation.checks import run_checks
from kg.vocab import PLX, RDF, XSD, document_iri
from queries import Query, load_queries
from tests.kg.graphs import FIXTURE, lines
from tests.kg.test_validation import CHECKS
from tests.kg.virtuoso import CLIENT, SERVER, give_rights, running_virtuoso

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("virtuoso"),
    pytest.mark.skipif(
        SERVER is None or CLIENT is None,
        reason="virtuoso-t and isql-vt are not installed (Debian: virtuoso-opensource-7-bin)",
    ),
]
EXAMPLES = Path(__file__).parents[2] / "examples"
INPUTS = (FIXTURE, EXAMPLES / "cyclosporine-podocyte.txt", EXAMPLES / "steroids-iga-testing.txt")
A, P, G = (IRI(f"https://example.org/{name}") for name in "apg")
QUERIES = [(folder, q) for folder in ("examples", "checks", "pages", "reading")
           for q in load_queries(folder)]  # fmt: skip


@dataclass(frozen=True)
class Graph:
    """The same documents on the server and in an embedded store, and how to run a command."""

    server: Settings
    embedded: Settings
    capture: pytest.CaptureFixture[str] | None = None

    def stores(self) -> tuple[RemoteStore, EmbeddedStore]:
        remote = open_store(self.server)
        embedded = open_store(self.embedded, read_only=True)
        assert isinstance(remote, RemoteStore) and isinstance(embedded, EmbeddedStore)
        return remote, embedded

    def run(self, *command: str) -> tuple[tuple[int, str], tuple[int, str]]:
        """Exit status and output of a command on the server and on the embedded store."""
        assert self.capture is not None
        results = []
        for settings in (self.server, self.embedded):
            self.capture.readouterr()
            status = main([*options(settings), *command])
            results.append((status, self.capture.readouterr().out))
        return results[0], results[1]


def options(settings: Settings) -> list[str]:
    store = ["--store", settings.store] if settings.store else []
    return ["--data", str(settings.data), *store]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the server, and what it told before it gave the right to write."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with running_virtuoso(folder) as (address, sql):
        with pytest.raises(StoreError) as refused:
            RemoteStore(address).change((), [Quad(A, P, P, G)])
        give_rights(folder, sql)
        yield address, str(refused.value)


@pytest.fixture(scope="module")
def built(virtuoso: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The fixture and two example abstracts, built by the command into both stores."""
    data = tmp_path_factory.mktemp("graph")
    found = Graph(Settings(data=data / "server", store=virtuoso[0]), Settings(data=data / "data"))
    for settings in (found.server, found.embedded):
        assert main([*options(settings), "build", *map(str, INPUTS)]) == 0
    return found


@pytest.fixture
def graph(built: Graph, capsys: pytest.CaptureFixture[str]) -> Graph:
    return replace(built, capture=capsys)


def test_a_server_that_gives_no_right_to_write_is_told_with_a_remedy(
    virtuoso: tuple[str, str],
) -> None:
    assert "rights to write" in virtuoso[1]
    assert "No permission" in virtuoso[1]


def test_the_same_graph_is_built(graph: Graph) -> None:
    remote, embedded = graph.stores()
    assert len(remote) == len(embedded) > 5000
    assert sorted(map(str, remote.graphs())) == sorted(map(str, embedded.graphs()))
    assert lines(remote) == lines(embedded)


LITERALS = [
    Literal("甲", language="zh"), Literal("𠮷 and 𝛼", language="en"), Literal("a", language="zh-Hant"),
    Literal(""), Literal("3"), Literal('q" \\ \' \n \t ?x'), Literal("中" * 5000, language="zh"),
    Literal("-3", datatype=XSD.integer), Literal("0.87", datatype=XSD.decimal),
    Literal("0.0001", datatype=XSD.decimal), Literal("2012", datatype=XSD.gYear),
    Literal("2012-03-01", datatype=XSD.date), IRI("https://w3id.org/parallax/concept/protein-足蛋白"),
]  # fmt: skip


@pytest.mark.parametrize("term", LITERALS, ids=lambda term: str(term)[:25])
def test_terms_come_back_as_they_went(virtuoso: tuple[str, str], term: Term) -> None:
    store = RemoteStore(virtuoso[0])
    quad = Quad(A, P, term, G)
    store.change((), [quad])
    assert list(store.quads(graph=G)) == [quad] == list(store.quads(None, P, term))
    store.change([quad], ())
    assert list(store.quads(graph=G)) == []


def test_words_with_a_language_are_removed_from_several_graphs_at_once(
    virtuoso: tuple[str, str],
) -> None:
    """Virtuoso leaves them where one DELETE DATA names two graphs, and tells nobody."""
    store = RemoteStore(virtuoso[0])
    words = Literal("甲", language="zh")
    quads = [Quad(A, P, words, graph) for graph in (G, P)]
    store.change((), quads)
    store.change(quads, ())
    assert [quad for graph in (G, P) for quad in store.quads(graph=graph)] == []


def test_a_change_may_be_bigger_than_what_the_server_takes_at_once(
    virtuoso: tuple[str, str],
) -> None:
    store = RemoteStore(virtuoso[0])
    quads = [Quad(IRI(f"https://example.org/{n}"), P, Literal("大" * 250), G) for n in range(6_000)]
    store.change((), quads)
    assert len(list(store.quads(graph=G))) == len(quads)
    store.change(quads[1:], [Quad(A, P, A, G)])
    assert set(store.quads(graph=G)) == {quads[0], Quad(A, P, A, G)}
    store.change((), (), drop=[G])
    assert G not in list(store.graphs())


def bound(query: Query, store: EmbeddedStore) -> str:
    """A query with its example; where that is a placeholder, something that is in the graph."""
    values = dict(query.example)
    for name, value in values.items():
        if value.startswith("https://w3id.org/parallax/"):
            kind = {"statement": "Statement", "statements": "Statement", "quantities": "Quantity"}
            kind |= {"units": "Evidence", "document": "Document", "documents": "Document"}
            (row,) = store.select(f"SELECT ?s {{ ?s a plx:{kind[name]} }} ORDER BY ?s LIMIT 1")
            values[name] = row["s"].value
    return bind_query(query, values)


def cell(term: Term | Triple) -> str:
    """A term; a number that was reckoned by a server has no one form, so it is rounded."""
    if isinstance(term, Literal) and term.datatype in (XSD.integer, XSD.decimal, XSD.double):
        return f"{float(term.value):.6g}"
    return str(term)


def table(result: Result) -> list[Any]:
    if isinstance(result, Solutions):
        return [{name: cell(term) for name, term in row.items()} for row in result]
    assert isinstance(result, Triples)
    return sorted(map(str, result))


@pytest.mark.parametrize(
    ("folder", "query"), QUERIES, ids=[f"{folder}/{q.name}" for folder, q in QUERIES]
)
def test_every_query_gives_the_same_rows(graph: Graph, folder: str, query: Query) -> None:
    remote, embedded = graph.stores()
    text = bound(query, embedded)
    found, expected = table(remote.query(text)), table(embedded.query(text))
    if folder != "examples":  # names of two languages have no order that SPARQL fixes
        found, expected = (sorted(map(str, rows)) for rows in (found, expected))
    assert found == expected


@pytest.mark.parametrize(
    "command",
    [
        ("stats", "--json"),
        ("search", "他克莫司"),
        ("search", "podocyte", "--json"),
        ("show", "FK506"),
        ("show", "synaptopodin", "--lang", "zh"),
        ("explain", "tacrolimus", "synaptopodin"),
        ("explain", "环孢素", "蛋白尿", "--json"),
        ("ask", "他克莫司如何影响突触足蛋白？"),
        ("ask", "What treats IgA nephropathy?"),
        ("query", "drug_neighbours", "-p", "drug=他克莫司"),
        ("query", "drug_neighbours", "-p", "drug=tacrolimus", "--format", "csv"),
        ("query", "hypotheses", "--format", "json"),
        ("query", "hypotheses", "--format", "tsv"),
        ("query", "hypotheses", "--format", "xml"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_says_the_same(graph: Graph, command: tuple[str, ...]) -> None:
    server, embedded = graph.run(*command)
    assert server == embedded
    assert server[0] == 0 and server[1]


@pytest.mark.parametrize(
    "command",
    [("export", "nquads"), ("export", "turtle", "--graph", "statements")],
    ids=" ".join,
)
def test_exports_hold_the_same_graph(graph: Graph, command: tuple[str, ...]) -> None:
    """Each store exports in an order of its own."""
    (status, found), (_, expected) = graph.run(*command)
    form = RdfFormat.N_QUADS if command[1] == "nquads" else RdfFormat.TURTLE
    assert quads(found, form) == quads(expected, form)
    assert status == 0 and found


def quads(text: str, form: RdfFormat) -> list[str]:
    return sorted(str(quad) for quad in parse(text.encode(), format=form))


def test_the_graph_on_the_server_is_valid(built: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*options(built.server), "validate"]) == 0
    assert capsys.readouterr().out.startswith("no violation (0 error, 0 warning")


def test_questions_of_yes_and_no(graph: Graph) -> None:
    remote, _ = graph.stores()
    assert remote.ask("ASK { ?s a plx:Statement }")
    assert not remote.ask("ASK { ?s a plx:Nothing }")
    assert json.loads(remote.query_bytes("ASK { ?s a plx:Drug }", "json"))["boolean"] is True


def test_construct_gives_the_same_triples(graph: Graph) -> None:
    (status, found), (_, expected) = graph.run(
        "query", "concept_graph", "-p", "concept=tacrolimus", "--format", "nt"
    )
    assert status == 0
    assert sorted(found.splitlines()) == sorted(expected.splitlines()) != []


def spoil(graph: Graph, check: str) -> tuple[list[Quad], list[Quad]]:
    """What a fault of the tests of validation removes from this graph and adds to it."""
    store = memory_store()
    before = set(graph.stores()[1].quads())
    store._store.extend(before)
    CHECKS[check](store)
    after = set(store.quads())
    return list(before - after), list(after - before)


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {"blank_node"}))
def test_each_check_finds_its_fault(graph: Graph, check: str) -> None:
    remote, _ = graph.stores()
    removed, added = spoil(graph, check)
    remote.change(removed, added)
    try:
        assert check in {violation.check for violation in run_checks(remote)}
    finally:
        remote.change(added, removed)


def test_a_blank_node_that_others_wrote_is_found(graph: Graph) -> None:
    remote, _ = graph.stores()
    update(graph, f"INSERT {{ GRAPH {G} {{ _:b {RDF.value} {A} }} }} WHERE {{}}")
    assert [v.check for v in run_checks(remote) if v.severity == "error"] == ["blank_node"]
    update(graph, f"CLEAR GRAPH {G}")


def update(graph: Graph, text: str) -> None:
    assert graph.server.store
    request = urllib.request.Request(
        graph.server.store, text.encode(), {"Content-Type": "application/sparql-update"}
    )
    urllib.request.urlopen(request, timeout=60).close()


def test_documents_come_are_replaced_and_go(graph: Graph, tmp_path: Path) -> None:
    _, second = FIXTURE.read_text(encoding="utf-8").splitlines()
    changed = json.loads(second)
    changed["source"]["title"] = "另一个题目 and another title"
    changed["relations"] = []
    other = tmp_path / "changed.jsonl"
    other.write_text(json.dumps(changed), encoding="utf-8")
    steps: list[tuple[tuple[str, ...], str]] = [
        (("remove", "pubmed:900001", "--json"), "removed"),
        (("load", str(other), "--json"), "replaced"),
        (("load", str(other), "--json"), "unchanged"),
        (("search", "synaptopodin"), ""),
        (("load", str(FIXTURE), "--json"), "added"),
    ]
    for command, event in steps:
        server, embedded = graph.run(*command)
        assert server == embedded
        assert server[0] == 0
        assert not event or json.loads(server[1])[event] == 1
        if event in ("removed", "replaced"):
            remote, local = graph.stores()
            assert lines(remote) == lines(local), command
    (status, _), _ = graph.run("remove", "pubmed:900001", "pubmed:0")
    assert status == 1
    graph.run("build", str(FIXTURE))
    assert lines(graph.stores()[0]) == lines(graph.stores()[1])


def test_rdf_of_others_gets_a_graph_of_its_own(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "notes.ttl"
    path.write_text(
        "@prefix : <https://example.org/> . :a :p [ :q '甲'@zh , 2.5 , true ] .", "utf-8"
    )
    assert graph.run("load", str(path), "--graph", G.value)[0] == (0, "4 quads\n")
    found, expected = (
        {(q.predicate, cell(q.object)) for q in store.quads(graph=G)} for store in graph.stores()
    )
    # Virtuoso has no type for booleans of its own: it gives true back as 1.
    assert {(p, re.sub('"1"(?=.*boolean)', '"true"', o)) for p, o in found} == expected
    for settings in (graph.server, graph.embedded):
        with open_store(settings) as store:
            store.change((), (), drop=[G])
            publish(store, settings)


def test_a_change_cut_short_is_completed_by_asking_again(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request of a removal fails once; the command that is given again does the rest."""
    remote, embedded = graph.stores()
    before = lines(remote)
    monkeypatch.setattr("kg.store.remote.update_texts", small_updates(1))
    with pytest.raises(StoreError, match="cut"):
        main_or_raise(remote)
    assert lines(remote) != before
    monkeypatch.undo()
    main_or_raise(remote)
    load_extractions(remote, read_extractions(FIXTURE))
    assert lines(remote) == lines(embedded)


def main_or_raise(store: RemoteStore) -> None:
    from kg.loading import remove_documents

    remove_documents(store, ["pubmed:900001"])


def small_updates(stop: int) -> Callable[..., Iterator[str]]:
    """Updates of a few quads each, of which only the first `stop` are sent."""
    from kg.store.updates import update_texts

    def texts(remove: Any, add: Any, drop: Any = ()) -> Iterator[str]:
        for number, text in enumerate(update_texts(remove, add, drop, size=2000)):
            if number == stop:
                raise StoreError("cut short", where="test")
            yield text

    return texts


PAGES = {
    "/": "Parallax",
    "/search?q=FK506&lang=zh": "他克莫司",
    "/search?q=FK506": "tacrolimus",
    "/concept/mesh:D016559": "calcineurin",
    "/concept/mesh:D016559.ttl": "他克莫司",
    "/document/pubmed:900001": "synaptopodin",
    "/statement/db73f8e41f963e6a": "restore",
    "/path?source=FK506&target=synaptopodin": "calcineurin",
    "/ask?q=他克莫司如何影响突触足蛋白？": "他克莫司",
    "/sparql?query=SELECT ?s { ?s a plx:Drug }": "D016559",
    "/graph?graph=https://w3id.org/parallax/graph/statements": "restores",
    "/api/suggest?q=FK506": "mesh:D016559",
    "/.well-known/void": "triples",
    "/healthz": "ok",
    "/metrics": "parallax_quads",
}  # fmt: skip


def test_the_explorer_shows_what_the_server_holds(built: Graph) -> None:
    from web.app import create_app
    from web.site import EXTENSION

    app = create_app(built.server)
    try:
        client = app.test_client()
        for page, words in PAGES.items():
            path, _, asked = page.partition("?")
            arguments = dict(urllib.parse.parse_qsl(asked))
            answer = client.get(path, query_string=arguments)
            assert answer.status_code == 200, (page, answer.text[:500])
            assert words in answer.text, page
    finally:
        app.extensions[EXTENSION].pool.close()


def test_documents_are_what_they_were(built: Graph) -> None:
    """The tests of this file leave the graph as they found it."""
    remote, embedded = built.stores()
    assert lines(remote) == lines(embedded)
    assert any(remote.quads(document_iri("pubmed:900001"), RDF.type, PLX.Document))
