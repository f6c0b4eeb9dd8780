from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from kg.model import (
    DESIGN_KINDS,
    DISCREPANCY_KINDS,
    LANGUAGES,
    MENTION_TYPES,
    PREDICATES,
    SECTIONS,
    Language,
)
from kg.qualifiers import QUALIFIER_KINDS, SETTINGS
from web.i18n import Translator, choose_language, load_messages

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_message_that_a_template_names_exists() -> None:
    named = {
        key
        for file in TEMPLATES.glob("*.html")
        for key in re.findall(r"\bt\(\s*'([\w.-]+)'(?=\s*[,)])", file.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert named <= set(load_messages()["en"])


def test_every_counted_message_has_both_forms() -> None:
    counted = {
        key
        for file in TEMPLATES.glob("*.html")
        for key in re.findall(r"\btn\(\s*'([\w.-]+)'", file.read_text(encoding="utf-8"))
    }
    known = set(load_messages()["en"])
    assert counted and all({f"{key}.one", f"{key}.other"} <= known for key in counted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_graph_has_a_word(language: Language) -> None:
    words = Translator.of(language)
    keys = [f"type.{kind}" for kind in MENTION_TYPES]
    keys += [
        f"{group}.{name}"
        for group in ("predicate", "predicate_in", "predicate_out")
        for name in PREDICATES
    ]
    keys += [
        f"claim.{mode}.{name}"
        for mode in ("asserted", "hypothesized", "denied")
        for name in PREDICATES
    ]
    keys += [f"section.{name}" for name in SECTIONS]
    keys += [f"discrepancy.{kind}" for kind in DISCREPANCY_KINDS]
    keys += [f"design.{kind}" for kind in DESIGN_KINDS]
    keys += [f"context.kind.{kind}" for kind in QUALIFIER_KINDS]
    keys += [f"context.value.{value}" for value in (*SETTINGS, "low", "medium", "high")]
    assert not [key for key in keys if not words.has(key)]


def test_chinese_messages_are_chinese() -> None:
    same = {"nav.sparql"}
    plain = [
        key
        for key, message in load_messages()["zh"].items()
        if not HAN.search(message)
        and key not in same
        and not re.fullmatch(r"(\W|\{\w+\})*", message)
    ]
    assert not plain


def test_markup_escapes_values_but_not_markup() -> None:
    words = Translator.of("en")
    text = words.markup("claim.asserted.treats", subject="<b>", object=Markup("<i>x</i>"))
    assert str(text) == "&lt;b&gt; treats <i>x</i>"


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert Translator.of("en").text("search.nothing", query="{query}{x}").count("{query}{x}") == 1


@pytest.mark.parametrize(
    ("asked", "cookie", "header", "expected"),
    [
        (None, None, "", "en"),
        ("zh", "en", "en", "zh"),
        (None, "zh", "en", "zh"),
        ("fr", None, "zh", "zh"),
        (None, "xx", "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        (None, None, "de-DE,de;q=0.9,en-US;q=0.8,zh;q=0.7", "en"),
        (None, None, "zh;q=0, en;q=0.1", "en"),
        (None, None, "*", "en"),
        (None, None, ";;;,q=1", "en"),
    ],
)
def test_choose_language(asked: str | None, cookie: str | None, header: str, expected: str) -> None:
    assert choose_language(asked=asked, cookie=cookie, header=header) == expected
