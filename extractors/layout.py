"""How abstracts are laid out: labels that open a section, headings, titles, institutions.

The words are data of each language: the labels are those of ``sections.tsv``, the rest stands in
``layout.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.tables import read_table, read_yaml
from kg.errors import FormatError
from kg.model import LANGUAGES, SECTIONS, Language, Passage, Section

_LISTS = (
    "bare_labels",
    "headings",
    "left_out",
    "affiliation_labels",
    "institutions",
    "surnames",
    "verbs",
)
# An abstract in four paragraphs without labels has the parts of a structured one, in their order
# (ICMJE recommendations; NLM's structured abstracts).
_FOUR_PARTS: tuple[Section, ...] = ("background", "methods", "results", "conclusion")
_OPEN, _CLOSE = r"[\[【〖［<《(（]", r"[\]】〗］>》)）]"
_SENTENCE_END = re.compile(r"[。；！？.;!?]\s*")
_NOT_A_LABEL = r"(?!(?:OF|AND|IN|FOR|WITH|FROM|ON|TO|THE)\b)"


@dataclass(frozen=True, slots=True)
class Label:
    """A label in front of a text: `end` is where the text after it begins, in code points."""

    text: str
    section: Section
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of one language that tell the parts of an abstract; all in lower case."""

    sections: dict[str, Section]
    headings: frozenset[str]
    titles: frozenset[str]
    left_out: frozenset[str]
    affiliation_labels: frozenset[str]
    institutions: re.Pattern[str]
    surnames: frozenset[str]
    verbs: re.Pattern[str]
    labelled: re.Pattern[str]
    glued: re.Pattern[str]


@cache
def load_layout(language: Language) -> Layout:
    """The layout words of a language.

    Raises
    ------
    FormatError
        where a key is unknown or missing, or a value is not a list of words.
    """
    labels = {
        _key(text): next(known for known in SECTIONS if known == section)
        for kind, text, section in read_table(language, "sections.tsv", 3)
        if kind == "label" and section in SECTIONS
    }
    data = read_yaml(language, "layout.yaml")
    return _compile(data, labels, f"extractors/languages/{language}/layout.yaml")


def section_of(label: str) -> Section | None:
    """The section that a label opens, in any language, or None.

    >>> section_of("MATERIALS AND METHODS"), section_of("【结论】"), section_of("Funding")
    ('methods', 'conclusion', None)
    """
    word = _key(bare(label))
    found = (load_layout(language).sections.get(word) for language in LANGUAGES)
    return next((section for section in found if section), None)


def leading_label(text: str, *, glued: bool = False) -> Label | None:
    """The section label with which a passage or a sentence begins, or None.

    A label is one of the language's words followed by a colon or in brackets; in capitals, and
    with some words in title case before a capital, also without a mark; in Chinese also followed
    by a space, or with `glued` by nothing (see `has_glued_labels`).

    >>> leading_label("METHODS A total of 40 rats were used.")
    Label(text='METHODS', section='methods', end=8)
    >>> leading_label("结论：他克莫司有效。")
    Label(text='结论', section='conclusion', end=3)
    >>> leading_label("Results showed no change.")
    """
    for language in LANGUAGES:
        layout = load_layout(language)
        found = layout.labelled.match(text) or (glued and layout.glued.match(text))
        if found:
            words = next(group for group in found.groups() if group)
            section = section_of(words)
            if section:
                return Label(words.strip(), section, found.end())
    return None


def has_glued_labels(text: str) -> bool:
    """Whether sentences of a passage begin with labels that nothing sets apart from their text.

    So abstracts look that have lost their markup. A word that may be a label counts only beside
    others: at least three sections in their order, the first where the passage begins.

    >>> has_glued_labels("目的观察西罗莫司。方法选取大鼠。结果肌酐下降。结论西罗莫司有效。")
    True
    >>> has_glued_labels("目的基因表达升高。结果与对照组一致。")
    False
    """
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    labels = [leading_label(text[start : start + 40], glued=True) for start in starts]
    order = [SECTIONS.index(label.section) for label in labels if label]
    return labels[0] is not None and len(set(order)) >= 3 and order == sorted(order)


