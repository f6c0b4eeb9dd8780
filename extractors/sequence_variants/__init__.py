"""Variants of genes and proteins, as texts write them, in one notation."""
