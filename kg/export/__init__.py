"""Exports of the graph for other tools."""

from kg.export.rdf import export_rdf, find_graphs

__all__ = ["export_rdf", "find_graphs"]
