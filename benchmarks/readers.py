"""Reading large files: records per second, and the peak of memory for files of growing size.

The files are generated (made-up records of ordinary length with labels, headings, authors and a
Chinese abstract); each is read in a process of its own, so that its peak of memory can be told.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import write_table

SIZES = (1_000, 30_000)
SENTENCE = (
    "In rats, sirolimus at {n} mg/kg lowered serum creatinine and urine protein after {m} weeks. "
)
SATZ = "西罗莫司（{n} mg/kg）治疗{m}周后，大鼠的血清肌酐和尿蛋白均下降。"


def sentences(template: str, number: int, count: int) -> str:
    """Some sentences that differ from record to record."""
    return "".join(template.format(n=number % 97, m=number % 23 + k) for k in range(count)).strip()


def pubmed_record(number: int) -> str:
    """A PubMed record of ordinary length (about 6 kB)."""
    authors = "".join(
        f"<Author><LastName>Nobody{k}</LastName><AffiliationInfo><Affiliation>Fictional University "
        f"Hospital {k}, Nowhere.</Affiliation></AffiliationInfo></Author>"
        for k in range(8)
    )
    labels = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    english = "".join(
        f'<AbstractText Label="{label}" NlmCategory="{label}">{sentences(SENTENCE, number, 4)}'
        "</AbstractText>"
        for label in labels
    )
    headings = "".join(
        f'<MeshHeading><DescriptorName UI="D{k:06}">Heading {k}</DescriptorName></MeshHeading>'
        for k in range(12)
    )
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{number}</PMID><Article><Journal>'
        "<JournalIssue><Volume>1</Volume><PubDate><Year>2020</Year></PubDate></JournalIssue>"
        f"<Title>Fictional journal</Title></Journal><ArticleTitle>Study {number}.</ArticleTitle>"
        f"<Abstract>{english}</Abstract><AuthorList>{authors}</AuthorList></Article>"
        f"<MeshHeadingList>{headings}</MeshHeadingList>"
        f'<OtherAbstract Language="chi"><AbstractText>{sentences(SATZ, number, 12)}</AbstractText>'
        "</OtherAbstract></MedlineCitation></PubmedArticle>\n"
    )


def json_record(number: int) -> str:
    """A line of the input form of `kg extract`."""
    passages = [
        {"language": "en", "text": sentences(SENTENCE, number, 16)},
        {"language": "zh", "text": sentences(SATZ, number, 12)},
    ]
    return json.dumps({"id": f"x:{number}", "passages": passages}, ensure_ascii=False) + "\n"


def write(path: Path, size: int) -> None:
    """Write a file of so many records; its name tells the format."""
    with gzip.open(path, "wb", 6) if path.suffix == ".gz" else path.open("wb") as out:
        if path.suffix == ".jsonl":
            out.writelines(json_record(n).encode() for n in range(1, size + 1))
            return
        out.write(b"<PubmedArticleSet>\n")
        out.writelines(pubmed_record(n).encode() for n in range(1, size + 1))
        out.write(b"</PubmedArticleSet>\n")


def read(path: Path, out: Path) -> None:
    """Read a file and write what it took; run in a process of its own."""
    from extractors.readers.reading import read_documents
    from kg.model import Document

    begin = time.perf_counter()
    count = sum(isinstance(item, Document) for item in read_documents(path))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    out.write_text(json.dumps([count, seconds, megabytes]), encoding="utf-8")


def measure(target: Callable[[Path, Path], None], path: Path) -> tuple[int, float, float]:
    """Records, seconds and peak memory in MB of one reading."""
    out = path.with_suffix(".measure")
    process = multiprocessing.get_context("spawn").Process(target=target, args=(path, out))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"reading {path.name} failed with status {process.exitcode}")
    count, seconds, megabytes = json.loads(out.read_text(encoding="utf-8"))
    return count, seconds, megabytes


def rows() -> Iterator[dict[str, object]]:
    """One row for each format and size."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pubmed.xml", "pubmed.xml.gz", "records.jsonl"):
            for size in SIZES:
                path = Path(folder) / name
                write(path, size)
                count, seconds, megabytes = measure(read, path)
                if count != size:
                    raise RuntimeError(f"{count} of {size} records were read")
                yield {
                    "file": name, "records": size, "file_mb": f"{path.stat().st_size / 1e6:.1f}",
                    "seconds": f"{seconds:.1f}", "records_per_second": round(count / seconds),
                    "peak_memory_mb": round(megabytes),
                }  # fmt: skip
                path.unlink()


def main() -> None:
    """Measure and write ``results/readers.tsv``."""
    write_table("readers", rows(), about="Reading generated files, each in a process of its own")
