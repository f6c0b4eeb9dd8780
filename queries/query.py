"""One question: a SPARQL text with its documentation in both languages and its typed parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from queries import tokens

Kind = Literal["curie", "text", "integer", "language", "predicate"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("en", "zh")

_HEADER = re.compile(r"#\+ (?P<key>[a-z]+(?:@[a-z]+)?):\s*(?P<value>.*)")
_MORE = re.compile(r"#\+ {2,}(?P<value>\S.*)")
_PARAMETER = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*)\s*:\s*(?P<kind>\w+)(?:\s*=\s*(?P<default>\S+))?"
)
_REQUIRED = ("title", "title@zh", "description", "description@zh")
_KEYS = (*_REQUIRED, "parameters", "example", "tags")
# What each kind of value looks like; a CURIE may also be given as a label, which `kg` resolves.
_FORM: dict[Kind, str] = {
    "curie": r"\S(?:.*\S)?",
    "text": r"(?s).+",
    "integer": r"-?\d{1,9}",
    "language": "|".join(LANGUAGES),
    "predicate": r"(?:plx:)?[a-z]+(?:_[a-z]+|[A-Z][a-z]+)*",
}


class QueryFileError(ValueError):
    """A query file, or a value given for one of its parameters, is wrong."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(f"{where}: {problem}; {remedy}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named, typed gap in a query; without a default it has to be given."""

    name: str
    kind: Kind
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question: SPARQL without PREFIX lines, documented in English and Chinese."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    sparql: str
    form: str
    file: str
    parameters: tuple[Parameter, ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()

    def title_in(self, language: str) -> str:
        """The title in `language` (``en`` or ``zh``)."""
        return {"en": self.title, "zh": self.title_zh}[language]

    def description_in(self, language: str) -> str:
        """The description in `language` (``en`` or ``zh``)."""
        return {"en": self.description, "zh": self.description_zh}[language]

    def values(self, given: Mapping[str, str]) -> tuple[tuple[Parameter, str], ...]:
        """Each parameter with its value: what is given, else the default; checked by kind.

        Raises
        ------
        QueryFileError
            where a value is missing, unknown or has the wrong form.
        """
        where = f"query {self.name}"
        names = ", ".join(p.name for p in self.parameters) or "none"
        for name in given:
            if name not in {p.name for p in self.parameters}:
                raise QueryFileError(
                    where, f"it has no parameter {name}", f"its parameters: {names}"
                )
        values = []
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None:
                raise QueryFileError(
                    where,
                    f"no value for {parameter.name}",
                    f"give one ({parameter.kind}) with -p {parameter.name}=…",
                )
            _check_value(parameter, value, where)
            values.append((parameter, value))
        return tuple(values)

    def bind(self, terms: Mapping[str, str]) -> str:
        r"""The SPARQL text with each parameter replaced by an RDF term in N-Triples form.

        >>> text = "\n".join([
        ...     "#+ title: Names", "#+ title@zh: 名称", "#+ description: All names.",
        ...     "#+ description@zh: 全部名称。", "#+ parameters: concept: curie",
        ...     "#+ example: concept=mesh:D016559",
        ...     "SELECT ?name WHERE { ?concept skos:prefLabel ?name } ORDER BY ?name"])
        >>> read_query(text, "names.rq").bind({"concept": "<http://example.org/a>"})
        'SELECT ?name WHERE { <http://example.org/a> skos:prefLabel ?name } ORDER BY ?name'
        """
        missing = {p.name for p in self.parameters} - set(terms)
        if missing:
            raise QueryFileError(
                f"query {self.name}", f"no term for {min(missing)}", "bind every parameter"
            )
        return tokens.substitute(self.sparql, terms)


def read_query(text: str, file: str, *, name: str | None = None) -> Query:
    """The `Query` that a file's text holds; `name` is the file's stem unless given.

    Raises
    ------
    QueryFileError
        with file and line, the problem and the remedy.
    """
    header, lines, body = _read_header(text, file)
    for key in _REQUIRED:
        if not header.get(key):
            raise QueryFileError(f"{file}:1", f"no {key}", f"add a line '#+ {key}: …'")
    parameters = _read_parameters(header.get("parameters", ""), _at(file, lines, "parameters"))
    form = tokens.find_form(body)
    if not form:
        raise QueryFileError(file, "no query", f"write one of {', '.join(tokens.FORMS)}")
    _check_body(body, form, parameters, file)
    query = Query(
        name=name or re.split(r"[/\\]", file)[-1].removesuffix(".rq"),
        title=header["title"],
        title_zh=header["title@zh"],
        description=header["description"],
        description_zh=header["description@zh"],
        sparql=body,
        form=form,
        file=file,
        parameters=parameters,
        example=_read_example(header.get("example", ""), _at(file, lines, "example")),
        tags=tuple(tag.strip() for tag in header.get("tags", "").split(",") if tag.strip()),
    )
    _check_example(query, _at(file, lines, "example"))
    return query


def _at(file: str, lines: Mapping[str, int], key: str) -> str:
    return f"{file}:{lines.get(key, 1)}"


def _read_header(text: str, file: str) -> tuple[dict[str, str], dict[str, int], str]:
    header: dict[str, str] = {}
    lines: dict[str, int] = {}
    body: list[str] = []
    key = ""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if not line.startswith("#+"):
            body.append(line)
        elif more := _MORE.fullmatch(line):
            if not key:
                raise QueryFileError(
                    f"{file}:{number}", "nothing to continue", "begin with '#+ title: …'"
                )
            header[key] = f"{header[key]} {more['value'].strip()}".strip()
        elif found := _HEADER.fullmatch(line):
            key = found["key"]
            if key not in _KEYS:
                raise QueryFileError(
                    f"{file}:{number}", f"unknown key {key}", f"keys are {', '.join(_KEYS)}"
                )
            if key in header:
                raise QueryFileError(f"{file}:{number}", f"{key} twice", "keep one of them")
            header[key], lines[key] = found["value"].strip(), number
        else:
            raise QueryFileError(
                f"{file}:{number}", "not a header line", "write '#+ key: value', or '# comment'"
            )
    return header, lines, "\n".join(body).strip()


def _read_parameters(value: str, where: str) -> tuple[Parameter, ...]:
    parameters = []
    for part in filter(None, (part.strip() for part in value.split(","))):
        found = _PARAMETER.fullmatch(part)
        if not found:
            raise QueryFileError(
                where, f"parameter {part!r} is not 'name: kind'", "write e.g. 'limit: integer = 20'"
            )
        kind = next((k for k in KINDS if k == found["kind"]), None)
        if kind is None:
            raise QueryFileError(
                where, f"unknown kind {found['kind']}", f"kinds are {', '.join(KINDS)}"
            )
        parameter = Parameter(found["name"], kind, found["default"])
        if parameter.default is not None:
            _check_value(parameter, parameter.default, where)
        parameters.append(parameter)
    if len({p.name for p in parameters}) < len(parameters):
        raise QueryFileError(where, "a parameter is declared twice", "keep one of them")
    return tuple(parameters)


def _read_example(value: str, where: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in filter(None, (part.strip() for part in value.split(","))):
        name, sign, given = part.partition("=")
        if not sign or not given.strip():
            raise QueryFileError(
                where, f"example {part!r} is not 'name=value'", "write e.g. 'drug=mesh:D016559'"
            )
        pairs.append((name.strip(), given.strip()))
    return tuple(pairs)


def _check_value(parameter: Parameter, value: str, where: str) -> None:
    if not re.fullmatch(_FORM[parameter.kind], value):
        allowed = f" ({' or '.join(LANGUAGES)})" if parameter.kind == "language" else ""
        raise QueryFileError(
            where,
            f"{value!r} is no {parameter.kind} for {parameter.name}",
            f"give a value of kind {parameter.kind}{allowed}",
        )


def _check_example(query: Query, where: str) -> None:
    try:
        query.values(dict(query.example))
    except QueryFileError as error:
        raise QueryFileError(
            where, f"the example does not fit ({error.problem})", "give name=value, comma-separated"
        ) from error


def _check_body(body: str, form: str, parameters: tuple[Parameter, ...], file: str) -> None:
    words = [t[0].upper() for t in tokens.find_tokens(body) if t.lastgroup == "word"]
    if "PREFIX" in words:
        raise QueryFileError(
            file, "a PREFIX line", "leave it out: ontologies/context.jsonld holds every prefix"
        )
    if form == "SELECT" and "ORDER" not in words:
        raise QueryFileError(file, "no ORDER BY", "order the rows, so that they always come alike")
    used = tokens.find_variables(body)
    own = {*tokens.find_projection(body), *tokens.find_assigned(body)}
    for parameter in parameters:
        if parameter.name not in used:
            raise QueryFileError(
                file, f"?{parameter.name} is not used", "use it, or do not declare it"
            )
        if parameter.name in own:
            raise QueryFileError(
                file,
                f"the parameter ?{parameter.name} is given back",
                "leave it out of SELECT and of AS: it becomes a constant",
            )
