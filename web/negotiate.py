"""Which form of a page or result to send: content types as tables, and RFC 9110 negotiation.

>>> choose("text/turtle;q=0.8, application/json", PAGE_OFFERS)
Offer(name='json', media_type='application/json')
>>> split_suffix("mesh:D016559.ttl")
('mesh:D016559', 'ttl')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that the server can send: its short name and its media type."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header; `*` stands for any type or subtype."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """0 where the range does not cover the type, else 1 (``*/*``), 2 (``text/*``) or 3."""
        kind, _, rest = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == rest else 0


# The order is the server's preference among forms that the client likes equally.
PAGE_OFFERS: tuple[Offer, ...] = (
    Offer("html", "text/html"),
    Offer("html", "application/xhtml+xml"),
    Offer("json", "application/json"),
    Offer("ttl", "text/turtle"),
    Offer("jsonld", "application/ld+json"),
    Offer("nt", "application/n-triples"),
    Offer("rdf", "application/rdf+xml"),
)
# Suffixes of an address that ask for a form, whatever the Accept header says.
PAGE_SUFFIXES: dict[str, Offer] = {
    offer.name: offer for offer in PAGE_OFFERS if offer.name != "html"
}

SOLUTION_OFFERS: tuple[Offer, ...] = (
    Offer("json", "application/sparql-results+json"),
    Offer("xml", "application/sparql-results+xml"),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
    Offer("json", "application/json"),
    Offer("xml", "application/xml"),
    Offer("xml", "text/xml"),
)
GRAPH_OFFERS: tuple[Offer, ...] = (
    Offer("ttl", "text/turtle"),
    Offer("nt", "application/n-triples"),
    Offer("jsonld", "application/ld+json"),
    Offer("rdf", "application/rdf+xml"),
    Offer("trig", "application/trig"),
    Offer("nq", "application/n-quads"),
    Offer("n3", "text/n3"),
    Offer("ttl", "application/x-turtle"),
    Offer("nt", "text/plain"),
    Offer("jsonld", "application/json"),
    Offer("rdf", "application/xml"),
    Offer("rdf", "text/xml"),
)
# The `format=` parameter that many clients know from other endpoints.
FORMAT_NAMES: dict[str, str] = {
    offer.name: offer.media_type
    for offer in (*reversed(GRAPH_OFFERS), *reversed(SOLUTION_OFFERS))
} | {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdf+xml": "application/rdf+xml",
    "json-ld": "application/ld+json",
}  # fmt: skip


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """The ranges of an Accept header, in its order; what cannot be read is left out.

    >>> parse_accept("text/*;q=0.3, */*")
    (MediaRange(type='text', subtype='*', quality=0.3),
     MediaRange(type='*', subtype='*', quality=1.0))
    """
    found = (_parse_range(part) for part in header.split(","))
    return tuple(media_range for media_range in found if media_range is not None)


def choose(header: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the client likes best, or None where it accepts none of them.

    Each offer gets the quality of the most specific range that covers it (RFC 9110, 12.5.1); on
    equal quality an explicitly named type goes before a wildcard, then the server's order holds.
    An empty header accepts everything.
    """
    ranges = parse_accept(header)
    if not ranges:
        return offers[0]
    best: tuple[float, int] = (0.0, 0)
    chosen: Offer | None = None
    for offer in offers:
        specificity, quality = max(
            ((r.specificity(offer.media_type), r.quality) for r in ranges),
            key=lambda pair: pair[0],
        )
        if specificity and quality > 0 and (quality, specificity) > best:
            best, chosen = (quality, specificity), offer
    return chosen


def split_suffix(path: str) -> tuple[str, str | None]:
    """The path without a suffix that names a form, and that form's name or None."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and stem and suffix in PAGE_SUFFIXES else (path, None)


def _parse_range(part: str) -> MediaRange | None:
    words = [word.strip() for word in part.split(";")]
    kind, slash, subtype = words[0].lower().partition("/")
    if kind == "*" and not slash:  # some old clients send a bare star
        slash, subtype = "/", "*"
    if not (slash and kind and subtype) or (kind == "*" and subtype != "*"):
        return None
    quality = 1.0
    for word in words[1:]:
        name, _, value = word.partition("=")
        if name.strip().lower() == "q":
            quality = _parse_quality(value)
    return MediaRange(kind, subtype, quality)


def _parse_quality(value: str) -> float:
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return min(max(quality, 0.0), 1.0) if quality == quality else 0.0
