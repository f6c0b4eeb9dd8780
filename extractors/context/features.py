"""Features of the three learnt decisions: is it a cue, where does its scope begin, where end.

They are words around the place, endings, brackets, and counts of commas and verbs on the way from
the cue; all that belongs to a language (auxiliaries, verb endings) is data of its rules.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Words = Mapping[str, frozenset[str]]
SENTENCE_ENDS = frozenset(".?!;:。？！；：")


@dataclass(frozen=True, slots=True)
class Place:
    """A cue among the words of its sentence; `others` are the (first, last) of the other cues."""

    words: Sequence[str]
    parts: tuple[tuple[int, int], ...]
    kind: str
    others: tuple[tuple[int, int], ...] = ()

    @property
    def cue(self) -> str:
        """The words of the first part."""
        first, last = self.parts[0]
        return " ".join(self.words[first : last + 1])

    def word(self, at: int) -> str:
        """The word at a place; marks stand for the two ends of the sentence."""
        if at < 0:
            return "<s>"
        return self.words[at] if at < len(self.words) else "</s>"


def cue_features(place: Place) -> list[str]:
    """What speaks for or against a phrase being a cue at all."""
    (first, last), cue = place.parts[0], place.cue
    near = [place.word(first - n) for n in (3, 2, 1)] + [place.word(last + n) for n in (1, 2, 3)]
    found = [f"cue={cue}", f"{cue}|{near[2]}_{near[3]}", f"{cue}|opens={int(first < 3)}"]
    for name, word in zip(("-3", "-2", "-1", "+1", "+2", "+3"), near, strict=True):
        found += [f"{name}={word}", f"{cue}|{name}={word}", f"{cue}|{name}~{_ending(word)}"]
    found += [f"-2-1={near[1]} {near[2]}", f"+1+2={near[3]} {near[4]}", f"+2~{_ending(near[4])}"]
    for side, words in zip("<>", (place.words[:first], place.words[last + 1 :]), strict=True):
        found += [f"{cue}|{side}{word}" for word in sorted(set(words))]
    seen = {place.word(start) for start, _ in place.others}
    found += [f"{cue}|seen {word}" for word in sorted(seen)]
    found += [f"seen {word}" for word in sorted(seen)]
    found.append(f"{cue}|alone={int(not seen)}")
    return found


def right_candidates(place: Place, words: Words) -> tuple[list[int], list[list[str]]]:
    """Where a scope may end (the last word in it), each place with its features."""
    listed = place.words
    first, last = place.parts[0][0], place.parts[-1][1]
    cue, after, before = place.cue, place.word(last + 1), place.word(first - 1)
    depth = _depths(listed)
    relative = int(_in_relative(listed, first, words))
    opens = {start for start, _ in place.others}
    stop = len(listed)
    while stop and listed[stop - 1] in SENTENCE_ENDS:
        stop -= 1
    ends: list[int] = []
    features: list[list[str]] = []
    commas = verbs = 0
    for at in range(last, max(stop, last + 1)):
        here, then, third = listed[at], place.word(at + 1), place.word(at + 2)
        final = int(at == stop - 1)
        nested = max(-1, min(2, depth[at] - depth[last]))
        if at > last:
            commas += here in (",", "，")
            verbs += is_verb(here, words)
        far, v, c = _distance(at - last), min(verbs, 2), min(commas, 3)
        mark = then if not then[0].isalpha() else "x"
        found = [
            f"next={then}", f"last={here}", f"next2={then} {third}", f"{cue}|next={then}",
            f"turn={here} {then}", f"next~{_ending(then)}", f"last~{_ending(here)}",
            f"third~{_ending(third)}", f"nested={nested}", f"nested={nested}|next={then}",
            f"commas={c}|{mark}", f"commas={c}|{place.kind}|{cue}", f"verbs={v}|next={then}",
            f"{cue}|verbs={v}|final={final}", f"final={final}|{cue}",
            f"final={final}|{cue}|after={after}", f"final={final}|{cue}|before={before}",
            f"far={far}|{cue}", f"far={far}|{place.kind}", f"far={min(far, 3)}|after={after}",
            f"other={int(at + 1 in opens)}", f"other={int(at + 1 in opens)}|next={then}",
            f"relative={relative}|verbs={v}|next={mark if mark != 'x' else then}",
            f"relative={relative}|verbs={v}|next~{_ending(then)}",
            f"relative={relative}|final={final}",
            f"{cue}|next~{_ending(then)}", f"verbs={v}|next={mark if mark != 'x' else then}",
        ]  # fmt: skip
        if then in (",", "，"):
            new = int(_verb_in_clause(listed, at + 2, words))
            found += [
                f"clause={new}", f"clause={new}|{third}", f"clause={new}|{cue}",
                f"comma {third}", f"comma~{_ending(third)}", f"comma {third}|verbs={v}",
            ]  # fmt: skip
        ends.append(at)
        features.append(found)
    return ends, features


def left_candidates(place: Place, words: Words) -> tuple[list[int], list[list[str]]]:
    """Where a scope may begin (the first word in it), each place with its features."""
    listed = place.words
    (first, last), cue = place.parts[0], place.cue
    depth = _depths(listed)
    then, third, before = place.word(last + 1), place.word(last + 2), place.word(first - 1)
    passive = int(_is_passive(listed, last + 1, words))
    relative = int(_in_relative(listed, first, words))
    closes = {end for _, end in place.others}
    starts: list[int] = []
    features: list[list[str]] = []
    commas = verbs = 0
    for at in range(first, -1, -1):
        here, prior, prior2 = listed[at], place.word(at - 1), place.word(at - 2)
        if at < first:
            commas += here in (",", "，")
            verbs += is_verb(here, words)
        z = "at" if at == first else ("open" if at == 0 else "mid")
        nested = max(-1, min(1, depth[at] - depth[first]))
        v, c, far = min(verbs, 2), min(commas, 2), _distance(first - at)
        features.append([
            f"{z}|{cue}", f"{z}|{cue}|before={before}", f"{z}|{cue}|after={then}",
            f"{z}|{before}|{then}", f"{z}|{cue}|after~{_ending(then)}",
            f"{z}|passive={passive}|{cue}|relative={relative}",
            f"{z}|passive={passive}|then={then}",
            f"prior={prior}|passive={passive}|{z}", f"{z}|passive={passive}|{prior}|{here}",
            f"{z}|passive={passive}|{before}", f"{z}|passive={passive}|{cue}|{before}",
            f"{z}|passive={passive}|{then}", f"{z}|{then}|~{_ending(third)}",
            f"prior={prior}", f"first={here}", f"prior2={prior2} {prior}", f"turn={prior} {here}",
            f"prior~{_ending(prior)}", f"first~{_ending(here)}", f"nested={nested}|{z}",
            f"commas={c}|{z}", f"verbs={v}|{z}", f"verbs={v}|{z}|{prior}",
            f"commas={c}|{z}|{prior}", f"far={far}", f"far={far}|{cue}", f"{cue}|prior={prior}",
            f"other={int(at - 1 in closes)}", f"other={int(at - 1 in closes)}|{prior}",
        ])  # fmt: skip
        starts.append(at)
    return starts, features


def _is_passive(listed: Sequence[str], at: int, words: Words) -> bool:
    """Whether a participle follows, behind auxiliaries and adverbs (not *been fully known*)."""
    for word in listed[at : at + 5]:
        if is_participle(word, words) and word not in words["be"]:
            return True
        auxiliary = word in words["be"] or word in words["have"] or word in words["modal"]
        if not auxiliary and not _has_ending(word, words["adverbs"]):
            return False
    return False


def _in_relative(listed: Sequence[str], at: int, words: Words) -> bool:
    """Whether the words before a place are a relative clause (*X, which does* not …)."""
    for word in reversed(listed[max(0, at - 6) : at]):
        if word in words["relative"]:
            return True
        if not word[0].isalpha():
            return False
    return False


def is_verb(word: str, words: Words) -> bool:
    """Whether a word is an auxiliary, or ends as verbs do in the language."""
    return (
        any(word in words[name] for name in ("be", "have", "modal"))
        or is_participle(word, words)
    )  # fmt: skip


def is_participle(word: str, words: Words) -> bool:
    """Whether a word has the ending of a past participle, or is listed as one."""
    return _has_ending(word, words["endings"])


def _has_ending(word: str, listed: frozenset[str]) -> bool:
    return word in listed or (
        len(word) > 4 and any(word.endswith(e[1:]) for e in listed if e[0] == "-")
    )


def _verb_in_clause(listed: Sequence[str], at: int, words: Words) -> bool:
    for word in listed[at:]:
        if word in (",", ";", "."):
            return False
        if is_verb(word, words):
            return True
    return False


def _depths(listed: Sequence[str]) -> list[int]:
    depths: list[int] = []
    depth = 0
    for word in listed:
        depth += word in ("(", "[")
        depths.append(depth)
        depth -= word in (")", "]")
    return depths


def _distance(words: int) -> int:
    return words if words < 6 else 6 + int(math.log2(words / 6) * 1.5)


def _ending(word: str) -> str:
    return word[-3:] if word[0].isalpha() else "#"
