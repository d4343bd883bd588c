"""The lifeline of a child process: a pipe that closes when its supervisor ends, even if that is killed.

A child that outlived its supervisor would hold the port, and send emails that nobody can stop.
"""

import os
import signal
import stat
import threading
import time

VARIABLE = "ENCUENTRO_LIFELINE"
"""The environment variable with the number of the end of the pipe that a child reads."""
PATIENCE = 30
"""Seconds that a child may take to finish its work."""


def hold() -> None:
    """Let this process finish its work and end as soon as its supervisor has ended, if it has one."""
    number = os.environ.pop(VARIABLE, "")
    if number.isdecimal() and _is_pipe(int(number)):
        threading.Thread(target=_wait, args=(int(number),), name="lifeline", daemon=True).start()


def _is_pipe(number: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(number).st_mode)
    except OSError:
        return False


def _wait(number: int) -> None:
    os.set_inheritable(number, False)
    os.read(number, 1)  # nobody writes to it: it returns when the other end is closed
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    time.sleep(PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)
