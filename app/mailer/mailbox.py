"""The app's own mailbox: where letters land as long as no mail server is set."""

from email.message import EmailMessage

from app import clock
from app.dialects import insert_missing
from app.extensions import db
from app.models.mail.deliveries import MailboxLetter


def keep(message: EmailMessage) -> None:
    """Put a letter into the mailbox; the same letter twice lies there once."""
    row = {
        "message_id": message["Message-ID"],
        "recipient": message["To"],
        "subject": message["Subject"],
        "content": message.as_bytes(),
        "received_at": clock.now(),
    }
    insert_missing(db.session, MailboxLetter.__table__, [row])  # type: ignore[arg-type]
