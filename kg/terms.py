"""RDF terms: the one door through which pyoxigraph's term types enter the house.

>>> IRI("https://w3id.org/parallax/vocab#treats").value
'https://w3id.org/parallax/vocab#treats'
>>> Literal("他克莫司", language="zh").language
'zh'
"""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

IRI = NamedNode
Term: TypeAlias = NamedNode | BlankNode | Literal
Subject: TypeAlias = NamedNode | BlankNode

__all__ = [
    "IRI",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "Quad",
    "Subject",
    "Term",
    "Triple",
    "Variable",
]
