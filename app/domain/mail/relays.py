"""Relays that take no emails: asked again at growing distances, while the emails wait untouched."""

from datetime import timedelta

from sqlalchemy import delete, true, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.relays import RelayTrouble
from app.queries.mail import relays

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


def may_be_tried(mail_url: str) -> bool:
    """Return whether it is time to hand emails to a relay."""
    trouble = relays.trouble(mail_url)
    return trouble is None or trouble.next_try_at <= clock.now()


def note(mail_url: str, reason: str) -> None:
    """Record why a relay takes no emails, or, without a reason, that it does; what was known of others is forgotten."""
    name, now = relays.name_of(mail_url), clock.now()
    db.session.execute(delete(RelayTrouble).where(RelayTrouble.relay != name if reason else true()))
    if not reason:
        return
    row = {"relay": name, "reason": "", "since": now, "failures": 0, "next_try_at": now}
    insert_missing(db.session, RelayTrouble.__table__, [row])  # type: ignore[arg-type]
    known = relays.trouble(mail_url)
    if known is not None:
        known.failures += 1
        known.reason = reason[:200]
        known.next_try_at = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(known.failures - 1, 10))
    db.session.flush()


def try_at_once() -> None:
    """Let every relay be tried at once, at a person's request."""
    now = clock.now()
    db.session.execute(update(RelayTrouble).where(RelayTrouble.next_try_at > now).values(next_try_at=now))
