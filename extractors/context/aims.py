"""Parts of an abstract that tell what a study asked, by their printed label (OBJECTIVE, 目的).

What stands under such a label is no finding. Authors begin the part with what is known already,
so only its last sentence is taken for the question.
"""

from __future__ import annotations

from extractors.context.cues import ContextCue
from extractors.context.rules import Context
from extractors.layout import bare
from kg.model import Passage

RULE = "label"


def is_aim(passage: Passage, context: Context) -> bool:
    """Whether the label of a passage is one of the language's labels of an aim."""
    return passage.label is not None and bare(passage.label) in context.aims


def whole_aim(sentence: str) -> ContextCue:
    """A cue without words that governs the whole sentence."""
    whole = (0, len(sentence))
    return ContextCue("aim", RULE, 0, 0, "", whole, whole)
