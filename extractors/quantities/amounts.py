"""Numbers with their units, as they stand in a text of either language.

The words (units, comparators, numerals) are data: ``languages/<language>/units.tsv`` and
``quantities.yaml``. Both languages' words are known in every text, since Latin units stand in
Chinese. Units are given in UCUM (The Unified Code for Units of Measure, ucum.org).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.tables import read_table, read_yaml
from kg.errors import FormatError
from kg.model import LANGUAGES

_DIGITS = (
    r"\d{1,3}(?: \d{3})+(?![\d.])|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?"
    r"|(?<![\u3400-\u9fff])[.·]\d+"
)
_COMPARATORS = {"at_least": "≥", "more": ">", "at_most": "≤", "less": "<", "about": "~"}
_SIGNS = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "~": "~", "≈": "~", "≦": "≤", "≧": "≥",
          "<=": "≤", ">=": "≥"}  # fmt: skip
_MOST_DIGITS = 15  # longer ones are identifiers
_MINUS = "-−–"
_BEFORE_MINUS = ("", " ", "(", "[", "=", ":", ",", "<", ">", "为")
_HYPHENS = "-‐‑‒–—−"
_TO = rf"\s?[{_HYPHENS}~∼˜]\s?"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range in a text with its unit; `dimension` says what the unit measures."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None = None
    dimension: str | None = None
    comparator: str | None = None
    deviation: bool = False
    sd: float | None = None
    number_end: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all languages around numbers, and the regular expressions made of them."""

    units: dict[str, tuple[str, str]]
    numerals: dict[str, float]
    scales: dict[str, float]
    words: dict[str, tuple[str, ...]]
    before: dict[str, str]
    after: dict[str, str]
    amount: re.Pattern[str]
    unit: re.Pattern[str]


def flatten(text: str) -> str:
    """The text with full-width digits, letters and signs made plain, one for one.

    Examples
    --------
    >>> flatten("Ｐ＜０．０５，８例")
    'P<0.05,8例'
    """
    return "".join(_flat(sign) for sign in text)


@cache
def _flat(sign: str) -> str:
    if sign in "　\u00a0\u2009\u202f":
        return " "
    plain = unicodedata.normalize("NFKC", sign) if sign not in "²³µ⁰¹⁻" else sign
    return plain if len(plain) == 1 else sign


def find_amounts(text: str) -> Iterator[Amount]:
    """All numbers of a flattened text with what belongs to them, from left to right."""
    words = vocabulary()
    position = 0
    while match := words.amount.search(text, position):
        amount = _amount(text, match, words)
        if amount is not None:
            yield amount
        position = max(match.end(), amount.end if amount else 0)


def _amount(text: str, match: re.Match[str], words: Vocabulary) -> Amount | None:
    low = _value(match["mean"] or match["low"] or match["single"], words)
    high = _value(match["high"], words)
    scale = words.scales.get((match["scale"] or match["scales"] or "").strip().lower(), 1)
    if low is None:
        return None
    start, end = match.start(), match.end()
    if text[start - 1 : start].isalnum() and text[start - 1 : start].isascii():
        return None  # a number in a name such as IL-6 or CD4
    if re.match(rf"[{_HYPHENS}_/]", text[start - 1 : start]) and re.match(
        r"[A-Za-z\dα-ω]", text[start - 2 : start - 1]
    ):
        return None
    if start and text[start - 1] in _MINUS and text[start - 2 : start - 1] in _BEFORE_MINUS:
        start, low = start - 1, -low
        high = -high if high is not None and match["low"] is None else high
    if high is None and (upper := _upper(text, start, end, words)):
        high, end = upper
    number_end = end
    unit, dimension, end = _unit(text, end, words)
    if (
        match["mean"]
        and unit is None
        and text[start - 1 : start] == "("
        and text[end : end + 1] == ")"
    ):
        unit, dimension, behind = _unit(text, end + 1, words)  # (80±5) U/L
        start, end = (start - 1, behind) if unit else (start, end)
    if unit is None and re.match(r"[A-Za-z]", text[end : end + 1]):
        return None
    low *= scale
    top = low if high is None else high * scale
    comparator, start = _before(text, start, words)
    if comparator is None:
        comparator, end = _after(text, end, words)
    return Amount(
        start, end, low, top, unit, dimension, comparator, match["mean"] is not None,
        _value(match["sd"], words), number_end,
    )  # fmt: skip


