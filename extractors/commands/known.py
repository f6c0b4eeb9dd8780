"""Which documents a build need not read: the graph has them, read from the same with the same."""

from __future__ import annotations

from extractors.options import Reread
from extractors.provenance import digest_of
from extractors.readers.records import Annotated, Readable
from kg.model import Extraction
from kg.provenance import ReadBy, reading_id
from kg.rdf.provenance import read_marks
from kg.store.base import Store


class Known:
    """What a store knows of the documents of one build.

    `skipped` are those that need not be read; `outdated` counts those among them that were read
    with other versions.
    """

    def __init__(self, store: Store, marks: ReadBy | None, reread: Reread) -> None:
        self.skipped: list[str] = []
        self.outdated = 0
        self._store = store
        self._reading = None if marks is None else reading_id(marks)
        self._reread = reread
        self._seen: set[str] = set()

    def is_known(self, item: Readable) -> bool:
        """Whether the graph has a document as it would be read; the second of one id is not."""
        given = item.document if isinstance(item, Extraction | Annotated) else item
        repeated = given.id in self._seen
        self._seen.add(given.id)
        read_already = isinstance(item, Extraction) and bool(item.relations)
        if repeated or read_already or self._reading is None or self._reread == "all":
            return False
        known = read_marks(self._store, given.id)
        if known is None or known[0] != digest_of(item):
            return False
        current = known[1] == self._reading
        if not current and self._reread == "changed":
            return False
        self.outdated += not current
        self.skipped.append(given.id)
        return True
