"""How much time and memory imports take: made-up terminologies of two sizes in each large form.

Each import runs in a process of its own, whose largest resident size is taken, so that it can be
seen whether memory grows with the file. Processor time is told as a multiple of what the same
process then takes to read the kept names back.
"""

from __future__ import annotations

import datetime
import gzip
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import write_table
from kg.terminology.importing.formats import get_format
from kg.terminology.importing.given import Given
from kg.terminology.imports import Request, import_files
from kg.terminology.keeping import read_names
from kg.terminology.rows import Source

SIZES = (10_000, 100_000)  # concepts, of four names each
TODAY = datetime.date(2026, 1, 1)
OBO = "http://purl.obolibrary.org/obo/"
OIO = "http://www.geneontology.org/formats/oboInOwl#"


def terms(count: int) -> Iterator[tuple[int, list[str]]]:
    """Numbers and names of made-up concepts."""
    for number in range(1, count + 1):
        yield number, [f"{word} {number:x} sickness" for word in ("puff", "blow", "gasp", "blink")]


def mesh_labels(count: int) -> Iterator[str]:
    """MeSH names as a table."""
    for number, (label, *others) in terms(count):
        yield f"D{number:06d}\t{label}\t{'|'.join(others)}\n"


def mesh_xml(count: int) -> Iterator[str]:
    """MeSH descriptors in XML."""
    yield "<DescriptorRecordSet>\n"
    for number, names in terms(count):
        said = "".join(f"<Term><String>{name}</String></Term>\n" for name in names)
        yield (
            f"<DescriptorRecord><DescriptorUI>D{number:06d}</DescriptorUI>\n"
            f"<DescriptorName><String>{names[0]}</String></DescriptorName>\n"
            f"<TreeNumberList><TreeNumber>C08.{number:06d}</TreeNumber></TreeNumberList>\n"
            f'<ConceptList><Concept PreferredConceptYN="Y"><TermList>{said}</TermList></Concept>'
            "</ConceptList></DescriptorRecord>\n"
        )
    yield "</DescriptorRecordSet>\n"


def obo(count: int) -> Iterator[str]:
    """OBO."""
    yield "format-version: 1.4\n"
    for number, (label, *others) in terms(count):
        said = "".join(f'synonym: "{name}" EXACT []\n' for name in others)
        above = f"is_a: MONDO:{number // 2:07d}\n"
        yield f"\n[Term]\nid: MONDO:{number:07d}\nname: {label}\n{said}{above}"


def obo_graph(count: int) -> Iterator[str]:
    """An OBO graph in JSON."""
    yield '{"graphs": [{"nodes": [\n'
    for number, (label, *others) in terms(count):
        synonyms = [{"pred": "hasExactSynonym", "val": name} for name in others]
        node = {"id": f"{OBO}MONDO_{number:07d}", "lbl": label, "meta": {"synonyms": synonyms}}
        yield json.dumps(node, indent=1) + ("\n" if number == count else ",\n")
    yield '], "edges": [\n'
    for number in range(1, count + 1):
        edge = {"sub": f"{OBO}MONDO_{number:07d}", "pred": "is_a",
                "obj": f"{OBO}MONDO_{number // 2:07d}"}  # fmt: skip
        yield json.dumps(edge) + ("\n" if number == count else ",\n")
    yield "]}]}\n"


def rdf(count: int) -> Iterator[str]:
    """OWL in RDF/XML, with an axiom on one synonym of each class."""
    yield (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" '
        f'xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oio="{OIO}">\n'
    )
    for number, (label, *others) in terms(count):
        said = "".join(f"<oio:hasExactSynonym>{name}</oio:hasExactSynonym>\n" for name in others)
        iri = f"{OBO}MONDO_{number:07d}"
        yield (
            f'<owl:Class rdf:about="{iri}">\n<rdfs:label>{label}</rdfs:label>\n{said}'
            f'<rdfs:subClassOf rdf:resource="{OBO}MONDO_{number // 2:07d}"/>\n</owl:Class>\n'
            f'<owl:Axiom><owl:annotatedSource rdf:resource="{iri}"/>'
            f'<owl:annotatedProperty rdf:resource="{OIO}hasExactSynonym"/>'
            f"<owl:annotatedTarget>{others[0]}</owl:annotatedTarget>"
            "<oio:hasDbXref>made:1</oio:hasDbXref></owl:Axiom>\n"
        )
    yield "</rdf:RDF>\n"


FORMS: dict[str, Callable[[int], Iterator[str]]] = {
    "mesh_labels": mesh_labels, "mesh_xml": mesh_xml, "obo": obo, "obo_graph": obo_graph,
    "rdf": rdf,
}  # fmt: skip


def measure(form: str, file: Path, data: Path) -> dict[str, object]:
    """Import a file: names, largest resident MB, and time as a multiple of reading it back."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    given = Given(Source("made-up"), None, "mesh", "en")
    kept = import_files(data, Request((file,), given, (get_format(form),)), today=TODAY)
    taken = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    names = sum(1 for _ in read_names(kept))
    back = time.process_time() - begin
    return {
        "format": form, "gzip_bytes": file.stat().st_size, "names": names,
        "peak_mb": peak // 1024, "peak_mb_before": before // 1024,
        "import_over_reading_back": f"{taken / back:.1f}",
        "names_read_back_per_cpu_s": f"{names / back:.0f}",
    }  # fmt: skip


def main() -> None:
    """Write the made-up files, import each in a process of its own, and write the table."""
    rows = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for form, write in FORMS.items():
            for size in SIZES:
                file = Path(folder) / f"{form}-{size}.gz"
                with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
                    out.writelines(write(size))
                with context.Pool(1) as pool:
                    rows.append(pool.apply(measure, (form, file, Path(folder) / "data")))
                file.unlink()
    write_table(
        "importing", rows,
        about="made-up terminologies of 10,000 and 100,000 concepts with four names each, imported "
        "one by one",
    )  # fmt: skip
