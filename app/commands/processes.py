"""The three processes: web, worker and beat."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import click
from waitress.server import create_server

from app import create_app
from app.config import LARGEST_REQUEST, ROOT, Config

THREADS = 8
CONNECTIONS = 1000
"""Many phones on slow connections hold a connection for a long time; they must not block others."""
_WARNS_OF_ROOT = "You're running the worker with superuser privileges"
"""The start of Celery's warning, which `start` replaces with its own."""


@click.command()
def web() -> None:
    """Serve the pages."""
    settings = Config.from_env()
    server = create_server(
        create_app(settings), host=settings.host, port=settings.port, threads=THREADS, connection_limit=CONNECTIONS,
        ident=None, channel_timeout=120, max_request_body_size=LARGEST_REQUEST,
    )  # fmt: skip

    def finish(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)  # waitress finishes current requests before it stops

    signal.signal(signal.SIGTERM, finish)
    server.run()


@click.command()
def worker() -> None:
    """Run tasks: send emails, compose digests."""
    settings = Config.from_env()
    pool = ["--pool=threads"] if settings.embedded else []
    _become(
        "worker", f"--concurrency={settings.worker_concurrency}", *pool,
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING",
    )  # fmt: skip


@click.command()
def beat() -> None:
    """Schedule periodic tasks for the workers; one process is enough for all machines."""
    settings = Config.from_env()
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    _become("beat", f"--schedule={settings.var_dir / 'beat-schedule'}", "--pidfile=", "--loglevel=WARNING")


def _become(*arguments: str) -> NoReturn:
    """Run Celery in this process; the application itself never imports it."""
    os.chdir(ROOT)
    quiet = ["-W", f"ignore:{_WARNS_OF_ROOT}"]
    os.execv(sys.executable, [sys.executable, *quiet, "-m", "celery", "-A", "tasks.worker", "-q", *arguments])  # noqa: S606
