"""The training of a tagger on sentences of which some labels are known and some are not.

Adam with a warm-up and a cosine towards zero, and the running mean of the weights as the result.
One core is enough, and the same seed gives the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from thinc.api import Adam, fix_random_seed, set_dropout_rate, use_ops

from extractors.models.marginals import label_chances
from extractors.models.network import Batch, Network, batch_of, log_softmax
from extractors.models.shape import UNKNOWN, Features, Floats, Group, Labels, Rows, Shape
from kg.errors import KgError

_NO_STYLE = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to learn from.

    Parameters
    ----------
    variants : its features, by each lexicon that was asked; one is drawn each time
    labels : tokens × types, `UNKNOWN` where they are not known
    style : number of the annotation style from 1 on; 0 for none
    weight : of its loss
    """

    variants: tuple[Features, ...]
    labels: Labels
    style: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast is learned.

    Parameters
    ----------
    tokens : of a batch, about
    dropout : share of the units of each layer that are left out
    styleless : share of the sentences that are read without their style
    rare : weight of the labels inside mentions against those outside
    """

    epochs: int = 10
    tokens: int = 1200
    rate: float = 0.002
    warm_up: int = 200
    decay: float = 0.01
    dropout: float = 0.2
    styleless: float = 0.3
    rare: float = 1.0
    smoothing: float = 0.0
    seed: int = 0


def train_tagger(
    network: Network, examples: Sequence[Example], schedule: Schedule | None = None, *,
    report: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:  # fmt: skip
    """Change the weights of a network so that it labels the examples.

    Parameters
    ----------
    report : told the number of each epoch from 1 on and the mean loss of a known label in it

    Raises
    ------
    KgError
        where there is nothing to learn from.
    """
    schedule = schedule or Schedule()
    known = [example for example in examples if (example.labels != UNKNOWN).any()]
    if not known:
        raise KgError("no sentence with annotations", remedy="give annotated texts")
    random = np.random.default_rng(schedule.seed)
    fix_random_seed(schedule.seed)  # thinc draws from a generator of the whole process
    set_dropout_rate(network.model, schedule.dropout)
    steps = schedule.epochs * max(1, sum(1 for _ in _batches(known, schedule, random)))
    with use_ops("numpy", use_blis=False):
        adam = Adam(schedule.rate, L2=schedule.decay, use_averages=True, grad_clip=1.0)
    step = 0
    for epoch in range(1, schedule.epochs + 1):
        total = count = 0.0
        for chosen in _batches(known, schedule, random):
            batch = _read(chosen, network.shape, schedule, random)
            scores, finish = network.begin_update(batch)
            loss_here = sequence_loss_of if network.shape.sequences else loss_of
            gradient, loss, size = loss_here(scores, chosen, schedule)
            finish(gradient)
            adam.learn_rate = rate_at(step, steps, schedule)
            network.model.finish_update(adam)
            total, count, step = total + loss, count + size, step + 1
        report(epoch, total / max(count, 1.0))
    if adam.averages:
        averages = adam.averages
        for node in network.model.walk():
            for name in node.param_names:
                node.set_param(name, averages[(node.id, name)])


def loss_of(
    scores: Floats, examples: Sequence[Example], schedule: Schedule
) -> tuple[Floats, float, float]:
    """The gradient of the cross entropy, its sum over the known labels, and their weight.

    Unknown labels have no part in it.
    """
    labels = np.concatenate([example.labels for example in examples])
    weights = np.repeat(
        np.array([example.weight for example in examples], np.float32),
        [len(example.labels) for example in examples],
    )[:, None]
    weights = weights * np.where(labels > 0, np.float32(schedule.rare), np.float32(1))
    weights = np.where(labels == UNKNOWN, np.float32(0), weights)
    logs = log_softmax(scores)
    sure = 1.0 - schedule.smoothing
    wanted = np.full(scores.shape, schedule.smoothing / scores.shape[-1], np.float32)
    at = np.maximum(labels, 0).astype(np.int64)[..., None]
    np.put_along_axis(wanted, at, np.take_along_axis(wanted, at, -1) + np.float32(sure), -1)
    gradient = (np.exp(logs) - wanted) * weights[..., None]
    loss = -float((np.take_along_axis(logs, at, -1)[..., 0] * weights).sum())
    mean: Floats = (gradient / max(len(labels), 1)).astype(np.float32)
    return mean, loss, float(weights.sum())


def sequence_loss_of(
    scores: Floats, examples: Sequence[Example], schedule: Schedule
) -> tuple[Floats, float, float]:
    """The same for whole sequences: all legal ones against those that agree with what is known.

    Raises
    ------
    KgError
        where a schedule asks for what only single labels have.
    """
    if schedule.rare != 1 or schedule.smoothing:
        raise KgError("sequences have no rare labels and no smoothing")
    lengths = [len(example.labels) for example in examples]
    labels = np.concatenate([example.labels for example in examples])
    weights = np.repeat([example.weight for example in examples], lengths)[:, None, None]
    free, whole = label_chances(scores, lengths)
    bound, part = label_chances(scores, lengths, labels)
    size = float((labels != UNKNOWN).sum())
    mean: Floats = ((free - bound) * weights / max(len(labels), 1)).astype(np.float32)
    return mean, whole - part, size


def rate_at(step: int, steps: int, schedule: Schedule) -> float:
    """The learning rate: rising at first, then along a cosine to zero."""
    if step < schedule.warm_up:
        return schedule.rate * (step + 1) / schedule.warm_up
    done = (step - schedule.warm_up) / max(1, steps - schedule.warm_up)
    return schedule.rate * (1 + math.cos(math.pi * min(done, 1.0))) / 2


def _batches(
    examples: Sequence[Example], schedule: Schedule, random: np.random.Generator
) -> Iterator[list[Example]]:
    """All examples once, in random batches of about as many tokens."""
    batch: list[Example] = []
    size = 0
    for at in random.permutation(len(examples)):
        batch.append(examples[at])
        size += len(examples[at].labels)
        if size >= schedule.tokens:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(
    chosen: Sequence[Example], shape: Shape, schedule: Schedule, random: np.random.Generator
) -> Batch:
    """The batch of some examples, with parts left out at random."""
    sentences = [example.variants[random.integers(len(example.variants))] for example in chosen]
    styles = [
        _NO_STYLE if random.random() < schedule.styleless else example.style for example in chosen
    ]
    batch = batch_of(sentences, styles)
    features = tuple(
        _thinned(rows, group, batch, random)
        for rows, group in zip(batch.features, shape.groups, strict=True)
    )
    return Batch(features, batch.styles, batch.lengths)


def _thinned(rows: Rows, group: Group, batch: Batch, random: np.random.Generator) -> Rows:
    if group.dropped:
        rows = np.where(random.random((len(rows), 1)) < group.dropped, 0, rows)
    if group.forgotten:
        blank = random.random(len(batch.lengths)) < group.forgotten
        rows = np.where(np.repeat(blank, batch.lengths)[:, None], 0, rows)
    return rows.astype(np.int32)
