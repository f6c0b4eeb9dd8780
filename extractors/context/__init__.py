"""What denies, weakens or frames a statement: cues with their scopes, study designs."""

from extractors.context.cues import ContextCue
from extractors.context.finding import ContextReader, find_cues

__all__ = ["ContextCue", "ContextReader", "find_cues"]
