"""Loads the built-in ferry and train lines as services between all their stops. Safe to run again."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, select, update

from app import gazetteer
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.travel.places import Mode, Place, PlaceKind, Service, ServiceSource

_BATCH = 500
Key = tuple[str, str, PlaceKind]
"""The name, country and kind of a place in the built-in data."""
_Ends = tuple[int, int, Mode]


def load(otherwise: Mapping[Key, int] = MappingProxyType({})) -> None:
    """Record every line that is missing, correct the figures of known ones, and drop those that are no longer listed.

    What organizers have banned stays banned. `otherwise` are the places that are recorded under another name.
    """
    wanted = _services(numbers(otherwise))
    source = Service.source == ServiceSource.BUILT_IN
    recorded = db.session.execute(
        select(Service.id, Service.origin_id, Service.destination_id, Service.mode).where(source)
    )
    known = {(row.origin_id, row.destination_id, row.mode): row.id for row in recorded}
    gone = [known[ends] for ends in known.keys() - wanted.keys()]
    for start in range(0, len(gone), _BATCH):
        db.session.execute(delete(Service).where(Service.id.in_(gone[start : start + _BATCH])))
    changed = [{"id": known[ends], **_figures(wanted[ends])} for ends in known.keys() & wanted.keys()]
    if changed:
        db.session.execute(update(Service), changed)
    new = [wanted[ends] for ends in wanted.keys() - known.keys()]
    for start in range(0, len(new), _BATCH):
        insert_missing(db.session, Service.__table__, new[start : start + _BATCH])  # type: ignore[arg-type]


def _figures(service: dict[str, Any]) -> dict[str, Any]:
    return {name: service[name] for name in ("frequency", "fresh", "minutes", "last_confirmed", "note")}


def _services(number: Mapping[Key, int]) -> dict[_Ends, dict[str, Any]]:
    """Return the services of all lines by their ends and mode, in both directions; of several, the fastest."""
    found: dict[_Ends, dict[str, Any]] = {}
    for line in gazetteer.read("lines"):
        for one, other, minutes in _legs(line):
            ends = [number[stop["name"], stop["country"], kind_of(stop)] for stop in (one, other)]
            for origin, destination in (ends, ends[::-1]):
                key = (origin, destination, Mode(line["mode"]))
                before = found.get(key)
                weekly = line["weekly"] + (before["frequency"] if before else 0)
                fastest = min(minutes, before["minutes"]) if before else minutes
                found[key] = _service(key, line, weekly, fastest)
    return found


def numbers(otherwise: Mapping[Key, int]) -> dict[Key, int]:
    """Return the id of each place by its name in the built-in data."""
    listed = db.session.execute(select(Place.id, Place.name, Place.country, Place.kind))
    return {**otherwise, **{(row.name, row.country, row.kind): row.id for row in listed}}


def _legs(line: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], int]]:
    """Return every pair of stops of a line, and the minutes between them."""
    at = [0]
    for _, stop in pairwise(line["stops"]):
        at.append(at[-1] + stop["minutes"])
    for (one, leaves), (other, reaches) in combinations(zip(line["stops"], at, strict=True), 2):
        yield one, other, reaches - leaves


def kind_of(stop: dict[str, Any]) -> PlaceKind:
    """Return whether a stop is a port or a town: trains stop in their town."""
    return PlaceKind.PORT if stop.get("port") else PlaceKind.CITY


def _service(key: _Ends, line: dict[str, Any], weekly: int, minutes: int) -> dict[str, Any]:
    year, month = map(int, line["checked"].split("-"))
    return {
        "origin_id": key[0], "destination_id": key[1], "mode": key[2], "carrier_id": None, "frequency": weekly,
        "fresh": weekly, "minutes": minutes, "last_confirmed": date(year, month, 1),
        "source": ServiceSource.BUILT_IN, "note": _operator(line), "banned": False,
    }  # fmt: skip


def _operator(line: dict[str, Any]) -> str | None:
    """Return the name of the operator; other sources are described in lower case, in one language only."""
    source: str = line["source"]
    return source if source[0].isupper() else None
