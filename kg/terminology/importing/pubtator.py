"""Names as annotators read them: the mentions of a corpus in PubTator's form.

Blocks divided by empty lines: ``number|t|title``, ``number|a|abstract``, then a line of number,
start, end, mention, type and identifier (tabs) for each annotation, and lines of relations, which
tell no names. Titles and abstracts are not kept.

A mention is a name of the concept that it is annotated with where all its annotations agree on one.
It may have been read in its context only, above all where it is an abbreviation; so a short symbol
counts only where more than one document annotates it. What is left out is counted, by reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.model import MentionType
from kg.terminology.identifiers import curie
from kg.terminology.importing.given import Given
from kg.terminology.importing.lines import text_lines
from kg.terminology.rows import NameRow, Row, SkippedRow

_TEXT = re.compile(r"(\d+)\|([ta])\|")
_SEVERAL = re.compile(r"[|+,;]")
_NO_IDENTIFIER = ("-1", "-", "")
_SYMBOL = 6  # signs of a word that may be short for another thing elsewhere
_DOCUMENTS = 2  # that must annotate such a word
_CELLS = 6
# What corpora call the types that we have → the type, and the prefix of bare identifiers.
_TYPES: Mapping[str, tuple[MentionType, str]] = {
    "Chemical": ("Drug", "mesh"), "ChemicalEntity": ("Drug", "mesh"), "Drug": ("Drug", "mesh"),
    "Disease": ("Disease", "mesh"), "DiseaseOrPhenotypicFeature": ("Disease", "mesh"),
    "SpecificDisease": ("Disease", "mesh"), "DiseaseClass": ("Disease", "mesh"),
    "CompositeMention": ("Disease", "mesh"), "Modifier": ("Disease", "mesh"),
    "Gene": ("Protein", "NCBIGene"), "GeneOrGeneProduct": ("Protein", "NCBIGene"),
    "FamilyName": ("Protein", "NCBIGene"), "DomainMotif": ("Protein", "NCBIGene"),
    "Species": ("Organism", "NCBITaxon"), "OrganismTaxon": ("Organism", "NCBITaxon"),
}  # fmt: skip


@dataclass(slots=True)
class _Mention:
    """What the annotations of one text, whatever its case, say."""

    written: Counter[str] = field(default_factory=Counter)
    concepts: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    types: Counter[MentionType] = field(default_factory=Counter)


def looks_like(head: str) -> bool:
    """Whether the file begins with the title of a document."""
    return re.match(r"\s*\d+\|t\|", head) is not None


def read(path: Path, given: Given) -> Iterator[Row]:
    """A name for each mention whose annotations agree; what is left out, with the reason.

    Raises
    ------
    InputError
        with file and line, where a line is neither a text, nor an annotation, nor a relation, or
        stands under another document.
    """
    mentions: dict[str, _Mention] = {}
    for document, cells in _annotations(path):
        text, called, identifiers = " ".join(cells[3].split()), cells[4], cells[5].strip()
        known = _TYPES.get(called)
        if known is None:
            yield SkippedRow(text[:80], f"type {called[:40]}")
        elif identifiers in _NO_IDENTIFIER:
            yield SkippedRow(text[:80], "no identifier")
        elif _SEVERAL.search(identifiers):
            yield SkippedRow(text[:80], "several identifiers")
        elif (concept := curie(identifiers, known[1])) is None:
            yield SkippedRow(text[:80], f"identifier {identifiers[:40]}")
        else:
            mention = mentions.setdefault(text.casefold(), _Mention())
            mention.written[text] += 1
            mention.concepts.add(concept)
            mention.documents.add(document)
            mention.types[known[0]] += 1
    yield from (_row(mention, given) for mention in mentions.values())


def _row(mention: _Mention, given: Given) -> Row:
    text = min(mention.written, key=lambda written: (-mention.written[written], written))
    if len(mention.concepts) > 1:
        return SkippedRow(text[:80], "annotations disagree")
    if _is_symbol(text) and len(mention.documents) < _DOCUMENTS:
        return SkippedRow(text[:80], "short symbol of one document")
    kind = given.type or mention.types.most_common(1)[0][0]
    lang = given.lang or "en"
    return NameRow(min(mention.concepts), text, lang, "exact", kind, given.source)


def _is_symbol(text: str) -> bool:
    """Whether it is a short word with a capital behind its first letter, or two letters at most.

    >>> [text for text in ("CRF", "TNSs", "Na", "gout", "IL-2", "Lung") if _is_symbol(text)]
    ['CRF', 'TNSs', 'Na', 'IL-2']
    """
    return len(text) <= 2 or (
        " " not in text and len(text) <= _SYMBOL and text[1:] != text[1:].lower()
    )


def _annotations(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(document, cells) of each annotation."""
    document = None
    for number, line in text_lines(path):
        if not line.strip():
            continue
        if text := _TEXT.match(line):
            document = text[1]
            continue
        cells = line.split("\t")
        where = f"{path}:{number}"
        if document is None or cells[0] != document:
            raise InputError(
                "a line under no title of its document", where=where,
                remedy="give PubTator's form: number|t|title, number|a|abstract, annotations",
            )  # fmt: skip
        if len(cells) > 1 and not cells[1].isdecimal() and len(cells) < _CELLS:
            continue  # a relation
        if len(cells) < _CELLS or not (cells[1].isdecimal() and cells[2].isdecimal()):
            raise InputError(
                "not number, start, end, mention, type and identifier", where=where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        yield document, cells
    if document is None:
        raise InputError("no document in it", where=str(path), remedy="fetch it again")
