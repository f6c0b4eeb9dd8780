"""Trusty URIs: the IRI of a nanopublication ends in the hash of what it says.

The method is module RA of trustyuri.net: the quads in a fixed order as text, in which a space
stands for the hash, digested by SHA-256. Whoever has the IRI can tell whether the content changed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from kg.errors import FormatError
from kg.terms import IRI, Literal, Quad


def with_trusty_iri(quads: Iterable[Quad], placeholder: str, base: str) -> tuple[Quad, ...]:
    """The quads with `base` and the hash of them all wherever their IRIs begin with `placeholder`.

    There are no blank nodes among them.
    """
    listed = tuple(quads)
    code = artifact_code(listed, placeholder, base)

    def named(term: IRI) -> IRI:
        text = term.value
        return IRI(base + code + text.removeprefix(placeholder)) if _is(text, placeholder) else term

    return tuple(
        Quad(
            named(_iri(q.subject)), named(q.predicate),
            named(q.object) if isinstance(q.object, IRI) else q.object, named(_iri(q.graph_name)),
        )
        for q in listed
    )  # fmt: skip


def artifact_code(quads: Iterable[Quad], placeholder: str, base: str) -> str:
    """The code that the IRI ends in: RA, and 43 characters of the hash."""

    def text(term: object) -> str:
        iri = _iri(term).value
        return f"{base} {iri.removeprefix(placeholder)}" if _is(iri, placeholder) else iri

    lines = []
    for quad in quads:
        graph, subject, predicate = map(text, (quad.graph_name, quad.subject, quad.predicate))
        value = quad.object
        said = _literal(value) if isinstance(value, Literal) else text(value)
        key = (*(part.encode() for part in (graph, subject, predicate)), *_order(value, said))
        lines.append((key, f"{graph}\n{subject}\n{predicate}\n{said}\n"))
    whole = "".join(dict.fromkeys(line for _, line in sorted(lines)))
    digest = hashlib.sha256(whole.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _order(value: object, said: str) -> tuple[bool, bytes, str, str]:
    """IRIs before literals; literals by their words, those with a language first."""
    if not isinstance(value, Literal):
        return False, said.encode(), "", ""
    datatype = "" if value.language else value.datatype.value
    return True, value.value.encode(), datatype, value.language or ""


def _literal(value: Literal) -> str:
    words = value.value.replace("\\", "\\\\").replace("\n", "\\n")
    mark = f"@{value.language.lower()}" if value.language else f"^{value.datatype.value}"
    return f"{mark} {words}"


def _is(iri: str, placeholder: str) -> bool:
    return iri == placeholder or iri.startswith(f"{placeholder}#")


def _iri(term: object) -> IRI:
    if isinstance(term, IRI):
        return term
    raise FormatError(
        "a nanopublication has no blank nodes", where=str(term), remedy="give the node an IRI"
    )
