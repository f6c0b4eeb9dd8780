"""Mechanism paths: which are found, in what order, and what speaks against them."""

from __future__ import annotations

import itertools
import math
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.loading import remove_documents
from kg.network import Claim, Path, find_counter_evidence, find_paths
from kg.network.encoding import path_to_json
from kg.network.graph import Network, open_network
from kg.network.routes import FREE_DEGREE, LENGTH, Routes, edge_cost, hub_cost
from kg.network.values import net_sign
from tests.golden import (
    CALCINEURIN,
    CYTOSKELETON,
    PAN,
    PROTEINURIA,
    SYNAPTOPODIN,
    TACROLIMUS,
    golden_store,
    golden_terminology,
    shared_store,
)


def claim(subject: str, predicate: str, object: str, **more: Any) -> Claim:
    """A claim for tests: asserted with belief 0.8 unless told otherwise."""
    sign = {"increases": "+", "decreases": "-"}.get(predicate)
    values: dict[str, Any] = {
        "id": f"{subject}{predicate}{object}{more}", "aspect": None, "sign": sign,
        "status": "asserted", "belief": 0.8, **more,
    }  # fmt: skip
    return Claim(subject=subject, predicate=predicate, object=object, **values)  # type: ignore[arg-type]


def ways(network: Network, source: str, target: str, **more: Any) -> list[str]:
    return ["".join(way) for way, _ in Routes(network, target, **more).ways(source)]


def test_the_path_through_calcineurin_is_found_with_both_sentences() -> None:
    direct, through, *_ = find_paths(shared_store(), TACROLIMUS, SYNAPTOPODIN)
    assert direct.concepts == (TACROLIMUS, SYNAPTOPODIN)
    assert through.concepts == (TACROLIMUS, CALCINEURIN, SYNAPTOPODIN)
    first, second = through.hops
    assert (first.claim.predicate, first.sign) == ("decreases", "-")
    assert (second.claim.predicate, second.sign) == ("decreases", "-")
    assert through.sign == "+"
    (support,) = second.evidence
    assert [quote.language for quote in support.quotes] == ["en", "zh"]
    for quote in support.quotes:
        start, end = quote.trigger or (0, 0)
        assert quote.text[start:end] in ("decreased", "降低")
    hypothesis = next(o for o in first.others if o.claim.certainty == "hypothesis")
    assert "might reduce" in hypothesis.evidence[0].quotes_in("en")[0].text


def test_restores_has_the_sign_that_the_perturbation_gives() -> None:
    (path,) = find_paths(shared_store(), TACROLIMUS, SYNAPTOPODIN, max_hops=1)
    assert path.hops[0].claim.predicate == "restores"
    assert (path.hops[0].sign, path.sign) == ("+", "+")


def test_a_co_change_is_walked_both_ways_and_shown_as_such() -> None:
    back = find_paths(shared_store(), SYNAPTOPODIN, CALCINEURIN, max_hops=1)
    (path,) = back
    assert (path.hops[0].claim.derived, path.hops[0].edge.forward) == ("co-change", False)
    assert path.sign == "-"
    assert find_paths(shared_store(), SYNAPTOPODIN, CALCINEURIN, include_derived=False) == ()


def test_a_claim_with_its_mediator_opens_the_way_through_it() -> None:
    paths = find_paths(shared_store(), TACROLIMUS, CYTOSKELETON)
    through = next(path for path in paths if len(path.hops) == 2)
    assert through.concepts == (TACROLIMUS, CALCINEURIN, CYTOSKELETON)
    assert through.hops[1].edge.kind == "via"
    assert through.sign is None


def test_hypotheses_can_be_left_out() -> None:
    assert find_paths(shared_store(), TACROLIMUS, PROTEINURIA, max_hops=1)
    assert not find_paths(
        shared_store(), TACROLIMUS, PROTEINURIA, max_hops=1, include_hypotheses=False
    )


def test_denials_and_contrary_claims_are_counter_evidence() -> None:
    (denied,) = find_counter_evidence(shared_store(), TACROLIMUS, "mesh:D003404")
    assert denied.evidence[0].polarity == "negated"
    assert find_paths(shared_store(), TACROLIMUS, "mesh:D003404") == ()
    (path,) = find_paths(shared_store(), PAN, SYNAPTOPODIN, max_hops=1)
    assert [(c.kind, c.claim.predicate) for c in path.counter] == [("contrary", "increases")]
    (treats,) = find_paths(shared_store(), TACROLIMUS, "mesh:D009404", max_hops=1)
    (against,) = treats.counter
    assert against.kind == "denied"
    assert against.evidence[0].document == "pubmed:900004"


def test_the_aligned_sentence_stands_in_where_one_language_does_not_state_the_claim() -> None:
    (path,) = find_paths(shared_store(), PAN, CALCINEURIN, max_hops=1)
    conflicting = next(o for o in path.hops[0].others if o.evidence[0].agreement == "conflict")
    stated = {quote.language: quote.stated for quote in conflicting.evidence[0].quotes}
    assert sorted(stated) == ["en", "zh"]
    assert sorted(stated.values()) == [False, True]
    counterpart = next(q for q in conflicting.evidence[0].quotes if not q.stated)
    assert counterpart.subject is counterpart.trigger is None


