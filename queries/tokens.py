"""The few SPARQL tokens that matter here: variables, told apart from strings, IRIs and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# SPARQL 1.1, §19.8: STRING_LITERAL*, IRIREF, comments, VAR1 and VAR2, words (keywords, names).
_TOKEN = re.compile(
    r'''(?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|\'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\''''
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)"""
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
