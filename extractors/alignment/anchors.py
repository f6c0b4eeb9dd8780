"""Anchors of a sentence: what the two languages of it have in common, whoever translated it.

Numbers, Latin words that also stand in the Chinese, concepts, and the gist of common words of
abstracts (``cues.tsv``) are counted; their rarity in the document decides what each is worth.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from kg.model import Language

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN = re.compile(r"[a-z][a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_HAN_NUMBER = re.compile(r"([一二两三四五六七八九十])(?=[例名个组周天日月年种次者项])")


def anchors(text: str, language: Language, concepts: Iterable[str] = ()) -> Counter[str]:
    """How often each anchor occurs in a sentence; keys carry their kind before a colon.

    >>> sorted(anchors("IL-6 rose in 12 patients.", "en"))[:3]
    ['cue:increase', 'cue:patient', 'latin:il']
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    found: Counter[str] = Counter(f"concept:{concept}" for concept in concepts)
    found.update(f"number:{_plain(number)}" for number in _NUMBER.findall(folded))
    words = _LATIN.findall(folded)
    found.update(f"latin:{word}" for word in words)
    spelt = words if language == "en" else _HAN_NUMBER.findall(folded)
    numerals = _numerals(language)
    found.update(f"number:{numerals[word]}" for word in spelt if word in numerals)
    found.update({f"cue:{gist}": 1 for gist, pattern in _cues(language) if pattern.search(folded)})
    return found


def weight_of_length(text: str, language: Language) -> float:
    """Length of a sentence in English letters; a Han character counts as three.

    The ratio was measured on public parallel abstracts (`benchmarks/alignment.py` reports it).
    """
    han = len(_HAN.findall(text))
    other = sum(1 for character in text if not character.isspace()) - han
    return float(other + (3 * han if language == "zh" else 0))


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


@cache
def _numerals(language: Language) -> dict[str, str]:
    return {row["text"]: row["value"] for row in _rows("numerals.tsv") if row["lang"] == language}


@cache
def _cues(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    start = r"\b" if language == "en" else ""
    return tuple(
        (row["gist"], re.compile(f"{start}(?:{row[language]})")) for row in _rows("cues.tsv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    source = files("extractors.alignment").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines(), delimiter="\t"))
