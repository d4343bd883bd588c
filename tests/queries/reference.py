"""A simple reference for hits: plain Python that checks every quarter of an hour.

It uses neither queries nor the code under test, except to load rows and to find the countries that a flight crosses.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from app.gazetteer import region_of
from app.geography.flights import overflown
from app.geography.sphere import distance_km
from app.models.travel.hits import HitKind
from app.models.travel.journeys import HITTABLE
from app.models.travel.places import Mode, PlaceKind
from app.models.travel.problems import Effect, EntityKind

QUARTER = timedelta(minutes=15)
ALL = None
"""Stands for all travelers of the leg instead of a single person."""

K = EntityKind
AREAS = (K.COUNTRY, K.COUNTRY_AIRSPACE, K.FIR)
AREA = 8
"""For how many quarters of an hour after its departure and before its arrival a flight is in the area of its end."""


def is_traveled_in(leg, period):
    """Return whether the leg is traveled at any time in the period; all times are whole quarters of an hour."""
    return any(holds(period, instant) for instant in quarters(leg))


def quarters(leg):
    count = int((leg.arrives_at - leg.departs_at) / QUARTER)
    return [leg.departs_at + number * QUARTER for number in range(count)]


def there(leg, entity, at):
    """Return the quarters of an hour in which a leg is where an entity is, at a place or in an area of its ends."""
    whole, count = quarters(leg), AREA if entity.kind in AREAS else 1
    if entity.kind in (*AREAS, K.NATIONALITY) and leg.mode not in (Mode.AIR, Mode.SEA):
        return whole
    if at(leg.origin) and at(leg.destination) and entity.kind in AREAS:
        return whole
    first = whole[:count] if at(leg.origin) else []
    return first + (whole[-count:] if at(leg.destination) else [])


def is_transfer(leg):
    """Return whether a leg is a road of up to 40 km between a town and an airport of its country."""
    ends = (leg.origin, leg.destination)
    town, other = sorted(ends, key=lambda end: end.kind not in (PlaceKind.CITY, PlaceKind.CROSSING))
    in_one_country = town.country == other.country
    if leg.mode is not Mode.ROAD or not in_one_country or other.kind in (PlaceKind.CITY, PlaceKind.CROSSING):
        return False
    return town.kind in (PlaceKind.CITY, PlaceKind.CROSSING) and distance_km(town.point, other.point) <= 40


def holds(period, instant):
    if instant < period.starts_at or (period.ends_at is not None and instant >= period.ends_at):
        return False
    if period.daily_from is None:
        return True
    clock, begins, ends = instant.astimezone(ZoneInfo(period.timezone)).time(), period.daily_from, period.daily_until
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def aboard(journey, journeys):
    """Return the delegates who travel on a journey."""
    if journey.travelers:
        return {one.delegate_id for one in journey.travelers}
    return {one.id for one in journey.delegation.delegates} - named(journey, journeys)


def named(journey, journeys):
    """Return the delegates of a delegation with a separate itinerary in a direction."""
    same = [one for one in journeys if (one.delegation_id, one.direction) == (journey.delegation_id, journey.direction)]
    return {traveler.delegate_id for one in same for traveler in one.travelers}


RANKS = (HitKind.DIRECT, HitKind.PASSAGE, HitKind.DETOUR)
"""How sure, surest first."""
BENEATH = {"SVZM": {"VE"}, "SKED": {"CO"}, "LECM": {"ES"}}
"""The countries beneath the regions that the tests close."""


class Reference:
    """A congress as lists of legs, journeys and problems. `means` maps names to known carriers.

    `passages` has the countries that each leg passes through, by its id, and whether that is recorded.
    """

    def __init__(self, legs, journeys, problems, means, passages):
        self.passages = passages
        self.legs = [leg for leg in legs if leg.status in HITTABLE]
        self.journeys, self.problems, self.means = journeys, problems, means

    def touched(self, entity, leg):
        """Yield whom an entity affects on a leg (ALL or some), when they are there, how, and whether that is one end of the leg."""
        ends, whole = [leg.origin, leg.destination], quarters(leg)
        countries = {end.country for end in ends}
        carrier, crossing = self.means(leg.carrier, leg.number), leg.crossing
        over_land = leg.mode in (Mode.RAIL, Mode.ROAD, Mode.RIVER, Mode.FOOT)
        border = {entity.country, entity.other_country or entity.country}
        sides = {crossing.near.country, crossing.far.country} if crossing is not None else set()
        here = {
            K.COUNTRY_AIRSPACE: lambda end: leg.mode is Mode.AIR and entity.country == end.country,
            K.FIR: lambda end: leg.mode is Mode.AIR and entity.fir == end.fir,
            K.COUNTRY: lambda end: entity.country == end.country,
            K.CROSSING: lambda end: entity.crossing.place is not None and entity.crossing.place is end,
            K.PLACE: lambda end: entity.place is end,
            K.NATIONALITY: lambda end: end is leg.destination and leg.origin.country != entity.country == end.country,
        }.get(entity.kind, lambda end: False)
        answer = {
            K.BORDER: over_land and ((len(countries) == 2 and border <= countries) or border <= sides),
            K.CROSSING: crossing is not None and crossing is entity.crossing,
            K.ROAD: leg.mode in (Mode.ROAD, Mode.FOOT) and {entity.place, entity.other_place} == set(ends),
            K.MODE: leg.mode is entity.mode and (entity.country is None or entity.country in countries)
            and not is_transfer(leg),
            K.CARRIER: carrier is not None and entity.carrier is not None and carrier == self.means(entity.carrier, None),
            K.ALLIANCE: getattr(carrier, "alliance", None) is not None and carrier.alliance == entity.carrier,
            K.CARRIERS_OF: getattr(carrier, "country", None) is not None and carrier.country == entity.country,
            K.LEG: leg is entity.leg,
            K.PERSON: True,
        }  # fmt: skip
        passes = self.passages.get(leg.id, {}).get(entity.country)
        passes = None if entity.kind is K.MODE and leg.mode is not entity.mode else passes
        for person in self.persons(entity, leg):
            if any(here(end) for end in ends):
                yield person, there(leg, entity, here), HitKind.DIRECT, True
            if answer.get(entity.kind):
                yield person, whole, HitKind.DIRECT, False
            if passes is not None and entity.kind in (K.COUNTRY, K.MODE, K.NATIONALITY):
                yield person, whole, HitKind.DIRECT if passes else HitKind.PASSAGE, False

    def persons(self, entity, leg):
        """Return the delegates whom an entity could affect on a leg, or ALL."""
        if entity.kind not in (K.NATIONALITY, K.PERSON):
            return {ALL}
        on_it = aboard(leg.journey, self.journeys)
        return {one.id for one in leg.journey.delegation.delegates if one.id in on_it and self.is_meant(entity, one)}

    @staticmethod
    def is_meant(entity, delegate):
        if entity.kind is K.PERSON:
            return delegate is entity.delegate
        return (delegate.person.nationality or delegate.delegation.country) == entity.nationality

    def found(self, problem):
        """Return the direct hits and warnings of a problem: leg, person or ALL, kind."""
        closes = problem.effect is Effect.NO_SERVICE
        for leg in self.legs:
            kinds = defaultdict(set)
            for group in problem.groups:
                for period in problem.active_periods:
                    for person, kind in self.together(group, leg, period, closes=closes):
                        kinds[person].add(kind)
            for person, found in kinds.items():
                worst = min(found, key=RANKS.index)
                yield leg, person, worst if closes else HitKind.WARNING

    def together(self, group, leg, period, *, closes):
        """Yield whom a group affects in a period, and how: all its entities touch the leg, and it is at a closed end then."""
        touches = [[*self.touched(one, leg), *self.crossed(one, leg, closes=closes)] for one in group]
        span = [
            one for one in quarters(leg) if one >= period.starts_at and (not period.ends_at or one < period.ends_at)
        ]
        if not span or not all(touches):
            return
        if len(group) == 1:
            listed = [one for one in touches[0] if any(holds(period, instant) for instant in one[1])]
            yield from ((person, kind) for person, _, kind, _ in listed)
            return
        at_ends = [one for entity in touches for one in entity if one[3]] or [
            one for entity in touches for one in entity
        ]
        if not any(holds(period, instant) for one in at_ends for instant in one[1]):
            return
        named = [{one[0] for one in entity} for entity in touches]
        personal = [persons for persons in named if ALL not in persons]
        for person in set.intersection(*personal) if personal else {ALL}:
            kinds = [min((one[2] for one in entity if one[0] in (person, ALL)), key=RANKS.index) for entity in touches]
            yield person, max(kinds, key=RANKS.index)

    @staticmethod
    def crossed(entity, leg, *, closes):
        """Yield that a flight passes over the entity without landing there, or may be in its region at an end."""
        if leg.mode is not Mode.AIR or not closes:
            return
        ends = (leg.origin, leg.destination)
        over = overflown(*(end.point for end in ends)) - {end.country for end in ends}
        below = BENEATH[entity.fir] if entity.kind is K.FIR else {entity.country}
        unsure = entity.kind is K.FIR and any(
            end.country in below and end.fir is None and region_of(end.country) != entity.fir for end in ends
        )
        if entity.kind in (K.COUNTRY_AIRSPACE, K.COUNTRY, K.FIR) and (below & over or unsure):
            yield ALL, quarters(leg), HitKind.DETOUR, False

    def missed(self, problem):
        """Return the later legs of a journey after a hit one that are not hit themselves."""
        hit = defaultdict(set)
        for leg, person, kind in self.found(problem):
            if kind is HitKind.DIRECT:
                hit[person].add(leg)
        for person, legs in hit.items():
            for journey in {leg.journey for leg in legs}:
                order = sorted(
                    (leg for leg in self.legs if leg.journey is journey), key=lambda leg: (leg.departs_at, leg.id)
                )
                before = list(takewhile(lambda leg: leg not in legs, order))  # noqa: B023 - used at once
                for leg in order[len(before) :]:
                    if leg not in legs:
                        yield leg, person, HitKind.KNOCK_ON

    def hits(self, problem):
        """Return all effects of a problem on legs."""
        return {
            (leg.id, problem.id, person, kind)
            for leg, person, kind in (*self.found(problem), *self.missed(problem))
        }  # fmt: skip

    def counted(self, problems):
        """Return the travelers and seats at risk under several problems together."""
        concerned = defaultdict(set)
        for problem in problems:
            for leg, person, kind in (*self.found(problem), *self.missed(problem)):
                if kind in (HitKind.DIRECT, HitKind.KNOCK_ON):
                    concerned[leg.journey].add(person)
        travelers, seats = set(), defaultdict(int)
        for journey, persons in concerned.items():
            on_it = aboard(journey, self.journeys) if ALL in persons else persons
            travelers |= on_it
            left = journey.delegation.seats - len(named(journey, self.journeys))
            count = len(on_it) if journey.travelers or ALL not in persons else max(left, 0)
            seats[journey.delegation_id, journey.direction] += count
        worst = {
            key[0]: max(count for other, count in seats.items() if other[0] == key[0]) for key in seats
        }  # fmt: skip
        return travelers, {key: count for key, count in seats.items() if count}, sum(worst.values())
