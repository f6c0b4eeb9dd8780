"""What is learned where rules and network agree, and that nothing is where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.models.decoding import encode
from extractors.models.features import TYPES
from extractors.models.shape import LABELS, Floats, Labels
from extractors.training.english_corpora import Annotated
from extractors.training.examples import labels_of
from extractors.training.silver import silver_labels

SIZE = 4
Span = tuple[int, int, str]
NOTHING: frozenset[str] = frozenset()


def network(*seen: tuple[int, int, str, float], size: int = SIZE) -> Floats:
    """Scores of a network that holds these places to be mentions with these chances."""
    chances = np.full((size, len(TYPES), len(LABELS)), 1e-4)
    chances[..., 0] = 0.99
    for first, end, kind, chance in seen:
        labels = encode([(first, end, kind)], size, TYPES, TYPES)[first:end, TYPES.index(kind)]
        for at, label in enumerate(labels, first):
            chances[at, TYPES.index(kind)] = 1e-4
            chances[at, TYPES.index(kind), 0] = 1 - chance
            chances[at, TYPES.index(kind), label] = chance
    scores: Floats = np.log(chances).astype(np.float32)
    return scores


def told(labels: Labels, kind: str) -> str:
    """The labels of a type as letters, ? where unknown."""
    return "".join("?" if n < 0 else LABELS[n] for n in labels[:, TYPES.index(kind)])


CASES: list[tuple[str, Floats, list[Span], list[Span], frozenset[str], dict[str, str]]] = [
    ("both agree", network((0, 1, "Drug", 0.9)), [(0, 1, "Drug")], [], NOTHING, {"Drug": "SOOO"}),
    ("only the network, surely", network((1, 3, "Disease", 0.95)), [], [], NOTHING, {"Disease": "OBEO"}),
    ("only the network, in doubt", network((1, 3, "Disease", 0.6)), [], [], NOTHING,
     {"Disease": "O??O", "Outcome": "O??O", "Drug": "OOOO"}),
    ("rules alone know outcomes", network(), [(2, 4, "Outcome")], [], NOTHING, {"Outcome": "OOBE"}),
    ("the network denies a drug", network(), [(2, 3, "Drug")], [], NOTHING, {"Drug": "OO?O"}),
    ("a sign stays an outcome", network((0, 2, "Disease", 0.99)), [(0, 2, "Outcome")], [], NOTHING,
     {"Outcome": "BEOO", "Disease": "OOOO"}),
    ("the longer of two", network((0, 3, "Disease", 0.95)), [(1, 3, "Disease")], [], NOTHING,
     {"Disease": "BIEO"}),
    ("a drug or a protein", network((0, 1, "Protein", 0.95)), [(0, 1, "Drug")], [], NOTHING,
     {"Drug": "?OOO", "Protein": "?OOO"}),
    ("annotated", network(), [], [(3, 4, "Drug")], frozenset(["Drug"]), {"Drug": "OOOS"}),
    ("annotated as nothing", network((3, 4, "Drug", 0.99)), [(0, 1, "Drug")], [], frozenset(["Drug"]),
     {"Drug": "?OOO"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "found", "marked", "known", "expected"),
    [case[1:] for case in CASES], ids=[case[0] for case in CASES],
)  # fmt: skip
def test_what_is_learned(
    scores: Floats, found: list[Span], marked: list[Span], known: frozenset[str],
    expected: dict[str, str],
) -> None:  # fmt: skip
    labels = silver_labels(scores, found, marked, known)
    assert {kind: told(labels, kind) for kind in expected} == expected


def test_types_of_which_some_mentions_are_marked_have_no_negatives() -> None:
    given = Annotated("1", "pc13", "MEK1 in apoptosis", ((0, 4, "Protein"), (8, 17, "Process")),
                      frozenset(["Protein"]))  # fmt: skip
    labels = labels_of(given, [(0, 4), (5, 7), (8, 17)])
    assert told(labels, "Protein") == "SOO"
    assert told(labels, "Process") == "??S"
    assert told(labels, "Outcome") == "???"
    assert told(labels, "Disease") == "O??"  # a protein is no disease
