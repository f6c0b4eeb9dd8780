"""The table that comes with Parallax: learnt from the starter terminology and aligned sentences."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from extractors.composition.model import Composition, open_composition

FOLDER = Path(str(files("extractors"))) / "models" / "alignment"
ABOUT = "about.json"  # from what it was learnt


@lru_cache(maxsize=1)
def open_table() -> Composition:
    """The table, opened when first needed and kept.

    Raises
    ------
    InputError
        where a file of it is absent or broken.
    """
    return open_composition(FOLDER)


def table_mark() -> str:
    """What the table was learnt from, as a mark that changes with it."""
    return hashlib.sha256((FOLDER / ABOUT).read_bytes()).hexdigest()[:16]
