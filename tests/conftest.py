"""In CI nothing may be skipped: all outside parts are installed there, so a skip is a fault."""

from __future__ import annotations

import os

import pytest
from _pytest.terminal import TerminalReporter


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run with skipped tests into a failed one, where the environment says CI."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and isinstance(reporter, TerminalReporter):
        skipped = reporter.stats.get("skipped", [])
        if skipped and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            reporter.write_line(f"{len(skipped)} skipped in CI, where nothing may be skipped")
