"""The graph: value types, RDF, store, assembly, search, paths and exports."""
