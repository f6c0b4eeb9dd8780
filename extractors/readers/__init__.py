"""Readers of input: one file for each format, behind `read_documents`."""

from extractors.readers.reading import MAX_CHARACTERS, read_documents
from extractors.readers.records import Annotated, Deletion, Failure, Item

__all__ = ["MAX_CHARACTERS", "Annotated", "Deletion", "Failure", "Item", "read_documents"]