def sections_by_order(passages: Sequence[Passage]) -> dict[str, Section]:
    """Passage id → section, for a language whose abstract is four unlabelled paragraphs."""
    found: dict[str, Section] = {}
    for language in LANGUAGES:
        own = [p for p in passages if p.language == language and p.section != "title"]
        if len(own) == len(_FOUR_PARTS) and not any(
            passage.section or leading_label(passage.text) for passage in own
        ):
            found.update(zip((p.id for p in own), _FOUR_PARTS, strict=True))
    return found


def bare(label: str) -> str:
    """A label in lower case without brackets, colons and outer spaces.

    >>> bare(" 【Abstract】： ")
    'abstract'
    """
    return re.sub(
        r"\s+", " ", label.strip(" \t\r\n\u3000:：.。[]【】〖〗［］<>《》()（）-—–").lower()
    )


def _key(label: str) -> str:
    """A label with "and" spelt out and without plural s, so that its spellings meet."""
    words = re.sub(r"\s*[&/]\s*", " and ", label).split()
    return " ".join(word.removesuffix("s") for word in words)


def _compile(data: dict[str, Any], labels: dict[str, Section], where: str) -> Layout:
    if set(data) != set(_LISTS):
        keys = ", ".join(_LISTS)
        raise FormatError("wrong keys", where=where, remedy=f"give exactly {keys}")
    lists = {name: _words(data[name], f"{where} {name}") for name in _LISTS}
    return Layout(
        {label: section for label, section in labels.items() if section != "title"},
        headings=lists["headings"],
        titles=frozenset(label for label, section in labels.items() if section == "title"),
        left_out=lists["left_out"],
        affiliation_labels=lists["affiliation_labels"],
        institutions=_any_of(lists["institutions"]),
        surnames=lists["surnames"],
        verbs=_any_of(lists["verbs"]),
        labelled=_label_pattern(
            [label for label, section in labels.items() if section != "title"],
            lists["bare_labels"],
        ),
        glued=re.compile(f"({_longest_first(lists['bare_labels'], ascii=False) or '(?!)'})"),
    )


def _words(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise FormatError("not a list of words", where=where, remedy="give a YAML list of strings")
    return frozenset(word.lower() for word in value)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole words; Han words need no boundary."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    parts = [rf"\b{re.escape(w)}s?\b" if w.isascii() else re.escape(w) for w in ordered]
    return re.compile("|".join(parts), re.IGNORECASE)


def _longest_first(words: Iterable[str], *, ascii: bool) -> str:
    chosen = sorted((w for w in words if w.isascii() == ascii), key=lambda w: (-len(w), w))
    return "|".join(re.escape(word) for word in chosen)


def _label_pattern(sections: Iterable[str], bare_labels: Iterable[str]) -> re.Pattern[str]:
    """A label in brackets, with colon or dash, in capitals, with full stop, or Han and space."""
    ordered = sorted(sections, key=lambda word: (-len(word), word))
    latin = "|".join(_spellings(word) for word in ordered if word.isascii())
    capitals = "|".join(_spellings(word.upper()) for word in ordered if word.isascii())
    han = "|".join(re.escape(word) for word in ordered if not word.isascii())
    words = "|".join(filter(None, (latin, han)))
    forms = [
        rf"(?i:{_OPEN}\s*({words})\s*[:：]?\s*{_CLOSE}\s*[:：]?\s*)",
        rf"(?i:({words})\s*(?:[:：]|[—–]+)\s*)",
    ]
    if latin:
        forms.append(rf"({capitals})\s+{_NOT_A_LABEL}(?=[A-Z0-9\"'(])")
        forms.append(rf"((?i:{latin}))\.\s+(?=[A-Z0-9])")
        capitalised = _longest_first(map(str.capitalize, bare_labels), ascii=True)
        forms.append(rf"({capitalised or '(?!)'})\s+{_NOT_A_LABEL}(?=[A-Z0-9])")
    if han:
        forms.append(rf"({han})[ \t\u3000\xa0]+(?=\S)")
    return re.compile(r"\s*(?:" + "|".join(forms) + ")")


def _spellings(label: str) -> str:
    """A pattern of a Latin label with "and", "&" or "/", and with or without plural s."""
    if label.isupper():
        words = [r"(?:AND|&|/)" if w == "AND" else re.escape(w) + "S?" for w in label.split()]
    else:
        words = [r"(?:and|&|/)" if w == "and" else re.escape(w) + "s?" for w in label.split()]
    return r"\s*".join(words)
