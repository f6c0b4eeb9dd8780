"""From one document to statements and evidence, told in marked-up sentences."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from kg.assembly.concepts import resolve_concepts
from kg.assembly.evidence import assemble
from kg.assembly.values import Assembled, statement_id
from kg.errors import FormatError
from kg.model import (
    Discrepancy,
    Evidence,
    Extraction,
    Language,
    Quantity,
    Side,
    Statement,
)
from tests.kg.graphs import fixture
from tests.markup import Edge, Line, build_extraction

DRUG, PROTEIN, OTHER = "mesh:D016559", "FPLX:PPP3", "HGNC:30672"
EN = "[d|Drug|mesh:D016559]Tacrolimus[/] lowered and raised [p|Protein|FPLX:PPP3]calcineurin[/]."
ZH = "[d|Drug|mesh:D016559]他克莫司[/]降低并升高[p|Protein|FPLX:PPP3]钙调磷酸酶[/]。"


def edge(language: Language, predicate: Any = "decreases", **more: Any) -> Edge:
    trigger = {"en": "lowered", "zh": "降低"}[language]
    known = {key: more.pop(key) for key in ("polarity", "certainty") if key in more}
    return Edge("d", predicate, "p", trigger, extra=tuple(more.items()), **known)


def line(language: Language, *edges: Edge, section: Any = "results", text: str = "") -> Line:
    return Line(language, section, text or {"en": EN, "zh": ZH}[language], edges)


def both(en: Edge | None, zh: Edge | None) -> tuple[Line, Line]:
    return line("en", *filter(None, [en])), line("zh", *filter(None, [zh]))


def claims(assembled: Assembled) -> list[tuple[str, str, str, str, tuple[str, ...], int]]:
    """Predicate, polarity, certainty, agreement, conflicts and number of renditions of each."""
    statements = {statement_id(s): s for s in assembled.statements}
    return sorted(
        (
            statements[e.statement].predicate,
            e.polarity,
            e.certainty,
            e.agreement,
            e.conflicts,
            len(e.renditions),
        )
        for e in assembled.evidence
    )


def assembled(*pairs: tuple[Line | None, Line | None]) -> Assembled:
    return assemble(build_extraction("pubmed:1", pairs))


# Two languages, one claim.

NEGATED: dict[str, Any] = {"polarity": "negated"}
HEDGED: dict[str, Any] = {"certainty": "hypothesis"}
TOGETHER = [
    (edge("en"), edge("zh"), [("decreases", "positive", "asserted", "agrees", (), 2)]),
    (edge("en"), None, [("decreases", "positive", "asserted", "one-sided", (), 1)]),
    (None, edge("zh"), [("decreases", "positive", "asserted", "one-sided", (), 1)]),
    (
        edge("en"),
        edge("zh", "increases"),
        [
            ("decreases", "positive", "asserted", "conflict", ("direction",), 1),
            ("increases", "positive", "asserted", "conflict", ("direction",), 1),
        ],
    ),
    (
        edge("en"),
        edge("zh", **NEGATED),
        [
            ("decreases", "negated", "asserted", "conflict", ("polarity",), 1),
            ("decreases", "positive", "asserted", "conflict", ("polarity",), 1),
        ],
    ),
    # Of a hedge in one language the weaker reading counts, and it is marked.
    (
        edge("en"),
        edge("zh", **HEDGED),
        [("decreases", "positive", "hypothesis", "conflict", ("hedge",), 2)],
    ),
    # A vaguer word is no contradiction: each reading keeps its evidence.
    (
        edge("en"),
        edge("zh", "affects"),
        [
            ("affects", "positive", "asserted", "one-sided", (), 1),
            ("decreases", "positive", "asserted", "one-sided", (), 1),
        ],
    ),
    # A qualifier that only one language states is given to both.
    (
        edge("en", aspect="expression"),
        edge("zh"),
        [("decreases", "positive", "asserted", "agrees", (), 2)],
    ),
    (
        edge("en", aspect="expression"),
        edge("zh", aspect="activity"),
        [
            ("decreases", "positive", "asserted", "one-sided", (), 1),
            ("decreases", "positive", "asserted", "one-sided", (), 1),
        ],
    ),
    (
        edge("en", **NEGATED),
        edge("zh", **NEGATED),
        [("decreases", "negated", "asserted", "agrees", (), 2)],
    ),
    (
        edge("en", "associated_with", sign="-"),
        edge("zh", "associated_with", sign="+"),
        [
            ("associated_with", "positive", "asserted", "conflict", ("direction",), 1),
            ("associated_with", "positive", "asserted", "conflict", ("direction",), 1),
        ],
    ),
]


@pytest.mark.parametrize(("en", "zh", "expected"), TOGETHER)
def test_two_languages_of_one_sentence(en: Edge | None, zh: Edge | None, expected: Any) -> None:
    assert claims(assembled(both(en, zh))) == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_document_in_one_language_is_monolingual(language: Language) -> None:
    pair = (line("en", edge("en")), None) if language == "en" else (None, line("zh", edge("zh")))
    assert claims(assembled(pair)) == [("decreases", "positive", "asserted", "monolingual", (), 1)]


def test_another_entity_in_the_other_language_is_a_conflict() -> None:
    zh = ZH.replace("FPLX:PPP3", OTHER)
    found = assembled((line("en", edge("en")), line("zh", edge("zh"), text=zh)))
    assert [e.conflicts for e in found.evidence] == [("entity",), ("entity",)]
    assert {s.object for s in found.statements} == {PROTEIN, OTHER}


# Sentences that repeat a claim.


def test_repetition_adds_renditions_and_no_evidence() -> None:
    found = assembled(both(edge("en"), edge("zh")), both(edge("en"), None))
    assert claims(found) == [("decreases", "positive", "asserted", "agrees", (), 3)]
    assert [r.language for r in found.evidence[0].renditions] == ["en", "en", "zh"]


def test_each_language_in_a_sentence_of_its_own_agrees_too() -> None:
    found = assembled(both(edge("en"), None), both(None, edge("zh")))
    assert claims(found) == [("decreases", "positive", "asserted", "agrees", (), 2)]


def test_asserted_somewhere_is_asserted() -> None:
    supposed = both(edge("en", **HEDGED), edge("zh", **HEDGED))
    found = assembled(supposed, both(edge("en"), edge("zh")))
    assert claims(found) == [("decreases", "positive", "asserted", "agrees", (), 4)]


def test_asserted_and_denied_stay_apart() -> None:
    denied = both(edge("en", **NEGATED), edge("zh", **NEGATED))
    found = assembled(both(edge("en"), edge("zh")), denied)
    assert claims(found) == [
        ("decreases", "negated", "asserted", "agrees", (), 2),
        ("decreases", "positive", "asserted", "agrees", (), 2),
    ]
    assert len(found.statements) == 1
    assert len({e.id for e in found.evidence}) == 2


def test_the_section_is_the_one_that_supports_best() -> None:
    first = (line("en", edge("en"), section="background"), None)
    second = (line("en", edge("en"), section="results"), None)
    assert assembled(first, second).evidence[0].section == "results"


def test_a_stated_claim_is_not_derived_though_it_is_derived_as_well() -> None:
    derived = edge("en", "associated_with", derived="co-change")
    stated = edge("en", "associated_with")
    assert assembled((line("en", derived), None)).evidence[0].derived == "co-change"
    both_ways = assembled((line("en", derived), None), (line("en", stated), None))
    assert [e.derived for e in both_ways.evidence] == [None]


# Statements.


def test_a_symmetric_claim_has_one_order_and_keeps_its_words() -> None:
    en = "[p|Protein|FPLX:PPP3]Calcineurin[/] is linked to [d|Drug|mesh:D016559]tacrolimus[/]."
    forth = Line("en", "results", en, (Edge("p", "associated_with", "d", "linked"),))
    found = assembled((forth, None))
    assert (found.statements[0].subject, found.statements[0].object) == (DRUG, PROTEIN)
    rendition = found.evidence[0].renditions[0]
    assert (rendition.subject.text, rendition.object.text) == ("tacrolimus", "Calcineurin")


def test_a_relation_of_a_concept_to_itself_is_left_out() -> None:
    en = EN.replace("FPLX:PPP3", DRUG)
    assert assembled((line("en", edge("en"), text=en), None)).evidence == ()


def test_an_id_is_made_of_the_content_alone() -> None:
    one = Statement(DRUG, "decreases", PROTEIN, via=("GO:1", "GO:2"))
    assert statement_id(one) == statement_id(replace(one, via=("GO:2", "GO:1")))
    changed: list[dict[str, Any]] = [
        {"subject": "x"}, {"predicate": "increases"}, {"object": "y"}, {"aspect": "level"},
        {"sign": "+"}, {"via": ()},
    ]  # fmt: skip
    ids = {statement_id(replace(one, **change)) for change in changed}
    assert len(ids | {statement_id(one)}) == len(changed) + 1


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_what_was_read_does_not_matter(seed: int) -> None:
    for extraction in fixture():
        shuffled = list(extraction.relations)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
        assert assemble(replace(extraction, relations=tuple(shuffled))) == assemble(extraction)


def test_arguments_in_another_passage_are_refused() -> None:
    extraction = build_extraction("pubmed:1", [(line("en", edge("en")), None), both(None, None)])
    (relation,) = extraction.relations
    moved = replace(relation, object="m-en1-1")
    with pytest.raises(FormatError, match="different passages"):
        assemble(replace(extraction, relations=(moved,)))


def test_quotes_are_exact_and_hold_their_spans() -> None:
    for extraction in fixture():
        texts = {p.id: p.text for p in extraction.document.passages}
        for evidence in assemble(extraction).evidence:
            for r in evidence.renditions:
                assert texts[r.passage][r.quote_start :].startswith(r.quote)
                for span in (r.subject, r.object, r.trigger):
                    assert span is not None
                    offset = span.start - r.quote_start
                    assert r.quote[offset : offset + len(span.text)] == span.text


# What the alignment reports.


def discrepancy(kind: Any, en: str, zh: str) -> Discrepancy:
    return Discrepancy(kind, Side("s-en0", en, ""), Side("s-zh0", zh, ""), "…", "…")


def test_a_number_that_differs_marks_the_claim_whose_thing_it_describes() -> None:
    extraction = build_extraction("pubmed:1", [both(edge("en"), edge("zh"))])
    quantities = tuple(
        Quantity(f"q-{x}", f"p-{x}0", f"s-{x}0", 0, 2, "..", "dose", of=f"m-{x}0-0")
        for x in ("en", "zh")
    )
    told = replace(
        extraction, quantities=quantities, discrepancies=(discrepancy("number", "q-en", "q-zh"),)
    )
    (evidence,) = assemble(told).evidence
    assert (evidence.agreement, evidence.conflicts) == ("conflict", ("number",))


def test_a_difference_of_terms_is_no_conflict() -> None:
    extraction = build_extraction("pubmed:1", [both(edge("en"), edge("zh"))])
    told = replace(extraction, discrepancies=(discrepancy("term", "r-en0-0", "r-zh0-0"),))
    assert [e.agreement for e in assemble(told).evidence] == ["agrees"]


# Concepts.

UNKNOWN_EN = "[d|Drug|]Drug X[/] lowered [p|Protein|]nephrin-like factor[/]."
UNKNOWN_ZH = "[d|Drug|]药物甲[/]降低[p|Protein|]类肾病蛋白因子[/]。"


def concepts(extraction: Extraction) -> dict[str, set[str]]:
    resolved = resolve_concepts(extraction)
    found: dict[str, set[str]] = {}
    for mention in extraction.mentions:
        found.setdefault(mention.text, set()).add(resolved[mention.id])
    return found


def test_aligned_mentions_without_identifier_share_the_english_name() -> None:
    pair = (line("en", text=UNKNOWN_EN), line("zh", text=UNKNOWN_ZH))
    later = (None, line("zh", text="再次给予[d|Drug|]药物甲[/]。"))
    assert concepts(build_extraction("pubmed:1", [pair, later])) == {
        "Drug X": {"plxc:drug-drug-x"},
        "药物甲": {"plxc:drug-drug-x"},
        "nephrin-like factor": {"plxc:protein-nephrin-like-factor"},
        "类肾病蛋白因子": {"plxc:protein-nephrin-like-factor"},
    }


def test_a_chinese_name_stays_chinese_where_nothing_translates_it() -> None:
    extraction = build_extraction("pubmed:1", [(None, line("zh", text=UNKNOWN_ZH))])
    assert concepts(extraction)["药物甲"] == {"plxc:drug-药物甲"}


def test_an_unknown_mention_takes_the_concept_of_its_translation() -> None:
    zh = ZH.replace("FPLX:PPP3", "")
    extraction = build_extraction("pubmed:1", [(line("en"), line("zh", text=zh))])
    assert concepts(extraction)["钙调磷酸酶"] == {PROTEIN}


def test_types_are_not_mixed() -> None:
    zh = ZH.replace("Protein|FPLX:PPP3", "Disease|")
    extraction = build_extraction("pubmed:1", [(line("en"), line("zh", text=zh))])
    assert concepts(extraction)["钙调磷酸酶"] == {"plxc:disease-钙调磷酸酶"}


# Restoring.


def restoring(*perturbations: Edge) -> Evidence:
    perturbed = "[x|Drug|mesh:D011692]PAN[/] changed, raised [p|Protein|FPLX:PPP3]calcineurin[/]."
    first = Line("en", "results", perturbed, perturbations)
    found = assembled((first, None), (line("en", edge("en", "restores")), None))
    kinds = {statement_id(s): s.predicate for s in found.statements}
    return next(e for e in found.evidence if kinds[e.statement] == "restores")


@pytest.mark.parametrize(
    ("perturbations", "sign"),
    [
        ((), None),
        (("increases",), "-"),
        (("decreases",), "+"),
        (("increases", "decreases"), None),
        (("causes",), "-"),
        (("causes", "decreases"), None),
        (("affects",), None),
    ],
)
def test_restoring_undoes_what_was_reported(
    perturbations: tuple[Any, ...], sign: str | None
) -> None:
    edges = [Edge("x", predicate, "p", "changed") for predicate in perturbations]
    assert restoring(*edges).resolved_sign == sign


RESTORING: dict[Language, tuple[str, str, str, str]] = {
    "en": (
        "[x|Disease|mesh:D009404]Nephrosis[/] lowered [p|Protein|FPLX:PPP3]calcineurin[/].", "lowered",
        "[d|Drug|mesh:D016559]Tacrolimus[/] restored [p|Protein|FPLX:PPP3]calcineurin[/].", "restored",
    ),
    "zh": (
        "[x|Disease|mesh:D009404]肾病[/]降低[p|Protein|FPLX:PPP3]钙调磷酸酶[/]。", "降低",
        "[d|Drug|mesh:D016559]他克莫司[/]恢复[p|Protein|FPLX:PPP3]钙调磷酸酶[/]。", "恢复",
    ),
}  # fmt: skip


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")])
def test_what_a_disease_lowered_is_raised_by_restoring_it(languages: tuple[Language, ...]) -> None:
    """In either language, and with both: the evidence tells what had lowered it."""

    def pair(text: int, ends: str, predicate: Any) -> tuple[Line | None, Line | None]:
        found: dict[str, Line] = {}
        for x in languages:
            words = RESTORING[x]
            claim = Edge(ends, predicate, "p", words[text + 1])
            found[x] = Line(x, "results", words[text], (claim,))
        return found.get("en"), found.get("zh")

    found = assembled(pair(0, "x", "decreases"), pair(2, "d", "restores"))
    kinds = {statement_id(s): s.predicate for s in found.statements}
    (evidence,) = (e for e in found.evidence if kinds[e.statement] == "restores")
    assert (evidence.resolved_sign, evidence.perturbed_by) == ("+", ("mesh:D009404",))


def test_a_drug_does_not_restore_what_it_disturbed_itself() -> None:
    own = Edge("d", "increases", "p", "lowered")
    found = assembled((line("en", own), None), (line("en", edge("en", "restores")), None))
    kinds = {statement_id(s): s.predicate for s in found.statements}
    (evidence,) = (e for e in found.evidence if kinds[e.statement] == "restores")
    assert (evidence.resolved_sign, evidence.perturbed_by) == (None, ())


@pytest.mark.parametrize("more", [NEGATED, HEDGED])
def test_a_denied_or_supposed_perturbation_resolves_nothing(more: dict[str, Any]) -> None:
    assert restoring(Edge("x", "increases", "p", "changed", **more)).resolved_sign is None


def test_an_alignment_that_one_side_states_holds_for_both() -> None:
    zh = ZH.replace("FPLX:PPP3", "")
    extraction = build_extraction(
        "pubmed:1", [(line("en", edge("en")), line("zh", edge("zh"), text=zh))]
    )
    wanted = assemble(extraction)
    for side in ("en", "zh"):
        half = replace(
            extraction,
            mentions=tuple(
                replace(m, aligned=()) if side in m.id else m for m in extraction.mentions
            ),
            relations=tuple(
                replace(r, aligned=()) if side in r.id else r for r in extraction.relations
            ),
        )
        assert assemble(half) == wanted


def test_a_projected_reading_is_no_second_opinion_on_a_hedge() -> None:
    extraction = build_extraction(
        "test:1",
        [(line("en", edge("en", certainty="hypothesis")), line("zh", edge("zh")))],
    )
    projected = replace(
        extraction,
        relations=tuple(
            replace(r, rule="en.projected.zh.decreases.test") if "en" in r.sentence else r
            for r in extraction.relations
        ),
    )
    (own,), (helped,) = (assemble(e).evidence for e in (extraction, projected))
    assert (own.certainty, own.conflicts) == ("hypothesis", ("hedge",))
    assert (helped.certainty, helped.conflicts) == ("hypothesis", ())
