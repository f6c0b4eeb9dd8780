"""Relations of three English corpora, their mentions given: PGxCorpus, DrugProt, BioNLP-ST PC13.

What a corpus calls a relation is mapped to ours by ``data/relation_corpora.tsv``; *pair* asks only
that two mentions are joined, *signed* also the direction and an allowed predicate. An event of
PC13 counts between the entities at the ends of its chain of causes and themes, in one sentence.
Half of the documents of each corpus (by checksum) were read while rules were written.

Published figures, of systems trained on the corpora: DrugProt about 0.80 (gold arguments, best of
BioCreative VII), PC13 about 0.53 (EventMine, whole events with own recognition).
"""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.table import ROOT, score_row, shared, write_table
from extractors.evaluation.scores import Score
from extractors.nlp.sentences import split_sentences
from extractors.relations.grammar import load_rules
from extractors.relations.reading import find_relations
from extractors.training.brat import Annotations, read_annotations
from extractors.training.relation_ends import ends_of
from kg.model import MENTION_TYPES, Document, Mention, MentionType, Passage, Sentence

UNDIRECTED = ("associated_with", "binds")


@dataclass(frozen=True, slots=True)
class Item:
    """A text with its mentions, and which of them are related: (subject, object) → predicates.

    `asked` holds the two types between which the corpus tells relations, where it tells no others.
    """

    id: str
    text: str
    mentions: tuple[Mention, ...]
    related: dict[tuple[str, str], set[str]]
    asked: frozenset[MentionType] = frozenset()


@cache
def mapping(table: str, corpus: str) -> dict[str, str]:
    """What a table of `data` says of the names of one corpus."""
    lines = (ROOT / "benchmarks" / "data" / table).read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
    return {row["name"]: row["ours"] for row in rows if row["corpus"] == corpus}


def mention_type(corpus: str, name: str) -> MentionType | None:
    """Our type for a corpus' own."""
    known: dict[str, MentionType] = {kind: kind for kind in MENTION_TYPES}
    return known.get(mapping("relation_corpora_types.tsv", corpus).get(name, ""))


def predicates(corpus: str, name: str) -> set[str]:
    """Our predicates for a corpus' own relation."""
    return set(mapping("relation_corpora.tsv", corpus).get(name, "").split(", ")) - {""}


def pgxcorpus() -> Iterator[Item]:
    """The sentences of PGxCorpus."""
    yield from _brat("pgxcorpus", shared("corpora", "english", "pgxcorpus", "brat"), (".ann",))


def pc13() -> Iterator[Item]:
    """The training abstracts of the pathway curation task."""
    folder = shared("corpora", "english", "bionlp-st-2013-pc", "original-data", "train")
    yield from _brat("bionlp-pc13", folder, (".a1", ".a2"))


def _brat(corpus: str, folder: Path, endings: tuple[str, ...]) -> Iterator[Item]:
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        notes = read_annotations(
            "\n".join(path.with_suffix(e).read_text(encoding="utf-8") for e in endings)
        )
        mentions = tuple(
            Mention(name, "p1", "", start, end, text[start:end], kind, method="given")
            for name, (label, start, end) in notes.spans.items()
            if (kind := mention_type(corpus, label)) is not None
        )
        yield Item(path.stem, text, mentions, _related(corpus, notes))


def _related(corpus: str, notes: Annotations) -> dict[tuple[str, str], set[str]]:
    related: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for label, subject, target in (*notes.relations, *ends_of(notes)):
        if found := predicates(corpus, label):
            related[subject, target] |= found
    return dict(related)


