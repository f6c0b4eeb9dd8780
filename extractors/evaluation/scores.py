"""How well documents were read: scores against a bilingual gold standard.

A gold document has sentences in both languages, their alignment, mentions with a key that is the
same in both languages, and directed relations. Scored, each as precision, recall and F1:

========================  ==========================================================================
mentions.strict           same span and same type
mentions.relaxed          overlapping span and same type, one to one
relations.pair            the arguments overlap those of a gold relation of the sentence, any order
relations.full            the same, with direction, predicate and polarity
alignment                 pairs of an English and a Chinese mention of one concept
sentences                 pairs of an English and a Chinese sentence
========================  ==========================================================================

Relations that the reader derived (co-change) are outside the measure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extractors.evaluation.gold import Gold, GoldMention
from kg.errors import InputError
from kg.model import LANGUAGES, Extraction, Language, Mention, RelationMention

SCORED_TYPES = frozenset({"Drug", "Protein", "Disease", "Outcome", "Process"})


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure, and what follows from them.

    `right` of `predicted` are right; `found` of `gold` are found.

    >>> Score(right=3, predicted=4, found=3, gold=6).f1
    0.6
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.predicted + other.predicted,
            self.found + other.found, self.gold + other.gold,
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold standard that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Scores: TypeAlias = dict[str, Score]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A predicted mention with its language."""

    id: str
    language: Language
    start: int
    end: int
    type: str
    aligned: tuple[str, ...]


def score(golds: Iterable[Gold], extractions: Iterable[Extraction]) -> Scores:
    """All measures over all documents, by name, per language and together.

    Raises
    ------
    InputError
        where a gold document has no extraction, or one of another text.
    """
    read = {extraction.document.id: extraction for extraction in extractions}
    total: defaultdict[str, Score] = defaultdict(Score)
    for gold in golds:
        extraction = read.get(gold.id)
        if extraction is None:
            raise InputError("no extraction", where=gold.id, remedy="extract all gold documents")
        for name, value in score_document(gold, extraction):
            total[name] += value
            together = name.rpartition(".")[0] if name.endswith((".en", ".zh", ".en-zh")) else ""
            if together:
                total[together] += value
    return dict(sorted(total.items()))


def score_document(gold: Gold, extraction: Extraction) -> Iterator[tuple[str, Score]]:
    """The measures of one document, by name and language."""
    _check_texts(gold, extraction)
    languages = {p.id: p.language for p in extraction.document.passages}
    mentions = {m.id: _placed(m, languages[m.passage]) for m in extraction.mentions}
    for language in LANGUAGES:
        predicted = [
            m for m in mentions.values() if m.language == language and m.type in SCORED_TYPES
        ]
        wanted = [m for m in gold.mentions if m.language == language]
        yield f"mentions.strict.{language}", _strict(predicted, wanted)
        yield f"mentions.relaxed.{language}", _relaxed(predicted, wanted)
        stated = [
            relation for relation in extraction.relations
            if not relation.derived and mentions[relation.subject].language == language
        ]  # fmt: skip
        pair, full = _relations(gold, language, stated, mentions)
        yield f"relations.pair.{language}", pair
        yield f"relations.full.{language}", full
    yield "alignment", _alignment(gold, mentions)
    yield "sentences.en-zh", _sentences(gold, extraction, languages)


def _strict(predicted: Sequence[_Placed], wanted: Sequence[GoldMention]) -> Score:
    right = {(m.start, m.end, m.type) for m in predicted} & {
        (m.start, m.end, m.type) for m in wanted
    }
    return Score(len(right), len(predicted), len(right), len(wanted))


def _relaxed(predicted: Sequence[_Placed], wanted: Sequence[GoldMention]) -> Score:
    """Each prediction takes the free gold mention of its type with which it shares most."""
    free, right = dict(enumerate(wanted)), 0
    for mention in predicted:
        shared = {
            number: min(mention.end, other.end) - max(mention.start, other.start)
            for number, other in free.items()
            if _overlap(mention, other) and mention.type == other.type
        }
        if shared:
            del free[max(shared, key=lambda number: shared[number])]
            right += 1
    return Score(right, len(predicted), right, len(wanted))


