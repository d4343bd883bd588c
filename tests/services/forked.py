"""Worker and beat of a simulated year: forked from one process, so that a new one after a kill takes milliseconds.

`python -m tests.services.forked FOLDER` reads `worker` or `beat` from standard input and writes the pid of a new process.
The folder has the simulated time (`clock`), what beat has posted (`wake-*`) and what workers are at (`busy-*`).
"""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from app import clock, create_app
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope
from tasks import make_celery
from tasks.deliveries import send_due

PAUSE = 0.0005
MOTHER = os.getpid()
"""Its children end with it."""
EACH = 2
"""The number of times that beat wakes a worker: as two beats would."""


def work(folder):
    """Do the task for each wake-up, at the simulated time."""
    while os.getppid() == MOTHER:
        for wake in folder.glob("wake-*"):
            busy = folder / wake.name.replace("wake", f"busy-{os.getpid()}")
            try:
                wake.rename(busy)
            except FileNotFoundError:
                continue
            with clock.travel(datetime.fromisoformat((folder / "clock").read_text())):
                send_due()
            busy.unlink()
        time.sleep(PAUSE)


def beat(folder):
    """Post wake-ups when it begins, and whenever the clock has moved."""
    before = ""
    while os.getppid() == MOTHER:
        now = (folder / "clock").read_text()
        if now != before:
            for number in range(EACH):
                (folder / f"wake-{time.monotonic_ns()}-{number}").touch()
            (folder / "posted").write_text(now)
            before = now
        time.sleep(PAUSE)


def serve(folder):
    """Fork the processes that are asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app = create_app()
    make_celery(app)
    _say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            with app.app_context():
                db.engine.dispose(close=False)
                enter_scope(EVERYTHING)
                {"worker": work, "beat": beat}[line.strip()](folder)
            os._exit(0)
        _say(pid)


def _say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
