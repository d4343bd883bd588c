"""Places, crossings, carriers and services."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.countries import code_of
from app.dialects import folded
from app.extensions import db
from app.geography.sphere import distance_km
from app.models.removing import REMOVED
from app.models.travel.journeys import Leg
from app.models.travel.places import Carrier, Crossing, Mode, Place, PlaceKind, Service, ServiceSource
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.naming import by_country, holding
from app.queries.paging import PAGE, Page, holding_or_in, holding_words, page_of
from app.queries.travel import place_matches, place_names
from app.text import plain, sort_key

BESIDE_KM = 60.0
"""The largest straight-line distance in kilometers between a town and its airport."""


def same(name: str, country: str, kind: PlaceKind, apart_from: Place | None = None) -> Place | None:
    """Return the existing place with this name, country and kind, removed or not; `apart_from` is not returned."""
    like = select(Place).where(Place.sort_key == sort_key(name), Place.country == country, Place.kind == kind)
    if apart_from is not None:
        like = like.where(Place.id != apart_from.id)
    return db.session.scalar(like.order_by(Place.removed_at.is_not(None), Place.name != name, Place.id).limit(1))


def with_code(code: str) -> Place | None:
    """Return the place that has this code, removed or not."""
    return db.session.scalar(select(Place).where(Place.code == code))


def removed_as(code: str, country: str, kind: PlaceKind) -> Place | None:
    """Return the removed place that has this code, in the same country and of the same kind."""
    coded = select(Place).where(Place.code == code, Place.country == country, Place.kind == kind)
    return db.session.scalar(coded.where(~kept(Place)))


def legs_of(place: Place) -> Sequence[Leg]:
    """Return the legs in scope that start or end at a place, also those of removed delegations."""
    named = select(Leg).where(or_(Leg.origin_id == place.id, Leg.destination_id == place.id)).order_by(Leg.id)
    return db.session.scalars(named.options(joinedload(Leg.journey)), execution_options=REMOVED).all()


def has_legs(place: Place) -> bool:
    """Return whether legs of any congress, visible or not, name a place."""
    legs = Leg.__table__.c
    named = select(legs.id).where(or_(legs.origin_id == place.id, legs.destination_id == place.id)).limit(1)
    reason = "whether a shared place is used does not depend on who asks"
    return db.session.scalar(named.execution_options(unscoped=reason)) is not None


def search(typed: str, country: str | None = None, limit: int = 12) -> Sequence[Place]:
    """Return at most `limit` places that match what was typed.

    First come places with this code or name, then those with this name in a language that few people there speak, then
    those whose names contain all of its words. Of equals, first come places in `country`, towns, and airports that
    services leave from; the larger towns first.
    """
    if not plain(typed):
        return []
    found = select(Place).where(kept(Place), or_(and_(*holding(Place.words, typed)), place_matches.coded(typed)))
    return db.session.scalars(found.order_by(*place_matches.likelihood(typed, country)).limit(limit)).all()


def labeled(label: str) -> Place | None:
    """Return the place whose label is exactly this text, in any language of members."""
    name, _, country = label.rpartition(", ")
    code = re.search(r"\(([^()]+)\)$", name)
    called = place_matches.named(name)
    match = or_(Place.code == code[1], called) if code else called
    found = select(Place).where(kept(Place), Place.country == country, match)
    found = found.order_by(Place.name != name, Place.kind, func.coalesce(Place.population, 0).desc(), Place.id)
    return next((place for place in db.session.scalars(found) if label in place_names.labels(place)), None)


def meant_by(typed: str, home: str | None = None) -> list[tuple[Place, bool]]:
    """Return the places that typed text may mean, and whether each is called exactly so.

    Text that names a country means places there; otherwise those in `home` come first. A name that a place has only in
    a language that few people there speak counts if no other place is called so.
    """
    exact = labeled(typed)
    if exact:
        return [(exact, True)]
    name, _, last = typed.rpartition(",")
    country = code_of(last) if name else None
    called = name if country else typed
    found = [place for place in search(called, country or home) if country in (None, place.country)]
    likely = [one for one in found if place_matches.is_called(one, called)]
    likely = likely or [one for one in found if place_matches.is_known_as(one, called)]
    return [(one, one in likely) for one in found]


def beside(place: Place, kind: PlaceKind, limit: int = 5) -> list[Place]:
    """Return places of a kind within BESIDE_KM of another in its country.

    First come those with its name, then those that most services leave from, then by distance.
    """
    if place.latitude is None or place.longitude is None:
        return []
    here = (place.latitude, place.longitude)
    runs = select(func.count()).where(Service.origin_id == Place.id).scalar_subquery()
    around = select(Place, runs).where(Place.kind == kind, Place.country == place.country, Place.id != place.id)
    around = around.where(kept(Place), Place.latitude.between(here[0] - 1, here[0] + 1))
    near = [(distance_km(here, one.point), count, one) for one, count in db.session.execute(around) if one.point]
    near = [found for found in near if found[0] <= BESIDE_KM]
    near.sort(key=lambda found: (found[2].sort_key != place.sort_key, -found[1], found[0], found[2].id))
    return [one for _distance, _count, one in near][:limit]


def served(country: str, limit: int = 20) -> Sequence[Place]:
    """Return the places in a country that services leave from, those with the most services first."""
    leaving = select(Place).join(Service, Service.origin_id == Place.id).where(kept(Place), Place.country == country)
    leaving = leaving.group_by(Place.id).order_by(func.count().desc(), Place.sort_key)
    return db.session.scalars(leaving.limit(limit)).all()


def find(typed: str, kind: str, number: int) -> Page[Place]:
    """Return a page of the places by name; `kind` is a value of PlaceKind, or empty for all.

    The names of a place, its code and its country together contain every word of `typed`.
    """
    found = select(Place).where(kept(Place), *holding_or_in(typed, [Place.words], [Place.country]))
    if kind:
        found = found.where(Place.kind == PlaceKind(kind))
    return page_of(found.order_by(Place.sort_key, Place.id), number)


def get_place(place_id: int) -> Place:
    """Return a place, removed or not: whatever names it keeps its name."""
    return one(Place, Place.id == place_id)


def get_kept(place_id: int) -> Place:
    """Return a place that is not removed."""
    return one(Place, kept(Place), Place.id == place_id)


def get_restorable(place_id: int) -> Place:
    """Return a place, removed or not, unless it can no longer be restored."""
    return restorable(Place, Place.id == place_id)


def removed() -> Sequence[Place]:
    """Return the removed places that can be restored, the latest first."""
    return removed_lately(Place)


def by_id(place_ids: Iterable[int]) -> dict[int, Place]:
    """Return places by id."""
    found = select(Place).where(Place.id.in_(set(place_ids)))
    return {place.id: place for place in db.session.scalars(found)}


def zones(country: str, apart_from: Place | None = None) -> list[tuple[str, tuple[float, float] | None]]:
    """Return the time zone of each known place in a country, and the place's coordinates; `apart_from` is left out."""
    known = db.session.scalars(select(Place).where(kept(Place), Place.country == country))
    return [(place.timezone, place.point) for place in known if place is not apart_from]


