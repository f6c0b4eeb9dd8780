"""What documents report of outcomes, arm against arm; `find_results` is the door."""

from extractors.results.reading import find_results

__all__ = ["find_results"]
