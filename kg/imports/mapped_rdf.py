"""RDF of others with a mapping file: their classes and predicates in our terms.

The file is put into a store on disk first, since the type and the name of a thing may stand behind
the edges that use it; so memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kg.errors import CurieError, FormatError
from kg.files.kinds import RDF_ENDINGS, ending_of
from kg.files.streams import open_chunks
from kg.imports.parts import language_of
from kg.imports.values import End, Item, Source, SourceEdge, bad_row
from kg.model import (
    ASPECTS,
    LANGUAGES,
    MENTION_TYPES,
    PREDICATES,
    Aspect,
    MentionType,
    Predicate,
    Sign,
)
from kg.store.base import Store
from kg.store.scratch import scratch_store
from kg.terms import IRI, Literal, Term
from kg.vocab import SKOS, compress, expand

_KEYS = frozenset({"source", "prefixes", "classes", "predicates", "labels", "associations"})
_SOURCE = ("name", "title", "version", "licence", "iri", "infores", "knowledge_level", "agent_type")
_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABELS = ("http://www.w3.org/2000/01/rdf-schema#label", SKOS.prefLabel.value)
_ROLES = ("class", "subject", "predicate", "object", "publications", "negated")


@dataclass(frozen=True, slots=True)
class Means:
    """What a predicate of theirs means; `reverse`: from the object to the subject."""

    predicate: Predicate
    aspect: Aspect | None = None
    sign: Sign | None = None
    reverse: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class RdfMapping:
    """A mapping file, checked: IRIs of theirs in our terms.

    `associations` names the properties of nodes that stand for an edge, by their roles.
    """

    source: Source
    classes: Mapping[str, MentionType]
    predicates: Mapping[str, Means]
    labels: tuple[str, ...]
    associations: tuple[Mapping[str, str], ...]
    prefixes: Mapping[str, str]


def read(path: Path, mapping: RdfMapping) -> Iterator[Item]:
    """The edges of an RDF file: its triples with a mapped predicate, and its mapped associations.

    Raises
    ------
    FormatError
        where the file is not the RDF that its name says.
    """
    name = RDF_ENDINGS[ending_of(path)]
    with scratch_store(open_chunks(path), name, where=str(path)) as store:
        for predicate, means in mapping.predicates.items():
            for quad in store.quads(None, IRI(predicate)):
                where = f"{path}: {quad.subject}"
                yield _edge(store, mapping, quad.subject, means, quad.object, predicate, where)
        for roles in mapping.associations:
            yield from _associations(store, mapping, roles, path)


def load_mapping(path: Path) -> RdfMapping:
    """The mapping that a YAML file holds.

    Raises
    ------
    FormatError
        with file, place, problem and remedy, where it is wrong.
    """
    import yaml

    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise FormatError("not YAML", where=str(path), remedy="check indentation") from error
    data = _mapping(value, str(path))
    if unknown := sorted(set(data) - _KEYS):
        raise FormatError(
            f"unknown key {unknown[0]}", where=str(path),
            remedy=f"the keys are {', '.join(sorted(_KEYS))}",
        )  # fmt: skip
    prefixes = {
        str(k): str(v) for k, v in _mapping(data.get("prefixes", {}), f"{path}: prefixes").items()
    }
    told = _mapping(data.get("source", {}), f"{path}: source")
    if wrong := sorted(set(told) - set(_SOURCE)):
        raise FormatError(
            f"unknown key {wrong[0]}", where=f"{path}: source",
            remedy=f"the keys are {', '.join(_SOURCE)}",
        )  # fmt: skip
    classes = _mapping(data.get("classes", {}), f"{path}: classes")
    predicates = _mapping(data.get("predicates", {}), f"{path}: predicates")
    if not predicates:
        raise FormatError("no predicates", where=str(path), remedy="map one predicate at least")
    labels = data.get("labels", list(_LABELS))
    if not isinstance(labels, list):
        raise FormatError("no list", where=f"{path}: labels", remedy="give a list of IRIs")
    associations = data.get("associations", [])
    if not isinstance(associations, list):
        raise FormatError("no list", where=f"{path}: associations", remedy="give a list")
    return RdfMapping(
        Source(**{"name": ""} | {key: str(text) for key, text in told.items()}),
        {_iri(k, prefixes, path): _type(v, f"{path}: classes: {k}") for k, v in classes.items()},
        {
            _iri(k, prefixes, path): _means(v, f"{path}: predicates: {k}")
            for k, v in predicates.items()
        },
        tuple(_iri(one, prefixes, path) for one in labels),
        tuple(_roles(one, prefixes, path) for one in associations),
        prefixes,
    )


def _edge(
    store: Store, mapping: RdfMapping, subject: Any, means: Means, object_: Any, original: str,
    where: str, *, negated: bool = False, publications: tuple[str, ...] = (), record: str = "",
) -> Item:  # fmt: skip
    if not (isinstance(subject, IRI) and isinstance(object_, IRI)):
        return bad_row("relates something without an IRI", where, "give it one, or leave it out")
    ends = [_end(store, mapping, one) for one in (subject, object_)]
    if means.reverse:
        ends.reverse()
    return SourceEdge(
        ends[0], means.predicate, ends[1], where, _short(original), means.aspect, means.sign,
        polarity="negated" if negated != means.negated else "positive",
        record=record, address=record, publications=publications,
    )  # fmt: skip


def _associations(
    store: Store, mapping: RdfMapping, roles: Mapping[str, str], path: Path
) -> Iterator[Item]:
    for typed in store.quads(None, _TYPE, IRI(roles["class"])):
        where = f"{path}: {typed.subject}"
        if not isinstance(typed.subject, IRI):
            yield bad_row("an association without an IRI", where, "give it one")
            continue
        found = {
            role: _values(store, typed.subject, iri)
            for role, iri in roles.items()
            if role != "class"
        }
        missing = [role for role in ("subject", "predicate", "object") if len(found[role]) != 1]
        if missing:
            yield bad_row(f"not one {missing[0]}", where, "give one of each")
            continue
        (predicate,) = found["predicate"]
        means = mapping.predicates.get(getattr(predicate, "value", ""))
        if means is None:
            yield bad_row(f"unmapped predicate {predicate}", where, "map it, or leave it out")
            continue
        yield _edge(
            store, mapping, found["subject"][0], means, found["object"][0],
            getattr(predicate, "value", ""), where,
            negated=any(getattr(v, "value", "") in ("true", "1") for v in found.get("negated", [])),
            publications=tuple(getattr(v, "value", "") for v in found.get("publications", [])),
            record=typed.subject.value,
        )  # fmt: skip


def _values(store: Store, subject: IRI, predicate: str) -> list[Term]:
    return sorted((cast(Term, q.object) for q in store.quads(subject, IRI(predicate))), key=str)


def _end(store: Store, mapping: RdfMapping, thing: IRI) -> End:
    types = [
        mapping.classes[quad.object.value]
        for quad in store.quads(thing, _TYPE)
        if isinstance(quad.object, IRI) and quad.object.value in mapping.classes
    ]
    names: dict[str, str] = {}
    for predicate in mapping.labels:
        for term in _values(store, thing, predicate):
            if isinstance(term, Literal):
                language = (term.language or language_of(term.value)).partition("-")[0]
                if language in LANGUAGES:
                    names.setdefault(language, term.value)
    kind = min(types, key=MENTION_TYPES.index) if types else None
    return End(_written(thing.value, mapping.prefixes), tuple(sorted(names.items())), kind)  # type: ignore[arg-type]


def _written(iri: str, prefixes: Mapping[str, str]) -> str:
    """An identifier by the prefixes of the mapping file, which may be other than ours."""
    for prefix, base in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _short(iri: str) -> str:
    try:
        return compress(iri)
    except CurieError:
        return iri


def _means(value: Any, where: str) -> Means:
    if isinstance(value, str):
        value = {"predicate": value}
    data = _mapping(value, where)
    known = {"predicate", "aspect", "sign", "reverse", "negated"}
    if wrong := sorted(set(data) - known):
        raise FormatError(
            f"unknown key {wrong[0]}",
            where=where,
            remedy=f"the keys are {', '.join(sorted(known))}",
        )
    name, aspect, sign = data.get("predicate"), data.get("aspect"), data.get("sign")
    if name not in PREDICATES:
        raise FormatError(
            f"no predicate {name!r}", where=where, remedy=f"use {', '.join(PREDICATES)}"
        )
    if aspect not in (None, *ASPECTS):
        raise FormatError(f"no aspect {aspect!r}", where=where, remedy=f"use {', '.join(ASPECTS)}")
    if sign not in (None, "+", "-"):
        raise FormatError(f"no sign {sign!r}", where=where, remedy='use "+" or "-"')
    for key in ("reverse", "negated"):
        if not isinstance(data.get(key, False), bool):
            raise FormatError(f"{key} is no truth value", where=where, remedy="use true or false")
    return Means(name, aspect, sign, data.get("reverse", False), data.get("negated", False))


def _type(value: Any, where: str) -> MentionType:
    if value not in MENTION_TYPES:
        raise FormatError(
            f"no type {value!r}", where=where, remedy=f"use {', '.join(MENTION_TYPES)}"
        )
    return cast(MentionType, value)


def _roles(value: Any, prefixes: Mapping[str, str], path: Path) -> Mapping[str, str]:
    data = _mapping(value, f"{path}: associations")
    wrong = sorted(set(data) - set(_ROLES)) or sorted(set(_ROLES[:4]) - set(data))
    if wrong:
        raise FormatError(
            f"unknown or missing key {wrong[0]}", where=f"{path}: associations",
            remedy=f"give {', '.join(_ROLES[:4])} and perhaps {', '.join(_ROLES[4:])}",
        )  # fmt: skip
    return {role: _iri(iri, prefixes, path) for role, iri in data.items()}


def _iri(written: Any, prefixes: Mapping[str, str], path: Path) -> str:
    text = str(written)
    prefix, _, local = text.partition(":")
    try:
        full = prefixes[prefix] + local if prefix in prefixes else text
        return IRI(full if "://" in full else expand(full)).value
    except (CurieError, ValueError) as error:
        raise FormatError(
            f"{text!r} is no IRI, and its prefix is unknown", where=str(path),
            remedy="write the IRI out, or name its prefix under prefixes",
        ) from error  # fmt: skip


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FormatError("not a mapping", where=where, remedy="give keys with values")
    return value
