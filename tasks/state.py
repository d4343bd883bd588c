"""Alarms."""

from celery import shared_task
from flask import current_app

from app.domain.accounts import alarms
from app.extensions import db
from app.queries import state


@shared_task
def watch() -> None:
    """Look at the state of the house, and tell admins of what needs attention for a while."""
    alarms.watch(state.all_lines(current_app.config["SETTINGS"]))
    db.session.commit()
