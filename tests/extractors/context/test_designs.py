"""Designs of study: their words, where they count, and their way into JSON and RDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.context.designs import DesignRule, find_designs, load_designs, named_designs
from extractors.nlp.sentences import split_sentences
from extractors.rule_files import ROOT
from kg.assembly.evidence import assemble
from kg.errors import RuleError
from kg.io import extraction_from_json, extraction_to_json
from kg.model import DESIGN_KINDS, LANGUAGES, Document, Extraction, Language, Passage
from kg.rdf.documents import document_quads

RULES = [
    pytest.param(language, rule, id=rule.id)
    for language in LANGUAGES
    for rule in load_designs(ROOT / language)
]


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_examples_hold(language: Language, rule: DesignRule) -> None:
    for marked in rule.match:
        start = marked.index("<design>")
        end = marked.index("</design>") - len("<design>")
        text = marked.replace("<design>", "").replace("</design>", "")
        assert (rule, start, end) in list(named_designs(text, language))
    for text in rule.no_match:
        assert rule not in [found for found, _, _ in named_designs(text, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_design_has_a_rule(language: Language) -> None:
    assert {rule.design for rule in load_designs(ROOT / language)} == set(DESIGN_KINDS)


def designs(language: Language, *parts: tuple[str, str]) -> list[str]:
    passages = tuple(
        Passage(f"p{n}", language, text, section)  # type: ignore[arg-type]
        for n, (section, text) in enumerate(parts, 1)
    )
    document = Document("d", passages)
    return [design.kind for design in find_designs(document, split_sentences(document))]


@pytest.mark.parametrize(
    ("language", "section", "text", "kinds"),
    [
        ("en", "methods", "Forty patients were randomly assigned to losartan.", ["randomized-trial"]),
        ("en", "background", "Losartan failed in a randomized trial.", []),
        ("en", "background", "To compare losartan and water in a cohort of men.", ["cohort"]),
        ("en", "conclusion", "A case-control study should follow.", []),
        ("en", "title", "Losartan in rats: a meta-analysis", ["animal", "meta-analysis"]),
        ("zh", "methods", "40例患者随机分为两组。", ["randomized-trial"]),
        ("zh", "methods", "40只大鼠随机分为两组。", ["animal"]),
        ("zh", "background", "既往随机对照研究结果不一。", []),
        ("zh", "background", "回顾性分析40例患者的资料。", []),
        ("zh", "conclusion", "尚需前瞻性研究。", []),
    ],
)  # fmt: skip
def test_design_is_the_documents_own(
    language: Language, section: str, text: str, kinds: list[str]
) -> None:
    assert sorted(designs(language, (section, text))) == kinds


def test_each_design_is_told_once_in_a_language() -> None:
    assert designs("en", ("methods", "HeLa cells were cultured. In vitro, nothing grew.")) == [
        "in-vitro"
    ]


def test_designs_go_through_json_and_into_the_graph() -> None:
    document = Document("d", (Passage("p1", "en", "HeLa cells were cultured.", "methods"),))
    sentences = split_sentences(document)
    extraction = Extraction(document, sentences, designs=find_designs(document, sentences))
    assert extraction_from_json(extraction_to_json(extraction)) == extraction
    quads = document_quads(extraction, assemble(extraction))
    told = [str(quad.object) for quad in quads if str(quad.predicate).endswith("studyDesign>")]
    assert len(told) == 1
    assert "in-vitro" in told[0]


def test_loader_names_an_unknown_design(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    text = (ROOT / "en" / "designs.yaml").read_text("utf-8")
    (folder / "designs.yaml").write_text(text.replace("design: cohort", "design: kohort"), "utf-8")
    with pytest.raises(RuleError, match="did you mean 'cohort'"):
        load_designs(folder)
