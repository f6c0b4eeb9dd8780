"""The vocabulary at the path of its IRI, as pages and as RDF, by the header or by a suffix."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.vocabulary.reading import read_about
from web.negotiate import split_suffix
from web.pages.vocabulary import (
    describe_term,
    describe_vocabulary,
    load_term_page,
    load_vocabulary_page,
)
from web.site import answer_page, view

blueprint = Blueprint("vocabulary", __name__)


@blueprint.get("/vocab")
@blueprint.get("/vocab.<any(json, ttl, jsonld, nt, rdf):suffix>")
def vocabulary(suffix: str | None = None) -> Response:
    """All terms; what follows the # of a term's IRI is its place on the page."""
    return answer_page(load_vocabulary_page(), "vocabulary.html", describe_vocabulary)


@blueprint.get("/vocab/")
def vocabulary_with_slash() -> AnyResponse:
    """The same, for those who write the slash."""
    return redirect(url_for("vocabulary.vocabulary"), 308)


@blueprint.get("/vocab/<path:name>")
def term(name: str) -> Response:
    """One term, or the vocabulary in the version that its version IRI names."""
    stem = split_suffix(name)[0]
    if stem == read_about().version:
        return answer_page(load_vocabulary_page(), "vocabulary.html", describe_vocabulary)
    knows = load_term_page(view().reader, stem)
    return answer_page(knows, "term.html", lambda: describe_term(stem))
