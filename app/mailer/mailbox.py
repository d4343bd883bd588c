"""The application's own mailbox: where emails are stored while no mail server is configured."""

from email import message_from_bytes
from email.policy import default

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.deliveries import MailboxLetter


def keep(raw: bytes) -> None:
    """Store an email in the mailbox; the same email twice is stored once."""
    message = message_from_bytes(raw, policy=default)
    row = {
        "message_id": message["Message-ID"],
        "recipient": message["To"],
        "subject": message["Subject"],
        "content": raw,
        "received_at": clock.now(),
    }
    insert_missing(db.session, MailboxLetter.__table__, [row])  # type: ignore[arg-type]
