"""What the data set is, for catalogues: VoID and DCAT, with counts and the files it is had in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.errors import InputError
from kg.export.formats import FORMATS
from kg.export.selection import Selection
from kg.statistics import Statistics, find_statistics
from kg.store.base import Store
from kg.store.formats import serialize
from kg.terms import IRI, Literal, Term, Triple
from kg.vocab import BASE, DCTERMS, PLX, RDF, SKOS, XSD
from ontologies.files import prefixes

DATASET = IRI(f"{BASE}dataset")
LICENCE = IRI("https://creativecommons.org/publicdomain/zero/1.0/")
TITLES = {
    "en": "Parallax, a bilingual biomedical knowledge graph",
    "zh": "Parallax 双语生物医学知识图谱",
}
ABOUT = {
    "en": "Claims of biomedical abstracts, with their evidence in English and Chinese.",
    "zh": "生物医学摘要中的论断及其中英文证据。",
}
_CLASSES = ("Document", "Sentence", "Mention", "Statement", "Evidence", "Rendition")


def write_void(store: Store, selection: Selection, out: IO[bytes]) -> None:
    """Write the description of the whole graph as Turtle.

    Raises
    ------
    InputError
        where only a part of it is selected, which the description does not count apart.
    """
    if not selection.is_empty:
        raise InputError(
            "describes the whole graph and takes no filters", where="void",
            remedy="leave the filters out, or describe a part by croissant",
        )  # fmt: skip
    serialize(description(find_statistics(store)), out, "turtle")


def description(counted: Statistics) -> Iterator[Triple]:
    """The triples of the description."""
    void, dcat = prefixes()["void"], prefixes()["dcat"]
    xsd_integer = XSD.integer

    def about(subject: IRI, *values: tuple[IRI, Term]) -> Iterator[Triple]:
        for predicate, value in values:
            yield Triple(subject, predicate, value)

    yield from about(
        DATASET,
        (RDF.type, IRI(f"{void}Dataset")),
        (RDF.type, IRI(f"{dcat}Dataset")),
        *((DCTERMS.title, Literal(text, language=lang)) for lang, text in TITLES.items()),
        *((IRI(f"{DCTERMS.base}description"), Literal(text, language=lang))
          for lang, text in ABOUT.items()),
        (IRI(f"{DCTERMS.base}license"), LICENCE),
        *((DCTERMS.language, Literal(language)) for language in TITLES),
        (IRI(f"{void}uriSpace"), Literal(BASE)),
        (IRI(f"{void}vocabulary"), IRI(PLX.base)),
        (IRI(f"{void}vocabulary"), IRI(SKOS.base)),
        (IRI(f"{void}triples"), Literal(str(counted.quads), datatype=xsd_integer)),
        (IRI(f"{void}entities"),
         Literal(str(counted.parts["Statement"] + counted.parts["Concept"]),
                 datatype=xsd_integer)),
    )  # fmt: skip
    for name in _CLASSES:
        part = IRI(f"{DATASET.value}#{name}")
        count = Literal(str(counted.parts[name]), datatype=xsd_integer)
        yield Triple(DATASET, IRI(f"{void}classPartition"), part)
        yield from about(part, (IRI(f"{void}class"), PLX[name]), (IRI(f"{void}entities"), count))
    for known in FORMATS:
        part = IRI(f"{DATASET.value}#{known.name}")
        yield Triple(DATASET, IRI(f"{dcat}distribution"), part)
        yield from about(
            part,
            (RDF.type, IRI(f"{dcat}Distribution")),
            (DCTERMS.title, Literal(known.en, language="en")),
            (DCTERMS.title, Literal(known.zh, language="zh")),
            (IRI(f"{dcat}mediaType"), Literal(known.media_type)),
        )
