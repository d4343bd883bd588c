"""The memory of a process that sends a digest: `python -m benchmarks.mail_cases.memory`, with settings in its environment."""

import os
import resource
import subprocess
import sys

from flask import Flask

from app import create_app
from app.config import ROOT, Config
from app.jobs.mail.outbox import deliver_due
from app.models.scoping import EVERYTHING, enter_scope
from benchmarks import Case, ground
from benchmarks.mail_cases import members, wire

_TARGET = 150.0
_FLAT = 1.1


def cases(small: int, large: int) -> list[Case]:
    """Measure the largest resident memory for two numbers of members, each in a process that only sends."""
    with wire.sink() as port:
        little, much = (_megabytes(number, port) for number in (small, large))
    return [
        Case("memory of a process that sends the larger digest", much, _TARGET, "MB"),
        Case("memory for the larger to the smaller digest", much / little, _FLAT, "times"),
    ]


def _megabytes(number: int, port: int) -> float:
    with ground.house() as app:
        members.approve(members.draft(members.campaign_of(number)))
        return _of_worker(app, port)


def _of_worker(app: Flask, port: int) -> float:
    settings: Config = app.config["SETTINGS"]
    env = {
        "VAR_DIR": str(settings.var_dir), "DATABASE_URL": settings.database_url, "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "SECRET_KEY": settings.secret_key, "FIELD_KEY": settings.field_key,
    }  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.mail_cases.memory"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | env, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout.split()[-1])


def _measure() -> None:
    with create_app(Config.from_env()).app_context():
        enter_scope(EVERYTHING)
        deliver_due()
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}\n")


if __name__ == "__main__":
    _measure()
