"""From mentions to what affects what; `load_rules` and `find_relations` are the door."""

from extractors.relations.grammar import load_rules
from extractors.relations.reading import find_relations

__all__ = ["find_relations", "load_rules"]
