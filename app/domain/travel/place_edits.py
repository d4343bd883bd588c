"""Edits of places, and what follows from them: the instants of legs, countries flown over, hits, routes."""

from app import gazetteer
from app.domain.accounts import audit
from app.domain.travel import impact, legs, places
from app.domain.travel.places import PlaceValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.scoping import in_every_scope
from app.models.travel.places import Place, PlaceKind
from app.queries.travel import places as place_queries
from app.text import N_, searchable
from app.times import to_typed


def change_place(place: Place, values: PlaceValues) -> None:
    """Change what is recorded about a place. A time zone that is left out is derived from the location.

    What was derived from it is updated, in all congresses. Its legs keep their local times, because these were
    copied from tickets; in another time zone they are other instants. Raises DomainError if they are impossible there.
    """
    check_identity(place, values["name"], values["country"], values["kind"], values["code"])
    check_country(place, values["country"])
    places.check_point(values["latitude"], values["longitude"])
    before = _location(place)
    with in_every_scope():
        used = place_queries.legs_of(place)
        times = [
            (to_typed(leg.departs_at, leg.origin.timezone), to_typed(leg.arrives_at, leg.destination.timezone))
            for leg in used
        ]
        with audit.changing(place, places.facts):
            _write(place, values)
        if _location(place) != before:
            for leg, (departs, arrives) in zip(used, times, strict=True):
                legs.move_ends(leg, departs, arrives)
            for congress_id in sorted({leg.congress_id for leg in used}):
                impact.settle(congress_id)
    places.network_changed()


def check_identity(place: Place, name: str, country: str, kind: PlaceKind, code: str | None) -> None:
    """Raise DomainError if another place has this name, country and kind, or this code."""
    same = place_queries.same(name, country, kind, place)
    if same is not None and same.removed_at is not None:
        raise DomainError("name", N_("A removed place has this name. To restore it, record it again."))
    if same is not None:
        raise DomainError("name", N_("Another place already has this name."))
    coded = place_queries.with_code(code.upper()) if code else None
    if coded is not None and coded is not place:
        raise DomainError("code", N_("Another place already has this code."))


def check_country(place: Place, country: str) -> None:
    """Raise DomainError if a border crossing of a place would have both its sides in `country`."""
    if place_queries.joined_inside(place, country):
        raise DomainError("country", N_("A border crossing here leads to a town in this country."))


def _write(place: Place, values: PlaceValues) -> None:
    code = values["code"].upper() if values["code"] else None
    latitude, longitude = values["latitude"], values["longitude"]
    zone = values["timezone"] or places.nearest_zone(values["country"], latitude, longitude, place)
    if (place.name, place.code) != (values["name"], code):
        place.words = searchable(values["name"], code)
    if (place.country, place.kind) != (values["country"], values["kind"]):
        place.fir = gazetteer.region_of(values["country"]) if values["kind"] is PlaceKind.AIRPORT else None
    place.name, place.kind, place.code = values["name"], values["kind"], code
    place.country, place.timezone = values["country"], zone
    place.latitude, place.longitude = latitude, longitude
    db.session.flush()


def _location(place: Place) -> tuple[object, ...]:
    """Return what legs, hits and countries flown over are derived from."""
    return place.country, place.timezone, place.point, place.fir
