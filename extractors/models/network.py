"""A convolutional tagger in thinc: embeddings, residual layers over neighbours, a head per type.

Each head tells for its type alone whether a token is outside a mention or where in one it stands,
so that a text annotated for some types teaches those and says nothing about the others.

The layers are thinc's; two are ours, because thinc has no dilated window and no table of which a
token takes several rows. Matrices are multiplied by numpy, which is several times faster here than
BLIS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from thinc.api import (
    Linear,
    Maxout,
    Model,
    NumpyOps,
    Ragged,
    chain,
    residual,
    use_ops,
    with_array,
)

from extractors.models.marginals import log_chances
from extractors.models.shape import LABELS, Features, Floats, Rows, Shape
from kg.errors import FormatError

_NO_STYLE = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences one behind the other: rows of each group, style by token, tokens of each."""

    features: Features
    styles: Rows
    lengths: npt.NDArray[np.int32]


def batch_of(sentences: Sequence[Features], styles: Sequence[int]) -> Batch:
    """A batch of sentences, none of them empty, each read in a style (0: in none)."""
    lengths = np.array([len(features[0]) for features in sentences], np.int32)
    joined = tuple(np.concatenate(arrays) for arrays in zip(*sentences, strict=True))
    return Batch(joined, np.repeat(np.array(styles, np.int32), lengths)[:, None], lengths)


