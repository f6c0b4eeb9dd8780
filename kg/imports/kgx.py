"""KGX: nodes and edges in the terms of the Biolink model, as TSV tables or JSON Lines.

See https://github.com/biolink/kgx. A negated edge is a denial, a prediction a hypothesis. Of what
`kg export kgx` wrote, the statements come back as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from kg.errors import InputError
from kg.imports.labels import is_relation, stated_meaning, type_of
from kg.imports.nodes import NodeTable, Row, node_table, split_name
from kg.imports.parts import language_of
from kg.imports.values import End, Item, LeftOut, SourceEdge, bad_row
from kg.model import AGREEMENTS, PREDICATES, Agreement, Aspect, Predicate, Sign
from kg.terminology.importing.lines import table, text_lines
from kg.vocab import snake

EDGE_NEEDS = ("subject", "predicate", "object")
_OURS = re.compile(r"plx:([0-9a-f]{16})")
_YES = frozenset({"true", "1", "yes"})
_UP = frozenset({"increased", "upregulated"})
_DOWN = frozenset({"decreased", "downregulated"})
_ASPECTS: Mapping[str, Aspect | None] = {
    "": None, "activity_or_abundance": None, "expression": "expression", "activity": "activity",
    "abundance": "level", "synthesis": "level", "secretion": "level", "stability": "level",
    "degradation": "level",
}  # fmt: skip
_OPPOSITE = frozenset({"degradation"})  # more of it is less of the thing
_FLIPPED: Mapping[Sign | None, Sign] = {"+": "-", "-": "+"}
Record = Mapping[str, Any]


def read(nodes: Sequence[Path], edges: Sequence[Path]) -> Iterator[Item]:
    """The edges of all edge files, their ends described by the node files."""
    with node_table() as known:
        for path in nodes:
            problems: list[InputError] = []
            known.fill(_nodes(path, problems))
            yield from problems
        for path in edges:
            for where, record in _records(path, EDGE_NEEDS):
                if isinstance(record, InputError):
                    yield record
                else:
                    yield _edge(record, where, known)


def _nodes(path: Path, problems: list[InputError]) -> Iterator[Row]:
    for where, record in _records(path, ("id", "category")):
        if isinstance(record, InputError):
            problems.append(record)
            continue
        identifier = _text(record, "id")
        if not identifier:
            problems.append(bad_row("a node without an id", where, "give each node its id"))
            continue
        types = map(type_of, (c.removeprefix("biolink:") for c in _list(record, "category")))
        kind = next((found for found in types if found), None)
        name = _text(record, "name")
        english, chinese = split_name(name, language_of(name))
        chinese = _text(record, "name_zh") or chinese
        yield identifier, english, chinese, kind or ""


def _edge(record: Record, where: str, nodes: NodeTable) -> Item:
    missing = [name for name in EDGE_NEEDS if not _text(record, name)]
    if missing:
        return bad_row(f"no {missing[0]}", where, "fill it in or delete the row")
    subject, object_ = (nodes.end(_text(record, side)) for side in ("subject", "object"))
    label = _text(record, "predicate")
    own = _own_predicate(record)
    if own is None and not is_relation(label):
        return bad_row(f"unknown predicate {label!r}", where, "add it to kg/imports/relations.tsv")
    meaning = _meaning(record, label, own, subject, object_)
    if meaning is None:
        return LeftOut(label)
    predicate, aspect, sign, swapped = meaning
    standing = _text(record, "standing")
    level = _text(record, "knowledge_level")
    ours = _OURS.fullmatch(_text(record, "id")) if own else None
    try:
        confidence = _confidence(record)
    except ValueError:
        return bad_row("has_confidence_score is no number from 0 to 1", where, "correct it")
    return SourceEdge(
        object_ if swapped else subject,
        predicate,
        subject if swapped else object_,
        where,
        _text(record, "original_predicate") or label,
        aspect,
        sign,
        via=tuple(nodes.end(name) for name in _list(record, "mediator")),
        polarity="negated" if _is_yes(record.get("negated")) else "positive",
        certainty="hypothesis" if standing == "hypothesized" else "asserted",
        derived="entailed" if standing == "derived" else None,
        agreement=_agreement(record, standing),
        record=_text(record, "id"),
        address=next(iter(_list(record, "source_record_urls")), ""),
        publications=_list(record, "publications"),
        quotes=_list(record, "supporting_text"),
        primary=_text(record, "primary_knowledge_source") or _text(record, "knowledge_source"),
        knowledge_level="" if level == "prediction" and standing == "hypothesized" else level,
        agent_type=_text(record, "agent_type"),
        confidence=confidence,
        statement=ours[1] if ours else "",
    )


def _meaning(
    record: Record, label: str, own: Predicate | None, subject: End, object_: End
) -> tuple[Predicate, Aspect | None, Sign | None, bool] | None:
    """Predicate, aspect, sign, and whether the ends change places; None where it is none of ours.

    An effect with a direction is one that increases or decreases; a decrease of the subject turns
    it round.
    """
    aspect_text = _text(record, "object_aspect_qualifier")
    aspect = _ASPECTS.get(aspect_text, "other")
    sign = _direction(_text(record, "object_direction_qualifier"))
    if own is not None:
        correlated = stated_meaning(label, "Outcome", "Outcome")
        sign = sign or (correlated.sign if correlated else None)
        return own, aspect, sign, False
    if _direction(_text(record, "subject_direction_qualifier")) == "-" and sign:
        sign = _FLIPPED[sign]
    if aspect_text in _OPPOSITE and sign:
        sign = _FLIPPED[sign]
    meaning = stated_meaning(label, subject.type or "Outcome", object_.type or "Outcome")
    if meaning is None:
        return None
    if meaning.predicate == "affects" and sign:
        return "increases" if sign == "+" else "decreases", aspect, None, meaning.swapped
    return meaning.predicate, meaning.aspect or aspect, meaning.sign or sign, meaning.swapped


def _own_predicate(record: Record) -> Predicate | None:
    original = _text(record, "original_predicate")
    name = snake(original.removeprefix("plx:")) if original.startswith("plx:") else ""
    return name if name in PREDICATES else None


def _agreement(record: Record, standing: str) -> Agreement | None:
    if standing == "disputed":
        return "conflict"
    told = _text(record, "languages")
    return cast(Agreement, told) if told in AGREEMENTS and told != "conflict" else None


def _direction(word: str) -> Sign | None:
    return "+" if word in _UP else "-" if word in _DOWN else None


def _confidence(record: Record) -> float:
    if _own_predicate(record):
        return 1.0  # what we exported is a belief, which is reckoned anew
    text = _text(record, "has_confidence_score")
    value = float(text) if text else 1.0
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _records(
    path: Path, needed: tuple[str, ...]
) -> Iterator[tuple[str, Record | InputError]]:  # fmt: skip
    """(file:line, record) of a file; a line that is none comes as its error."""
    if ".jsonl" in path.name.casefold() or ".ndjson" in path.name.casefold():
        yield from _objects(text_lines(path), path)
        return
    header: list[str] | None = None
    for where, cells in table(path):
        if header is None:
            header = cells
            if absent := [name for name in needed if name not in header]:
                raise InputError(
                    f"no column {', '.join(absent)}", where=where,
                    remedy="give the tables of KGX: nodes with id and category, edges with "
                    "subject, predicate and object",
                )  # fmt: skip
        elif len(cells) != len(header):
            problem = f"{len(cells)} cells, and the header has {len(header)}"
            yield where, bad_row(problem, where, "repair or delete the row")
        else:
            yield where, dict(zip(header, cells, strict=True))


def _objects(
    lines: Iterable[tuple[int, str]], path: Path
) -> Iterator[tuple[str, Record | InputError]]:
    for number, line in lines:
        where = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield where, bad_row("not JSON", where, "repair or delete the line")
            continue
        if isinstance(record, dict):
            yield where, record
        else:
            yield where, bad_row("no JSON object", where, "give one object a line")


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _list(record: Record, name: str) -> tuple[str, ...]:
    value = record.get(name)
    parts = value if isinstance(value, list) else str(value or "").split("|")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _is_yes(value: Any) -> bool:
    return str(value).strip().casefold() in _YES
