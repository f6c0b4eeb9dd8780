"""How quickly a large graph is exported, in what memory, against the library's own dump.

Made-up statements with evidence, a fixed seed; each export runs in a process of its own, one after
the other, so that its peak memory is its own. Rates are of wall-clock time on the whole machine.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.table import write_table
from kg.assembly.merge import merge
from kg.assembly.values import Assembled, statement_id
from kg.model import (
    PREDICATES,
    Aspect,
    Certainty,
    Document,
    Evidence,
    Extraction,
    Language,
    Mention,
    Passage,
    Predicate,
    RelationMention,
    Rendition,
    Sentence,
    Source,
    Span,
    Statement,
)
from kg.rdf.documents import document_quads
from kg.rdf.statements import PairEntry, pair_quads
from kg.rdf.terminology import Concept, concept_quads
from kg.terms import Quad

STATEMENTS, CONCEPTS, TOGETHER = 100_000, 20_000, 8
_ASPECTS: tuple[Aspect | None, ...] = (None, "expression", "level")
_CERTAINTIES: tuple[Certainty, ...] = ("asserted", "hypothesis")
_MARK, _NAME = 900_000, "777777777"  # numbers of concepts and of a document that no other has
FORMATS = ("kgx", "kgx-jsonl", "graphml", "neo4j")

# What a process of its own does: one export of a store, its seconds and its peak memory.
_PROGRAM = """
import json, os, resource, sys, time
import pyoxigraph as ox
from pathlib import Path
from kg.export.formats import find_format
from kg.export.running import with_statuses
from kg.export.selection import EVERYTHING
from kg.store.embedded import open_embedded
from kg.vocab import STATEMENTS_GRAPH
class Count:
    size = lines = 0
    def write(self, data):
        self.size += len(data); self.lines += data.count(b"\\n"); return len(data)
    def flush(self): pass
out, (path, name, part) = Count(), sys.argv[1:]
with open_embedded(Path(path), read_only=True) as store:
    start, began = time.perf_counter(), time.process_time()
    if name == "dump":
        store.dump(out, "ntriples", graph=STATEMENTS_GRAPH)
    else:
        form = find_format(name)
        graphs = ("statements",) if form.is_rdf else ()
        form.writer(form.parts[int(part)], graphs=graphs)(
            store, with_statuses(EVERYTHING, form), out)
    seconds, cpu = time.perf_counter() - start, time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "lines": out.lines, "mb": peak}))
