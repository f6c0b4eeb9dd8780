"""Other ways to write a name, each with its reasons and a score; nothing is rewritten silently.

The rules of the language are applied again and again, the surest result first, until the scores
fall below the least or there are enough. What the key of the lexicon folds itself (case, hyphens,
Greek, number, spelling, script) needs no variant; `differences` tells it afterwards.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.grounding.rules import load_rules
from extractors.grounding.weights import load_weights
from extractors.normalize import american, fold_word, key, normalize, singular
from kg.model import Language, MentionType

_LONGEST = 120
_MOST_STEPS = 3
_PIECE = re.compile(r"[^\s-]+")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_WIDE = re.compile(r"[\uff01-\uff5e\u3000]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SYMBOL = 6
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to write a name: `reasons` lead from the name to it; none for the name itself."""

    text: str
    reasons: tuple[str, ...]
    score: float


def variants(text: str, language: Language, kind: MentionType | None = None) -> Iterator[Variant]:
    """The name itself and other ways to write it, the surest first.

    At most as many as the weights say, none twice, none empty, always in the same order.

    Examples
    --------
    >>> found = {v.text: v.reasons for v in variants("cancer of the lung", "en", "Disease")}
    >>> found["lung cancer"]
    ('order',)
    >>> [v.text for v in variants("盐酸氨溴索片", "zh", "Drug") if v.reasons == ("salt", "form")]
    ['氨溴索']
    """
    weights = load_weights()
    bare = " ".join(text.split())
    if not bare:
        return
    rules = load_rules(language, kind) if len(bare) <= _LONGEST else ()
    seen: set[str] = set()
    number, given = 0, 0
    queued: list[tuple[float, int, int, str, tuple[str, ...]]] = [(-1.0, 0, 0, bare, ())]
    while queued and given < weights.variants:
        negative, steps, _, name, reasons = heapq.heappop(queued)
        folded = key(name, language)
        if not folded or folded in seen:
            continue
        seen.add(folded)
        given += 1
        yield Variant(name, reasons, -negative)
        if steps == _MOST_STEPS:
            continue
        plain = plain_words(name)
        for rule in rules:
            for other in rule(plain):
                score = -negative * weights.reasons[other.reason].factor
                tidy = " ".join(other.text.split()).strip(" -,")
                if score < weights.least or not tidy:
                    continue
                number += 1
                chain = reasons if other.reason in reasons else (*reasons, other.reason)
                depth = _MOST_STEPS if other.last else steps + 1
                heapq.heappush(queued, (-score, depth, number, tidy, chain))


def plain_words(text: str) -> str:
    """The text with its plain words in lower case, in the singular and in American spelling.

    Examples
    --------
    >>> plain_words("Renal Tumours of IgA-type")
    'renal tumor of IgA-type'
    >>> plain_words("Ca in Blood")  # two letters may be a symbol, of which the case tells
    'Ca in blood'
    """
    return _PIECE.sub(lambda match: _plain(match[0]), text)


def _plain(word: str) -> str:
    plain = len(word) > _SHORT and word[1:].islower() and word.isascii()
    return fold_word(word.lower()) if plain or word.islower() else word


def differences(text: str, name: str, language: Language) -> tuple[str, ...]:
    """Ids of the reasons why two texts of one key are not written alike.

    Examples
    --------
    >>> differences("TNF-α", "TNF alpha", "en"), differences("Tumours", "tumor", "en")
    (('greek', 'hyphen'), ('case', 'plural', 'spelling'))
    >>> differences("鈣調磷酸酶", "钙调磷酸酶", "zh"), differences("cGAS", "CgAs", "en")
    (('script',), ('symbol-case',))
    """
    if text == name:
        return ()
    found = []
    for fold in _FOLDS:
        others = [other for other in _FOLDS if other != fold]
        if _folded(text, others) != _folded(name, others):
            found.append(fold)
    if "case" in found and (_is_symbol(text) or _is_symbol(name)):
        found[found.index("case")] = "symbol-case"
    return tuple(found)


def _folded(text: str, folds: Sequence[str]) -> str:
    for fold in folds:
        text = _FOLDS[fold](text)
    return text


def _is_symbol(text: str) -> bool:
    return len(text) <= _SYMBOL and " " not in text and text[1:] != text[1:].lower()


def _by_sign(fold: Callable[[str], str], wanted: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: wanted.sub(lambda match: fold(match[0]), text)


def _by_word(fold: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: _PIECE.sub(lambda match: fold(match[0]), text)


# In this order; each undoes one difference that the key of the lexicon does not see.
_FOLDS: dict[str, Callable[[str], str]] = {
    "width": _by_sign(lambda sign: unicodedata.normalize("NFKC", sign), _WIDE),
    "greek": _by_sign(lambda sign: normalize(sign, "en").text, _GREEK),
    "script": _by_sign(lambda sign: normalize(sign, "zh").text, _HAN),
    "case": str.lower,
    "plural": _by_word(singular),
    "spelling": _by_word(american),
    "hyphen": lambda text: re.sub(r"[\s\u2010-\u2015\u00ad-]", "", text),
}
