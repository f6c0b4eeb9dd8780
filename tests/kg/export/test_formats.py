"""Every format: what is denied or supposed never looks like a finding; filters, order, streams."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.export import babelon, bioc, cytoscape, graphml, indra, kgx, neo4j, pubtator
from kg.export.formats import FORMATS, find_format
from kg.export.selection import Selected, Selection
from kg.export.values import Edge
from kg.store.embedded import open_embedded
from kg.terms import Quad
from tests.golden import (
    CALCINEURIN,
    HYPERGLYCAEMIA,
    NEPHROTIC,
    PROTEINURIA,
    TACROLIMUS,
    golden_extractions,
    golden_terminology,
    shared_store,
)
from tests.kg.export.graphs import golden, written
from tests.kg.export.reading import READERS

CREATININE = "mesh:D003404"
NAMES = [form.name for form in FORMATS]
WITH_EDGES = [name for name in NAMES if READERS[name].__name__ != "nothing"]


def edges(**chosen: Any) -> dict[str, Edge]:
    return {e.id: e for e in Selected(shared_store(), Selection(**chosen)).edges()}


def test_the_golden_graph_has_every_standing() -> None:
    standings = {edge.standing for edge in edges().values()}
    assert standings == {"plain", "derived", "disputed", "denied", "hypothesized"}


def test_each_format_has_a_reader_in_these_tests_and_a_title_in_both_languages() -> None:
    assert set(READERS) == set(NAMES)
    assert all(form.title("en") and form.title("zh") and form.tool for form in FORMATS)


@pytest.mark.parametrize("name", NAMES)
def test_no_denied_or_supposed_claim_is_a_plain_edge(name: str) -> None:
    """Tacrolimus treats the syndrome, and causes hyperglycaemia; all else of it is checked."""
    found = {(one, other) for one, _, other in READERS[name](name, *golden(name))}
    stands = {(e.subject, e.object) for e in edges().values() if e.status == "asserted"}
    only = {(e.subject, e.object) for e in edges().values()} - stands
    assert {(TACROLIMUS, PROTEINURIA), (TACROLIMUS, CREATININE)} <= only
    assert not found & (only | {(b, a) for a, b in only})
    if name in WITH_EDGES:
        assert {(TACROLIMUS, NEPHROTIC), (TACROLIMUS, HYPERGLYCAEMIA)} <= found


@pytest.mark.parametrize("name", [n for n in WITH_EDGES if not find_format(n).is_rdf])
def test_a_filter_leaves_only_what_it_names(name: str) -> None:
    files = written(name, predicates=frozenset({"causes"}))
    found = {(one, other) for one, _, other in READERS[name](name, *files)}
    assert found == {(TACROLIMUS, HYPERGLYCAEMIA)}


@pytest.mark.parametrize(
    ("chosen", "keeps"),
    [
        ({"statuses": {"denied"}}, lambda e: e.status == "denied"),
        ({"statuses": {"hypothesized"}}, lambda e: e.status == "hypothesized"),
        ({"min_belief": 0.6}, lambda e: e.belief >= 0.6),
        ({"types": {"Disease"}}, lambda e: NEPHROTIC in (e.subject, e.object)),
        ({"documents": {"pubmed:900003"}}, lambda e: "pubmed:900003" in e.documents),
        ({"since": "2021"}, lambda e: "pubmed:900004" in e.documents),
        ({"since": "2020", "until": "2020-12-31"}, lambda e: "pubmed:900003" in e.documents),
        ({"since": "2031"}, lambda e: False),
    ],
)
def test_filters(chosen: dict[str, Any], keeps: Callable[[Edge], bool]) -> None:
    given = {k: frozenset(v) if isinstance(v, set) else v for k, v in chosen.items()}
    kept = {key for key, edge in edges().items() if keeps(edge)}
    assert set(edges(**given)) == kept
    assert kept or chosen == {"since": "2031"}
    assert len(kept) < len(edges())


def test_nodes_are_the_ends_of_the_selected_statements() -> None:
    selected = Selected(shared_store(), Selection(predicates=frozenset({"causes"})))
    assert {c.curie for c in selected.concepts()} == {TACROLIMUS, HYPERGLYCAEMIA}
    everything = Selected(shared_store())
    ends = {end for edge in edges().values() for end in (edge.subject, edge.object)}
    assert {concept.curie for concept in everything.concepts()} == ends


def test_both_languages_are_named_in_every_format_that_names_concepts() -> None:
    silent = {
        name for name in NAMES
        if not all(word in b"".join(golden(name)).decode() for word in ("tacrolimus", "他克莫司"))
    }  # fmt: skip
    assert silent == {"sssom", "croissant", "void"}  # no mappings in this graph; no concepts


def test_a_kgx_edge_is_qualified() -> None:
    lines = [json.loads(line) for line in golden("kgx-jsonl")[1].splitlines()]
    levels = {line["knowledge_level"] for line in lines}
    assert "prediction" not in levels
    lowered = next(e for e in lines if e.get("object_direction_qualifier") == "decreased")
    assert lowered["object_aspect_qualifier"] in ("expression", "activity_or_abundance")
    assert lowered["predicate"] == "biolink:affects"
    assert lowered["qualified_predicate"] == "biolink:causes"
    assert lowered["publications"] and lowered["agent_type"] == "text_mining_agent"
    asked = written("kgx-jsonl", statuses=frozenset({"hypothesized"}))[1].splitlines()
    assert {json.loads(line)["knowledge_level"] for line in asked} == {"prediction"}


class Counting:
    """A store that counts the quads and the lines that are taken from it."""

    def __init__(self, store: Any) -> None:
        self.store, self.taken = store, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def quads(self, *args: Any, **kwargs: Any) -> Iterator[Quad]:
        for quad in self.store.quads(*args, **kwargs):
            self.taken += 1
            yield quad

    def query_lines(self, sparql: str) -> Iterator[str]:
        for line in self.store.query_lines(sparql):
            self.taken += 1
            yield line


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from kg.loading import load_extractions

    with open_embedded(tmp_path_factory.mktemp("disk") / "store") as store:
        load_extractions(store, golden_extractions(), terminology=golden_terminology())
        yield store


@pytest.mark.parametrize(
    "pieces",
    [
        kgx.edge_table, kgx.edge_lines, kgx.node_table, indra.statements, indra.table,
        graphml.graphml, cytoscape.cyjs, cytoscape.cx2, neo4j.nodes, neo4j.relationships, babelon.translations, bioc.collection, pubtator.records,
    ],
)  # fmt: skip
def test_text_is_yielded_as_it_is_read(
    pieces: Any, on_disk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the store is half read, some of it has been written; nothing waits for the end."""
    monkeypatch.setattr("kg.export.selection._AT_ONCE", 2)
    counting = Counting(on_disk)
    taken = []
    for _ in pieces(Selected(counting)):  # type: ignore[arg-type]
        taken.append(counting.taken)
    steps = [later - before for before, later in zip([0, *taken], taken, strict=False)]
    steps.append(counting.taken - taken[-1])
    assert counting.taken > 10 and max(steps) < counting.taken * 0.75
    assert len([step for step in steps if step]) > 2


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("nanopubs", "void")])
def test_a_store_on_disk_gives_what_one_in_memory_gives(name: str, on_disk: Any) -> None:
    for one, other in zip(written(name, on_disk), golden(name), strict=True):
        if name in ("ntriples", "nquads", "kgx", "kgx-jsonl", "sssom", "babelon"):
            assert sorted(one.splitlines()) == sorted(other.splitlines())
        assert len(one) == len(other) or find_format(name).is_rdf


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from tests.golden import FIXTURE

    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("KG_STORE", raising=False)
    assert main(["load", str(FIXTURE)]) == 0
    return tmp_path


