"""Rare diseases in two languages as PhenoBrain keeps them: JSON by OMIM or Orphanet number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.terminology.identifiers import needed_curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.json_objects import object_items, string_of
from kg.terminology.importing.languages import language_of
from kg.terminology.importing.records import Name, name_rows
from kg.terminology.rows import NameLanguage, Row

_FIELDS: tuple[tuple[str, NameLanguage], ...] = (("ENG_NAME", "en"), ("CNS_NAME", "zh"))
_BETWEEN = re.compile(r"\s*[;；]+\s*")


def read(path: Path, given: Given) -> Iterator[Row]:
    """The English and Chinese names; the first of each is the label.

    Raises
    ------
    InputError
        where a record has neither name.
    """
    for where, key, record in object_items(path):
        disease = needed_curie(key, prefix=given.prefix, where=where)
        if not isinstance(record, dict) or not any(record.get(name) for name, _ in _FIELDS):
            raise InputError(
                "no ENG_NAME or CNS_NAME", where=where, remedy='write {"CNS_NAME": "…"}'
            )
        names: list[Name] = []
        for name, lang in _FIELDS:
            parts = filter(None, _BETWEEN.split(string_of(record.get(name), where)))
            for number, part in enumerate(parts):
                spoken = lang if lang == "en" else language_of(part, lang)
                names.append((part, spoken, "exact" if number else "label"))
        yield from name_rows(disease, names, given, "Disease")
