"""The backup of every night."""

import subprocess
import sys

from celery import shared_task
from flask import current_app

from app.config import ROOT, Config
from tasks.pulse import beat

_EACH = 5
"""Seconds between two signs of life."""


@shared_task
def make() -> None:
    """Make a backup if one is configured. A process of its own does it, so that emails are sent meanwhile.

    It records itself whether it succeeded, and tells the reason in the log.
    """
    settings: Config = current_app.config["SETTINGS"]
    if not settings.makes_backups:
        return
    command = [sys.executable, "-m", "app.commands", "backup", "--gently"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        while True:
            try:
                process.wait(_EACH)
                break
            except subprocess.TimeoutExpired:
                beat()
