"""From sentences to typed, grounded mentions; `finding.find_mentions` is the door.

Nothing is imported here: `extractors.grounding` takes single modules of this room, and this room
takes grounding.
"""
