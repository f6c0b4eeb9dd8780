"""The network: neighbours, masked losses, right gradients, files that are kept and refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from extractors.models.keeping import Kept, load_network, save_network
from extractors.models.network import Batch, Network, batch_of, neighbours
from extractors.models.shape import (
    LABELS,
    Features,
    Group,
    Labels,
    Shape,
    padded,
    row_of,
    rows_array,
)
from extractors.training.tagging import (
    Example,
    Schedule,
    loss_of,
    rate_at,
    sequence_loss_of,
    train_tagger,
)
from kg.errors import FormatError, InputError, KgError

GROUPS = (Group("word", 50, 8, 2), Group("dictionary", 9, 4, 1))
SHAPE = Shape(GROUPS, ("Drug", "Disease"), ("one", "other"), width=12, dilations=(1, 2), style_width=4)  # fmt: skip


def sentence(*words: str, listed: tuple[int, ...] = ()) -> Features:
    rows = [padded([row_of(word, GROUPS[0], seed) for seed in (0, 1)], 2) for word in words]
    tags = [[1 if at in listed else 0] for at in range(len(words))]
    return rows_array(rows, 2), rows_array(tags, 1)


def labels(drug: str, disease: str) -> Labels:
    table = {"?": -1, "O": 0, "B": 1, "I": 2, "E": 3, "S": 4}
    return np.array(
        [[table[one], table[two]] for one, two in zip(drug, disease, strict=True)], np.int8
    )


def test_a_sentence_is_read_the_same_alone_and_beside_others() -> None:
    network = Network(SHAPE, seed=3)
    head = network.model.layers[-1].layers[0]
    head.set_param("W", np.random.default_rng(0).normal(size=head.get_param("W").shape).astype("f"))
    one, other = sentence("aspirin", "helps"), sentence("in", "lupus", "nephritis", ".")
    together = network.scores([one, other, one])
    assert np.allclose(together[:2], network.scores([one]), atol=1e-5)
    assert np.allclose(together[2:6], network.scores([other]), atol=1e-5)
    assert np.allclose(np.exp(together).sum(-1), 1, atol=1e-5)


def test_neighbours_end_with_the_sentence() -> None:
    left, right = neighbours(np.array([3, 2], np.int32), 2)
    assert left.tolist() == [5, 5, 0, 5, 5]
    assert right.tolist() == [2, 5, 5, 5, 5]


@pytest.mark.parametrize("sequences", [False, True])
def test_the_gradient_is_that_of_the_loss(sequences: bool) -> None:
    shape = replace(SHAPE, sequences=sequences)
    network, schedule = Network(shape, seed=1), Schedule(rare=1.0 if sequences else 2.0)
    measured = sequence_loss_of if sequences else loss_of
    rng = np.random.default_rng(0)
    for values in network.parameters().values():
        values += rng.normal(0, 0.3, values.shape).astype(np.float32)
    example = Example((sentence("a", "b", "c", listed=(1,)),), labels("OSO", "?BE"), 1)
    batch = batch_of([example.variants[0]], [1])

    def loss() -> float:
        scores, _ = network.begin_update(batch)
        return measured(scores, [example], schedule)[1] / len(example.labels)

    scores, finish = network.begin_update(batch)
    finish(measured(scores, [example], schedule)[0])
    for node in network.model.walk():
        for name in node.param_names:
            values, change = node.get_param(name), node.get_grad(name)
            for place in np.argsort(-np.abs(change).ravel())[:3]:
                before, step = values.flat[place], 1e-2
                values.flat[place] = before + step
                above = loss()
                values.flat[place] = before - step
                slope = (above - loss()) / (2 * step)
                values.flat[place] = before
                assert change.flat[place] == pytest.approx(slope, rel=0.1, abs=2e-3), node.name


def test_unknown_labels_teach_nothing() -> None:
    example = Example((sentence("a", "b"),), labels("S?", "??"))
    scores = np.zeros((2, 2, 5), np.float32)
    gradient, _, size = loss_of(scores, [example], Schedule())
    assert size == 1
    assert gradient[0, 0].any()
    assert not gradient[0, 1].any()
    assert not gradient[1].any()


def test_of_a_sequence_what_is_known_tells_of_its_neighbours_alone() -> None:
    example = Example((sentence("a", "b"),), labels("B?", "??"))
    scores = np.zeros((2, 2, 5), np.float32)
    gradient, _, size = sequence_loss_of(scores, [example], Schedule())
    assert size == 1
    assert not gradient[:, 1].any()
    # Behind a beginning, the last token ends the mention.
    assert gradient[1, 0].argmin() == LABELS.index("E")


def test_sequences_refuse_what_single_labels_have() -> None:
    example = Example((sentence("a"),), labels("S", "O"))
    with pytest.raises(KgError, match="no rare labels"):
        sequence_loss_of(np.zeros((1, 2, 5), np.float32), [example], Schedule(smoothing=0.1))


@pytest.mark.parametrize("sequences", [False, True])
def test_it_learns_words_and_what_the_dictionary_says(sequences: bool) -> None:
    examples = [
        Example(
            (sentence(drug, "treats", "lupus", "nephritis", listed=(0,)),),
            labels("SOOO", "OOBE"),
            1,
        )
        for drug in ("aspirin", "losartan", "sirolimus", "metformin")
    ]
    network = Network(replace(SHAPE, sequences=sequences))
    losses: list[float] = []
    train_tagger(network, examples, Schedule(epochs=60, tokens=8, warm_up=5, rate=0.01),
                 report=lambda epoch, loss: losses.append(loss))  # fmt: skip
    assert losses[-1] < 0.1 * losses[0]
    scores = network.scores([sentence("unseen", "treats", "lupus", "nephritis", listed=(0,))])
    assert scores.argmax(-1)[:, 0].tolist() == [4, 0, 0, 0]
    assert scores.argmax(-1)[:, 1].tolist() == [0, 0, 1, 3]


def test_the_same_seed_gives_the_same_weights() -> None:
    examples = [Example((sentence("a", "b"),), labels("SO", "OS"), 1)]
    networks = [Network(SHAPE), Network(SHAPE)]
    for network in networks:
        train_tagger(network, examples, Schedule(epochs=3, warm_up=1))
    one, other = (network.parameters() for network in networks)
    assert all(np.array_equal(values, other[name]) for name, values in one.items())


def test_training_on_nothing_is_refused() -> None:
    with pytest.raises(KgError, match="no sentence with annotations"):
        train_tagger(Network(SHAPE), [Example((sentence("a"),), labels("?", "?"))])


def test_the_rate_rises_and_falls_to_nothing() -> None:
    schedule = Schedule(rate=1.0, warm_up=10)
    assert rate_at(0, 100, schedule) == pytest.approx(0.1)
    assert rate_at(10, 100, schedule) == pytest.approx(1.0)
    assert rate_at(99, 100, schedule) < 0.01


def kept() -> Kept:
    return Kept("recogniser-en", "1", Network(SHAPE, seed=5), "one", {"date": "today"})


def test_a_kept_network_comes_back(tmp_path: Path) -> None:
    path, before = tmp_path / "model.npz", kept()
    save_network(path, before)
    after = load_network(path)
    assert (after.mark, after.style, after.notes) == (
        "model:recogniser-en@1",
        "one",
        {"date": "today"},
    )
    assert after.network.shape == SHAPE
    sentences = [sentence("a", "b", listed=(0,))]
    assert np.allclose(before.network.scores(sentences), after.network.scores(sentences), atol=1e-2)


def test_the_same_network_makes_the_same_file(tmp_path: Path) -> None:
    hashes = [save_network(tmp_path / name, kept()) for name in ("one", "two")]
    assert hashes[0] == hashes[1]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("damage", ["cut", "changed", "text", "empty"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "model.npz"
    save_network(path, kept())
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes({
        "cut": data[:half], "text": b"no model", "empty": b"",
        "changed": data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :],
    }[damage])  # fmt: skip
    with pytest.raises(FormatError, match=r"model.npz.*train the model again"):
        load_network(path)


def test_other_weights_under_the_old_hash_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    save_network(path, kept())
    with np.load(path) as archive:
        arrays = {name: archive[name] for name in archive.files}
    arrays["1.b"] = np.ones(7, np.float16)
    np.savez(path, **arrays)
    with pytest.raises(FormatError, match="not those that were written"):
        load_network(path)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_network(tmp_path / "absent.npz")


def test_the_mean_of_two_networks_lies_between_them() -> None:
    network, other = Network(SHAPE, seed=1), Network(SHAPE, seed=2).parameters()
    one = {name: values.copy() for name, values in network.parameters().items()}
    network.draw_towards(other, 0.25)
    mean = network.parameters()
    assert all(np.allclose(mean[name], 0.75 * one[name] + 0.25 * other[name]) for name in one)


def test_heads_can_stay_as_they_are() -> None:
    network, text = Network(SHAPE, seed=1), [sentence("a", "b")]
    biased = {name: values + 1.0 for name, values in network.parameters().items()}
    head = network.model.layers[-1].layers[0]
    network.draw_towards(biased, 0.5, but=["Disease"])
    assert head.get_param("b").tolist() == [0.5] * 5 + [0.0] * 5
    assert network.scores(text).shape == (2, 2, 5)


def test_a_batch_knows_the_style_of_each_token() -> None:
    batch: Batch = batch_of([sentence("a", "b"), sentence("c")], [2, 0])
    assert batch.styles[:, 0].tolist() == [2, 2, 0]
