"""Which concepts the mentions of a document denote, as `Candidate`s with score and reason.

Here the mentions that were found meet `extractors.grounding`: a short form is asked for by its long
form, a phrase by itself and then by the listed name that it was found to mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.grounding.candidates import Scored, find_candidates, ranked
from extractors.grounding.context import Context, Named
from extractors.grounding.grounding import ground, supported
from extractors.grounding.reasons import told
from extractors.grounding.weights import load_weights
from extractors.mentions.lexicon import Lexicon
from extractors.mentions.phrases import Found
from kg.model import Candidate, Language


def ground_found(
    text: str, item: Found, language: Language, lexicon: Lexicon, context: Context
) -> tuple[Candidate, ...]:
    """The concepts that a mention may denote, the best first, as many as the weights say."""
    found = ranked(_scored(text, item, language, lexicon, context))
    kept = supported(text, found, context)[: load_weights().candidates]
    return tuple(Candidate(s.concept, min(1.0, round(s.score, 3)), told(s)) for s in kept)


def chosen(candidates: tuple[Candidate, ...]) -> str | None:
    """The concept that a mention takes: that of the best candidate, if it is likely enough."""
    if not candidates or candidates[0].score < load_weights().threshold:
        return None
    return candidates[0].concept


def _scored(
    text: str, item: Found, language: Language, lexicon: Lexicon, context: Context
) -> Iterator[Scored]:
    named = Named(text, item.type, language)
    if item.method == "abbreviation":
        long = item.match.text if item.match else item.stands_for
        if long:
            meant = find_candidates(long, language, item.type, lexicon)
            yield from (scored.because("abbreviation") for scored in meant)
            return
    own = ground(named, context, lexicon)
    yield from own
    sure = bool(own) and own[0].score >= load_weights().threshold
    if item.match is not None and not sure and item.match.text != text:
        meant = find_candidates(item.match.text, language, item.type, lexicon)
        yield from (scored.because("means") for scored in meant)
