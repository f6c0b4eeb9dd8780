"""The commands that ask: queries, query, search, show, explain, ask."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.loading import load_extractions
from kg.settings import Settings
from kg.store.opening import open_store
from tests.golden import golden_extractions, golden_terminology


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("data")
    with open_store(Settings(folder)) as store:
        load_extractions(store, golden_extractions(), terminology=golden_terminology())
    return str(folder)


class Run:
    """Runs `kg` on the golden graph and gives what it prints."""

    def __init__(self, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def __call__(self, *words: str, status: int = 0) -> str:
        assert main(["--data", self.data, *words]) == status
        out, self.err = self.capsys.readouterr()
        return out


@pytest.fixture
def kg(data: str, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(data, capsys)


def test_queries_lists_names_parameters_and_titles(kg: Run) -> None:
    assert "drug_neighbours" in kg("queries")
    assert "一种药物的作用" in kg("queries", "--lang", "zh")
    listed = json.loads(kg("queries", "--json"))
    assert {"name", "title", "description", "parameters", "example", "sparql"} <= set(listed[0])


@pytest.mark.parametrize("drug", ["mesh:D016559", "tacrolimus", "普乐可复"])
def test_query_takes_concepts_by_any_name(kg: Run, drug: str) -> None:
    out = kg("query", "doses_of_drug", "-p", f"drug={drug}", "--format", "csv")
    assert "0.05-0.1 mg/kg/day" in out.splitlines()[1]


def test_query_as_a_table_shows_curies(kg: Run) -> None:
    out = kg("query", "drugs_decreasing_protein", "-p", "protein=calcineurin")
    assert out.splitlines()[2].split()[:3] == ["mesh:D016559", "tacrolimus", "他克莫司"]
    assert kg.err == "2 rows\n"


@pytest.mark.parametrize(
    ("form", "start"),
    [("json", '{"head":'), ("xml", "<?xml"), ("csv", "first,"), ("tsv", "?first\t")],
)
def test_query_writes_the_standard_forms(kg: Run, form: str, start: str) -> None:
    assert kg("query", "contradictions", "--format", form).startswith(start)


def test_query_writes_graphs(kg: Run) -> None:
    out = kg("query", "concept_graph", "-p", "concept=FK506", "--format", "nt")
    assert "<http://id.nlm.nih.gov/mesh/D016559>" in out
    kg("query", "concept_graph", "-p", "concept=FK506", "--format", "csv", status=1)
    assert "the result of CONSTRUCT has no csv form; use ttl, nt" in kg.err


def test_query_runs_files_and_standard_input(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT (COUNT(?d) AS ?n) { ?d a plx:Document }", encoding="utf-8")
    assert kg("query", str(file), "--format", "csv").split() == ["n", "4"]
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?s a plx:Drug }"))
    assert kg("query", "-") == "yes\n"


def test_query_shows_sparql_with_its_prefixes(kg: Run) -> None:
    out = kg("query", "doses_of_drug", "-p", "drug=tacrolimus", "--show")
    assert "PREFIX plx: <https://w3id.org/parallax/vocab#>" in out
    assert "plx:describesConcept <http://id.nlm.nih.gov/mesh/D016559>" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("query", "doses_of_drugs"), "no such query; did you mean doses_of_drug?"),
        (("query", "doses_of_drug"), "no value for drug; give one (curie) with -p drug=…"),
        (("query", "doses_of_drug", "-p", "drug"), "'drug' is not name=value"),
        (("query", "doses_of_drug", "-p", "drug=zzzzz"), "zzzzz: no such concept in the graph"),
        (("query", "none.rq"), "none.rq: no such file"),
        (("explain", "tacrolimmus", "synaptopodin"), "did you mean tacrolimus?"),
        (("show", "突触足但白"), "did you mean 突触足蛋白, 突触蛋白?"),
        (("ask", "what", "is", "nonsensine"), "No concept in this graph is called “nonsensine”."),
        (("ask", "hello"), "The question was not understood."),
    ],
)
def test_errors_are_one_line(kg: Run, words: tuple[str, ...], message: str) -> None:
    kg(*words, status=1)
    assert message in kg.err
    assert kg.err.count("\n") == 1


def test_an_empty_data_directory_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "none"), "ask", "x"]) == 1
    assert "there is no graph here; run kg build" in capsys.readouterr().err


def test_search_finds_concepts_and_sentences(kg: Run) -> None:
    out = kg("search", "他克")
    assert "mesh:D016559" in out
    assert "他克莫司引起高血糖。" in out
    found = json.loads(kg("search", "takemosi", "--json"))
    assert (found[0]["id"], found[0]["match"]) == ("mesh:D016559", "pinyin")
    assert kg("search", "qqqq") == ""
    assert "nothing found for qqqq" in kg.err


def test_show_tells_names_and_claims(kg: Run) -> None:
    out = kg("show", "FK506", "--lang", "zh")
    assert out.startswith("tacrolimus · 他克莫司  (mesh:D016559, Drug)\nalso: ")
    assert "他克莫司恢复突触足蛋白" in out
    shown = json.loads(kg("show", "FK506", "--json"))
    assert "tacrolimus restores synaptopodin" in [claim["label"] for claim in shown["claims"]]


@pytest.mark.parametrize(
    ("ends", "way", "clause"),
    [
        (("tacrolimus", "synaptopodin"), "tacrolimus → calcineurin → synaptopodin",
         "calcineurin decreases synaptopodin"),
        (("他克莫司", "突触足蛋白"), "他克莫司 → 钙调磷酸酶 → 突触足蛋白", "钙调磷酸酶降低突触足蛋白"),
    ],
)  # fmt: skip
def test_explain_gives_paths_with_both_sentences(
    kg: Run, ends: tuple[str, str], way: str, clause: str
) -> None:
    out = kg("explain", *ends)
    assert way in out
    assert clause in out
    assert "Calcineurin decreased synaptopodin in the cells." in out
    assert "钙调磷酸酶降低细胞内的突触足蛋白。" in out
    found = json.loads(kg("explain", *ends, "--json"))
    assert [path["sign"] for path in found["paths"][:2]] == ["+", "+"]


def test_explain_tells_denials_where_there_is_no_path(kg: Run) -> None:
    out = kg("explain", "tacrolimus", "serum creatinine")
    assert out.startswith("Not known: this graph has nothing on how tacrolimus")
    assert "against (denied): tacrolimus does not affect serum creatinine" in out


def test_ask_answers_in_the_language_of_the_question(kg: Run) -> None:
    assert kg("ask", "How does tacrolimus affect synaptopodin?").startswith("Tacrolimus restores")
    out = kg("ask", "他克莫司如何影响突触蛋白？")
    assert out.startswith("他克莫司恢复突触足蛋白")
    assert "(pubmed:900003：“突触蛋白”对应英文“synaptopodin”。)" in out
    assert "他克莫司 → 钙调磷酸酶 → 突触足蛋白" in out
    found = json.loads(kg("ask", "什么可以治疗肾病综合征？", "--json"))
    assert (found["intent"], found["verdict"]) == ("agents", "known")
