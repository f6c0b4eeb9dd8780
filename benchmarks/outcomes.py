"""Outcomes of trials: which way one changed (Evidence Inference), and its spans (RCT-ART).

Evidence Inference gives an intervention, a comparator and an outcome as its annotators wrote them,
and asks which way the outcome goes. The three phrases are looked for in the abstract by their
words, become mentions there, and `find_results` reads the abstract: the best result about the
outcome is the answer. Rules were written with the articles of `DEVELOPED` in sight (four of five,
by a hash of the article's number); the rest is only scored.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from benchmarks.table import shared, write_table
from extractors.mentions.abbreviations import find_definitions
from extractors.nlp.sentences import split_sentences
from extractors.quantities.reading import find_quantities
from extractors.results.grammar import load_result_grammars
from extractors.results.reading import find_results
from kg.model import Document, Group, Mention, MentionType, Passage, Result, Section, Sentence

LABELS = ("increased", "decreased", "no difference")
FLIPPED = {"increased": "decreased", "decreased": "increased", "no difference": "no difference"}
_WORD = re.compile(r"[A-Za-z]+\d*|\d+(?:\.\d+)?%?")
_EMPTY_WORDS = """
    a an the of in on at for to and or with without by from as is are was were be than that this
    group groups patients patient mean number score scores level levels rate rates mg day days
    weeks months treatment therapy total after before during between per received receiving"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_SECTIONS: tuple[tuple[str, Section], ...] = (
    ("TITLE", "title"), ("CONCLUS", "conclusion"), ("RESULT", "results"), ("FINDING", "results"),
    ("METHOD", "methods"), ("DESIGN", "methods"), ("SETTING", "methods"), ("PATIENTS", "methods"),
    ("PARTICIPANTS", "methods"), ("INTERVENTION", "methods"), ("OUTCOME", "methods"),
    ("TRIAL REG", "methods"), ("MEASURE", "methods"),
    ("OBJECTIVE", "background"), ("BACKGROUND", "background"), ("AIM", "background"),
    ("INTRODUCTION", "background"), ("PURPOSE", "background"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question of Evidence Inference."""

    article: str
    abstract: str
    intervention: str
    comparator: str
    outcome: str
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The direction that was read, and the result that it was read from; None where none was."""

    label: str | None
    result: Result | None = None
    coverage: float = 0.0
    sentence: str = ""


def load_prompts() -> tuple[Prompt, ...]:
    """All prompts of Evidence Inference whose abstract is at hand."""
    path = shared("corpora", "english", "evidence-inference", "abstract_prompts.jsonl")
    return tuple(
        Prompt(record["pmcid"], record["abstract"], one["intervention"], one["comparator"],
               one["outcome"], one["label"])
        for line in path.read_text(encoding="utf-8").splitlines()
        for record in [json.loads(line)]
        for one in record["prompts"]
    )  # fmt: skip


def developed(article: str) -> bool:
    """Whether an article is among the four fifths that rules were written on."""
    return hashlib.sha256(article.encode()).digest()[0] >= 256 // 5


@cache
def document_of(abstract: str) -> Document:
    """The abstract as passages with their sections, by its printed headings."""
    passages: list[Passage] = []
    section: Section | None = None
    for line in abstract.splitlines():
        heading = re.fullmatch(r"(?:ABSTRACT\.?)?([A-Z][A-Z &/,.()-]*):+\s*", line.strip())
        if heading:
            section = next((s for name, s in _SECTIONS if name in heading[1]), None)
        elif line.strip():
            passages.append(Passage(f"p{len(passages) + 1}", "en", line, section))
            section = None if section == "title" else section
    return Document("d", tuple(passages))


@cache
def sentences_of(abstract: str) -> tuple[Sentence, ...]:
    """The sentences of an abstract."""
    return split_sentences(document_of(abstract))


@cache
def _short_forms(abstract: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (form.text, found.long.text)
        for passage in document_of(abstract).passages
        for found in find_definitions(passage.text)
        if found.long is not None
        for form in found.forms
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a phrase stand in a sentence, and how much of the phrase they are."""

    sentence: Sentence
    start: int
    end: int
    coverage: float


def wordings(phrase: str, abstract: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say a phrase: as it stands, without brackets, what is in them, its short form."""
    forms = [phrase, re.sub(r"[(\[].*?[)\]]", " ", phrase), *re.findall(r"[(\[](.*?)[)\]]", phrase)]
    for short, long in _short_forms(abstract):
        for form in tuple(forms[:2]):
            if long.lower() in form.lower():
                forms.append(re.sub(re.escape(long), short, form, flags=re.IGNORECASE))
            elif re.search(rf"\b{re.escape(short)}\b", form):
                forms.append(form.replace(short, long))
    found = (
        tuple(_stem(w) for w in _WORD.findall(form) if len(w) > 1 or w.isdigit()) for form in forms
    )
    kept = (tuple(w for w in words if w not in _EMPTY) or words for words in found)
    return tuple(dict.fromkeys(words for words in kept if words))


def _stem(word: str) -> str:
    word = word.lower()
    return re.sub(r"(?:ies|ing|ions?|ed|es|s)$", "", word) if len(word) > 5 else word


@cache
def _words(abstract: str, sentence: Sentence) -> tuple[tuple[int, int, str], ...]:
    text = next(p.text for p in document_of(abstract).passages if p.id == sentence.passage)
    return tuple(
        (m.start(), m.end(), _stem(m[0]))
        for m in _WORD.finditer(text, sentence.start, sentence.end)
    )


@cache
def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) > 4 and fuzz.ratio(one, other) >= 84


def places(phrase: str, abstract: str) -> list[Place]:
    """The best place of a phrase in each sentence that has at least a part of its words."""
    sentences = sentences_of(abstract)
    seen = Counter(w for s in sentences for w in {word for _, _, word in _words(abstract, s)})
    found = []
    for sentence in sentences:
        words = _words(abstract, sentence)
        best = max(
            (_best(form, words, seen, len(sentences), sentence)
             for form in wordings(phrase, abstract)),
            key=lambda place: place.coverage, default=None,
        )  # fmt: skip
        if best is not None and best.coverage > 0.2:
            found.append(best)
    return found


def _best(
    form: Sequence[str],
    words: Sequence[tuple[int, int, str]],
    seen: Counter[str],
    total: int,
    sentence: Sentence,
) -> Place:
    weights = {w: 0.4 + math.log((total + 1) / (seen.get(w, 0) + 1)) for w in form}
    hits = [
        (at, hit) for at, (_, _, word) in enumerate(words)
        for hit in form if _alike(word, hit)
    ]  # fmt: skip
    runs: list[list[tuple[int, str]]] = []
    for hit in hits:
        if runs and hit[0] - runs[-1][-1][0] <= 4:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    whole = sum(weights.values())
    best = Place(sentence, 0, 0, 0.0)
    for run in runs:
        covered = sum(weights[w] for w in {w for _, w in run}) / whole
        if covered > best.coverage:
            best = Place(sentence, words[run[0][0]][0], words[run[-1][0]][1], covered)
    return best


def answer(prompt: Prompt) -> Answer:
    """The direction of the outcome, as the rules read it in the abstract."""
    document, sentences = document_of(prompt.abstract), sentences_of(prompt.abstract)
    texts = {p.id: p.text for p in document.passages}
    mentions: list[Mention] = []
    coverage: dict[str, float] = {}
    sides: tuple[tuple[str, str, MentionType], ...] = (
        ("o", prompt.outcome, "Outcome"), ("i", prompt.intervention, "Drug"),
        ("c", prompt.comparator, "Drug"),
    )  # fmt: skip
    for side, phrase, kind in sides:
        found = places(phrase, prompt.abstract)
        most = max((place.coverage for place in found), default=0.0)
        for place in found:
            if place.coverage < (0.5 * most if side == "o" else max(0.5, 0.6 * most)):
                continue
            if any(m.passage == place.sentence.passage and m.start < place.end
                   and place.start < m.end for m in mentions):  # fmt: skip
                continue
            name = f"{side}{len(mentions)}"
            text = texts[place.sentence.passage][place.start : place.end]
            coverage[name] = place.coverage
            mentions.append(Mention(name, place.sentence.passage, place.sentence.id,
                                    place.start, place.end, text, kind))  # fmt: skip
    mentions.sort(key=lambda m: (m.passage, m.start))
    quantities = find_quantities(document, sentences, ())
    results = find_results(document, sentences, mentions, quantities, load_result_grammars())
    section = {s.id: s.section for s in sentences}
    results = tuple(r for r in results if r.direction != "not stated")
    best = max(results, key=lambda r: _weight(r, coverage, section[r.sentence]), default=None)
    if best is None:
        return Answer(None)
    sentence = next(s for s in sentences if s.id == best.sentence)
    return Answer(
        _oriented(best), best, coverage[best.outcome],
        texts[sentence.passage][sentence.start : sentence.end],
    )  # fmt: skip


def _weight(result: Result, coverage: dict[str, float], section: Section | None) -> float:
    weight = 3 * coverage[result.outcome] + result.confidence
    weight += 0.5 * (section in ("results", "conclusion", None)) + 0.2 * (section == "results")
    for group in (result.arm, result.comparator):
        if group is not None:
            weight += 0.3 + 0.2 * (group.mention is not None)
            weight -= 0.5 * (group.role == "all" and result.direction != "no difference")
    return weight


def _oriented(result: Result) -> str:
    """The direction of the intervention against the comparator, whichever comes first."""
    arm, comparator = _side(result.arm), _side(result.comparator)
    if arm == "c" or (arm is None and comparator == "i"):
        return FLIPPED[result.direction]
    return result.direction


def _side(group: Group | None) -> str | None:
    if group is None:
        return None
    told = load_result_grammars()["en"].roles.get(group.text.lower())
    if told == "treatment" or group.start is None:
        return "i"  # of the two drugs that the prompt names, the document means this one
    if group.mention is not None:
        return group.mention[0]
    return {"treatment": "i", "control": "c"}.get(group.role)


def scores(golds: Sequence[str], given: Sequence[str]) -> dict[str, float]:
    """F1 of each label and their mean."""
    table = {}
    for label in LABELS:
        right = sum(g == label == a for g, a in zip(golds, given, strict=True))
        predicted, gold = given.count(label), golds.count(label)
        table[label] = 2 * right / (predicted + gold) if predicted + gold else 0.0
    return table | {"macro": sum(table.values()) / len(LABELS)}


def rows() -> Iterator[dict[str, object]]:
    """One row for each part and way of answering; where nothing is read, the prior answers."""
    prompts = load_prompts()
    told = {prompt: answer(prompt) for prompt in prompts}
    seen = [prompt for prompt in prompts if developed(prompt.article)]
    prior = Counter(prompt.label for prompt in seen).most_common(1)[0][0]
    for part, chosen in (
        ("four fifths, read", seen),
        ("one fifth, scored only", [p for p in prompts if not developed(p.article)]),
    ):
        golds = [prompt.label for prompt in chosen]
        read = [told[prompt].label for prompt in chosen]
        covered = [(g, a) for g, a in zip(golds, read, strict=True) if a is not None]
        yield _row(part, f"always {prior}", golds, [prior] * len(golds), 1.0)
        yield _row(part, "rules, else the prior", golds, [a or prior for a in read],
                   len(covered) / len(golds))  # fmt: skip
        yield _row(part, "rules, where they read", [g for g, _ in covered],
                   [a for _, a in covered], 1.0)  # fmt: skip


def _row(
    part: str, method: str, golds: Sequence[str], given: Sequence[str], coverage: float
) -> dict[str, object]:
    values = scores(golds, given)
    accuracy = sum(g == a for g, a in zip(golds, given, strict=True)) / len(golds)
    shown = {name: f"{value:.3f}" for name, value in values.items()}
    return {
        "part": part, "method": method, "prompts": len(golds), "coverage": f"{coverage:.3f}",
        "macro_f1": shown["macro"], **{label: shown[label] for label in LABELS},
        "accuracy": f"{accuracy:.3f}",
    }  # fmt: skip


def main() -> None:
    """Measure and write ``results/outcomes.tsv``."""
    write_table("outcomes", rows(), about="Evidence Inference: the direction of an outcome")
