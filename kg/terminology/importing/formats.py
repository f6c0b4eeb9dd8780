"""The formats that can be imported, by name, each with its importer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from kg.errors import InputError
from kg.terminology.importing.given import Given
from kg.terminology.rows import Row

Read = Callable[[Path, Given], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the module of this package that has `read`, and what it is."""

    name: str
    module: str
    about: str

    def read(self, path: Path, given: Given) -> Iterator[Row]:
        """The rows of a file.

        Raises
        ------
        InputError
            with file and line, at the first record that is not of the format.
        """
        module = import_module(f"kg.terminology.importing.{self.module}")
        return cast(Read, module.read)(path, given)


FORMATS: tuple[Format, ...] = (
    Format("mesh_xml", "mesh_xml", "MeSH XML: descriptors and supplementary records"),
    Format("mesh_ascii", "mesh_ascii", "MeSH ASCII: descriptors and supplementary records"),
    Format("mesh_labels", "mesh_labels", "MeSH names: identifier, name, synonyms (TSV)"),
    Format("mesh_tree", "mesh_tree", "MeSH tree numbers: identifier, name, tree number (TSV)"),
    Format("obo", "obo", "OBO 1.2 and 1.4"),
    Format("obo_graph", "obo_graph", "OBO graph JSON, or a JSON list of terms"),
    Format("rdf", "rdf", "OWL or SKOS in RDF/XML, Turtle, TriG, N-Triples, N-Quads or JSON-LD"),
    Format("hgnc", "hgnc", "HGNC: the complete set, or a custom download (TSV)"),
    Format("gene_info", "gene_info", "NCBI gene_info (TSV)"),
    Format("uniprot", "uniprot", "UniProt: flat text, or a download as TSV"),
    Format("drugbank", "drugbank", "DrugBank: vocabulary (CSV), drug table (TSV), aliases (JSON)"),
    Format("icd", "icd", "ICD-10 or ICD-11 codes with Chinese names (CSV, TSV, XLSX)"),
    Format("famplex", "famplex", "FamPlex: each of its tables (CSV)"),
    Format("medic", "medic", "CTD's MEDIC: its table (TSV, CSV), or the dictionary made of it"),
    Format("babelon", "babelon", "Babelon: translations of labels, with their status (TSV)"),
    Format("sssom", "sssom", "SSSOM: mappings between vocabularies (TSV)"),
    Format("wikidata", "wikidata", "Results of Wikidata's query service (TSV)"),
    Format("phenobrain", "phenobrain", "Rare diseases in English and Chinese by number (JSON)"),
    Format("pubtator", "pubtator", "Corpora in PubTator's form: mentions with their identifiers"),
    Format("crosswalk", "crosswalk", "Identifiers side by side; the columns are to be told"),
    Format("plain", "plain", "Plain names: curie, text, lang, scope, type (TSV, CSV)"),
)


def get_format(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    InputError
        where there is none.
    """
    found = next((format_ for format_ in FORMATS if format_.name == name), None)
    if found is None:
        known = ", ".join(format_.name for format_ in FORMATS)
        raise InputError(f"unknown format {name!r}", remedy=f"use one of {known}")
    return found
