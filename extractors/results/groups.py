"""Groups that a sentence names: by their drug, by words such as 对照组, by a letter (A组)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.nlp.words import level
from extractors.results.grammar import ResultGrammar
from kg.model import Group, GroupRole, Mention


def find_groups(
    text: str, mentions: Sequence[Mention], offset: int, grammar: ResultGrammar
) -> list[Group]:
    """The groups of a sentence in order, with passage offsets; a drug stands for those who had it.

    A drug whose name is a word of controls (placebo, saline) is a control.
    """
    found: list[tuple[int, int, GroupRole, str | None]] = []
    for mention in mentions:
        if mention.type == "Drug":
            start, end = mention.start - offset, mention.end - offset
            host = grammar.hosts.match(level(text, grammar.language), end)
            role = grammar.roles.get(level(mention.text, grammar.language).lower(), "treatment")
            found.append((start, host.end() if host else end, role, mention.id))
    plain = level(text, grammar.language)
    found += [(m.start(), m.end(), grammar.roles[m[0].lower()], None)
              for m in grammar.group.finditer(plain)]  # fmt: skip
    found += [(m.start(), m.end(), "other", None) for m in grammar.named.finditer(text)]
    return [
        Group(role, offset + start, offset + end, text[start:end], mention)
        for start, end, role, mention in _merged(found)
    ]


def _merged(
    found: Iterable[tuple[int, int, GroupRole, str | None]],
) -> list[tuple[int, int, GroupRole, str | None]]:
    """Overlapping groups put together; the one with a drug or the longer one tells the role."""
    merged: list[tuple[int, int, GroupRole, str | None]] = []
    for group in sorted(found, key=lambda g: (g[0], -g[1])):
        if merged and group[0] < merged[-1][1]:
            first = merged.pop()
            role, mention = first[2], first[3] or group[3]
            if "control" in (first[2], group[2]):
                role = "control"
            elif first[3] is None and group[3] is not None:
                role = group[2]
            group = (first[0], max(first[1], group[1]), role, mention)
        merged.append(group)
    return merged
