"""Short forms that a text defines: "IgA nephropathy (IgAN)", 足细胞损伤（podocyte injury，PI）.

A Latin short form is checked against the words before the bracket by the algorithm of Schwartz and
Hearst (Pac Symp Biocomput 2003:451-62); brackets of both widths and several forms in one bracket
are read. A Chinese long form has no letters to be checked and no spaces that show where it begins:
there the definition says only where it ends, and the mention that ends there tells the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.normalize import has_han

_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]{2,120})[)）\]]")
_PART = re.compile(r"[^,，;；:：、]+")
_WORD = re.compile(r"\S+")
_FULL_FORM = re.compile(r"^[A-Za-zα-ωΑ-Ω0-9][\w\s'’\-–/.α-ω]+$")
_LEAD = re.compile(
    r"^\s*(?:简称|缩写|英文|全称|以下简称|下称|hereafter|hereinafter|abbreviated(?: as)?|termed"
    r"|also called|also known as|i\.e\.,?)\s*[:：]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """One wording of a definition, as offsets into the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What a bracket says to be the same.

    `long` is the long form before the bracket where its beginning is known; `anchor` is where the
    words before the bracket end; `forms` are the long and short forms inside the bracket.
    """

    anchor: int
    long: Form | None
    forms: tuple[Form, ...]


def find_definitions(text: str) -> tuple[Definition, ...]:
    """The definitions of a sentence, in order.

    Examples
    --------
    >>> found = find_definitions("IgA nephropathy (IgAN) is common.")[0]
    >>> found.long.text, [form.text for form in found.forms]
    ('IgA nephropathy', ['IgAN'])
    >>> [form.text for form in find_definitions("足细胞损伤（podocyte injury，PI）")[0].forms]
    ['podocyte injury', 'PI']
    """
    return tuple(_definitions(text))


def _definitions(text: str) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(text):
        before = text[: bracket.start()].rstrip()
        if not before:
            continue
        parts = tuple(_parts(text, bracket.start(1), bracket[1]))
        if not parts:
            continue
        if has_han(before[-1]):
            forms = _forms_after_han(parts)
            if forms:
                yield Definition(len(before), None, forms)
        else:
            yield from _latin(text, before, parts)


def _parts(text: str, offset: int, inside: str) -> Iterator[Form]:
    for match in _PART.finditer(inside):
        lead = _LEAD.match(match[0])
        words = match[0][lead.end() if lead else 0 :]
        start = offset + match.start() + len(match[0]) - len(words.lstrip())
        end = start + len(words.strip())
        if end > start:
            yield Form(start, end, text[start:end])


def _forms_after_han(parts: tuple[Form, ...]) -> tuple[Form, ...]:
    """English full form and short form in the bracket after Chinese words, where they fit."""
    short = parts[-1]
    if len(parts) >= 2 and is_short_form(short.text):
        full = parts[-2]
        if _FULL_FORM.match(full.text) and long_form_start(short.text, full.text) is not None:
            return (full, short)
    if len(parts) == 1 and (is_short_form(short.text) or _is_full_form(short.text)):
        return (short,)
    return ()


def _is_full_form(text: str) -> bool:
    return bool(_FULL_FORM.match(text)) and len(text) >= 4 and not re.search(r"\d\s*$|^\d", text)


def _latin(text: str, before: str, parts: tuple[Form, ...]) -> Iterator[Definition]:
    first = parts[0]
    if has_han(first.text) and len(parts) <= 2:
        word = _last_word(before)
        if is_short_form(word.text):
            yield Definition(word.end, word, parts)
        return
    if is_short_form(first.text):
        window = before[-(min(len(first.text) + 5, len(first.text) * 2) * 16) :]
        words = list(_WORD.finditer(window))
        limit = min(len(first.text) + 5, len(first.text) * 2)
        candidate = window[words[-limit:][0].start() :] if words else ""
        start = long_form_start(first.text, candidate)
        if start is not None:
            begin = len(before) - len(candidate) + start
            chinese = tuple(part for part in parts[1:] if has_han(part.text))
            long = Form(begin, len(before), text[begin : len(before)])
            yield Definition(len(before), long, (first, *chinese))
            return
    word = _last_word(before)
    inside = text[first.start : first.end]
    if is_short_form(word.text) and " " in inside:
        start = long_form_start(word.text, inside)
        if start is not None:
            long = Form(first.start + start, first.end, inside[start:])
            yield Definition(word.end, long, (word,))


def _last_word(before: str) -> Form:
    match = re.search(r"[^\s,，。;；()（）\u3400-\u9fff]+$", before)
    start = match.start() if match else len(before)
    return Form(start, len(before), before[start:])


def is_short_form(text: str) -> bool:
    """Whether a text can be a short form: 2 to 12 signs, at most two words, with a capital letter.

    Examples
    --------
    >>> [is_short_form(t) for t in ("IgAN", "ox-LDL", "miR-21", "n=12", "P<0.05", "see below")]
    [True, True, True, False, False, False]
    """
    return (
        2 <= len(text) <= 12
        and len(text.split()) <= 2
        and text[0].isalnum()
        and not has_han(text)
        and any(sign.isupper() for sign in text)
        and not re.search(r"[=<>≤≥%±×]|^\d+(?:\.\d+)?$|^[A-Z]?\d+$|^\d+[\s-]", text)
    )


def long_form_start(short: str, candidate: str) -> int | None:
    """Where in the candidate the shortest long form of a short form begins, or None.

    From the right, every letter and digit of the short form must stand in the long form in order,
    and its first one at the beginning of a word (Schwartz and Hearst 2003, figure 1).

    Examples
    --------
    >>> long_form_start("HSF", "was bound by heat shock transcription factor")
    13
    """
    at = len(candidate) - 1
    for number in range(len(short) - 1, -1, -1):
        sign = _plain(short[number])
        if not sign.isalnum():
            continue
        while at >= 0 and (
            _plain(candidate[at]) != sign
            or (number == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = max(candidate.rfind(sign, 0, at + 1) + 1 for sign in " ()[]/,;")
    long = candidate[start:]
    wordy = len(long) > len(short) and any(sign.islower() for sign in long)
    return start if wordy and short.lower() not in long.lower().split() else None


def _plain(sign: str) -> str:
    greek = {"α": "a", "β": "b", "γ": "g", "δ": "d", "κ": "k", "λ": "l"}
    lower = sign.lower()
    return greek.get(lower, lower)
