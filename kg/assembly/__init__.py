"""Assembly: from what was read in one document to statements, evidence and belief.

`assemble` turns one `Extraction` into statements with their evidence; `summarize` says what the
evidence of all documents makes of one statement; `find_conflicts` compares statements about the
same two concepts.
"""

from kg.assembly.belief import belief
from kg.assembly.conflicts import Conflicts, find_conflicts
from kg.assembly.evidence import assemble
from kg.assembly.merge import finding_of, merge, summarize
from kg.assembly.values import Assembled, Finding, Summary, statement_id

__all__ = [
    "Assembled",
    "Conflicts",
    "Finding",
    "Summary",
    "assemble",
    "belief",
    "find_conflicts",
    "finding_of",
    "merge",
    "statement_id",
    "summarize",
]
