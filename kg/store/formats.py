"""The formats of RDF and of query results by name, ending and media type; parsing and writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

from kg.errors import FormatError
from kg.terms import IRI, Quad, Triple
from ontologies.files import prefixes


@dataclass(frozen=True, slots=True)
class Format:
    """A serialisation: name on the command line, file ending, media type, and what it can hold."""

    name: str
    ending: str
    media_type: str
    graphs: bool


RDF_FORMATS: tuple[Format, ...] = (
    Format("ntriples", "nt", "application/n-triples", False),
    Format("nquads", "nq", "application/n-quads", True),
    Format("turtle", "ttl", "text/turtle", False),
    Format("trig", "trig", "application/trig", True),
    Format("jsonld", "jsonld", "application/ld+json", True),
    Format("rdfxml", "rdf", "application/rdf+xml", False),
)
RESULT_FORMATS: tuple[Format, ...] = (
    Format("json", "srj", "application/sparql-results+json", False),
    Format("xml", "srx", "application/sparql-results+xml", False),
    Format("csv", "csv", "text/csv", False),
    Format("tsv", "tsv", "text/tab-separated-values", False),
)


def rdf_format(name: str) -> Format:
    """The RDF format of that name, file ending or media type.

    >>> rdf_format("ttl").media_type, rdf_format("nquads").graphs
    ('text/turtle', True)
    """
    return _find(name, RDF_FORMATS)


def result_format(name: str) -> Format:
    """The format of query results of that name, file ending or media type."""
    return _find(name, RESULT_FORMATS)


def _find(name: str, formats: tuple[Format, ...]) -> Format:
    for known in formats:
        if name in (known.name, known.ending, known.media_type):
            return known
    names = ", ".join(known.name for known in formats)
    raise FormatError("unknown format", where=name, remedy=f"use one of {names}")


def oxigraph_format(name: str) -> ox.RdfFormat:
    """The library's own value for an RDF format."""
    known = ox.RdfFormat.from_media_type(rdf_format(name).media_type)
    if known is None:
        raise FormatError("the library does not know this format", where=name)
    return known


def parse(source: bytes | IO[bytes], name: str, *, where: str = "") -> Iterator[Quad]:
    """The quads of an RDF document.

    Raises
    ------
    FormatError
        where the text is not what the format asks for.
    """
    try:
        yield from ox.parse(source, format=oxigraph_format(name))
    except (SyntaxError, ValueError, UnicodeDecodeError) as error:
        reason = getattr(error, "msg", None) or str(error)
        raise FormatError(f"not {name}: {reason}", where=where, remedy="check the file") from error
    except OSError as error:
        raise FormatError(f"cannot be read ({error})", where=where) from error


def serialize(
    items: Iterable[Quad] | Iterable[Triple], out: IO[bytes], name: str, *, base: IRI | None = None
) -> None:
    """Write quads or triples in an RDF format, with the prefixes of the context."""
    ox.serialize(
        items,
        out,
        format=oxigraph_format(name),
        prefixes=prefixes() if name in ("turtle", "trig", "jsonld", "rdfxml", "ttl") else None,
        base_iri=base.value if base else None,
    )
