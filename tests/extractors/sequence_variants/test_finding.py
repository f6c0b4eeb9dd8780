"""Sequence variants: what texts write, in one notation, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sequence_variants.finding import find_variants
from extractors.sequence_variants.notation import LETTERS


@pytest.mark.parametrize(
    ("text", "hgvs"),
    [
        ("the Val66Met polymorphism", "p.V66M"),
        ("a Val(66)Met change of carriers", "p.V66M"),
        ("Val-66-Met carriers", "p.V66M"),
        ("the V66M mutation", "p.V66M"),
        ("glycine-594-valine", "p.G594V"),
        ("valine to methionine substitution at codon 66", "p.V66M"),
        ("methionine for valine at position 66", "p.V66M"),
        ("p.Trp26Ter", "p.W26X"),
        ("p.Trp26*", "p.W26X"),
        ("p.Gly204ValfsX17", "p.G204VfsX17"),
        ("R58fs", "p.R58fs"),
        ("p.V239del", "p.239delV"),
        ("c.342delA", "c.342delA"),
        ("c.342_343insTT", "c.342_343insTT"),
        ("118-119insA", "c.118_119insA"),
        ("c.429_452dup", "c.429_452dup"),
        ("g.3318-15C>T", "g.3318-15C>T"),
        ("IVS3 + 1G>A", "c.IVS3+1G>A"),
        ("the -308 G/A promoter polymorphism", "c.-308G>A"),
        ("the A118G variant", "c.118A>G"),
        ("C-1228T genotype", "c.-1228C>T"),
        ("c.592C-->T", "c.592C>T"),
        ("基因多态性V66M", "p.V66M"),
    ],
)
def test_a_variant_has_one_notation_however_it_is_written(text: str, hgvs: str) -> None:
    (found,) = find_variants(text)
    assert found.variant is not None
    assert found.text in text
    assert found.variant.hgvs == hgvs


@pytest.mark.parametrize(
    "text",
    [
        "T47D cells were cultured.",
        "H2S was measured; the mutation was not.",
        "Serum IL-6 and TNF rose.",
        "Doses of 5 mg/kg A and 10 C/T were compared.",
        "Patients V66M.",  # nothing tells that it is no name of a compound
        "",
    ],
)
def test_what_looks_like_a_variant_is_none(text: str) -> None:
    assert find_variants(text) == ()


@pytest.mark.parametrize(
    ("text", "rs"),
    [
        ("Val66Met (rs6265) was typed", ["rs6265", "rs6265"]),
        ("rs6265 (Val66Met) was typed", ["rs6265", "rs6265"]),
        ("rs6265, Val66Met and rs4680", ["rs6265", None, "rs4680"]),
        ("RS 6265 was typed", ["rs6265"]),
        ("Val66Met (rs6265) was typed; Val66Met and 66Met carriers", ["rs6265"] * 4),
    ],
)
def test_a_number_in_brackets_names_the_variant(text: str, rs: list[str | None]) -> None:
    assert [found.rs for found in find_variants(text)] == rs


def test_an_allele_is_of_the_variant_at_its_place() -> None:
    found = find_variants("The -308 G/A polymorphism: carriers of -308A, not of -309A.")
    assert [v.text for v in found] == ["-308 G/A", "-308A"]
    assert found[0].variant == found[1].variant


@given(st.text(alphabet="ACGTMVRW0123456789 .>-_()delinsfrc/p", max_size=60))
def test_variants_are_stretches_of_the_text_that_do_not_overlap(text: str) -> None:
    found = find_variants(f"mutation {text}")
    assert all(f"mutation {text}"[v.start : v.end] == v.text for v in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(
    st.sampled_from(sorted(LETTERS)), st.integers(10, 9999), st.sampled_from(sorted(LETTERS))
)  # fmt: skip
def test_the_notation_of_a_protein_is_read_back(one: str, place: int, other: str) -> None:
    written = f"p.{one}{place}{other}"
    (found,) = find_variants(written)
    assert found.variant is not None
    assert found.variant.hgvs == written
