"""Why an email was not taken, in a few groups, from the words of the server.

The words of a server often contain the address or a number, so they differ from email to email.
"""

import re
from enum import StrEnum
from functools import lru_cache

from app.text import N_

MAY_HAVE_ARRIVED = N_("The connection was lost before the server confirmed it, so it may have arrived.")
"""Why an email that is not sent twice waits for a person."""


class Reason(StrEnum):
    """A group of reasons."""

    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    REJECTED = "rejected"
    """By a filter, or by the rules of the receiving server."""
    BUSY = "busy"
    """The server is busy, or asks to come back later."""
    TOO_LARGE = "too_large"
    UNFIT_ADDRESS = "unfit_address"
    """No server accepts such an address, or this one does not accept its letters."""
    LOST = "lost"
    """The connection was lost."""
    MAY_HAVE_ARRIVED = "may_have_arrived"
    COMPLAINT = "complaint"
    """It arrived, and its recipient called it spam."""
    OTHER = "other"


_REPLY = re.compile(r"(?P<code>[45]\d\d)(?:[ -](?P<status>[45]\.\d{1,3}\.\d{1,3}))?")
_OF_STATUS = (
    (re.compile(r"[45]\.2\.2"), Reason.MAILBOX_FULL),
    (re.compile(r"[45]\.(3\.4|2\.3)"), Reason.TOO_LARGE),
    (re.compile(r"5\.(1\.\d+|2\.1|4\.4)"), Reason.NO_SUCH_ADDRESS),
    (re.compile(r"5\.7\.\d+"), Reason.REJECTED),
    (re.compile(r"4\.\d+\.\d+"), Reason.BUSY),
)
_OF_WORDS = (
    (re.compile(r"full|quota|insufficient.*storage", re.IGNORECASE), Reason.MAILBOX_FULL),
    (re.compile(r"too (large|big)|of this size|size limit", re.IGNORECASE), Reason.TOO_LARGE),
    (re.compile(r"SMTPUTF8|part before the @", re.IGNORECASE), Reason.UNFIT_ADDRESS),
    (re.compile(r"spam|block|policy|reputation|denied|reject.*(content|message)", re.IGNORECASE), Reason.REJECTED),
    (re.compile(r"no such|unknown|not (exist|found)|invalid (user|recipient|mailbox)|unavailable", re.IGNORECASE), Reason.NO_SUCH_ADDRESS),
    (re.compile(r"lost|reset|closed|timed out|timeout|broken pipe", re.IGNORECASE), Reason.LOST),
)  # fmt: skip
_OF_CODE = {"550": Reason.NO_SUCH_ADDRESS, "551": Reason.NO_SUCH_ADDRESS, "553": Reason.NO_SUCH_ADDRESS}
_OF_CODE |= {"552": Reason.MAILBOX_FULL, "452": Reason.MAILBOX_FULL, "554": Reason.REJECTED}


@lru_cache(10_000)
def reason_of(words: str | None) -> Reason:
    """Return the group to which the words of a server or of an error belong."""
    if not words:
        return Reason.OTHER
    if words == MAY_HAVE_ARRIVED:
        return Reason.MAY_HAVE_ARRIVED
    reply = _REPLY.match(words)
    for pattern, reason in _OF_STATUS if reply and reply["status"] else ():
        if pattern.fullmatch(reply["status"]):  # type: ignore[index]
            return reason
    for pattern, reason in _OF_WORDS:
        if pattern.search(words) and not (reply and reply["code"].startswith("4") and reason is Reason.NO_SUCH_ADDRESS):
            return reason
    if reply is None:
        return Reason.OTHER
    return _OF_CODE.get(reply["code"], Reason.BUSY if reply["code"].startswith("4") else Reason.OTHER)
