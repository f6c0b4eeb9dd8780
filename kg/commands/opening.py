"""What the asking commands open: the graph for reading, its search index, and names in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

from kg.settings import Settings

if TYPE_CHECKING:
    from kg.search.finding import Search
    from kg.search.resolving import Resolution
    from kg.store.base import Store

language_option = click.option(
    "--lang", "language", type=click.Choice(["en", "zh"]), default=None,
    help="Language of the names and the words (default: that of the question, else en).",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Graph:
    """A graph opened for reading, with its search index, which is opened when first needed."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self.store = store

    @cached_property
    def search(self) -> Search:
        """The search over the graph; see `kg.search.opening`."""
        from kg.search.opening import open_search

        return open_search(self._settings, self.store)

    def close(self) -> None:
        """Close the search index, where it was opened."""
        if "search" in self.__dict__:
            self.search.close()

    def labels(self, language: str) -> Callable[[str], str]:
        """A function that names a concept in a language, by its CURIE."""

        def label(curie: str) -> str:
            hit = self.search.get(curie)
            return curie if hit is None else hit.label_in(language)

        return label

    def resolve(self, text: str) -> Resolution:
        """The concept that a CURIE or a name denotes; see `kg.search.resolving`."""
        from kg.search.resolving import resolve

        return resolve(self.search, text)


@contextmanager
def open_graph(settings: Settings) -> Iterator[Graph]:
    """The graph that the settings name, open while the block runs."""
    from kg.store.opening import open_store

    with open_store(settings, read_only=True) as store, closing(Graph(settings, store)) as graph:
        yield graph


def language_for(language: str | None, *texts: str) -> str:
    """The language asked for, else the one that the texts are in."""
    from kg.search.folding import has_han

    return language or ("zh" if any(map(has_han, texts)) else "en")
