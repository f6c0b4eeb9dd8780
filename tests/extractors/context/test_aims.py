"""What stands under the label of an aim is no finding; what is known already is one."""

from __future__ import annotations

import pytest

from extractors.nlp.sentences import split_sentences
from extractors.relations.grammar import load_rules
from extractors.relations.reading import find_relations
from kg.model import Document, Language, Mention, MentionType, Passage


def found(language: Language, label: str | None, text: str, *names: str) -> list[str]:
    document = Document("d", (Passage("p1", language, text, "background", label),))
    sentences = split_sentences(document)
    mentions: list[Mention] = []
    kinds: tuple[MentionType, ...] = ("Drug", "Outcome")
    for sentence in sentences:
        part = text[sentence.start : sentence.end]
        for name, kind in zip(names, kinds, strict=True):
            start = sentence.start + part.index(name)
            mentions.append(
                Mention(
                    f"m{len(mentions)}", "p1", sentence.id, start, start + len(name), name, kind
                )
            )
    return [r.sentence for r in find_relations(document, sentences, mentions, load_rules())]


@pytest.mark.parametrize(
    ("language", "label", "text", "names", "stated"),
    [
        ("en", None, "The effect of losartan on proteinuria.", ("losartan", "proteinuria"), ["s1"]),
        ("en", "OBJECTIVE", "The effect of losartan on proteinuria.", ("losartan", "proteinuria"), []),
        ("en", None, "Objective: The effect of losartan on proteinuria.", ("losartan", "proteinuria"), []),
        ("en", "Aims", "Losartan reduces proteinuria. Losartan reduces proteinuria in the young.",
         ("Losartan", "proteinuria"), ["s1"]),
        ("en", "RESULTS", "Losartan reduces proteinuria.", ("Losartan", "proteinuria"), ["s1"]),
        ("zh", None, "氯沙坦对蛋白尿的影响。", ("氯沙坦", "蛋白尿"), ["s1"]),
        ("zh", "目的", "氯沙坦对蛋白尿的影响。", ("氯沙坦", "蛋白尿"), []),
        ("zh", None, "目的：氯沙坦对蛋白尿的影响。", ("氯沙坦", "蛋白尿"), []),
    ],
)  # fmt: skip
def test_last_sentence_under_an_aim_is_no_finding(
    language: Language, label: str | None, text: str, names: tuple[str, str], stated: list[str]
) -> None:
    assert found(language, label, text, *names) == stated
