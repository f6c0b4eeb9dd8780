"""Names of the graph: round trips, a closed vocabulary, and its mirror of parallax.ttl."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import vocab
from kg.errors import CurieError
from kg.model import MENTION_TYPES, PREDICATES, MentionType, Predicate
from kg.ontology import ontology_quads
from kg.rdf.statements import PREDICATE_LABELS
from kg.terms import IRI, Literal
from kg.vocab import PLX, RDFS, SKOS
from ontologies.files import data_path, prefixes

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@pytest.mark.parametrize("prefix", prefixes())
def test_every_prefix_goes_there_and_back(prefix: str) -> None:
    assert vocab.compress(vocab.expand(f"{prefix}:A1")) == f"{prefix}:A1"


@pytest.mark.parametrize("curie", ["D016559", "nope:1", "mesh:", ":x", "mesh:D 1", "mesh:<x>", ""])
def test_what_is_no_curie_is_refused(curie: str) -> None:
    with pytest.raises(CurieError):
        vocab.expand(curie)


@given(TEXT)
def test_document_ids_survive_their_iri(identifier: str) -> None:
    assert vocab.document_of(vocab.document_iri(identifier).value) == identifier
    assert vocab.document_of(vocab.document_graph(identifier).value) == identifier
    part = vocab.part_iri(identifier, "s1").value
    assert (vocab.document_of(part), vocab.part_of(part)) == (identifier, "s1")


@given(TEXT, st.sampled_from(MENTION_TYPES))
def test_local_concepts_have_iris_and_fold_once(name: str, kind: MentionType) -> None:
    curie = vocab.local_concept(kind, name)
    assert vocab.compress(vocab.expand(curie)) == curie
    assert vocab.fold(vocab.fold(name)) == vocab.fold(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ＴＧＦ－β１", "TGF-β1", True),
        ("CD4+ T cells", "CD4 T cells", False),
        ("突触蛋白", "突触足蛋白", False),
        ("podocyte  injury", "Podocyte-injury", True),
    ],
)
def test_names_fold_alike_where_they_are_alike(one: str, other: str, same: bool) -> None:
    assert (vocab.fold(one) == vocab.fold(other)) is same


@pytest.mark.parametrize("predicate", PREDICATES)
def test_predicates_go_to_rdf_and_back(predicate: Predicate) -> None:
    assert vocab.predicate_of(vocab.predicate_iri(predicate).value) == predicate


def test_a_mistyped_term_raises_with_a_hint() -> None:
    with pytest.raises(AttributeError, match="did you mean 'associatedWith'"):
        _ = PLX.asociatedWith
    with pytest.raises(CurieError):
        vocab.predicate_of(PLX.hypothesizes.value)


# The file and the mirror of it in kg/vocab.py.

QUADS = ontology_quads()


def test_the_file_defines_the_terms_of_the_mirror_and_no_others() -> None:
    subjects = {q.subject.value for q in QUADS if isinstance(q.subject, IRI)}
    defined = {subject for subject in subjects if subject.startswith(PLX.base)}
    assert defined == {PLX.base + term for term in PLX.terms()}


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    told = {
        (str(q.subject).strip("<>"), q.predicate, q.object.language)
        for q in QUADS
        if isinstance(q.object, Literal)
    }
    wanted = {
        (PLX[term].value, property_, language)
        for term in PLX.terms()
        for property_ in (RDFS.label, SKOS.definition)
        for language in ("en", "zh")
    }
    assert wanted <= told


def test_the_hierarchy_of_predicates_is_that_of_the_file() -> None:
    above: dict[object, set[object]] = {}
    for quad in QUADS:
        if quad.predicate == RDFS.subPropertyOf:
            above.setdefault(quad.subject, set()).add(quad.object)

    def closure(iri: object) -> set[object]:
        direct = above.get(iri, set())
        return direct.union(*map(closure, direct))

    for predicate in PREDICATES:
        mirrored = set(vocab.SUPER_PREDICATES[predicate])
        assert closure(vocab.predicate_iri(predicate)) == mirrored


def test_the_words_between_two_names_are_the_labels_of_the_file() -> None:
    labels = {
        (q.subject, q.object.language): q.object.value
        for q in QUADS
        if q.predicate == RDFS.label and isinstance(q.object, Literal)
    }
    for predicate, words in PREDICATE_LABELS.items():
        for language, word in words.items():
            assert labels[vocab.predicate_iri(predicate), language] == word


def test_symmetric_predicates_are_declared_so() -> None:
    symmetric = {q.subject for q in QUADS if str(q.object).endswith("#SymmetricProperty>")}
    declared = {p for p in PREDICATES if vocab.predicate_iri(p) in symmetric}
    assert declared == vocab.SYMMETRIC_PREDICATES


def test_the_vocabulary_uses_the_prefixes_of_the_context() -> None:
    text = data_path("parallax.ttl").read_text(encoding="utf-8")
    declared = dict(re.findall(r"^@prefix (\S+): <(\S+)> \.", text, re.MULTILINE))
    assert len(declared) > 10
    assert declared.items() <= prefixes().items()


def test_the_vocabulary_has_no_blank_nodes() -> None:
    assert not [q for q in QUADS if {str(q.subject)[:2], str(q.object)[:2]} & {"_:"}]
