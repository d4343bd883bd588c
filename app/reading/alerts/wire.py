"""Alerts of GTFS-Realtime as protocol buffers: only the messages and fields that alerts use, both ways.

See docs/decisions: the wire format of these few fields is smaller than the package that reads all of it, and every length is
checked against what is left, so that no message makes this read or reserve more than its own size.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from app.reading.alerts import UnreadableError

_VARINT, _WIDE, _BYTES, _NARROW = 0, 1, 2, 5
_DEEPEST = 8

_TEXTS: dict[int, Any] = {1: ("translation", {1: ("text", str), 2: ("language", str)}, True)}
_SELECTOR: dict[int, Any] = {
    1: ("agencyId", str), 2: ("routeId", str), 3: ("routeType", int), 5: ("stopId", str), 6: ("directionId", int),
    4: ("trip", {1: ("tripId", str), 5: ("routeId", str), 2: ("startTime", str), 3: ("startDate", str)}, False),
}  # fmt: skip
_ALERT: dict[int, Any] = {
    1: ("activePeriod", {1: ("start", int), 2: ("end", int)}, True), 5: ("informedEntity", _SELECTOR, True), 6: ("cause", int),
    7: ("effect", int), 8: ("url", _TEXTS, False), 10: ("headerText", _TEXTS, False), 11: ("descriptionText", _TEXTS, False),
    14: ("severityLevel", int),
}  # fmt: skip
FEED: dict[int, Any] = {
    1: ("header", {1: ("gtfsRealtimeVersion", str), 2: ("incrementality", int), 3: ("timestamp", int)}, False),
    2: ("entity", {1: ("id", str), 2: ("isDeleted", int), 5: ("alert", _ALERT, False)}, True),
}
"""Fields by number: their name in JSON, and either str or int, or the fields of a message and whether it is repeated."""


def decode(data: bytes) -> dict[str, Any]:
    """Return a FeedMessage as its JSON; raises UnreadableError if the bytes are none."""
    return _message(memoryview(data), FEED, 0)


def encode(feed: dict[str, Any]) -> bytes:
    """Return the bytes of a FeedMessage that is given as JSON; enumerations are numbers."""
    return b"".join(_encoded(feed, FEED))


def _message(data: memoryview, fields: dict[int, Any], depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        raise UnreadableError("The message is nested too deeply.")
    found: dict[str, Any] = {}
    for number, value in _parts(data):
        if number not in fields:
            continue
        name, kind, *repeated = fields[number]
        if kind is int and isinstance(value, int):
            found[name] = value
        elif kind is str and isinstance(value, memoryview):
            found[name] = bytes(value).decode("utf-8", "replace")
        elif isinstance(kind, dict) and isinstance(value, memoryview):
            inner = _message(value, kind, depth + 1)
            if repeated[0]:
                found.setdefault(name, []).append(inner)
            else:
                found[name] = inner
        else:
            raise UnreadableError("A field has the wrong type.")
    return found


def _parts(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield the fields of a message: its numbers as integers, everything else as bytes."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, place = _varint(data, place)
            yield number, value
            continue
        if kind == _BYTES:
            length, place = _varint(data, place)
        elif kind in (_WIDE, _NARROW):
            length = 8 if kind == _WIDE else 4
        else:
            raise UnreadableError("This is no message of GTFS-Realtime.")
        if number == 0 or length > len(data) - place:
            raise UnreadableError("This is no message of GTFS-Realtime.")
        yield number, data[place : place + length]
        place += length


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    value = 0
    for step in range(10):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        value |= (byte & 127) << (7 * step)
        if byte < 128:
            return value, place
    raise UnreadableError("This is no message of GTFS-Realtime.")


def _encoded(message: dict[str, Any], fields: dict[int, Any]) -> Iterator[bytes]:
    for number, (name, kind, *repeated) in sorted(fields.items()):
        given = message.get(name)
        if given is None:
            continue
        for value in given if repeated and repeated[0] else (given,):
            if kind is int:
                yield _number(number << 3 | _VARINT) + _number(int(value))
                continue
            inner = value.encode() if kind is str else b"".join(_encoded(value, kind))
            yield _number(number << 3 | _BYTES) + _number(len(inner)) + inner


def _number(value: int) -> bytes:
    parts: list[int] = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])


def texts(given: Any, languages: Sequence[str]) -> str | None:
    """Return a translated string in the first of these languages that it has, or in its first one."""
    listed = [one for one in (given or {}).get("translation", []) if isinstance(one, dict) and one.get("text")]
    for language in languages:
        for one in listed:
            if str(one.get("language", "")).lower().startswith(language):
                return str(one["text"])
    return str(listed[0]["text"]) if listed else None
