"""Names from the clinic as classifications write them, step by step and with reasons.

What is written at the bedside ("左肺Ca IV期") and what a classification lists ("肺恶性肿瘤") differ
in ways that can be listed: other words, abbreviations, the side, the degree, numerals. `analyse`
rewrites either kind to one form and keeps what it took out; `split_names` cuts a text that names
several things. Words and rules are data: ``languages/<language>/clinical.yaml`` and
``clinical_rewrites.tsv``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.grounding.similar import letters
from extractors.normalize import has_han
from extractors.tables import read_table, read_yaml
from kg.model import Language


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way to the form of comparison: what stood there, what stands, and why."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClinicalName:
    """A name in the form in which it is compared, with what was taken out of it.

    `folded` is the text as `letters` folds it, nothing rewritten.
    `sides` are among left, right and both; `numerals` are those of types, stages, grades and
    degrees, each with its unit ("2型"); `restrictions` are words that narrow a name down.
    """

    text: str
    form: str
    folded: str
    sides: frozenset[str] = frozenset()
    numerals: frozenset[str] = frozenset()
    restrictions: frozenset[str] = frozenset()
    residual: bool = False
    steps: tuple[Step, ...] = ()


_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8",
}  # fmt: skip
_UNIT = "[型期级度]"
_NUMERAL = re.compile(
    rf"(?<![a-z0-9])(viii|vii|vi|iv|v|iii|ii|i|[一二三四五六七八]|\d+)([abc]?) ?({_UNIT})"
)
_MARKS = re.compile(
    r"(?<![\dA-Za-z])\d{1,2}[.．、)）](?!\d)|[,，、;；。:：+＋/?？!！#＃&\n\t\"“”()（）①②③④⑤⑥⑦⑧⑨⑩]+|(?<=\D)[.．]|\s+"
)
_LONGEST_SHARED = 4
_BRACKETS = re.compile(r"[\[［【(（]([^\]］】)）]*)[\]］】)）]")


def analyse(text: str, language: Language = "zh") -> ClinicalName:
    """A name rewritten for comparison.

    Examples
    --------
    >>> name = analyse("左肺恶性肿瘤IV期")
    >>> name.form, sorted(name.sides), sorted(name.numerals)
    ('肺癌', ['left'], ['4期'])
    """
    words = _words(language)
    folded = letters(text, language)
    form, numerals, steps = _numerals(folded)
    form, more = _rewrite(form, language)
    steps += more
    restrictions = frozenset(word for word in words.restrictions if word in form)
    sides = set()
    residual = False
    kept = []
    position = 0
    for match in words.removed.finditer(form):
        word = match[0]
        if word in words.side_words:
            continue
        kept.append(form[position : match.start()])
        position = match.end()
        side = words.sides.get(word)
        if side:
            sides.add(side)
        residual = residual or word in words.residual
        steps.append(Step(word, "", side or ("residual" if word in words.residual else "filler")))
    kept.append(form[position:])
    bare = _spaced("".join(kept))
    return ClinicalName(
        text, bare or _spaced(form), folded, frozenset(sides), frozenset(numerals), restrictions,
        residual, tuple(steps),
    )  # fmt: skip


def alternatives(name: str) -> tuple[str, ...]:
    """The ways in which a listed name may be meant: whole, without brackets, and what they hold.

    Examples
    --------
    >>> alternatives("睑板腺囊肿[霰粒肿]")
    ('睑板腺囊肿[霰粒肿]', '睑板腺囊肿', '霰粒肿')
    """
    inside = [part for held in _BRACKETS.findall(name) for part in re.split("[/,，]", held)]
    bare = _BRACKETS.sub("", name).strip(' "')
    found = [name.strip('"'), bare, *(part for part in inside if len(part) > 1 and has_han(part))]
    return tuple(dict.fromkeys(form for form in found if form))


def split_names(text: str, language: Language = "zh") -> tuple[str, ...]:
    """The names that are coordinated in a text; one that lacks the common end is given it.

    Examples
    --------
    >>> split_names("左肾囊肿伴结石；高血压3级 极高危")
    ('左肾囊肿', '结石', '高血压3级', '极高危')
    >>> split_names("左踝、足外伤")
    ('左踝外伤', '足外伤')
    """
    words = _words(language)
    parts: list[str] = []
    for stretch in _MARKS.split(text):
        position = 0
        for match in words.joiners.finditer(stretch):
            if match[0] in words.kept:
                continue
            parts.append(stretch[position : match.start()])
            position = match.end()
        parts.append(stretch[position:])
    parts = [part for part in parts if len(part) > 1 or has_han(part)]
    for at in range(len(parts) - 2, -1, -1):
        part, after = parts[at], parts[at + 1]
        if len(part) <= _LONGEST_SHARED and has_han(part) and not part.endswith(words.heads):
            parts[at] = (
                part + after[-2:] if len(after) > 2 and after.endswith(words.heads) else part
            )
    return tuple(dict.fromkeys(parts))


@cache
def clinical_mark(language: Language) -> str:
    """A hash of what decides how names are rewritten; an index of other rewriting is of no use."""
    digest = hashlib.sha256()
    for name in (
        "normalize.py", "grounding/clinical.py", "grounding/similar.py",
        f"languages/{language}/clinical.yaml", f"languages/{language}/clinical_rewrites.tsv",
    ):  # fmt: skip
        digest.update(files("extractors").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Words:
    joiners: re.Pattern[str]
    kept: frozenset[str]
    removed: re.Pattern[str]
    sides: dict[str, str]
    side_words: frozenset[str]
    residual: frozenset[str]
    restrictions: tuple[str, ...]
    heads: tuple[str, ...]


@cache
def _words(language: Language) -> _Words:
    table = read_yaml(language, "clinical.yaml")
    listed = {key: tuple(value.split()) for key, value in table.items() if key != "sides"}
    sides = {word: side for side, words in table["sides"].items() for word in words.split()}
    removed = (*listed["fillers"], *listed["residual"], *sides, *listed["side_words"])
    return _Words(
        _any((*listed["joiners"], *listed["kept"])), frozenset(listed["kept"]), _any(removed),
        sides, frozenset(listed["side_words"]), frozenset(listed["residual"]),
        listed["restrictions"], listed["heads"],
    )  # fmt: skip


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def _rewrites(language: Language) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {
        letters(before, language).strip(): (letters(after, language).strip(), reason)
        for before, after, reason in read_table(language, "clinical_rewrites.tsv", 3)
    }
    longest = sorted(table, key=lambda word: (-len(word), word))
    parts = [
        rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        for word in longest
    ]
    return re.compile("|".join(parts)), table


def _rewrite(form: str, language: Language) -> tuple[str, list[Step]]:
    pattern, table = _rewrites(language)
    pieces, steps, position = [], [], 0
    for match in pattern.finditer(form):
        after, reason = table[match[0]]
        inside = after.find(match[0])
        start = match.start() - inside
        if inside >= 0 and start >= 0 and form.startswith(after, start):
            continue  # what it would become stands there already
        pieces += [form[position : match.start()], after]
        position = match.end()
        steps.append(Step(match[0], after, reason))
    pieces.append(form[position:])
    return _spaced("".join(pieces)), steps


def _numerals(form: str) -> tuple[str, list[str], list[Step]]:
    found: list[str] = []
    steps: list[Step] = []

    def number(match: re.Match[str]) -> str:
        value = _ROMAN.get(match[1], match[1])
        found.append(f"{value}{match[3]}")
        if value != match[1]:
            steps.append(Step(match[1], value, "numeral"))
        # A stage tells how far, not what; a type, a grade or a degree is part of many names.
        return " " if match[3] == "期" else f" {value}{match[2]} {match[3]}"

    return _spaced(_NUMERAL.sub(number, form)), found, steps


def _spaced(form: str) -> str:
    """The form with spaces around Latin words alone."""
    pieces: list[str] = []
    for piece in re.findall(
        r"[^\s㐀-鿿\U00020000-\U0003134f]+|[㐀-鿿\U00020000-\U0003134f]+", form
    ):
        if has_han(piece):
            pieces.append(piece)
        else:
            pieces.append(f"{piece} " if pieces and pieces[-1].endswith(" ") else f" {piece} ")
    return "".join(pieces)
