"""MeSH in XML and in ASCII: made-up records of the real forms."""

from __future__ import annotations

import gzip
from pathlib import Path

from kg.terminology.importing.mesh_types import NO_BRANCH, NO_CLASS
from tests.kg.terminology.reading import (
    definitions,
    mappings,
    names,
    parents,
    rows_of,
    skipped,
    write,
)

DESCRIPTORS = """<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20250101.dtd">
<DescriptorRecordSet LanguageCode="eng">
<DescriptorRecord DescriptorClass="1">
 <DescriptorUI>D990001</DescriptorUI>
 <DescriptorName><String>Puffol</String></DescriptorName>
 <TreeNumberList><TreeNumber>D02.990.100</TreeNumber></TreeNumberList>
 <ConceptList>
  <Concept PreferredConceptYN="Y">
   <ConceptUI>M990001</ConceptUI>
   <ConceptName><String>Puffol</String></ConceptName>
   <RegistryNumberList><RegistryNumber>ABCDE12345</RegistryNumber><RegistryNumber>0</RegistryNumber></RegistryNumberList>
   <ScopeNote>A drug that
      exists in tests.</ScopeNote>
   <RelatedRegistryNumberList>
    <RelatedRegistryNumber>50-00-0 (Puffol)</RelatedRegistryNumber>
    <RelatedRegistryNumber>50-01-0 (puffol hydrate)</RelatedRegistryNumber>
   </RelatedRegistryNumberList>
   <TermList>
    <Term ConceptPreferredTermYN="Y" IsPermutedTermYN="N" LexicalTag="NON" RecordPreferredTermYN="Y"><TermUI>T1</TermUI><String>Puffol</String></Term>
    <Term ConceptPreferredTermYN="N" IsPermutedTermYN="N" LexicalTag="ABB" RecordPreferredTermYN="N"><TermUI>T2</TermUI><String>PFL</String></Term>
    <Term ConceptPreferredTermYN="N" IsPermutedTermYN="Y" LexicalTag="NON" RecordPreferredTermYN="N"><TermUI>T3</TermUI><String>Oil, Puff</String></Term>
   </TermList>
  </Concept>
  <Concept PreferredConceptYN="N">
   <ConceptUI>M990002</ConceptUI>
   <ConceptName><String>Puffol Hydrate</String></ConceptName>
   <ScopeNote>Of the other concept.</ScopeNote>
   <ConceptRelationList><ConceptRelation RelationName="NRW"><Concept1UI>M990001</Concept1UI><Concept2UI>M990002</Concept2UI></ConceptRelation></ConceptRelationList>
   <TermList><Term LexicalTag="NON"><TermUI>T4</TermUI><String>Puffol Hydrate</String></Term></TermList>
  </Concept>
  <Concept PreferredConceptYN="N">
   <ConceptUI>M990003</ConceptUI>
   <ConceptRelationList><ConceptRelation RelationName="NRW"><Concept1UI>M990003</Concept1UI><Concept2UI>M990001</Concept2UI></ConceptRelation></ConceptRelationList>
   <TermList><Term LexicalTag="TRD"><TermUI>T5</TermUI><String>Puffols</String></Term></TermList>
  </Concept>
 </ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="1">
 <DescriptorUI>D990002</DescriptorUI>
 <DescriptorName><String>Oils of Fiction</String></DescriptorName>
 <TreeNumberList><TreeNumber>D02.990</TreeNumber></TreeNumberList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="4">
 <DescriptorUI>D990003</DescriptorUI>
 <DescriptorName><String>Fictionland</String></DescriptorName>
 <TreeNumberList><TreeNumber>Z01.990</TreeNumber></TreeNumberList>
</DescriptorRecord>
</DescriptorRecordSet>
"""

SUPPLEMENTS = """<?xml version="1.0"?>
<SupplementalRecordSet LanguageCode="eng">
<SupplementalRecord SCRClass="1">
 <SupplementalRecordUI>C990001</SupplementalRecordUI>
 <SupplementalRecordName><String>PUF1 protein, human</String></SupplementalRecordName>
 <Note>sequence in first source</Note>
 <HeadingMappedToList>
  <HeadingMappedTo><DescriptorReferredTo><DescriptorUI>*D990004</DescriptorUI><DescriptorName><String>Proteins</String></DescriptorName></DescriptorReferredTo></HeadingMappedTo>
 </HeadingMappedToList>
 <ConceptList><Concept PreferredConceptYN="Y"><ConceptUI>M990004</ConceptUI><RegistryNumber>EC 3.1.3.16</RegistryNumber>
  <TermList><Term LexicalTag="NON"><String>PUF1 protein, human</String></Term><Term LexicalTag="NON"><String>puffin</String></Term></TermList>
 </Concept></ConceptList>
</SupplementalRecord>
<SupplementalRecord SCRClass="3">
 <SupplementalRecordUI>C990002</SupplementalRecordUI>
 <SupplementalRecordName><String>Puffing syndrome</String></SupplementalRecordName>
 <Note>A syndrome of tests.</Note>
</SupplementalRecord>
<SupplementalRecord SCRClass="9">
 <SupplementalRecordUI>C990003</SupplementalRecordUI>
 <SupplementalRecordName><String>Puff people</String></SupplementalRecordName>
</SupplementalRecord>
</SupplementalRecordSet>
"""

