"""The names that annotated sentences teach, each sentence told only what the others say.

A name counts for a sentence of CMeEE where another sentence has it marked, and for one of Ruijin
where another document has: so it is known in training as it will be in texts that are new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.models.names import LONGEST, Names, Sense, Senses, standing
from extractors.nlp.words import level
from extractors.training.chinese_corpora import Annotated, corpus_types
from kg.model import Language

SLOTS = 2
_LEAST = 2  # code points of a name
_SHARES = 5  # once in one place, once in several, marked in few, in most, nearly always
_FEW, _MOST = 0.4, 0.8
_Marked = Counter[str]  # how often a name was marked as each type


@dataclass(frozen=True, slots=True)
class _Seen:
    """How often a name was marked as what, and how often it stands in the texts at all."""

    marked: _Marked
    standing: int

    def without(self, other: _Seen | None) -> _Seen:
        if other is None:
            return self
        return _Seen(self.marked - other.marked, self.standing - other.standing)


_NEVER = _Seen(Counter(), 0)


@dataclass(frozen=True, slots=True)
class Taught:
    """The names of some corpora, by name over all texts, and by unit of text and name."""

    names: Names
    corpora: tuple[str, ...]
    types: tuple[str, ...]
    whole: Mapping[tuple[str, str], _Seen]
    parts: Mapping[tuple[str, str], _Seen]

    def beside(self, given: Annotated) -> Senses:
        """The senses of names for a sentence, without what its own unit tells."""
        unit = unit_of(given)

        def senses(name: str) -> Sequence[Sense]:
            own = self.parts.get((unit, name))
            if own is None:
                return self.names.known[name]
            return _senses(
                [self.whole.get((corpus, name), _NEVER).without(own if corpus == given.corpus
                                                                else None)
                 for corpus in self.corpora], self.types,
            )  # fmt: skip

        return senses


def unit_of(given: Annotated) -> str:
    """The document of a sentence, or the sentence where the corpus has no documents."""
    return given.id if given.id.count(":") == 1 else given.id.rpartition(":")[0]


def teach(
    annotated: Sequence[Annotated], corpora: Sequence[str], language: Language,
    tokens: Iterable[Sequence[tuple[int, int]]],
) -> Taught:  # fmt: skip
    """The names marked in annotated sentences.

    Parameters
    ----------
    tokens : of each sentence
    """
    texts = [level(given.text, language) for given in annotated]
    marked: dict[tuple[str, str], _Marked] = defaultdict(Counter)
    there: Counter[tuple[str, str]] = Counter()
    by_corpus: dict[str, set[str]] = {corpus: set() for corpus in corpora}
    for given, text in zip(annotated, texts, strict=True):
        names = corpus_types(given.corpus)
        for start, end, kind in given.spans:
            name = text[start:end]
            if _LEAST <= len(name) <= LONGEST:
                by_corpus[given.corpus].add(name)
                for whose in (given.corpus, unit_of(given)):
                    marked[whose, name][names[kind]] += 1
    for given, text, places in zip(annotated, texts, tokens, strict=True):
        for _, _, name in standing(text, places, by_corpus[given.corpus]):
            for whose in (given.corpus, unit_of(given)):
                there[whose, name] += 1
    seen = {key: _Seen(marked.get(key, Counter()), count) for key, count in there.items()}
    whole = {key: value for key, value in seen.items() if key[0] in by_corpus}
    parts = {key: value for key, value in seen.items() if key[0] not in by_corpus}
    types = tuple(dict.fromkeys(t for corpus in corpora for t in corpus_types(corpus).values()))
    known = {
        name: _senses([whole.get((corpus, name), _NEVER) for corpus in corpora], types)
        for name in sorted(set().union(*by_corpus.values()))
    }
    size = len(corpora) * len(types) * _SHARES
    told = Names(len(corpora), size, SLOTS, {n: s for n, s in known.items() if s})
    return Taught(told, tuple(corpora), types, whole, parts)


def _senses(seen: Sequence[_Seen], types: Sequence[str]) -> tuple[Sense, ...]:
    """The senses of a name by what was seen in each corpus, the commonest first."""
    found = []
    for corpus, one in enumerate(seen):
        for kind, count in sorted(one.marked.items(), key=lambda item: (-item[1], item[0])):
            number = (corpus * len(types) + types.index(kind)) * _SHARES
            found.append((corpus, number + _share(count, one.standing)))
    return tuple(found)


def _share(marked: int, standing: int) -> int:
    if marked == 1:
        return 0 if standing <= 1 else 1
    part = marked / max(standing, 1)
    return 2 if part < _FEW else 3 if part < _MOST else 4
