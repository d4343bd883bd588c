"""Web, worker and beat as `encuentro web`, `worker` and `beat` run them, forked from one process that has imported everything.

So a new one after a kill is there at once, and many kills fit into a few minutes. `python -m
benchmarks.mail_faults_cases.mother FILE` reads a name from standard input and writes the id of a new process, which leads a group; the file has the clock of all of them.
"""

import os
import random
import signal
import sys
from contextlib import suppress
from pathlib import Path

from app import clock
from app.commands import processes
from benchmarks.mail_faults_cases.set_clock import SetClock
from tasks.worker import celery

_RUN = {"web": processes.web, "worker": processes.worker, "beat": processes.beat}


def serve() -> None:
    """Fork the processes that are asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    clock._of_machine = SetClock(Path(sys.argv[1])).now  # noqa: SLF001
    processes._become = lambda *arguments: celery.start(["-q", *arguments])  # noqa: SLF001
    _say("ready")
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            os.setpgid(0, 0)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            random.seed()
            _RUN[line.strip()].main([], standalone_mode=False)
            os._exit(0)
        with suppress(OSError):
            os.setpgid(number, number)  # here as well, so that it leads its group before anybody kills it
        _say(number)


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
