"""What must hold of the whole line, tried as a new user would: from abstracts to answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kg.cli import main
from kg.commands.printing import term_text
from kg.settings import Settings
from kg.store.base import Solutions, Store
from kg.store.opening import open_store
from kg.vocab import expand

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed" / "abstract.txt"
GOLD = SHARED / "evaluation" / "bilingual_dev.json"
TACROLIMUS, PREDNISONE, PAN = "mesh:D016559", "mesh:D011241", "mesh:D011692"
CALCINEURIN, SYNAPTOPODIN = "FPLX:PPP3", "HGNC:30672"
CYTOSKELETON, IGAN, PROTEINURIA = "GO:0005856", "mesh:D005922", "mesh:D011507"
REMISSION = "plxc:outcome-proteinuria-remission"

pytestmark = [
    pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed"),
    pytest.mark.xdist_group("acceptance"),
]
Run = Callable[..., str]


class Fact(NamedTuple):
    """One line of what the seed abstract must yield."""

    subject: str
    predicate: str
    object: str
    aspect: str | None = None
    sign: str | None = None
    certainty: str = "asserted"
    section: str = "results"
    via: str | None = None
    derived: str | None = None


FACTS = {
    "tacrolimus may decrease calcineurin expression": Fact(
        TACROLIMUS, "decreases", CALCINEURIN, "expression",
        certainty="hypothesis", section="conclusion",
    ),
    "tacrolimus restores calcineurin expression": Fact(
        TACROLIMUS, "restores", CALCINEURIN, "expression", sign="-"
    ),
    "tacrolimus restores synaptopodin": Fact(
        TACROLIMUS, "restores", SYNAPTOPODIN, "expression", sign="+"
    ),
    "PAN increases calcineurin": Fact(PAN, "increases", CALCINEURIN),
    "PAN decreases synaptopodin": Fact(PAN, "decreases", SYNAPTOPODIN),
    "calcineurin and synaptopodin change against each other": Fact(
        CALCINEURIN, "associatedWith", SYNAPTOPODIN, sign="-", derived="co-change"
    ),
    "tacrolimus stabilises the cytoskeleton via calcineurin": Fact(
        TACROLIMUS, "increases", CYTOSKELETON, "process",
        certainty="hypothesis", section="conclusion", via=CALCINEURIN,
    ),
    "tacrolimus treats IgA nephropathy": Fact(TACROLIMUS, "treats", IGAN, section="conclusion"),
    "tacrolimus brings remission of proteinuria": Fact(
        TACROLIMUS, "increases", REMISSION, section="conclusion"
    ),
    "tacrolimus treats proteinuria, as its remission implies": Fact(
        TACROLIMUS, "treats", PROTEINURIA, section="conclusion", derived="relief"
    ),
}  # fmt: skip

# kind, low, high, unit, total, comparator, what it describes
QUANTITIES = {
    "dose of tacrolimus": ("dose", "0.05", "0.1", "mg/kg/d", None, None, TACROLIMUS),
    "dose of prednisone": ("dose", "0.5", "0.5", "mg/kg/d", None, None, PREDNISONE),
    "14 enrolled": ("count", "14", "14", None, None, None, IGAN),
    "3 of 14 withdrawn": ("count", "3", "3", None, "14", None, None),
    "serum creatinine up by more than 30 %": (
        "percentage", "30", "30", "%", None, ">", "mesh:D003404",
    ),
    "9 of 11 in remission": ("count", "9", "9", None, "11", None, None),
    "7 of 11": ("count", "7", "7", None, "11", None, None),
    "within 1 month": ("duration", "1", "1", "mo", None, "≤", None),
}  # fmt: skip

EVIDENCE = """
SELECT ?subject ?predicate ?object ?aspect ?sign ?resolved ?via ?derived ?polarity ?certainty
       ?section ?language ?quote ?start ?text ?sname ?sstart ?oname ?ostart WHERE {
  ?evidence a plx:Evidence ; plx:statement ?statement ; plx:polarity ?polarity ;
    plx:certainty ?certainty ; plx:hasRendition ?rendition .
  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  ?rendition dcterms:language ?language ; plx:quote ?quote ; plx:quoteStart ?start ;
    plx:subjectText ?sname ; plx:subjectStart ?sstart ; plx:objectText ?oname ;
    plx:objectStart ?ostart ; plx:inSentence/plx:inPassage/rdf:value ?text .
  OPTIONAL { ?statement plx:aspect ?aspect }
  OPTIONAL { ?statement plx:sign ?sign }
  OPTIONAL { ?evidence plx:resolvedSign ?resolved }
  OPTIONAL { ?statement plx:via ?via }
  OPTIONAL { ?evidence plx:derived ?derived }
  OPTIONAL { ?evidence plx:section ?section }
}"""
AMOUNTS = """
SELECT ?kind ?low ?high ?unit ?total ?comparator ?concept ?words ?other WHERE {
  ?quantity a plx:Quantity ; plx:kind ?kind ; plx:low ?low ; plx:high ?high ; oa:exact ?words ;
    plx:alignedWith/oa:exact ?other .
  FILTER (lang(?words) = "en" && lang(?other) = "zh")
  OPTIONAL { ?quantity plx:unit ?unit }
  OPTIONAL { ?quantity plx:total ?total }
  OPTIONAL { ?quantity plx:comparator ?comparator }
  OPTIONAL { ?quantity plx:describesConcept ?concept }
}"""


def rows(store: Store, sparql: str) -> list[dict[str, str]]:
    """The rows of a query, IRIs as CURIEs."""
    result = store.query(sparql)
    assert isinstance(result, Solutions)
    return [{name: term_text(value) for name, value in row.items()} for row in result]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the seed abstract, built by the command."""
    folder = tmp_path_factory.mktemp("seed") / "data"
    assert main(["--data", str(folder), "build", str(SEED)]) == 0
    return folder


