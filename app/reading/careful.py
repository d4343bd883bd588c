"""Parses emails of strangers: `email` takes minutes for long headers, long types and too many parts."""

import email
import re
from email.message import MIMEPart
from email.policy import default

_LONGEST_HEADERS = 200_000
_LONGEST_HEADER = 20_000
_MOST_HEADERS = 1_000
_MOST_PARTS = 100
_MOST_LINES = 1_000
"""Lines that begin like a boundary between two parts."""
_LONGEST_TYPE = 2_000
_MOST_COMPARED = 4_000_000
"""Lines times boundaries: each line is compared with the boundaries of all parts around it."""

_HEADER = re.compile(rb"^([\w-]+):((?:[^\n]|\n[ \t])*)", re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_TYPE = re.compile(rb"^content-[\w-]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_RECIPIENTS = frozenset(
    {b"delivered-to", b"x-original-to", b"envelope-to", b"x-envelope-to", b"to", b"cc", b"resent-to"}
)


def headers_of(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers of a raw email, with their names in lowercase; never parses anything in them."""
    return [(found[1].lower(), found[2].strip()) for found in _HEADER.finditer(_top(raw))]


def recipients_in(headers: list[tuple[bytes, bytes]]) -> str:
    """Return all recipient headers, to be searched for an address."""
    return "\n".join(value.decode("utf-8", "replace") for name, value in headers if name in _RECIPIENTS)


def parsed(raw: bytes) -> MIMEPart | None:
    """Return the parts of an email, or None if it has no headers or parsing it would take too long."""
    message = email.message_from_bytes(raw, policy=default) if _is_reasonable(raw) else None
    return message if message is not None and message.keys() else None


def is_plain_enough(message: MIMEPart) -> bool:
    """Return whether the headers have a normal length: parsing a long one takes minutes."""
    headers = [value for part in message.walk() for _name, value in part.raw_items()]
    return len(headers) <= _MOST_HEADERS and all(len(str(value)) <= _LONGEST_HEADER for value in headers)


def _top(raw: bytes) -> bytes:
    start = raw[:_LONGEST_HEADERS].replace(b"\r\n", b"\n")
    end = _END_OF_HEADERS.search(b"\n" + start)
    return start[: max(0, end.start() - 1)] if end else start


def _is_reasonable(raw: bytes) -> bool:
    boundaries = raw.lower().count(b"boundary")
    if boundaries > _MOST_PARTS or raw.count(b"\n--") > _MOST_LINES or boundaries * raw.count(b"\n") > _MOST_COMPARED:
        return False
    types = [len(found.group()) for found in _TYPE.finditer(raw)]
    return max(types, default=0) <= _LONGEST_TYPE and sum(types) <= _MOST_PARTS * _LONGEST_TYPE // 10
