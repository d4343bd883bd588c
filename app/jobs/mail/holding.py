"""What is held back: emails follow what was decided in portions, between those that are sent, and a run that goes wrong is paused.

This module commits, each portion in a transaction of its own.
"""

import time

from app import logs
from app.domain.campaigns import approvals
from app.domain.mail import holds, retries
from app.domain.people import mailings
from app.extensions import db
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.mail.holds import HoldReason
from app.models.people.mailings import Mailing, MailingStatus
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail import failures
from app.queries.mail.holds import Run

_LOOK_EVERY = 2.0
"""Seconds between two looks for runs that go wrong."""
_looked_at = -_LOOK_EVERY


def next_due(limit: int, *, with_bulk: bool) -> list[int]:
    """Return the ids of what is due, after a portion of what is held back has followed."""
    pause_failing()
    follow()
    return delivery_queries.due_ids(limit, with_bulk=with_bulk)


def follow() -> bool:
    """Let a portion of emails follow what was decided about them; return whether there was any."""
    has_followed = holds.settle_some() or retries.carry_out_some()
    db.session.commit()
    return has_followed


def pause_failing() -> None:
    """Pause what is being sent and too often not taken, now and then."""
    global _looked_at  # noqa: PLW0603 - one worker process looks once
    if time.monotonic() < _looked_at + _LOOK_EVERY:
        return
    _looked_at = time.monotonic()
    for run in failures.going_wrong():
        logs.note(
            "too many emails were not taken, so their sending is paused",
            digest=run.digest_id or 0,
            mailing=run.mailing_id or 0,
        )
        _pause(run)
    db.session.commit()


def _pause(run: Run) -> None:
    if run.digest_id is not None:
        digest = db.session.get(Digest, run.digest_id)
        if digest is not None and digest.status is DigestStatus.APPROVED:
            approvals.pause(digest, HoldReason.REFUSALS)
    else:
        mailing = db.session.get(Mailing, run.mailing_id)
        if mailing is not None and mailing.status is MailingStatus.APPROVED:
            mailings.pause(mailing, HoldReason.REFUSALS)
