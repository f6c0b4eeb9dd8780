"""Claims and their evidence, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, cast

from kg import questions, vocab
from kg.model import LANGUAGES
from kg.network.values import Claim, Offsets, Quote, Support
from kg.questions import language_of, number_of, text_of
from kg.store.base import Row, Store

_AGREEMENTS = ("agrees", "monolingual", "one-sided", "conflict")


def read_claims(store: Store) -> Iterator[Claim]:
    """All claims of the graph, one by one."""
    rows = questions.read_rows(store, "network_edges")
    for _, group in groupby(rows, key=lambda row: text_of(row, "statement")):
        first, *more = group
        mediators = {text_of(row, "mediator") for row in (first, *more)} - {""}
        yield replace(_claim(first), via=tuple(sorted(map(vocab.compress, mediators))))


def _claim(row: Row) -> Claim:
    predicate = vocab.predicate_of(text_of(row, "predicate"))
    sign = vocab.PREDICATE_SIGNS.get(predicate) or text_of(row, "sign") or text_of(row, "resolved")
    return Claim(
        id=vocab.statement_of(text_of(row, "statement")),
        subject=vocab.compress(text_of(row, "subject")),
        predicate=predicate,
        object=vocab.compress(text_of(row, "object")),
        aspect=cast(Any, text_of(row, "aspect") or None),
        sign=cast(Any, sign or None),
        status=cast(Any, text_of(row, "status")),
        belief=number_of(row, "belief"),
        derived=text_of(row, "derived") or None,
        supporting=int(number_of(row, "supporting")),
        opposing=int(number_of(row, "opposing")),
        hypothesizing=int(number_of(row, "hypothesising")),
    )


def read_evidence(store: Store, claim: str) -> tuple[Support, ...]:
    """The evidence of a claim: asserted before supposed, agreeing before one-sided, by document."""
    iri = vocab.statement_iri(claim).value
    rows = questions.read_rows(store, "network_evidence", statement=iri)
    supports = [_support(tuple(g)) for _, g in groupby(rows, key=lambda r: text_of(r, "evidence"))]
    if any(len(support.languages) < len(LANGUAGES) for support in supports):
        aligned = list(questions.read_rows(store, "network_counterparts", statement=iri))
        supports = [_with_counterparts(support, aligned) for support in supports]
    return tuple(
        sorted(
            supports,
            key=lambda s: (
                s.certainty != "asserted",
                _AGREEMENTS.index(s.agreement),
                s.document,
                s.id,
            ),
        )
    )


def _support(rows: tuple[Row, ...]) -> Support:
    first = rows[0]
    return Support(
        id=text_of(first, "evidence"),
        document=text_of(first, "document"),
        polarity=cast(Any, text_of(first, "polarity")),
        certainty=cast(Any, text_of(first, "certainty")),
        agreement=cast(Any, text_of(first, "agreement")),
        section=cast(Any, text_of(first, "section") or None),
        derived=text_of(first, "derived") or None,
        quotes=_in_order(_quotes(rows)),
    )


def _with_counterparts(support: Support, aligned: Iterable[Row]) -> Support:
    """The evidence with sentences of the languages that it does not have."""
    found = [
        Quote(cast(Any, language), text_of(row, "text"), text_of(row, "sentence"), stated=False)
        for row in aligned
        if text_of(row, "evidence") == support.id
        and (language := language_of(row, "text")) not in support.languages
    ]
    return replace(support, quotes=_in_order((*support.quotes, *found)))


def _in_order(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda q: (LANGUAGES.index(q.language), q.sentence)))


def _quotes(rows: Iterable[Row]) -> Iterator[Quote]:
    for row in rows:
        begin = int(number_of(row, "quote_start"))

        def part(name: str, row: Row = row, begin: int = begin) -> Offsets:
            return (
                int(number_of(row, f"{name}_start")) - begin,
                int(number_of(row, f"{name}_end")) - begin,
            )

        yield Quote(
            language=cast(Any, text_of(row, "language")),
            text=text_of(row, "quote"),
            sentence=text_of(row, "sentence"),
            subject=part("subject"),
            object=part("object"),
            trigger=part("trigger") if "trigger_start" in row else None,
        )
