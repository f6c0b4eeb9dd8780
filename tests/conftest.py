"""How the suite runs: the same cases each time in CI, and nothing skipped there.

All outside parts are installed in CI, so a skip is a fault. Elsewhere hypothesis looks for new cases.
"""

from __future__ import annotations

import os

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if IN_CI else "here")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run with skipped tests into a failed one, where the environment says CI."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and isinstance(reporter, TerminalReporter):
        skipped = reporter.stats.get("skipped", [])
        if skipped and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            reporter.write_line(f"{len(skipped)} skipped in CI, where nothing may be skipped")
