from __future__ import annotations

from itertools import pairwise

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from web.highlight import Stretch, paint, select_longest

STRETCHES = st.lists(
    st.builds(
        Stretch,
        st.integers(0, 30),
        st.integers(0, 40),
        st.sampled_from(["a", "b c", "d"]),
        st.dictionaries(st.just("title"), st.text(max_size=5)),
        st.sampled_from([None, "/x?a=1&b=2"]),
    ),
    max_size=6,
)


@given(st.text(alphabet="ab<>&\"'他克莫司 𝛼", max_size=30), STRETCHES)
def test_painting_never_changes_the_text(text: str, stretches: list[Stretch]) -> None:
    assert BeautifulSoup(str(paint(text, stretches)), "html.parser").get_text() == text


@given(STRETCHES)
def test_select_longest_leaves_no_overlap(stretches: list[Stretch]) -> None:
    kept = select_longest([s for s in stretches if s.start < s.end])
    assert all(one.end <= other.start for one, other in pairwise(kept))


def test_shared_part_carries_both_classes() -> None:
    soup = BeautifulSoup(
        str(paint("abcdef", [Stretch(0, 4, "x"), Stretch(2, 6, "y")])), "html.parser"
    )
    assert [(tag.get_text(), tag["class"]) for tag in soup.find_all("span")] == [
        ("ab", ["x"]), ("cd", ["x", "y"]), ("ef", ["y"]),
    ]  # fmt: skip


def test_attributes_are_escaped() -> None:
    painted = str(paint("x", [Stretch(0, 1, "m", {"title": '"><script>'}, 'a"b')]))
    assert "<script>" not in painted
    tag = BeautifulSoup(painted, "html.parser").a
    assert tag is not None and tag["title"] == '"><script>' and tag["href"] == 'a"b'
