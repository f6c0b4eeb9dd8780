"""From a question to what it asks: its intent, its concepts and its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.answers.language import Intent, LanguageFile, Pattern, Verb, load_language, load_verbs
from kg.search import folding
from kg.search.finding import Search
from kg.search.resolving import Resolution, find_resolution, link

_ENDING = re.compile(r"[\s?!.。？！…,;:]+$")
_QUOTES = re.compile("[\"'“”‘’「」『』]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood; `b` is missing where it asks about one concept only."""

    intent: Intent
    a: Resolution | None
    b: Resolution | None
    verb: Verb | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A question that was not understood; `text` is the part that names nothing known, or ''."""

    text: str = ""


def find_language(question: str) -> str:
    """The language of a question: Chinese where it holds a Chinese character."""
    return "zh" if folding.has_han(question) else "en"


def understand(question: str, search: Search) -> Asked | Unclear:
    """What a question asks.

    The patterns of its language are tried in order; the first whose concepts are in the graph
    counts. A question that fits none is about the concepts that it names: how the first two are
    connected, or what is known of the only one.
    """
    language = load_language(find_language(question))
    text = _clean(question, language)
    unknown = ""
    for pattern in language.patterns:
        match = pattern.expression.fullmatch(text)
        if match is None:
            continue
        asked = _fill(pattern, match, language, search)
        if isinstance(asked, Asked):
            return asked
        unknown = unknown or asked.text
    if unknown:
        return Unclear(unknown)
    named = [found.resolution for found in link(search, text)]
    distinct = list({resolution.concept.id: resolution for resolution in named}.values())
    if not distinct:
        return Unclear()
    if len(distinct) == 1:
        return Asked("about", distinct[0], None)
    return Asked("effect", distinct[0], distinct[1])


def _clean(question: str, language: LanguageFile) -> str:
    text = _QUOTES.sub("", folding.level(question))
    text = " ".join(_ENDING.sub("", text).split())
    for opener in sorted(language.openers, key=len, reverse=True):
        if text.startswith(opener):
            text = text.removeprefix(opener).lstrip(" ,，")
            break
    for aside in language.asides:
        found = aside.match(text)
        if found and found.end() < len(text):
            return text[found.end() :].lstrip()
    return text


def _fill(
    pattern: Pattern, match: re.Match[str], language: LanguageFile, search: Search
) -> Asked | Unclear:
    """The question that a matching pattern makes; `Unclear` with the slot that names nothing."""
    slots = match.groupdict()
    concepts: dict[str, Resolution] = {}
    for role in ("a", "b"):
        if slots.get(role) is not None:
            found = _concept(slots[role].strip(), language, search)
            if found is None:
                return Unclear(slots[role].strip())
            concepts[role] = found
    form = slots.get("verb") or slots.get("passive")
    verb = pattern.verb or (language.verbs[form] if form else None)
    kind = slots.get("type")
    return Asked(
        pattern.intent,
        concepts.get("a"),
        concepts.get("b"),
        load_verbs()[verb] if verb else None,
        language.types[kind] if kind else None,
    )


def _concept(text: str, language: LanguageFile, search: Search) -> Resolution | None:
    """The concept of a slot: of the whole text, else of the longest name in it.

    None where much of the text is neither a name nor a filler: it says something else.
    """
    whole = find_resolution(search, text)
    if whole is not None:
        return whole
    links = link(search, text)
    rest = text
    for found in reversed(links):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    if not links or _count_other_words(rest, language) > 1:
        return None
    return max(links, key=lambda found: found.end - found.start).resolution


def _count_other_words(text: str, language: LanguageFile) -> int:
    """How many words, or pairs of Chinese characters, are not fillers."""
    if language.spaces:
        return sum(word not in language.fillers for word in re.findall(r"\w+", text))
    for filler in sorted(language.fillers, key=len, reverse=True):
        text = text.replace(filler, " ")
    return sum((len(run) + 1) // 2 for run in re.findall(r"\w+", text))
