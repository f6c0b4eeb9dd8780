"""The few SPARQL tokens that matter here: variables, told apart from strings, IRIs and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# SPARQL 1.1, §19.8: STRING_LITERAL*, IRIREF, comments, VAR1 and VAR2, words (keywords, names). An
# escape in a local name (ex:a\#b) begins neither a comment nor a string.
_TOKEN = re.compile(
    r'''(?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|\'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\''''
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)"""
    r"""|(?P<escape>\\.)"""
    r"""|(?P<comment>\#[^\n\r]*)"""
    r"""|(?P<variable>[?$]\w+)"""
    r"""|(?P<word>[^\W\d][\w:.-]*)"""
    r"""|(?P<mark>[{}()*])""",
    re.DOTALL,
)

FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


def find_tokens(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of a query in order; each match names its kind in `lastgroup`."""
    return _TOKEN.finditer(sparql)


def find_variables(sparql: str) -> frozenset[str]:
    """Names of the variables in a query, without the question mark.

    >>> sorted(find_variables('SELECT ?a { ?a <p?q> "?b" } # ?c'))
    ['a']
    """
    return frozenset(t[0][1:] for t in find_tokens(sparql) if t.lastgroup == "variable")


def find_form(sparql: str) -> str:
    r"""The query form, one of SELECT, CONSTRUCT, ASK, DESCRIBE; '' where there is none.

    >>> find_form("# select what?\nASK { ?s ?p ?o }")
    'ASK'
    """
    words = (token[0].upper() for token in find_tokens(sparql) if token.lastgroup == "word")
    return next((word for word in words if word in FORMS), "")


def find_words(sparql: str) -> Iterator[str]:
    r"""Every keyword that could stand in a query, in upper case, and prefixed names as they are.

    A word is parted at its full stops unless it is a prefixed name, because ``true.SERVICE`` and
    ``"x"@en.SERVICE`` are two tokens each while ``ex:a.b`` is one.

    >>> list(find_words('ASK { ?s ex:a.b true.filter("service") }'))
    ['ASK', 'ex:a.b', 'TRUE', 'FILTER']
    """
    for token in find_tokens(sparql):
        if token.lastgroup != "word":
            continue
        rest = token[0]
        while rest:
            head, _, tail = rest.partition(".")
            if ":" in head:
                yield rest
                break
            yield head.upper()
            rest = tail


def calls_service(sparql: str) -> bool:
    """Whether a query would make the machine that runs it call another one."""
    return "service" in sparql.casefold() and "SERVICE" in find_words(sparql)


def names_dataset(sparql: str) -> bool:
    r"""Whether a query has FROM or FROM NAMED clauses of its own.

    >>> names_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    True
    >>> names_dataset("# from where?\nSELECT * { ?from ?p 'FROM' }")
    False
    """
    if "from" not in sparql.casefold():
        return False
    for token in find_tokens(sparql):
        if token[0] == "{":
            return False
        if token.lastgroup == "word" and token[0].upper() == "FROM":
            return True
    return False


def find_projection(sparql: str) -> tuple[str, ...]:
    """Names of the variables that a SELECT gives back, in order; empty for ``SELECT *``.

    >>> find_projection("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b } GROUP BY ?a")
    ('a', 'n')
    """
    names: list[str] = []
    depth, seen, renamed = 0, False, False
    for token in find_tokens(sparql):
        text = token[0]
        if text.upper() == "SELECT":
            seen = True
        elif not seen:
            continue
        elif text == "{" or text.upper() in {"WHERE", "FROM"}:
            break
        elif text in "()":
            depth += 1 if text == "(" else -1
        elif token.lastgroup == "variable" and (depth == 0 or renamed):
            names.append(text[1:])
        renamed = text.upper() == "AS"
    return tuple(names)


def find_assigned(sparql: str) -> frozenset[str]:
    """Names of the variables that a query sets itself by ``AS ?name``, at any depth."""
    names, renamed = set(), False
    for token in find_tokens(sparql):
        if token.lastgroup == "variable" and renamed:
            names.add(token[0][1:])
        renamed = token[0].upper() == "AS"
    return frozenset(names)


def substitute(sparql: str, terms: Mapping[str, str]) -> str:
    r"""The query with each variable in `terms` replaced by that term in N-Triples form.

    Strings, IRIs and comments are left alone, so a value can only ever stand where a term can.

    >>> substitute('SELECT ?s { ?s ?p ?x } # ?x', {"x": '"a \\" b"@en'})
    'SELECT ?s { ?s ?p "a \\" b"@en } # ?x'
    """
    return _TOKEN.sub(
        lambda token: (
            terms.get(token[0][1:], token[0]) if token.lastgroup == "variable" else token[0]
        ),
        sparql,
    )
