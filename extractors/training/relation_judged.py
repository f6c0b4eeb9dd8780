"""Sentences judged for this project: what they state of their mentions, in our own predicates.

``relations_judged.tsv`` holds places and judgements and no text; the texts are those of CSL
(Chinese abstracts), BioRED (train part), Evidence Inference, and the Chinese sides of ECCParaCorp
and TICO-19 in the folder of the corpora.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import cast
from zlib import crc32

from extractors.training.alignment import read_parallel
from extractors.training.relation_texts import UNKNOWN, Annotated
from kg.errors import FormatError, InputError
from kg.model import LANGUAGES, MENTION_TYPES, PREDICATES, Language, Mention, MentionType

OPEN, RELATED = "open", "related"
TABLE = Path(__file__).with_name("relations_judged.tsv")
_COLUMNS = ("document", "language", "start", "end", "check", "mentions", "relations")
_MENTION = re.compile(r"(\d+)-(\d+):(\w+)")
_RELATION = re.compile(r"(\d+) (\w+) (\d+)( denied| supposed)?")
_ALIAS = re.compile(r"\s*[(（]\s*")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One sentence: its place in the document, its mentions, and (subject, predicate, object)."""

    document: str
    language: Language
    start: int
    end: int
    check: str
    mentions: tuple[tuple[int, int, MentionType], ...]
    relations: tuple[tuple[int, str, int], ...]


def judged(corpora: Path, table: Path = TABLE) -> Iterator[Annotated]:
    """The judged sentences, those of a document together.

    Raises
    ------
    InputError
        where a corpus is absent, or its text is not the one that was judged.
    FormatError
        where a row of the table is wrong.
    """
    grouped: defaultdict[tuple[str, Language], list[Judgement]] = defaultdict(list)
    for judgement in read_judgements(table):
        grouped[judgement.document, judgement.language].append(judgement)
    texts = _texts(corpora)
    for (name, language), rows in grouped.items():
        text = texts.get(name, "")
        for row in rows:
            check_text(row, text)
        yield annotated(name, language, text, rows)


def check_text(row: Judgement, text: str) -> None:
    """Nothing, where a text is the one that was judged.

    Raises
    ------
    InputError
        where it is another one.
    """
    if checksum(text[row.start : row.end]) != row.check:
        raise InputError("not the text that was judged", where=f"{row.document}:{row.start}",
                         remedy="get the corpora as docs/models tell")  # fmt: skip


def checksum(sentence: str) -> str:
    """The CRC-32 of a sentence, as the tables have it.

    >>> checksum("ASA relieves pain.")
    'd130bf71'
    """
    return f"{crc32(sentence.encode()):08x}"


def annotated(name: str, language: Language, text: str, rows: Iterable[Judgement]) -> Annotated:
    """A text with its judged sentences; what holds of a name holds of the one in brackets behind.

    >>> named = ((0, 7, "Drug"), (9, 12, "Drug"), (23, 27, "Outcome"))
    >>> row = Judgement("x", "en", 0, 28, "", named, ((1, "treats", 3),))
    >>> sorted(annotated("x", "en", "Aspirin (ASA) relieves pain.", [row]).stated)
    [('0-7', '23-27'), ('9-12', '23-27')]
    """
    mentions: dict[str, Mention] = {}
    stated: dict[tuple[str, str], str] = {}
    told: set[frozenset[str]] = set()
    for row in rows:
        ids = [f"{start}-{end}" for start, end, _ in row.mentions]
        for identifier, (start, end, kind) in zip(ids, row.mentions, strict=True):
            mentions[identifier] = Mention(
                identifier, "p1", "", start, end, text[start:end], kind, method="given"
            )
        alias = {
            ids[n + 1]: ids[n]
            for n, (one, other) in enumerate(zip(row.mentions, row.mentions[1:], strict=False))
            if _ALIAS.fullmatch(text[one[1] : other[0]])
        }
        known = {frozenset((s, o)): (s, p, o) for s, p, o in row.relations}
        for one, other in combinations(range(1, len(ids) + 1), 2):
            left, right = ids[one - 1], ids[other - 1]
            found = known.get(frozenset((one, other)))
            if found is None:
                found = _through(alias, ids, known, one, other)
            if found is None:
                told.add(frozenset((left, right)))
            elif found[1] != OPEN:
                told.add(frozenset((left, right)))
                ends = (left, right) if found[0] == one else (right, left)
                stated[ends] = UNKNOWN if found[1] == RELATED else found[1]
    return Annotated(
        "judged", name, language, text, tuple(mentions.values()), stated, judged=frozenset(told)
    )


