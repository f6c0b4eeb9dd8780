"""Relations of sentences judged for SemRep: the two arguments are given, the rules say what holds.

Each row of the data is a sentence with a marked subject and object and a predicate, or NotValid.
The predicates that Parallax has no word for (PROCESS_OF, PART_OF, …) and NotValid count as "no
relation": reading one there is an error. A reading is right where it joins the two with a predicate
that the table `data/semrep_predicates.tsv` allows ("strict": with the first one that stands there),
in the stated direction (of directed predicates). Mentions that recognition finds beside the two
arguments are kept. Rules are developed on the train part, from which the model learns: what it adds
is told of the validation part alone, and from even chances on, where the pair is given.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.table import ROOT, score_row, shared, write_table
from extractors.evaluation.scores import Score
from extractors.models.relation_reading import judge
from extractors.models.relation_weights import RelationModel, shipped_models
from extractors.options import ReadingOptions
from extractors.pipeline import Pipeline
from extractors.relations.grammar import load_rules
from extractors.relations.reading import places
from kg.model import MENTION_TYPES, Document, Extraction, Mention, MentionType, Passage

_MARK = re.compile(r"<([so])> ?| ?</([so])>")
LIKELY = 0.4  # chance from which two given arguments are taken to be related
UNDIRECTED = frozenset({"INTERACTS_WITH", "ASSOCIATED_WITH", "COEXISTS_WITH"})


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence with its two arguments (start, end, type), and the predicate that holds."""

    id: str
    text: str
    subject: tuple[int, int, MentionType | None]
    object: tuple[int, int, MentionType | None]
    label: str


@cache
def table(name: str) -> dict[str, str]:
    """A two-column table of `benchmarks/data`."""
    lines = (ROOT / "benchmarks" / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader((x for x in lines if not x.startswith("#")), delimiter="\t"))
    return {row[0]: row[1] for row in rows[1:]}


def items(part: str) -> Iterator[Item]:
    """The rows of a part (train, validation) whose arguments can be placed."""
    folder = shared("corpora", "english", "semrep-relclass")
    with (folder / "EntityNameData" / f"{part}_source.csv").open(encoding="utf-8-sig") as names:
        rows = list(csv.DictReader(names))
    for number, (row, types) in enumerate(
        zip(rows, _types(folder / "EntityTypeData" / f"{part}.tsv"), strict=True)
    ):
        text, spans = plain(row["sentence"])
        if set(spans) == {"s", "o"}:
            yield Item(
                f"{part}-{number}", text, (*spans["s"], types[0]), (*spans["o"], types[1]),
                row["label"],
            )  # fmt: skip


def _types(path: Path) -> Iterator[tuple[MentionType | None, MentionType | None]]:
    """Our types of the subject and the object, row by row."""
    known = table("semrep_types.tsv")
    names: dict[str, MentionType] = {name: name for name in MENTION_TYPES}
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = line.partition("\t")[2]
        subject, object_ = (
            names.get(known.get(found[1].strip(), "")) if found else None
            for found in (re.search(rf"<{m}>(.*?)</{m}>", sentence) for m in "so")
        )
        yield subject, object_


