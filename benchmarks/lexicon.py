"""The compiled lexicon with all of ../shared/corpora/terminology, and spaCy's matcher beside it.

Each part runs in a process of its own, one after the other. spaCy's PhraseMatcher gets the same
names (those of both languages in its English and its Chinese matcher, blank tokenisers, lower case)
and reads the same abstracts. Ratios are of processor seconds, which other work on the machine
changes least.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.table import ROOT, shared, write_table
from benchmarks.terminologies import import_all
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import score
from kg.model import Language

ABSTRACTS = 1_000
CHUNK = 10_000
MEASURES = ("mentions.relaxed", "mentions.strict", "relations.full")
Measured = dict[str, Any]


def abstracts() -> dict[Language, list[str]]:
    """A thousand abstracts: Chinese ones of CSL, the rest English of BC5CDR and NCBI training."""
    table = shared("corpora", "chinese", "csl", "csl_medical_abstracts.tsv")
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    chinese = [line.split("\t")[1] for line in lines][: ABSTRACTS // 2]
    return {"en": list(islice(_english(), ABSTRACTS - len(chinese))), "zh": chinese}


def _english() -> Iterator[str]:
    cdr = shared("corpora", "english", "bc5cdr", "CDR_TrainingSet.PubTator.txt.gz")
    with gzip.open(cdr, "rt", encoding="utf-8") as lines:
        yield from _pubtator(lines)
    ncbi = shared("corpora", "english", "ncbi-disease", "NCBItrainset_corpus.txt")
    with ncbi.open(encoding="utf-8") as lines:
        yield from _pubtator(lines)


def _pubtator(lines: Iterable[str]) -> Iterator[str]:
    title = ""
    for line in lines:
        kind, _, text = line.rstrip("\n").partition("|")[2].partition("|")
        if kind == "t":
            title = text
        elif kind == "a":
            yield f"{title} {text}"


class Clock:
    """Wall and processor seconds since it was made or last read."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Both, and begin again."""
        wall, cpu = time.perf_counter(), time.process_time()
        taken = wall - self._wall, cpu - self._cpu
        self._wall, self._cpu = wall, cpu
        return taken


def read_compiled(data: Path) -> Measured:
    """Open the lexicon and read the abstracts."""
    from extractors.mentions.compiling import find_lexicon, load_compiled

    texts = abstracts()
    clock = Clock()
    lexicon = load_compiled(find_lexicon(data))
    opened = clock.read()
    found: Measured = {"open": opened}
    for language, some in texts.items():
        count = sum(len(lexicon.matches(text, language)) for text in some)
        found[language] = {"read": clock.read(), "matches": count}
    return found


def read_with_spacy(data: Path) -> Measured:
    """Build spaCy's matchers on the names of the lexicon and read the abstracts."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from extractors.mentions.compiling import find_lexicon, load_compiled

    texts = abstracts()
    lexicon = load_compiled(find_lexicon(data))
    names: dict[Language, list[str]] = {"en": [], "zh": []}
    for entry in lexicon.entries():
        for language, some in names.items():
            if entry.language in (language, "mul"):
                some.append(entry.name)
    del lexicon
    clock = Clock()
    found: Measured = {"names": {language: len(some) for language, some in names.items()}}
    for language, some in names.items():
        nlp: Any = spacy.blank(language)
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for begin in range(0, len(some), CHUNK):
            docs = list(nlp.tokenizer.pipe(some[begin : begin + CHUNK]))
            matcher.add(str(begin), [doc for doc in docs if len(doc)])
        built = clock.read()
        count = sum(len(list(matcher(doc))) for doc in nlp.tokenizer.pipe(texts[language]))
        found[language] = {"build": built, "read": clock.read(), "matches": count}
    return found


def read_bilingual(data: Path) -> Measured:
    """The F1 on the bilingual development set, with the lexicon of the data directory."""
    golds = load_gold(shared("evaluation", "bilingual_dev.json"))
    scores = score(golds, extract_gold(golds, data=data))
    return {measure: scores[measure].f1 for measure in MEASURES}


PARTS: dict[str, Callable[[Path], Measured]] = {
    "compiled": read_compiled,
    "spacy": read_with_spacy,
    "bilingual": read_bilingual,
}


def run(*words: str) -> tuple[Measured, float, float, float]:
    """What a Python program prints as JSON; its seconds, processor seconds and peak megabytes."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with status {process.returncode}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return json.loads(printed), seconds, usage.ru_utime + usage.ru_stime, peak


