"""No format gives a claim as a finding that is not one: each kind of claim, in each format.

One drug and one disease for each case, so that what a reader of a format comes upon tells which
claims have leaked. The documents of a case say what its name says, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kg.errors import InputError
from kg.export.formats import FORMATS, find_format
from kg.export.selection import Selected
from kg.loading import load_extractions
from kg.model import Certainty, Extraction, Polarity
from kg.notices.values import Notice
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.terminology.listed import TermList
from ontologies.terms import TermRow
from tests.kg.export.graphs import written
from tests.kg.export.reading import READERS
from tests.markup import Edge, Line, build_extraction

Says = tuple[Polarity, Certainty, bool]  # polarity, certainty, whether it was retracted
YES: Says = ("positive", "asserted", False)
NO: Says = ("negated", "asserted", False)
MAYBE: Says = ("positive", "hypothesis", False)
MAYBE_NOT: Says = ("negated", "hypothesis", False)
GONE: Says = ("positive", "asserted", True)

# What the documents of a case say; the cases after the first three are findings.
CASES: dict[str, tuple[Says, ...]] = {
    "denied": (NO,),
    "denied twice": (NO, NO),
    "supposed": (MAYBE,),
    "supposed not to be": (MAYBE_NOT,),
    "supposed and supposed not": (MAYBE, MAYBE_NOT),
    "denied and supposed": (NO, MAYBE),
    "retracted": (GONE,),
    "retracted and denied": (GONE, NO),
    "retracted and supposed": (GONE, MAYBE),
    "stated": (YES,),
    "stated and denied": (YES, NO),
    "stated and supposed": (YES, MAYBE),
    "stated and retracted": (YES, GONE),
}
FINDINGS = {name for name in CASES if name.startswith("stated")}
NAMES = [form.name for form in FORMATS]
# Formats in which a document speaks for itself: what one states, another may have denied.
BY_DOCUMENT = {"bioc", "pubtator"}


def ends(case: str) -> tuple[str, str]:
    number = list(CASES).index(case)
    return f"mesh:D90{number:04}", f"mesh:D91{number:04}"


def document(case: str, number: int, says: Says) -> Extraction:
    polarity, certainty, retracted = says
    (drug, disease), name = ends(case), f"pubmed:{list(CASES).index(case)}00{number}"
    word, cue = {
        ("positive", "asserted"): ("reduced", ""), ("negated", "asserted"): ("reduce", "did not"),
        ("positive", "hypothesis"): ("reduce", "might"),
        ("negated", "hypothesis"): ("reduce", "might not"),
    }[polarity, certainty]  # fmt: skip
    text = f"[d|Drug|{drug}]Drugine[/] {cue} {word} [t|Disease|{disease}]illitis[/]."
    edge = Edge("d", "treats", "t", word, polarity, certainty, cue)
    read = build_extraction(name, [(Line("en", "results", " ".join(text.split()), (edge,)), None)])
    notices = (Notice("retraction", name, name),) if retracted else ()
    return replace(
        read, document=replace(read.document, source=replace(read.document.source, notices=notices))
    )


@cache
def store() -> Store:
    rows = [
        TermRow(curie, f"{name} {curie[-4:]}", lang, "label", "test", kind)  # type: ignore[arg-type]
        for case in CASES
        for curie, kind, english, chinese in zip(
            ends(case), ("Drug", "Disease"), ("drug", "illness"), ("药", "病"), strict=True
        )
        for lang, name in (("en", english), ("zh", chinese))
    ]
    filled = memory_store()
    documents = [
        document(case, number, says)
        for case, listed in CASES.items()
        for number, says in enumerate(listed)
    ]
    assert not load_extractions(filled, documents, terminology=TermList(rows)).failed
    return filled


def found_in(name: str, files: tuple[bytes, ...]) -> set[str]:
    """The cases whose ends a reader finds joined."""
    cases = {frozenset(ends(case)): case for case in CASES}
    pairs = {frozenset((one, other)) for one, _, other in READERS[name](name, *files)}
    return {cases[pair] for pair in pairs if pair in cases}


@pytest.mark.parametrize("name", NAMES)
def test_only_findings_are_edges(name: str) -> None:
    found = found_in(name, written(name, store()))
    assert not {"denied", "denied twice", "supposed", "supposed not to be"} & found
    assert not {"supposed and supposed not", "denied and supposed", "retracted"} & found
    assert not {"retracted and denied", "retracted and supposed"} & found
    if READERS[name].__name__ != "nothing":
        assert found == FINDINGS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", ["denied", "hypothesized", "retracted"])
def test_what_is_asked_for_by_its_status_is_no_edge_either(name: str, status: str) -> None:
    if find_format(name).group == "about":
        return
    if name.startswith("kgx") and status == "retracted":
        with pytest.raises(InputError, match="no flag for a retracted claim"):
            written(name, store(), statuses=frozenset({status}))
        return
    files = written(name, store(), statuses=frozenset({status}))
    left = found_in(name, files) - (FINDINGS if name in BY_DOCUMENT else set())
    assert not left


def test_each_case_stands_as_it_should() -> None:
    stands = {frozenset((e.subject, e.object)): e.standing for e in Selected(store()).edges()}
    told = {case: stands.get(frozenset(ends(case))) for case in CASES}
    assert {case for case, standing in told.items() if standing == "plain"} == FINDINGS
    assert told["denied"] == told["retracted and denied"] == "denied"
    assert told["supposed"] == "hypothesized" and told["retracted"] is None
