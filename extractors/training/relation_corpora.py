"""The public corpora from which relations are learnt, each read from its own format.

Every reader takes the folder of the corpora and gives annotated texts. Documents on which a
benchmark of this repository is scored are left out (`held_out`).
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractors.training.brat import Annotations, read_annotations
from extractors.training.relation_ends import ends_of
from extractors.training.relation_texts import Annotated, predicate_of, type_of
from kg.model import Document, Mention, Passage, Sentence

Finder = Callable[[Document, Sequence[Sentence]], tuple[Mention, ...]]


def held_out(identifier: str) -> bool:
    """Whether a document belongs to the half on which the benchmarks only score."""
    return zlib.crc32(identifier.encode()) % 2 == 1


def pgxcorpus(corpora: Path) -> Iterator[Annotated]:
    """PGxCorpus: drugs, genes and phenotypes, all relations of a sentence told (CC BY-NC)."""
    for path in sorted((corpora / "english" / "pgxcorpus" / "brat").glob("*.txt")):
        if not held_out(path.stem):
            yield _brat("pgxcorpus", path, (".ann",))


def bionlp(corpora: Path) -> Iterator[Annotated]:
    """Regulation events of the BioNLP shared tasks: genes, pathways, cancer."""
    for corpus, folder in (
        ("bionlp-pc13", "bionlp-st-2013-pc"), ("bionlp-cg13", "bionlp-st-2013-cg"),
        ("bionlp-ge11", "bionlp-st-2011-ge"), ("bionlp-ge13", "bionlp-st-2013-ge"),
    ):  # fmt: skip
        train = corpora / "english" / folder / "original-data" / "train"
        for path in sorted(train.glob("*.txt")):
            if corpus != "bionlp-pc13" or not held_out(path.stem):
                yield _brat(corpus, path, (".a1", ".a2"))


def _brat(corpus: str, path: Path, endings: tuple[str, ...]) -> Annotated:
    text = path.read_text(encoding="utf-8")
    notes = read_annotations(
        "\n".join(path.with_suffix(e).read_text(encoding="utf-8") for e in endings)
    )
    stated, used = _stated(corpus, notes)
    mentions = tuple(
        Mention(name, "p1", "", start, end, text[start:end], kind, method="given")
        for name, (label, start, end) in notes.spans.items()
        if (kind := type_of(corpus, label)) is not None
        and (name in used or name not in notes.triggers)
    )
    return Annotated(corpus, path.stem, "en", text, mentions, stated)


def _stated(corpus: str, notes: Annotations) -> tuple[dict[tuple[str, str], str], set[str]]:
    stated: dict[tuple[str, str], str] = {}
    ends = ends_of(notes, lambda kind: type_of(corpus, kind) is not None)
    for label, subject, target in (*notes.relations, *ends):
        if predicate := predicate_of(corpus, label):
            stated.setdefault((subject, target), predicate)
    processes = {
        event.trigger for event in notes.events.values() if type_of(corpus, event.type) is not None
    }
    return stated, processes


def semrep(corpora: Path, find: Finder) -> Iterator[Annotated]:
    """The train part of the SemRep relation data: one judged pair a row."""
    folder = corpora / "english" / "semrep-relclass"
    with (folder / "EntityNameData" / "train_source.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    kinds = (folder / "EntityTypeData" / "train.tsv").read_text(encoding="utf-8").splitlines()
    for number, (row, typed) in enumerate(zip(rows, kinds, strict=True)):
        text, spans = unmarked(row["sentence"])
        given = _semrep_mentions(text, spans, typed.partition("\t")[2])
        if len(given) < 2:
            continue
        predicate = predicate_of("semrep", row["label"])
        yield Annotated(
            "semrep", row["pmid"] or f"semrep-{number}", "en", text,
            with_others("en", text, given, find),
            {("s", "o"): predicate} if predicate else {},
            judged=frozenset({frozenset(("s", "o"))}),
        )  # fmt: skip


def _semrep_mentions(
    text: str, spans: dict[str, tuple[int, int]], typed: str
) -> tuple[Mention, ...]:
    given = []
    for mark in "so":
        found = re.search(rf"<{mark}>(.*?)</{mark}>", typed)
        kind = type_of("semrep", found[1].strip()) if found else None
        if kind is None or mark not in spans:
            return ()
        start, end = spans[mark]
        given.append(Mention(mark, "p1", "", start, end, text[start:end], kind))
    return tuple(given)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without marks, and where the marked words stand.

    >>> unmarked("<s> Aspirin </s> relieves <o> pain </o>.")
    ('Aspirin relieves pain.', {'s': (0, 7), 'o': (17, 21)})
    """
    text, begins, spans, position = "", {}, {}, 0
    for mark in re.finditer(r"<([so])> ?| ?</([so])>", marked):
        text += marked[position : mark.start()]
        position = mark.end()
        if mark[1]:
            begins[mark[1]] = len(text)
        else:
            spans[mark[2]] = (begins[mark[2]], len(text))
    return text + marked[position:], spans


def with_others(
    language: str, text: str, given: tuple[Mention, ...], find: Finder
) -> tuple[Mention, ...]:
    """The given mentions, and those that recognition finds beside them."""
    from extractors.nlp.sentences import split_sentences

    document = Document("x", (Passage("p1", language, text),))  # type: ignore[arg-type]
    others = (
        m for m in find(document, split_sentences(document))
        if all(m.end <= g.start or g.end <= m.start for g in given)
    )  # fmt: skip
    return tuple(sorted((*given, *others), key=lambda m: m.start))
