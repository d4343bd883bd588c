"""A process that sends what is due: `python -m benchmarks.mail_cases.worker`, with settings in its environment.

It says when it is ready, begins when it is told to, and says how much memory it has needed at most.
"""

import sys
from pathlib import Path

from app import create_app
from app.config import Config
from app.jobs.mail.outbox import deliver_due
from app.models.scoping import EVERYTHING, enter_scope

READY = "ready"


def _work() -> None:
    with create_app(Config.from_env()).app_context():
        enter_scope(EVERYTHING)
        _say(READY)
        sys.stdin.readline()
        deliver_due()
    _say(str(_megabytes()))


def _megabytes() -> float:
    """Return the largest resident memory; what `resource` says would include that of the process that started this one."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _work()
