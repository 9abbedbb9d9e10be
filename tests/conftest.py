"""Under ``REACH_NO_SKIP`` a skipped test fails the session.

A skip says that something was missing. A reader may go on without it; the gate, which installs
all that the tests need, must not be green about tests it never ran.
"""

from __future__ import annotations

import os

import pytest


class NoSkip:
    """Remembers what was skipped, names it at the end and spoils the exit code.

    A plugin, not hooks of this file: those would see tests in this folder alone, and the
    package's doctests are elsewhere.
    """

    def __init__(self) -> None:
        self._skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        harmless = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        if self._skipped and session.exitstatus in harmless:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._skipped:
            terminalreporter.section("skipped, though REACH_NO_SKIP is set", red=True)
            for line in self._skipped:
                terminalreporter.line(line)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # An expected failure did run; pytest files it under the skipped all the same.
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            self._skipped.append(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("REACH_NO_SKIP"):
        config.pluginmanager.register(NoSkip(), "reach-no-skip")
