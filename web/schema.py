"""OpenAPI: the JSON interface described from the very values that it gives out."""

from __future__ import annotations

import dataclasses
import types
from importlib.metadata import version
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.qualifiers import SETTINGS
from web.pages.asking import AskPage
from web.pages.concept import ConceptPage
from web.pages.document import DocumentPage
from web.pages.paths import MOST_HOPS, PathPage
from web.pages.searching import SearchPage
from web.pages.statement import StatementPage
from web.pages.values import ConceptRef

Json = dict[str, Any]
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
_TEXT: Json = {"type": "string"}
_HOPS: Json = {"type": "integer", "minimum": 1, "maximum": MOST_HOPS, "default": 4}
_SETTING: Json = {"type": "string", "enum": list(SETTINGS)}
_Parameter = tuple[str, str, Json, bool]

# Path → summary, parameters (name, where, schema, required), value type.
_OPERATIONS: tuple[tuple[str, str, tuple[_Parameter, ...], Any], ...] = (
    ("/api/search", "Concepts and sentences", (("q", "query", _TEXT, True),), SearchPage),
    ("/api/concept/{curie}", "A concept", (("curie", "path", _TEXT, True),), ConceptPage),
    ("/api/statement/{id}", "A statement", (("id", "path", _TEXT, True),), StatementPage),
    ("/api/document/{id}", "A document", (("id", "path", _TEXT, True),), DocumentPage),
    (
        "/api/paths",
        "Mechanism paths between two concepts",
        (
            ("source", "query", _TEXT, True),
            ("target", "query", _TEXT, True),
            ("max_hops", "query", _HOPS, False),
            ("species", "query", _TEXT, False),
            ("setting", "query", _SETTING, False),
        ),
        PathPage,
    ),
    ("/api/ask", "The answer to a question", (("q", "query", _TEXT, True),), AskPage),
)  # fmt: skip
_ERROR: Json = {
    "type": "object",
    "required": ["error", "status", "see"],
    "properties": {"error": _TEXT, "status": {"type": "integer"}, "see": _TEXT},
}


def describe_api(root: str) -> Json:
    """The OpenAPI 3.1 document of the JSON interface at an address."""
    schemas: Json = {"Error": _ERROR}
    suggestion = schema_of(ConceptRef, schemas)
    paths: Json = {
        "/api/suggest": _operation(
            "Concepts for a half-typed name",
            (("q", "query", _TEXT, True),),
            {
                "type": "object",
                "properties": {
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "allOf": [suggestion, {"type": "object", "properties": {"url": _TEXT}}]
                        },
                    }
                },
            },
        )
    }
    for path, summary, parameters, value in _OPERATIONS:
        paths[path] = _operation(summary, parameters, schema_of(value, schemas))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parallax",
            "version": version("parallax-kg"),
            "description": "A bilingual biomedical knowledge graph. SPARQL is at /sparql.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(summary: str, parameters: tuple[_Parameter, ...], schema: Json) -> Json:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": [
                {"name": name, "in": place, "required": required, "schema": kind}
                for name, place, kind, required in parameters
            ],
            "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
                "default": {"description": "An error", "content": error},
            },
        }
    }


def schema_of(kind: Any, schemas: Json) -> Json:
    """The JSON schema of a type; each dataclass becomes one entry of `schemas`.

    >>> schema_of(tuple[int, ...], {})
    {'type': 'array', 'items': {'type': 'integer'}}
    """
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        name = getattr(kind, "__name__", "")
        if name not in schemas:
            schemas[name] = {}
            hints = get_type_hints(kind)
            names = [field.name for field in dataclasses.fields(kind)]
            schemas[name] = {
                "type": "object",
                "required": names,
                "properties": {field: schema_of(hints[field], schemas) for field in names},
            }
        return {"$ref": f"#/components/schemas/{name}"}
    if origin is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0], schemas)}
    if origin in (Union, types.UnionType):
        return {
            "anyOf": [
                {"type": "null"} if part is type(None) else schema_of(part, schemas)
                for part in get_args(kind)
            ]
        }
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    return {"type": _PLAIN[kind]}
