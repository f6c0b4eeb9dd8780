"""Answering: a question becomes paths, claims or doses, and a sentence about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg import vocab
from kg.answers.language import Intent, Verb
from kg.answers.understanding import Asked, Unclear, find_language, understand
from kg.answers.values import Answer, Dose, Understood, Verdict
from kg.answers.words import Words
from kg.network.graph import Network, open_network
from kg.network.paths import find_counter_evidence, find_paths, read_counter, read_hop
from kg.network.values import Claim, Counter, Path
from kg.questions import number_of, read_rows, text_of
from kg.search import folding
from kg.search.finding import Search
from kg.search.resolving import Resolution, find_near_names
from kg.store.base import Store

_IN_WORDS = 4  # claims told in the sentence; the others are listed
_LISTED = 20


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
    task = _Task(asked, store, search, open_network(store), words, limit, max_hops)
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


@dataclass(frozen=True, slots=True)
class _Task:
    """A question with all that answering it needs."""

    asked: Asked
    store: Store
    search: Search
    network: Network
    words: Words
    limit: int
    max_hops: int

    @property
    def a(self) -> str:
        return self.asked.a.concept.id if self.asked.a else ""

    @property
    def b(self) -> str:
        return self.asked.b.concept.id if self.asked.b else ""

    def type_of(self, concept: str) -> str:
        """The type of a concept."""
        hit = self.search.get(concept)
        return hit.type if hit else ""

    def say(self, key: str, **values: object) -> str:
        """A message about the concepts of the question."""
        names = {"subject": self.words.label(self.a), "object": self.words.label(self.b)}
        return self.words.say(key, **(names | values))

    def give(self, verdict: Verdict, sentence: str, **parts: object) -> Answer:
        """An answer in the language of the question."""
        return Answer("", self.words.language, verdict, sentence, **parts)  # type: ignore[arg-type]

    def told(self, claims: Iterable[Claim], *, status: str | None = None) -> str:
        """The first few claims in words."""
        listed = list(claims)
        clauses = [self.words.supported(claim, status=status) for claim in listed[:_IN_WORDS]]
        if len(listed) > _IN_WORDS:
            clauses.append(self.words.say("and_more", n=len(listed) - _IN_WORDS))
        return self.words.say("then").join(clauses)

    def between(self) -> tuple[Claim, ...]:
        """All claims that connect the two concepts directly."""
        back = self.network.claims(subject=self.b, object=self.a)
        symmetric = (c for c in back if c.predicate in vocab.SYMMETRIC_PREDICATES)
        return (*self.network.claims(subject=self.a, object=self.b), *symmetric)


def _effect(task: _Task) -> Answer:
    paths = find_paths(task.store, task.a, task.b, max_hops=task.max_hops, limit=max(task.limit, 2))
    if not paths:
        return _no_path(task)
    direct = [path for path in paths if len(path.hops) == 1]
    indirect = [path for path in paths if len(path.hops) > 1]
    shown = (*direct, *indirect)[: task.limit]
    parts = [task.say("direct", claim=task.words.supported(p.hops[0].claim)) for p in direct]
    if indirect:
        parts.append(_path_sentence(task, indirect[0], "best_path" if direct else "only_path"))
        if len(shown) > len(direct) + 1:
            parts.append(task.words.say("more_paths", n=len(shown) - len(direct) - 1))
    counter = _distinct(item for path in shown for item in path.counter)
    if counter:
        parts.append(task.say("counter", claims=_counter_words(task, counter)))
    return task.give(
        "known" if direct else "indirect", task.words.sentence(*parts),
        paths=shown, counter=counter,
    )  # fmt: skip


def _path_sentence(task: _Task, path: Path, key: str) -> str:
    words = task.words
    parts = [words.say(key, through=words.names(path.concepts[1:-1]), hops=words.hops(path))]
    if path.sign:
        parts.append(task.say("net_sign", sign=words.of("signs", path.sign)))
    if any(hop.claim.status == "hypothesized" for hop in path.hops):
        parts.append(words.say("hypothesis_in_path"))
    if any(hop.claim.derived for hop in path.hops):
        parts.append(words.say("derived_in_path"))
    return words.sentence(*parts)


def _no_path(task: _Task) -> Answer:
    """Nothing leads there: what is denied, and whether the other direction is known."""
    denied = find_counter_evidence(task.store, task.a, task.b)
    if denied:
        sentence = task.say("refuted", claims=_counter_words(task, denied))
        return task.give("no", sentence, counter=denied)
    back = find_paths(task.store, task.b, task.a, max_hops=task.max_hops, limit=task.limit)
    if back:
        sentence = task.say("reverse_path", hops=task.words.hops(back[0]))
        return task.give("unknown", sentence, paths=back)
    return task.give("unknown", task.say("unknown_pair"))


def _does(task: _Task) -> Answer:
    claims = task.between()
    verb = task.asked.verb
    fitting = [c for c in claims if verb and _answers(c, verb)]
    asserted = [c for c in fitting if c.status == "asserted"]
    supposed = [c for c in fitting if c.status == "hypothesized"]
    denied = [c for c in fitting if c.opposing]
    contrary = [c for c in claims if verb and verb.sign and _opposes(c, verb)]
    against = (
        *(read_counter(task.store, c, "denied") for c in denied),
        *(read_counter(task.store, c, "contrary") for c in contrary),
    )
    told = _counter_words(task, against)
    hops = tuple(read_hop(task.store, c) for c in (*asserted, *supposed))
    if asserted and against:
        sentence = task.say("disputed", claims=task.told(asserted), against=told)
        return task.give("disputed", sentence, claims=hops, counter=against)
    if asserted:
        return task.give("yes", task.say("confirmed", claims=task.told(asserted)), claims=hops)
    if denied:
        return task.give("no", task.say("refuted", claims=told), claims=hops, counter=against)
    if contrary:
        sentence = task.say("reversed", claims=told)
        return task.give("no", sentence, claims=hops, counter=against)
    if supposed:
        return task.give(
            "hypothesis", task.say("hypothesis", claims=task.told(supposed)), claims=hops
        )
    return _does_indirectly(task, [c for c in claims if c.status != "denied"])


def _does_indirectly(task: _Task, others: list[Claim]) -> Answer:
    """No claim answers: other claims about the two, or a path."""
    if others:
        hops = tuple(read_hop(task.store, claim) for claim in others)
        sentence = task.say("other_claims", claims=task.told(others))
        return task.give("indirect", sentence, claims=hops)
    paths = find_paths(task.store, task.a, task.b, max_hops=task.max_hops, limit=task.limit)
    if paths:
        return task.give("indirect", _path_sentence(task, paths[0], "only_path"), paths=paths)
    return task.give("unknown", task.say("unknown_claim"))


def _agents(task: _Task) -> Answer:
    claims = task.network.claims(object=task.b)
    return _listing(task, claims, "agents", lambda claim: claim.subject)


def _targets(task: _Task) -> Answer:
    claims = task.network.claims(subject=task.a)
    return _listing(task, claims, "targets", lambda claim: claim.object)


def _listing(task: _Task, claims: Iterable[Claim], key: str, end: Callable[[Claim], str]) -> Answer:
    """The claims that answer the verb, of the type asked for; else those near to it."""
    verb = task.asked.verb
    typed = [c for c in claims if task.asked.type in (None, task.type_of(end(c)))]
    fitting = [c for c in typed if verb is None or _answers(c, verb)]
    near = [c for c in typed if verb and c.predicate in verb.near and c.status != "denied"]
    positive = [c for c in fitting if c.status != "denied"]
    counter = tuple(read_counter(task.store, c, "denied") for c in fitting if c.opposing)
    against = task.say("counter", claims=_counter_words(task, counter)) if counter else ""
    chosen = positive or near
    if not chosen:
        verdict: Verdict = "no" if counter else "unknown"
        unknown = task.say(f"unknown_{key}")
        return task.give(verdict, task.words.sentence(unknown, against), counter=counter)
    told = task.told(chosen)
    first = (
        task.say(key, n=len(chosen), claims=told)
        if positive
        else task.say("other_claims", claims=told)
    )
    hops = tuple(read_hop(task.store, claim) for claim in chosen[:_LISTED])
    return task.give(
        "known" if positive else "indirect", task.words.sentence(first, against),
        claims=hops, counter=counter,
    )  # fmt: skip


def _evidence(task: _Task) -> Answer:
    verb = task.asked.verb
    claims = [c for c in task.between() if verb is None or _answers(c, verb)] or [*task.between()]
    if not claims:
        return _effect(task)
    positive = [c for c in claims if c.status != "denied"]
    hops = tuple(read_hop(task.store, claim) for claim in positive)
    counter = tuple(read_counter(task.store, c, "denied") for c in claims if c.opposing)
    parts = [task.say("evidence", claims=task.told(positive))] if positive else []
    if counter:
        parts.append(task.say("counter", claims=_counter_words(task, counter)))
    return task.give(
        "known" if positive else "no", task.words.sentence(*parts), claims=hops, counter=counter
    )


def _dose(task: _Task) -> Answer:
    doses = tuple(
        Dose(
            vocab.document_of(text_of(row, "document")),
            text_of(row, "words"),
            number_of(row, "low") if "low" in row else None,
            number_of(row, "high") if "high" in row else None,
            text_of(row, "unit") or None,
            text_of(row, "sentence"),
        )
        for row in read_rows(task.store, "doses_of_drug", folder="examples", drug=task.a)
    )
    if not doses:
        return task.give("unknown", task.say("unknown_dose"))
    texts = dict.fromkeys(dose.text for dose in doses)
    return task.give(
        "known", task.say("doses", doses=task.words.say("join").join(texts)), doses=doses
    )


def _about(task: _Task) -> Answer:
    hit = task.asked.a.concept if task.asked.a else None
    other = next(
        (label for lang, label in (hit.labels if hit else ()) if lang != task.words.language),
        task.a,
    )
    kind = task.words.of("types", hit.type if hit else "")
    claims = [
        *task.network.claims(subject=task.a),
        *task.network.claims(object=task.a),
    ]
    known = [c for c in claims if c.status != "denied"]
    first = task.say("about", other=other, type=kind)
    if not known:
        sentence = task.words.sentence(first, task.words.say("no_claims"))
        return task.give("unknown", sentence)
    sentence = task.words.sentence(first, task.say("evidence", claims=task.told(known)))
    hops = tuple(read_hop(task.store, claim) for claim in known[:_LISTED])
    return task.give("known", sentence, claims=hops)


_ANSWERS: dict[Intent, Callable[[_Task], Answer]] = {
    "evidence": _evidence,
    "effect": _effect,
    "between": _effect,
    "does": _does,
    "agents": _agents,
    "targets": _targets,
    "dose": _dose,
    "about": _about,
}


def _answers(claim: Claim, verb: Verb) -> bool:
    """Whether a claim is of the kind that a verb asks for."""
    restored = claim.predicate == "restores" and verb.sign is not None
    return claim.predicate in verb.predicates or (restored and claim.sign == verb.sign)


def _opposes(claim: Claim, verb: Verb) -> bool:
    """Whether a claim states the opposite direction."""
    directed = claim.predicate in ("increases", "decreases", "restores")
    return (
        directed and claim.status == "asserted" and claim.sign is not None
        and claim.sign != verb.sign
    )  # fmt: skip


def _distinct(counter: Iterable[Counter]) -> tuple[Counter, ...]:
    return tuple({(item.kind, item.claim.id): item for item in counter}.values())


def _counter_words(task: _Task, counter: Iterable[Counter]) -> str:
    return task.words.say("then").join(
        task.words.supported(item.claim, status="denied" if item.kind == "denied" else None)
        for item in counter
    )


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
