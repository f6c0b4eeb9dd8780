"""Answering: a question becomes paths, claims or doses, and a sentence about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.answers.claims import answer_agents, answer_does, answer_evidence, answer_targets
from kg.answers.effects import answer_effect
from kg.answers.facts import answer_about, answer_dose
from kg.answers.language import Intent
from kg.answers.task import Task
from kg.answers.understanding import Asked, Unclear, find_language, understand
from kg.answers.values import Answer, Understood
from kg.answers.words import Words
from kg.network.graph import open_network
from kg.questions import read_rows, text_of
from kg.search import folding
from kg.search.finding import Search
from kg.search.resolving import Resolution, find_near_names
from kg.store.base import Store


def answer(
    question: str,
    store: Store,
    search: Search,
    *,
    language: str | None = None,
    limit: int = 5,
    max_hops: int = 4,
) -> Answer:
    """The answer to a question in English or Chinese, in the language of the question.

    It is never guessed: where the graph holds nothing the verdict is ``unknown``, and where the
    question or a name in it is not understood, ``not-understood``.

    Parameters
    ----------
    language : the language of the answer, where it shall be another
    limit : paths at most
    max_hops : steps of a path at most
    """
    shown = language or find_language(question)
    words = Words(shown, _labels(search, shown))
    asked = understand(question, search)
    if isinstance(asked, Unclear):
        return _not_understood(question, asked, words, search)
    task = Task(asked, store, search, open_network(store), words, limit, max_hops)
    if asked.a and asked.b and asked.a.concept.id == asked.b.concept.id:
        same = words.say("same_concept", name=words.label(asked.a.concept.id))
        found = Answer("", shown, "unknown", words.sentence(same))
    else:
        found = _ANSWERS[asked.intent](task)
    return replace(
        found,
        question=question,
        intent=asked.intent,
        verb=asked.verb.name if asked.verb else None,
        understood=tuple(_understood(asked, words)),
        sentence=words.sentence(found.sentence),
        notes=tuple(_notes(asked, store, words)),
    )


_ANSWERS: dict[Intent, Callable[[Task], Answer]] = {
    "evidence": answer_evidence,
    "effect": answer_effect,
    "between": answer_effect,
    "does": answer_does,
    "agents": answer_agents,
    "targets": answer_targets,
    "dose": answer_dose,
    "about": answer_about,
}


def _labels(search: Search, language: str) -> Callable[[str], str]:
    def label(concept: str) -> str:
        hit = search.get(concept) if concept else None
        return concept if hit is None else hit.label_in(language)

    return label


def _understood(asked: Asked, words: Words) -> Iterable[Understood]:
    for role, found in (("a", asked.a), ("b", asked.b)):
        if found is not None:
            yield Understood(role, found.text, found.concept.id, words.label(found.concept.id))


def _notes(asked: Asked, store: Store, words: Words) -> Iterable[str]:
    for found in (asked.a, asked.b):
        if found is None:
            continue
        if found.passed_over:
            yield words.attested(found)
        if found.concept.match in ("attested", "hidden"):
            yield from _term_notes(found, store, words)
        if found.others:
            others = words.names(hit.id for hit in found.others)
            yield words.say("note_others", text=found.text, others=others)


def _term_notes(found: Resolution, store: Store, words: Words) -> Iterable[str]:
    """What the documents reported about a name that translates another concept."""
    key = folding.fold(found.text)
    for row in read_rows(store, "term_discrepancies", language=words.language):
        if key in map(folding.fold, (text_of(row, "chinese"), text_of(row, "english"))):
            yield words.say(
                "note_term",
                document=text_of(row, "document"),
                chinese=text_of(row, "chinese"),
                english=text_of(row, "english"),
            )


def _not_understood(question: str, unclear: Unclear, words: Words, search: Search) -> Answer:
    examples = words.say("examples")
    parts = [words.say("not_understood", examples=examples)]
    if unclear.text:
        parts = [words.say("unknown_concept", text=unclear.text)]
        near = find_near_names(search, unclear.text)
        if near:
            parts.append(words.say("did_you_mean", names=words.say("join").join(near)))
    return Answer(question, words.language, "not-understood", words.sentence(*parts))
