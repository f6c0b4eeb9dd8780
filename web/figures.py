"""The diagrams of pages: which concepts and claims are drawn, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.model import Language
from web.diagrams import Edge, Node, columns_diagram
from web.i18n import Translator
from web.pages.concept import ConceptPage
from web.pages.paths import PathView
from web.pages.values import Claim, ConceptRef
from web.routes_diagram import Route, routes_diagram
from web.wording import effect_of

PER_SIDE = 7
PATHS = 6


@dataclass(frozen=True, slots=True)
class Draughtsman:
    """How things are named and linked in a diagram."""

    language: Language
    concept_url: Callable[[str], str]
    statement_url: Callable[[str], str]

    def node(self, ref: ConceptRef, key: str, *, focus: bool = False) -> Node:
        """The box of a concept."""
        label = ref.name.best(self.language, ref.id)
        return Node(key, label, ref.type or "none", self.concept_url(ref.id), focus)

    def edge(
        self, claim: Claim, source: str, target: str, effect: str, *, partial: bool = False
    ) -> Edge:
        """The arrow of a claim, or of a part of one that names a mediator."""
        words = Translator.of(self.language)
        label = words.text(f"predicate.{claim.predicate}")
        label = words.text("path.partial", predicate=label) if partial else label
        return Edge(source, target, label, effect, claim.status, self.statement_url(claim.id))

    def neighbourhood(self, page: ConceptPage) -> Markup | None:
        """What acts on a concept at its left, what it does at its right; None without claims."""
        left = _strongest([c for group in page.acted_on_by for c in group.claims], "subject")
        right = _strongest([c for group in page.acts_on for c in group.claims], "object")
        if not left and not right:
            return None
        middle = self.node(page.concept, "here", focus=True)
        columns = [
            [self.node(claim.subject, f"in:{claim.subject.id}") for claim in left],
            [middle],
            [self.node(claim.object, f"out:{claim.object.id}") for claim in right],
        ]
        edges = [self.edge(c, f"in:{c.subject.id}", "here", effect_of(c)) for c in left]
        edges += [self.edge(c, "here", f"out:{c.object.id}", effect_of(c)) for c in right]
        title = page.concept.name.best(self.language, page.concept.id)
        return columns_diagram(columns, edges, title=title)

    def routes(self, paths: Sequence[PathView]) -> Markup | None:
        """The best paths in one diagram; None without paths."""
        if not paths:
            return None
        routes = []
        for path in paths[:PATHS]:
            refs = [path.hops[0].source, *(hop.target for hop in path.hops)]
            ends = (0, len(refs) - 1)
            nodes = [self.node(ref, ref.id, focus=n in ends) for n, ref in enumerate(refs)]
            edges = [
                self.edge(h.claim, h.source.id, h.target.id, h.effect, partial=h.partial)
                for h in path.hops
            ]
            routes.append(Route(tuple(nodes), tuple(edges)))
        names = (routes[0].nodes[0].label, routes[0].nodes[-1].label)
        return routes_diagram(routes, title=" → ".join(names))


def _strongest(claims: Sequence[Claim], end: str) -> list[Claim]:
    """The strongest claim about each other concept; findings before hypotheses and denials."""
    ranks = {"asserted": 0, "hypothesized": 1, "denied": 2, "retracted": 3, "rejected": 4}
    ordered = sorted(
        claims, key=lambda c: (ranks[c.status], c.derived is not None, -c.belief, c.id)
    )
    best: dict[str, Claim] = {}
    for claim in ordered:
        if claim.subject.id != claim.object.id:
            best.setdefault(getattr(claim, end).id, claim)
    return list(best.values())[:PER_SIDE]
