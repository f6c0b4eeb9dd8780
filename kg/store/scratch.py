"""A store on disk for the time of one task: for a file that is too large to be held."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import FormatError
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.formats import oxigraph_format


@contextmanager
def scratch_store(chunks: Iterator[bytes], name: str, *, where: str) -> Iterator[Store]:
    """A store that holds an RDF document (`name` is its format); it is deleted with the block.

    Raises
    ------
    FormatError
        where the text is not what the format asks for.
    """
    with tempfile.TemporaryDirectory(prefix="parallax-rdf-") as folder:
        unpacked = Path(folder) / "document"
        with unpacked.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
        store = ox.Store(str(Path(folder) / "store"))
        try:
            store.bulk_load(path=str(unpacked), format=oxigraph_format(name))
        except (SyntaxError, ValueError, OSError) as error:
            reason = getattr(error, "msg", None) or str(error)
            raise FormatError(
                f"not {name}: {reason}", where=where, remedy="check the file"
            ) from error
        opened = EmbeddedStore(store, where)
        del store
        try:
            yield opened
        finally:
            opened.close()
            shutil.rmtree(Path(folder) / "store", ignore_errors=True)
