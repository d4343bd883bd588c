"""Reads what providers that pass emails on post about them: Amazon SES (through SNS), Postmark, Mailgun, SendGrid and Brevo.

Nothing in it makes reading it fail or take long. What says neither that an email was not delivered nor that somebody
complained is left out, whatever it is.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.reading.returned import Came, Returned

LARGEST = 1_000_000
"""Bytes of one post; providers send events together."""
_MOST = 1_000
_LONGEST = 600
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d)")
_UNKNOWN, _INVALID, _FULL, _LATER, _REFUSED, _CONTENT = "5.1.1", "5.1.3", "4.2.2", "4.0.0", "5.7.1", "5.6.0"
"""Codes for what a provider says itself, where the server of the recipient has given none."""
_OF_SES = {
    ("Permanent", ""): _UNKNOWN, ("Transient", ""): _LATER, ("Transient", "MailboxFull"): _FULL,
    ("Transient", "MessageTooLarge"): "5.3.4", ("Transient", "ContentRejected"): _CONTENT,
    ("Transient", "AttachmentRejected"): _CONTENT,
}  # fmt: skip
_OF_POSTMARK = {
    "HardBounce": _UNKNOWN, "BadEmailAddress": _INVALID, "SoftBounce": _LATER, "DnsError": _LATER, "Blocked": _REFUSED,
    "SpamNotification": _REFUSED, "DMARCPolicy": _REFUSED, "VirusNotification": _CONTENT,
}  # fmt: skip
_OF_MAILGUN = {"suppress-bounce": _UNKNOWN, "bounce": "", "generic": "", "old": _LATER, "espblock": _REFUSED}
_OF_SENDGRID = {"bounce": _UNKNOWN, "blocked": _REFUSED}
_DROPPED_BY_SENDGRID = {"bounced address": _UNKNOWN, "invalid": _INVALID}
_OF_BREVO = {"hard_bounce": _UNKNOWN, "invalid_email": _INVALID, "soft_bounce": _LATER, "blocked": _REFUSED}


@dataclass(frozen=True, slots=True)
class _Event:
    """What a provider says of one email to one recipient."""

    kind: Came
    recipient: str
    code: str = ""
    """That of the provider."""
    status: str = ""
    words: str = ""
    sender: str = ""
    """The envelope sender, if the provider tells it."""
    message_id: str = ""


def read_events(raw: bytes) -> list[Returned] | None:
    """Return the bounces and complaints that a provider has posted; None if no known provider writes so. Never raises."""
    posted = _parsed(raw.decode(errors="replace")) if len(raw) <= LARGEST else None
    posted = _enclosed(posted)
    events = [one for one in islice(posted if isinstance(posted, list) else [posted], _MOST) if isinstance(one, dict)]
    known = [(read, one) for one in events if (read := _reader_of(one)) is not None]
    if not known:
        return None
    return [_returned(event, one) for read, one in known for event in islice(read(one), _MOST)][:_MOST]


def _parsed(text: str) -> Any:
    try:
        found = json.loads(text)
        json.dumps(found)  # what is nested too deep for one is so for the other
    except (ValueError, RecursionError):
        return None
    return found


def _enclosed(posted: Any) -> Any:
    """Return what is in the envelope of SNS, or what has none."""
    if isinstance(posted, dict) and posted.get("Type") == "Notification" and isinstance(posted.get("Message"), str):
        return _parsed(posted["Message"])
    return posted


def _reader_of(event: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], Iterator[_Event]] | None:
    """Return what reads an event, by the fields that only one provider has."""
    if isinstance(event.get("mail"), dict) and ("notificationType" in event or "eventType" in event):
        return _ses
    if isinstance(event.get("event-data"), dict):
        return _mailgun
    if "RecordType" in event:
        return _postmark
    if "event" in event and ("sg_event_id" in event or "sg_message_id" in event):
        return _sendgrid
    if "event" in event and "message-id" in event:
        return _brevo
    return None


def _ses(event: Mapping[str, Any]) -> Iterator[_Event]:
    named = {"sender": _text(event, "mail", "source"), "message_id": _text(event, "mail", "commonHeaders", "messageId")}
    what = _text(event, "notificationType") or _text(event, "eventType")
    if what == "Complaint" and _text(event, "complaint", "complaintFeedbackType") != "not-spam":
        for one in _dicts(event, "complaint", "complainedRecipients"):
            yield _Event(Came.COMPLAINT, _text(one, "emailAddress"), **named)
    if what == "Bounce":
        kind, detail = _text(event, "bounce", "bounceType"), _text(event, "bounce", "bounceSubType")
        code = _OF_SES.get((kind, detail), _OF_SES.get((kind, ""), ""))
        for one in _dicts(event, "bounce", "bouncedRecipients"):
            words = _text(one, "diagnosticCode").removeprefix("smtp;").strip()
            yield _Event(Came.BOUNCE, _text(one, "emailAddress"), code, _text(one, "status"), words, **named)


def _postmark(event: Mapping[str, Any]) -> Iterator[_Event]:
    what, recipient = _text(event, "RecordType"), _text(event, "Email")
    kind = _text(event, "Type")
    if what == "SpamComplaint" or kind == "SpamComplaint":
        yield _Event(Came.COMPLAINT, recipient)
    elif what == "Bounce" and kind in _OF_POSTMARK:
        words = _text(event, "Details") or _text(event, "Description")
        yield _Event(Came.BOUNCE, recipient, _OF_POSTMARK[kind], "", words.removeprefix("smtp;").strip())


def _mailgun(posted: Mapping[str, Any]) -> Iterator[_Event]:
    event = posted["event-data"]
    recipient, what, reason = _text(event, "recipient"), _text(event, "event"), _text(event, "reason")
    named = {
        "sender": _text(event, "envelope", "sender"),
        "message_id": _text(event, "message", "headers", "message-id"),
    }
    is_lost = what == "failed" and _text(event, "severity") == "permanent"
    if what == "complained" or (is_lost and reason == "suppress-complaint"):
        yield _Event(Came.COMPLAINT, recipient, **named)
    elif is_lost and reason in _OF_MAILGUN:
        answer = ("delivery-status",)
        said = _text(event, *answer, "message") or _text(event, *answer, "description")
        words = f"{_text(event, *answer, 'code')} {said}".strip()
        status = _text(event, *answer, "enhanced-code")
        yield _Event(Came.BOUNCE, recipient, _OF_MAILGUN[reason], status, words, **named)


def _sendgrid(event: Mapping[str, Any]) -> Iterator[_Event]:
    recipient, what, reason = _text(event, "email"), _text(event, "event"), _text(event, "reason")
    message_id = _text(event, "smtp-id")
    if what == "spamreport" or (what == "dropped" and reason.lower() == "spam reporting address"):
        yield _Event(Came.COMPLAINT, recipient, message_id=message_id)
    elif what == "bounce":
        code = _OF_SENDGRID.get(_text(event, "type"), "")
        yield _Event(Came.BOUNCE, recipient, code, _text(event, "status"), reason, message_id=message_id)
    elif what == "dropped" and reason.lower() in _DROPPED_BY_SENDGRID:
        code = _DROPPED_BY_SENDGRID[reason.lower()]
        yield _Event(Came.BOUNCE, recipient, code, "", reason, message_id=message_id)


def _brevo(event: Mapping[str, Any]) -> Iterator[_Event]:
    recipient, what, message_id = _text(event, "email"), _text(event, "event"), _text(event, "message-id")
    if what in ("spam", "complaint"):
        yield _Event(Came.COMPLAINT, recipient, message_id=message_id)
    elif what in _OF_BREVO:
        yield _Event(
            Came.BOUNCE, recipient, _OF_BREVO[what], "", _text(event, "reason"), message_id=message_id
        )  # fmt: skip


def _returned(event: _Event, posted: Mapping[str, Any]) -> Returned:
    """Return an event as the email that another server would have sent. One that comes again has the same key."""
    inner = posted.get("event-data", posted)
    text = json.dumps([inner, event.recipient], sort_keys=True)
    status = event.status or ("" if _CODE.search(event.words) else event.code)
    return Returned(
        event.kind, hashlib.sha256(text.encode()).hexdigest(), event.sender, status, event.words,
        message_id=event.message_id.strip("<> ").partition("@")[0], recipient=event.recipient,
    )  # fmt: skip


def _text(of: Any, *names: str) -> str:
    """Return the text or number under some names, one within the other, on one line; empty if there is none."""
    for name in names:
        of = of.get(name) if isinstance(of, dict) else None
    if isinstance(of, bool) or not isinstance(of, (str, int)) or (isinstance(of, int) and abs(of) > 1 << 63):
        return ""
    return _CONTROL.sub(" ", str(of)[:_LONGEST]).strip()


def _dicts(of: Mapping[str, Any], name: str, inner: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list."""
    outer = of.get(name)
    found = outer.get(inner) if isinstance(outer, dict) else None
    yield from (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))