@pytest.mark.parametrize("ends", [("a", "a"), ("nothing", SYNAPTOPODIN), (TACROLIMUS, "nothing")])
def test_no_path_is_no_error(ends: tuple[str, str]) -> None:
    assert find_paths(shared_store(), *ends) == ()


@pytest.mark.parametrize(
    ("signs", "net"),
    [("+", "+"), ("-", "-"), ("--", "+"), ("-+-+", "+"), ("+-", "-"), ("", None), ("+?", None)],
)
def test_net_sign(signs: str, net: str | None) -> None:
    assert net_sign([None if s == "?" else s for s in signs]) == net  # type: ignore[misc]


def test_order_of_ways() -> None:
    """Shorter, surer, asserted, stated ways come first; hubs last."""
    hub = [claim("h", "increases", f"x{n}") for n in range(500)]
    network = Network([
        claim("a", "increases", "b"),
        claim("a", "increases", "c", belief=0.95), claim("c", "increases", "b", belief=0.95),
        claim("a", "increases", "d"), claim("d", "increases", "b"),
        claim("a", "increases", "e", status="hypothesized"), claim("e", "increases", "b"),
        claim("a", "increases", "f"), claim("f", "associated_with", "b", derived="co-change"),
        claim("a", "increases", "h"), claim("h", "increases", "b"), *hub,
    ])  # fmt: skip
    found = ways(network, "a", "b")
    assert found[:3] == ["ab", "acb", "adb"]
    assert set(found[3:5]) == {"aeb", "afb"}
    assert found[5] == "ahb"


def test_denied_claims_are_never_walked() -> None:
    network = Network([claim("a", "treats", "b", status="denied")])
    assert "a" not in network
    assert [found.predicate for found in network.denied("a", "b")] == ["treats"]
    assert network.denied("b", "a") == ()
    assert [found.object for found in network.claims(subject="a")] == ["b"]


def test_a_claim_about_itself_is_no_edge() -> None:
    assert "a" not in Network([claim("a", "binds", "a")])


CLAIMS = st.builds(
    claim,
    st.sampled_from("abcdef"),
    st.sampled_from(["increases", "decreases", "binds", "affects"]),
    st.sampled_from("abcdef"),
    belief=st.floats(0.05, 1),
    status=st.sampled_from(["asserted", "asserted", "hypothesized", "denied"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CLAIMS, max_size=30), st.integers(1, 5))
def test_ways_are_all_simple_paths_in_order(claims: list[Claim], max_hops: int) -> None:
    """Against brute force: the same paths, each once, none dearer before one cheaper."""
    network = Network(claims)
    if "a" not in network or "b" not in network:
        return
    found = list(Routes(network, "b", max_hops=max_hops).ways("a"))
    simple = nx.DiGraph(network.graph)
    brute = {tuple(p) for p in nx.all_simple_paths(simple, "a", "b", cutoff=max_hops)}
    assert len(found) == len({way for way, _ in found})
    assert {way for way, _ in found} == brute
    costs = [cost for _, cost in found]
    assert all(one <= other + 1e-9 for one, other in itertools.pairwise(costs))
    for way, cost in found:
        steps = sum(
            min(map(edge_cost, network.edges(one, other))) for one, other in itertools.pairwise(way)
        )
        assert cost == pytest.approx(
            steps + sum(hub_cost(network.degree(concept)) for concept in way[1:-1])
        )


def test_costs_follow_what_is_believed() -> None:
    network = Network([claim("a", "increases", "b", belief=0.5)])
    (edge,) = network.edges("a", "b")
    assert math.exp(-edge_cost(edge)) == pytest.approx(0.5 * LENGTH)
    assert hub_cost(FREE_DEGREE) == 0
    assert hub_cost(1000) > hub_cost(100) > 0


def test_the_network_is_built_once_and_again_after_a_change() -> None:
    store = golden_store()
    first = open_network(store)
    assert open_network(store) is first
    remove_documents(store, ["pubmed:900002"], terminology=golden_terminology())
    assert open_network(store) is not first


def test_paths_as_json() -> None:
    path: Path = find_paths(shared_store(), TACROLIMUS, SYNAPTOPODIN, limit=2)[1]
    found = path_to_json(path, {TACROLIMUS: "他克莫司"}.get)  # type: ignore[arg-type]
    assert found["concepts"][0] == {"id": TACROLIMUS, "label": "他克莫司"}
    assert [hop["sign"] for hop in found["hops"]] == ["-", "-"]
    quotes = found["hops"][1]["evidence"][0]["quotes"]
    assert {quote["language"]: quote["text"] for quote in quotes} == {
        "en": "Calcineurin decreased synaptopodin in the cells.",
        "zh": "钙调磷酸酶降低细胞内的突触足蛋白。",
    }
