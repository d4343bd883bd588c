"""The three processes: web, worker and beat."""

import os
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from types import FrameType
from typing import NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from app import create_app, lifeline, logs
from app.commands import web_server
from app.config import ROOT
from app.domain.accounts import field_keys
from app.extensions import db
from app.startup import settings_of_process

_WARNS_OF_ROOT = "You're running the worker with superuser privileges"
"""The start of Celery's warning, which `start` replaces with its own."""


@click.command()
def web() -> None:
    """Serve the pages."""
    lifeline.hold()
    logs.configure()
    settings = settings_of_process().for_pages()
    app = create_app(settings)
    with app.app_context(), suppress(SQLAlchemyError):
        field_keys.follow(settings.var_dir)
        db.session.remove()
    settings = replace(settings, field_key="")
    try:
        server = web_server.listening(app, settings)
    except (OSError, ValueError) as error:
        raise click.ClickException(
            f"HOST and PORT, {settings.host}:{settings.port}, cannot be used: {error}."
        ) from error

    def finish(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)  # waitress finishes current requests before it stops

    signal.signal(signal.SIGTERM, finish)
    server.run()


@click.command()
def worker() -> None:
    """Run tasks: send emails, compose digests."""
    settings = settings_of_process()
    pool = ["--pool=threads"] if settings.embedded else []
    _become(
        "worker", f"--concurrency={settings.worker_concurrency}", *pool,
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING",
    )  # fmt: skip


@click.command()
def beat() -> None:
    """Schedule periodic tasks for the workers; one process is enough for all machines."""
    settings_of_process()
    _become("beat", "--pidfile=", "--loglevel=WARNING")


def _become(*arguments: str) -> NoReturn:
    """Run Celery in this process; the application itself never imports it."""
    os.chdir(ROOT)
    quiet = ["-W", f"ignore:{_WARNS_OF_ROOT}"]
    os.execv(sys.executable, [sys.executable, *quiet, "-m", "celery", "-A", "tasks.worker", "-q", *arguments])  # noqa: S606
