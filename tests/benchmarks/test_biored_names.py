"""What mentions are called in BioRED: by other abstracts, by the vocabularies, by the organism."""

from __future__ import annotations

import pytest

from benchmarks.corpora.biored import Article, Entity, variant_name
from benchmarks.corpora.biored_names import Names
from extractors.mentions.lexicon import Lexicon, compile_lexicon
from extractors.sequence_variants.finding import find_variants
from ontologies.terms import TermRow

ROWS = (
    TermRow("mesh:D001", "zorin", "en", "label", "made up", "Drug"),
    TermRow("CHEBI:5", "plain water", "en", "label", "made up", "Drug"),
    TermRow("mesh:D002", "gout", "en", "label", "made up", "Disease"),
    TermRow("NCBIGene:3569", "IL6", "en", "label", "made up", "Protein"),
    TermRow("NCBIGene:77", "GENA", "en", "label", "made up", "Protein"),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return compile_lexicon(ROWS)


def article(identifier: str, text: str, *names: tuple[str, str, tuple[str, ...]]) -> Article:
    """An abstract whose title is the text; names are the words, their kind and identifiers."""
    entities = []
    for words, kind, identifiers in names:
        start = text.index(words)
        entities.append(Entity(start, start + len(words), kind, identifiers))
    return Article(identifier, text, "", tuple(entities), {})


def called(names: Names, one: Article) -> list[tuple[str, ...]]:
    return [call.identifiers for call in names.call(one, one.entities)]


def test_a_listed_name_has_the_number_of_the_vocabulary_of_its_kind(lexicon: Lexicon) -> None:
    one = article(
        "1", "Zorin, plain water and gout in patients with GENA.", ("Zorin", "Drug", ()),
        ("plain water", "Drug", ()), ("gout", "Disease", ()), ("GENA", "Protein", ()),
    )  # fmt: skip
    assert called(Names(lexicon, ()), one) == [("D001",), (), ("D002",), ("77",)]


def test_what_other_abstracts_call_a_name_counts_and_the_abstract_itself_does_not(
    lexicon: Lexicon,
) -> None:
    told = article("1", "Patients had wogglitis.", ("wogglitis", "Disease", ("D009",)))
    names = Names(lexicon, [told])
    assert called(names, told) == [()]
    other = article("2", "Women had Wogglitis.", ("Wogglitis", "Disease", ()))
    assert called(names, other) == [("D009",)]


def test_a_gene_is_that_of_the_organism_that_the_abstract_is_about(lexicon: Lexicon) -> None:
    names = Names(lexicon, ())
    for text, number in (
        ("Patients and women had raised IL6.", "3569"),
        ("Mice and other mice had raised IL6 in mouse liver.", "16193"),
        ("Rats had raised IL6 in rat liver.", "24498"),
    ):
        assert called(names, article("1", text, ("IL6", "Protein", ()))) == [(number,)]


def test_a_gene_without_a_known_orthologue_keeps_its_human_number(lexicon: Lexicon) -> None:
    one = article("1", "Mice had raised GENA in mouse liver.", ("GENA", "Protein", ()))
    assert called(Names(lexicon, ()), one) == [("77",)]


def test_a_defined_short_form_is_called_as_its_long_form(lexicon: Lexicon) -> None:
    told = (
        article("1", "Women with chronic disorder had it.", ("chronic disorder", "Disease", ("D1",))),
        article("2", "Women had CD.", ("CD", "Disease", ("D3",))),
    )  # fmt: skip
    text = "Women with chronic disorder (CD) had it."
    one = article("3", text, ("chronic disorder", "Disease", ()), ("CD", "Disease", ()))
    assert called(Names(lexicon, told), one) == [("D1",), ("D1",)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("p.V66M", "p|SUB|V|66|M"),
        ("c.342delA", "c|DEL|342|A"),
        ("c.342_343insTT", "c|INS|342_343|TT"),
        ("c.429_452dup", "c|DUP|429_452||"),
        ("p.G204VfsX17", "p|FS|G|204|V|17"),
        ("V66M (rs6265)", "rs6265"),
    ],
)
def test_a_variant_is_written_as_the_corpus_writes_it(text: str, name: str) -> None:
    assert variant_name(find_variants(text)[0]) == name
