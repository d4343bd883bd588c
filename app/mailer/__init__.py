"""The only package that sends and receives email."""

from email.message import EmailMessage
from urllib.parse import urlsplit

from app.mailer import mailbox, smtp
from app.mailer.outcome import Refused, Unreachable

__all__ = ["Refused", "Unreachable", "send"]


def send(message: EmailMessage, mail_url: str) -> None:
    """Send one email through the server in `mail_url`. Raises Unreachable if a retry may help and Refused if not."""
    if urlsplit(mail_url).scheme == "mailbox":
        mailbox.keep(message)
    else:
        smtp.send(message, mail_url)
