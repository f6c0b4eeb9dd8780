"""Scripts that learn the small weight files of the readers: ``python -m benchmarks.training.…``."""
