"""The circumstances of relations and results: in which species, cells, disease and setting."""
