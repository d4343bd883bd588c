"""A heartbeat, because a worker process can be alive without processing tasks."""

from contextlib import suppress

from flask import current_app

from app.config import Config
from app.dialects import read_only
from app.domain.accounts import alarms, field_keys
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope


def beat() -> None:
    """Record for the supervisor that a task has just run."""
    settings: Config = current_app.config["SETTINGS"]
    with suppress(OSError):  # a disk that is full holds up no letter
        settings.pulse_file.touch()


def is_locked() -> bool:
    """Return whether the house is locked; then this process has forgotten its key."""
    settings: Config = current_app.config["SETTINGS"]
    read_only(db.session)  # so that it does not wait for others that write
    found = field_keys.follow(settings.var_dir) is not None
    db.session.remove()
    enter_scope(EVERYTHING)
    return found


def beat_for_others() -> None:
    """Record for other machines that a worker works; with SQLite, there are none."""
    settings: Config = current_app.config["SETTINGS"]
    if not settings.embedded:
        alarms.beat()
        db.session.commit()
