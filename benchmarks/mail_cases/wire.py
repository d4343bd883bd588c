"""What is sent to and measured against: Postfix's `smtp-sink` and `smtp-source`, and a sink that is slow on purpose."""

import os
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.config import ROOT

SESSIONS = 10
"""Connections of `smtp-source`: with so many it is fastest on two cores."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How long some emails took."""

    emails: int
    seconds: float
    cpu: float
    """Seconds of processor."""

    @property
    def rate(self) -> float:
        """Emails a second."""
        return self.emails / self.seconds


def is_there() -> bool:
    """Return whether this machine has what the benchmark needs."""
    return bool(shutil.which("smtp-sink") and shutil.which("smtp-source"))


@contextmanager
def sink() -> Iterator[int]:
    """Run a server on this machine that takes every email and forgets it; return its port."""
    who = ["-u", "nobody"] if os.geteuid() == 0 else []
    with _running(["smtp-sink", *who, "127.0.0.1:{port}", "1000"]) as port:
        yield port


@contextmanager
def slow_sink(*, delay: float = 0.0, certificate: str = "") -> Iterator[int]:
    """Run one that lets each reply wait so many seconds, or that encrypts with a certificate and wants a password."""
    arguments = ["{port}", str(delay), certificate]
    with _running([sys.executable, "-m", "benchmarks.mail_cases.slow_sink", *arguments]) as port:
        yield port


def source(port: int, emails: int, size: int, sessions: int = SESSIONS) -> Sent:
    """Send emails of a size in bytes with `smtp-source`, over connections that stay open."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = ["smtp-source", "-d", "-s", str(sessions), "-m", str(emails), "-l", str(size), f"127.0.0.1:{port}"]
    subprocess.run(command, check=True)  # noqa: S603 - a program of Postfix
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Sent(emails, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


@contextmanager
def _running(command: list[str]) -> Iterator[int]:
    port = _free_port()
    process = subprocess.Popen([one.format(port=port) for one in command], cwd=ROOT)  # noqa: S603 - named above
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server for the benchmark did not start")