ASCII = """*NEWRECORD
RECTYPE = D
MH = Puffing
PRINT ENTRY = Puffs|T047|NON|EQV|NLM (1990)|900101|abcdef
ENTRY = PFG|T047|ABB|EQV|NLM (1990)|900101|abcdef
ENTRY = Puffing, Loud|T047|T184|NON|NRW|NLM (1990)|900101|abbcdef
ENTRY = Puffery
MN = C08.990
MN = C23.888.990
MS = Breathing out of tests.
RN = 0
UI = D990001

*NEWRECORD
RECTYPE = C
NM = puffase
RN = EC 3.1.3.16
RR = 50-00-0 (puffase)
SY = Puffalase-like|T116|T126|TRD|NRW|a trade name|900101|abbcdef
ST = T116
ST = T126
HM = *Enzymes of Fiction
UI = C990001

*NEWRECORD
RECTYPE = Q
SH = puffing of
UI = Q990001
"""


def test_descriptors_have_concepts_terms_and_places(tmp_path: Path) -> None:
    rows = rows_of("mesh_xml", write(tmp_path, DESCRIPTORS))
    assert names(rows) == [
        ("mesh:D990001", "Puffol", "en", "label", "Drug"),
        ("mesh:D990001", "PFL", "en", "abbreviation", "Drug"),
        ("mesh:D990001", "Oil, Puff", "en", "exact", "Drug"),
        ("mesh:D990001", "Puffol Hydrate", "en", "narrow", "Drug"),
        ("mesh:D990001", "Puffols", "en", "broad", "Drug"),
        ("mesh:D990002", "Oils of Fiction", "en", "label", "Drug"),
    ]
    assert mappings(rows) == [
        ("mesh:D990001", "skos:closeMatch", "unii:ABCDE12345"),
        ("mesh:D990001", "skos:closeMatch", "cas:50-00-0"),
        ("mesh:D990001", "skos:relatedMatch", "cas:50-01-0"),
    ]
    assert definitions(rows) == [("mesh:D990001", "en", "A drug that exists in tests.")]
    assert parents(rows) == [("mesh:D990001", "is_a", "mesh:D990002")]
    assert skipped(rows) == [("mesh:D990003", NO_BRANCH)]


def test_supplementary_records_have_their_class_and_heading(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(SUPPLEMENTS.encode()))
    rows = rows_of("mesh_xml", path)
    assert names(rows) == [
        ("mesh:C990001", "PUF1 protein, human", "en", "label", "Protein"),
        ("mesh:C990001", "puffin", "en", "exact", "Protein"),
        ("mesh:C990002", "Puffing syndrome", "en", "label", "Disease"),
    ]
    assert mappings(rows) == [
        ("mesh:C990001", "skos:closeMatch", "ec:3.1.3.16"),
        ("mesh:C990001", "skos:broadMatch", "mesh:D990004"),
    ]
    assert definitions(rows) == [("mesh:C990002", "en", "A syndrome of tests.")]
    assert skipped(rows) == [("mesh:C990003", NO_CLASS)]


def test_ascii_records_say_the_same(tmp_path: Path) -> None:
    rows = rows_of("mesh_ascii", write(tmp_path, ASCII))
    assert names(rows) == [
        ("mesh:D990001", "Puffing", "en", "label", "Outcome"),
        ("mesh:D990001", "Puffs", "en", "exact", "Outcome"),
        ("mesh:D990001", "PFG", "en", "abbreviation", "Outcome"),
        ("mesh:D990001", "Puffing, Loud", "en", "narrow", "Outcome"),
        ("mesh:D990001", "Puffery", "en", "exact", "Outcome"),
        ("mesh:C990001", "puffase", "en", "label", "Protein"),
        ("mesh:C990001", "Puffalase-like", "en", "narrow", "Protein"),
    ]
    assert mappings(rows) == [
        ("mesh:C990001", "skos:closeMatch", "ec:3.1.3.16"),
        ("mesh:C990001", "skos:closeMatch", "cas:50-00-0"),
    ]
    assert definitions(rows) == [("mesh:D990001", "en", "Breathing out of tests.")]
    assert skipped(rows) == [("mesh:Q990001", "a qualifier, which is no term")]
