"""How quickly a large graph is exported, in what memory, against the library's own dump.

Made-up statements with evidence, a fixed seed; each export runs in a process of its own, one after
the other, so that its peak memory is its own. Rates are of wall-clock time on the whole machine.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.table import write_table
from kg.assembly.merge import merge
from kg.assembly.values import Assembled, statement_id
from kg.model import (
    MENTION_TYPES,
    PREDICATES,
    Certainty,
    Document,
    Evidence,
    Extraction,
    Mention,
    Passage,
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
    start = time.perf_counter()
    if name == "dump":
        store.dump(out, "ntriples", graph=STATEMENTS_GRAPH)
    else:
        form = find_format(name)
        graphs = ("statements",) if form.is_rdf else ()
        form.writer(form.parts[int(part)], graphs=graphs)(
            store, with_statuses(EVERYTHING, form), out)
    seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "cpu": time.process_time(), "lines": out.lines, "mb": peak}))
"""


def make_statements(chance: random.Random) -> list[Statement]:
    """Made-up statements, each once; some concepts are named often, as hubs are."""
    found: dict[Statement, None] = {}
    while len(found) < STATEMENTS:
        one = int(CONCEPTS * chance.random() ** 2)
        other = chance.randrange(CONCEPTS)
        if one != other:
            aspect = chance.choice((None, "expression", "level"))
            predicate = chance.choice(PREDICATES)
            found[Statement(f"mesh:D{one:06}", predicate, f"mesh:D{other:06}", aspect)] = None  # type: ignore[arg-type]
    return list(found)


def make_quads(chance: random.Random) -> Iterator[Quad]:
    """The quads of concepts, documents and statements; every eighth claim is only supposed."""
    labels = {}
    for number in range(CONCEPTS):
        curie, kind = f"mesh:D{number:06}", MENTION_TYPES[number % len(MENTION_TYPES)]
        names = (("en", f"thing {number}"), ("zh", f"东西{number}"))
        labels[curie] = dict(names)
        yield from concept_quads(Concept(curie, kind, names))  # type: ignore[arg-type]
    statements = make_statements(chance)
    for start in range(0, len(statements), TOGETHER):
        listed = statements[start : start + TOGETHER]
        extraction, evidence = make_document(start // TOGETHER + 1, listed)
        concepts = tuple((m.id, m.concept or "") for m in extraction.mentions)
        assembled = Assembled(extraction.document.id, tuple(listed), evidence, concepts)
        yield from document_quads(extraction, assembled)
        summaries = merge(evidence)
        for statement in listed:
            entry = PairEntry(statement, summaries[statement_id(statement)])
            yield from pair_quads([entry], labels)  # type: ignore[arg-type]


def make_document(
    number: int, statements: list[Statement]
) -> tuple[Extraction, tuple[Evidence, ...]]:
    """A document with a sentence for each statement."""
    passages, sentences, mentions, relations, evidence = [], [], [], [], []
    name = f"pubmed:{number}"
    for index, statement in enumerate(statements):
        ends = [f"thing {int(c[6:])}" for c in (statement.subject, statement.object)]
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
        certainty: Certainty = "hypothesis" if index == 7 else "asserted"
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
    document = Document(name, tuple(passages), Source(pmid=str(number), year=2000 + number % 25))
    whole = Extraction(document, tuple(sentences), tuple(mentions), tuple(relations))
    return whole, tuple(evidence)


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
        store = ox.Store(str(path))
        store.bulk_extend(make_quads(random.Random(1)))  # noqa: S311
        store.optimize()
        store.flush()
        del store
        dump = measure(path, "dump")
        rows = [_row("Oxigraph's own dump, statements", dump, dump["lines"] / dump["seconds"])]
        own = measure(path, "nquads")
        rows.append(_row("nquads, statements", own, dump["lines"] / dump["seconds"]))
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
        "of_dump": f"{rate / dump:.2f}" if dump else "",
        "peak_mb": int(found["mb"]),
    }


if __name__ == "__main__":
    main()
