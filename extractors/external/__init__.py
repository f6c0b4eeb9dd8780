"""Readers that others bring: spaCy pipelines, installed distributions, annotations in files."""