@pytest.fixture(scope="module")
def store(data: Path) -> Store:
    return open_store(Settings(data), read_only=True)


@pytest.fixture(scope="module")
def evidence(store: Store) -> list[dict[str, str]]:
    return rows(store, EVIDENCE)


@pytest.fixture
def kg(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> str:
        assert main(["--data", str(data), *words]) == 0
        return capsys.readouterr().out

    return run


def fits(row: dict[str, str], fact: Fact) -> bool:
    """Whether evidence states a fact."""
    wanted = {
        "subject": fact.subject, "predicate": f"plx:{fact.predicate}", "object": fact.object,
        "polarity": "positive", "certainty": fact.certainty, "section": fact.section,
    }  # fmt: skip
    if fact.aspect:
        wanted["aspect"] = fact.aspect
    return (
        all(row.get(name) == value for name, value in wanted.items())
        and row.get("via") == fact.via
        and row.get("derived") == fact.derived
        and (fact.sign is None or fact.sign in (row.get("sign"), row.get("resolved")))
    )


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_the_seed_yields_a_fact_in_both_languages(
    evidence: list[dict[str, str]], fact: Fact
) -> None:
    assert {row["language"] for row in evidence if fits(row, fact)} == {"en", "zh"}


def test_every_quote_stands_in_its_passage_with_subject_and_object_in_it(
    evidence: list[dict[str, str]],
) -> None:
    assert len(evidence) > 20
    for row in evidence:
        text, start = row["text"], int(row["start"])
        end = start + len(row["quote"])
        assert text[start:end] == row["quote"]
        for name, place in ((row["sname"], row["sstart"]), (row["oname"], row["ostart"])):
            assert text[int(place) :].startswith(name)
            assert start <= int(place) <= end - len(name)


@pytest.mark.parametrize("amount", QUANTITIES.values(), ids=QUANTITIES)
def test_the_seed_yields_a_number_in_both_languages(
    store: Store, amount: tuple[str | None, ...]
) -> None:
    names = ("kind", "low", "high", "unit", "total", "comparator")
    found = rows(store, AMOUNTS)
    same = [row for row in found if tuple(row.get(name) for name in names) == amount[:-1]]
    assert same, found
    assert amount[-1] is None or amount[-1] in {row.get("concept") for row in same}


def test_the_misleading_term_is_read_as_synaptopodin_and_reported(store: Store) -> None:
    (found,) = rows(store, """
        SELECT ?en ?zh ?comment WHERE {
          ?d a plx:Discrepancy ; plx:kind "term" ; plx:englishText ?en ; plx:chineseText ?zh ;
            rdfs:comment ?comment . FILTER (lang(?comment) = "zh") }""")  # fmt: skip
    assert (found["en"], found["zh"]) == ("Synaptopodin", "突触蛋白")
    mentions = rows(store, """
        SELECT DISTINCT ?concept WHERE { ?m oa:exact "突触蛋白"@zh ; oa:hasBody ?concept }""")  # fmt: skip
    assert [row["concept"] for row in mentions] == [SYNAPTOPODIN]


def test_a_hypothesis_is_no_plain_triple(store: Store) -> None:
    pair = f"<{expand(TACROLIMUS)}> {{}} <{expand(CALCINEURIN)}>"
    assert store.query(f"ASK {{ {pair.format('plx:decreases')} }}") is False
    assert store.query(f"ASK {{ {pair.format('plx:hypothesizes')} }}") is True
    assert store.query(f"ASK {{ {pair.format('plx:restores')} }}") is True


@pytest.mark.parametrize(
    ("source", "target"), [("tacrolimus", "synaptopodin"), ("他克莫司", "突触足蛋白")]
)
def test_explain_goes_through_calcineurin_with_both_sentences(
    kg: Run, source: str, target: str
) -> None:
    found: Any = json.loads(kg("explain", source, target, "--json"))
    through = [
        path
        for path in found["paths"]
        if [concept["id"] for concept in path["concepts"]]
        == [TACROLIMUS, CALCINEURIN, SYNAPTOPODIN]
    ]
    assert through
    for hop in through[0]["hops"]:
        assert {quote["language"] for e in hop["evidence"] for quote in e["quotes"]} == {"en", "zh"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("他克莫司如何影响突触蛋白？", ("他克莫司", "钙调磷酸酶", "突触足蛋白")),
        ("他克莫司如何影响突触足蛋白？", ("他克莫司", "钙调磷酸酶", "突触足蛋白")),
        ("How does tacrolimus affect synaptopodin?", ("acrolimus", "calcineurin", "synaptopodin")),
        ("How does FK506 affect synaptopodin?", ("acrolimus", "calcineurin", "synaptopodin")),
    ],
)
def test_a_question_is_answered_in_its_language(
    kg: Run, question: str, names: tuple[str, ...]
) -> None:
    answer = kg("ask", question).split("\n\n")[0]
    assert all(name in answer for name in names)
    assert ("restores" in answer) == question.isascii()


def test_the_examples_the_seed_and_the_annotated_documents_are_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not GOLD.exists():
        pytest.skip("needs ../shared/evaluation")
    scorer = [sys.executable, str(GOLD.with_name("score_bilingual.py")), "input", str(GOLD)]
    given = tmp_path / "dev.jsonl"
    given.write_bytes(subprocess.run(scorer, check=True, capture_output=True).stdout)
    examples = sorted(map(str, (ROOT / "examples").glob("*.txt")))
    command = ["--data", str(tmp_path / "data")]
    assert main([*command, "build", str(SEED), str(given), *examples]) == 0
    assert main([*command, "validate"]) == 0
    assert "no violation" in capsys.readouterr().out
