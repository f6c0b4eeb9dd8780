"""The formats in which the graph is exported: names, titles, media types, files and their writers.

Writers are named and loaded when they are used, so that the list is light.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import FormatError

if TYPE_CHECKING:
    from kg.assembly.values import Status
    from kg.export.writing import Write
    from kg.model import Language


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a format: its ending, and the function (``module:name``) that yields its text.

    Where a format has several, the ending follows the name that the user gives:
    ``graph`` → ``graph_nodes.tsv``.
    """

    ending: str
    pieces: str


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format by its name on the command line; `tool` is what opens it.

    `statuses` are those of the statements that it holds where the user does not ask for others.
    """

    name: str
    en: str
    zh: str
    media_type: str
    parts: tuple[Part, ...]
    tool: str
    group: str = "graph"
    statuses: tuple[Status, ...] = ()

    @property
    def is_rdf(self) -> bool:
        """Whether it is a serialisation of RDF, which named graphs can be chosen for."""
        return self.group == "rdf"

    def title(self, language: Language) -> str:
        """The title in a language."""
        return self.zh if language == "zh" else self.en

    def writer(self, part: Part, *, reifiers: bool = False, graphs: tuple[str, ...] = ()) -> Write:
        """The function that writes one of the files."""
        module, _, name = part.pieces.partition(":")
        function = getattr(import_module(module), name)
        if self.is_rdf:
            return partial(function, self.name, graphs=graphs, reifiers=reifiers)
        if name.startswith("write_"):
            return function  # type: ignore[no-any-return]
        return import_module("kg.export.writing").text(function)  # type: ignore[no-any-return]


def _rdf(name: str, ending: str, title: str, media_type: str) -> ExportFormat:
    part = Part(ending, "kg.export.rdf:write_rdf")
    return ExportFormat(name, title, title, media_type, (part,), "rdflib, Jena, Oxigraph", "rdf")


def _one(
    name: str, en: str, zh: str, media_type: str, ending: str, pieces: str, tool: str, group: str
) -> ExportFormat:
    part = Part(ending, f"kg.export.{pieces}")
    return ExportFormat(name, en, zh, media_type, (part,), tool, group)


_TSV, _JSON = "text/tab-separated-values", "application/json"
FORMATS: tuple[ExportFormat, ...] = (
    _rdf("ntriples", ".nt", "N-Triples", "application/n-triples"),
    _rdf("nquads", ".nq", "N-Quads", "application/n-quads"),
    _rdf("turtle", ".ttl", "Turtle", "text/turtle"),
    _rdf("trig", ".trig", "TriG", "application/trig"),
    _rdf("jsonld", ".jsonld", "JSON-LD", "application/ld+json"),
    _rdf("rdfxml", ".rdf", "RDF/XML", "application/rdf+xml"),
    ExportFormat(
        "kgx", "KGX tables", "KGX 表格", _TSV,
        (Part("_nodes.tsv", "kg.export.kgx:node_table"),
         Part("_edges.tsv", "kg.export.kgx:edge_table")),
        "kgx", statuses=("asserted", "denied"),
    ),
    ExportFormat(
        "kgx-jsonl", "KGX JSON Lines", "KGX JSON Lines", "application/jsonl",
        (Part("_nodes.jsonl", "kg.export.kgx:node_lines"),
         Part("_edges.jsonl", "kg.export.kgx:edge_lines")),
        "kgx", statuses=("asserted", "denied"),
    ),
    _one("nanopubs", "nanopublications", "纳米出版物", "application/trig", ".trig",
         "nanopubs:write_nanopubs", "nanopub", "statements"),
    _one("indra", "INDRA statements", "INDRA 论断", _JSON, ".json", "indra:statements", "indra",
         "statements"),
    _one("indra-tsv", "table of INDRA statements", "INDRA 论断表", _TSV, ".tsv", "indra:table",
         "pandas, R", "statements"),
    _one("graphml", "GraphML", "GraphML", "application/graphml+xml", ".graphml",
         "graphml:graphml", "networkx, Gephi, yEd", "graph"),
    _one("cyjs", "Cytoscape JSON", "Cytoscape JSON", _JSON, ".cyjs", "cytoscape:cyjs",
         "Cytoscape, Cytoscape.js", "graph"),
    _one("cx2", "CX2", "CX2", _JSON, ".cx2", "cytoscape:cx2", "NDEx, Cytoscape", "graph"),
    ExportFormat(
        "neo4j", "tables for Neo4j", "Neo4j 导入表", "text/csv",
        (Part("_nodes.csv", "kg.export.neo4j:nodes"),
         Part("_relationships.csv", "kg.export.neo4j:relationships")),
        "neo4j-admin database import",
    ),
    _one("sssom", "SSSOM mappings", "SSSOM 映射", _TSV, ".sssom.tsv", "sssom:mappings", "sssom",
         "names"),
    _one("babelon", "Babelon translations", "Babelon 译名", _TSV, ".babelon.tsv",
         "babelon:translations", "babelon, kg lexicon import", "names"),
    _one("bioc", "BioC JSON", "BioC JSON", _JSON, ".bioc.json", "bioc:collection",
         "bioc, kg extract", "documents"),
    _one("pubtator", "PubTator", "PubTator", "text/plain", ".pubtator", "pubtator:records",
         "PubTator tools, kg extract", "documents"),
    ExportFormat(
        "croissant", "Croissant description of the KGX tables", "KGX 表格的 Croissant 描述",
        "application/ld+json", (Part(".croissant.json", "kg.export.croissant:description"),),
        "mlcroissant", "about", ("asserted", "denied"),
    ),
    _one("void", "VoID and DCAT description", "VoID 与 DCAT 描述", "text/turtle", ".void.ttl",
         "void:write_void", "rdflib, LOD crawlers", "about"),
)  # fmt: skip


def find_format(name: str) -> ExportFormat:
    """The format of that name, or of that file ending.

    Raises
    ------
    FormatError
        where there is none.

    Examples
    --------
    >>> find_format("nq").name, find_format("kgx").title("zh")
    ('nquads', 'KGX 表格')
    """
    for known in FORMATS:
        if name == known.name or [f".{name}"] == [part.ending for part in known.parts]:
            return known
    names = [known.name for known in FORMATS]
    near = get_close_matches(name, names, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"use one of {', '.join(names)}"
    raise FormatError("unknown format", where=name, remedy=remedy)
