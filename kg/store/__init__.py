"""The store of quads: embedded Oxigraph by default, or any SPARQL 1.1 server.

`open_store` opens what the settings name; `memory_store` is an empty store for one process.
"""

from kg.store.base import Result, Row, Solutions, Store, Triples
from kg.store.embedded import EmbeddedStore, memory_store
from kg.store.opening import open_snapshot, open_store, store_path
from kg.store.snapshots import current_snapshot, publish_snapshot

__all__ = [
    "EmbeddedStore",
    "Result",
    "Row",
    "Solutions",
    "Store",
    "Triples",
    "current_snapshot",
    "memory_store",
    "open_snapshot",
    "open_store",
    "publish_snapshot",
    "store_path",
]
