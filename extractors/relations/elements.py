"""A sentence as a row of elements: mentions, and words with what the vocabulary says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.nlp.words import cut
from extractors.relations.vocabulary import Tags, Vocabulary
from kg.model import Mention

_OWNED = 24  # characters from what is told of a thing to its name
# Role nouns behind which a colon opens a list (side effects: X and Y).
_LISTING = ("consequence", "cause", "treat", "target")
NO_TAGS: Mapping[str, tuple[str, ...]] = {}
_STOP: Tags = {"stop": ()}


@dataclass(slots=True)
class Group:
    """Coordinated mentions that fill one place, with what stands around them.

    `slots` holds one list of mention ids for each member (a name and its aliases); `split` is the
    number of slots before a joining *with* (X and Y in "X与Y相关"), or 0.
    """

    slots: list[list[Mention]]
    split: int = 0
    role: str = "head"
    marker: str = ""
    host: str = ""
    aspect: str = ""
    aspects: dict[int, str] = field(default_factory=dict)
    loss: tuple[int, int] | None = None
    under: int | None = None
    modifiers: list[int] = field(default_factory=list)

    def aspect_of(self, mention: Mention) -> str:
        """What of a member is meant: its own aspect, the group's or its left neighbour's."""
        place = next((n for n, slot in enumerate(self.slots) if mention in slot), 0)
        if place in self.aspects:
            return self.aspects[place]
        return self.aspect or next(
            (self.aspects[n] for n in range(place - 1, -1, -1) if n in self.aspects), ""
        )

    def mentions(self) -> list[Mention]:
        """The first name of each member."""
        return [slot[0] for slot in self.slots]


@dataclass(slots=True)
class Element:
    """A word (or several that are one entry), or a mention; offsets are the sentence's own.

    `trigger` and `form` are set where the element states a relation; `verbal` where it is a finite
    verb of any kind, and so ends the noun phrases around it. `target` is the mention that an
    attributive word belongs to; `offset` is where the element begins in the passage.
    """

    start: int
    end: int
    text: str
    tags: Tags
    group: Group | None = None
    trigger: str = ""
    form: str = ""
    verbal: bool = False
    target: Element | None = None
    offset: int = 0

    def acts(self) -> bool:
        """Whether it is a verb, finite or not, that takes arguments of its own."""
        if self.form == "mediating":
            return "form" in self.tags
        return self.verbal or self.form in ("gerund", "infinitive")

    def has(self, *kinds: str) -> bool:
        """Whether the vocabulary lists it under one of the kinds."""
        return any(kind in self.tags for kind in kinds)


def read_elements(
    text: str, mentions: Sequence[Mention], offset: int, vocabulary: Vocabulary
) -> tuple[list[Element], list[tuple[Mention, Element]]]:
    """The elements of a sentence whose text starts at `offset` of its passage.

    Of nested mentions the longest stands; the others are given with its element. Brackets without
    a mention (statistics, counts) are left out; unknown Han characters in a row are one word.
    """
    elements: list[Element] = []
    position = 0
    nested: list[tuple[Mention, Element]] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start, end = mention.start - offset, mention.end - offset
        if any(0 < m.start - mention.end < _OWNED for m in mentions) and _is_aspect(
            text, start, end, vocabulary
        ):
            continue
        if start < position:
            nested.append((mention, next(e for e in reversed(elements) if e.group)))
            continue
        elements += _words(text, position, start, vocabulary)
        group = Group([[mention]])
        elements.append(Element(start, end, text[start:end], NO_TAGS, group, offset=mention.start))
        position = end
    elements += _words(text, position, len(text), vocabulary)
    elements = _drop_parentheses(_drop_brackets(elements))
    for at, element in enumerate(elements):
        if element.text == ":" and _ends_heading(elements, at):
            element.tags = _STOP
    return elements, nested


def _ends_heading(elements: list[Element], at: int) -> bool:
    """Whether a colon ends a heading, and so opens no list (side effects: X and Y)."""
    for element in reversed(elements[max(0, at - 4) : at]):
        listing = set(element.tags.get("noun", ())) & set(_LISTING)
        if listing or element.has("such", "be", "light"):
            return False
        if element.has("comma", "stop"):
            break
    return True


def _is_aspect(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a mention is only what is told of the next one (the *incidence* of stroke)."""
    words = [word for _, _, word in cut(text[start:end])]
    hit = vocabulary.longest(words, 0) if words else None
    if hit is None or hit[0] < len(words) or "aspect" not in hit[1]:
        return False
    behind = [word for _, _, word in cut(text[end : end + 12])]
    marker = vocabulary.longest(behind, 0) if behind else None
    return marker is not None and "of" in marker[1].get("before", ())


def _words(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Element]:
    tokens = cut(text[start:end])
    words = [word for _, _, word in tokens]
    found: list[Element] = []
    at = 0
    while at < len(tokens):
        first, last, word = tokens[at]
        hit = vocabulary.longest(words, at)
        short = _abbreviates(text[start:end], tokens, at)
        if short > (hit[0] if hit else 0):
            last = tokens[at + short - 1][1]
            word = text[start + first : start + last]
            found.append(Element(start + first, start + last, word, NO_TAGS))
            at += short
            continue
        if hit is None:
            previous = found[-1] if found else None
            if (
                previous is not None
                and not previous.tags
                and previous.end == start + first
                and _han(previous.text[-1])
                and _han(word)
            ):
                previous.end = start + last
                previous.text += word
            else:
                found.append(Element(start + first, start + last, word, NO_TAGS))
            at += 1
            continue
        count, tags = hit
        last = tokens[at + count - 1][1]
        found.append(Element(start + first, start + last, text[start + first : start + last], tags))
        at += count
    return found


def _abbreviates(text: str, tokens: list[tuple[int, int, str]], at: int) -> int:
    """How many tokens from a place on are an initialism with full stops (i.v., e.g.); 0 if none."""
    end = at
    while (
        end + 1 < len(tokens)
        and tokens[end + 1][2] == "."
        and len(tokens[end][2]) == 1
        and tokens[end][2].isascii()
        and tokens[end][2].isalpha()
        and tokens[end][1] == tokens[end + 1][0]
    ):
        end += 2
    if end - at < 4:
        return 0
    behind = text[tokens[end - 1][1] :].lstrip()
    return end - at if behind[:1].islower() or behind[:1].isdigit() or not behind else end - at - 1


def _drop_parentheses(elements: list[Element]) -> list[Element]:
    """The row without adverbs of reasoning between commas (*X, however, lowers Y*)."""
    kept: list[Element] = []
    for at, element in enumerate(elements):
        after = elements[at + 1] if at + 1 < len(elements) else None
        enclosed = kept and kept[-1].has("comma") and after is not None and after.has("comma")
        if element.has("subordinate") and enclosed:
            kept.pop()
            continue
        closes = at >= 2 and elements[at - 1].has("subordinate") and elements[at - 2].has("comma")
        if closes and element.has("comma"):
            continue
        kept.append(element)
    return kept


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _drop_brackets(elements: list[Element]) -> list[Element]:
    kept: list[Element] = []
    stack: list[int] = []
    for element in elements:
        if element.has("open"):
            stack.append(len(kept))
        kept.append(element)
        if element.has("close") and stack:
            begin = stack.pop()
            if not any(e.group for e in kept[begin:]):
                del kept[begin:]
    for begin in stack:
        kept[begin].tags = _STOP  # figures that were cut off: what follows is a clause of its own
    return kept
