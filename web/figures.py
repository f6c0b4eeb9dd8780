"""The diagrams of pages: which concepts and claims are drawn, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.model import Language
from web.diagrams import Edge, Node, layered
from web.i18n import Translator
from web.pages.concept import ConceptPage
from web.pages.paths import PathView
from web.pages.values import Claim, ConceptRef
from web.wording import effect_of

PER_SIDE = 7
PATHS = 8


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

    def edge(self, claim: Claim, source: str, target: str, effect: str) -> Edge:
        """The arrow of a claim."""
        label = Translator.of(self.language).text(f"predicate.{claim.predicate}")
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
        return layered(columns, edges, title=title)

    def routes(self, paths: Sequence[PathView]) -> Markup | None:
        """All paths in one diagram, each concept at its first place; None without paths."""
        if not paths:
            return None
        column: dict[str, int] = {}
        refs: dict[str, ConceptRef] = {}
        last = max(len(path.hops) for path in paths[:PATHS])
        for path in paths[:PATHS]:
            for place, hop in enumerate(path.hops):
                refs |= {hop.source.id: hop.source, hop.target.id: hop.target}
                column[hop.source.id] = min(column.get(hop.source.id, last), place)
                column.setdefault(hop.target.id, place + 1)
        ends = (paths[0].hops[0].source.id, paths[0].hops[-1].target.id)
        column[ends[1]] = last
        columns = [
            [
                self.node(refs[name], name, focus=name in ends)
                for name, at in column.items()
                if at == n
            ]
            for n in range(last + 1)
        ]
        edges: dict[tuple[str, str, str], Edge] = {}
        for path in paths[:PATHS]:
            for hop in path.hops:
                key = (hop.source.id, hop.target.id, hop.claim.id)
                edges[key] = self.edge(hop.claim, hop.source.id, hop.target.id, hop.effect)
        first, final = paths[0].hops[0].source, paths[0].hops[-1].target
        names = (first.name.best(self.language, first.id), final.name.best(self.language, final.id))
        return layered(columns, list(edges.values()), title=" → ".join(names))


def _strongest(claims: Sequence[Claim], end: str) -> list[Claim]:
    """The strongest claim about each other concept; findings before hypotheses and denials."""
    ranks = {"asserted": 0, "hypothesized": 1, "denied": 2}
    ordered = sorted(
        claims, key=lambda c: (ranks[c.status], c.derived is not None, -c.belief, c.id)
    )
    best: dict[str, Claim] = {}
    for claim in ordered:
        if claim.subject.id != claim.object.id:
            best.setdefault(getattr(claim, end).id, claim)
    return list(best.values())[:PER_SIDE]
