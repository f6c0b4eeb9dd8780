"""Where a public identifier is explained: its page at the terminology that gives it out.

>>> page_of("mesh:D016559")
'https://meshb.nlm.nih.gov/record/ui?ui=D016559'
>>> page_of("plxc:protein-突触蛋白") is None
True
"""

from __future__ import annotations

from urllib.parse import quote

# Prefix → address with a gap; others are resolved by Bioregistry.
_PAGES = {
    "mesh": "https://meshb.nlm.nih.gov/record/ui?ui={}",
    "HGNC": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}",
    "CHEBI": "https://www.ebi.ac.uk/chebi/CHEBI:{}",
    "GO": "https://amigo.geneontology.org/amigo/term/GO:{}",
    "MONDO": "https://monarchinitiative.org/MONDO:{}",
    "HP": "https://hpo.jax.org/browse/term/HP:{}",
    "drugbank": "https://go.drugbank.com/drugs/{}",
    "uniprot": "https://www.uniprot.org/uniprotkb/{}",
    "NCBIGene": "https://www.ncbi.nlm.nih.gov/gene/{}",
    "FPLX": "https://sorgerlab.github.io/famplex/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}",
    "doi": "https://doi.org/{}",
    "omim": "https://omim.org/entry/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}
_OWN = ("plx", "plxc")


def page_of(curie: str) -> str | None:
    """The address at which people read about an identifier; None where there is no such place."""
    prefix, colon, local = curie.partition(":")
    if not colon or not local or prefix in _OWN or local.startswith("//"):
        return None
    address = _PAGES.get(prefix)
    encoded = quote(local, safe="/:().-_~")
    if address is None:
        return f"https://bioregistry.io/{quote(prefix, safe='.')}:{encoded}"
    return address.format(encoded)
