"""A question understood, with all that answering it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg import vocab
from kg.answers.understanding import Asked
from kg.answers.values import Answer, Verdict
from kg.answers.words import Words
from kg.network.graph import Network
from kg.network.values import Claim, Counter
from kg.search.finding import Search
from kg.store.base import Store

IN_WORDS = 4  # claims told in the sentence; the others are listed


@dataclass(frozen=True, slots=True)
class Task:
    """A question with all that answering it needs."""

    asked: Asked
    store: Store
    search: Search
    network: Network
    words: Words
    limit: int
    max_hops: int

    @property
    def a(self) -> str:
        """The CURIE of the first concept, or ''."""
        return self.asked.a.concept.id if self.asked.a else ""

    @property
    def b(self) -> str:
        """The CURIE of the second concept, or ''."""
        return self.asked.b.concept.id if self.asked.b else ""

    def type_of(self, concept: str) -> str:
        """The type of a concept."""
        hit = self.search.get(concept)
        return hit.type if hit else ""

    def say(self, key: str, **values: object) -> str:
        """A message about the concepts of the question."""
        names = {"subject": self.words.label(self.a), "object": self.words.label(self.b)}
        return self.words.say(key, **(names | values))

    def give(self, verdict: Verdict, sentence: str, **parts: object) -> Answer:
        """An answer in the language of the question."""
        return Answer("", self.words.language, verdict, sentence, **parts)  # type: ignore[arg-type]

    def told(self, claims: Iterable[Claim], *, status: str | None = None) -> str:
        """The first few claims in words."""
        listed = {self.words.claim(c): self.words.supported(c, status=status) for c in claims}
        clauses = list(listed.values())[:IN_WORDS]
        if len(listed) > IN_WORDS:
            clauses.append(self.words.say("and_more", n=len(listed) - IN_WORDS))
        return self.words.say("then").join(clauses)

    def against(self, counter: Iterable[Counter]) -> str:
        """Counter-evidence in words."""
        return self.words.say("then").join(
            self.words.supported(item.claim, status="denied" if item.kind == "denied" else None)
            for item in counter
        )

    def between(self) -> tuple[Claim, ...]:
        """All claims that connect the two concepts directly."""
        back = self.network.claims(subject=self.b, object=self.a)
        symmetric = (c for c in back if c.predicate in vocab.SYMMETRIC_PREDICATES)
        return (*self.network.claims(subject=self.a, object=self.b), *symmetric)
