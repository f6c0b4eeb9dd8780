"""For each format: the edges that a reader comes upon who knows only the format, and no flag of ours.

An edge is (subject, kind, object) with CURIEs as the format writes them; what carries the format's
own flag for denial or hypothesis is left out, as its tool leaves it out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

from kg.store.formats import parse
from kg.terms import IRI
from kg.vocab import PLX, compress

Edge = tuple[str, str, str]
PLAIN = {
    PLX[name]
    for name in (
        "relatedTo", "affects", "increases", "decreases", "restores", "treats", "causes",
        "associatedWith", "binds",
    )
}  # fmt: skip
KINDS = {
    "increases", "decreases", "restores", "affects", "treats", "causes", "associated_with", "binds",
}  # fmt: skip


def rdf(name: str, *files: bytes) -> Iterator[Edge]:
    for quad in parse(files[0], "trig" if name == "nanopubs" else name):
        if quad.predicate in PLAIN and not str(quad.subject).startswith(f"<{PLX.base}"):
            yield _curie(quad.subject), quad.predicate.value, _curie(quad.object)


def kgx(name: str, *files: bytes) -> Iterator[Edge]:
    text = files[1].decode()
    rows: list[dict[str, object]]
    if name == "kgx":
        rows = list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    else:
        rows = [json.loads(line) for line in text.splitlines()]
    for edge in rows:
        flagged = edge["negated"] not in (False, "") or edge["knowledge_level"] == "prediction"
        if not flagged:
            yield _ours(edge["subject"]), str(edge["predicate"]), _ours(edge["object"])


def graphml(name: str, *files: bytes) -> Iterator[Edge]:
    import networkx

    graph = networkx.read_graphml(io.BytesIO(files[0]), force_multigraph=True)
    for subject, object_, data in graph.edges(data=True):
        if data["kind"] in KINDS:
            yield subject, data["kind"], object_


def cyjs(name: str, *files: bytes) -> Iterator[Edge]:
    for edge in json.loads(files[0])["elements"]["edges"]:
        if edge["data"]["interaction"] in KINDS:
            yield edge["data"]["source"], edge["data"]["interaction"], edge["data"]["target"]


def cx2(name: str, *files: bytes) -> Iterator[Edge]:
    aspects = {key: value for part in json.loads(files[0]) for key, value in part.items()}
    curies = {node["id"]: node["v"]["curie"] for node in aspects["nodes"]}
    for edge in aspects["edges"]:
        if edge["v"]["interaction"] in KINDS:
            yield curies[edge["s"]], edge["v"]["interaction"], curies[edge["t"]]


def neo4j(name: str, *files: bytes) -> Iterator[Edge]:
    for edge in csv.DictReader(io.StringIO(files[1].decode())):
        if edge[":TYPE"].lower() in KINDS:
            yield edge[":START_ID(Concept)"], edge[":TYPE"], edge[":END_ID(Concept)"]


def indra(name: str, *files: bytes) -> Iterator[Edge]:
    for statement in json.loads(files[0]):
        flags = [evidence["epistemics"] for evidence in statement["evidence"]]
        if all(flag.get("negated") or flag.get("hypothesis") for flag in flags):
            continue
        ends = statement.get("members") or [statement["subj"], statement["obj"]]
        refs = [end.get("concept", end)["db_refs"] for end in ends]
        one, other = (_ours(":".join(next(iter(ref.items())))) for ref in refs)
        yield one, statement["type"], other


def indra_table(name: str, *files: bytes) -> Iterator[Edge]:
    for line in csv.DictReader(io.StringIO(files[0].decode()), delimiter="\t", quoting=3):
        if int(line["evidence"]) > int(line["negated"]) + int(line["hypothesis"]):
            yield _ours(line["subject_refs"]), line["type"], _ours(line["object_refs"])


def bioc(name: str, *files: bytes) -> Iterator[Edge]:
    for document in json.loads(files[0])["documents"]:
        concepts = {
            mention["id"]: mention["infons"]["identifier"]
            for passage in document["passages"]
            for mention in passage["annotations"]
        }
        for relation in document["relations"]:
            if relation["infons"]["type"] in KINDS:
                one, other = (concepts[node["refid"]] for node in relation["nodes"])
                yield one, relation["infons"]["type"], other


def pubtator(name: str, *files: bytes) -> Iterator[Edge]:
    for line in files[0].decode().splitlines():
        cells = line.split("\t")
        if len(cells) == 4 and cells[1] in KINDS:
            yield cells[2], cells[1], cells[3]


def nothing(name: str, *files: bytes) -> Iterator[Edge]:
    """Names and descriptions hold no edge between concepts; they hold something, though."""
    assert files[0]
    yield from ()


READERS: dict[str, Callable[..., Iterator[Edge]]] = {
    **dict.fromkeys(("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml", "nanopubs"), rdf),
    "kgx": kgx, "kgx-jsonl": kgx, "indra": indra, "indra-tsv": indra_table, "graphml": graphml,
    "cyjs": cyjs, "cx2": cx2, "neo4j": neo4j, "bioc": bioc, "pubtator": pubtator,
    "sssom": nothing, "babelon": nothing, "croissant": nothing, "void": nothing,
}  # fmt: skip


def _curie(term: object) -> str:
    assert isinstance(term, IRI)
    return compress(term.value)


def _ours(curie: object) -> str:
    """The CURIE as we write it: MESH:D016559 and MESH:... of others are mesh:D016559."""
    text = str(curie)
    for prefix in ("CHEBI", "GO", "HP"):  # INDRA keeps these prefixes in the identifier
        text = text.removeprefix(f"{prefix}:") if text.startswith(f"{prefix}:{prefix}:") else text
    return text.replace("MESH:", "mesh:")
