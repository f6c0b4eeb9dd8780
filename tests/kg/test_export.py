"""Exports: six formats, one graph, in an order that does not change."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.errors import FormatError, NotFoundError
from kg.export.rdf import export_rdf, find_graphs
from kg.files.replacing import replacing
from kg.store.base import Store
from kg.store.formats import RDF_FORMATS, parse, rdf_format
from kg.terms import Quad
from kg.vocab import ONTOLOGY_GRAPH, STATEMENTS_GRAPH, document_graph
from tests.kg.graphs import fixture, store_of

FORMATS = [known.name for known in RDF_FORMATS]
RDFLIB = {
    "ntriples": "nt", "nquads": "nquads", "turtle": "turtle", "trig": "trig",
    "jsonld": "json-ld", "rdfxml": "xml",
}  # fmt: skip


def exported(store: Store, format: str, *graphs: str) -> bytes:
    out = io.BytesIO()
    export_rdf(store, format, out, graphs=graphs)
    return out.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_every_triple(format: str) -> None:
    store = store_of(*fixture())
    quads = set(parse(exported(store, format), format))
    if rdf_format(format).graphs:
        assert quads == set(store.quads())
    else:
        assert {q.triple for q in quads} == {q.triple for q in store.quads()}


@pytest.mark.parametrize("format", FORMATS)
def test_two_libraries_read_the_same_graph(format: str) -> None:
    """rdflib reads of each format what it reads of N-Triples; decimals are compared as written."""
    store = store_of(*fixture())
    wanted = Graph().parse(data=exported(store, "ntriples", "statements"), format="nt")
    data = exported(store, format, "statements")
    with warnings.catch_warnings():  # of the library about itself
        warnings.simplefilter("ignore", DeprecationWarning)
        if rdf_format(format).graphs:
            found = Dataset().parse(data=data, format=RDFLIB[format])
            graph = found.graph(STATEMENTS_GRAPH.value)
        else:
            graph = Graph().parse(data=data, format=RDFLIB[format])
    assert len(graph) == len(wanted) > 100
    assert isomorphic(graph, wanted)


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_loading_does_not_show(format: str) -> None:
    first, second = fixture()
    one, other = store_of(first, second), store_of(second, first, batch=1)
    assert exported(one, format) == exported(other, format)


@pytest.mark.parametrize("format", FORMATS)
def test_no_export_holds_a_denied_or_supposed_claim_as_a_triple(format: str) -> None:
    related = {
        (q.subject, q.object)
        for q in parse(exported(store_of(*fixture()), format), format)
        if q.predicate.value.endswith(("#relatedTo", "#affects", "#treats"))
        and not str(q.subject).startswith("<https://w3id.org/parallax/vocab#")
    }
    names = {f"{str(s).rpartition('/')[2]} {str(o).rpartition('/')[2]}" for s, o in related}
    assert "D016559> D009404>" in names
    assert not {"D016559> D011507>", "D016559> D003404>"} & names


def test_graphs_are_chosen_by_name() -> None:
    store = store_of(*fixture())
    assert find_graphs(store, ["statements", "ontology"]) == (ONTOLOGY_GRAPH, STATEMENTS_GRAPH)
    assert find_graphs(store, ["pubmed:900001"]) == (document_graph("pubmed:900001"),)
    assert len(find_graphs(store, ["documents"])) == 2
    assert len(find_graphs(store, [])) == 5
    with pytest.raises(NotFoundError, match="no such graph"):
        find_graphs(store, ["statemnets"])


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(FormatError, match="use one of ntriples"):
        exported(store_of(), "word")


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(b"before")

    def write(fail: bool) -> None:
        with replacing(path) as out:
            out.write(b"after")
            if fail:
                raise KeyError

    with pytest.raises(KeyError):
        write(fail=True)
    assert path.read_bytes() == b"before"
    write(fail=False)
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_the_export_is_sorted() -> None:
    data = exported(store_of(*fixture()), "nquads", "statements").decode().splitlines()
    subjects = [line.partition(" ")[0] for line in data]
    assert subjects == sorted(subjects)
    assert all(isinstance(quad, Quad) for quad in parse("\n".join(data).encode(), "nquads"))
