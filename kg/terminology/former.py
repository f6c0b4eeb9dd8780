"""Which numbers of MeSH are those that a descriptor had before it was one.

MeSH makes supplementary records (C…) into descriptors (D…) and drops their numbers, which texts
that were annotated before still bear. No list of MeSH tells them any more; a supplementary number
without any label, given a name that is the label of one descriptor, is the former one of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.terminology.gathering import SCOPE_NUMBERS, UNTYPED, Gathered

_SUPPLEMENTARY = re.compile(r"mesh:C\d+")
_DESCRIPTOR = re.compile(r"mesh:D\d+")
_LABEL = SCOPE_NUMBERS["label"]


def former_numbers(gathered: Gathered, fold: Callable[[str], str]) -> Iterator[tuple[int, int]]:
    """Pairs of a former number and the descriptor that it is the number of, in order.

    Parameters
    ----------
    fold : how a name is written for comparison
    """
    names = gathered.identifiers
    labelled: dict[tuple[int, str], set[int]] = {}
    other: dict[int, set[str]] = {}
    has_label: set[int] = set()
    for row, number in enumerate(gathered.name_of):
        if gathered.scopes[row] == _LABEL:
            has_label.add(number)
            if _DESCRIPTOR.fullmatch(names[number]) and gathered.types[number] != UNTYPED:
                key = gathered.types[number], fold(gathered.texts[row])
                labelled.setdefault(key, set()).add(number)
        elif _SUPPLEMENTARY.fullmatch(names[number]):
            other.setdefault(number, set()).add(fold(gathered.texts[row]))
    for number in sorted(set(other) - has_label, key=names.__getitem__):
        kind = gathered.types[number]
        found = {one for text in other[number] for one in labelled.get((kind, text), ())}
        if len(found) == 1:
            yield number, found.pop()