def _relations(
    gold: Gold,
    language: Language,
    stated: Sequence[RelationMention],
    mentions: Mapping[str, _Placed],
) -> tuple[Score, Score]:
    """Scores by pair and in full: precision counts predictions, recall counts gold instances."""
    wanted = [(r, sentence) for r in gold.relations for sentence in r.sentences[language]]
    named: defaultdict[tuple[int, str], list[GoldMention]] = defaultdict(list)
    for mention in gold.mentions:
        if mention.language == language:
            named[mention.sentence, mention.key].append(mention)
    pairs, fulls = [], []
    for relation in stated:
        subject, object_ = mentions[relation.subject], mentions[relation.object]
        pair, full = set[int](), set[int]()
        for number, (truth, sentence) in enumerate(wanted):
            subjects, objects = named[sentence, truth.subject], named[sentence, truth.object]
            forward = _touches(subject, subjects) and _touches(object_, objects)
            backward = _touches(subject, objects) and _touches(object_, subjects)
            if not (forward or backward):
                continue
            pair.add(number)
            directed = forward or truth.predicate == "associated_with"
            same = (relation.predicate, relation.polarity) == (truth.predicate, truth.polarity)
            if directed and same:
                full.add(number)
        pairs.append(pair)
        fulls.append(full)
    return _counted(pairs, len(wanted)), _counted(fulls, len(wanted))


def _counted(hits: Sequence[set[int]], wanted: int) -> Score:
    return Score(sum(map(bool, hits)), len(hits), len(set().union(*hits)), wanted)


def _alignment(gold: Gold, mentions: Mapping[str, _Placed]) -> Score:
    """Recall counts English gold mentions that have a counterpart, linked to at least one."""
    by_key: defaultdict[tuple[Language, str], list[int]] = defaultdict(list)
    for number, mention in enumerate(gold.mentions):
        by_key[mention.language, mention.key].append(number)
    wanted = {
        (one, other) for number, mention in enumerate(gold.mentions)
        for one, other in ((number, z) for z in by_key["zh", mention.key])
        if mention.language == "en"
    }  # fmt: skip
    linked = {(m, mentions[o]) for m in mentions.values() if m.language == "en" for o in m.aligned}
    touched = {
        mention: {n for n, truth in enumerate(gold.mentions) if _overlap(mention, truth)}
        for pair in linked for mention in pair
    }  # fmt: skip
    hits = [
        {(a, b) for a in touched[one] for b in touched[other]} & wanted for one, other in linked
    ]
    found = {one for hit in hits for one, _ in hit}
    return Score(sum(map(bool, hits)), len(linked), len(found), len({one for one, _ in wanted}))


def _sentences(
    gold: Gold, extraction: Extraction, languages: Mapping[str, Language]
) -> Score:  # fmt: skip
    covered = {
        s.id: (languages[s.passage], gold.sentences_at(languages[s.passage], s.start, s.end))
        for s in extraction.sentences
    }
    predicted = {
        (one, other)
        for sentence in extraction.sentences if covered[sentence.id][0] == "en"
        for counterpart in sentence.aligned
        for one in covered[sentence.id][1] for other in covered[counterpart][1]
    }  # fmt: skip
    right = len(predicted & gold.aligned_sentences)
    return Score(right, len(predicted), right, len(gold.aligned_sentences))


def _placed(mention: Mention, language: Language) -> _Placed:
    return _Placed(
        mention.id, language, mention.start, mention.end, mention.type, mention.aligned
    )  # fmt: skip


def _overlap(one: _Placed, other: GoldMention) -> bool:
    return one.language == other.language and one.start < other.end and other.start < one.end


def _touches(mention: _Placed, truths: Iterable[GoldMention]) -> bool:
    return any(_overlap(mention, truth) for truth in truths)


def _check_texts(gold: Gold, extraction: Extraction) -> None:
    for passage in extraction.document.passages:
        if passage.text != gold.texts[passage.language]:
            raise InputError(
                f"passage {passage.id} has another text than the gold standard", where=gold.id,
                remedy="extract the documents of this gold standard",
            )  # fmt: skip
