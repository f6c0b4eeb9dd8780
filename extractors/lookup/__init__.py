"""What the terminology knows of a text, and why: for people who ask a lexicon."""
