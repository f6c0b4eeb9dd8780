"""A relation that one language states is looked for in the sentence of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.alignment.document import align
from extractors.alignment.projection import project_relations
from extractors.relations.grammar import load_rules
from kg.assembly.belief import belief
from kg.assembly.values import Finding
from kg.model import Extraction, RelationMention
from tests.extractors.alignment.test_document import bare
from tests.markup import Edge, Line, build_extraction

MET = "[met|Drug|mesh:D008687]"
MTOR = "[mtor|Protein|HGNC:3942]"


def read(
    zh: str, *, edge: Edge | None = None, rule: str = "en.decreases.effect"
) -> list[RelationMention]:
    """What is read in a Chinese sentence whose English one states a decrease."""
    edge = edge or Edge("met", "decreases", "mtor", "inhibited")
    given: Extraction = build_extraction(
        "test:1",
        [
            (
                Line("en", "results", f"{MET}Metformin[/] inhibited {MTOR}mTOR[/].", (edge,)),
                Line("zh", "results", zh),
            )
        ],
    )
    given = bare(replace(given, relations=tuple(replace(r, rule=rule) for r in given.relations)))
    found = project_relations(align(given), load_rules())
    return [relation for relation in found.relations if "zh" in relation.sentence]


def test_the_counterpart_has_its_own_words_and_rule() -> None:
    (relation,) = read(f"经{MET}二甲双胍[/]处理的细胞，其{MTOR}mTOR[/]的磷酸化受到抑制。")
    assert (relation.predicate, relation.polarity) == ("decreases", "positive")
    assert relation.trigger is not None
    assert relation.trigger.text == "抑制"
    assert relation.rule == "zh.projected.en.decreases.effect"
    assert relation.confidence < 0.9


@pytest.mark.parametrize(
    "zh",
    [
        f"{MET}二甲双胍[/]与{MTOR}mTOR[/]见表2。",  # no word that says so
        f"{MET}二甲双胍[/]未能抑制{MTOR}mTOR[/]。",  # denied in Chinese
        f"{MET}二甲双胍[/]抑制细胞生长。",  # one argument only
    ],
)
def test_nothing_is_projected_where_the_sentence_does_not_say_it(zh: str) -> None:
    assert read(zh) == []


def test_a_hedge_of_the_sentence_is_kept() -> None:
    (relation,) = read(f"{MET}二甲双胍[/]可能抑制{MTOR}mTOR[/]。")
    assert relation.certainty == "hypothesis"
    assert [cue.text for cue in relation.cues] == ["可能"]


def test_a_projected_reading_is_not_counted_as_agreement() -> None:
    def believed(*rules: str) -> float:
        finding = Finding("d", "positive", "asserted", "agrees", confidence=0.8, rules=rules)
        return belief([finding])

    independent = believed("en.decreases.effect", "zh.decreases.effect")
    projected = believed("en.decreases.effect", "zh.projected.en.decreases.effect")
    alone = belief(
        [
            Finding(
                "d",
                "positive",
                "asserted",
                "one-sided",
                confidence=0.8,
                rules=("en.decreases.effect",),
            )
        ]
    )
    assert independent > projected >= alone
