"""From sentences to typed, grounded mentions; `find_mentions` and `load_lexicon` are the door."""

from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import load_lexicon

__all__ = ["find_mentions", "load_lexicon"]
