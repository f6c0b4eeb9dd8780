"""The terminology that users import: rows of many sources, kept, merged and compiled."""
