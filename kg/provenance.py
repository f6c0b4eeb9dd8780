"""With what a document was read: versions and hashes, and no times.

The time of a run is no part of what a document says: the same input, read with the same versions,
gives the same graph, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What took part in reading a document.

    `version` is that of Parallax, `lexicon` that of the lexicon, `rules` the hash of rules and word
    lists, `models` names every model and reader from outside, with its version or hash.
    """

    version: str
    lexicon: str
    rules: str
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an extraction came about: from which content (a SHA-256), read with what."""

    digest: str
    read_by: ReadBy


def reading_id(read_by: ReadBy) -> str:
    """The 16 hexadecimal digits that identify what documents were read with.

    >>> len(reading_id(ReadBy("1.0", "starter", "0")))
    16
    """
    content = [read_by.version, read_by.lexicon, read_by.rules, *read_by.models]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
