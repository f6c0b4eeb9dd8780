"""Which imported names count as mentions, shown on names that many terminologies have."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.mentions.admission import (
    Named,
    admit,
    judge,
    load_admission,
    read_admission,
    type_of,
)
from extractors.mentions.lexicon import Entry, TermMatch
from kg.errors import FormatError
from kg.model import Language, MentionType


def entry(
    name: str, kind: MentionType, *, scope: str = "exact", source: str = "own",
    concept: str = "mesh:C990001",
) -> Entry:  # fmt: skip
    return Entry(concept, kind, name, scope, "en", source)


@pytest.mark.parametrize(
    ("text", "named", "verdict"),
    [
        ("associations", entry("Association", "Outcome"), "no"),
        ("group", entry("group", "Drug"), "no"),
        ("nephrosis", entry("nephrosis", "Disease"), "yes"),
        ("FOR", entry("FOR", "Protein"), "support"),
        ("a 1", entry("A1", "Protein"), "no"),
        ("CT", entry("CT", "Protein"), "support"),
        ("IL44", entry("IL44", "Protein"), "yes"),
        ("IV", entry("IV", "Protein"), "no"),
        ("ng", entry("ng", "Protein"), "no"),
        ("Hg", entry("Hg", "Drug", scope="related"), "no"),
        ("zorbine", entry("zorbine", "Drug", scope="related"), "yes"),
        ("zorbine", entry("zorbine", "Drug", scope="broad"), "no"),
        ("comforta", entry("Comforta", "Drug", source="drugbank-aliases"), "no"),
        ("Comforta", entry("Comforta", "Drug", source="drugbank-aliases"), "yes"),
        ("sancho", entry("sancho", "Protein"), "support"),
        ("zorbulin", entry("zorbulin", "Protein"), "yes"),
        ("ZRBX", entry("ZRBX", "Protein", scope="label", concept="HGNC:99901"), "yes"),
        ("ZRBX", entry("ZRBX", "Protein", concept="HGNC:99901"), "support"),
    ],
)
def test_english_names(text: str, named: Entry, verdict: str) -> None:
    assert judge(named, text, "en") == verdict


@pytest.mark.parametrize(
    ("text", "named", "verdict"),
    [
        ("第二", entry("第二", "Disease"), "no"),
        ("疱疹", entry("疱疹", "Disease"), "yes"),
        ("奔跑", entry("奔跑", "Outcome"), "no"),
        ("佐布病", entry("佐布病", "Disease"), "yes"),
        ("副肾管", entry("副肾管", "Disease", scope="related"), "no"),
    ],
)
def test_chinese_names(text: str, named: Entry, verdict: str) -> None:
    assert judge(named, text, "zh") == verdict


def test_what_parallax_comes_with_always_counts() -> None:
    assert judge(entry("group", "Drug", source="parallax"), "group", "en") == "yes"
    assert judge(entry("CT", "Protein", source=""), "CT", "en") == "yes"


def line(text: str, *named: Entry, language: Language = "en") -> Named:
    matches = [
        TermMatch(text.index(e.name), text.index(e.name) + len(e.name), e.name, (e,)) for e in named
    ]
    return Named(text, language, tuple(matches))


CT = entry("CT", "Protein", concept="HGNC:99902")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([line("CT was done.", CT)], 0),
        ([line("The CT gene was expressed.", CT)], 1),
        ([line("检测CT蛋白。", CT, language="zh")], 1),
        # another name of the concept elsewhere, also in the other language, is support
        (
            [line("CT was high.", CT), line("测定佐布降钙素。", entry(
                "佐布降钙素", "Protein", concept="HGNC:99902"), language="zh")], 2,
        ),
        ([line("CT and CT again.", CT)], 0),
    ],
)  # fmt: skip
def test_a_short_symbol_needs_support(lines: list[Named], kept: int) -> None:
    assert sum(map(len, admit(lines))) == kept


def test_a_match_keeps_the_entries_that_count() -> None:
    both = entry("Hgx", "Drug", scope="broad"), entry("Hgx", "Disease")
    ((match,),) = admit([Named("Hgx", "en", (TermMatch(0, 3, "Hgx", both),))])
    assert match.entries == both[1:]


@pytest.mark.parametrize(
    ("text", "language", "listed", "kind"),
    [
        ("zorbic nephropathy", "en", "Outcome", "Disease"),
        ("zorbic syndrome", "en", "Outcome", "Disease"),
        ("zorbic headache", "en", "Disease", "Outcome"),
        ("佐布综合征", "zh", "Outcome", "Disease"),
        ("佐布呕吐", "zh", "Disease", "Outcome"),
        ("zorbic syndrome", "en", "Drug", "Drug"),
        ("zorbic thing", "en", "Outcome", "Outcome"),
    ],
)
def test_the_head_tells_diseases_from_signs(
    text: str, language: Language, listed: MentionType, kind: MentionType
) -> None:
    assert type_of(TermMatch(0, len(text), text, (entry(text, listed),)), language) == kind
    curated = entry(text, listed, source="parallax")
    assert type_of(TermMatch(0, len(text), text, (curated,)), language) == listed


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("unsupported", {"Gadget": 3}, "unknown type Gadget"),
        ("symbol", None, "TypeError"),
        ("scopes", {"related": {"latin": 3}}, "han"),
    ],
)
def test_wrong_figures_are_told(place: str, value: object, told: str) -> None:
    known = load_admission()
    table: dict[str, Any] = {
        "symbol": 5, "unsupported": {"Drug": 3}, "approved": {}, "word_endings": {},
        "as_written": [], "scopes": {}, "short_han": 3, "by_head": list(known.by_head),
    }  # fmt: skip
    assert read_admission(table).symbol == 5
    with pytest.raises(FormatError, match=told):
        read_admission(table | {place: value})