def joined_inside(place: Place, country: str) -> bool:
    """Return whether a crossing connects a place with a town in `country`."""
    ends = aliased(Place)
    other = or_(
        and_(Crossing.near_id == place.id, Crossing.far_id == ends.id),
        and_(Crossing.far_id == place.id, Crossing.near_id == ends.id),
    )
    return db.session.scalar(select(Crossing.id).join(ends, other).where(ends.country == country).limit(1)) is not None


class CrossingShow(StrEnum):
    """Filter for the list of crossings."""

    USABLE = "usable"
    UNVERIFIED = "unverified"
    BANNED = "banned"


_USABLE = and_(
    Crossing.verified_at.is_not(None), ~Crossing.banned, Crossing.near.has(kept(Place)), Crossing.far.has(kept(Place))
)


def find_crossings(typed: str, show: str, number: int, *, language: str, size: int = PAGE) -> Page[Crossing]:
    """Return a page of the crossings, sorted by their countries' names in `language`, preferred ones first.

    Name, towns and countries together must contain every word of `typed`; `show` is a value of CrossingShow, or empty
    for all.
    """
    near, far = aliased(Place), aliased(Place)
    shown = {
        CrossingShow.USABLE: _USABLE,
        CrossingShow.UNVERIFIED: and_(Crossing.verified_at.is_(None), ~Crossing.banned),
        CrossingShow.BANNED: Crossing.banned,
    }
    words = [folded(Crossing.name), near.words, far.words]
    found = select(Crossing).join(near, near.id == Crossing.near_id).join(far, far.id == Crossing.far_id)
    found = found.where(*holding_or_in(typed, words, [near.country, far.country]))
    if show:
        found = found.where(shown[CrossingShow(show)])
    countries = (by_country(near.country, language), by_country(far.country, language))
    return page_of(found.order_by(*countries, Crossing.rank.desc(), words[0], Crossing.id), number, size=size)


