"""What curators decide of evidence: kept apart from what was read, and counted with it."""
