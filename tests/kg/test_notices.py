"""Retraction and correction: what notices do to evidence, whoever gives them and whenever."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from kg.loading import load_extractions, remove_documents
from kg.model import Extraction
from kg.notices.loading import give_notices, withdraw_notices
from kg.notices.signals import notices_in
from kg.notices.values import Notice, NoticeKind, standing_of
from kg.store.base import Store
from kg.store.embedded import memory_store
from kg.terms import IRI, Literal
from kg.vocab import PLX, concept_iri, document_iri
from tests.kg.graphs import TERMS, lines, store_of
from tests.markup import Edge, Line, build_extraction

DRUG, TARGET = "mesh:D016559", "FPLX:PPP3"
PLAIN = (concept_iri(DRUG), PLX.decreases, concept_iri(TARGET))


def claim(identifier: str, *, notices: tuple[Notice, ...] = (), doi: str | None = None,
          title: str | None = None, types: tuple[str, ...] = ()) -> Extraction:  # fmt: skip
    """A document that states that the drug decreases the target."""
    text = f"[d|Drug|{DRUG}]Tacrolimus[/] lowered [t|Protein|{TARGET}]calcineurin[/]."
    line = Line("en", "results", text, (Edge("d", "decreases", "t", "lowered"),))
    read = build_extraction(identifier, [(line, None)])
    source = replace(
        read.document.source, notices=notices, doi=doi, title=title, publication_types=types
    )
    return replace(read, document=replace(read.document, source=source))


def notice_of(identifier: str, about: str, kind: NoticeKind = "retraction") -> Extraction:
    """The document in which a notice stands; it reports nothing."""
    line = Line("en", "title", "Retraction: a study that did not hold.")
    read = build_extraction(identifier, [(line, None)])
    source = replace(
        read.document.source, notices=(Notice(kind, about, identifier),),
        title="Retraction: a study that did not hold",
    )  # fmt: skip
    return replace(read, document=replace(read.document, source=source))


def status(store: Store) -> dict[str, str]:
    """What the store says of its one statement."""
    (row,) = store.select(
        "SELECT ?status ?belief ?supporting ?retracted WHERE { ?s plx:status ?status ; "
        "plx:belief ?belief ; plx:supportingDocuments ?supporting "
        "OPTIONAL { ?s plx:retractedDocuments ?retracted } }"
    )
    return {name: term.value for name, term in row.items() if isinstance(term, Literal)}


def is_plain(store: Store) -> bool:
    return next(store.quads(*PLAIN), None) is not None


def standing(store: Store, document: str) -> set[str]:
    return {
        quad.object.value
        for quad in store.quads(document_iri(document), PLX.standing)
        if isinstance(quad.object, Literal)
    }


def test_a_retracted_document_counts_no_more_and_stays() -> None:
    retracted = claim("pubmed:1", notices=(Notice("retraction", "pubmed:1", "pubmed:9"),))
    store = store_of(retracted)
    assert status(store) == {
        "status": "retracted", "belief": "0", "supporting": "0", "retracted": "1",
    }  # fmt: skip
    assert not is_plain(store)
    assert standing(store, "pubmed:1") == {"retracted"}
    assert not list(store.quads(None, PLX.supports))
    assert len(list(store.quads(None, PLX.retractedOn))) == 1
    assert len(list(store.quads(None, PLX.statement))) == 1


def test_what_another_document_still_supports_is_not_lost() -> None:
    store = store_of(claim("pubmed:1"), claim("pubmed:2"), notice_of("pubmed:9", "pubmed:1"))
    alone = store_of(claim("pubmed:2"))
    assert status(store) == status(alone) | {"retracted": "1"}
    assert is_plain(store)


@pytest.mark.parametrize("kind", ["correction", "concern", "partial-retraction", "update"])
def test_a_corrected_document_is_marked_and_counts(kind: NoticeKind) -> None:
    store = store_of(claim("pubmed:1"), notice_of("pubmed:9", "pubmed:1", kind))
    assert status(store) == status(store_of(claim("pubmed:1")))
    assert standing(store, "pubmed:1") == {standing_of([kind])}
    assert is_plain(store)


def test_a_notice_works_before_and_after_its_document_and_goes_with_its_giver() -> None:
    documents = [
        claim("pubmed:1", doi="10.1000/ABC"), claim("pubmed:2"), notice_of("pubmed:9", "pubmed:2"),
        notice_of("pubmed:8", "doi:10.1000/abc"),
    ]  # fmt: skip
    wanted = lines(store_of(*documents))
    for order, batch in itertools.product(itertools.permutations(documents), (1, 2, 4)):
        assert lines(store_of(*order, batch=batch)) == wanted
    store = store_of(*documents)
    remove_documents(store, ["pubmed:9"], terminology=TERMS)
    assert lines(store) == lines(store_of(documents[0], documents[1], documents[3]))
    remove_documents(store, ["pubmed:8", "pubmed:2"], terminology=TERMS)
    assert lines(store) == lines(store_of(documents[0]))


def test_a_document_read_again_without_its_notice_counts_again() -> None:
    store = store_of(claim("pubmed:1", notices=(Notice("retraction", "pubmed:1"),)))
    load_extractions(store, [claim("pubmed:1")], terminology=TERMS)
    assert lines(store) == lines(store_of(claim("pubmed:1")))


def test_loading_a_retracted_document_again_changes_nothing() -> None:
    documents = [claim("pubmed:1"), notice_of("pubmed:9", "pubmed:1")]
    store = store_of(*documents)
    report = load_extractions(store, documents, terminology=TERMS)
    assert report.unchanged == ["pubmed:1", "pubmed:9"]


def test_given_notices_come_and_go_before_and_after_documents() -> None:
    given = [Notice("retraction", "doi:10.1000/x", date="2024-05", reason="image duplication")]
    read = claim("pubmed:1", doi="10.1000/X")
    before = memory_store()
    give_notices(before, given, terminology=TERMS)
    load_extractions(before, [read], terminology=TERMS)
    after = store_of(read)
    assert give_notices(after, given, terminology=TERMS).documents == ("pubmed:1",)
    assert lines(before) == lines(after)
    assert status(after)["status"] == "retracted"
    assert withdraw_notices(after, ["pubmed:1"], terminology=TERMS).notices == 1
    assert lines(after) == lines(store_of(read))


@pytest.mark.parametrize(
    ("title", "types", "kinds"),
    [
        ("RETRACTED: A drug lowers a target", (), ["retraction"]),
        ("【已撤稿】某药降低某蛋白", (), ["retraction"]),
        ("［已撤稿］某药降低某蛋白", (), ["retraction"]),
        ("已撤稿：某药降低某蛋白", (), ["retraction"]),
        ("勘誤：某藥降低某蛋白", (), ["notice"]),
        ("撤稿声明", (), ["notice"]),
        ("Retraction notice to “A drug lowers a target”", (), ["notice"]),
        ("Retraction of the tympanic membrane in children", (), []),
        ("Correction of anaemia by iron", (), []),
        ("更正代谢性酸中毒的疗效", (), []),
        ("A drug", ("Journal Article", "Retracted Publication"), ["retraction"]),
        ("A drug", ("Retraction of Publication",), ["notice"]),
        ("Erratum: a drug", ("Published Erratum",), ["notice"]),
    ],
)  # fmt: skip
def test_notices_that_records_and_titles_tell(
    title: str, types: tuple[str, ...], kinds: list[str]
) -> None:
    document = claim("pubmed:1", title=title, types=types).document
    found = notices_in(document)
    assert sorted({notice.kind for notice in found}) == kinds
    assert {notice.about for notice in found} <= {"pubmed:1"}


def test_evidence_is_marked_with_its_document() -> None:
    store = store_of(claim("pubmed:1"), notice_of("pubmed:9", "pubmed:1", "concern"))
    marked = {quad.subject for quad in store.quads(None, PLX.standing, Literal("questioned"))}
    assert len(marked) == 2
    assert all(isinstance(node, IRI) and "pubmed:1" in node.value for node in marked)
