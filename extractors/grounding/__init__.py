"""Which concepts names and mentions denote: scored variants, ranked candidates, the document's say.

>>> sorted(v.text for v in variants("type II diabetes", "en") if v.reasons == ("numeral",))
['type 2 diabete']
"""

from extractors.grounding.candidates import Scored, find_candidates
from extractors.grounding.context import Context, Named, read_context
from extractors.grounding.grounding import ground
from extractors.grounding.variants import Variant, variants

__all__ = [
    "Context",
    "Named",
    "Scored",
    "Variant",
    "find_candidates",
    "ground",
    "read_context",
    "variants",
]
