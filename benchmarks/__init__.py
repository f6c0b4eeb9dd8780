"""Benchmarks: each module measures one thing and writes one TSV under ``benchmarks/results``."""
