"""Validation: shapes (SHACL), checks (SPARQL) and quotes (exact substrings) of a whole graph."""

from kg.validation.checks import run_checks
from kg.validation.quotes import check_quotes
from kg.validation.shapes import check_shapes
from kg.validation.validating import validate

__all__ = ["check_quotes", "check_shapes", "run_checks", "validate"]
