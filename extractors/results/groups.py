"""Groups that a sentence names: by their drug, by words such as 对照组, by a letter (A组)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.nlp.words import level
from extractors.results.grammar import ResultGrammar
from kg.model import Group, GroupRole, Mention, Phase

_Found = tuple[int, int, GroupRole, str | None]


def find_groups(
    text: str, mentions: Sequence[Mention], offset: int, grammar: ResultGrammar
) -> list[Group]:
    """The groups of a sentence in order, with passage offsets; a drug stands for those who had it.

    A drug whose name is a word of controls (placebo, saline) is a control. Each member of a list
    that shares a word (low-, medium- and high-dose groups, A、B两组) is a group of its own.
    """
    plain = level(text, grammar.language)
    found: list[_Found] = []
    for mention in mentions:
        if mention.type == "Drug":
            start, end = mention.start - offset, mention.end - offset
            host = grammar.hosts.match(plain, end)
            role = grammar.roles.get(level(mention.text, grammar.language).lower(), "treatment")
            found.append((start, host.end() if host else end, role, mention.id))
    listed = list(_listed(plain, text, grammar))
    found += [
        (m.start(), m.end(), grammar.roles[m[0].lower()], None)
        for m in grammar.group.finditer(plain)
        if not any(m.start() < end and start < m.end() for start, end, _, _ in listed)
    ]
    found += [(m.start(), m.end(), "other", None) for m in grammar.named.finditer(text)]
    return [
        Group(role, offset + start, offset + end, text[start:end], mention)
        for start, end, role, mention in _merged([*found, *listed])
    ]


def phase_of(group: Group, grammar: ResultGrammar) -> Phase | None:
    """Whether a group is a time before or after the treatment; None where it is an arm.

    >>> from extractors.results.grammar import load_result_grammar
    >>> phase_of(Group("treatment", 0, 3, "治疗后"), load_result_grammar("zh"))
    'after'
    """
    if group.mention is not None:
        return None
    if group.role == "baseline":
        return "before"
    told = grammar.after.search(level(group.text, grammar.language))
    return "after" if group.role == "treatment" and told else None


def _listed(plain: str, text: str, grammar: ResultGrammar) -> Iterator[_Found]:
    """The members of lists; the last has the word that all of them share."""
    for rule in grammar.lists:
        for whole in rule.whole.finditer(text if rule.roles == ("other",) else plain):
            start, stop = whole.span("members")
            members = list(rule.member.finditer(whole.string, start, stop))
            for at, member in enumerate(members):
                role = next(r for n, r in enumerate(rule.roles) if member[f"r{n}"])
                end = whole.end() if at == len(members) - 1 else member.end()
                begin = whole.start() if at == 0 else member.start()
                yield begin, end, role, None


def _merged(found: Iterable[_Found]) -> list[_Found]:
    """Overlapping groups put together; the one with a drug or the longer one tells the role."""
    merged: list[_Found] = []
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