def rows(data: Path) -> Iterator[tuple[str, str, object]]:
    """Part, measure and value: the build, then both readers, ratios, and the bilingual scores."""
    manifest, seconds, cpu, peak = run("kg.cli", "--data", str(data), "lexicon", "build", "--json")
    sums = [sum(s.get(kind, 0) for s in manifest["sources"]) for kind in ("names", "mappings")]
    yield "build", "rows of names", sums[0]
    yield "build", "rows of mappings", sums[1]
    yield "build", "concepts", sum(manifest["concepts"].values())
    yield "build", "names of concepts", sum(sum(n.values()) for n in manifest["names"].values())
    yield (
        "build",
        "megabytes on disk",
        _megabytes(file["bytes"] for file in manifest["files"].values()),
    )
    yield "build", "seconds", f"{seconds:.0f}"
    yield "build", "processor seconds", f"{cpu:.0f}"
    yield "build", "peak megabytes", f"{peak:.0f}"
    ours, _, _, our_peak = run("benchmarks.lexicon", "compiled", str(data))
    theirs, _, _, their_peak = run("benchmarks.lexicon", "spacy", str(data))
    our_cpu = ours["open"][1] + sum(ours[language]["read"][1] for language in ("en", "zh"))
    yield "compiled", "milliseconds to open", f"{ours['open'][0] * 1000:.0f}"
    yield "compiled", "peak megabytes", f"{our_peak:.0f}"
    their_cpu = 0.0
    for language, texts in abstracts().items():
        size = sum(map(len, texts))
        for name, part in (("compiled", ours), ("spacy", theirs)):
            where = f"{name} {language}"
            read = part[language]["read"][1]
            yield where, "processor seconds to read", f"{read:.2f}"
            yield where, "thousand characters a processor second", f"{size / read / 1000:.0f}"
            yield where, "matches", part[language]["matches"]
        built = theirs[language]["build"][1]
        yield f"spacy {language}", "names", theirs["names"][language]
        yield f"spacy {language}", "processor seconds to build", f"{built:.0f}"
        their_cpu += built + theirs[language]["read"][1]
    yield "spacy", "peak megabytes", f"{their_peak:.0f}"
    yield (
        "ratio",
        "time: spacy build and read / compiled open and read",
        f"{their_cpu / our_cpu:.1f}",
    )
    yield (
        "ratio",
        "time: spacy build and read / compiled build and read",
        f"{their_cpu / (cpu + our_cpu):.1f}",
    )
    yield "ratio", "memory: compiled reading / spacy", f"{our_peak / their_peak:.2f}"
    yield "ratio", "memory: compiled building / spacy", f"{peak / their_peak:.2f}"
    with tempfile.TemporaryDirectory() as empty:
        for name, place in (("starter only", empty), ("all imported", str(data))):
            scores = run("benchmarks.lexicon", "bilingual", place)[0]
            for measure in MEASURES:
                yield f"bilingual dev, {name}", f"{measure} F1", f"{scores[measure]:.3f}"


def _megabytes(sizes: Iterable[int]) -> str:
    return f"{sum(sizes) / 1_000_000:.0f}"


def main() -> None:
    """Import, build, measure, and write ``results/lexicon.tsv``."""
    shared("corpora", "terminology")
    with tempfile.TemporaryDirectory() as name:
        given = os.environ.get("LEXICON_DATA")  # imported before, to save the minutes it takes
        data = Path(given or name)
        if not given:
            import_all(data)
        table = [
            {"part": part, "measure": measure, "value": value}
            for part, measure, value in rows(data)
        ]
    about = f"All of ../shared/corpora/terminology; {ABSTRACTS:,} abstracts; {os.cpu_count()} cores"
    write_table("lexicon", table, about=f"{about}, which others used too")


if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
