"""A heartbeat, because a worker process can be alive without processing tasks."""

from contextlib import suppress

from flask import current_app

from app.config import Config
from app.domain.accounts import alarms
from app.extensions import db


def beat() -> None:
    """Record for the supervisor that a task has just run."""
    settings: Config = current_app.config["SETTINGS"]
    with suppress(OSError):  # a disk that is full holds up no letter
        settings.pulse_file.touch()


def beat_for_others() -> None:
    """Record for other machines that a worker works; with SQLite, there are none."""
    settings: Config = current_app.config["SETTINGS"]
    if not settings.embedded:
        alarms.beat()
        db.session.commit()
