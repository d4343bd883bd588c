"""A heartbeat for the supervisor, because a worker process can be alive without processing tasks."""

from flask import current_app

from app.config import Config


def beat() -> None:
    """Record that a task has just run."""
    settings: Config = current_app.config["SETTINGS"]
    settings.pulse_file.touch()
