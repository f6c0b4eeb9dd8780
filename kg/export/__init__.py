"""Exports of the graph for other tools; `kg.export.formats` lists them."""
