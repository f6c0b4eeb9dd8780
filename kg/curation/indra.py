"""Decisions as INDRA keeps them (its curation JSON), and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from kg.curation.tables import curation_of
from kg.curation.values import Curation, evidence_id, evidence_iri
from kg.errors import FormatError, KgError
from kg.vocab import BASE

SOURCE = "parallax"
# Tags that INDRA does not have are "other" there, with the tag in the annotations.
_OURS = frozenset({"translation_error", "alignment_error"})


def to_indra(curations: Iterable[Curation]) -> list[dict[str, Any]]:
    """Decisions in force as INDRA's curations.

    INDRA knows a statement and an evidence by hashes (``pa_hash``, ``source_hash``); these are of
    our own identifiers, which stand in ``ev_json`` and ``pa_json`` as well.
    """
    return [
        {
            "id": int(one.id[:13], 16),
            "curator": one.curator,
            "date": format_datetime(datetime.fromisoformat(one.date), usegmt=True),
            "tag": "other" if one.tag in _OURS else one.tag,
            "text": one.note or None,
            "source": SOURCE,
            "pa_hash": _signed(one.statement),
            "source_hash": source_hash(one.evidence),
            "pa_json": {"id": one.statement, "text": one.claim},
            "ev_json": {
                "source_api": SOURCE,
                "source_id": evidence_iri(one.evidence),
                "text": one.quotes[0][1] if one.quotes else None,
                "annotations": {"tag": one.tag, "value": one.value, "rules": list(one.rules)},
            },
        }
        for one in curations
    ]


def read_indra(text: str, *, where: str, failures: list[KgError]) -> Iterator[Curation]:
    """The decisions about our evidence in INDRA's curations; what is no such record is a failure.

    Raises
    ------
    FormatError
        where the text is no JSON list of objects.
    """
    try:
        records = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"no JSON ({error.msg})", where=f"{where}:{error.lineno}",
                          remedy="give INDRA's curations as a JSON list") from error  # fmt: skip
    if not isinstance(records, list):
        raise FormatError("no list of curations", where=where, remedy="give a JSON list")
    for number, record in enumerate(records, 1):
        try:
            yield _curation(record, f"{where} [{number}]")
        except KgError as error:
            failures.append(error)


def source_hash(evidence: str) -> int:
    """The hash by which INDRA knows an evidence: 64 bits, with a sign."""
    return _signed(hashlib.sha256(evidence.encode()).hexdigest()[:16])


def _signed(digits: str) -> int:
    number = int(digits, 16)
    return number - (1 << 64) if number >> 63 else number


def _curation(record: Any, where: str) -> Curation:
    if not isinstance(record, Mapping):
        raise FormatError("is no object", where=where, remedy="give INDRA's curations")
    evidence = record.get("ev_json") or {}
    iri = str(evidence.get("source_id") or "")
    if not iri.startswith(BASE):
        raise FormatError(
            "is about evidence of another collection", where=where,
            remedy="give curations whose ev_json has a source_id of kg export indra",
        )  # fmt: skip
    notes = evidence.get("annotations") or {}
    tag = str(record.get("tag") or "")
    own = str(notes.get("tag") or "")
    return curation_of(
        {
            "evidence": evidence_id(iri),
            "tag": own if tag == "other" and own in _OURS else tag,
            "curator": str(record.get("curator") or ""),
            "date": _date(str(record.get("date") or ""), where),
            "value": str(notes.get("value") or ""),
        },
        note=str(record.get("text") or ""),
        where=where,
    )


def _date(text: str, where: str) -> str:
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return text  # ISO 8601, or an error that the check of the decision tells
