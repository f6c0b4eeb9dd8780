"""Numbers with their units and what they describe; `find_quantities` is the door."""

from extractors.quantities.reading import find_quantities

__all__ = ["find_quantities"]
