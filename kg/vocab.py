"""The names of the graph: CURIEs and IRIs, the closed vocabulary, and how predicates are ordered.

CURIEs are used in code and files, IRIs only where RDF begins.

>>> expand("mesh:D016559")
'http://id.nlm.nih.gov/mesh/D016559'
>>> compress("http://id.nlm.nih.gov/mesh/D016559")
'mesh:D016559'
>>> PLX.associatedWith.value
'https://w3id.org/parallax/vocab#associatedWith'
>>> local_concept("Protein", "突触蛋白")
'plxc:protein-突触蛋白'
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kg.errors import CurieError
from kg.model import MENTION_TYPES, PREDICATES, MentionType, Predicate, Sign
from kg.terms import IRI
from ontologies.files import prefixes

if TYPE_CHECKING:
    from curies import Converter

BASE = "https://w3id.org/parallax/"
DOCUMENT_BASE = f"{BASE}document/"
STATEMENT_BASE = f"{BASE}statement/"
CONCEPT_BASE = f"{BASE}concept/"
SOURCE_BASE = f"{BASE}source/"
GRAPH_BASE = f"{BASE}graph/"
DOCUMENT_GRAPH_BASE = f"{GRAPH_BASE}document/"
SOURCE_GRAPH_BASE = f"{GRAPH_BASE}source/"
SOURCE = "source:"  # how the id of a knowledge source, or of a part of one, begins

ONTOLOGY_GRAPH = IRI(f"{GRAPH_BASE}ontology")
TERMINOLOGY_GRAPH = IRI(f"{GRAPH_BASE}terminology")
STATEMENTS_GRAPH = IRI(f"{GRAPH_BASE}statements")
NOTICES_GRAPH = IRI(f"{GRAPH_BASE}notices")
CURATIONS_GRAPH = IRI(f"{GRAPH_BASE}curations")


class Vocabulary:
    """A namespace with a fixed list of terms: a mistyped term raises where it is written.

    Examples
    --------
    >>> PLX.tretas
    Traceback (most recent call last):
    AttributeError: plx: has no term 'tretas' (did you mean 'treats'?)
    """

    def __init__(self, prefix: str, base: str, terms: str) -> None:
        self.prefix = prefix
        self.base = base
        self._terms = {term: IRI(base + term) for term in terms.split()}
        # As attributes of their own they are found without a call of Python, some thousands a
        # document; `__getattr__` is left with those that are not there.
        own = {term: iri for term, iri in self._terms.items() if not hasattr(type(self), term)}
        self.__dict__.update({term: iri for term, iri in own.items() if term not in self.__dict__})

    def __getattr__(self, term: str) -> IRI:
        if term.startswith("_"):
            raise AttributeError(term)
        return self[term]

    def __getitem__(self, term: str) -> IRI:
        try:
            return self._terms[term]
        except KeyError:
            from difflib import get_close_matches

            near = get_close_matches(term, self._terms, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise AttributeError(f"{self.prefix}: has no term {term!r}{hint}") from None

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def terms(self) -> tuple[str, ...]:
        """The local names of all terms, in the order of their listing."""
        return tuple(self._terms)


PLX = Vocabulary(
    "plx",
    f"{BASE}vocab#",
    # Classes
    "Concept Drug Protein Disease Outcome Process Cell Organism "
    "Document Passage Sentence Mention Quantity Result ResultArm Evidence Rendition Cue "
    "Discrepancy Statement Qualifier Curation ErrorRate "
    # Relations between concepts
    "relatedTo affects increases decreases restores treats causes associatedWith binds "
    "hypothesizes "
    # Documents and their parts
    "inDocument inPassage inSentence order start end section label alignedWith agreementRate "
    "pmcid date affiliation meshHeading publicationType studyDesign "
    "mentionType score method "
    # Quantities
    "kind low high total unit comparator describes describesConcept "
    "value sd interval groupStart groupEnd groupText atTime "
    # Results
    "outcome outcomeConcept direction significance armValue comparatorValue effect pValue "
    "armRole armStart armEnd armText armMention armConcept "
    "comparatorRole comparatorStart comparatorEnd comparatorText comparatorMention "
    "comparatorConcept hasArm phase "
    # Evidence and renditions
    "statement supports denies hypothesizesOn polarity certainty agreement conflictKind derived "
    "confidence context hasRendition resolvedSign quote quoteStart "
    "subjectStart subjectEnd subjectText subjectMention "
    "objectStart objectEnd objectText objectMention triggerStart triggerEnd trigger "
    "rule hasCue scopeStart scopeEnd "
    # Circumstances
    "speciesContext cellContext diseaseContext setting cellLine doseLevel atDose "
    "statesQualifier carriesQualifier qualifierConcept qualifierQuantity qualifierValue "
    # Discrepancies
    "englishSentence chineseSentence englishText chineseText englishRefersTo chineseRefersTo "
    # Statements
    "aspect sign via status belief supportingDocuments opposingDocuments hypothesizingDocuments "
    "crossLingualStatus contradicts disputedBy refines hypothesisOutcome confirmedBy refutedBy "
    "perturbedBy "
    # Notices of publishers
    "Notice concerns noticeDocument standing retractedOn retractedDocuments "
    # How a document was read
    "Reading contentDigest softwareVersion lexicon rules model "
    # Curations
    "curationTag curatedEvidence curatedStatement curatedDocument curatedQuote curatedRule "
    "curatedAgreement curatedConfidence "
    "correctedValue withdraws verdict "
    "rateKind ratePattern rateFamily randomError systematicError "
    # Knowledge sources and what they assert
    "KnowledgeSource CuratedEvidence SourceName Mapping inSource record primarySource "
    "knowledgeLevel agentType originalPredicate originalSubject originalObject "
    "supportingSource opposingSource hypothesizingSource mappingPredicate mappingJustification",
)
RDF = Vocabulary(
    "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type value subject predicate object"
)
RDFS = Vocabulary(
    "rdfs",
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment subClassOf subPropertyOf seeAlso domain range isDefinedBy",
)
XSD = Vocabulary(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "string integer decimal double boolean date dateTime gYear",
)
SKOS = Vocabulary(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Concept prefLabel altLabel hiddenLabel exactMatch closeMatch broadMatch narrowMatch "
    "relatedMatch inScheme broader definition note",
)
DCTERMS = Vocabulary(
    "dcterms",
    "http://purl.org/dc/terms/",
    "identifier title issued source language bibliographicCitation subject type creator created "
    "license "
    "hasVersion references",
)
PROV = Vocabulary("prov", "http://www.w3.org/ns/prov#", "Activity Entity wasGeneratedBy")
BIBO = Vocabulary("bibo", "http://purl.org/ontology/bibo/", "doi pmid")
OA = Vocabulary("oa", "http://www.w3.org/ns/oa#", "Annotation exact hasBody")
BIOLINK = Vocabulary(
    "biolink",
    "https://w3id.org/biolink/vocab/",
    "Association ChemicalEntity Drug Protein Disease PhenotypicFeature BiologicalProcess "
    "AnatomicalEntity OrganismTaxon",
)

# Each mention type and the Biolink class that stands nearest to it.
BIOLINK_CLASSES: dict[MentionType, IRI] = {
    "Drug": BIOLINK.Drug,
    "Protein": BIOLINK.Protein,
    "Disease": BIOLINK.Disease,
    "Outcome": BIOLINK.PhenotypicFeature,
    "Process": BIOLINK.BiologicalProcess,
    "Cell": BIOLINK.AnatomicalEntity,
    "Organism": BIOLINK.OrganismTaxon,
}

# Super-properties of each predicate, nearest first; mirrors parallax.ttl (a test compares them).
SUPER_PREDICATES: dict[Predicate, tuple[IRI, ...]] = {
    "increases": (PLX.affects, PLX.relatedTo),
    "decreases": (PLX.affects, PLX.relatedTo),
    "restores": (PLX.affects, PLX.relatedTo),
    "affects": (PLX.relatedTo,),
    "treats": (PLX.affects, PLX.relatedTo),
    "causes": (PLX.affects, PLX.relatedTo),
    "associated_with": (PLX.relatedTo,),
    "binds": (PLX.relatedTo,),
}
SYMMETRIC_PREDICATES: frozenset[Predicate] = frozenset({"associated_with", "binds"})
PREDICATE_SIGNS: dict[Predicate, Sign] = {"increases": "+", "decreases": "-"}


def camel(name: str) -> str:
    """The camelCase form of a snake_case name, as RDF writes it.

    >>> camel("associated_with")
    'associatedWith'
    """
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """The snake_case form of a camelCase name, as JSON and Python write it.

    >>> snake("associatedWith")
    'associated_with'
    """
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def predicate_iri(predicate: Predicate) -> IRI:
    """The IRI of a predicate: ``associated_with`` → ``plx:associatedWith``."""
    return PLX[camel(predicate)]


def predicate_of(iri: str) -> Predicate:
    """The predicate that an IRI denotes.

    Raises
    ------
    CurieError
        where it is none of the eight predicates of a statement.
    """
    name = snake(iri.removeprefix(PLX.base))
    if name not in PREDICATES:
        raise CurieError("not a predicate of a statement", where=iri)
    return name


def type_iri(kind: MentionType) -> IRI:
    """The class of concepts of a type: ``Drug`` → ``plx:Drug``."""
    return PLX[kind]


def type_of(iri: str) -> MentionType:
    """The mention type that a class denotes."""
    name = iri.removeprefix(PLX.base)
    if name not in MENTION_TYPES:
        raise CurieError("not a type of concepts", where=iri)
    return name


@cache
def converter() -> Converter:
    """The converter of all prefixes of ``ontologies/context.jsonld``, loaded once."""
    from curies import Converter

    return Converter.from_prefix_map(prefixes())


_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')


@cache
def expand(curie: str) -> str:
    """The IRI of a CURIE.

    Raises
    ------
    CurieError
        where the prefix is unknown or the rest cannot stand in an IRI.
    """
    prefix, colon, local = curie.partition(":")
    base = prefixes().get(prefix)
    if not colon or not local or base is None:
        raise CurieError(
            "no such prefix" if colon else "not a CURIE",
            where=curie,
            remedy="use a prefix of ontologies/context.jsonld, as in mesh:D016559",
        )
    if _NOT_IN_IRI.search(local):
        raise CurieError("has characters that no IRI may have", where=curie, remedy="encode them")
    return base + local


def is_curie(text: str) -> bool:
    """Whether a text is a CURIE that `expand` takes.

    >>> is_curie("mesh:D016559"), is_curie("nowhere:1"), is_curie("mesh:a b")
    (True, False, False)
    """
    prefix, colon, local = text.partition(":")
    return bool(colon and local and prefix in _known() and not _NOT_IN_IRI.search(local))


@cache
def _known() -> frozenset[str]:
    return frozenset(prefixes())


@cache
def compress(iri: str) -> str:
    """The CURIE of an IRI.

    Raises
    ------
    CurieError
        where no prefix fits.
    """
    curie = converter().compress(iri)
    if curie is None:
        raise CurieError(
            "no prefix fits this IRI", where=iri, remedy="see ontologies/context.jsonld"
        )
    return curie


def concept_iri(curie: str) -> IRI:
    """The IRI of a concept."""
    return IRI(expand(curie))


def fold(name: str) -> str:
    """A name as it stands in a local identifier: width, case and punctuation folded, Han kept.

    >>> fold("ＣＤ4+  T-cell"), fold("突触蛋白"), fold("TGF-β1")
    ('cd4plus-t-cell', '突触蛋白', 'tgf-β1')
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    text = re.sub(r"[\W_]+", "-", text.replace("+", "plus")).strip("-")
    return text or hashlib.sha256(name.encode()).hexdigest()[:12]


