"""A decision of a curator: who, when, of which evidence, and what is wrong with it, if anything.

The tags are those of INDRA's curations (Bachman et al. 2023), with two for bilingual documents. A
decision is never changed: one that was a mistake is withdrawn by another.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kg.assembly.values import Verdict
from kg.errors import FormatError
from kg.model import Agreement
from kg.vocab import document_of, part_iri, part_of

CORRECT = "correct"
WITHDRAWN = "withdrawn"
# Tag → what the evidence counts for, and what the tag means in both languages.
VERDICT_OF: dict[str, Verdict] = {
    CORRECT: "correct",
    "grounding": "wrong",
    "entity_boundaries": "wrong",
    "no_relation": "wrong",
    "wrong_relation": "wrong",
    "act_vs_amt": "wrong",
    "polarity": "wrong",
    "negative_result": "wrong",
    "hypothesis": "hypothesis",
    "agent_conditions": "wrong",
    "mod_site": "wrong",
    "other": "wrong",
    "translation_error": "unpaired",
    "alignment_error": "unpaired",
}
TAGS = tuple(VERDICT_OF)
_EVIDENCE = re.compile(r"(?P<document>.+)#(?P<part>e(?P<statement>[0-9a-f]{16})(?P<not>-not)?)")
_ORCID = re.compile(r"(?:https?://orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True, slots=True)
class Curation:
    """One decision of one curator about one evidence.

    `evidence` is ``document#e<statement>``, the same however often the document is read again as
    long as it makes the claim. `quotes` (language, text) are the sentences and `rules` the readers
    (``derived co-change`` for a derivation) that the curator judged, with the `agreement` of the
    languages and the `confidence` that the reading had. `withdraws` is the id of an earlier
    decision that no longer holds; its tag is then ``withdrawn``.
    """

    evidence: str
    tag: str
    curator: str
    date: str
    note: str = ""
    value: str = ""
    claim: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    agreement: Agreement = "monolingual"
    confidence: float = 1.0
    withdraws: str = ""

    @property
    def id(self) -> str:
        """16 hexadecimal digits of a hash of its content: the same decision is never kept twice."""
        content = [self.evidence, self.tag, self.curator, self.date, self.note, self.value]
        text = json.dumps([*content, self.withdraws], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def order(self) -> tuple[str, str]:
        """The place among other decisions: by date, then by id."""
        return self.date.removesuffix("Z"), self.id

    @property
    def document(self) -> str:
        """The id of the document."""
        return self._parts()["document"]

    @property
    def statement(self) -> str:
        """The id of the statement."""
        return self._parts()["statement"]

    @property
    def verdict(self) -> Verdict | None:
        """What the evidence counts for by this decision alone; None where it withdraws another."""
        return VERDICT_OF.get(self.tag)

    def _parts(self) -> dict[str, str]:
        found = _EVIDENCE.fullmatch(self.evidence)
        if found is None:
            raise FormatError(
                "is no evidence", where=self.evidence,
                remedy="name it as kg curate --next does: pubmed:1#e0123456789abcdef",
            )  # fmt: skip
        return found.groupdict()


def checked(curation: Curation, *, where: str = "") -> Curation:
    """The curation in normal form: ORCID as such, date in UTC to the second.

    Raises
    ------
    FormatError
        where its evidence, tag, curator or date is none.
    """
    place = where or curation.evidence
    if curation.tag not in TAGS and not (curation.tag == WITHDRAWN and curation.withdraws):
        raise FormatError(
            f"unknown tag {curation.tag!r}", where=place, remedy=f"use one of {', '.join(TAGS)}"
        )
    try:
        statement = curation.statement
    except FormatError as error:
        raise FormatError(error.what, where=f"{place} {curation.evidence}".strip(),
                          remedy=error.remedy) from error  # fmt: skip
    if not statement or not curation.curator.strip():
        raise FormatError("names no curator", where=place, remedy="give a name or an ORCID")
    return replace(
        curation,
        curator=curator_of(curation.curator, where=place),
        date=normal_date(curation.date, where=place),
    )


def curator_of(text: str, *, where: str = "") -> str:
    """A curator's name as it was given, or ``orcid:`` with the digits of an ORCID.

    >>> curator_of("https://orcid.org/0000-0002-1825-0097"), curator_of(" Li Hua ")
    ('orcid:0000-0002-1825-0097', 'Li Hua')

    Raises
    ------
    FormatError
        where an ORCID's last digit does not fit the others (ISO 7064, 11-2).
    """
    name = " ".join(text.split())
    found = _ORCID.fullmatch(name)
    if found is None:
        return name
    digits = found[1].replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise FormatError(f"{name} is no ORCID", where=where, remedy="check its digits")
    return f"orcid:{found[1]}"


def normal_date(text: str, *, where: str = "") -> str:
    """A date and time in UTC; a part of a second without zeros at its end.

    >>> normal_date("2026-01-02T03:04:05+08:00"), normal_date("2026-01-02")
    ('2026-01-01T19:04:05Z', '2026-01-02T00:00:00Z')
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise FormatError(f"{text!r} is no date", where=where,
                          remedy="write 2026-01-31 or 2026-01-31T12:00:00Z") from error  # fmt: skip
    moment = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    whole, _, part = moment.replace(tzinfo=None).isoformat().partition(".")
    return f"{whole}.{part}".rstrip("0.") + "Z" if part else f"{whole}Z"


def today() -> str:
    """The date and time now, as curations give it."""
    return normal_date(datetime.now(UTC).isoformat())


def evidence_id(iri: str) -> str:
    """The evidence of an IRI: ``document#part``."""
    return f"{document_of(iri)}#{part_of(iri)}"


def evidence_iri(evidence: str) -> str:
    """The IRI of an evidence: the inverse of `evidence_id`."""
    document, _, part = evidence.rpartition("#")
    return part_iri(document, part).value
