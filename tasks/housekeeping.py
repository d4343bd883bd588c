"""Hourly cleanup."""

from celery import shared_task
from flask import current_app

from app.attached_files import Shelf
from app.dialects import keep_statistics
from app.domain import pending, undo
from app.domain.accounts import accounts, ending_roles, factors, passkeys, sessions, submissions
from app.domain.actions import attachments, losing_access, series
from app.domain.congress import delegations, removed_people, resolutions
from app.domain.imports import imports
from app.domain.mail import rates
from app.domain.mobilizing import brigades, coverage, days_of_action, mobilizations, sign_ups, statements, targets
from app.domain.people import mailings, organizations, scheduled_exports, segments
from app.domain.press import feeds, intakes
from app.domain.travel import border_facts
from app.extensions import db
from app.jobs.mail.returned import forget_returned


@shared_task
def sweep() -> None:
    """Delete what is no longer needed, and update the database's statistics."""
    submissions.sweep()
    sessions.sweep()
    factors.carry_out_resets()
    passkeys.sweep()
    pending.sweep()
    intakes.sweep()
    feeds.sweep()
    imports.sweep()
    delegations.sweep()
    removed_people.sweep()
    resolutions.sweep()
    border_facts.sweep()
    organizations.sweep()
    brigades.sweep()
    segments.sweep()
    scheduled_exports.sweep()
    mailings.sweep()
    coverage.sweep()
    mobilizations.sweep()
    statements.sweep()
    days_of_action.sweep()
    targets.sweep()
    sign_ups.sweep()
    series.sweep()
    ending_roles.tell()
    losing_access.end_roles()
    attachments.sweep(Shelf(current_app.config["SETTINGS"].attachments_dir))
    accounts.sweep()
    undo.forget()
    rates.sweep()
    forget_returned()
    keep_statistics(db.session)
    db.session.commit()
