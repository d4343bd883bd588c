"""What the tests prove: every page with every role against the table written by hand, and no trace of who was erased."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from app.config import ROOT
from benchmarks import Case

_ACCESS = "tests/architecture/test_access.py"
_ERASING = "tests/domain/privacy/test_erasures.py"


@dataclass(frozen=True, slots=True)
class _Run:
    """How many tests were run, and how many of them failed."""

    tests: int
    failed: int


def cases(quick: bool) -> list[Case]:
    """Run the tests, or with `quick` few of them, and count what they found."""
    access = _run(_ACCESS, "table_names_every_page" if quick else "")
    erasing = _run(_ERASING, "no_table" if quick else "no_table or no_file")
    return [
        Case(
            f"access: {access.tests} tests of pages with each role, scope and method, grants that end included",
            100 * (1 - access.failed / access.tests), 100, "%", at_least=True,
        ),
        Case(f"erasing: of {erasing.tests} searches of tables, files and backups, those with a trace", erasing.failed, 0, "searches"),
    ]  # fmt: skip


def _run(path: str, chosen: str) -> _Run:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={report}", path, "-k", chosen],
            cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        suite = ET.parse(report).find("testsuite")  # noqa: S314 - written a moment ago
    if suite is None or not int(suite.get("tests", 0)):
        raise RuntimeError(f"no test of {path} was run")
    return _Run(int(suite.get("tests", 0)), int(suite.get("failures", 0)) + int(suite.get("errors", 0)))
