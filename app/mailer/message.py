"""Building the message from the content of an email."""

import re
from collections.abc import Callable, Mapping
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from app import clock
from app.email_addresses import normalized, on_the_wire, what_no_server_takes
from app.letter import Letter
from app.mailer.outcome import Refused
from app.mailer.template import Marks, Template, quoted

_LINE = 75
"""Characters of an encoded word and of its line (RFC 2047, section 2)."""
_LOOKS_ENCODED = "=?"
_MESSAGE_ID = "message.id.invalid"


class _OnTheWire(EmailPolicy):
    """Writes each header on one line, unless encoded words need several.

    A folded List-Unsubscribe header has broken signatures at a large provider. The standard library would write one
    encoded word of any length on such a line, and RFC 2047 allows 75 characters.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return the header as it is sent."""
        addresses = getattr(value, "addresses", ())
        if self.utf8 or not _needs_encoding(str(value)):
            return str(super().fold(name, value))
        if not addresses:
            return f"{name}: {_encoded(str(value), len(name) + 2)}{self.linesep}"
        written = ", ".join(_mailbox(one, len(name) + 2) for one in addresses)
        return f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header as it is sent, in bytes."""
        return self.fold(name, value).encode("utf-8", "surrogateescape")


_POLICY = _OnTheWire(linesep=SMTP.linesep, max_line_length=998)


def build(letter: Letter, *, sender: str, message_id: str) -> EmailMessage:
    """Build the multipart message; `message_id` belongs to the delivery and is the same for every attempt.

    Raises Refused if no server accepts the address. An address with non-ASCII characters before the @ makes a message
    in UTF-8, which only servers with SMTPUTF8 accept; a domain is written in ASCII, which all of them accept.
    """
    reason = what_no_server_takes(normalized(letter.address))
    if reason:
        raise Refused(reason)
    return _built(letter, on_the_wire(letter.address), quoted, sender=sender, message_id=message_id)


def template_of(letter: Letter, *, sender: str, placeholders: Mapping[str, str]) -> Template:
    """Build the message for many recipients; `placeholders` are the texts in it that differ, by name.

    The slots `recipient` and `message_id` are for the address, whose domain is in ASCII, and for the id.
    """
    marks = Marks({"recipient": letter.address, "message_id": _MESSAGE_ID, **placeholders})
    return marks.template(
        _built(letter, letter.address, marks.quoted, sender=sender, message_id=_MESSAGE_ID).as_bytes()
    )


def envelope_sender(sender: str) -> str:
    """Return the address of a sender that may have a name, with the domain in ASCII."""
    return on_the_wire(parseaddr(sender)[1])


def _built(letter: Letter, address: str, quote: Callable[[str], str], *, sender: str, message_id: str) -> EmailMessage:
    from_address = envelope_sender(sender)
    domain = from_address.rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=_POLICY if address.isascii() else _POLICY.clone(utf8=True))
    message["From"] = Address(_one_line(parseaddr(sender)[0]), addr_spec=from_address)
    message["To"] = address
    message["Subject"] = _literal(_one_line(letter.subject))
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for header, value in letter.headers.items():
        message[header] = _one_line(value)
    message.set_content("", cte="quoted-printable")
    message.add_alternative("", subtype="html", cte="quoted-printable")
    for part, text in zip(message.iter_parts(), (letter.text, letter.html), strict=True):
        part.set_payload(quote(text))
    if letter.calendar is not None:
        message.add_attachment(
            letter.calendar.content.decode(), subtype="calendar", cte="quoted-printable",
            filename=letter.calendar.name, params={"method": letter.calendar.method},
        )  # fmt: skip
    message["Content-Language"] = letter.language  # last, because an attachment takes such headers into its sibling
    return message


def _one_line(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text).strip()


def _needs_encoding(text: str) -> bool:
    return not text.isascii() or _LOOKS_ENCODED in text


def _literal(text: str) -> str:
    """Return text that is decoded to itself, even if a part of it looks like an encoded word."""
    return _encoded(text, 0).replace("\r\n", "") if _LOOKS_ENCODED in text else text


def _encoded(text: str, before: int) -> str:
    """Return text as encoded words, none longer than 75 characters and none ending within a character.

    The first one leaves room for the `before` characters that are already on its line.
    """
    header = Header(text, "utf-8", maxlinelen=_LINE, header_name="x" * max(0, before - 2))
    return header.encode(linesep="\r\n")


def _mailbox(address: Address, before: int) -> str:
    if not _needs_encoding(address.display_name):
        return formataddr((address.display_name, address.addr_spec))
    return f"{_encoded(address.display_name, before)}\r\n <{address.addr_spec}>"
