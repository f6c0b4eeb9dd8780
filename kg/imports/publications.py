"""Publications that a record cites: as CURIEs where they have one, else as addresses."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.errors import CurieError
from kg.terms import IRI
from kg.vocab import compress, is_curie

_PREFIXES = ("pubmed", "pmc", "doi")
_PUBMED = re.compile(
    r"(?:(?:PMID|pubmed):\s*|https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/)"
    r"(\d{1,9})(?:[/?#].*)?",
    re.IGNORECASE,
)
_OTHERS = ((re.compile(r"(?:PMC:)?(PMC\d+)", re.I), "pmc"), (re.compile(r"doi:(\S+)", re.I), "doi"))


def publication(written: str) -> str | None:
    """The CURIE or the address of a publication; None where it is neither.

    >>> publication("PMID:12"), publication("https://pubmed.ncbi.nlm.nih.gov/12/")
    ('pubmed:12', 'pubmed:12')
    >>> publication("https://example.org/a b"), publication("Smith 2001")
    ('https://example.org/a%20b', None)
    """
    text = written.strip()
    if found := _PUBMED.fullmatch(text):
        return f"pubmed:{found[1]}"
    for pattern, prefix in _OTHERS:
        if found := pattern.fullmatch(text):
            return f"{prefix}:{quote(found[1], safe='/:;().-_')}"
    if not text.startswith(("http://", "https://")):
        return text if is_curie(text) else None
    address = quote(text, safe="%/:?#@!$&'()*+,;=~-._")
    try:
        return IRI(address).value
    except ValueError:
        return None


def publication_name(iri: str) -> str:
    """A publication in words: its CURIE where it is an article, else its address.

    >>> publication_name("https://pubmed.ncbi.nlm.nih.gov/12")
    'pubmed:12'
    >>> publication_name("https://go.drugbank.com/drugs/DB00864")
    'https://go.drugbank.com/drugs/DB00864'
    """
    try:
        found = compress(iri)
    except CurieError:
        return iri
    return found if found.partition(":")[0] in _PREFIXES else iri
