"""What in a sentence may be a term: mentions, and words in a row without a break.

Mentions come from the readers and have a type; the other candidates are stretches of one to four
words between function words, signs and numbers. A pair needs a type on one side at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.composition.parts import signs, words
from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import Lexicon
from extractors.nlp.tokens import Token, tokenize
from extractors.normalize import has_han
from extractors.tables import read_set
from kg.model import Document, Language, MentionType, Passage, Sentence

LONGEST = 4  # words of a stretch that is no mention
_JOINTS = ("-", "‐", "/")
# What stands before a name that begins earlier: a hyphen, or one letter ("B cell", "H. pylori").
_GLUED = re.compile(r"[-‐/]$|(?<![A-Za-z])(?:[B-HJ-Z] ?|[A-Z][.-] ?)$")
MOST_SIGNS = 16  # of a Chinese candidate
MOST_WORDS = 8  # of an English one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a sentence, and its parts, by which the same name is known again.

    `place` is where its middle stands, as a share of the sentence. `type` is that of the mention
    which it is, or with which it ends, as 大疱性皮肤病变 ends with 皮肤病变.
    """

    start: int
    end: int
    text: str
    parts: tuple[str, ...]
    place: float
    type: MentionType | None = None
    is_mention: bool = False


def find_candidates(text: str, language: Language, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """The candidates of one sentence, mentions first; no two have the same place."""
    passage = Passage("p", language, text)
    sentence = Sentence("s", "p", 0, len(text))
    found: dict[tuple[int, int], Candidate] = {}
    heads: dict[int, MentionType] = {}
    for mention in find_mentions(Document("d", (passage,)), (sentence,), lexicon):
        place = mention.start, mention.end
        heads[mention.end] = mention.type
        given = _candidate(text, *place, language, mention.type, is_mention=True)
        if given is not None:
            found[place] = given
    for start, end in stretches(text, tokenize(text, language), language):
        if (start, end) not in found:
            other = _candidate(text, start, end, language, heads.get(end))
            if other is not None:
                found[start, end] = other
    return tuple(found.values())


def stretches(
    text: str, tokens: Sequence[Token], language: Language
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Start and end of each row of one to four words that function words do not break."""
    breaks = read_set(language, "breaks.tsv")
    for first, token in enumerate(tokens):
        if not _is_word(token, breaks):
            continue
        for last in range(first, min(first + LONGEST, len(tokens))):
            here = tokens[last]
            if not _is_word(here, breaks):
                break
            if last > first and text[tokens[last - 1].end : here.start].strip(" "):
                break
            yield token.start, here.end


def _is_word(token: Token, breaks: frozenset[str]) -> bool:
    return token.norm not in breaks and any(sign.isalpha() for sign in token.norm)


def _candidate(
    text: str, start: int, end: int, language: Language,
    kind: MentionType | None = None, *, is_mention: bool = False,
) -> Candidate | None:  # fmt: skip
    given = text[start:end]
    if not given[0].isalnum() or _GLUED.search(text[:start]) or text[end : end + 1] in _JOINTS:
        return None
    parts = words(given) if language == "en" else signs(given)
    if not parts or len(parts) > (MOST_WORDS if language == "en" else MOST_SIGNS):
        return None
    if language == "zh" and (not has_han(given) or len(parts) < 2):
        return None  # a Latin symbol is the same in both languages, one character is no term
    if language == "en" and (has_han(given) or len("".join(parts)) < 3):
        return None
    place = (start + end) / 2 / max(1, len(text))
    return Candidate(start, end, given, parts, place, kind, is_mention)
