"""What can become of an email that is sent."""

from dataclasses import dataclass
from enum import StrEnum


class Unreachable(Exception):
    """The email could not be sent now but may be later, or a mailbox not be read: no connection, a busy server, a full mailbox."""

    def __init__(self, words: str, *, reason: str = "away") -> None:
        """For a mailbox, `reason` is a value of `app.models.mail.relays.InboxReason`."""
        super().__init__(words)
        self.reason = reason


class Refused(Exception):
    """The email will never be accepted: there is no such address."""


class Verdict(StrEnum):
    """What a server did with an email."""

    SENT = "sent"
    """It took the email: it answered 250 after the last byte."""
    LATER = "later"
    """It did not take it, and may do so later."""
    NEVER = "never"
    """It will never take it."""
    UNKNOWN = "unknown"
    """The connection was lost after the last byte and before the answer: it may have taken it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one email, with the words of the server or of the error."""

    verdict: Verdict
    words: str = ""
    is_of_relay: bool = False
    """Whether it is about the server or the sender, so that other emails would fare no better."""
