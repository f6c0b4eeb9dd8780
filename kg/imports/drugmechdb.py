"""DrugMechDB: mechanism paths from drug to disease as YAML, one record a file or a list of them.

See https://sulab.github.io/DrugMechDB/. Each link is an edge of its record; two records that tell
the same link are two curated assertions of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.imports.labels import is_relation, stated_meaning, type_of
from kg.imports.values import End, Item, LeftOut, Source, SourceEdge, bad_row
from kg.terminology.importing.lines import text_lines

SOURCE = Source(
    "drugmechdb", title="DrugMechDB", iri="https://sulab.github.io/DrugMechDB/",
    licence="https://creativecommons.org/publicdomain/zero/1.0/", infores="infores:drugmechdb",
    knowledge_level="knowledge_assertion", agent_type="manual_agent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordEnds:
    """A record, and the identifiers of its drug and disease as written."""

    id: str
    drug: str
    disease: str


def read(path: Path) -> Iterator[Item]:
    """The edges of all records of a file.

    Raises
    ------
    InputError
        where the file holds no such record at all.
    """
    found = False
    for number, text in _records(path):
        where = f"{path}:{number}"
        try:
            record = _parsed(text, number, path)
        except InputError as error:
            yield error
            continue
        if not is_record(record):
            if not found:
                raise InputError(
                    "no DrugMechDB record", where=where,
                    remedy="give records with graph, nodes and links",
                )  # fmt: skip
            yield bad_row("a record without graph, nodes and links", where, "complete it")
            continue
        found = True
        yield from _edges(record, where)
    if not found:
        yield bad_row("holds no record", str(path), "give records with graph, nodes and links")


def is_record(value: Any) -> bool:
    """Whether a YAML value is a record of DrugMechDB."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("graph"), dict)
        and isinstance(value.get("nodes"), list)
        and isinstance(value.get("links"), list)
    )


def record_id(record: dict[str, Any]) -> str:
    """The identifier of a record."""
    return str(record["graph"].get("_id") or "")


def read_ends(path: Path) -> Iterator[RecordEnds]:
    """The drug and the disease of each record of a file that can be read."""
    for number, text in _records(path):
        try:
            record = _parsed(text, number, path)
        except InputError:
            continue  # `read` tells of it
        if is_record(record):
            graph = record["graph"]
            drug = _id(graph.get("drug_mesh")) or _id(graph.get("drugbank"))
            yield RecordEnds(record_id(record), drug, _id(graph.get("disease_mesh")))


def _edges(record: dict[str, Any], where: str) -> Iterator[Item]:
    name = record_id(record)
    where = f"{where} {name}".strip()
    ends: dict[str, End] = {}
    for node in record["nodes"]:
        if not isinstance(node, dict) or not node.get("id"):
            yield bad_row("a node without an id", where, "give each node its id")
            continue
        text, label = str(node.get("name") or "").strip(), str(node.get("label") or "")
        names = (("en", text),) if text else ()
        ends[_id(node["id"])] = End(_id(node["id"]), names, type_of(label))  # type: ignore[arg-type]
    cited = tuple(map(str, record.get("references") or ()))
    for link in record["links"]:
        sides = [ends.get(_id(link.get(side))) for side in ("source", "target")]
        label = str(link.get("key") or "")
        if None in sides:
            missing = link.get("source") if sides[0] is None else link.get("target")
            yield bad_row(f"a link names {missing!r}, which is no node", where, "add the node")
        elif not is_relation(label):
            yield bad_row(
                f"unknown relation {label!r}", where, "add it to kg/imports/relations.tsv"
            )
        else:
            yield _edge(sides[0], label, sides[1], where, name, cited)  # type: ignore[arg-type]


def _id(value: Any) -> str:
    """An identifier without the marks and spaces that editors leave at its end."""
    return str(value or "").strip("\ufeff\u200b \t")


def _edge(
    subject: End, label: str, object_: End, where: str, record: str, cited: tuple[str, ...]
) -> Item:
    meaning = stated_meaning(label, subject.type or "Outcome", object_.type or "Outcome")
    if meaning is None:
        return LeftOut(label)
    ends = (object_, subject) if meaning.swapped else (subject, object_)
    return SourceEdge(
        ends[0], meaning.predicate, ends[1], where, label, meaning.aspect, meaning.sign,
        record=record, publications=cited,
    )  # fmt: skip


def _records(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each record, cut where an item of the outer list begins."""
    begin, block = 1, list[str]()
    for number, line in text_lines(path):
        if line.startswith("- ") or line == "-":
            if any(part.strip() for part in block if not part.startswith(("#", "---"))):
                yield begin, "\n".join(block)
            begin, block = number, [" " + line[1:]]
        else:
            block.append(line)
    if any(part.strip() for part in block if not part.startswith(("#", "---"))):
        yield begin, "\n".join(block)


def _parsed(text: str, number: int, path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "not YAML", where=f"{path}:{number + (mark.line if mark else 0)}",
            remedy="check indentation and quotes",
        ) from error  # fmt: skip
