"""How an evidence bears on its statement."""

from __future__ import annotations

from kg.terms import IRI
from kg.vocab import PLX


def bearing_of(certainty: str, polarity: str) -> IRI:
    """The property from an evidence to its statement; a hypothesis neither supports nor denies.

    >>> bearing_of("asserted", "negated").value.partition("#")[2]
    'denies'
    """
    if certainty == "hypothesis":
        return PLX.hypothesizesOn
    return PLX.supports if polarity == "positive" else PLX.denies
