"""Claims in words of either language, as text and as HTML with links."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from kg.model import Language
from web.i18n import Translator
from web.pages.home import Pair
from web.pages.values import Claim, ConceptRef, Mode

_SIGNED = {"+": "_plus", "-": "_minus"}


def claim_text(claim: Claim, language: Language, mode: Mode | None = None) -> str:
    """A claim in words: ``tacrolimus may decrease the expression of calcineurin``."""
    return str(
        _compose(claim, language, mode, lambda ref: ref.name.best(language, ref.id)).unescape()
    )


def claim_markup(
    claim: Claim, language: Language, link: Callable[[ConceptRef], Markup], mode: Mode | None = None
) -> Markup:
    """A claim in words with its concepts linked."""
    return _compose(claim, language, mode, link)


def _compose(
    claim: Claim, language: Language, mode: Mode | None, name: Callable[[ConceptRef], str]
) -> Markup:
    words = Translator.of(language)
    thing: str | Markup = name(claim.object)
    if claim.aspect is not None and words.has(f"claim.aspect.{claim.aspect}"):
        thing = words.markup(f"claim.aspect.{claim.aspect}", object=thing)
    shown = mode or claim.status
    key = f"claim.{'asserted' if shown in ('retracted', 'rejected') else shown}.{claim.predicate}"
    signed = key + _SIGNED.get(claim.sign or "", "")
    sentence = words.markup(
        signed if words.has(signed) else key, subject=name(claim.subject), object=thing
    )
    if shown == "retracted":
        sentence = words.markup("claim.retracted", claim=sentence)
    if not claim.via:
        return sentence
    joint = Markup("").join([words.markup("claim.and")])
    joined = joint.join(name(ref) for ref in claim.via)
    return words.markup("claim.via", claim=sentence, via=joined)


def effect_of(claim: Claim) -> str:
    """The direction of a claim: ``+``, ``-`` or ''."""
    own = {"increases": "+", "decreases": "-"}.get(claim.predicate)
    return own or claim.sign or claim.resolved_sign or ""


def question_text(pair: Pair, language: Language) -> str:
    """A question about two concepts in words."""
    names = {
        "source": pair.source.name.best(language, pair.source.id),
        "target": pair.target.name.best(language, pair.target.id),
    }
    return Translator.of(language).text("ask.how", **names)