def count_crossings() -> tuple[int, int]:
    """Return how many crossings may be proposed, and how many there are in total."""
    counted = select(func.coalesce(func.sum(case((_USABLE, 1), else_=0)), 0), func.count()).select_from(Crossing)
    usable, recorded = db.session.execute(counted).one()
    return usable, recorded


def get_crossing(crossing_id: int) -> Crossing:
    """Return a crossing."""
    return one(Crossing, Crossing.id == crossing_id)


def crossing_between(one_end: Place, other_end: Place) -> Crossing | None:
    """Return the crossing between two border towns, or the post at one end; if there are several, the preferred one."""
    ends = (one_end.id, other_end.id)
    towns = and_(Crossing.near_id.in_(ends), Crossing.far_id.in_(ends))
    between = select(Crossing).where(or_(towns, Crossing.place_id.in_(ends)))
    return db.session.scalars(between.order_by(Crossing.banned, Crossing.rank.desc(), Crossing.id)).first()


def find_services(typed: str, mode: str, number: int) -> Page[Service]:
    """Return a page of the services that organizers have entered, latest first, and then of those that are built in.

    The places and the carrier together must contain every word of `typed`; `mode` is a value of Mode, or empty for all.
    """
    origin, destination = aliased(Place), aliased(Place)
    whole = (joinedload(Service.origin), joinedload(Service.destination), joinedload(Service.carrier))
    found = select(Service).where(Service.source != ServiceSource.FILE).options(*whole)
    found = found.join(origin, origin.id == Service.origin_id).join(
        destination, destination.id == Service.destination_id
    )
    found = found.outerjoin(Carrier, Carrier.id == Service.carrier_id)
    found = found.where(*holding_words(typed, origin.words, destination.words, Carrier.key))
    if mode:
        found = found.where(Service.mode == Mode(mode))
    return page_of(found.order_by(Service.source == ServiceSource.BUILT_IN, Service.id.desc()), number)


def count_services() -> dict[ServiceSource, int]:
    """Return the number of services from each source."""
    counted = select(Service.source, func.count()).group_by(Service.source)
    return dict.fromkeys(ServiceSource, 0) | {row[0]: row[1] for row in db.session.execute(counted)}


def get_service(service_id: int) -> Service:
    """Return a service."""
    return one(Service, Service.id == service_id)


def alliances() -> Sequence[str]:
    """Return the names of the alliances."""
    named = select(Carrier.alliance).where(Carrier.alliance.is_not(None)).distinct().order_by(Carrier.alliance)
    return [name for name in db.session.scalars(named) if name]


def carrier_names(limit: int = 400) -> Sequence[str]:
    """Return the names of passenger carriers."""
    named = select(Carrier.name).where(Carrier.kind == "passenger", Carrier.country.is_not(None))
    return db.session.scalars(named.order_by(Carrier.key).limit(limit)).all()
