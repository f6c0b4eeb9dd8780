"""A therapy that brings about the remission of a sign treats it, by implication."""

from __future__ import annotations

import pytest

from extractors.pipeline import Pipeline
from kg.model import Document, Language, Passage


def implied(text: str, language: Language) -> list[tuple[str, str, str]]:
    found = Pipeline().extract(Document("test:1", (Passage("p1", language, text),)))
    words = {mention.id: mention.text for mention in found.mentions}
    return [
        (words[r.subject], r.predicate, words[r.object])
        for r in found.relations
        if r.derived == "relief"
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Rituximab promoted proteinuria remission.",
            "en",
            [("Rituximab", "treats", "proteinuria")],
        ),
        ("利妥昔单抗促进蛋白尿缓解。", "zh", [("利妥昔单抗", "treats", "蛋白尿")]),
        ("Rituximab promoted complete remission.", "en", []),
        ("Rituximab increased haemoglobin.", "en", []),
        ("利妥昔单抗促进完全缓解。", "zh", []),
    ],
)
def test_relief_is_implied(
    text: str, language: Language, expected: list[tuple[str, str, str]]
) -> None:
    assert implied(text, language) == expected
