"""Reasons in words: what a candidate keeps, and how it is told to a reader of either language."""

from __future__ import annotations

import re

from extractors.grounding.candidates import Scored
from extractors.grounding.weights import load_weights
from kg.model import Language

_TOLD = re.compile(r"([a-z+-]+): (.*)", re.DOTALL)


def told(scored: Scored) -> str:
    """The reasons of a candidate as it is kept: ids joined by +, and the name that was found."""
    return f"{'+'.join(scored.reasons)}: {scored.entry.name}"


def explained(reason: str, language: Language) -> str:
    """A kept reason in words of a language; one of another kind is given back as it is.

    Examples
    --------
    >>> explained("abbreviation+salt: alfuzosin", "en")
    'alfuzosin: short form that the document defines; salt or hydrate of it'
    >>> explained("salt: 阿夫唑嗪", "zh")
    '阿夫唑嗪：其盐或水合物'
    """
    match = _TOLD.fullmatch(reason)
    reasons = load_weights().reasons
    if match is None or not set(match[1].split("+")) <= set(reasons):
        return reason
    words = [reasons[part].words(language) for part in match[1].split("+")]
    return (
        f"{match[2]}：{'；'.join(words)}" if language == "zh" else f"{match[2]}: {'; '.join(words)}"
    )
