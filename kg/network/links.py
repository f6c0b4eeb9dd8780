"""How a claim stands to other claims, and to later evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.curation.values import evidence_id
from kg.network.reading import read_claim
from kg.network.values import Claim
from kg.questions import read_rows, text_of
from kg.store.base import Store
from kg.vocab import statement_iri, statement_of

_TO_EVIDENCE = ("confirmed_by", "refuted_by")


@dataclass(frozen=True, slots=True)
class Links:
    """Ids of statements by how a claim stands to them, and of evidence that came later.

    `contrasts` are of the opposite direction about broader or narrower concepts; `outcome` tells
    what became of a hypothesis, and is None where no document only supposed it.
    """

    refines: tuple[str, ...] = ()
    refined_by: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()
    outcome: str | None = None

    @property
    def claims(self) -> frozenset[str]:
        """The ids of the statements that it is linked with."""
        kinds = (
            self.refines, self.refined_by, self.contradicts, self.contrasts, self.disputed_by,
        )  # fmt: skip
        return frozenset(other for some in kinds for other in some)

    def __bool__(self) -> bool:
        return self != Links()


def read_linked(store: Store, links: Iterable[Links]) -> dict[str, Claim]:
    """The claims that links lead to, by id."""
    names = {name for one in links for name in one.claims}
    return {name: read_claim(store, name) for name in sorted(names)}


def read_links(store: Store, claim: str) -> Links:
    """How a claim (by its id) stands to others."""
    iri = statement_iri(claim).value
    found: dict[str, list[str]] = {}
    outcome = None
    for row in read_rows(store, "claim_links", statement=iri):
        kind, other = text_of(row, "link"), text_of(row, "other")
        if kind == "outcome":
            outcome = other
        else:
            name = evidence_id(other) if kind in _TO_EVIDENCE else statement_of(other)
            found.setdefault(kind, []).append(name)
    for row in read_rows(store, "claim_contrasts", statement=iri):
        found.setdefault("contrasts", []).append(statement_of(text_of(row, "other")))
    return Links(**{kind: tuple(names) for kind, names in found.items()}, outcome=outcome)
