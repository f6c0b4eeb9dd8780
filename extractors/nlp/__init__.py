"""Sentences, sections and tokens of a text in either language."""

from extractors.nlp.sentences import split_sentences
from extractors.nlp.tokens import Token, tokenize

__all__ = ["Token", "split_sentences", "tokenize"]
