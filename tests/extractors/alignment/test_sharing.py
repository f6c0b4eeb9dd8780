"""Mentions that one language has are looked for in the other, and marked as found so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.alignment.document import align
from extractors.alignment.grouping import groups_of, link_sentences
from extractors.alignment.projection import project_relations
from extractors.alignment.sentences import Group
from extractors.alignment.sharing import share_mentions
from extractors.composition.model import Composition
from extractors.composition.shipped import open_table
from extractors.relations.grammar import load_rules
from kg.model import Extraction, Mention
from tests.extractors.alignment.test_document import bare
from tests.markup import Edge, Line, build_extraction

MET = "[met|Drug|mesh:D008687]"
GLU = "[glu|Outcome|mesh:D001786]"


@pytest.fixture(scope="module")
def table() -> Composition:
    """The table that comes with Parallax."""
    return open_table()


def given(en: str, zh: str, *edges: Edge) -> Extraction:
    """A document of one sentence in both languages, linked."""
    lines = Line("en", "results", en, edges), Line("zh", "results", zh)
    read = bare(build_extraction("test:1", [lines]))
    return replace(read, sentences=link_sentences(read.document, read.sentences, read.mentions))


def shared(extraction: Extraction, table: Composition | None) -> list[Mention]:
    """The mentions that the two languages give each other."""
    mentions = share_mentions(
        extraction.document, extraction.sentences, extraction.mentions,
        composition=open_table(), table=table,
    )  # fmt: skip
    assert [m.id for m in extraction.mentions if m not in mentions] == []
    return [m for m in mentions if m not in extraction.mentions]


def test_a_known_mention_is_given_to_the_other_language(table: Composition) -> None:
    read = given(
        f"{MET}Metformin[/] lowered {GLU}blood glucose[/].", f"{MET}二甲双胍[/]使血糖降低。"
    )
    (mention,) = shared(read, table)
    assert (mention.text, mention.type, mention.concept) == ("血糖", "Outcome", "mesh:D001786")
    assert mention.method == "projected"
    assert mention.score < 1
    assert mention.candidates[0].reason == "counterpart of blood glucose"
    assert read.document.passages[1].text[mention.start : mention.end] == mention.text


def test_it_goes_the_other_way_too(table: Composition) -> None:
    read = given(
        f"Metformin lowered {GLU}blood glucose[/].", f"{MET}二甲双胍[/]使{GLU}血糖[/]降低。"
    )
    assert [m.text for m in shared(read, table)] == ["Metformin"]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (f"{GLU}Blood glucose[/] was low.", f"{GLU}血糖[/]低。"),  # both have it
        ("[met|Drug|]Metformin[/] was given.", "给予二甲双胍。"),  # no known concept
        (
            f"{MET}Metformin[/] was given.",
            "[x|Process|]二甲双胍降低[/]。",
        ),  # something else is there
        ("[m|Organism|NCBITaxon:10090]Mice[/] were used.", "使用小鼠。"),  # context, not related
    ],
)
def test_what_is_not_given(table: Composition, en: str, zh: str) -> None:
    assert shared(given(en, zh), table) == []


def test_without_a_table_nothing_is_looked_for() -> None:
    read = given(
        f"{MET}Metformin[/] lowered {GLU}blood glucose[/].", f"{MET}二甲双胍[/]使血糖降低。"
    )
    assert shared(read, None) == []


def test_an_argument_without_a_counterpart_is_found_with_its_relation(table: Composition) -> None:
    read = given(
        f"{MET}Metformin[/] lowered [glu|Outcome|]blood glucose[/].", f"{MET}二甲双胍[/]使血糖降低。",
        Edge("met", "decreases", "glu", "lowered"),
    )  # fmt: skip
    found = project_relations(align(read, table=table), load_rules(), table)
    own, twin = found.relations
    assert (own.aligned, twin.aligned) == ((twin.id,), (own.id,))
    texts = {m.id: m.text for m in found.mentions}
    assert (texts[twin.subject], twin.predicate, texts[twin.object]) == (
        "二甲双胍", "decreases", "血糖",
    )  # fmt: skip
    (new,) = [m for m in found.mentions if m.method == "projected"]
    (source,) = [m for m in found.mentions if new.id in m.aligned]
    assert (source.text, new.aligned) == ("blood glucose", (source.id,))


def test_both_arguments_are_never_guessed(table: Composition) -> None:
    read = given(
        "[met|Drug|]Metformin[/] lowered [glu|Outcome|]blood glucose[/].", "二甲双胍使血糖降低。",
        Edge("met", "decreases", "glu", "lowered"),
    )  # fmt: skip
    found = project_relations(align(read, table=table), load_rules(), table)
    assert len(found.relations) == 1
    assert len(found.mentions) == len(read.mentions)


def test_sentences_that_are_linked_stay_so() -> None:
    read = given(f"{MET}Metformin[/] was given.", f"给予{MET}二甲双胍[/]。")
    assert link_sentences(read.document, read.sentences, ()) == read.sentences
    assert groups_of(read.document, read.sentences) == (Group(("s-en0",), ("s-zh0",)),)


def test_sentences_of_one_language_make_groups_of_their_own() -> None:
    read = bare(build_extraction("test:1", [(Line("en", "results", "One."), None)]))
    linked = link_sentences(read.document, read.sentences, read.mentions)
    assert linked == read.sentences
    assert groups_of(read.document, linked) == (Group(("s-en0",), ()),)