def drugprot() -> Iterator[Item]:
    """The development abstracts of DrugProt."""
    tree = ET.parse(shared("corpora", "english", "drugprot", "dev.bioc.xml"))  # noqa: S314 - local
    for document in tree.iter("document"):
        text = document.findtext("passage/text") or ""
        mentions = []
        for note in document.iter("annotation"):
            place, kind = note.find("location"), _type_of(note)
            if place is not None and kind is not None:
                start = int(place.attrib["offset"])
                end = start + int(place.attrib["length"])
                mentions.append(
                    Mention(
                        note.attrib["id"],
                        "p1",
                        "",
                        start,
                        end,
                        text[start:end],
                        kind,
                        method="given",
                    )
                )
        related: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for relation in document.iter("relation"):
            nodes = {node.attrib["role"]: node.attrib["refid"] for node in relation.iter("node")}
            if found := predicates("drugprot", relation.findtext("infon") or ""):
                related[nodes["head"], nodes["tail"]] |= found
        name = document.findtext("id") or ""
        yield Item(name, text, tuple(mentions), dict(related), frozenset(("Drug", "Protein")))


def _type_of(note: ET.Element) -> MentionType | None:
    return mention_type("drugprot", note.findtext("infon[@key='type']") or "")


CORPORA: dict[str, Callable[[], Iterator[Item]]] = {
    "PGxCorpus": pgxcorpus, "DrugProt dev": drugprot, "BioNLP-ST PC13 train": pc13,
}  # fmt: skip


def placed(item: Item) -> tuple[Document, tuple[Sentence, ...], tuple[Mention, ...]]:
    """A document, its sentences, and the mentions with the sentence in which they stand."""
    document = Document(item.id, (Passage("p1", "en", item.text),))
    sentences = split_sentences(document)
    mentions = tuple(
        Mention(m.id, m.passage, s.id, m.start, m.end, m.text, m.type, method=m.method)
        for s in sentences
        for m in item.mentions
        if s.start <= m.start and m.end <= s.end
    )
    return document, sentences, mentions


def is_right(item: Item, subject: str, predicate: str, object_: str) -> bool:
    """Whether a reading is what the corpus says, in its direction where the predicate has one."""
    turned = item.related.get((object_, subject), ()) if predicate in UNDIRECTED else ()
    return predicate in item.related.get((subject, object_), ()) or predicate in turned


def score_item(item: Item) -> dict[str, Score]:
    """How many of the related pairs of one text are found, and how many readings are right."""
    document, sentences, mentions = placed(item)
    where = {m.id: m.sentence for m in mentions}
    gold = {
        pair: allowed
        for pair, allowed in item.related.items()
        if pair[0] != pair[1] and where.get(pair[0], "-") == where.get(pair[1], "+")
    }
    read: dict[frozenset[str], set[tuple[str, str, str]]] = defaultdict(set)
    for r in find_relations(document, sentences, mentions, load_rules()):
        if not r.derived and r.predicate:
            read[frozenset((r.subject, r.object))].add((r.subject, r.predicate, r.object))
    joined = {frozenset(pair) for pair in gold}
    signed = {
        frozenset(pair)
        for pair, allowed in gold.items()
        for subject, predicate, _ in read[frozenset(pair)]
        if predicate in allowed and (subject == pair[0] or predicate in UNDIRECTED)
    }
    kinds = {m.id: m.type for m in mentions}
    found = {
        pair for pair, readings in read.items()
        if readings and (not item.asked or {kinds[name] for name in pair} == item.asked)
    }  # fmt: skip
    pairs = len(found & joined)
    return {
        "pair": Score(pairs, len(found), pairs, len(joined)),
        "signed": Score(len(signed), len(found), len(signed), len(joined)),
    }


def half(identifier: str) -> str:
    """Whether a document was looked at while rules were written."""
    return "scored only" if zlib.crc32(identifier.encode()) % 2 else "read"


def rows() -> Iterator[dict[str, object]]:
    """One row for each corpus, half and measure."""
    for corpus, items in CORPORA.items():
        sums: defaultdict[tuple[str, str], Score] = defaultdict(Score)
        for item in items():
            for measure, value in score_item(item).items():
                sums[half(item.id), measure] += value
        for (part, measure), value in sorted(sums.items()):
            yield score_row(f"{corpus}, {part}", measure, value)


def main() -> None:
    """Measure and write ``results/relation_corpora.tsv``."""
    write_table(
        "relation_corpora", rows(), about="Relations between given mentions of English corpora"
    )
