"""The counterparts of our context rules in BioScope, from ``context_bioscope.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "context_bioscope.tsv"


@dataclass(frozen=True, slots=True)
class Profile:
    """The BioScope type of each rule that has one, and the rules whose cues are weighed."""

    types: Mapping[str, str]
    weighed: frozenset[str]


@cache
def load_profile() -> Profile:
    """The committed table."""
    rows = [
        line.split("\t")
        for line in _TABLE.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    types = {rule: kind for rule, kind, _ in rows if kind != "-"}
    return Profile(types, frozenset(rule for rule, _, weighed in rows if weighed == "yes"))
