"""Places, crossings, carriers and services: facts about the world that every account can see."""

from datetime import time
from typing import TypedDict

from sqlalchemy import select, update

from app import clock, gazetteer, zones
from app.dialects.many_rows import insert_missing
from app.domain.accounts import audit, removals
from app.domain.travel import place_names
from app.domain_errors import DomainError, UndecidedError
from app.extensions import db
from app.geography.sphere import distance_km
from app.models.accounts.accounts import User
from app.models.travel.places import Carrier, Crossing, Mode, NetworkEdition, Place, PlaceKind, Service, ServiceSource
from app.queries.travel import carriers
from app.queries.travel import places as place_queries
from app.text import N_, plain, searchable, sort_key


class PlaceValues(TypedDict):
    """What a person records about a place."""

    name: str
    kind: PlaceKind
    code: str | None
    country: str
    timezone: str | None
    latitude: float | None
    longitude: float | None


def add_place(
    *,
    name: str,
    kind: PlaceKind,
    code: str | None,
    country: str,
    timezone: str | None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Place:
    """Record a place, or return the one that already has this name, country and kind.

    If that one was removed, or the one with this code, it is restored.
    """
    code = code.upper() if code else None
    check_point(latitude, longitude)
    known = _known(name, country, kind, code)
    if known is not None:
        if known.removed_at is not None:
            _record_again(known, name, code, timezone, latitude, longitude)
        return known
    check_code(name, country, kind, code)
    zone = timezone or nearest_zone(country, latitude, longitude)
    place = Place(
        name=name, kind=kind, code=code, country=country, timezone=zone, latitude=latitude, longitude=longitude,
        words=searchable(name, code), fir=gazetteer.region_of(country) if kind is PlaceKind.AIRPORT else None,
    )  # fmt: skip
    db.session.add(place)
    db.session.flush()
    audit.note(place, "recorded", {}, facts(place))
    network_changed()
    return place


def check_code(name: str, country: str, kind: PlaceKind, code: str | None) -> None:
    """Raise DomainError if the code of a place belongs to another one."""
    if not code or _known(name, country, kind, code) is not None:
        return
    if place_queries.with_code(code.upper()) is not None:
        raise DomainError("code", N_("Another place already has this code."))


def check_point(latitude: float | None, longitude: float | None) -> None:
    """Raise DomainError if only one of two coordinates is given."""
    if (latitude is None) != (longitude is None):
        raise DomainError("longitude" if longitude is None else "latitude", N_("Enter both, or leave both blank."))


def _known(name: str, country: str, kind: PlaceKind, code: str | None) -> Place | None:
    """Return the place that is recorded again: the one with this name, or a removed one with this code."""
    again = place_queries.removed_as(code.upper(), country, kind) if code else None
    return place_queries.same(name, country, kind) or again


def _record_again(
    place: Place, name: str, code: str | None, timezone: str | None, latitude: float | None, longitude: float | None
) -> None:
    """Restore a removed place under the name that was typed, with the details that were typed.

    Where legs name it, only what it lacks is filled in: their times are shown in its time zone, and what they fly over
    was derived from where it is.
    """
    is_used = place_queries.has_legs(place)
    typed = {"code": code, "timezone": timezone, "latitude": latitude, "longitude": longitude}
    with audit.changing(place, facts):
        for column, value in typed.items():
            if value is not None and (getattr(place, column) is None or not is_used):
                setattr(place, column, value)
        place.name, place.words = name, place_names.renamed(place.words, name, code)
    bring_back(place)


def facts(place: Place) -> audit.Facts:
    """Return what the history of a place tells about it."""
    return audit.facts_of(place, PlaceValues.__annotations__)


def remove(place: Place, *, by: User | None) -> None:
    """Remove a place: it is offered and traveled over no more, and what names it keeps its name."""
    removals.remove(place, by=by)
    network_changed()


def bring_back(place: Place) -> None:
    """Restore a removed place."""
    removals.bring_back(place)
    network_changed()


def zone_of(town: str, country: str) -> str:
    """Return the time zone of a town: that of the known place with its name, or the only one of its country.

    Raises UndecidedError on `timezone` if neither gives an answer.
    """
    there = [place for place in place_queries.search(town, country) if place.country == country]
    named = {place.timezone for place in there if place.sort_key == sort_key(town)} or {one.timezone for one in there}
    possible = sorted(named) or list(zones.of_country(country))
    if len(possible) == 1:
        return possible[0]
    offered = tuple(possible or zones.known())
    raise UndecidedError("timezone", N_("This country has several time zones. Which one applies to the town?"), offered)


def nearest_zone(country: str, latitude: float | None, longitude: float | None, apart_from: Place | None = None) -> str:
    """Return the zone of the nearest known place in the country, or the only one that the country has.

    The place `apart_from` is not asked. Raises UndecidedError on `timezone` if a person has to choose.
    """
    known = place_queries.zones(country, apart_from)
    if len({zone for zone, _point in known}) == 1:
        return known[0][0]
    here = None if latitude is None or longitude is None else (float(latitude), float(longitude))
    near = [(distance_km(here, point), zone) for zone, point in known if here and point]
    if not near:
        possible = zones.of_country(country)
        if len(possible) == 1:
            return possible[0]
        raise UndecidedError("timezone", N_("This country has several time zones. Which one applies there?"), possible)
    return min(near)[1]


class CrossingValues(TypedDict):
    """What a person records about a border crossing."""

    name: str
    near: Place
    far: Place
    mode: Mode
    opens: time | None
    closes: time | None
    minutes: int
    formalities: str | None
    note: str | None
    rank: int


def add_crossing(values: CrossingValues) -> Crossing:
    """Record a crossing; it is not proposed until someone has verified it."""
    crossing = Crossing(banned=False)
    _write_crossing(crossing, values)
    db.session.add(crossing)
    db.session.flush()
    audit.note(crossing, "recorded", {}, _crossing_facts(crossing))
    network_changed()
    return crossing


def change_crossing(crossing: Crossing, values: CrossingValues) -> None:
    """Change what is recorded about a crossing."""
    with audit.changing(crossing, _crossing_facts):
        _write_crossing(crossing, values)
    network_changed()


def verify_crossing(crossing: Crossing, by: User) -> None:
    """Record that someone has verified it: people can cross there, at these hours, with these formalities."""
    with audit.changing(crossing, _crossing_facts):
        crossing.verified_by, crossing.verified_at = by.name, clock.now()
    network_changed()


def ban_crossing(crossing: Crossing, *, banned: bool) -> None:
    """Exclude a crossing from every proposal, or allow it again."""
    with audit.changing(crossing, _crossing_facts):
        crossing.banned = banned
    network_changed()


def doubt_crossing(crossing: Crossing) -> None:
    """Withdraw a verification; the crossing is no longer proposed."""
    with audit.changing(crossing, _crossing_facts):
        crossing.verified_by = crossing.verified_at = None
    network_changed()


def _crossing_facts(crossing: Crossing) -> audit.Facts:
    names = ("name", "mode", "opens", "closes", "minutes", "formalities", "note", "rank", "banned")
    ends = {"near": crossing.near.label, "far": crossing.far.label, "is_verified": crossing.verified_at is not None}
    return ends | audit.facts_of(crossing, names)


def check_sides(near: Place, far: Place) -> None:
    """Raise DomainError if the two sides of a crossing are in the same country."""
    if near.country == far.country:
        raise DomainError("far", N_("Both towns are in the same country."))


def check_new(near: Place, far: Place, name: str, own: Crossing | None = None) -> None:
    """Raise DomainError if another crossing than `own` is recorded with this name between two places."""
    same = select(Crossing).where(Crossing.near_id == near.id, Crossing.far_id == far.id, Crossing.name == name)
    known = db.session.scalar(same)
    if known is not None and known is not own:
        raise DomainError("name", N_("This crossing has already been recorded."))


def _write_crossing(crossing: Crossing, values: CrossingValues) -> None:
    check_sides(values["near"], values["far"])
    if (values["opens"] is None) != (values["closes"] is None):
        raise DomainError("closes" if values["opens"] else "opens", N_("Enter both times, or leave both blank."))
    check_new(values["near"], values["far"], values["name"], crossing)
    crossing.near, crossing.far = values["near"], values["far"]
    for name in ("name", "mode", "opens", "closes", "minutes", "formalities", "note", "rank"):
        setattr(crossing, name, values[name])


class ServiceValues(TypedDict):
    """What a person records about a service that runs."""

    origin: Place
    destination: Place
    mode: Mode
    carrier: str | None
    frequency: int
    minutes: int | None
    cost: int | None
    note: str | None


def check_ends(origin: Place, destination: Place) -> None:
    """Raise DomainError if a service ends where it begins."""
    if origin.id == destination.id:
        raise DomainError("destination", N_("Origin and destination are the same."))


def add_service(values: ServiceValues) -> Service:
    """Record a direct service that an organizer knows to run."""
    check_ends(values["origin"], values["destination"])
    carrier = find_carrier(values["carrier"], create=True)
    service = Service(
        origin=values["origin"],
        destination=values["destination"],
        mode=values["mode"],
        carrier=carrier,
        frequency=values["frequency"],
        fresh=values["frequency"],
        minutes=values["minutes"],
        cost=values["cost"],
        note=values["note"],
        last_confirmed=clock.now().date(),
        source=ServiceSource.ENTERED,
    )
    db.session.add(service)
    db.session.flush()
    network_changed()
    return service


def ban_service(service: Service, *, banned: bool) -> None:
    """Exclude a service from proposals, or allow it again."""
    service.banned = banned
    db.session.flush()
    network_changed()


def find_carrier(text: str | None, number: str | None = None, *, create: bool = False) -> Carrier | None:
    """Return the carrier that a name or code means, or the first letters of a flight number."""
    known = carriers.meant(text, number)
    if known is None and create and text:
        db.session.add(known := Carrier(name=text, key=plain(text), kind="passenger"))
        db.session.flush()
    return known


def network_changed() -> None:
    """Invalidate the copy of the network that every process holds."""
    insert_missing(db.session, NetworkEdition.__table__, [{"id": 1, "number": 0, "changed_at": clock.now()}])  # type: ignore[arg-type]
    db.session.execute(update(NetworkEdition).values(number=NetworkEdition.number + 1, changed_at=clock.now()))
