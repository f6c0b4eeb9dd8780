"""Text in the form in which it is compared, with every code point leading back to the original.

Two steps. `normalize` folds single code points: width (NFKC), case, accents, Greek letters
(α becomes alpha), dashes, spaces and, for Chinese, traditional characters; soft hyphens and
zero-width characters vanish. `atoms` cuts the folded text into the units of which dictionary keys
consist: a run of letters, a run of digits, a Han character, or any other sign alone. Spaces and
hyphens separate atoms without being any, so that "IL-6", "IL 6" and "IL6" have one key, as do
"抗 精神病药物" and "抗精神病药物". Letters are further folded by number and spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kg.errors import FormatError
from kg.model import Language

_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－˗⁃", "-")
_VANISH = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"', "′": "'", "″": '"', "`": "'"}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_GREEK = {
    unicodedata.lookup(f"GREEK SMALL LETTER {name}"): name.lower()
    for name in (  # noqa: SIM905
        "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO "
        "SIGMA TAU UPSILON PHI CHI PSI OMEGA"
    ).split()
} | {"ς": "sigma", "λ": "lambda"}
_ATOM = re.compile(rf"[{_HAN}]|[^\W\d_]+|\d+|[^\w\s-]|_")
_LONGEST_ACRONYM = 6
_HAN_ONLY = re.compile(f"[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A folded text; `offsets[i]` is the (start, end) of its code point i in the original."""

    text: str
    offsets: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original (start, end) of a non-empty stretch of the folded text."""
        return self.offsets[start][0], self.offsets[end - 1][1]


@dataclass(frozen=True, slots=True)
class Atom:
    """One unit of a key, with its place in the original text."""

    start: int
    end: int
    key: str


def normalize(text: str, language: Language) -> Normalized:
    """The text folded for comparison, with its offsets.

    Examples
    --------
    >>> normalize("ＴＮＦ‑α", "en").text
    'tnf-alpha'
    >>> normalize("鈣調磷酸酶", "zh").text
    '钙调磷酸酶'
    """
    fold = _fold_chinese if language == "zh" else _fold
    pieces, offsets = [], []
    for position, character in enumerate(text):
        folded = fold(character)
        pieces.append(folded)
        offsets.extend([(position, position + 1)] * len(folded))
    return Normalized("".join(pieces), tuple(offsets))


def atoms(text: str, language: Language) -> tuple[Atom, ...]:
    """The atoms of a text, in order, with offsets into that text.

    Examples
    --------
    >>> [atom.key for atom in atoms("TNFα-induced tumours", "en")]
    ['tnf', 'alpha', 'induced', 'tumor']
    """
    found = []
    fold = _fold_chinese if language == "zh" else _fold
    for start, end, word in _runs(text):
        if end == start + 1 and len(folded_sign := fold(word)) == 1 and not word.isascii():
            if _ATOM.fullmatch(folded_sign):
                found.append(Atom(start, end, folded_sign))
            continue
        if word.isascii() and word.isalnum():
            plain = word.lower()
            found.append(Atom(start, end, plain if _is_acronym(word) else fold_word(plain)))
            continue
        folded = normalize(word, language)
        keep = _is_acronym(word)
        for match in _ATOM.finditer(folded.text):
            low, high = folded.span(*match.span())
            key = match[0] if keep else fold_word(match[0])
            found.append(Atom(start + low, start + high, key))
    return tuple(found)


def key(text: str, language: Language) -> str:
    """The dictionary key of a name: its atoms, each followed by a space.

    Examples
    --------
    >>> key("IL-6 receptors", "en") == key("il6 receptor", "en")
    True
    """
    return "".join(f"{atom.key} " for atom in atoms(text, language))


def glued(units: Sequence[Atom], index: int) -> bool:
    """Whether atom `index` continues the letters or digits of the one before it."""
    if not 0 < index < len(units):
        return False
    before, after = units[index - 1], units[index]
    return before.end >= after.start and all(
        unit.key[-1:].isalnum() and not has_han(unit.key) for unit in (before, after)
    )


def has_han(text: str) -> bool:
    """Whether a Han character stands in the text."""
    return _HAN_ONLY.search(text) is not None


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """A folded word in the singular and in American spelling.

    Examples
    --------
    >>> [fold_word(w) for w in ("antibodies", "diseases", "anaemia", "virus", "gas")]
    ['antibody', 'disease', 'anemia', 'virus', 'gas']
    """
    return american(singular(word))


def singular(word: str) -> str:
    """A folded word in the singular, by Harman's S-stemmer (1991); short words are left alone."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and word[-4] not in "ae" and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and word[-2] not in "us" and not word.endswith(("is", "aes", "oes")):
        return word[:-1]
    return word


def american(word: str) -> str:
    """A folded word in American spelling; short words are left alone."""
    if len(word) < 3 or not word.isascii():
        return word
    for pattern, replacement in _spellings():
        word = pattern.sub(replacement, word)
    return word


# A run that may hold several atoms: what stands between spaces, cut at Han characters.
_RUN = re.compile(rf"[{_HAN}]|[^\s{_HAN}]+")
# A piece of a run: letters of one script (Greek ones apart), digits, or another sign.
_PIECE = re.compile(r"(?:[^\W\d_\u0370-\u03ff]|[\u00ad\u0300-\u036f\u200b-\u200d\u2060])+|\d+|.")


def _runs(text: str) -> list[tuple[int, int, str]]:
    found = []
    for run in _RUN.finditer(text):
        for piece in _PIECE.finditer(run[0]):
            found.append((run.start() + piece.start(), run.start() + piece.end(), piece[0]))
    return found


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


@cache
def _fold(character: str) -> str:
    if character in _VANISH:
        return ""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half of a pair, which no encoding can hold
    if character.isspace():
        return " "
    before, after = "", character
    while before != after:
        before = after
        after = "".join(_fold_once(part) for part in before)
    return after


def _fold_once(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return _QUOTES[character]
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "".join(_GREEK.get(c, " " if c.isspace() else c) for c in bare if c not in _VANISH)


@cache
def _fold_chinese(character: str) -> str:
    folded = _fold(character)
    return "".join(_simplify(c) if has_han(c) else c for c in folded)


@cache
def _simplify(character: str) -> str:
    """The simplified form of one traditional character; phrases are left to the lexicon."""
    simple = str(_converter().convert(character))
    return simple if len(simple) == 1 else character


@cache
def _converter():  # type: ignore[no-untyped-def]
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = files("extractors").joinpath("languages/en/spelling.tsv").read_text(encoding="utf-8")
    pairs = []
    for number, line in enumerate(table.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 2:
            raise FormatError(
                "not two cells", where=f"extractors/languages/en/spelling.tsv:{number}",
                remedy="give a British pattern and its American form",
            )  # fmt: skip
        pairs.append((re.compile(cells[0]), cells[1]))
    return tuple(pairs)
