"""Reads a forwarded email: its recipients, and the text of the emails that it forwards, inline or attached."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import MIMEPart
from itertools import chain, islice

from app.reading.addresses import cleaned_text
from app.reading.blocks import blocks_of
from app.reading.careful import headers_of, is_plain_enough, parsed, recipients_in
from app.reading.charsets import decoded
from app.reading.forwards import letters_in, letters_in_markup
from app.reading.mail_addresses import pages_in, pages_linked

LARGEST = 5_000_000
"""Bytes. Only the headers of a larger email are read."""
ARTICLE_WORDS = 120
"""An email with at least this many words contains the article itself, a shorter one only its address."""

_LONGEST_BODY = 500_000
_MOST_ATTACHED = 20
_DEEPEST = 5
"""Nesting of emails attached to emails."""

_LETTERS = frozenset({"message/rfc822", "message/global"})


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of an email that matter for an article."""

    text: str = ""
    """The forwarded text, without forwarding markers."""
    url: str | None = None
    """The first address in it that may be an article's."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A received email."""

    recipients: str
    """All recipient headers, to be searched for an address."""
    key: str
    """Its Message-ID, or a SHA-256 hash in hexadecimal digits if it has none."""
    letters: tuple[Letter, ...]
    """The attached emails, or else the email itself; empty if nothing could be read."""


def read_mail(raw: bytes) -> Mail:
    """Read a raw email. Never raises; if parsing it would take too long, only the headers are read."""
    headers = headers_of(raw)
    named = next((value for name, value in headers if name == b"message-id" and value), b"")
    return Mail(
        recipients=recipients_in(headers),
        key=hashlib.sha256(named or raw).hexdigest(),
        letters=tuple(_letters(raw)),
    )


def without_marks(text: str) -> str:
    """Return the forwarded text: the innermost email that is an article or links to one, else the innermost."""
    return _chosen(letters_in(text))


def _letters(raw: bytes) -> list[Letter]:
    """Return the emails that can be read: none if parsing would take too long or fails."""
    try:
        return _parsed(raw, _DEEPEST)
    except Exception:  # noqa: BLE001  email raises many types of exceptions for hostile input
        return []


def _parsed(raw: bytes, depth: int) -> list[Letter]:
    message = parsed(raw) if len(raw) <= LARGEST else None
    return _read(message, depth) if message is not None else []


def _read(message: MIMEPart, depth: int) -> list[Letter]:
    """Return the attached emails, or else the email itself: text next to an attached email is only a remark."""
    if not is_plain_enough(message):
        return []
    attached: list[Letter] = []
    for part in islice(_attached(message), _MOST_ATTACHED if depth > 0 else 0):
        attached += _inside(part, depth - 1)
    own = _own(message)
    wanted = [] if attached and len(own.text.split()) < ARTICLE_WORDS else [own]
    return [letter for letter in wanted + attached if letter.text or letter.url]


def _own(message: MIMEPart) -> Letter:
    plain, marked = _content(message, "plain"), _content(message, "html")
    if plain.strip():
        letters, whole = letters_in(plain), plain
    else:
        paragraphs = [block.text for block in blocks_of(f"<div>{marked}</div>")]
        letters, whole = ["\n\n".join(letter) for letter in letters_in_markup(paragraphs)], "\n\n".join(paragraphs)
    kept = _chosen(letters)
    return Letter(cleaned_text(kept), next(chain(pages_in(kept), pages_in(whole), pages_linked(marked)), None))


def _chosen(letters: list[str]) -> str:
    for letter in reversed(letters):
        if len(letter.split()) >= ARTICLE_WORDS or next(pages_in(letter), None):
            return letter
    return next((letter for letter in reversed(letters) if letter), "")


def _attached(message: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts that contain another email, but not those nested in it."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() in _LETTERS or (part.get_filename() or "").strip().lower().endswith(".eml"):
            yield part
        elif part.is_multipart():
            waiting += part.iter_parts()


def _inside(part: MIMEPart, depth: int) -> list[Letter]:
    """Return the emails in a part; none if it cannot be read, as other parts may still be readable."""
    try:
        held = part.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        if not isinstance(inner, MIMEPart):
            payload = part.get_payload(decode=True)
        elif inner.keys():
            return _read(inner, depth)
        else:  # some programs encode it, which the standard forbids and `email` does not decode
            payload = base64.b64decode(str(inner.get_payload()))
        return _parsed(payload, depth) if isinstance(payload, bytes) else []
    except Exception:  # noqa: BLE001  as in _letters
        return []


def _content(message: MIMEPart, kind: str) -> str:
    """Return the email's text of a type, or an empty string; attachments are ignored."""
    return "\n\n".join(_decoded(part, kind) for part in _bodies(message, kind))[:_LONGEST_BODY]


def _bodies(message: MIMEPart, kind: str) -> list[MIMEPart]:
    """Return the parts of a text: Apple Mail splits it around pictures."""
    try:
        body = message.get_body((kind,))
        parts = list(message.iter_parts()) if message.get_content_type() == "multipart/mixed" else []
    except Exception:  # noqa: BLE001  as in _letters; the other type may still be readable
        return []
    others = [one for one in parts if one is not body and one.get_content_type() == f"text/{kind}" and _is_inline(one)]
    return [body, *others] if body is not None else others


def _is_inline(part: MIMEPart) -> bool:
    return part.get_content_disposition() != "attachment" and not part.get_filename()


def _decoded(part: MIMEPart, kind: str) -> str:
    payload = part.get_payload(decode=True)
    label = str(part.get_content_charset() or "")
    return decoded(payload, label, markup=kind == "html") if isinstance(payload, bytes) else ""
