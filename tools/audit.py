"""Compare the locked packages with the published vulnerabilities: `python -m tools.audit PIP_AUDIT`.

Exits with 0 if none is known, 1 if some are, and 75 if they could not be looked up, which is said and takes no longer
than two minutes.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
LONGEST = 120
"""Seconds for all packages."""
_EACH = "5"
"""Seconds for one answer."""


def main(pip_audit: str) -> int:
    """Look the packages up, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            pip_audit, "--require-hashes", "--disable-pip", "-r", str(LOCK), "--progress-spinner", "off",
            "--timeout", _EACH, "--format", "json", "--output", str(report),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)  # noqa: S603 - our own command
        except (OSError, subprocess.TimeoutExpired) as error:
            return _skipped(type(error).__name__)
        try:
            found = json.loads(report.read_text())
        except (OSError, ValueError):
            return _skipped((done.stderr.strip() or "no answer").splitlines()[-1][:200])
    return _tell(found["dependencies"])


def _skipped(reason: str) -> int:
    sys.stdout.write(f"Audit skipped: the list of vulnerabilities could not be reached ({reason}).\n")
    return os.EX_TEMPFAIL


def _tell(packages: list[dict[str, Any]]) -> int:
    vulnerable = [(package, one) for package in packages for one in package.get("vulns", [])]
    for package, one in vulnerable:
        fixed = ", ".join(one["fix_versions"]) or "no version yet"
        sys.stdout.write(f"{package['name']} {package['version']}: {one['id']}, fixed in {fixed}\n")
    sys.stdout.write(f"Audit: {len(vulnerable)} known vulnerabilities in {len(packages)} locked packages.\n")
    return int(bool(vulnerable))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
