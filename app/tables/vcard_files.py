"""Writes vCard 4.0 (RFC 6350)."""

import re
from collections.abc import Iterable, Iterator

from app.tables.cards import Address, Card

_FOLD_AT = 75
"""Bytes of a line, without its end."""
_E164 = re.compile(r"\+\d{3,15}$")
_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
_NEWLINES = re.compile(r"\r\n?")


def vcards(cards: Iterable[Card]) -> Iterator[bytes]:
    """Yield the bytes of each card."""
    for card in cards:
        yield b"".join(_folded(line) for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"KIND:{'org' if card.is_organization else 'individual'}"
    yield f"FN:{_text(card.full_name)}"
    if card.family_name or card.given_name:
        yield f"N:{_text(card.family_name)};{_text(card.given_name)};;;"
    if card.other_names:
        yield f"NICKNAME:{','.join(_text(name) for name in card.other_names)}"
    yield from _preferred("EMAIL", card.emails)
    for number, phone in enumerate(card.phones, start=1):
        is_number = _E164.match(phone)
        yield f"TEL;VALUE=uri;PREF={number}:tel:{phone}" if is_number else f"TEL;PREF={number}:{_text(phone)}"
    yield from _preferred("ORG", card.organizations)
    if card.post:
        yield f"TITLE:{_text(card.post)}"
    yield from _preferred("LANG", card.languages)
    for address in card.addresses:
        yield f"ADR:{_address(address)}"
    if card.note:
        yield f"NOTE:{_text(card.note)}"
    if card.uid:
        yield f"UID:{_text(card.uid)}"
    yield "END:VCARD"


def _preferred(name: str, values: Iterable[str]) -> Iterator[str]:
    for number, value in enumerate(values, start=1):
        yield f"{name};PREF={min(number, 100)}:{_text(value)}"


def _address(address: Address) -> str:
    parts = ("", "", address.street, address.locality, address.region, address.code, address.country)
    return ";".join(_text(part) for part in parts)


def _text(value: str) -> str:
    return _NEWLINES.sub("\n", value).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Return a line in pieces that do not divide a character."""
    data = line.encode("utf-8", "replace")
    pieces = []
    room = _FOLD_AT
    while len(data) > room:
        end = room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[:end])
        data = data[end:]
        room = _FOLD_AT - 1
    return b"\r\n ".join([*pieces, data]) + b"\r\n"
