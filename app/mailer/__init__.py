"""Letters leave the house here and nowhere else."""

from email.message import EmailMessage
from urllib.parse import urlsplit

from app.mailer import mailbox, smtp
from app.mailer.outcome import Refused, Unreachable

__all__ = ["Refused", "Unreachable", "send"]


def send(message: EmailMessage, mail_url: str) -> None:
    """Send one letter by the way that `mail_url` names.

    Raises Unreachable where it may be tried again and Refused where that is useless.
    """
    if urlsplit(mail_url).scheme == "mailbox":
        mailbox.keep(message)
    else:
        smtp.send(message, mail_url)
