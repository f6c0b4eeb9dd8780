"""The two languages of a document laid side by side: `align` is the door."""

from extractors.alignment.document import align

__all__ = ["align"]
