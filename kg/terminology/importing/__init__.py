"""One file for each format of terminologies: bytes in, rows out, nothing kept."""
