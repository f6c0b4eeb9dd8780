"""Literals and a builder of quads: the only place where Python values become RDF terms."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

from kg.errors import FormatError
from kg.model import Language
from kg.terms import IRI, Literal, Quad, Term
from kg.vocab import XSD

Value = Term | str | int | float


def literal(value: str | int | float) -> Literal:
    """A literal: xsd:string, xsd:integer, or xsd:decimal in plain digits.

    >>> print(literal(0.9), literal(3))
    "0.9"^^<...XMLSchema#decimal> "3"^^<...XMLSchema#integer>
    """
    if isinstance(value, str):
        return _checked(value, None)
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer)
    if not isfinite(value):
        raise FormatError(f"{value} is not a finite number", remedy="leave the value out")
    # In the form in which Oxigraph gives numbers back, so that equal graphs compare equal.
    return Literal(format(Decimal(str(value)).normalize(), "f"), datatype=XSD.decimal)


def text(value: str, language: Language | None) -> Literal:
    """A literal with its language; a plain string where the language is not known."""
    return _checked(value, language)


def _checked(value: str, language: str | None) -> Literal:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise FormatError(
            "half of a surrogate pair stands in the text",
            where=ascii(value[max(0, error.start - 10) : error.end]),
            remedy="write the character as UTF-8",
        ) from error
    return Literal(value, language=language) if language else Literal(value)


class Node:
    """A subject in one graph that collects its triples; None and empty values are left out."""

    def __init__(self, subject: IRI, graph: IRI, quads: list[Quad]) -> None:
        self.subject = subject
        self._graph = graph
        self._quads = quads

    def add(self, predicate: IRI, value: Value | None) -> Node:
        """The same node, with one more triple."""
        if value is not None:
            term = literal(value) if isinstance(value, str | int | float) else value
            self._quads.append(Quad(self.subject, predicate, term, self._graph))
        return self

    def add_all(self, predicate: IRI, values: Iterable[Value]) -> Node:
        """The same node, with a triple for each value."""
        for value in values:
            self.add(predicate, value)
        return self

    def add_text(self, predicate: IRI, value: str | None, language: Language | None) -> Node:
        """The same node, with a literal in a language."""
        return self.add(predicate, text(value, language) if value else None)
