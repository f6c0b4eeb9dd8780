"""Features of the three learnt decisions: is it a cue, where does its scope begin, where end.

They are words around the place and their classes, endings, brackets, and counts of commas and verbs
on the way from the cue; all that belongs to a language (auxiliaries, verb endings, classes) is data
of its rules.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.context.classes import FINITE

Words = Mapping[str, frozenset[str]]
SENTENCE_ENDS = frozenset(".?!;:。？！；：")
THAT = frozenset({"that", "which", "whether"})


@dataclass(frozen=True, slots=True)
class Place:
    """A cue among the words of its sentence; `others` are the (first, last) of the other cues.

    `classes` holds the class of each word, `rule` the id of the rule that found the cue.
    """

    words: Sequence[str]
    parts: tuple[tuple[int, int], ...]
    kind: str
    others: tuple[tuple[int, int], ...] = ()
    classes: Sequence[str] = ()
    rule: str = ""

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

    def word_class(self, at: int) -> str:
        """The class of the word at a place; marks stand for the two ends of the sentence."""
        if at < 0:
            return "<s>"
        return self.classes[at] if at < len(self.classes) else "</s>"

    def class_pair(self, at: int) -> str:
        """The classes of the word at a place and of the next."""
        return f"{self.word_class(at)}_{self.word_class(at + 1)}"


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
    return found + _sentence_features(place) + _class_features(place)


def _sentence_features(place: Place) -> list[str]:
    """Where in what sentence a cue stands, and the words beside it as its rule sees them."""
    (first, last), cue, words, rule = place.parts[0], place.cue, place.words, place.rule
    before = [start for start, _ in place.others if start < first]
    opening = " ".join(words[:2])
    that = next((n for n in range(first - 1, 0, -1) if words[n] in THAT), None)
    left, right = place.word(first - 1), place.word(last + 1)
    return [
        f"{cue}|before={min(len(before), 2)}",
        f"{cue}|behind={min(len(place.others) - len(before), 2)}",
        f"{cue}|length={min(len(words) // 8, 5)}", f"{cue}|quarter={4 * first // len(words)}",
        f"{cue}|open={words[0]}", f"open={words[0]}", f"{cue}|open={opening}", f"open={opening}",
        f"{cue}|inside={int(_depths(words)[first] > 0)}",
        f"{cue}|commas={sum(word == ',' for word in words[max(0, first - 6) : first])}",
        f"{cue}|that={'-' if that is None else ' '.join(words[that - 1 : that + 1])}",
        f"{place.kind}|-1={left}", f"{place.kind}|+1={right}",
        f"rule={rule}", f"{rule}|-1={left}", f"{rule}|+1={right}",
        f"{cue}|+1+2={right} {place.word(last + 2)}", f"{cue}|-2-1={place.word(first - 2)} {left}",
        f"{cue}|alike={int(left[-2:] == place.word(place.parts[-1][1] + 1)[-2:])}",
    ]  # fmt: skip


def _class_features(place: Place) -> list[str]:
    """The classes of the words around a cue, and of the last and the next finite verb."""
    (first, last), cue, of = place.parts[0], place.cue, place.word_class
    found = [
        f"{cue}|class{n:+}={of(first + n if n < 0 else last + n)}" for n in (-3, -2, -1, 1, 2, 3)
    ]
    left, right = of(first - 1), of(last + 1)
    behind, ahead = place.class_pair(first - 2), place.class_pair(last + 1)
    found += [
        f"{cue}|classes={left}_{right}", f"{cue}|classes<{behind}", f"{cue}|classes>{ahead}",
        f"{cue}|classes={left}_{ahead}", f"{cue}|classes={behind}_{ahead}",
        f"{cue}|classes>{ahead}_{of(last + 3)}", f"class-1={left}", f"class+1={right}",
        f"classes={left}_{right}",
    ]  # fmt: skip
    if len(place.parts) > 1:
        second, end = place.parts[1]
        found += [
            f"{cue}|second<{of(second - 1)}", f"{cue}|second>{place.class_pair(end + 1)}",
            f"{cue}|apart={min(second - last, 8)}",
        ]  # fmt: skip
        found += [f"{cue}|between {word}" for word in sorted(set(place.words[last + 1 : second]))]
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
    commas = verbs = finite = 0
    for at in range(last, max(stop, last + 1)):
        here, then, third = listed[at], place.word(at + 1), place.word(at + 2)
        final = int(at == stop - 1)
        nested = max(-1, min(2, depth[at] - depth[last]))
        if at > last:
            commas += here in (",", "，")
            verbs += is_verb(here, words)
            finite += place.word_class(at) in FINITE
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
        found += _right_classes(place, at, min(finite, 2), final=final)
        if then in (",", "，"):
            new = int(_verb_in_clause(listed, at + 2, words))
            found += [
                f"clause={new}", f"clause={new}|{third}", f"clause={new}|{cue}",
                f"comma {third}", f"comma~{_ending(third)}", f"comma {third}|verbs={v}",
            ]  # fmt: skip
        ends.append(at)
        features.append(found)
    return ends, features


def _right_classes(place: Place, at: int, finite: int, *, final: int) -> list[str]:
    """The classes where a scope may end, and the finite verbs (two at most) on the way there."""
    cue, here, then = place.cue, place.word_class(at), place.word_class(at + 1)
    pair, after = place.class_pair(at + 1), place.word_class(place.parts[-1][1] + 1)
    return [
        f"class next={then}", f"class last={here}", f"class turn={here}_{then}",
        f"class next2={pair}", f"class turn2={here}_{pair}",
        f"class next3={pair}_{place.word_class(at + 3)}", f"{cue}|class next={then}",
        f"{cue}|finite={finite}|class next={then}", f"finite={finite}|class next={then}",
        f"{cue}|finite={finite}|final={final}", f"finite={finite}|class next2={pair}",
        f"{after}|finite={finite}|class next={then}", f"{after}|finite={finite}|final={final}",
        f"{place.kind}|finite={finite}|class next={then}",
    ]  # fmt: skip


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
    commas = verbs = finite = 0
    for at in range(first, -1, -1):
        here, prior, prior2 = listed[at], place.word(at - 1), place.word(at - 2)
        if at < first:
            commas += here in (",", "，")
            verbs += is_verb(here, words)
            finite += place.word_class(at) in FINITE
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
            *_left_classes(place, at, min(finite, 2), z),
        ])  # fmt: skip
        starts.append(at)
    return starts, features


def _left_classes(place: Place, at: int, finite: int, where: str) -> list[str]:
    """The classes where a scope may begin, and the finite verbs (two at most) on the way there."""
    (first, last), cue, of = place.parts[0], place.cue, place.word_class
    here, prior, before = of(at), of(at - 1), of(first - 1)
    pair, ahead = place.class_pair(at - 2), place.class_pair(last + 1)
    return [
        f"class prior={prior}", f"class first={here}", f"class turn={prior}_{here}",
        f"class prior2={pair}", f"class turn2={pair}_{here}", f"{cue}|class prior={prior}",
        f"finite={finite}|class prior={prior}", f"finite={finite}|{where}",
        f"finite={finite}|{where}|{cue}", f"{where}|classes>{ahead}",
        f"{where}|{cue}|classes>{ahead}", f"{where}|class before={before}",
        f"{where}|{cue}|classes={before}_{of(last + 1)}",
        f"finite={finite}|class turn={prior}_{here}",
        f"{where}|classes before={place.class_pair(first - 2)}",
    ]  # fmt: skip


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
