"""Which concepts the mentions of a document denote: candidates ranked, the document asked.

In this order. A short form that the document defines has the concepts of its long form. A name has
those that it is listed for, written in this or another way. A name with a defined short form in it
is read with that written out. Last come broader concepts and parts. See `docs/grounding.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.grounding.candidates import NEAR, Scored, find_candidates, ranked
from extractors.grounding.context import Context, Named
from extractors.grounding.weights import load_weights
from extractors.mentions.lexicon import Lexicon

_WIDE = 0.8  # where what the document says may lift a candidate above the best


def ground(named: Named, context: Context, lexicon: Lexicon) -> tuple[Scored, ...]:
    """The concepts that a mention of a document may denote, the best first."""
    return ranked(_in_context(scored, context) for scored in _found(named, context, lexicon))


def _found(named: Named, context: Context, lexicon: Lexicon) -> Iterator[Scored]:
    def candidates(text: str) -> tuple[Scored, ...]:
        near = _WIDE if context.induced else NEAR
        return find_candidates(text, named.language, named.type, lexicon, near=near)

    for long in context.long_forms_of(named.text):
        meant = candidates(long)
        if meant and meant[0].score >= load_weights().threshold:
            yield from (scored.because("abbreviation") for scored in meant)
            return
    yield from candidates(named.text)
    for long in context.long_forms_of(named.text)[:1]:
        yield from (scored.because("abbreviation") for scored in candidates(long))
    name = context.initials_of(named.text)
    if name is not None:
        yield from (scored.because("elsewhere") for scored in candidates(name))
    written = context.written_out(named.text)
    if written is not None:
        yield from (scored.because("abbreviation") for scored in candidates(written))


def _in_context(scored: Scored, context: Context) -> Scored:
    """What is due to a drug is likelier in a document about harm done by drugs."""
    if context.induced and "induced" in scored.reasons:
        return replace(scored, score=scored.score * load_weights().induced_here)
    return scored
