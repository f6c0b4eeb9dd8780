"""Claims and their evidence, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, cast

from kg import questions, terms, vocab
from kg.errors import NotFoundError
from kg.model import LANGUAGES
from kg.network.curated import read_curated
from kg.network.values import Claim, Offsets, Quote, Support, Under, Within
from kg.qualifiers import QUALIFIER_KINDS
from kg.questions import language_of, number_of, text_of
from kg.store.base import Row, Store

_AGREEMENTS = ("agrees", "monolingual", "one-sided", "conflict")


def read_claims(store: Store) -> Iterator[Claim]:
    """All claims of the graph, one by one."""
    rows = questions.read_rows(store, "network_edges")
    for iri, group in groupby(rows, key=lambda row: text_of(row, "statement")):
        yield _claim(iri, tuple(group))


def read_claim(store: Store, claim: str) -> Claim:
    """One claim by its id.

    Raises
    ------
    NotFoundError
        where the graph has no such claim.
    """
    iri = vocab.statement_iri(claim).value
    rows = tuple(questions.read_rows(store, "network_edge", statement=iri))
    if not rows:
        raise NotFoundError("no such statement in the graph", where=claim)
    return _claim(iri, rows)


def _claim(iri: str, rows: tuple[Row, ...]) -> Claim:
    row = rows[0]
    mediators = {text_of(other, "mediator") for other in rows} - {""}
    predicate = vocab.predicate_of(text_of(row, "predicate"))
    sign = vocab.PREDICATE_SIGNS.get(predicate) or text_of(row, "sign") or text_of(row, "resolved")
    return Claim(
        id=vocab.statement_of(iri),
        subject=vocab.compress(text_of(row, "subject")),
        predicate=predicate,
        object=vocab.compress(text_of(row, "object")),
        aspect=cast(Any, text_of(row, "aspect") or None),
        sign=cast(Any, sign or None),
        status=cast(Any, text_of(row, "status")),
        belief=number_of(row, "belief"),
        derived=text_of(row, "derived") or None,
        via=tuple(sorted(map(vocab.compress, mediators))),
        supporting=int(number_of(row, "supporting")),
        opposing=int(number_of(row, "opposing")),
        hypothesizing=int(number_of(row, "hypothesising")),
        sources=tuple(sorted({_source(other) for other in rows if "source" in other})),
    )


def _source(row: Row) -> str:
    return vocab.source_of(vocab.document_of(text_of(row, "source"))) or ""


def read_evidence(store: Store, claim: str) -> tuple[Support, ...]:
    """The evidence of a claim: asserted before supposed, agreeing before one-sided, by document.

    What stands in retracted documents comes last. What knowledge sources say stands with the rest.
    """
    iri = vocab.statement_iri(claim).value
    rows = questions.read_rows(store, "network_evidence", statement=iri)
    context = _circumstances(questions.read_rows(store, "network_circumstances", statement=iri))
    supports = [
        _support(tuple(g), context.get(name, ()))
        for name, g in groupby(rows, key=lambda r: text_of(r, "evidence"))
    ]
    if any(len(support.languages) < len(LANGUAGES) for support in supports):
        aligned = list(questions.read_rows(store, "network_counterparts", statement=iri))
        supports = [_with_counterparts(support, aligned) for support in supports]
    supports += read_curated(store, claim)
    return tuple(
        sorted(
            supports,
            key=lambda s: (
                not s.is_counted,
                s.certainty != "asserted",
                _AGREEMENTS.index(s.agreement),
                s.document,
                s.id,
            ),
        )
    )


def read_within(store: Store, within: Within) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the claims that evidence under these circumstances supports, and of that evidence.

    The ids of evidence are those of `Support`.
    """
    wanted = (
        ("plx:speciesContext", within.species), ("plx:cellContext", within.cell),
        ("plx:diseaseContext", within.disease),
    )  # fmt: skip
    found = [
        _pairs(questions.read_rows(store, "network_within_concept", property=name, concept=concept))
        for name, concept in wanted
        if concept is not None
    ]
    if within.setting is not None:
        rows = questions.read_rows(store, "network_within_setting", setting=within.setting)
        found.append(_pairs(rows))
    kept = set.intersection(*found) if found else set()
    return frozenset(claim for claim, _ in kept), frozenset(evidence for _, evidence in kept)


def _pairs(rows: Iterable[Row]) -> set[tuple[str, str]]:
    return {
        (vocab.statement_of(text_of(row, "statement")), text_of(row, "evidence")) for row in rows
    }


def _circumstances(rows: Iterable[Row]) -> dict[str, tuple[Under, ...]]:
    """Evidence → its circumstances, each once."""
    found: dict[str, dict[tuple[str, str, str], bool]] = {}
    for row in rows:
        what, words = text_of(row, "what"), text_of(row, "words")
        concept = "" if words or not isinstance(row["what"], terms.IRI) else vocab.compress(what)
        key = (text_of(row, "kind"), concept, words or ("" if concept else what))
        stated = bool(text_of(row, "stated"))
        told = found.setdefault(text_of(row, "evidence"), {})
        told[key] = told.get(key, False) or stated
    return {
        evidence: tuple(
            Under(cast(Any, kind), concept or None, words, stated)
            for (kind, concept, words), stated in sorted(told.items(), key=_by_kind)
        )
        for evidence, told in found.items()
    }


def _by_kind(item: tuple[tuple[str, str, str], bool]) -> tuple[int, str, str]:
    (kind, concept, words), _ = item
    return QUALIFIER_KINDS.index(cast(Any, kind)), concept, words


def _support(rows: tuple[Row, ...], context: tuple[Under, ...]) -> Support:
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
        context=context,
        standing=cast(Any, text_of(first, "standing") or None),
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
