"""A letter that somebody forwards: whom it was sent to, what it says without the marks of forwarding, and which page it means."""

import email
import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from urllib.parse import urlsplit

from app.reading.blocks import blocks_of

LARGEST = 5_000_000
"""Bytes; a larger letter is not read at all."""

_LONGEST_BODY = 500_000
_LONGEST_HEADER = 20_000
_MOST_HEADERS = 1_000
_MOST_PARTS = 100
_MOST_LINES = 1_000
"""That begin as the line between two parts does."""

_LONGEST_TYPE = 2_000
_MOST_LINKS = 500
_LONGEST_ADDRESS = 2_000
_RECIPIENTS = frozenset({"delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "resent-to"})

_TYPE = re.compile(rb"^content-[\w-]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_MARK = re.compile(
    r"^[ \t\-_*]*(?:forwarded message|begin forwarded message|original message|mensaje reenviado|inicio del mensaje reenviado"
    r"|mensaje original|mensagem encaminhada|início da mensagem encaminhada|mensagem original|message transféré"
    r"|début du message (?:transféré|réexpédié)|message d['’]origine)\b[ \t\-_*:]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(
    r"^\s*\*?(?:from|to|cc|date|sent|subject|reply-to|de|para|fecha|enviado(?: el| em)?|asunto|responder a|data|assunto"
    r"|à|envoyé|objet|répondre à)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_HREF = re.compile(r"""<a\b[^>]{0,200}?\bhref\s*=\s*["']?\s*(https?://[^\s"'<>]+)""", re.IGNORECASE)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|pdf|mp[34]|zip)$", re.IGNORECASE)
_ABOUT_THE_LETTER = re.compile(
    r"unsubscri|opt-?out|list-manage|darse-?de-?baja|desuscri|desinscri|descadastr|d[eé]sabonn|d[eé]sinscri|preferences"
    r"|preferencias|/baja\b|/share|sharer|/intent/|/login|view-?in-?browser|mailto",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|t|telegram|whatsapp|wa|linkedin|instagram|youtube|youtu|tiktok|pinterest|threads|bsky)"
    r"\.(?:com|me|be|org|net|app)$"
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as far as it brings in an article."""

    recipients: str = ""
    """All that the letter says about whom it was sent to, for a search."""
    key: str = ""
    """Its Message-ID, or what stands for it in a letter without one: SHA-256 in hexadecimal digits."""
    text: str = ""
    """What it says, without the marks of forwarding."""
    url: str | None = None
    """The first address in it that may be an article's."""


def read_mail(raw: bytes) -> Mail:
    """Read a letter as it came over the wire. Never raises; of one that is made to be slow nothing is read."""
    try:
        return _read(raw) if _is_reasonable(raw) else Mail()
    except Exception:  # noqa: BLE001  email raises many kinds for hostile input, and none of them is news
        return Mail()


def without_marks(text: str) -> str:
    """Return what was forwarded: without the forwarder's own words, quotation marks and the headers that were copied."""
    text = _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    mark = _MARK.search(text)
    forwarded = text[mark.end() :] if mark else text
    lines = (_MARK.sub("", forwarded) if mark else forwarded).split("\n")
    return "\n".join(_without_headers(lines)).strip()


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=default)
    if not _is_plain_enough(message):
        return Mail()
    headers = [(name.lower(), str(value)) for name, value in message.raw_items()]
    named = next((value.strip() for name, value in headers if name == "message-id" and value.strip()), "")
    plain, marked = _content(message, "plain"), _content(message, "html")
    text = plain if plain.strip() else "\n\n".join(block.text for block in blocks_of(f"<div>{marked}</div>"))
    kept = without_marks(text)
    return Mail(
        recipients="\n".join(value for name, value in headers if name in _RECIPIENTS),
        key=hashlib.sha256(named.encode("utf-8", "replace") or raw).hexdigest(),
        text=kept,
        url=next(_pages(kept, text, marked), None),
    )


def _is_reasonable(raw: bytes) -> bool:
    """Say whether it can be taken apart in a moment: email takes minutes over a long type and over parts without end."""
    if len(raw) > LARGEST or raw.lower().count(b"boundary") > _MOST_PARTS or raw.count(b"\n--") > _MOST_LINES:
        return False
    types = [len(found.group()) for found in _TYPE.finditer(raw)]
    return max(types, default=0) <= _LONGEST_TYPE and sum(types) <= _MOST_PARTS * _LONGEST_TYPE // 10


def _is_plain_enough(message: EmailMessage) -> bool:
    """Say whether the headers are of a length that they have: parsing a long one takes minutes."""
    headers = [value for part in message.walk() for _name, value in part.raw_items()]
    return len(headers) <= _MOST_HEADERS and all(len(str(value)) <= _LONGEST_HEADER for value in headers)


def _content(message: EmailMessage, kind: str) -> str:
    """Return the letter's text of a kind, or nothing; what is attached is not looked at."""
    try:
        part = message.get_body((kind,))
    except Exception:  # noqa: BLE001  as in read_mail; the other kind may still be fine
        return ""
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        return ""
    try:
        text = payload.decode(str(part.get_content_charset() or "utf-8"), "replace")
    except (LookupError, ValueError):
        text = payload.decode("utf-8", "replace")
    return text[:_LONGEST_BODY]


def _without_headers(lines: list[str]) -> Iterator[str]:
    """Leave out headers where they stand together, and those that begin the text; a lone "De:" amid an article is text."""
    headers = [bool(_HEADER.match(line)) for line in lines]
    written = [place for place, line in enumerate(lines) if line.strip()]
    left_out: set[int] = set()
    for number, place in enumerate(written):
        beside = written[max(0, number - 1) : number] + written[number + 1 : number + 2]
        if headers[place] and (number == len(left_out) or any(headers[one] for one in beside)):
            left_out.add(place)
    return (line for place, line in enumerate(lines) if place not in left_out)


def _pages(kept: str, text: str, marked: str) -> Iterator[str]:
    """Yield the addresses that may be an article's: of what was forwarded first, then of the rest, then of the markup."""
    for where in (kept, text):
        for found in islice(_ADDRESS.finditer(where), _MOST_LINKS):
            yield from _if_page(found.group())
    for found in islice(_HREF.finditer(marked), _MOST_LINKS):
        yield from _if_page(html.unescape(found.group(1)))


def _if_page(address: str) -> Iterator[str]:
    address = _without_ending(address[: 2 * _LONGEST_ADDRESS])
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return
    leads_somewhere = len(parts.path) > 1 or parts.query
    usable = "." in host and len(address) <= _LONGEST_ADDRESS and not _SOCIAL.search(host)
    if usable and leads_somewhere and not _NO_PAGE.search(parts.path) and not _ABOUT_THE_LETTER.search(address):
        yield address


def _without_ending(address: str) -> str:
    """Leave out the stop or bracket that ends a sentence and not the address."""
    address = address.rstrip(".,;:!?'’*_]|")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?'’")
    return address
