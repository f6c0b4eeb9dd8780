"""Chinese names are found by pinyin and by initials, from memory and from the built lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.commands.lexicon import lexicon as command
from extractors.mentions.compiling import build_lexicon, load_compiled
from extractors.mentions.lexicon import Lexicon, compile_lexicon
from extractors.mentions.pinyin import by_pinyin
from ontologies.terms import load_terms


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return compile_lexicon(load_terms())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("takemosi", "他克莫司"),
        ("Ta Ke Mo Si", "他克莫司"),
        ("tkms", "他克莫司"),
        ("erjiashuanggua", "二甲双胍"),
        ("èr jiǎ shuāng guā", "二甲双胍"),
        ("gaoxueya", "高血压"),
    ],
)
def test_a_name_by_its_sound(lexicon: Lexicon, text: str, name: str) -> None:
    assert by_pinyin(text, lexicon)[0].name == name


@pytest.mark.parametrize("text", ["", "t", "zzqqxxyy", "他克莫司", "tacrolimus"])
def test_what_is_no_pinyin_of_a_name(lexicon: Lexicon, text: str) -> None:
    assert by_pinyin(text, lexicon) == ()


def test_no_more_than_asked_for(lexicon: Lexicon) -> None:
    assert len(by_pinyin("xb", lexicon, limit=1)) == 1


def test_the_spellings_lie_beside_the_built_lexicon(lexicon: Lexicon, tmp_path: Path) -> None:
    version = build_lexicon(tmp_path, ())
    assert "pinyin.marisa" in version.manifest["files"]
    found = by_pinyin("tkms", load_compiled(version.folder))
    assert [entry.name for entry in found] == [e.name for e in by_pinyin("tkms", lexicon)]


def test_lookup_falls_back_to_pinyin() -> None:
    found = CliRunner().invoke(command, ["lookup", "takemosi"])
    assert found.exit_code in (0, None), found.output
    assert "他克莫司" in found.output
