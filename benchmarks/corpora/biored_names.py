"""What the mentions of an abstract are called in BioRED: MeSH, OMIM, Entrez Gene, variants.

Our concepts are not the corpus' own: it knows families by one of their genes, a fever by its MeSH
number alone, and the genes of mice and rats, of which no terminology is at hand. So a mention is
grounded once more, in the vocabularies of its kind alone; and it is remembered how the training
parts (BioRED, BC5CDR, NCBI-disease; their abstracts in the development part left out) call a name.
Where these tell of several genes, those of abstracts on the same organisms count most. An abstract
of the training part is called by what the other abstracts tell.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.corpora.biored import Article, Entity, local
from benchmarks.corpora.vocabulary import Vocabulary
from benchmarks.table import ROOT
from extractors.grounding.candidates import find_candidates
from extractors.grounding.context import Context, Named, read_context
from extractors.grounding.grounding import ground
from extractors.mentions.lexicon import Lexicon
from extractors.normalize import key
from kg.model import MentionType

SPOKEN: dict[str, tuple[str, ...]] = {
    "Drug": ("mesh:",), "Disease": ("mesh:", "omim:"), "Protein": ("NCBIGene:",),
}  # fmt: skip
# Words for the organisms that most abstracts are about, and how an abstract weighs them.
_ORGANISMS = {
    "human": r"patients?|humans?|m[ae]n|wom[ae]n|children|famil(?:y|ies)|subjects?|volunteers?|"
    r"cases?|individuals?|population|probands?|infants?|boy|girl",
    "mouse": r"mouse|mice|murine|C57BL\S*|BALB\S*|knockout",
    "rat": r"rats?|Wistar|Sprague-?\s?Dawley|PC12",
    "other": r"rabbits?|dogs?|canine|pigs?|bovine|chicken|zebrafish|Drosophila|yeast|"
    r"hamsters?|monkeys?|virus|viral|E\. coli",
}
# Chosen on the training part: of what score a grounding counts, and what it weighs beside what one
# abstract tells; what is told of the same gene by another name; how organisms are weighed.
_LEAST = 0.35
_ALIKE = 0.05  # the weight of what abstracts on wholly other organisms tell
_GIVEN = {"Drug": 0.8, "Disease": 0.8, "Protein": 1.0}
_KIN = 0.7
_SHORTEST = 3  # signs of a part of a name that may stand for it
# Words for people are in most abstracts, and where no organism is named people are meant.
_PATIENTS, _UNSAID, _CLEAR = 0.4, 0.7, 1.5

Identifiers = tuple[str, ...]
Profile = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Called:
    """The identifiers that a mention has, and how: by what is known of it, and how surely."""

    identifiers: Identifiers
    source: str
    share: float


def profile_of(text: str) -> Profile:
    """How much a text speaks of each kind of organism; the shares add up to one.

    >>> profile = profile_of("Mice and mouse cells, unlike patients")
    >>> max(profile, key=lambda name: profile[name])
    'mouse'
    """
    told = {
        name: len(re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE))
        for name, words in _ORGANISMS.items()
    }
    weights = {name: times**_CLEAR for name, times in told.items()}
    weights["human"] = (_PATIENTS * told["human"] + _UNSAID) ** _CLEAR
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


class Names:
    """What the training parts call the names, and what the vocabularies do."""

    def __init__(self, lexicon: Lexicon, told: Iterable[Article]) -> None:
        self._seen = {kind: Vocabulary(lexicon, spoken) for kind, spoken in SPOKEN.items()}
        self._by_name: defaultdict[tuple[str, str], list[tuple[str, Identifiers]]]
        self._by_name = defaultdict(list)
        self._by_gene: defaultdict[Identifiers, list[tuple[str, Identifiers]]] = defaultdict(list)
        self._profiles: dict[str, Profile] = {}
        self._orthologues = dict(self._load_orthologues())
        for article in told:
            self._learn(article)

    def _load_orthologues(self) -> Iterator[tuple[Identifiers, Mapping[str, Identifiers]]]:
        path = ROOT / "benchmarks" / "data" / "orthologues.tsv"
        lines = (x for x in path.read_text(encoding="utf-8").splitlines() if x[0] != "#")
        seen = self._seen["Protein"]
        for row in csv.DictReader(lines, delimiter="\t"):
            found = find_candidates(row["symbol"], "en", "Protein", seen)
            if found:
                gene = self._spoken("Protein", found[0].concept)
                yield gene, {"mouse": (row["mouse"],), "rat": (row["rat"],)}

    def _learn(self, article: Article) -> None:
        self._profiles[article.id] = profile_of(article.text)
        namings = {
            (entity.kind, article.text[entity.start : entity.end], entity.identifiers)
            for entity in article.entities if entity.kind in SPOKEN and entity.identifiers
        }  # fmt: skip
        for kind, text, identifiers in sorted(namings):
            self._by_name[kind, key(text, "en")].append((article.id, identifiers))
            if kind == "Protein":
                found = find_candidates(text, "en", "Protein", self._seen[kind])
                if found and found[0].score >= _LEAST:
                    gene = self._spoken(kind, found[0].concept)
                    self._by_gene[gene].append((article.id, identifiers))

    def call(self, article: Article, places: Sequence[Entity]) -> list[Called]:
        """What the mentions of an abstract are called; they need no identifiers of their own."""
        context = read_context([article.text], [[_Span(e) for e in places]])
        profile = profile_of(article.text)
        return [
            self._first_called(entity.kind, article.text[entity.start : entity.end], article,
                               context, profile)
            for entity in places
        ]  # fmt: skip

    def _first_called(
        self, kind: str, text: str, article: Article, context: Context, profile: Profile
    ) -> Called:
        """What a name is called, or else the longest part of it that is called anything."""
        found = self._called(kind, text, article, context, profile)
        words = text.split()
        for number in range(1, len(words)):
            if found.identifiers:
                break
            part = " ".join(words[number:] if kind == "Disease" else words[:-number])
            if len(part) >= _SHORTEST:
                found = self._called(kind, part, article, context, profile)
                found = replace(found, source="part")
        return found

    def _called(
        self, kind: str, text: str, article: Article, context: Context, profile: Profile
    ) -> Called:
        votes: defaultdict[Identifiers, float] = defaultdict(float)
        sources: dict[Identifiers, str] = {}
        for name in (*context.long_forms_of(text), text):
            told = self._by_name.get((kind, key(name, "en")), ())
            self._vote(votes, told, article.id, kind, profile)
            if votes:
                break
        sources |= dict.fromkeys(votes, "told")
        for identifiers, score in self._grounded(kind, text, context):
            weight = _GIVEN[kind] * score
            if kind == "Protein":
                kin = [t for t in self._by_gene.get(identifiers, ()) if t[1] != identifiers]
                found: defaultdict[Identifiers, float] = defaultdict(float)
                self._vote(found, kin, article.id, kind, profile)
                for other, share in found.items():
                    votes[other] += _KIN * share
                    sources.setdefault(other, "kin")
                for organism, other in self._orthologues.get(identifiers, {}).items():
                    votes[other] += weight * profile[organism]
                    sources.setdefault(other, "orthologue")
                weight *= profile["human"]
            votes[identifiers] += weight
            sources.setdefault(identifiers, "grounded")
        if not votes:
            return Called((), "nothing", 0.0)
        best = max(votes, key=lambda one: (votes[one], one))
        return Called(best, sources[best], votes[best] / sum(votes.values()))

    def _vote(
        self, votes: defaultdict[Identifiers, float], told: Iterable[tuple[str, Identifiers]],
        but: str, kind: str, profile: Profile,
    ) -> None:  # fmt: skip
        for document, identifiers in set(told):
            if document != but:
                alike = self._alike(document, profile) if kind == "Protein" else 1.0
                votes[identifiers] += alike

    def _alike(self, document: str, profile: Profile) -> float:
        other = self._profiles[document]
        shared = sum(min(share, other[name]) for name, share in profile.items())
        return max(_ALIKE, shared**2)

    def _grounded(
        self, kind: str, text: str, context: Context
    ) -> Iterator[tuple[Identifiers, float]]:
        seen = self._seen[kind]
        meant: MentionType = kind  # type: ignore[assignment]
        found = ground(Named(text, meant, "en"), context, seen)
        parts = [one for one in found if "part" in one.reasons]
        if found and found[0] in parts:
            names = (self._spoken(kind, one.concept) for one in parts)
            yield tuple(name for named in names for name in named), found[0].score
        elif found and found[0].score >= _LEAST:
            yield self._spoken(kind, found[0].concept), found[0].score

    def _spoken(self, kind: str, concept: str) -> Identifiers:
        """The first identifier of a concept in the vocabularies of a kind."""
        known = self._seen[kind].identifiers(concept) or (concept,)
        return local(one for one in known if one.startswith(SPOKEN[kind]))[:1]


@dataclass(frozen=True, slots=True)
class _Span:
    entity: Entity

    @property
    def start(self) -> int:
        return self.entity.start

    @property
    def end(self) -> int:
        return self.entity.end

    @property
    def type(self) -> str:
        return self.entity.kind