"""


class Template:
    """A text in which each of several marks stands for a value."""

    def __init__(self, text: str, marks: tuple[str, ...]) -> None:
        self._parts = re.split(f"({'|'.join(map(re.escape, marks))})", text)
        self._order = [marks.index(mark) for mark in self._parts[1::2]]

    def fill(self, values: tuple[str, ...]) -> str:
        """The text with the values in the places of their marks."""
        parts = self._parts.copy()
        parts[1::2] = [values[number] for number in self._order]
        return "".join(parts)


def make_statements(chance: random.Random) -> list[Statement]:
    """Made-up statements, each once; some concepts are named often, as hubs are."""
    found: dict[Statement, None] = {}
    while len(found) < STATEMENTS:
        one = int(CONCEPTS * chance.random() ** 2)
        other = chance.randrange(CONCEPTS)
        if one != other:
            aspect, predicate = chance.choice(_ASPECTS), chance.choice(PREDICATES)
            found[Statement(_curie(one), predicate, _curie(other), aspect)] = None
    return list(found)


def make_text(chance: random.Random) -> Iterator[str]:
    """N-Quads of concepts, documents and statements; every eighth claim is only supposed.

    Our own writers give one document, and one statement of each kind; the others differ from them
    only in numbers and identifiers, so that their text is put together without making terms.
    """
    for number in range(CONCEPTS):
        names = tuple(concept_names(_curie(number)).items())
        yield _lines(concept_quads(Concept(_curie(number), "Drug", names)))
    marked = [
        Statement(_curie(_MARK + 2 * index), "affects", _curie(_MARK + 2 * index + 1))
        for index in range(TOGETHER)
    ]
    marks = (_NAME, *(mark for statement in marked for mark in _values(statement)))
    document = Template(_lines(document_text(_NAME, marked)), marks)
    nodes = {
        (predicate, aspect, certainty): _statement_template(predicate, aspect, certainty)
        for predicate in PREDICATES
        for aspect in _ASPECTS
        for certainty in _CERTAINTIES
    }
    statements = make_statements(chance)
    for start in range(0, len(statements), TOGETHER):
        listed = statements[start : start + TOGETHER]
        name = str(100_000_000 + start // TOGETHER)
        values = [_values(statement) for statement in listed]
        yield document.fill((name, *(value for three in values for value in three)))
        for index, (statement, three) in enumerate(zip(listed, values, strict=True)):
            certainty = _CERTAINTIES[index == TOGETHER - 1]
            yield nodes[statement.predicate, statement.aspect, certainty].fill(three)


def document_text(name: str, statements: list[Statement]) -> tuple[Quad, ...]:
    """The quads of a document that states these."""
    extraction, evidence = make_document(name, statements)
    concepts = tuple((mention.id, mention.concept or "") for mention in extraction.mentions)
    assembled = Assembled(extraction.document.id, tuple(statements), evidence, concepts)
    return document_quads(extraction, assembled)


def _statement_template(
    predicate: Predicate, aspect: Aspect | None, certainty: Certainty
) -> Template:
    statement = Statement(_curie(_MARK), predicate, _curie(_MARK + 1), aspect)
    _, evidence = make_document(_NAME, [statement], certainty)
    entry = PairEntry(statement, merge(evidence)[statement_id(statement)])
    labels = {curie: concept_names(curie) for curie in (statement.subject, statement.object)}
    return Template(_lines(pair_quads([entry], labels)), _values(statement))


def _values(statement: Statement) -> tuple[str, str, str]:
    return statement_id(statement), statement.subject[-6:], statement.object[-6:]


def _curie(number: int) -> str:
    return f"mesh:D{number:06}"


def concept_names(curie: str) -> dict[Language, str]:
    """The names of a made-up concept in both languages."""
    return {"en": f"thing {curie[-6:]}", "zh": f"东西{curie[-6:]}"}


def _lines(quads: Iterable[Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def make_document(
    number: str, statements: list[Statement], last: Certainty = "hypothesis"
) -> tuple[Extraction, tuple[Evidence, ...]]:
    """A document with a sentence for each statement; how certain its last one is."""
    passages, sentences, mentions, relations, evidence = [], [], [], [], []
    name = f"pubmed:{number}"
    for index, statement in enumerate(statements):
        ends = [f"thing {c[-6:]}" for c in (statement.subject, statement.object)]
        text = f"{ends[0]} changes {ends[1]} here."
        at = len(ends[0]) + 9
        spans = (Span(0, len(ends[0]), ends[0]), Span(at, at + len(ends[1]), ends[1]))
        passage, sentence = f"p{index}", f"s{index}"
        passages.append(Passage(passage, "en", text, "results"))
        sentences.append(Sentence(sentence, passage, 0, len(text)))
        for side, (span, curie) in enumerate(
            zip(spans, (statement.subject, statement.object), strict=True)
        ):
            mentions.append(
                Mention(
                    f"m{index}-{side}", passage, sentence, span.start, span.end, span.text, "Drug",
                    curie,
                )
            )  # fmt: skip
        relation = RelationMention(
            f"r{index}", sentence, f"m{index}-0", statement.predicate, f"m{index}-1", "en.x.y"
        )
        relations.append(relation)
        certainty = last if statement == statements[-1] else "asserted"
        rendition = Rendition(
            "en", passage, sentence, text, 0, relation.id, *spans, None, "en.x.y", "positive",
            certainty,
        )  # fmt: skip
        evidence.append(
            Evidence(
                f"e{index}", statement_id(statement), name, "positive", certainty, "monolingual",
                (rendition,), "results",
            )
        )  # fmt: skip
    document = Document(name, tuple(passages), Source(pmid=number, year=2012))
    whole = Extraction(document, tuple(sentences), tuple(mentions), tuple(relations))
    return whole, tuple(evidence)


def make_store(path: Path) -> None:
    """A store on disk with all that is exported."""
    text = path.with_suffix(".nq")
    with text.open("w", encoding="utf-8") as out:
        out.writelines(make_text(random.Random(1)))  # noqa: S311
    store = ox.Store(str(path))
    store.bulk_load(path=text, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    text.unlink()


def measure(path: Path, name: str, part: int = 0) -> dict[str, float]:
    """Seconds, lines and peak memory of one export."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path), name, str(part)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        make_store(path)
        write_results(path)


def write_results(path: Path) -> None:
    """Measure the exports of a store, and write the table."""
    dump = measure(path, "dump")
    rate = dump["lines"] / dump["seconds"]
    rows = [_row("Oxigraph's own dump, statements", dump, rate)]
    rows.append(_row("nquads, statements", measure(path, "nquads"), rate))
    for name in FORMATS:
        edges = measure(path, name, 0 if name == "graphml" else 1)
        rows.append(_row(f"{name}, edges", edges, None))
    about = f"{STATEMENTS:,} statements with evidence, {CONCEPTS:,} concepts; on disk, read-only"
    write_table("exporting", rows, about=about)


def _row(what: str, found: dict[str, float], dump: float | None) -> dict[str, object]:
    rate = found["lines"] / found["seconds"]
    return {
        "what": what,
        "lines": int(found["lines"]),
        "seconds": f"{found['seconds']:.1f}",
        "cpu_seconds": f"{found['cpu']:.1f}",
        "lines_per_second": f"{rate:.0f}",
        "lines_per_cpu_second": f"{found['lines'] / found['cpu']:.0f}",
        "of_dump": f"{rate / dump:.2f}" if dump else "",
        "peak_mb": int(found["mb"]),
    }


if __name__ == "__main__":
    main()
