"""A small graph whose every answer is known: the fixture documents and two more, marked up here."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.io import read_extractions
from kg.loading import load_extractions
from kg.model import (
    Discrepancy,
    Extraction,
    Group,
    Quantity,
    QuantityKind,
    Result,
    Side,
    Source,
)
from kg.qualifiers import Qualifier, QualifierKind
from kg.rdf.terminology import Terminology
from kg.search.folding import has_han
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.terminology.listed import TermList
from ontologies.terms import Scope, TermRow
from tests.markup import Edge, Line, build_extraction

FIXTURE = Path(__file__).parent / "fixtures" / "podocyte.extraction.jsonl"
TACROLIMUS, CALCINEURIN, SYNAPTOPODIN = "mesh:D016559", "FPLX:PPP3", "HGNC:30672"
PAN, NEPHROTIC, PROTEINURIA = "mesh:D011692", "mesh:D009404", "mesh:D011507"
KIDNEY, HUMAN = "UBERON:0002113", "NCBITaxon:9606"
CYTOSKELETON, HYPERGLYCAEMIA = "GO:0005856", "mesh:D006943"
# Names of concepts, so that the answers do not depend on the terminology that is delivered.
_NAMES = """
mesh:D016559|Drug|tacrolimus|他克莫司|FK506|普乐可复
mesh:D011692|Drug|puromycin aminonucleoside|嘌呤霉素氨基核苷|PAN
FPLX:PPP3|Protein|calcineurin|钙调磷酸酶|protein phosphatase 2B|钙调神经磷酸酶
HGNC:30672|Protein|synaptopodin|突触足蛋白|SYNPO
mesh:D009404|Disease|nephrotic syndrome|肾病综合征
mesh:D011507|Outcome|proteinuria|蛋白尿
mesh:D003404|Outcome|serum creatinine|血清肌酐
mesh:D006943|Outcome|hyperglycaemia|高血糖|hyperglycemia
GO:0005856|Process|cytoskeleton|细胞骨架
NCBITaxon:9606|Organism|human|人
UBERON:0002113|Cell|kidney|肾脏
"""


def golden_extractions() -> tuple[Extraction, ...]:
    """The documents of the golden graph."""
    return (*read_extractions(FIXTURE), _kidney(), _negative())


def golden_terminology() -> Terminology:
    """The names of the golden graph: label in English and Chinese, then synonyms."""
    rows = []
    for line in _NAMES.strip().splitlines():
        curie, kind, english, chinese, *others = line.split("|")
        named: list[tuple[str, Scope]] = [(english, "label"), (chinese, "label")]
        named += [(name, "exact") for name in others]
        rows += [
            TermRow(curie, name, "zh" if has_han(name) else "en", scope, "test", kind)  # type: ignore[arg-type]
            for name, scope in named
        ]
    return TermList(rows)


def golden_store() -> Store:
    """A new store in memory with the golden graph."""
    store = memory_store()
    report = load_extractions(store, golden_extractions(), terminology=golden_terminology())
    assert not report.failed
    return store


@cache
def shared_store() -> Store:
    """The golden graph, for tests that only read it."""
    return golden_store()


@cache
def golden_triples() -> str:
    """The golden graph without its named graphs, as N-Triples, for another engine."""
    quads = shared_store().quads()
    return "\n".join(sorted({f"{q.subject} {q.predicate} {q.object} ." for q in quads}))


def _kidney() -> Extraction:
    """Co-change, a mechanism, a dose, a count, a claim of one language, a term that differs."""
    extraction = build_extraction(
        "pubmed:900003",
        (
            (
                Line(
                    "en",
                    "results",
                    "In kidneys, [c|Protein|FPLX:PPP3]calcineurin[/] rose while "
                    "[s|Protein|HGNC:30672]synaptopodin[/] fell.",
                    (_co_change("rose"),),
                ),
                Line(
                    "zh",
                    "results",
                    "在肾组织中，[c|Protein|FPLX:PPP3]钙调神经磷酸酶[/]上升而"
                    "[s|Protein|HGNC:30672]突触蛋白[/]下降。",
                    (_co_change("上升"),),
                ),
            ),
            (
                Line(
                    "en",
                    "conclusion",
                    "[t|Drug|mesh:D016559]Tacrolimus[/] stabilised the "
                    "[k|Process|GO:0005856]cytoskeleton[/] through "
                    "[c|Protein|FPLX:PPP3]calcineurin[/].",
                    (Edge("t", "increases", "k", "stabilised", extra=(("via", ("m-en1-2",)),)),),
                ),
                Line(
                    "zh",
                    "conclusion",
                    "[t|Drug|mesh:D016559]他克莫司[/]通过"
                    "[c|Protein|FPLX:PPP3]钙调神经磷酸酶[/]稳定"
                    "[k|Process|GO:0005856]细胞骨架[/]。",
                    (Edge("t", "increases", "k", "稳定", extra=(("via", ("m-zh1-1",)),)),),
                ),
            ),
            (
                Line(
                    "en",
                    "methods",
                    "They took [t|Drug|mesh:D016559]tacrolimus[/] 0.05-0.1 mg/kg/day; "
                    "[p|Outcome|mesh:D011507]proteinuria[/] remitted in 9 of 11.",
                ),
                Line(
                    "zh",
                    "methods",
                    "患者服用[t|Drug|mesh:D016559]他克莫司[/]（0.05-0.1 mg/kg/天）。",
                ),
            ),
            (
                None,
                Line(
                    "zh",
                    "results",
                    "[t|Drug|mesh:D016559]他克莫司[/]引起[h|Outcome|mesh:D006943]高血糖[/]。",
                    (Edge("t", "causes", "h", "引起"),),
                ),
            ),
        ),
        Source(title="Tacrolimus and the kidney, a fixture", pmid="900003", year=2020),
    )
    words = {
        "r-en0-0": (Qualifier("cell", "p-en0", "s-en0", 3, 10, "kidneys", "en.cell.test",
                              concept=KIDNEY),),
        "r-zh0-0": (Qualifier("cell", "p-zh0", "s-zh0", 1, 4, "肾组织", "zh.cell.test",
                              concept=KIDNEY),),
        "r-en1-0": (_patients("species"), _patients("setting")),
        "r-zh1-0": (_patients("species"), _patients("setting")),
    }  # fmt: skip
    return replace(
        extraction,
        relations=tuple(replace(r, context=words.get(r.id, ())) for r in extraction.relations),
        quantities=(
            _quantity(extraction, "q1", "en2", "0.05-0.1 mg/kg/day", "dose", (0.05, 0.1), 0),
            replace(
                _quantity(extraction, "q2", "en2", "9 of 11", "count", (9.0, 9.0), 1), total=11.0
            ),
            _quantity(extraction, "q3", "zh2", "0.05-0.1 mg/kg/天", "dose", (0.05, 0.1), 0),
        ),
        results=(
            Result(
                "x1",
                "s-en2",
                "m-en2-1",
                "decreased",
                "en.result.outcome-trigger",
                arm=Group("treatment", mention="m-en2-0"),
                arm_values=("q2",),
            ),
        ),
        discrepancies=(
            Discrepancy(
                "term",
                Side("s-en0", "m-en0-1", "synaptopodin"),
                Side("s-zh0", "m-zh0-1", "突触蛋白"),
                "突触蛋白 translates synaptopodin here",
                "此处“突触蛋白”译自 synaptopodin",
            ),
        ),
    )


def _patients(kind: QualifierKind) -> Qualifier:
    """What the methods tell: patients, and so a clinical setting."""
    told = {"concept": HUMAN} if kind == "species" else {"value": "clinical"}
    return Qualifier(
        kind, "p-zh2", "s-zh2", 0, 2, "患者", "zh.species.test", "document", **told
    )  # fmt: skip


def _negative() -> Extraction:
    """A denial, a reversed direction, and a thing that no terminology knows."""
    return build_extraction(
        "pubmed:900004",
        (
            (
                Line(
                    "en",
                    "results",
                    "[t|Drug|mesh:D016559]Tacrolimus[/] did not improve "
                    "[n|Disease|mesh:D009404]nephrotic syndrome[/].",
                    (Edge("t", "treats", "n", "improve", "negated", "asserted", "did not"),),
                ),
                None,
            ),
            (
                Line(
                    "en",
                    "results",
                    "[x|Protein|]Fixturin-9[/] increased [p|Outcome|mesh:D011507]proteinuria[/].",
                    (Edge("x", "increases", "p", "increased"),),
                ),
                None,
            ),
            (
                Line(
                    "en",
                    "results",
                    "[p|Drug|mesh:D011692]Puromycin aminonucleoside[/] raised "
                    "[s|Protein|HGNC:30672]synaptopodin[/].",
                    (Edge("p", "increases", "s", "raised"),),
                ),
                None,
            ),
        ),
        Source(title="A negative trial, a fixture", pmid="900004", year=2021),
    )


def _co_change(trigger: str) -> Edge:
    extra = (("derived", "co-change"), ("sign", "-"))
    return Edge("c", "associated_with", "s", trigger, extra=extra)


def _quantity(
    extraction: Extraction,
    identifier: str,
    line: str,
    text: str,
    kind: QuantityKind,
    values: tuple[float, float],
    mention: int,
) -> Quantity:
    passage = next(p for p in extraction.document.passages if p.id == f"p-{line}")
    start = passage.text.index(text)
    unit = "mg/kg/d" if kind == "dose" else None
    return Quantity(
        identifier, passage.id, f"s-{line}", start, start + len(text), text, kind, *values, unit,
        of=f"m-{line}-{mention}",
    )  # fmt: skip
