"""RDF files as triples: which syntax it is, and where it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.files.kinds import ending_of
from kg.terminology.importing.byte_source import ByteSource

_BY_ENDING = {
    ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
_XML = re.compile(r"\s*(<\?xml|<rdf:RDF|<!DOCTYPE|<!--)")
_OWL_XML = re.compile(r"<Ontology[\s>]")
_OWL_TEXT = re.compile(r"\s*(Prefix\(|Ontology\(|Prefix: |Ontology: )")
_TURTLE = re.compile(r"\s*(#[^\n]*\n\s*)*(@prefix|@base|PREFIX\s|BASE\s)", re.IGNORECASE)
_IRI_FIRST = re.compile(r"\s*(#[^\n]*\n\s*)*(<[^>\s]*>|_:\S+)\s")
_LINES = re.compile(r"\s*(#[^\n]*\n\s*)*(<[^>\s]*>|_:\S+)\s*<[^>\s]*>\s*[^\n]*\.[ \t\r]*(\n|$)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_JSON_LD = re.compile(r'\s*[{\[].*"@(context|graph|id)"', re.DOTALL)
_Node = NamedNode | BlankNode | Triple
_Value = NamedNode | BlankNode | Literal | Triple


def looks_like(head: str) -> bool:
    """Whether it begins as RDF/XML, Turtle, N-Triples, N-Quads or JSON-LD do."""
    return _syntax_of(head) is not None


def triples(path: Path) -> Iterator[tuple[_Node, NamedNode, _Value]]:
    """The triples of an RDF file, one by one; named graphs are not told apart.

    Raises
    ------
    InputError
        with file and line, where the syntax breaks or is not known.
    """
    source = _open(path)
    head = source.head.decode("utf-8-sig", errors="replace")
    syntax = _BY_ENDING.get(ending_of(path)) or _syntax_of(head)
    if syntax is None:
        raise InputError("no syntax of RDF that is read", where=str(path), remedy=_remedy(head))
    try:
        quads = parse(cast("IO[bytes]", source), syntax, base_iri="file:", lenient=True)
        for quad in quads:
            yield quad.subject, quad.predicate, quad.object
        if syntax == RdfFormat.RDF_XML and not _is_closed(source):
            raise InputError(
                "the root element is not closed", remedy="the file is cut off; fetch it again"
            )
    except (SyntaxError, ValueError, OSError) as error:
        fault = source.fault
        if fault is not None:
            raise InputError(
                fault.what, where=f"{path}:{source.line}", remedy=fault.remedy
            ) from error
        line = getattr(error, "lineno", None) or source.line
        reason = str(getattr(error, "msg", None) or error)
        raise InputError(
            f"broken RDF ({reason})", where=f"{path}:{line}",
            remedy="the file may be cut off; fetch it again",
        ) from error  # fmt: skip
    except InputError as error:
        raise InputError(error.what, where=f"{path}:{source.line}", remedy=error.remedy) from error


def _open(path: Path) -> ByteSource:
    try:
        return ByteSource(path)
    except InputError as error:
        raise InputError(error.what, where=str(path), remedy=error.remedy) from error


def _is_closed(source: ByteSource) -> bool:
    """Whether the root of an XML document ends, which the parser of RDF does not ask."""
    root = _ROOT.search(_COMMENT.sub(b"", source.head))
    return root is None or b"</" + root[1] in source.tail


def _syntax_of(head: str) -> RdfFormat | None:
    if _XML.match(head):
        return RdfFormat.RDF_XML if "RDF" in head and not _OWL_XML.search(head) else None
    if _TURTLE.match(head):
        return RdfFormat.TRIG
    if _IRI_FIRST.match(head):
        return RdfFormat.N_QUADS if _LINES.match(head) else RdfFormat.TRIG
    return RdfFormat.JSON_LD if _JSON_LD.match(head) else None


def _remedy(head: str) -> str:
    if _OWL_XML.search(head) or _OWL_TEXT.match(head):
        return "convert it from another syntax of OWL to RDF/XML, for instance with ROBOT"
    return "give RDF/XML, Turtle, TriG, N-Triples, N-Quads or JSON-LD"
