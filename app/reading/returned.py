"""Reads an email that came to the bounce address: a report (RFC 3464, RFC 5965), an automatic reply, or a letter.

It may be from anybody. Nothing in it makes reading it fail or take long, and what it says is only believed by those who
check that it names an email of this house.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message, MIMEPart
from enum import StrEnum
from itertools import islice

from flufl.bounce import all_failures

from app.reading.careful import headers_of, is_plain_enough, parsed, recipients_in
from app.reading.charsets import decoded
from app.reading.refusal_words import AWAY, DELAYED, FAILED, FULL, POLICY, UNKNOWN

LARGEST = 500_000
"""Bytes that are read; reports are at the beginning, before the email that they return."""
_MOST_PARTS = 60
_MOST_GROUPS = 30
_LONGEST_TEXT = 20_000
_LONGEST_WORDS = 600
_LONGEST_ODD = 40_000
"""Bytes in which the shapes of odd servers are looked for, which takes long for many lines."""
_BEFORE = 80
"""Characters that are read before words that are known."""
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ENCLOSED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")
_ARRIVED = {"delivered", "relayed", "expanded"}
_COMPLAINTS = {"abuse", "fraud", "opt-out", "opt-out-list"}
_DAEMONS = re.compile(
    r"mailer-?daemon|mail-?daemon|postmaster|mdaemon|microsoftexchange|mail\.?delivery|bounce", re.IGNORECASE
)
_ANSWER = re.compile(r"(?<![\d.-])[45]\d\d[ -]|\(?#?\b[45]\.\d{1,3}\.\d{1,3}\b")
_COPY = re.compile(
    r"^.{0,30}(?:below (?:this line )?is a copy|this is a copy|original message|unsent message|returned mail|your message reads|message header)"
    r"|^(?:received|return-path|message-id|mime-version|dkim-signature)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the email itself begins, which may contain any words."""
_ANSWERED = re.compile(r"(?:re|fwd?|rv|aw|wg|tr|enc|i|r)[ \t]*:")
_FIELD = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*(?:\r?\n[ \t].*)*)", re.MULTILINE)

logging.getLogger("flufl.bounce").disabled = True  # its lines may contain addresses


class Came(StrEnum):
    """What an email to the bounce address is; the values are those of ReturnedKind."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    NOTICE = "notice"
    AUTOMATIC = "automatic"
    REPLY = "reply"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Returned:
    """An email that came to the bounce address."""

    kind: Came
    key: str
    """SHA-256 in hexadecimal digits, the same if the same email comes again."""
    addresses: str
    """Where a return address of this house may be: the headers with recipients first, then those of the email that is returned."""
    status: str = ""
    words: str = ""
    """What a server said."""
    message_id: str = ""
    """What is before the @ in the Message-ID of the email that is meant, if a provider says so."""
    recipient: str = ""
    """Where that was sent, if a provider says so."""


def read_returned(raw: bytes) -> Returned:
    """Read a raw email, of which only the beginning counts. Never raises."""
    raw = raw[:LARGEST]
    headers = headers_of(raw)
    recipients = recipients_in(headers)
    named = next((value for name, value in headers if name == b"message-id" and value), b"")
    key = hashlib.sha256(named + recipients.encode() if named else raw).hexdigest()
    try:
        message = parsed(raw)
        if message is not None and is_plain_enough(message):
            kind, status, words = _read(message, raw)
            return Returned(kind, key, f"{recipients}\n{_enclosed(message)}", status, words)
    except Exception:  # noqa: BLE001, S110  email raises many types of exceptions for hostile input
        pass
    return Returned(Came.UNREADABLE, key, recipients)


def _read(message: MIMEPart, raw: bytes) -> tuple[Came, str, str]:
    """Return what it is, and the code and the words of a server."""
    groups = [group for part in _parts(message) if part.get_content_type() in _REPORTS for group in _groups(part)]
    groups = [one for one in groups if "action" in one or "final-recipient" in one]
    if groups:
        return _reported(groups, message)
    feedback = [
        group
        for part in _parts(message)
        if part.get_content_type() == "message/feedback-report"
        for group in _groups(part)
    ]
    if feedback:
        is_one = any(one.get("feedback-type", "").lower() in _COMPLAINTS for one in feedback)
        return (Came.COMPLAINT if is_one else Came.NOTICE), "", ""
    if _is_from_server(message, raw):
        return _told(message, raw)
    return (Came.AUTOMATIC if _is_automatic(message) else Came.REPLY), "", ""


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message, but nothing of emails that are attached to it."""
    waiting: list[Message] = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        held = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(held, list):
            waiting += [one for one in held if isinstance(one, Message)]


def _groups(part: Message) -> Iterator[dict[str, str]]:
    """Yield the groups of fields of a report, with their names in lowercase."""
    held = part.get_payload()
    if isinstance(held, list):
        text = "\n\n".join(
            "\n".join(f"{name}: {value}" for name, value in one.raw_items()) for one in islice(held, _MOST_GROUPS)
        )
        text += "".join("\n\n" + _content(one) for one in islice(held, _MOST_GROUPS))
    else:
        text = _content(part)
    for group in islice(re.split(r"\r?\n[ \t]*\r?\n", text), 3 * _MOST_GROUPS):
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(group)}
        if fields:
            yield fields


