"""``kg queries`` and ``kg query``: the documented questions, and any SPARQL."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands import printing
from kg.commands.opening import json_option, open_graph
from kg.errors import CurieError, InputError, QueryError
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.store.base import Store
    from queries.query import Query

_GRAPHS = ("ttl", "nt")
_TABLES = ("table", "json", "csv", "tsv", "xml")


@click.command()
@click.option(
    "--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True,
    help="Language of the titles.",
)  # fmt: skip
@json_option
def queries(*, language: str, as_json: bool) -> None:
    """List the documented queries with their parameters.

    Run one with: kg query NAME -p name=value
    """
    from queries.library import load_queries

    found = load_queries()
    if as_json:
        click.echo(json.dumps([_described(query) for query in found], ensure_ascii=False, indent=1))
        return
    rows = [(query.name, " ".join(_usage(query)), query.title_in(language)) for query in found]
    printing.print_table(("name", "parameters", "title"), rows)


@click.command()
@click.argument("source", metavar="NAME|FILE|-")
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE",
    help="A value; concepts by CURIE or by any name. May be repeated.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice([*_TABLES, *_GRAPHS]), default=None,
    help="Form of the result (default: table, or ttl for CONSTRUCT and DESCRIBE).",
)  # fmt: skip
@click.option("--show", is_flag=True, help="Print the SPARQL with its prefixes, do not run it.")
@settings_options
def query(
    source: str, *, given: tuple[str, ...], form: str | None, show: bool, settings: Settings
) -> None:
    """Run a documented query by NAME, a .rq FILE, or SPARQL from standard input (-).

    \b
    kg query drug_neighbours -p drug=tacrolimus
    kg query my.rq --format csv
    echo "ASK { ?s a plx:Drug }" | kg query -
    """  # noqa: D301
    from kg.questions import bind_query

    asked = _find_query(source)
    with open_graph(settings) as graph:
        values = _resolved(graph.resolve, asked, _pairs(given)) if asked.parameters else {}
        sparql = bind_query(asked, {**_pairs(given), **values})
        if show:
            click.echo(_with_prefixes(sparql))
            return
        _print_result(graph.store, sparql, asked.form, form)


def _print_result(store: Store, sparql: str, kind: str, form: str | None) -> None:
    is_graph = kind in ("CONSTRUCT", "DESCRIBE")
    chosen = form or ("ttl" if is_graph else "table")
    if is_graph != (chosen in _GRAPHS):
        allowed = _GRAPHS if is_graph else _TABLES
        raise QueryError(
            f"the result of {kind} has no {chosen} form", where="--format",
            remedy=f"use {', '.join(allowed)}",
        )  # fmt: skip
    if chosen != "table":
        click.echo(store.query_bytes(sparql, chosen), nl=False)
        return
    result = store.query(sparql)
    if isinstance(result, bool):
        click.echo("yes" if result else "no")
        return
    names = getattr(result, "variables", ())
    rows: list[Any] = list(result)
    printing.print_table(
        names, [[printing.term_text(row.get(name)) for name in names] for row in rows]
    )
    click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)


def _find_query(source: str) -> Query:
    from queries.library import get_query, load_query
    from queries.query import QueryFileError

    try:
        if source == "-":
            return _plain(sys.stdin.read(), "standard input")
        path = Path(source)
        if not path.is_file():
            if path.suffix == ".rq":
                raise InputError("no such file", where=source, remedy="check the name")
            return get_query(source)
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return load_query(path) if "#+" in text else _plain(text, source)
    except QueryFileError as error:
        raise QueryError(error.problem, where=error.where, remedy=error.remedy) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=source) from error


def _plain(text: str, where: str) -> Query:
    """A query without a header: no parameters, no documentation, PREFIX lines welcome."""
    from queries.query import Query
    from queries.tokens import FORMS, find_form

    form = find_form(text)
    if not form:
        raise QueryError("no query", where=where, remedy=f"write one of {', '.join(FORMS)}")
    return Query(where, where, where, "", "", text, form, where)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign:
            raise QueryError(
                f"{item!r} is not name=value", where="-p", remedy="write e.g. -p drug=tacrolimus"
            )
        pairs[name.strip()] = value.strip()
    return pairs


def _resolved(resolve: Any, query: Query, given: Mapping[str, str]) -> dict[str, str]:
    """The CURIEs of those values that name a concept in words."""
    from kg import vocab

    resolved = {}
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if parameter.kind != "curie" or value is None or value.startswith(("http:", "https:")):
            continue
        try:
            vocab.expand(value)
        except CurieError:
            resolved[parameter.name] = resolve(value).concept.id
    return resolved


def _with_prefixes(sparql: str) -> str:
    from ontologies.files import prefixes

    used = {word.partition(":")[0] for word in sparql.replace("(", " ").split() if ":" in word}
    lines = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes().items() if name in used]
    return "\n".join([*lines, sparql])


def _usage(query: Query) -> list[str]:
    return [
        f"{p.name}={p.default}" if p.default is not None else f"{p.name}=<{p.kind}>"
        for p in query.parameters
    ]


def _described(query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": {"en": query.title, "zh": query.title_zh},
        "description": {"en": query.description, "zh": query.description_zh},
        "parameters": [
            {"name": p.name, "kind": p.kind, "default": p.default} for p in query.parameters
        ],
        "example": dict(query.example),
        "tags": list(query.tags),
        "form": query.form,
        "sparql": query.sparql,
    }
