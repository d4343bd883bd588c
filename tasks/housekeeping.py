"""What has to be swept now and then."""

from celery import shared_task

from app.dialects import keep_statistics
from app.domain import undo
from app.domain.accounts import accounts, submissions
from app.domain.congress import delegations
from app.domain.press import feeds, intakes
from app.extensions import db


@shared_task
def sweep() -> None:
    """Forget what is of no more use."""
    submissions.sweep()
    intakes.sweep()
    feeds.sweep()
    delegations.sweep()
    accounts.sweep()
    undo.forget()
    keep_statistics(db.session)
    db.session.commit()
