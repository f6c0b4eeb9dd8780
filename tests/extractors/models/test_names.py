"""Names that annotated texts taught, as features of tokens."""

from __future__ import annotations

from pathlib import Path

from extractors.models import chinese
from extractors.models.features import TYPES
from extractors.models.keeping import Kept, load_network, save_network
from extractors.models.names import LONGEST, Names, standing
from extractors.models.network import Network
from extractors.models.recognising import Recogniser
from extractors.models.shape import Shape

NAMES = Names(2, 4, 1, {"胸痛": ((0, 1),), "持续胸痛": ((0, 0), (1, 3)), "il-6": ((1, 2),)})


def rows(text: str, names: Names = NAMES) -> list[list[int]]:
    places = chinese.tokens(text)
    found: list[list[int]] = names.rows(text, places, names.known.__getitem__).tolist()
    return found


def test_the_longest_name_of_each_corpus_is_told_where_it_stands() -> None:
    # Four rows a sense: begin, inside, end, single; the shorter name finds its place taken.
    assert rows("持续胸痛") == [[1, 13], [2, 14], [2, 14], [3, 15]]
    assert rows("伴胸痛") == [[0, 0], [5, 0], [7, 0]]


def test_a_name_begins_and_ends_with_tokens() -> None:
    assert rows("il-6高") == [[0, 9], [0, 10], [0, 11], [0, 0]]
    assert rows("il-60") == [[0, 0], [0, 0], [0, 0]]


def test_what_stands_is_found_up_to_a_length() -> None:
    name = "炎" * LONGEST
    places = chinese.tokens(f"{name}炎")
    assert [n for _, _, n in standing(f"{name}炎", places, {name, f"{name}炎"})] == [name, name]


def test_names_are_kept_with_the_network(tmp_path: Path) -> None:
    shape = Shape((*chinese.GROUPS, NAMES.group()), TYPES, ("own",))
    kept = Kept("test", "1", Network(shape), "own", names=NAMES)
    save_network(tmp_path / "one.npz", kept)
    again = load_network(tmp_path / "one.npz")
    assert again.names == NAMES
    assert Recogniser(again, "zh").read(["持续胸痛。", ""], [(), ()])[1].places == ()
