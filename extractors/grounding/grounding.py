"""Which concepts the mentions of a document denote: candidates ranked, the document asked.

In this order. A short form that the document defines has the concepts of its long form. A name has
those that it is listed for, written in this or another way. A name with a defined short form in it
is read with that written out. Last come broader concepts and parts. See `docs/grounding.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.grounding.candidates import NEAR, Scored, find_candidates, ranked
from extractors.grounding.context import Context, Named
from extractors.grounding.weights import load_weights

if TYPE_CHECKING:
    from extractors.mentions.lexicon import Lexicon

_SEVERAL = 2
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
    own = candidates(named.text)
    yield from own
    for long in context.long_forms_of(named.text)[:1]:
        yield from (scored.because("abbreviation") for scored in candidates(long))
    name = context.initials_of(named.text, named.type)
    if name is not None and not (own and own[0].score >= load_weights().threshold):
        yield from (scored.because("elsewhere") for scored in candidates(name))
    written = context.written_out(named.text)
    if written is not None:
        yield from (scored.because("abbreviation") for scored in candidates(written))


def _in_context(scored: Scored, context: Context) -> Scored:
    """What is due to a drug is likelier in a document about harm done by drugs."""
    if context.induced and "induced" in scored.reasons:
        return replace(scored, score=scored.score * load_weights().induced_here)
    return scored


def supported(text: str, found: Sequence[Scored], context: Context) -> tuple[Scored, ...]:
    """The candidates with what nothing decides between made less likely.

    Where several concepts bear a name equally well, the first is doubtful; a short symbol that
    nothing in the document supports stays without a concept then.
    """
    weights = load_weights()
    if len(found) < _SEVERAL or "part" in found[0].reasons:
        return tuple(found)
    if found[1].score < found[0].score - weights.tie:
        return tuple(found)
    doubt = weights.ambiguous
    said = set(found[0].reasons) & {"abbreviation", "elsewhere"}
    if len(text) < weights.symbol and text.isupper() and text.isascii() and not said:
        doubt *= weights.factor("unsupported")
    least = found[0].score - weights.tie
    return tuple(
        replace(one, score=one.score * doubt, reasons=(*one.reasons, "ambiguous"))
        if one.score >= least
        else replace(one, score=one.score * doubt)
        for one in found
    )
