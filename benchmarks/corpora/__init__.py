"""Readers of public corpora, each giving values that a benchmark compares with."""
