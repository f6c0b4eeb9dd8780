"""Notices of publishers: documents that are retracted, corrected or in doubt."""
