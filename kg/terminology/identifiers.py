"""Identifiers as other sources write them, turned into our CURIEs: `ontologies/prefixes.tsv`.

>>> curie("UMLS_CUI:C0018923"), curie("CHEBI:CHEBI:2365"), curie("Orphanet:558")
('umls:C0018923', 'CHEBI:2365', 'ORPHA:558')
>>> curie("D016559", prefix="mesh"), curie("http://purl.obolibrary.org/obo/HP_0000001")
('mesh:D016559', 'HP:0000001')
>>> curie("VEGA:OTTHUMG00000183507") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.errors import InputError
from ontologies.files import TermFileError, data_path, prefixes, tsv_lines

_DATED = re.compile(r"_\d{4}_\d\d_\d\d$")  # SNOMEDCT_US_2018_03_01
_IRI = re.compile(r"[a-z]+://", re.IGNORECASE)
_IDENTIFIERS_ORG = re.compile(r"https?://(?:www\.)?identifiers\.org/([^/:]+)[/:](.+)", re.I)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary that we know: its prefix, and what its identifiers look like."""

    prefix: str
    pattern: re.Pattern[str]


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """Every spelling of a prefix, in lower case → its vocabulary.

    Raises
    ------
    TermFileError
        where `ontologies/prefixes.tsv` names a prefix that the context lacks, has a wrong pattern
        or gives one spelling to two prefixes.
    """
    known = prefixes()
    found: dict[str, Vocabulary] = {}
    columns = ("prefix", "pattern", "spellings")
    for where, (prefix, pattern, spellings) in tsv_lines(data_path("prefixes.tsv"), columns):
        if prefix not in known:
            raise TermFileError(f"unknown prefix {prefix}", where=where,
                                remedy="add it to context.jsonld")  # fmt: skip
        try:
            vocabulary = Vocabulary(prefix, re.compile(pattern))
        except re.error as error:
            raise TermFileError(f"{error} in the pattern", where=where,
                                remedy="give a regular expression") from error  # fmt: skip
        for spelling in {prefix.casefold(), *spellings.casefold().split("|")} - {""}:
            if spelling in found:
                raise TermFileError(f"{spelling} stands twice", where=where,
                                    remedy="keep one of the rows")  # fmt: skip
            found[spelling] = vocabulary
    return found


@lru_cache(maxsize=1 << 16)
def curie(written: str, prefix: str | None = None) -> str | None:
    """The CURIE of an identifier that another source wrote; None where it is none that we know.

    Parameters
    ----------
    written : a CURIE in any spelling of its prefix, an IRI, or, with `prefix`, a bare identifier
    prefix : spelling of the prefix of bare identifiers
    """
    text = written.strip()
    if _IRI.match(text):
        return _of_iri(text)
    if prefix is not None and (found := _of_parts(prefix, text)):
        return found
    head, colon, local = text.partition(":")
    return _of_parts(head, local) if colon else None


def needed_curie(written: str, *, where: str, prefix: str | None = None) -> str:
    """The CURIE of an identifier.

    Raises
    ------
    InputError
        where it is none: an unknown prefix, or a form that the vocabulary does not have.
    """
    found = curie(written, prefix)
    if found is None:
        raise InputError(
            f"{written[:80]!r} is no identifier {f'of {prefix}' if prefix else 'that is known'}",
            where=where,
            remedy="give a CURIE whose prefix stands in ontologies/prefixes.tsv, or name the "
            "prefix of bare identifiers",
        )  # fmt: skip
    return found


def needed_prefix(written: str, *, where: str) -> str:
    """Our spelling of a prefix.

    Raises
    ------
    InputError
        where it is unknown.
    """
    found = _vocabulary(written)
    if found is None:
        raise InputError(
            f"unknown prefix {written!r}", where=where,
            remedy="use one of ontologies/prefixes.tsv, or add it there and to context.jsonld",
        )  # fmt: skip
    return found.prefix


def is_prefix(written: str) -> bool:
    """Whether this is a prefix of a vocabulary that we know, in any spelling."""
    return _vocabulary(written) is not None


def _vocabulary(spelling: str) -> Vocabulary | None:
    key = spelling.strip().casefold()
    return vocabularies().get(key) or vocabularies().get(_DATED.sub("", key))


def _of_parts(spelling: str, local: str) -> str | None:
    vocabulary = _vocabulary(spelling)
    if vocabulary is None:
        return None
    local = local.strip()
    head, colon, rest = local.partition(":")
    if colon and _vocabulary(head) is vocabulary:  # HGNC:HGNC:5
        local = rest
    return f"{vocabulary.prefix}:{local}" if vocabulary.pattern.fullmatch(local) else None


def _of_iri(iri: str) -> str | None:
    from kg.vocab import converter

    if found := _IDENTIFIERS_ORG.fullmatch(iri):
        return _of_parts(found[1], found[2])
    head, _, local = (converter().compress(iri) or "").partition(":")
    return _of_parts(head, local)
