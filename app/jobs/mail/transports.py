"""What takes the emails: a relay, or the application's own mailbox while no mail server is configured."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from app.extensions import db
from app.mailer import Envelope, Outcome, Pump, Relay, Result, Verdict, mailbox
from app.mailer.relay import own_name
from app.mailer.template import without_doubled_dots

_TAKEN = Outcome(Verdict.SENT)


class Transport(Protocol):
    """Takes emails; see Pump."""

    trouble: str

    def send(
        self, emails: Iterator[Envelope], settle: Callable[[Sequence[Result]], None], go_on: Callable[[], bool]
    ) -> list[Envelope]:
        """Send emails, and return those that were not begun."""

    def close(self) -> None:
        """End what is open."""


class OwnMailbox:
    """Stores emails as rows. A stored email is committed before it counts as sent."""

    trouble = ""

    def send(
        self, emails: Iterator[Envelope], settle: Callable[[Sequence[Result]], None], go_on: Callable[[], bool]
    ) -> list[Envelope]:
        """Store emails, and return none."""
        while go_on() and (email := next(emails, None)) is not None:
            mailbox.keep(without_doubled_dots(b"".join(email.content)))
            db.session.commit()
            settle([(email, _TAKEN)])
        return []

    def close(self) -> None:
        """Do nothing: nothing is open."""


def transport_for(mail_url: str, *, connections: int) -> Transport:
    """Return what takes the emails for a MAIL_URL."""
    if urlsplit(mail_url).scheme == "mailbox":
        return OwnMailbox()
    return Pump(Relay.of(mail_url), connections=connections, own_name=own_name())
