"""Where quoted words stand in a text, and what is written nearly like words that do not.

A quote is never put right: full width is not half width, and a space too many is another text. What
nearly matches is told, so that the one who quotes can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.normalize import normalize
from kg.model import Language, Sentence

_NEAR = 75.0  # of 100, from which on other words count as nearly the same
_SHOWN = 80
_MARKS = " \t\r\n.,;:!?。，；：！？、"
_WORD = re.compile(r"[A-Za-z0-9]")


def places(quote: str, text: str, *, whole: bool = False) -> Iterator[int]:
    """Every offset at which a quote stands in a text, overlapping ones too.

    Parameters
    ----------
    whole : only where no Latin letter or digit of the text goes on at either side

    >>> list(places("IL", "IL-6 and PIL", whole=True)), list(places("aa", "aaa"))
    ([0], [0, 1])
    """
    at = text.find(quote)
    while at >= 0:
        if not (whole and _cuts(text, at, at + len(quote))):
            yield at
        at = text.find(quote, at + 1)


def nearest(quote: str, text: str, language: Language) -> str | None:
    """The words of a text that a wrong quote most likely means; None where nothing is like it.

    >>> nearest("IL－6 level", "The IL-6 level fell.", "en")
    'IL-6 level'
    >>> nearest("zorbin lowers IL-6", "Then zorbin lowered IL-6, too.", "en")
    'zorbin lowered IL-6'
    >>> nearest("a wholly different thing", "The IL-6 level fell.", "en") is None
    True
    """
    from rapidfuzz.fuzz import partial_ratio_alignment

    folded, wanted = normalize(text, language), normalize(quote, language).text.strip()
    if not wanted or not folded.text:
        return None
    at = folded.text.find(wanted)
    if at >= 0:
        start, end = folded.span(at, at + len(wanted))
        return text[start:end]
    found = partial_ratio_alignment(wanted, folded.text, score_cutoff=_NEAR)
    if found is None or found.dest_start >= found.dest_end:
        return None
    if len(wanted) > len(folded.text):
        return None
    return _whole_words(text, *folded.span(found.dest_start, found.dest_end))


def shown(quote: str) -> str:
    """A quote as messages show it: in quotation marks, its end left out where it is long."""
    return repr(quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "…")


def sentence_of(
    passage: str, start: int, end: int, sentences: Sequence[Sentence]
) -> Sentence | None:  # fmt: skip
    """The sentence in which a stretch of a passage lies whole; None where it lies in no one."""
    for sentence in sentences:
        if sentence.passage == passage and sentence.start <= start and end <= sentence.end:
            return sentence
    return None


def _whole_words(text: str, start: int, end: int) -> str:
    """A stretch of a text with Latin words at its ends made whole, without marks around it."""
    while start > 0 and _WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _WORD.match(text[end]):
        end += 1
    return text[start:end].strip(_MARKS)


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether the stretch begins or ends inside a Latin word or number."""
    before = start > 0 and _WORD.match(text[start - 1]) and _WORD.match(text[start])
    after = end < len(text) and _WORD.match(text[end]) and _WORD.match(text[end - 1])
    return bool(before or after)
