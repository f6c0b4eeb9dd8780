"""What a document says about its names: which short forms it defines, and what else it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extractors.mentions.abbreviations import find_definitions, is_short_form, long_form_start
from kg.model import Language, MentionType

_BRACKET = re.compile(r"\s?[(（\[]\s?([^\s()（）\[\],;，；]{2,10})\s?[)）\],;，；]")
_INDUCED = re.compile(r"[\w)]-induced\b|\binduced by\b|引起的|诱导的|所致", re.IGNORECASE)
_WORDY = re.compile("[a-z]{3}")
_SHORTEST = 2
_LEAST_OF_WORD = 3
_LONGEST_INITIALS = 6


def _shows(short: str, name: str) -> bool:
    """Whether a short form may be one of a name: initials, or three letters of a single word."""
    words = re.findall(r"[A-Za-z]+", name)
    if len(words) == 1 and len(short.removesuffix("s")) < _LEAST_OF_WORD:
        return False
    return bool(words) and any(
        long_form_start(form, name) == 0 for form in {short, short.removesuffix("s")}
    )


class Span(Protocol):
    """Where something stands in a text."""

    @property
    def start(self) -> int:
        """Offset of its first code point."""

    @property
    def end(self) -> int:
        """Offset behind its last code point."""

    @property
    def type(self) -> str:
        """The type of the mention."""


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as grounding sees it: its words, their type (None: unknown) and language."""

    text: str
    type: MentionType | None
    language: Language


@dataclass(frozen=True, slots=True)
class Context:
    """What a document says.

    `long_forms` are by the short form, `beside` the names that a short form is put behind in
    brackets though its letters do not show them, `names` all names in it with their types;
    `induced` is whether it tells of harm done by drugs.
    """

    long_forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[tuple[str, str], ...] = ()
    induced: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)

    def long_forms_of(self, text: str) -> tuple[str, ...]:
        """The long forms of a text that is a defined short form, also in the plural."""
        for short in (text, text.removesuffix("s"), f"{text}s", text.upper()):
            if short in self.long_forms:
                return self.long_forms[short]
        return ()

    def initials_of(self, text: str, kind: str | None) -> str | None:
        """A name of the same type that an undefined short form stands behind, or may be short for.

        Examples
        --------
        >>> names = (("Pendred syndrome", "Disease"), ("goitre", "Disease"))
        >>> Context(names=names).initials_of("PDS", "Disease")
        'Pendred syndrome'
        """
        if not is_short_form(text) or len(text) > _LONGEST_INITIALS:
            return None
        if text in self.beside:
            return self.beside[text]
        named = (name for name, other in self.names if kind in (None, other))
        return next((name for name in named if _shows(text, name)), None)

    def written_out(self, text: str) -> str | None:
        """The text with the defined short forms in it written out; None where there is none.

        Examples
        --------
        >>> Context({"ALD": ("adrenoleukodystrophy",)}).written_out("cerebral ALD")
        'cerebral adrenoleukodystrophy'
        """
        for short in sorted(self.long_forms, key=len, reverse=True):
            long = self.long_forms[short][0]
            pattern = rf"(?<![A-Za-z0-9]){re.escape(short)}(?:s(?![a-z]))?(?![A-Za-z0-9])"
            written, times = re.subn(pattern, long.replace("\\", r"\\"), text, count=1)
            if times and long.lower() not in text.lower():
                return written
        return None


def read_context(texts: Iterable[str], mentions: Iterable[Sequence[Span]] = ()) -> Context:
    """The context of some texts of one document.

    Parameters
    ----------
    texts : sentences or passages
    mentions : for each text where its mentions stand. A mention that ends where the long form of a
        definition ends is that long form; and a short form in brackets right after a mention is
        defined by it even where its letters come in another order ("myotonic dystrophy (DM)").
    """
    long_forms: dict[str, dict[str, None]] = {}
    names: dict[tuple[str, str], None] = {}
    induced = False
    beside: dict[str, str] = {}
    given = iter(mentions)
    for text in texts:
        induced = induced or _INDUCED.search(text) is not None
        spans = next(given, ())
        names.update(dict.fromkeys((text[span.start : span.end], span.type) for span in spans))
        for short, long in (*_defined(text, spans), *_bracketed(text, spans)):
            long_forms.setdefault(short, {})[long] = None
        for short, long in _apposed(text, spans):
            beside.setdefault(short, long)
    longs_of = {short: tuple(longs) for short, longs in long_forms.items()}
    return Context(longs_of, tuple(names), induced, beside)


def _defined(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    starts = {span.end: span.start for span in sorted(spans, key=lambda s: -s.start)}
    for definition in find_definitions(text):
        end = definition.long.end if definition.long else definition.anchor
        longs = [definition.long.text] if definition.long else []
        if end in starts:
            longs.append(text[starts[end] : end])
        for form in definition.forms:
            if len(form.text) >= _SHORTEST:
                yield from ((form.text, long) for long in longs if long != form.text)


def _apposed(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Short mentions in brackets right behind a longer one of their type."""
    types = {(span.start, span.end): span.type for span in spans}
    for span in spans:
        bracket = _BRACKET.match(text, span.end)
        if bracket is None or types.get(bracket.span(1)) != span.type:
            continue
        long = text[span.start : span.end]
        if is_short_form(bracket[1]) and len(bracket[1]) * 2 <= len(long) and _WORDY.search(long):
            yield bracket[1], long


def _bracketed(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Short forms in brackets after a mention, with letters of it in any order."""
    for span in spans:
        bracket = _BRACKET.match(text, span.end)
        long = text[span.start : span.end]
        if bracket is None or len(bracket[1]) * 2 > len(long) or not is_short_form(bracket[1]):
            continue
        left = Counter(long.lower())
        left.subtract(sign for sign in bracket[1].lower() if sign.isalnum())
        if min(left.values()) >= 0:
            yield bracket[1], long
