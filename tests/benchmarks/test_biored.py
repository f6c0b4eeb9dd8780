"""BioRED: what is read of its format, how our relations are called there, and what is scored."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.biored import by_parallax, score_pairs, together, usual_relations
from benchmarks.corpora.biored import VARIANT, Article, parse_articles, relation_of
from benchmarks.corpora.biored_reading import Read, Seat, entity_of, named_at, told
from benchmarks.training.biored_pairs import features
from extractors.mentions.lexicon import Lexicon
from extractors.pipeline import Pipeline
from kg.model import (
    Document,
    Extraction,
    Mention,
    MentionType,
    Passage,
    Polarity,
    Predicate,
    RelationMention,
    Sign,
)

TITLE, ABSTRACT = "Zorin lowers GENA.", "Mice with gout had zorin. In gout GENA is raised."
WRITTEN = f"""7|t|{TITLE}
7|a|{ABSTRACT}
7\t0\t5\tZorin\tChemicalEntity\tD001
7\t13\t17\tGENA\tGeneOrGeneProduct\t11,12
7\t19\t23\tMice\tOrganismTaxon\t10090
7\t29\t33\tgout\tDiseaseOrPhenotypicFeature\tD002
7\t38\t43\tzorin\tChemicalEntity\tD001
7\t48\t52\tgout\tDiseaseOrPhenotypicFeature\t-
7\tNegative_Correlation\tD001\t11\tNovel
7\tAssociation\tD002\t11\tNo
7\tBind\t11\t11\tNo
"""


@pytest.fixture
def article() -> Article:
    (found,) = parse_articles(WRITTEN)
    return found


def test_an_abstract_has_entities_and_pairs(article: Article) -> None:
    assert article.text == f"{TITLE} {ABSTRACT}"
    assert article.kinds == {
        "D001": "Drug", "11": "Protein", "12": "Protein", "10090": "", "D002": "Disease",
    }  # fmt: skip
    assert article.relations == {
        frozenset(("D001", "11")): "Negative_Correlation", frozenset(("D002", "11")): "Association",
    }  # fmt: skip
    assert all(
        article.text[e.start : e.end].lower() in ("zorin", "gena", "mice", "gout")
        for e in article.entities
    )


@pytest.mark.parametrize(
    ("predicate", "sign", "types", "theirs"),
    [
        ("treats", None, ("Drug", "Disease"), "Negative_Correlation"),
        ("causes", None, ("Drug", "Outcome"), "Positive_Correlation"),
        ("increases", None, ("Drug", "Protein"), "Positive_Correlation"),
        ("decreases", None, ("Drug", "Protein"), "Negative_Correlation"),
        ("binds", None, ("Protein", "Protein"), "Bind"),
        ("affects", None, ("Protein", "Disease"), "Association"),
        ("associated_with", None, ("Protein", "Disease"), "Association"),
        ("associated_with", "+", ("Protein", "Disease"), "Positive_Correlation"),
        ("associated_with", "-", ("Protein", "Disease"), "Negative_Correlation"),
        ("restores", None, ("Outcome", "Drug"), "Negative_Correlation"),
        ("restores", None, ("Drug", "Protein"), "Association"),
    ],
)
def test_what_we_read_has_a_name_in_the_corpus(
    predicate: Predicate, sign: Sign | None, types: tuple[MentionType, MentionType], theirs: str
) -> None:
    relation = RelationMention("r1", "s1", "a", predicate, "b", "rule", sign=sign)
    one, other = (Mention(n, "p1", "s1", 0, 1, "x", t) for n, t in zip("ab", types, strict=True))
    assert relation_of(relation, one, other) == theirs


def test_what_is_denied_is_not_told() -> None:
    mentions = tuple(Mention(n, "p1", "s1", 0, 1, "x", "Drug") for n in "ab")

    def read(polarity: Polarity) -> Extraction:
        relation = RelationMention("r1", "s1", "a", "affects", "b", "rule", polarity=polarity)
        document = Document("x", (Passage("p1", "en", "x"),))
        return Extraction(document, mentions=mentions, relations=(relation,))

    names = {"a": ("D001",), "b": ("D002", "D003")}
    assert told(read("positive"), names) == {
        frozenset(("D001", "D002")): Counter(Association=1),
        frozenset(("D001", "D003")): Counter(Association=1),
    }
    assert told(read("negated"), names) == {}


class Known(Lexicon):
    """A lexicon with one concept of several identifiers."""

    def __init__(self) -> None:
        """Nothing is needed."""

    def identifiers(self, concept: str) -> tuple[str, ...]:
        return ("HGNC:5", "NCBIGene:11", "NCBIGene:12") if concept == "HGNC:5" else ()


@pytest.mark.parametrize(
    ("concept", "known", "name"),
    [
        ("HGNC:5", {"12"}, "12"),
        ("HGNC:5", set(), "11"),
        ("mesh:D001", set(), "D001"),
        ("CHEBI:1", set(), None),
        (None, set(), None),
    ],
)
def test_a_concept_is_the_entity_of_which_it_has_the_identifier(
    concept: str | None, known: set[str], name: str | None
) -> None:
    mention = Mention("m1", "p1", "s1", 0, 1, "x", "Protein", concept)
    assert entity_of(mention, Known(), known) == name


def test_a_mention_may_be_named_by_its_place(article: Article) -> None:
    assert named_at(article, "Protein", 11, 17) == ("11", "12")
    assert named_at(article, "Drug", 11, 17) == ()


def read_of(article: Article) -> Read:
    """The abstract with two genes, a drug, a disease and a variant; the drug and one gene read."""
    seats = (
        Seat("D001", "Drug", 0, 0, 5), Seat("11", "Protein", 0, 13, 17),
        Seat("D002", "Disease", 1, 29, 33), Seat("D001", "Drug", 1, 38, 43),
        Seat("v", VARIANT, 2, 53, 57),
    )  # fmt: skip
    spans = ((0, 18), (19, 44), (45, len(article.text)))
    return Read(article, spans, seats, {frozenset(("D001", "11")): Counter(Association=2, Bind=2)})


def test_pairs_are_scored_with_their_relation_and_without(article: Article) -> None:
    read = read_of(article)
    said = {frozenset(("D001", "11")): "Negative_Correlation", frozenset(("D002", "11")): "Bind"}
    scores = score_pairs(read, said, variants=True)
    assert scores["pair"].f1 == 1
    assert scores["typed"].f1 == 0.5


def test_what_tells_more_wins_where_readings_are_as_many(article: Article) -> None:
    assert by_parallax(read_of(article)) == {frozenset(("D001", "11")): "Bind"}


def test_all_that_stand_together_are_pairs(article: Article) -> None:
    read = read_of(article)
    usual = usual_relations([read])
    assert usual[frozenset(("Drug", "Protein"))] == "Negative_Correlation"
    assert together(read, usual, sentence=True) == {
        frozenset(("D001", "11")): "Negative_Correlation",
        frozenset(("D001", "D002")): "Association",
    }
    assert frozenset(("D002", "v")) in together(read, usual, sentence=False)
    assert frozenset(("11", "v")) not in together(read, usual, sentence=False)


def test_features_tell_what_was_read(article: Article) -> None:
    found = dict(features(read_of(article)))
    assert "read=Bind" in found[frozenset(("D001", "11"))]
    assert "read=nothing" in found[frozenset(("D001", "D002"))]
    assert "title=2" in found[frozenset(("D001", "11"))]


def test_a_pipeline_reads_an_abstract_with_its_entities_given(article: Article) -> None:
    from benchmarks.corpora.biored_reading import read_given

    read = read_given(article, Pipeline())
    assert by_parallax(read)[frozenset(("D001", "11"))] == "Negative_Correlation"
