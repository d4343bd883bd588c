"""What all processes of a house cost while nothing happens."""

import os
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks import Case
from benchmarks.safety_cases.visitors import house

_TARGET = 1.0
_SETTLING = 30.0
"""Seconds until the processes have done what they do at their start."""


def cases(seconds: float) -> list[Case]:
    """Measure web, worker and beat for some seconds."""
    with house() as running:
        for name in ("web", "worker", "beat"):
            running.start(name)
        time.sleep(min(_SETTLING, seconds))
        before = _cpu(running.running.values())
        time.sleep(seconds)
        used = _cpu(running.running.values()) - before
    return [
        Case("of a core, by web, worker and beat together while nothing happens", used / seconds * 100, _TARGET, "%")
    ]


def _cpu(processes: Iterable["subprocess.Popen[bytes]"]) -> float:
    """Return the seconds of processor that processes and their children have used."""
    roots = {one.pid for one in processes}
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) in roots or int(fields[1]) in roots:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
