"""Processes that send a digest, apart from this one."""

import os
import subprocess
import sys
import time

from flask import Flask

from app.config import ROOT, Config
from app.models.campaigns.campaigns import Campaign
from benchmarks import Case, ground
from benchmarks.mail_cases import members, wire
from benchmarks.mail_cases.worker import READY

_TARGET = 1.8
_DELAY = 0.005
_MEMORY = 150.0
_FLAT = 1.1


def cases(app: Flask, campaign: Campaign) -> list[Case]:
    """Measure two processes against one, where the server is not the limit because each reply waits for 5 ms."""
    with wire.slow_sink(delay=_DELAY) as port:
        one, two = (_rate(app, campaign, port, number) for number in (1, 2))
    return [Case("two workers to one, with 5 ms for each reply", two / one, _TARGET, "times", at_least=True)]


def memory_cases(small: int, large: int) -> list[Case]:
    """Measure the largest resident memory of a worker for two numbers of members."""
    with wire.sink() as port:
        little, much = (_megabytes(number, port) for number in (small, large))
    return [
        Case("memory of a process that sends the larger digest", much, _MEMORY, "MB"),
        Case("memory for the larger to the smaller digest", much / little, _FLAT, "times"),
    ]


def _rate(app: Flask, campaign: Campaign, port: int, number: int) -> float:
    queued = members.approve(members.draft(campaign))
    workers = [_Worker(app, port) for _number in range(number)]
    started = time.perf_counter()
    for worker in workers:
        worker.begin()
    for worker in workers:
        worker.end()
    return queued / (time.perf_counter() - started)


def _megabytes(number: int, port: int) -> float:
    with ground.house() as app:
        members.approve(members.draft(members.campaign_of(number)))
        worker = _Worker(app, port)
        worker.begin()
        return worker.end()


class _Worker:
    """A process of the same house that hands emails to a server on this machine."""

    def __init__(self, app: Flask, port: int) -> None:
        """Start it, and wait until it is ready."""
        settings: Config = app.config["SETTINGS"]
        env = {
            "VAR_DIR": str(settings.var_dir), "DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key,
            "FIELD_KEY": settings.field_key, "MAIL_URL": f"smtp://127.0.0.1:{port}",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mail_cases.worker"],
            cwd=ROOT, env=os.environ | env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if self._line() != READY:
            raise RuntimeError("a worker for the benchmark did not start")

    def begin(self) -> None:
        """Let it send."""
        if self._process.stdin:
            self._process.stdin.write("\n")
            self._process.stdin.flush()

    def end(self) -> float:
        """Wait until it has sent everything, and return how many megabytes of memory it has needed at most."""
        megabytes = float(self._line())
        self._process.wait()
        return megabytes

    def _line(self) -> str:
        return self._process.stdout.readline().strip() if self._process.stdout else ""
