"""Every page with every role, scope and method against the table that was written by hand, and grants that end meanwhile."""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from app.config import ROOT
from benchmarks import Case

_TESTS = "tests/architecture/test_access.py"
_ONE = "test_the_table_names_every_page_and_no_other"


def cases(quick: bool) -> list[Case]:
    """Run the tests that open every page; return the share of those that find what the table says."""
    chosen = f"{_TESTS}::{_ONE}" if quick else _TESTS
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={report}", chosen],
            cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        suite = ET.parse(report).find("testsuite")  # noqa: S314 - written a moment ago
    if suite is None:
        raise RuntimeError("no test was run")
    tests, failed = int(suite.get("tests", 0)), int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return [
        Case(f"access: {tests} tests of pages, roles, scopes and methods", 100 * (1 - failed / tests), 100, "%", True)
    ]
