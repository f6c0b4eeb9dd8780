"""Codes of ICD-10 and ICD-11 as tables write them, and the concepts that they stand for.

The categories of WHO (``A01``, ``A01.0``) are the same in every table. The national and hospital
editions in Chinese extend them by more digits, and disagree: ``G70.903`` is one disease in one of
them and another in the next. A longer code is therefore a concept of its edition, below the
category that it extends: ``icd10cn:<edition>/G70.903``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import MentionType

_ICD10 = re.compile(r"([A-Z]\d[\dA-Z])(?:\.?([\dxX])([\dxA-Z]*)|  (\d+))?(?:\.[a-z]\d+)?[+*]?")
_ICD11 = re.compile(r"[0-9A-NP-Z][A-HJ-NP-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,3})?(?:[&/][0-9A-Z.&/]+)?")
_MORPHOLOGY = re.compile(r"M\d{4,6}/\d(?:/\d+)?")
_OUTCOMES = frozenset("RVWXYZ")  # symptoms and findings; external causes; contacts and states


@dataclass(frozen=True, slots=True)
class Code:
    """A code of ICD-10: the concept, and the category above it."""

    concept: str
    parent: str | None
    type: MentionType


def read_code(written: str, edition: str) -> Code | None:
    """The concept of a code of ICD-10; None where it is no such code.

    Of a dagger code with its asterisk (``A01.003+G01*``) the first stands for the disease.

    >>> read_code("A01.0", "bj")
    Code(concept='icd10:A01.0', parent='icd10:A01', type='Disease')
    >>> read_code("A01.003+G01*", "bj").concept, read_code("R50.9x001", "cn").type
    ('icd10cn:bj/A01.003', 'Outcome')
    >>> read_code("A99.x", "bj").concept, read_code("N44  01", "bj").parent
    ('icd10:A99', 'icd10:N44')
    >>> read_code("M80000/3", "bj").concept, read_code("22877", "bj")
    ('icd10cn:bj/M80000/3', None)
    """
    text = written.strip().partition("+")[0].rstrip("*+").strip()
    if _MORPHOLOGY.fullmatch(text):
        return Code(f"icd10cn:{edition}/{text}", None, "Disease")
    found = _ICD10.fullmatch(text)
    if found is None:
        return None
    category, fourth, rest, spaced = found.groups()
    kind: MentionType = "Outcome" if category[0] in _OUTCOMES else "Disease"
    digit = fourth if fourth and fourth.isdigit() else None
    above = f"icd10:{category}.{digit}" if digit else f"icd10:{category}"
    if rest or spaced or (text.partition(".")[2] not in ("", fourth)):
        return Code(f"icd10cn:{edition}/{text.replace(' ', 'x')}", above, kind)
    return Code(above, f"icd10:{category}" if digit else None, kind)


def is_icd11_code(written: str) -> bool:
    """Whether this has the form of a code of ICD-11 (``BA00.0``, ``1A00``)."""
    return bool(_ICD11.fullmatch(written.strip()))


def is_icd10_code(written: str) -> bool:
    """Whether this has the form of a code of ICD-10 or of an extension of it."""
    return read_code(written, "-") is not None
