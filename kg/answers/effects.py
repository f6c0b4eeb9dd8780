"""How one concept affects another: paths, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable

from kg.answers.task import Task
from kg.answers.values import Answer
from kg.network.paths import find_counter_evidence, find_paths
from kg.network.values import Counter, Path


def answer_effect(task: Task) -> Answer:
    """The direct claims and the best paths from one concept to the other."""
    paths = find_paths(task.store, task.a, task.b, max_hops=task.max_hops, limit=max(task.limit, 2))
    if not paths:
        return _no_path(task)
    direct = [path for path in paths if len(path.hops) == 1]
    indirect = [path for path in paths if len(path.hops) > 1]
    shown = (*direct, *indirect)[: task.limit]
    parts = [task.say("direct", claim=task.words.supported(p.hops[0].claim)) for p in direct]
    if indirect:
        parts.append(path_sentence(task, indirect[0], "best_path" if direct else "only_path"))
        if len(shown) > len(direct) + 1:
            parts.append(task.words.say("more_paths", n=len(shown) - len(direct) - 1))
    counter = _distinct(item for path in shown for item in path.counter)
    if counter:
        parts.append(task.say("counter", claims=task.against(counter)))
    return task.give(
        "known" if direct else "indirect", task.words.sentence(*parts),
        paths=shown, counter=counter,
    )  # fmt: skip


def path_sentence(task: Task, path: Path, key: str) -> str:
    """A path in words: what it runs through, its steps, its net sign and its weak points."""
    words = task.words
    parts = [words.say(key, through=words.names(path.concepts[1:-1]), hops=words.hops(path))]
    if path.sign:
        parts.append(task.say("net_sign", sign=words.of("signs", path.sign)))
    if any(hop.claim.status == "hypothesized" for hop in path.hops):
        parts.append(words.say("hypothesis_in_path"))
    if any(hop.claim.derived for hop in path.hops):
        parts.append(words.say("derived_in_path"))
    return words.sentence(*parts)


def _no_path(task: Task) -> Answer:
    """Nothing leads there: what is denied, and whether the other direction is known."""
    denied = find_counter_evidence(task.store, task.a, task.b)
    if denied:
        sentence = task.say("refuted", claims=task.against(denied))
        return task.give("no", sentence, counter=denied)
    back = find_paths(task.store, task.b, task.a, max_hops=task.max_hops, limit=task.limit)
    if back:
        sentence = task.say("reverse_path", hops=task.words.hops(back[0]))
        return task.give("unknown", sentence, paths=back)
    return task.give("unknown", task.say("unknown_pair"))


def _distinct(counter: Iterable[Counter]) -> tuple[Counter, ...]:
    return tuple({(item.kind, item.claim.id): item for item in counter}.values())
