"""Single emails that are claimed and recorded as a worker does it with many."""

from contextlib import closing

from app.domain import leases
from app.domain.mail import attempts
from app.extensions import db
from app.jobs.mail.sent_emails import SentEmails


def claim_email(delivery_id, lease):
    """Claim one email, and return the token of the claim, or None if it is not free."""
    token = leases.new_token()
    return token if attempts.claim([delivery_id], token, lease) else None


def record_sent(*delivery_ids):
    """Record that emails were sent; what the session has written is committed before."""
    db.session.commit()
    with closing(SentEmails()) as sent:
        sent.keep(delivery_ids)
    db.session.expire_all()