def local_concept(kind: MentionType, name: str) -> str:
    """The CURIE of a concept that has no public identifier, from its type and name."""
    return f"plxc:{kind.lower()}-{fold(name)}"


def document_iri(document: str) -> IRI:
    """The IRI of a document.

    A knowledge source, or a part of one, stands where a document may stand.

    >>> document_iri("doi:10.1/a b").value
    'https://w3id.org/parallax/document/doi:10.1%2Fa%20b'
    >>> document_iri("source:drugmechdb/2").value
    'https://w3id.org/parallax/source/drugmechdb/2'
    """
    if document.startswith(SOURCE):
        return IRI(SOURCE_BASE + quote(document.removeprefix(SOURCE), safe="/"))
    return IRI(DOCUMENT_BASE + quote(document, safe=":"))


def document_graph(document: str) -> IRI:
    """The IRI of the named graph that holds a document, or a part of a knowledge source."""
    if document.startswith(SOURCE):
        return IRI(SOURCE_GRAPH_BASE + quote(document.removeprefix(SOURCE), safe="/"))
    return IRI(DOCUMENT_GRAPH_BASE + quote(document, safe=":"))


def part_iri(document: str, part: str) -> IRI:
    """The IRI of a sentence, mention, evidence or other part: ``<document>#<part>``."""
    return IRI(f"{document_iri(document).value}#{quote(part, safe=':')}")


