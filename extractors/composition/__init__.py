"""Names translated by their parts: which concept an unlisted name of the other language means."""
