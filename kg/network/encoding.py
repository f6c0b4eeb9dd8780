"""Paths and claims as JSON, with the names of concepts and both sentences of every step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from kg.network.values import Claim, Counter, Hop, Path, Support

Json = dict[str, Any]


def path_to_json(path: Path, label: Callable[[str], str]) -> Json:
    """The JSON object of a path."""
    return {
        "concepts": [{"id": concept, "label": label(concept)} for concept in path.concepts],
        "sign": path.sign,
        "score": path.score,
        "hops": [hop_to_json(hop) for hop in path.hops],
        "counter": [counter_to_json(item) for item in path.counter],
    }


def hop_to_json(hop: Hop) -> Json:
    """The JSON object of a step."""
    return {
        "source": hop.source,
        "target": hop.target,
        "kind": hop.edge.kind,
        "forward": hop.edge.forward,
        "sign": hop.sign,
        "claim": claim_to_json(hop.claim),
        "evidence": [support_to_json(support) for support in hop.evidence],
        "others": [hop_to_json(other) for other in hop.others],
    }


def claim_to_json(claim: Claim) -> Json:
    """The JSON object of a claim."""
    lists = {"via": list(claim.via), "sources": list(claim.sources)}
    return dataclasses.asdict(claim) | lists | {"certainty": claim.certainty}


def counter_to_json(counter: Counter) -> Json:
    """The JSON object of what speaks against a step."""
    return {
        "kind": counter.kind,
        "claim": claim_to_json(counter.claim),
        "evidence": [support_to_json(support) for support in counter.evidence],
    }


def support_to_json(support: Support) -> Json:
    """The JSON object of one document's evidence, its sentences by language."""
    return {
        "id": support.id,
        "document": support.document,
        "section": support.section,
        "polarity": support.polarity,
        "certainty": support.certainty,
        "agreement": support.agreement,
        "derived": support.derived,
        "context": [dataclasses.asdict(under) for under in support.context],
        "curated": support.curated and dataclasses.asdict(support.curated),
        "quotes": [
            {
                "language": quote.language,
                "text": quote.text,
                "sentence": quote.sentence,
                "stated": quote.stated,
                "subject": quote.subject and list(quote.subject),
                "object": quote.object and list(quote.object),
                "trigger": quote.trigger and list(quote.trigger),
            }
            for quote in support.quotes
        ],
    }
