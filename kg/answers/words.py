"""Claims, hops and paths in words, in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.answers.language import load_language
from kg.network.values import Claim, Hop, Path, Under
from kg.search.resolving import Resolution

Labels = Callable[[str], str]
_STATUS = ("asserted", "hypothesized", "denied")


class Words:
    """The words of one language; `labels` gives the name of a concept in it.

    Examples
    --------
    >>> claim = Claim("1", "a", "decreases", "b", "expression", "-", "hypothesized", 0.4)
    >>> Words("en", str.upper).claim(claim)
    'A may decrease the expression of B'
    >>> Words("zh", {"a": "他克莫司", "b": "钙调磷酸酶"}.__getitem__).claim(claim)
    '他克莫司可能降低钙调磷酸酶的表达'
    """

    def __init__(self, language: str, labels: Labels) -> None:
        self.language = language
        self.label = labels
        self._file = load_language(language)
        self._words = self._file.words

    def say(self, key: str, **values: Any) -> str:
        """A message with its gaps filled; one with a number takes the fitting form."""
        text = self._words[key]
        if isinstance(text, list):
            text = text[0 if values.get("n") == 1 else 1]
        return str(text).format(**values)

    def of(self, table: str, key: str) -> str:
        """A word of a table, such as ``types`` or ``section``; the key where there is none."""
        return str(self._words[table].get(key, key))

    def predicate(self, claim: Claim, *, status: str | None = None) -> str:
        """The predicate of a claim as it stands: asserted, supposed or denied."""
        key = claim.predicate + (claim.sign or "") if claim.predicate == "associated_with" else (
            claim.predicate
        )  # fmt: skip
        shown = status or claim.status
        return str(self._words["predicates"][key][_STATUS.index(shown) if shown in _STATUS else 0])

    def claim(self, claim: Claim, *, status: str | None = None) -> str:
        """A claim as a clause."""
        clause = self.say(
            "claim_via" if claim.via else "claim",
            subject=self.label(claim.subject),
            predicate=self.predicate(claim, status=status),
            object=self._object(claim),
            via=self.names(claim.via),
        )
        retracted = (status or claim.status) == "retracted"
        return self.say("retracted", claim=clause) if retracted else clause

    def hop(self, hop: Hop) -> str:
        """A step of a path as a clause, in the direction in which it is walked."""
        if hop.edge.kind == "via":
            key = "through" if hop.source == hop.claim.subject else "onward"
            return self.say(key, subject=self.label(hop.source), object=self.label(hop.target))
        if hop.edge.forward:
            return self.claim(hop.claim)
        return self.say(
            "claim",
            subject=self.label(hop.source),
            predicate=self.predicate(hop.claim),
            object=self.label(hop.target),
        )

    def hops(self, path: Path) -> str:
        """All steps of a path."""
        return self.say("then").join(map(self.hop, path.hops))

    def documents(self, claim: Claim, *, status: str | None = None) -> str:
        """In how many documents and knowledge sources a claim stands, as it is shown."""
        counts = dict(
            zip(_STATUS, (claim.supporting, claim.hypothesizing, claim.opposing), strict=True)
        )
        told = self.say("documents", n=counts.get(status or claim.status, 0))
        if not claim.sources or (status or claim.status) != "asserted":
            return told
        sources = self.say("sources", n=len(claim.sources))
        return f"{told}{self.say('join')}{sources}" if claim.supporting else sources

    def supported(self, claim: Claim, *, status: str | None = None) -> str:
        """A claim with the number of its documents."""
        return self.say(
            "supported",
            claim=self.claim(claim, status=status),
            documents=self.documents(claim, status=status),
        )

    def under(self, context: Iterable[Under]) -> str:
        """Circumstances as a list, those that only the document tells marked as such.

        >>> Words("en", str).under([Under("species", "rat"), Under("dose", None, "low", False)])
        'rat, low dose (by the document)'
        """
        return self.say("join").join(
            told if under.stated else self.say("carried", words=told)
            for under in context
            for told in [self._circumstance(under)]
        )

    def _circumstance(self, under: Under) -> str:
        if under.concept is not None:
            return self.label(under.concept)
        table = {"setting": "settings", "dose": "levels"}.get(under.kind)
        return self.of(table, under.words) if table else under.words

    def names(self, concepts: Iterable[str]) -> str:
        """Labels of concepts as a list."""
        *first, last = [self.label(concept) for concept in concepts] or [""]
        return self.say("list_and").join(filter(None, (self.say("join").join(first), last)))

    def attested(self, resolution: Resolution) -> str:
        """That a name stands for another concept than its dictionary sense."""
        return self.say(
            "note_attested",
            text=resolution.text,
            name=self.label(resolution.concept.id),
            passed=self.names(hit.id for hit in resolution.passed_over),
        )

    def sentence(self, *parts: str) -> str:
        """Sentences one after the other, each with the first letter that the language wants.

        >>> Words("en", str).sentence("tacrolimus acts.", "mTOR too.")
        'Tacrolimus acts. mTOR too.'
        """
        return (" " if self._file.spaces else "").join(map(_begin, filter(None, parts)))

    def _object(self, claim: Claim) -> str:
        name = self.label(claim.object)
        return self.of("aspects", claim.aspect).format(name=name) if claim.aspect else name


def _begin(sentence: str) -> str:
    """A sentence with a capital letter, unless its first word is no plain word (mTOR, p53)."""
    first = sentence.partition(" ")[0].strip(",;:.")
    plain = first.isalpha() and first.islower()
    return sentence[:1].upper() + sentence[1:] if plain else sentence