def _through(
    alias: Mapping[str, str],
    ids: list[str],
    known: Mapping[frozenset[int], tuple[int, str, int]],
    one: int,
    other: int,
) -> tuple[int, str, int] | None:
    """What is told of two mentions by the names that stand for them."""
    for first in _names(alias, ids, one):
        for second in _names(alias, ids, other):
            found = known.get(frozenset((first, second)))
            if found is not None:
                return (one, found[1], other) if found[0] == first else (other, found[1], one)
    return None


def _names(alias: Mapping[str, str], ids: list[str], number: int) -> list[int]:
    own = ids[number - 1]
    root = alias.get(own, own)
    return [n for n, name in enumerate(ids, 1) if alias.get(name, name) == root]


def read_judgements(table: Path = TABLE) -> tuple[Judgement, ...]:
    """The rows of the table.

    Raises
    ------
    FormatError
        where a row is wrong.
    """
    lines = [x for x in table.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_judgement(row, f"{table.name}:{n}") for n, row in enumerate(rows, 1))


def _judgement(row: Mapping[str, str | None], where: str) -> Judgement:
    cells = [row.get(name) or "" for name in _COLUMNS]
    document, language, start, end, check, named, stated = cells
    mentions = [_MENTION.fullmatch(cell) for cell in named.split()]
    relations = [_RELATION.fullmatch(cell) for cell in stated.split("; ") if cell]
    names = (*PREDICATES, OPEN, RELATED)
    right = (
        language in LANGUAGES and start.isdecimal() and end.isdecimal()
        and all(m is not None and m[3] in MENTION_TYPES for m in mentions)
        and all(
            r is not None and r[2] in names
            and all(1 <= int(r[n]) <= len(mentions) for n in (1, 3)) and r[1] != r[3]
            for r in relations
        )
    )  # fmt: skip
    if not right:
        raise FormatError(f"not a judged sentence: {document} {stated!r}", where=where,
                          remedy="see the head of the file")  # fmt: skip
    return Judgement(
        document, cast("Language", language), int(start), int(end), check,
        tuple((int(m[1]), int(m[2]), cast("MentionType", m[3])) for m in mentions if m),
        tuple((int(r[1]), r[2], int(r[3])) for r in relations if r),
    )  # fmt: skip


def _texts(corpora: Path) -> dict[str, str]:
    """The texts of the corpora by the names that the table gives them."""
    abstracts = corpora / "chinese" / "csl" / "csl_medical_abstracts.tsv"
    trials = corpora / "english" / "evidence-inference" / "abstract_prompts.jsonl"
    blocks = corpora / "english" / "biored" / "Train.PubTator"
    for path in (abstracts, trials, blocks):
        if not path.is_file():
            raise InputError("no such file", where=str(path), remedy="get the corpora, or name "
                             "their folder with --corpora")  # fmt: skip
    texts = {}
    with abstracts.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            texts[f"csl:{number}"] = row["abstract"].strip()
    for line in trials.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts[f"ei:{record['pmcid']}"] = record["abstract"]
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for line in blocks.read_text(encoding="utf-8").splitlines():
        cells = line.split("|", 2)
        if len(cells) == 3 and cells[1] in ("t", "a"):
            parts[cells[0]].append(cells[2])
    texts.update({f"biored:{name}": " ".join(both) for name, both in parts.items()})
    units = enumerate(read_parallel(corpora))  # numbered, as they have no names of their own
    texts.update({f"parallel:{number}": unit.zh for number, unit in units})
    return texts