class Network:
    """The weights of a shape; `scores` reads sentences, `begin_update` learns from them."""

    def __init__(self, shape: Shape, *, seed: int = 0) -> None:
        self.shape = shape
        with use_ops("numpy", use_blis=False):
            self.model = _build(shape, np.random.default_rng(seed))

    def scores(self, sentences: Sequence[Features], style: str | None = None) -> Floats:
        """Log probabilities, tokens × types × labels, of sentences one behind the other.

        Parameters
        ----------
        style : one of the shape's styles; None for no style in particular
        """
        number = _NO_STYLE if style is None else 1 + self.shape.styles.index(style)
        batch = batch_of(sentences, [number] * len(sentences))
        scores = self._by_type(self.model.predict(batch).data)
        if self.shape.sequences:
            return log_chances(scores, batch.lengths.tolist())
        return log_softmax(scores)

    def begin_update(self, batch: Batch) -> tuple[Floats, Callable[[Floats], None]]:
        """Scores before the softmax, and what takes their gradient back to the weights."""
        output, backward = self.model.begin_update(batch)

        def finish(gradient: Floats) -> None:
            backward(Ragged(gradient.reshape(len(gradient), -1), output.lengths))

        return self._by_type(output.data), finish

    def parameters(self) -> dict[str, Floats]:
        """All weights by name, in a fixed order."""
        return {name: node.get_param(key) for name, node, key in self._places()}

    def set_parameters(self, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take over the weights.

        Raises
        ------
        FormatError
            where one is missing, or has another size.
        """
        for name, node, key in self._places():
            own = node.get_param(key)
            given = weights.get(name)
            if given is None or given.shape != own.shape:
                raise FormatError(f"weights {name} do not fit the network",
                                  remedy="train the model again")  # fmt: skip
            node.set_param(key, np.ascontiguousarray(given, np.float32))

    def draw_towards(
        self, weights: Mapping[str, npt.NDArray[Any]], share: float, *, but: Collection[str] = ()
    ) -> None:
        """Take a share of other weights of the same shape, and the rest of its own.

        Parameters
        ----------
        but : types whose heads stay as they are
        """
        head = self.model.layers[-1].layers[0]
        kept = {key: head.get_param(key).copy() for key in head.param_names}
        own = self.parameters()
        self.set_parameters({name: (1 - share) * own[name] + share * weights[name] for name in own})
        for kind in but:
            first = self.shape.types.index(kind) * len(LABELS)
            for key, values in kept.items():
                head.get_param(key)[first : first + len(LABELS)] = values[
                    first : first + len(LABELS)
                ]

    def _by_type(self, data: Floats) -> Floats:
        scores: Floats = data.reshape(len(data), len(self.shape.types), len(LABELS))
        return scores

    def _places(self) -> Iterator[tuple[str, Model[Any, Any], str]]:
        nodes = (node for node in self.model.walk() if node.param_names)
        for number, node in enumerate(nodes):
            for key in node.param_names:
                yield f"{number}.{key}", node, key


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted: Floats = scores - scores.max(axis=-1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def _build(shape: Shape, random: np.random.Generator) -> Model[Batch, Ragged]:
    inside = sum(group.width for group in shape.groups) + shape.style_width
    width, pieces = shape.width, shape.pieces
    layers: list[Model[Any, Any]] = [
        _embedding(shape, random),
        with_array(Maxout(nO=width, nI=inside, nP=pieces, normalize=True, dropout=0.0)),
    ]
    for dilation in shape.dilations:
        unit = Maxout(nO=width, nI=3 * width, nP=pieces, normalize=True, dropout=0.0)
        layers.append(residual(chain(_window(dilation), with_array(unit))))
    head: Model[Any, Any] = Linear(nO=len(shape.types) * len(LABELS), nI=width)
    model: Model[Batch, Ragged] = chain(*layers, with_array(head))
    model.initialize()
    for node in model.walk():  # thinc draws from a generator of the whole process
        if node.name == "maxout":
            drawn = random.normal(0, (1.0 / node.get_dim("nI")) ** 0.5, node.get_param("W").shape)
            node.set_param("W", drawn.astype(np.float32))
    head.set_param("W", np.zeros_like(head.get_param("W")))
    return model


def _embedding(shape: Shape, random: np.random.Generator) -> Model[Batch, Ragged]:
    """The vectors of all groups and of the style side by side."""
    sizes = [(group.rows, group.width) for group in shape.groups]
    sizes.append((1 + len(shape.styles), shape.style_width))
    names = [f"E{number}" for number in range(len(sizes))]
    model: Model[Batch, Ragged] = Model(
        "embedding", _look_up, params=dict.fromkeys(names), ops=NumpyOps(use_blis=False)
    )
    for name, size in zip(names, sizes, strict=True):
        table = random.uniform(-0.1, 0.1, size).astype(np.float32)
        table[0] = 0
        model.set_param(name, table)
    return model


def _look_up(
    model: Model[Batch, Ragged], batch: Batch, is_train: bool
) -> tuple[Ragged, Callable[[Ragged], list[Any]]]:
    rows = (*batch.features, batch.styles)
    tables = [model.get_param(name) for name in model.param_names]
    joined: Floats = np.concatenate(
        [
            model.ops.gather_add(table, np.ascontiguousarray(at))
            for table, at in zip(tables, rows, strict=True)
        ],
        axis=1,
    )

    def back(gradient: Ragged) -> list[Any]:
        begin = 0
        for name, table, at in zip(model.param_names, tables, rows, strict=True):
            end = begin + table.shape[1]
            part = np.ascontiguousarray(gradient.data[:, begin:end])
            change = np.zeros_like(table)
            for slot in range(at.shape[1]):
                model.ops.scatter_add(change, np.ascontiguousarray(at[:, slot]), part)
            change[0] = 0
            model.inc_grad(name, change)
            begin = end
        return []

    return Ragged(joined, batch.lengths), back


def _window(dilation: int) -> Model[Ragged, Ragged]:
    """Each token's vector between those `dilation` tokens to the left and to the right."""
    return Model(
        "window", _with_neighbours, attrs={"dilation": dilation}, ops=NumpyOps(use_blis=False)
    )


def _with_neighbours(
    model: Model[Ragged, Ragged], given: Ragged, is_train: bool
) -> tuple[Ragged, Callable[[Ragged], Ragged]]:
    dilation: int = model.attrs["dilation"]
    size, width = given.data.shape
    left_of, right_of = neighbours(given.lengths, dilation)
    # One more vector, of zeros, stands for what lies outside the sentence.
    data = np.concatenate([given.data, np.zeros((1, width), np.float32)])
    joined = np.concatenate([data[left_of], given.data, data[right_of]], axis=1)

    def back(gradient: Ragged) -> Ragged:
        parts = np.concatenate([gradient.data, np.zeros((1, 3 * width), np.float32)])
        own = parts[:size, width : 2 * width] + parts[right_of, :width]
        return Ragged(own + parts[left_of, 2 * width :], given.lengths)

    return Ragged(joined, given.lengths), back


def neighbours(
    lengths: npt.NDArray[np.int32], dilation: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of the left and right neighbours; the number of tokens where there is none.

    >>> neighbours(np.array([3, 1], np.int32), 1)
    (array([4, 0, 1, 4]), array([1, 2, 4, 4]))
    """
    ends = np.cumsum(lengths)
    size = int(ends[-1]) if len(ends) else 0
    place = np.arange(size)
    end_of = np.repeat(ends, lengths)
    begin_of = end_of - np.repeat(lengths, lengths)
    left, right = place - dilation, place + dilation
    return np.where(left < begin_of, size, left), np.where(right >= end_of, size, right)
