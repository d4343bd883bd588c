"""A sign of life for the supervisor: a worker can live on and never take another task."""

from flask import current_app

from app.config import Config


def beat() -> None:
    """Note that a task ran just now."""
    settings: Config = current_app.config["SETTINGS"]
    settings.pulse_file.touch()