def plain(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without marks, and where the marked words stand.

    >>> plain("<s> Aspirin </s> relieves <o> pain </o>.")
    ('Aspirin relieves pain.', {'s': (0, 7), 'o': (17, 21)})
    """
    text, begins, spans, position = "", {}, {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        position = mark.end()
        if mark[1]:
            begins[mark[1]] = len(text)
        else:
            spans[mark[2]] = (begins[mark[2]], len(text))
    return text + marked[position:], spans


def read(pipeline: Pipeline, item: Item) -> Extraction:
    """The extraction of one sentence in which the two arguments are given."""
    document = Document(item.id, (Passage("p1", "en", item.text),))
    sentences = pipeline.steps.sentences(document)
    given = [
        Mention(name, "p1", "", start, end, item.text[start:end], kind, None, 1.0, "given")
        for name, (start, end, kind) in (("s", item.subject), ("o", item.object))
        if kind is not None
    ]
    others = (
        mention
        for mention in pipeline.steps.mentions(document, sentences)
        if all(mention.end <= other.start or other.end <= mention.start for other in given)
    )
    mentions = sorted((*given, *others), key=lambda mention: mention.start)
    return pipeline.extract(Extraction(document, sentences, tuple(mentions)))


def stated(item: Item, extraction: Extraction) -> list[tuple[str, bool, str]]:
    """The (predicate, whether in the order of the data, rule) of readings that join the two."""
    return [
        (relation.predicate, relation.subject == "s", relation.rule)
        for relation in extraction.relations
        if {relation.subject, relation.object} == {"s", "o"} and not relation.derived
    ]


def is_right(item: Item, predicate: str, *, in_order: bool, strict: bool = False) -> bool:
    """Whether a reading is what the data say."""
    allowed = table("semrep_predicates.tsv")[item.label].split(", ")
    symmetric = item.label in UNDIRECTED or predicate in ("binds", "associated_with")
    return predicate in allowed[: 1 if strict else None] and (in_order or symmetric)


def scores(
    part: str, pipeline: Pipeline | None = None
) -> tuple[dict[str, Score], dict[str, Score]]:
    """The scores of a part by measure, and of each rule (right of predicted).

    A pair counts once, right where one of its readings is.
    """
    pipeline = pipeline or Pipeline(options=ReadingOptions(models=False))
    measures: defaultdict[str, Score] = defaultdict(Score)
    rules: defaultdict[str, Score] = defaultdict(Score)
    for item in items(part):
        asked = int(bool(table("semrep_predicates.tsv")[item.label]))
        readings = stated(item, read(pipeline, item)) if item.subject[2] and item.object[2] else []
        found = int(bool(readings))
        for predicate, order, rule in readings:
            right = is_right(item, predicate, in_order=order)
            rules[rule] += Score(right=int(right), predicted=1)
        for name, strict in (("all", False), ("all, strict", True), (item.label, False)):
            right = any(is_right(item, p, in_order=o, strict=strict) for p, o, _ in readings)
            measures[name] += Score(int(right), found, int(right), asked)
    return dict(measures), dict(rules)


def proposed(item: Item, extraction: Extraction, model: RelationModel) -> list[tuple[str, bool]]:
    """What the model says of the two, where that they are related is likely enough."""
    found = places(
        extraction.document, extraction.sentences, extraction.mentions, load_rules()
    )  # fmt: skip
    return [
        (relation.predicate, relation.subject == "s")
        for place in found
        for judged in judge(place, place.read(), model)
        if {judged.pair.left.id, judged.pair.right.id} == {"s", "o"}
        and judged.chance >= LIKELY
        and (relation := judged.relation(place, "", model.rule)) is not None
    ]


def learned(part: str) -> tuple[Score, Score]:
    """The score of the rules, and with the shipped model where they read nothing.

    Only sentences count of which the train part has no pair: the model has seen the others.
    """
    model = shipped_models()["en"]
    pipeline = Pipeline(options=ReadingOptions(models=False))
    seen = {item.text for item in items("train")}
    alone, total = Score(), Score()
    for item in items(part):
        if item.text in seen:
            continue
        asked = int(bool(table("semrep_predicates.tsv")[item.label]))
        readings, more = [], []
        if item.subject[2] and item.object[2]:
            extraction = read(pipeline, item)
            readings = [(p, o) for p, o, _ in stated(item, extraction)]
            more = readings or proposed(item, extraction, model)
        alone += _counted(item, readings, asked)
        total += _counted(item, more, asked)
    return alone, total


def _counted(item: Item, readings: list[tuple[str, bool]], asked: int) -> Score:
    right = int(any(is_right(item, p, in_order=o) for p, o in readings))
    return Score(right, int(bool(readings)), right, asked)


def rows() -> Iterator[dict[str, object]]:
    """One row for each part, and for each predicate of the validation part."""
    for part in ("train", "validation"):
        measures, _ = scores(part)
        for name in sorted(measures):
            if part == "validation" or name.startswith("all"):
                yield score_row(part, name, measures[name])
    alone, total = learned("validation")
    yield score_row("validation", "all, sentences not in train", alone)
    yield score_row("validation", "all, sentences not in train, with the learned model", total)


def main() -> None:
    """Measure and write ``results/semrep.tsv``."""
    write_table("semrep", rows(), about="SemRep relation data, arguments given, predicates mapped")