def document_of(iri: str) -> str:
    """The id of the document to which an IRI of a document, its graph or a part belongs.

    >>> document_of("https://w3id.org/parallax/document/doi:10.1%2Fa%20b#s1")
    'doi:10.1/a b'
    >>> document_of("https://w3id.org/parallax/graph/source/drugmechdb/2")
    'source:drugmechdb/2'
    """
    for base in (SOURCE_BASE, SOURCE_GRAPH_BASE):
        if iri.startswith(base):
            return SOURCE + unquote(iri.removeprefix(base).partition("#")[0])
    for base in (DOCUMENT_BASE, DOCUMENT_GRAPH_BASE):
        if iri.startswith(base):
            return unquote(iri.removeprefix(base).partition("#")[0])
    raise CurieError("not the IRI of a document", where=iri)


def source_of(document: str) -> str | None:
    """The name of the knowledge source that a document's id denotes, or is a part of.

    >>> source_of("source:drugmechdb/2"), source_of("pubmed:1")
    ('drugmechdb', None)
    """
    if not document.startswith(SOURCE):
        return None
    return document.removeprefix(SOURCE).partition("/")[0]


def source_iri(source: str) -> IRI:
    """The IRI of a knowledge source, from its name."""
    return document_iri(SOURCE + source)


def part_of(iri: str) -> str:
    """The id of a part within its document: what follows the ``#``."""
    return unquote(iri.partition("#")[2])


def statement_iri(statement: str) -> IRI:
    """The IRI of a statement, from its id."""
    return IRI(STATEMENT_BASE + statement)


def statement_of(iri: str) -> str:
    """The id of a statement, from its IRI."""
    if not iri.startswith(STATEMENT_BASE):
        raise CurieError("not the IRI of a statement", where=iri)
    return iri.removeprefix(STATEMENT_BASE)
