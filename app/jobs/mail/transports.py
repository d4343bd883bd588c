"""What takes the emails: relays, or the application's own mailbox while no mail server is configured."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from app import mail_settings
from app.config import Config
from app.domain.mail import relays
from app.extensions import db
from app.jobs.mail.fleet import Fleet
from app.mailer import Envelope, Outcome, Pump, Relay, Result, Verdict, mailbox
from app.mailer.channel import REPLY, Patience
from app.mailer.relay import own_name
from app.mailer.template import without_doubled_dots

_SEVERAL = 5.0
"""Seconds for a connection to a relay if there are others that can take over."""
_TAKEN = Outcome(Verdict.SENT)


class Transport(Protocol):
    """Takes emails; see Pump and Fleet."""

    is_urgent: bool
    held: dict[int, datetime]

    @property
    def takes_more(self) -> bool:
        """Whether it takes emails at all."""

    @property
    def full_until(self) -> datetime | None:
        """When it takes emails again, if a plan says that it takes none today."""

    @property
    def states(self) -> Mapping[str, str]:
        """Why relays took no emails, by name; empty where they did."""

    def send(
        self, emails: Iterator[Envelope], settle: Callable[[Sequence[Result]], None], go_on: Callable[[], bool]
    ) -> list[Envelope]:
        """Send emails, and return those that were not begun."""

    def close(self) -> None:
        """End what is open."""


class OwnMailbox:
    """Stores emails as rows. A stored email is committed before it counts as sent."""

    takes_more, full_until = True, None

    def __init__(self) -> None:
        self.is_urgent = False
        self.held: dict[int, datetime] = {}
        self.states: dict[str, str] = {}

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


class OneRelay(Pump):
    """The only relay, if it has no limits."""

    full_until = None

    def __init__(self, relay: Relay) -> None:
        super().__init__(relay, connections=relay.connections, own_name=own_name())
        self.is_urgent = False
        self.held: dict[int, datetime] = {}
        self._discreet = relay.discreet
        self._name = relay.name

    @property
    def takes_more(self) -> bool:
        """Whether it takes emails at all."""
        return not self.trouble

    @property
    def states(self) -> dict[str, str]:
        """Why it took no emails; empty if it did."""
        return {self._name: self._discreet(self.trouble)}


@lru_cache
def _relay(url: str) -> Relay:
    """Return a relay, the same as long as this process lives, with its context of TLS and the session to resume."""
    return Relay.of(url)


def transport_for(settings: Config) -> Transport | None:
    """Return what takes the emails, or None if all relays are in trouble and not to be asked again yet."""
    urls = mail_settings.relay_urls(settings.mail_url)
    if not urls:
        return OwnMailbox()
    found = [_relay(url) for url in urls]
    left_out = relays.left_out({one.name for one in found})
    found = [one for one in found if one.name not in left_out]
    plan, domains = mail_settings.warm_up(settings.mail_warm_up), mail_settings.domain_rates(settings.mail_domain_rates)
    if len(found) == 1 and not (plan or domains or found[0].rate):
        return OneRelay(found[0])
    if not found:
        return None
    patience = Patience(connecting=_SEVERAL if len(found) > 1 else REPLY)
    return Fleet(found, is_whole=not left_out, own_name=own_name(), plan=plan, domains=domains, patience=patience)