def _upper(
    text: str, start: int, end: int, words: Vocabulary
) -> tuple[float, int] | None:  # fmt: skip
    """The upper end of "between 40 and 80" and where it ends; None where none is told."""
    if not re.search(r"\bbetween\s$", text[:start], re.IGNORECASE):
        return None
    match = re.match(rf"\sand\s({_DIGITS})", text[end:])
    high = _value(match[1], words) if match else None
    return None if match is None or high is None else (high, end + match.end())


def _value(text: str | None, words: Vocabulary) -> float | None:
    if not text:
        return None
    plain = text.lower().strip().replace(",", "").replace("·", ".")
    if re.fullmatch(r"[\d ]+", plain):
        plain = plain.replace(" ", "")
    if re.fullmatch(r"\d*\.?\d+", plain):
        return float(plain) if len(plain) <= _MOST_DIGITS else None
    if plain in words.numerals:
        return words.numerals[plain]
    if "-" in plain or " " in plain:
        return sum(words.numerals.get(part, 0) for part in re.split(r"[-\s]+", plain))
    return _chinese_value(plain, words)


def number_value(text: str) -> float | None:
    """The number that digits or words of either language write, or None where they write none.

    >>> number_value("二十三"), number_value("twenty-one"), number_value("1,204")
    (23.0, 21.0, 1204.0)
    """
    return _value(text, vocabulary())


def _chinese_value(text: str, words: Vocabulary) -> float | None:
    """二十三 → 23, 一百二十 → 120."""
    total, digit = 0.0, 0.0
    for sign in text:
        number = words.numerals.get(sign)
        if number is None:
            return None
        if number >= 10:
            total += (digit or 1) * number
            digit = 0
        else:
            digit = number
    return total + digit


def unit_at(text: str, place: int) -> tuple[str | None, str | None, int]:
    """The UCUM unit at a place of a text, what it measures, and where it ends."""
    return _unit(text, place, vocabulary())


def _unit(text: str, end: int, words: Vocabulary) -> tuple[str | None, str | None, int]:
    match = words.unit.match(text, end)
    if match is None:
        return None, None, end
    stem = match["first"]
    ucum, dimension = words.units[stem]
    for part in re.finditer(words.words["_denominator"][0], match["rest"] or ""):
        divisor = part["per"] or part["power"]
        below = words.units[divisor][0]
        ucum += f"/{below}"
        if dimension in ("mass", "activity", "substance") and below in _VOLUMES:
            dimension = "concentration"
        elif dimension in ("mass", "activity", "substance"):
            dimension = "dose rate"
        elif dimension == "count" or below != "d":
            dimension = "rate" if dimension != "time" else dimension
    stop = end + len(trimmed(match[0]))
    return ucum, dimension, stop


def trimmed(text: str) -> str:
    """The text without spaces, commas and closing brackets at its end that open nowhere in it."""
    text = text.rstrip(" ,;:")
    while text.endswith((")", "]")) and text.count("(") + text.count("[") < (
        text.count(")") + text.count("]")
    ):
        text = text[:-1].rstrip(" ,;:")
    return text


_VOLUMES = frozenset({"L", "dL", "mL", "uL", "fL", "cm3", "mm3"})


def _before(text: str, start: int, words: Vocabulary) -> tuple[str | None, int]:
    head = text[:start]
    bare = head.rstrip()
    for sign in ("<=", ">=", *_SIGNS):
        lone = sign not in "~≈" or not bare[:-1].rstrip()[-1:].isdigit()
        if bare.endswith(sign) and lone and not bare.endswith(("->", "=>")):
            return _SIGNS[sign], len(bare) - len(sign)
    low = bare.lower()
    for word, comparator in words.before.items():
        if low.endswith(word) and not (word[0].isascii() and low[: -len(word)][-1:].isalpha()):
            return comparator, len(bare) - len(word)
    return None, start


