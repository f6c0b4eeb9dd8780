"""Names that annotated texts taught: where one stands in a sentence, and what it was marked as.

Beside the terminology, which says what a name may mean, this says how a corpus treats it: as
mentions of which type, in how great a share of the places where it stands. The network is taught
without what a text itself tells (`extractors.training.names`), so that it trusts a name in
training as little as in a new text.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from extractors.models.shape import BEGIN, END, INSIDE, SINGLE, Group, Rows, rows_array

GROUP = "names"
LONGEST = 24  # code points of a name
_PLACES = 4  # begin, inside, end, single
Sense = tuple[int, int]  # number of the corpus, number of type and share within all senses
Senses = Callable[[str], Sequence[Sense]]  # of a folded name, the commonest first; or none


@dataclass(frozen=True, slots=True)
class Names:
    """The names of some corpora by folded form.

    Parameters
    ----------
    corpora : how many there are
    senses : how many a name could have, over all corpora
    slots : senses of a token that are told for each corpus
    known : the senses of each name
    """

    corpora: int
    senses: int
    slots: int
    known: dict[str, tuple[Sense, ...]]

    def group(self, width: int = 32, *, forgotten: float = 0.1) -> Group:
        """The group of `rows`."""
        size = 1 + _PLACES * self.senses
        return Group(GROUP, size, width, self.corpora * self.slots, forgotten=forgotten)

    def rows(self, folded: str, places: Sequence[tuple[int, int]], senses: Senses) -> Rows:
        """For each token and corpus, where it stands in the longest names, and in which sense.

        Parameters
        ----------
        senses : what to take for the senses of a name that stands in the text

        Examples
        --------
        >>> names = Names(1, 3, 2, {"胸痛": ((0, 2),)})
        >>> names.rows("有胸痛", [(0, 1), (1, 2), (2, 3)], names.known.__getitem__).tolist()
        [[0, 0], [9, 0], [11, 0]]
        """
        rows = [[0] * (self.corpora * self.slots) for _ in places]
        told: list[set[Sense]] = [set() for _ in places]
        found = [(first, end, senses(name)) for first, end, name in self.standing(folded, places)]
        for first, end, own in sorted(found, key=lambda item: (item[0] - item[1], item[0])):
            for corpus, sense in own:
                if any((corpus, sense) in told[at] for at in range(first, end)):
                    continue
                for at in range(first, end):
                    told[at].add((corpus, sense))
                    free = [n for n in range(corpus * self.slots, (corpus + 1) * self.slots)
                            if not rows[at][n]]  # fmt: skip
                    if free:
                        rows[at][free[0]] = _PLACES * sense + _place(at, first, end - 1)
        return rows_array(rows, self.corpora * self.slots)

    def standing(
        self, folded: str, places: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int, str]]:
        """Every name that stands on whole tokens: the first, the one behind the last, the name."""
        return standing(folded, places, self.known)


def standing(
    folded: str, places: Sequence[tuple[int, int]], names: Container[str]
) -> Iterator[tuple[int, int, str]]:
    """Every stretch of whole tokens that is one of the names (a set or a mapping)."""
    for first, (start, _) in enumerate(places):
        for last in range(first, len(places)):
            end = places[last][1]
            if end - start > LONGEST:
                break
            if folded[start:end] in names:
                yield first, last + 1, folded[start:end]


def _place(at: int, first: int, last: int) -> int:
    if first == last:
        return SINGLE
    return BEGIN if at == first else END if at == last else INSIDE
