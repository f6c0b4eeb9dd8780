"""Reading abstracts: documents per second, peak memory, and how soon a command answers.

`kg extract` reads the example abstracts over and over, each copy under a name of its own, in a
process of its own. The memory is the peak of the largest process of a run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import ROOT, write_table

COPIES = 20
RUNS = 3  # of the short commands; the quickest counts
QUESTION = "How does metformin affect autophagy?"


def examples() -> list[str]:
    """The texts of the delivered examples."""
    return [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]


def write_copies(folder: Path, copies: int) -> int:
    """Write each example so many times, with DOIs that differ; how many files that makes."""
    folder.mkdir()
    count = 0
    for copy in range(copies):
        for number, text in enumerate(examples()):
            text = re.sub(
                r"doi: \S+?\.?(?=\n)", f"doi: 10.0000/copy.{copy}.{number}.", text, count=1
            )
            (folder / f"{copy:03}-{number:03}.txt").write_text(text, encoding="utf-8")
            count += 1
    return count


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of one `kg` command."""
    command = [sys.executable, "-m", "kg.cli", *arguments]
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"kg {' '.join(arguments)} ended with status {process.returncode}")
    return seconds, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def row(what: str, documents: int, seconds: float, megabytes: float) -> dict[str, object]:
    """A row of the table; speed is told where there are many documents."""
    return {
        "what": what, "documents": documents or "", "seconds": f"{seconds:.2f}",
        "documents_per_second": f"{documents / seconds:.1f}" if documents > 1 else "",
        "peak_memory_mb": round(megabytes),
    }  # fmt: skip


def rows() -> Iterator[dict[str, object]]:
    """The many documents with one process and with two, then the short commands."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_copies(folder / "many", COPIES)
        for jobs in (1, 2):
            out = str(folder / f"{jobs}.jsonl")
            took = run("extract", str(folder / "many"), "-o", out, "--jobs", str(jobs))
            yield row(f"kg extract --jobs {jobs}", count, *took)
        write_copies(folder / "once", 1)
        data = ("--data", str(folder / "data"))
        yield row(
            "kg build, the examples", len(examples()), *run(*data, "build", str(folder / "once"))
        )
        one = str(next(iter(sorted((folder / "many").iterdir()))))
        yield row("kg build, one more document", 1, *run(*data, "build", one))
        run(*data, "ask", QUESTION)
        for what, documents, arguments in (
            ("kg --help", 0, ("--help",)),
            ("kg extract, one document", 1, ("extract", one)),
            ("kg ask", 0, (*data, "ask", QUESTION)),
        ):
            yield row(what, documents, *min(run(*arguments) for _ in range(RUNS)))


def main() -> None:
    """Measure and write ``results/throughput.tsv``."""
    cores = os.cpu_count()
    about = f"The examples, {COPIES} times over; {cores} cores, which others used too"
    write_table("throughput", rows(), about=about)