def _after(text: str, end: int, words: Vocabulary) -> tuple[str | None, int]:
    tail = text[end : end + 16]
    bare = tail.lstrip()
    for word, comparator in words.after.items():
        if bare.lower().startswith(word):
            return comparator, end + len(tail) - len(bare) + len(word)
    return None, end


@cache
def vocabulary() -> Vocabulary:
    """The words of both languages' data files, checked."""
    units: dict[str, tuple[str, str]] = {}
    tables: list[dict[str, Any]] = []
    for language in LANGUAGES:
        for written, ucum, dimension in read_table(language, "units.tsv", 3):
            units[flatten(written)] = (ucum, dimension)
        tables.append(read_yaml(language, "quantities.yaml"))
    _check(tables)
    numerals = {str(k).lower(): float(v) for t in tables for k, v in t["numerals"].items()}
    scales = {str(k).lower(): float(v) for t in tables for k, v in t["scales"].items()}
    words = {
        name: tuple(
            str(word)
            for table in tables
            for word in (table[name].split() if isinstance(table[name], str) else table[name])
        )
        for name in tables[0]
        if name not in ("numerals", "scales")
    }
    denominator = _denominator(units, words)
    after = {w: c for name, c in _COMPARATORS.items() for w in words.get(f"{name}_after", ())}
    words["_denominator"] = (denominator,)
    return Vocabulary(
        units, numerals, scales, words,
        _by_length({w: c for name, c in _COMPARATORS.items() for w in words[name]}),
        _by_length(after),
        _amount_pattern(numerals, scales, words),
        re.compile(
            rf"\s?[{_HYPHENS}]?\s?(?P<first>{_any(units)})(?:(?<=[\u3400-\u9fff])|(?![A-Za-z\d]))"
            rf"(?P<rest>(?:{_unnamed(denominator)})*)"
        ),
    )  # fmt: skip


def _check(tables: list[dict[str, Any]]) -> None:
    if len({frozenset(table) for table in tables}) != 1:
        odd = set(tables[0]) ^ set(tables[1])
        raise FormatError(f"key {min(odd)} is not in all languages", where="quantities.yaml",
                          remedy="give every language the same keys")  # fmt: skip


def _by_length(table: dict[str, str]) -> dict[str, str]:
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _denominator(units: dict[str, tuple[str, str]], words: dict[str, tuple[str, ...]]) -> str:
    """Whatever follows a unit as a divisor: /kg, /(kg·d), per day, 每天, ·kg⁻¹."""
    names = _any(units)
    per = _any(words["per"])
    return (
        rf"\s?(?:/\s?\(?|[·.*]|(?<![A-Za-z])(?:{per})\s?)\s?(?P<per>{names})(?![A-Za-z])\s?\)?(?![-⁻−]\d|⁻¹)"
        rf"|[·.*\s]\s?(?P<power>{names})(?:[-−⁻–]1|⁻¹)"
    )


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _amount_pattern(
    numerals: dict[str, float], scales: dict[str, float], words: dict[str, tuple[str, ...]]
) -> re.Pattern[str]:
    latin = [word for word in numerals if word.isascii()]
    tens = "|".join(w for w in latin if numerals[w] in range(20, 100, 10))
    ones = "|".join(w for w in latin if numerals[w] < 10)
    spelled = rf"(?<![A-Za-z-])(?:(?:{tens})[-\s](?:{ones})|{_any(latin)})(?![A-Za-z])"
    # 百分之 is a percent sign, 一些 and the like are no numbers: those need a unit to be kept.
    han = "(?!百分之)[" + "".join(word for word in numerals if not word.isascii()) + "]+"
    number = rf"(?:{_DIGITS}|{spelled}|{han})"
    scale = rf"\s?(?:{_any(scales)})(?![A-Za-z])"
    joint = "|".join(
        rf"\s{w}\s" if w.isascii() else w for w in words["range_words"] if w not in ("and", "和")
    )
    return re.compile(
        rf"(?P<mean>{number})\s?(?:±|\+/-)\s?(?P<sd>{_DIGITS})"
        rf"|(?P<low>{number})(?:{_TO}|{joint})(?P<high>{number})(?P<scale>{scale})?"
        rf"|(?P<single>{number})(?P<scales>{scale})?",
        re.IGNORECASE,
    )
