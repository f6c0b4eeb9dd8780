"""What known pairs of a text and its names tell about another text.

Two readings of the same pairs: texts alike the one given vote for their names (nearest
neighbours), and every run of signs points to the names that it went with. The pairs belong to
whoever licensed them; Parallax ships none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.grounding.clinical import ClinicalName, analyse
from extractors.grounding.similar import NameIndex, best, likeness
from kg.model import Language

_NEIGHBOURS = 12
_ASSOCIATED = 25
_LONGEST_RUN = 4
_NOBODY = 0.05  # the weight of a neighbour that votes for nothing


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and the names that it stands for."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recollection:
    """What the memory says of one name for a text; all zero where it knows nothing.

    `part` and `whole` are the likeness of the likest known text, for a part and for the whole of
    the text given; `part_share` and `whole_share` the share of the votes. `points` is the chance
    that a run of signs of the text goes with the name, `support` how often it did, `points_sum`
    the sum over runs; `prior` how often the name was given at all.
    """

    part: float = 0.0
    part_share: float = 0.0
    whole: float = 0.0
    whole_share: float = 0.0
    points: float = 0.0
    points_sum: float = 0.0
    support: float = 0.0
    prior: float = 0.0


class Memory:
    """Known pairs; `numbers` gives the number of each name in the vocabulary."""

    def __init__(self, pairs: Iterable[Pair], numbers: dict[str, int], language: Language) -> None:
        listed = list(pairs)
        forms = [analyse(pair.text, language).form for pair in listed]
        self._index = NameIndex.build([pair.text for pair in listed], language, forms=forms)
        self._names = [
            tuple(dict.fromkeys(numbers[name] for name in pair.names if name in numbers))
            for pair in listed
        ]
        self._runs: Counter[str] = Counter()
        self._pointed: dict[str, Counter[int]] = defaultdict(Counter)
        self._prior: Counter[int] = Counter()
        for form, names in zip(forms, self._names, strict=True):
            self._prior.update(names)
            for run in _runs(form):
                self._runs[run] += 1
                self._pointed[run].update(names)

    def __len__(self) -> int:
        return len(self._names)

    def recall(
        self, texts: Sequence[ClinicalName], *, without: int | None = None
    ) -> dict[int, Recollection]:
        """What is known of names for a text; `texts` are the whole and then its parts.

        `without` leaves out the pair of that number, so that a pair does not tell its own answer
        in training.
        """
        votes = [self._votes(text.form, without) for text in texts]
        pointed = self._points(texts[0].form, without)
        names = {name for vote in votes for name in vote}
        names.update(sorted(pointed, key=lambda name: (-pointed[name][0], name))[:_ASSOCIATED])
        own = self._names[without] if without is not None else ()
        found = {}
        for name in sorted(names):
            parts = [vote.get(name, (0.0, 0.0)) for vote in votes]
            found[name] = Recollection(
                max(part[0] for part in parts), max(part[1] for part in parts), *parts[0],
                *pointed.get(name, (0.0, 0.0, 0.0)), float(self._prior[name] - (name in own)),
            )  # fmt: skip
        return found

    def _votes(self, form: str, without: int | None) -> dict[int, tuple[float, float]]:
        shared, whole = self._index.overlaps(form)
        scores = likeness(shared, whole, self._index.totals)
        if without is not None:
            scores[without] = 0
        highest: dict[int, float] = {}
        shares: Counter[int] = Counter()
        total = _NOBODY
        for neighbour in best(scores, _NEIGHBOURS).tolist():
            score = float(scores[neighbour])
            total += score**3
            for name in self._names[neighbour]:
                highest[name] = max(highest.get(name, 0.0), score)
                shares[name] += score**3  # type: ignore[assignment]
        return {name: (score, shares[name] / total) for name, score in highest.items()}

    def _points(self, form: str, without: int | None) -> dict[int, tuple[float, float, float]]:
        own = set(self._names[without]) if without is not None else set()
        found: dict[int, tuple[float, float, float]] = {}
        for run in sorted(_runs(form)):
            times = self._runs[run] - (without is not None)
            if times <= 0:
                continue
            for name, count in self._pointed[run].items():
                left = count - (name in own)
                if left > 0:
                    chance = left / (times + 1)
                    most, total, support = found.get(name, (0.0, 0.0, 0.0))
                    found[name] = (max(most, chance), total + chance, max(support, float(left)))
        return found


def _runs(form: str) -> set[str]:
    return {
        form[at : at + length]
        for length in range(1, _LONGEST_RUN + 1)
        for at in range(len(form) - length + 1)
    }
