"""A quick pipeline in place of the standard one, for tests of what stands around it."""

from __future__ import annotations

import pytest

from tests.extractors import fakes


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of `tests.extractors.fakes` as the standard ones."""
    monkeypatch.setattr("extractors.pipeline.standard_steps", lambda _: fakes.steps())
