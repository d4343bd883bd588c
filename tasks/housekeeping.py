"""Hourly cleanup."""

from celery import shared_task

from app.dialects import keep_statistics
from app.domain import undo
from app.domain.accounts import accounts, submissions
from app.domain.actions import series
from app.domain.congress import delegations, removed_people, resolutions
from app.domain.imports import imports
from app.domain.mobilizing import brigades, days_of_action, mobilizations, sign_ups
from app.domain.people import mailings, organizations, scheduled_exports, segments
from app.domain.press import feeds, intakes
from app.extensions import db


@shared_task
def sweep() -> None:
    """Delete what is no longer needed, and update the database's statistics."""
    submissions.sweep()
    intakes.sweep()
    feeds.sweep()
    imports.sweep()
    delegations.sweep()
    removed_people.sweep()
    resolutions.sweep()
    organizations.sweep()
    brigades.sweep()
    segments.sweep()
    scheduled_exports.sweep()
    mailings.sweep()
    mobilizations.sweep()
    days_of_action.sweep()
    sign_ups.sweep()
    series.sweep()
    accounts.sweep()
    undo.forget()
    keep_statistics(db.session)
    db.session.commit()
