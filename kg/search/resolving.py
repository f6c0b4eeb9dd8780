"""From words to one concept: by CURIE or by any name in either language, and in a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.search import folding
from kg.search.finding import Hit, Search

# A name with this many times the evidence of the next one is taken without asking back.
CLEAR_LEAD = 3
_LONGEST = 80
_CHOICES = 5
# What a name may begin and end with: a Chinese character, a word, "+" (as in CD4+).
_PIECE = re.compile(rf"[{folding.HAN}]|[^\W_{folding.HAN}]+|\+")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The concept that a text denotes.

    `others` are further concepts of that name. `passed_over` are those whose own name it is but
    of which the graph knows nothing, where a document uses the name for `concept` instead
    (突触蛋白, literally synapsin, for synaptopodin).
    """

    text: str
    concept: Hit
    others: tuple[Hit, ...] = ()
    passed_over: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a text and the concept that it names."""

    start: int
    end: int
    resolution: Resolution


def resolve(search: Search, text: str, *, strict: bool = True) -> Resolution:
    """The concept for a CURIE, a label or a synonym, or a name that a document uses.

    Labels count before synonyms and these before the words of documents; a concept of which the
    graph knows nothing yields to one that it knows.

    Raises
    ------
    NotFoundError
        where no concept has that name (with the nearest names), or where `strict` and several do
        and none clearly leads (with the choices).
    """
    found = find_resolution(search, text)
    if found is None:
        raise NotFoundError("no such concept in the graph", where=text, remedy=_near(search, text))
    rivals = [
        other
        for other in found.others
        if other.match == found.concept.match
        and other.evidence * CLEAR_LEAD > found.concept.evidence
    ]
    if strict and rivals:
        choices = (found.concept, *rivals)[:_CHOICES]
        listed = ", ".join(f"{hit.id} ({hit.label_in('en')})" for hit in choices)
        raise NotFoundError(
            f"several concepts have this name: {listed}", where=text, remedy="give one by its CURIE"
        )
    return found


def find_resolution(search: Search, text: str) -> Resolution | None:
    """As `resolve`, without complaint: the leading concept, or None."""
    known = search.get(text) if ":" in text else None
    if known is not None:
        return Resolution(text, known)
    hits = search.named(text)
    if not hits:
        return None
    chosen = next((hit for hit in hits if hit.evidence), hits[0])
    passed = tuple(hit for hit in hits if not hit.evidence and hit.match != chosen.match)
    passed = passed if chosen.match == "attested" else ()
    others = tuple(hit for hit in hits if hit not in (chosen, *passed))
    return Resolution(text, chosen, others, passed)


def link(search: Search, text: str) -> tuple[Link, ...]:
    """The concepts named in a text: the longest names first from left to right, none overlapping.

    English names end at word boundaries; in Chinese every character may begin a name.
    """
    pieces = [match.span() for match in _PIECE.finditer(text)]
    links: list[Link] = []
    at = 0
    while at < len(pieces):
        start = pieces[at][0]
        last = at
        for stop in range(len(pieces) - 1, at - 1, -1):
            end = pieces[stop][1]
            if end - start > _LONGEST or len(folding.fold(text[start:end])) < 2:
                continue
            found = find_resolution(search, text[start:end])
            if found is not None:
                links.append(Link(start, end, found))
                last = stop
                break
        at = last + 1
    return tuple(links)


def _near(search: Search, text: str) -> str:
    near = find_near_names(search, text)
    return f"did you mean {', '.join(near)}?" if near else "look with: kg search WORDS"


def find_near_names(search: Search, text: str, *, limit: int = 3) -> tuple[str, ...]:
    """Names written almost like a text, the nearest first."""
    from rapidfuzz import fuzz, process

    key = folding.fold(text)
    if not key:
        return ()
    found = process.extract(key, search.keys, scorer=fuzz.ratio, score_cutoff=60, limit=limit)
    return tuple(name for _, _, name in found)
