"""Bilingual terms that no terminology has yet, proposed from texts in both languages."""
