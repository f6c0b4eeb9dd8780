"""Chinese sentences annotated for this project: all their mentions, by the guide of the gold.

``mentions_judged.tsv`` holds places and types and no text; the texts are those that may teach a
network that is delivered (`chinese_texts.read_open`). Mentions of one sentence do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from extractors.training.chinese_texts import Text
from extractors.training.english_corpora import Annotated
from extractors.training.relation_judged import Judgement, check_text, read_judgements
from extractors.training.silver import STYLE
from kg.errors import FormatError

TABLE = Path(__file__).with_name("mentions_judged.tsv")
JUDGED_TYPES = frozenset(("Drug", "Protein", "Disease", "Outcome", "Process"))


def judged_mentions(texts: Iterable[Text], table: Path = TABLE) -> Iterator[Annotated]:
    """The annotated sentences of the texts that are given, in our style.

    Parameters
    ----------
    texts : those that may be learned from; sentences of others are left out

    Raises
    ------
    InputError
        where a text is not the one that was annotated.
    FormatError
        where a row of the table is wrong.
    """
    given = {text.id: text.zh for text in texts}
    for row in read_annotations(table):
        if row.document not in given:
            continue
        check_text(row, given[row.document])
        spans = tuple(
            (start - row.start, end - row.start, kind) for start, end, kind in row.mentions
        )
        yield Annotated(
            f"{row.document}:{row.start}", STYLE, given[row.document][row.start : row.end], spans,
            JUDGED_TYPES,
        )  # fmt: skip


def read_annotations(table: Path = TABLE) -> tuple[Judgement, ...]:
    """The rows of the table.

    Raises
    ------
    FormatError
        where a row is wrong: mentions out of order, over each other or outside the sentence, a
        type that is not annotated, or a relation.
    """
    rows = read_judgements(table)
    for number, row in enumerate(rows, 1):
        edges = [row.start, *(edge for mention in row.mentions for edge in mention[:2]), row.end]
        ordered = all(one <= other for one, other in pairwise(edges))
        empty = any(start == end for start, end, _ in row.mentions)
        others = {kind for _, _, kind in row.mentions} - JUDGED_TYPES
        if not ordered or empty or others or row.relations or row.language != "zh":
            raise FormatError(
                f"not an annotated sentence: {row.document}:{row.start}",
                where=f"{table.name}:{number}", remedy="see the head of the file",
            )  # fmt: skip
    return rows