def test_files_are_packed_and_named_by_their_part(data: Path) -> None:
    assert main(["export", "kgx", "-o", str(data / "graph.gz")]) == 0
    names = {path.name for path in data.iterdir() if path.is_file()}
    assert names == {"graph_nodes.tsv.gz", "graph_edges.tsv.gz"}
    text = gzip.decompress((data / "graph_edges.tsv.gz").read_bytes()).decode()
    assert text.startswith("id\tsubject\tpredicate\tobject\t")
    assert CALCINEURIN in text


def test_the_same_export_is_the_same_bytes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.gz", "b.gz"):
        assert main(["export", "nanopubs", "-o", str(data / name)]) == 0
    assert (data / "a.gz").read_bytes() == (data / "b.gz").read_bytes()
    assert b"2023-11-14T22:13:20+00:00" in gzip.decompress((data / "a.gz").read_bytes())


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["kgx"], 2, "name them with -o"),
        (["graphml", "--graph", "statements"], 2, "for RDF"),
        (["kgz"], 1, "did you mean kgx?"),
        (["indra", "--since", "lately"], 1, "not a date"),
        (["indra", "--document", "pubmed:1"], 1, "no such document"),
        (["rdfxml", "--reifiers"], 1, "no triple terms"),
        (["void", "--type", "Drug"], 1, "takes no filters"),
        (["indra", "--status", "true"], 2, "'true' is not one of"),
        (["graphml", "-o", "no/such/folder/x"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_told(
    words: list[str], status: int, message: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *words]) == status
    assert message in capsys.readouterr().err


def test_a_reified_triple_is_not_asserted() -> None:
    import io

    from pyoxigraph import RdfFormat, Triple, parse

    from kg.export.rdf import REIFIES, write_rdf

    out = io.BytesIO()
    write_rdf("nquads", shared_store(), Selection(), out, graphs=["statements"], reifiers=True)
    quads = list(parse(out.getvalue(), format=RdfFormat.N_QUADS))
    terms = [quad.object for quad in quads if quad.predicate == REIFIES]
    assert len(terms) == len(edges())
    held = {quad.triple for quad in quads}
    supposed = [term for term in terms if isinstance(term, Triple) and term not in held]
    assert len(supposed) >= sum(e.status != "asserted" for e in edges().values()) - 1 > 0


def test_croissant_names_content_and_date_of_the_graph() -> None:
    whole = json.loads(golden("croissant")[0])
    part = json.loads(written("croissant", documents=frozenset({"pubmed:900003"}))[0])
    assert whole["version"] != part["version"]
    assert whole["version"].partition("+")[0] == part["version"].partition("+")[0]
    assert (whole["datePublished"], part["datePublished"]) == ("2021-01-01", "2020-01-01")
    assert json.loads(golden("croissant")[0])["version"] == whole["version"]


@pytest.mark.parametrize("page", ["exports.md", "exports.zh.md"])
def test_every_format_is_in_the_documentation(page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in text] == []
    examples = set(re.findall(r"`kg export (\S+)", text))
    assert examples <= set(NAMES) | {"FORMAT"} and len(examples) > 12


def test_our_readers_read_the_texts_again(tmp_path: Path) -> None:
    """A document that went out as BioC or PubTator comes back with its words."""
    from extractors.readers.reading import read_documents
    from kg.model import Document

    for name in ("bioc", "pubtator"):
        path = tmp_path / f"out{find_format(name).parts[0].ending}"
        path.write_bytes(golden(name)[0])
        documents = [item for item in read_documents(path) if isinstance(item, Document)]
        assert len(documents) == len(golden_extractions())
        for again, given in zip(documents, golden_extractions(), strict=True):
            assert again.id == given.document.id
            assert letters(again) == letters(given.document)


def letters(document: Any) -> list[str]:
    """The letters of a document without spaces; passages may come in another order."""
    return sorted("".join("".join(p.text for p in document.passages).split()))


def test_mentions_of_pubtator_stand_where_it_says() -> None:
    for block in golden("pubtator")[0].decode().strip().split("\n\n"):
        title, abstract, *lines = block.split("\n")
        text = f"{title.split('|', 2)[2]} {abstract.split('|', 2)[2]}"
        mentions = [cells for line in lines if len(cells := line.split("\t")) == 6]
        assert mentions
        assert all(text[int(start) : int(end)] == words for _, start, end, words, *_ in mentions)


def test_translations_are_imported_again(tmp_path: Path) -> None:
    from kg.terminology.importing.babelon import read
    from kg.terminology.importing.given import Given
    from kg.terminology.rows import NameRow

    path = tmp_path / "names.babelon.tsv"
    path.write_bytes(golden("babelon")[0])
    given = Given("parallax", statuses=frozenset({"OFFICIAL", "CANDIDATE"}))  # type: ignore[arg-type]
    rows = [row for row in read(path, given) if isinstance(row, NameRow)]
    named = {(row.curie, row.text, row.lang) for row in rows}
    assert {(TACROLIMUS, "tacrolimus", "en"), (TACROLIMUS, "他克莫司", "zh")} <= named
    assert (TACROLIMUS, "普乐可复", "zh") in named