def _reported(groups: list[dict[str, str]], message: MIMEPart) -> tuple[Came, str, str]:
    """Return what a delivery status says; if the email arrived at one of several places, it arrived."""
    lost = [one for one in groups if _is_lost(one)]
    if not lost or any(one.get("action", "").lower() in _ARRIVED for one in groups):
        return Came.NOTICE, "", ""
    group = lost[0]
    words = group.get("diagnostic-code", "").partition(";")
    said = (words[2] or words[0]).strip()
    if not said or not _ANSWER.search(said):
        said = f"{said} {_answer_in(_text(message))}".strip()
    return Came.BOUNCE, group.get("status", ""), said[:_LONGEST_WORDS]


def _is_lost(group: dict[str, str]) -> bool:
    """Return whether an email did not arrive; some servers have words of their own for that."""
    action = group.get("action", "").lower()
    return action.startswith("fail") or (
        action != "delayed" and action not in _ARRIVED and not group.get("status", "5").startswith(("2", "4"))
    )


def _told(message: MIMEPart, raw: bytes) -> tuple[Came, str, str]:
    """Return what a server's letter says that is no report of the standard."""
    said = _text(message)
    text = f"{_header(message, 'subject')}\n{said}".lower()
    lost = _lost(raw)
    if any(one in text for one in DELAYED) and not lost:
        return Came.NOTICE, "", ""
    if lost or message["X-Failed-Recipients"] is not None or any(one in text for one in (*FAILED, *UNKNOWN)):
        return Came.BOUNCE, "", _answer_in(said)
    return (Came.AUTOMATIC if _is_automatic(message) else Came.UNREADABLE), "", ""


def _lost(raw: bytes) -> bool:
    """Return whether it has one of the shapes of servers that know no standard."""
    message = parsed(raw[:_LONGEST_ODD])
    try:
        _late, lost = all_failures(message) if message is not None else ((), ())
    except Exception:  # noqa: BLE001  it was written for emails of the real world
        return False
    return bool(lost)


def _is_from_server(message: MIMEPart, raw: bytes) -> bool:
    """Return whether a mail server wrote a letter, and not a person or the program of one who is away."""
    subject = _header(message, "subject").lower()
    if any(one in subject for one in AWAY):
        return False
    if message["X-Failed-Recipients"] is not None or message.get_content_type() == "multipart/report":
        return "disposition-notification" not in _header(message, "content-type").lower()
    if _DAEMONS.search(_header(message, "from")):
        return True
    is_about_failure = any(one in subject for one in (*FAILED, *DELAYED)) and not _ANSWERED.match(subject)
    return is_about_failure and (_header(message, "return-path").replace(" ", "") == "<>" or _lost(raw))


def _is_automatic(message: MIMEPart) -> bool:
    """Return whether a program answered (RFC 3834, and what programs wrote before it)."""
    if _header(message, "auto-submitted").lower() not in ("", "no"):
        return True
    if _header(message, "precedence").lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    marks = (
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Auto-Reply-From",
        "X-Mail-Autoreply",
        "X-Vacation",
        "List-Id",
    )
    if any(message[one] is not None for one in marks) or _header(message, "return-path").replace(" ", "") == "<>":
        return True
    if "disposition-notification" in _header(message, "content-type").lower():
        return True
    subject = _header(message, "subject").lower()
    return any(one in subject for one in AWAY)


def _header(message: Message, name: str) -> str:
    """Return a header, decoded; empty if there is none or nobody can read it."""
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001  as in read_returned
        return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def _text(message: MIMEPart) -> str:
    """Return the beginning of what a letter says, without what is attached."""
    kinds = {"text/plain": "", "text/html": ""}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in kinds and len(kinds[kind]) < _LONGEST_TEXT:
            kinds[kind] += _content(part) + "\n"
    marked = re.sub(r"<[^>]{0,500}>", " ", kinds["text/html"][: 3 * _LONGEST_TEXT])
    text = kinds["text/plain"].strip() or marked
    return _COPY.split(text[:_LONGEST_TEXT], maxsplit=1)[0]


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    label = str(part.get_param("charset") or "") if part["content-type"] else ""
    return decoded(payload[: 4 * _LONGEST_TEXT], label)


def _answer_in(text: str) -> str:
    """Return the line of a letter with the answer of a server, and those around it; without one, what is around words that are known."""
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines) if _ANSWER.search(line)), None)
    if at is not None:
        return " ".join(" ".join(lines[max(0, at - 1) : at + 4]).split())[:_LONGEST_WORDS]
    whole = " ".join(text.split())
    places = (whole.lower().find(one) for one in (*UNKNOWN, *FULL, *POLICY))
    first = min((one for one in places if one >= 0), default=0)
    return whole[max(0, first - _BEFORE) : first + _LONGEST_WORDS - _BEFORE]


def _enclosed(message: MIMEPart) -> str:
    """Return the headers of the email that is returned, and the fields of a complaint."""
    found: list[str] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            found += ["\n".join(one.values()) for one in _groups(part)]
        elif kind in _ENCLOSED:
            held = part.get_payload()
            inner = held[0] if isinstance(held, list) and held else None
            raw = (
                "\n".join(str(value) for _name, value in inner.raw_items())
                if isinstance(inner, Message)
                else _content(part)
            )
            found.append(raw[:_LONGEST_TEXT])
    return "\n".join(found)
