"""Whether a claim is made, by what, on what, and on which evidence."""

from __future__ import annotations

from collections.abc import Iterable

from kg import vocab
from kg.answers.effects import answer_effect, path_sentence
from kg.answers.language import Verb
from kg.answers.task import Task
from kg.answers.values import Answer, Verdict
from kg.network.paths import find_paths, read_counter, read_hop
from kg.network.values import Claim

_LISTED = 20


def answer_does(task: Task) -> Answer:
    """Whether a claim holds: yes, no, disputed, only supposed, other claims, or not known."""
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
    told = task.against(against)
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


def _does_indirectly(task: Task, others: list[Claim]) -> Answer:
    """No claim answers: other claims about the two, or a path."""
    if others:
        hops = tuple(read_hop(task.store, claim) for claim in others)
        sentence = task.say("other_claims", claims=task.told(others))
        return task.give("indirect", sentence, claims=hops)
    paths = find_paths(task.store, task.a, task.b, max_hops=task.max_hops, limit=task.limit)
    if paths:
        return task.give("indirect", path_sentence(task, paths[0], "only_path"), paths=paths)
    return task.give("unknown", task.say("unknown_claim"))


def answer_agents(task: Task) -> Answer:
    """What does it to the concept: the subjects of claims of the kind that the verb asks for."""
    return _listing(task, _sided(task, object=task.b), "agents", task.b)


def answer_targets(task: Task) -> Answer:
    """What the concept does it to: the objects of such claims."""
    return _listing(task, _sided(task, subject=task.a), "targets", task.a)


def _sided(task: Task, *, subject: str | None = None, object: str | None = None) -> list[Claim]:
    """The claims with that subject or object; symmetric ones from either side."""
    claims = task.network.claims(subject=subject, object=object)
    turned = task.network.claims(subject=object, object=subject)
    return [*claims, *(c for c in turned if c.predicate in vocab.SYMMETRIC_PREDICATES)]


def _listing(task: Task, claims: Iterable[Claim], key: str, concept: str) -> Answer:
    """The claims that answer the verb, of the type asked for; else those near to it."""
    verb = task.asked.verb
    others = ((c, c.subject if c.object == concept else c.object) for c in claims)
    typed = [c for c, other in others if task.asked.type in (None, task.type_of(other))]
    fitting = [c for c in typed if verb is None or _answers(c, verb)]
    near = [c for c in typed if verb and c.predicate in verb.near and c.status != "denied"]
    positive = [c for c in fitting if c.status != "denied"]
    counter = tuple(read_counter(task.store, c, "denied") for c in fitting if c.opposing)
    against = task.say("counter", claims=task.against(counter)) if counter else ""
    chosen = positive or near
    if not chosen:
        verdict: Verdict = "no" if counter else "unknown"
        unknown = task.say(f"unknown_{key}")
        return task.give(verdict, task.words.sentence(unknown, against), counter=counter)
    told = task.told(chosen)
    first = (
        task.say(key, n=len({task.words.claim(c) for c in chosen}), claims=told)
        if positive
        else task.say("other_claims", claims=told)
    )
    hops = tuple(read_hop(task.store, claim) for claim in chosen[:_LISTED])
    return task.give(
        "known" if positive else "indirect", task.words.sentence(first, against),
        claims=hops, counter=counter,
    )  # fmt: skip


def answer_evidence(task: Task) -> Answer:
    """The evidence for and against claims about two concepts; paths where there is no claim."""
    verb = task.asked.verb
    claims = [c for c in task.between() if verb is None or _answers(c, verb)] or [*task.between()]
    if not claims:
        return answer_effect(task)
    positive = [c for c in claims if c.status != "denied"]
    hops = tuple(read_hop(task.store, claim) for claim in positive)
    counter = tuple(read_counter(task.store, c, "denied") for c in claims if c.opposing)
    parts = [task.say("evidence", claims=task.told(positive))] if positive else []
    if counter:
        parts.append(task.say("counter", claims=task.against(counter)))
    return task.give(
        "known" if positive else "no", task.words.sentence(*parts), claims=hops, counter=counter
    )


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
