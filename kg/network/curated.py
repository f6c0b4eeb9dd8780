"""What knowledge sources say of a claim, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast

from kg import questions, vocab
from kg.imports.publications import publication_name
from kg.network.values import Curated, Support
from kg.questions import text_of
from kg.store.base import Row, Store


def read_curated(store: Store, claim: str) -> Iterator[Support]:
    """The curated evidence of a claim, by source and record."""
    iri = vocab.statement_iri(claim).value
    rows = questions.read_rows(store, "network_curated", statement=iri)
    for name, group in groupby(rows, key=lambda row: text_of(row, "evidence")):
        yield _support(name, tuple(group))


def _support(name: str, rows: tuple[Row, ...]) -> Support:
    first = rows[0]
    source = text_of(first, "source")
    return Support(
        id=name,
        document=f"{vocab.SOURCE}{source}",
        polarity=cast(Any, text_of(first, "polarity")),
        certainty=cast(Any, text_of(first, "certainty")),
        agreement=cast(Any, text_of(first, "agreement") or "monolingual"),
        section=None,
        derived=text_of(first, "derived") or None,
        quotes=(),
        curated=Curated(
            source=source,
            title=text_of(first, "title") or source,
            record=text_of(first, "record"),
            address=text_of(first, "address"),
            original=text_of(first, "original"),
            primary=text_of(first, "primary"),
            knowledge_level=text_of(first, "level"),
            agent_type=text_of(first, "agent"),
            publications=tuple(
                _each(publication_name(text_of(row, "publication")) for row in rows)
            ),
            quotes=tuple(_each(text_of(row, "quote") for row in rows)),
        ),
    )


def _each(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(value for value in values if value)
