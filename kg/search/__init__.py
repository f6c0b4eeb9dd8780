"""Full-text search over names and sentences in both languages."""

from kg.search.finding import Hit, Search
from kg.search.opening import open_search, refresh_search
from kg.search.resolving import Link, Resolution, link, resolve

__all__ = [
    "Hit",
    "Link",
    "Resolution",
    "Search",
    "link",
    "open_search",
    "refresh_search",
    "resolve",
]
