"""From what a letter says to the message on the wire."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from app import clock
from app.letter import Letter

_POLICY = SMTP.clone(max_line_length=998)
"""A folded List-Unsubscribe header has broken signatures at a large receiver: no header is folded."""


def build(letter: Letter, *, sender: str, message_id: str) -> EmailMessage:
    """Build the multipart message; `message_id` is the delivery's own word, the same over every attempt."""
    name, address = parseaddr(sender)
    domain = address.rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(_one_line(name), addr_spec=address)
    message["To"] = letter.address
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for header, value in letter.headers.items():
        message[header] = _one_line(value)
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
