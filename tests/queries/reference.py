"""A simple reference for hits: plain Python that checks every quarter of an hour.

It uses neither queries nor the code under test, except to load rows and to find the countries that a flight crosses.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from app.geography.flights import overflown
from app.models.travel.hits import HitKind
from app.models.travel.journeys import HITTABLE
from app.models.travel.places import Mode
from app.models.travel.problems import Effect, EntityKind

QUARTER = timedelta(minutes=15)
ALL = None
"""Stands for all travelers of the leg instead of a single person."""

K = EntityKind


def is_traveled_in(leg, period):
    """Return whether the leg is traveled at any time in the period; all times are whole quarters of an hour."""
    count = int((leg.arrives_at - leg.departs_at) / QUARTER)
    return any(holds(period, leg.departs_at + number * QUARTER) for number in range(count))


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


class Reference:
    """A congress as lists of legs, journeys and problems. `means` maps names to known carriers."""

    def __init__(self, legs, journeys, problems, means):
        self.legs = [leg for leg in legs if leg.status in HITTABLE]
        self.journeys, self.problems, self.means = journeys, problems, means

    def touched(self, entity, leg):
        """Return whom an entity affects on a leg: {ALL}, some delegates, or nobody."""
        ends = [leg.origin, leg.destination]
        countries = {end.country for end in ends}
        carrier = self.means(leg.carrier, leg.number)
        answer = {
            K.COUNTRY_AIRSPACE: leg.mode is Mode.AIR and entity.country in countries,
            K.FIR: leg.mode is Mode.AIR and entity.fir in {end.fir for end in ends},
            K.COUNTRY: entity.country in countries,
            K.BORDER: leg.mode in (Mode.RAIL, Mode.ROAD, Mode.RIVER, Mode.FOOT) and len(countries) == 2
            and {entity.country, entity.other_country or entity.country} <= countries,
            K.CROSSING: (leg.crossing is not None and leg.crossing is entity.crossing)
            or (entity.crossing is not None and entity.crossing.place is not None and entity.crossing.place in ends),
            K.PLACE: entity.place in ends,
            K.ROAD: leg.mode in (Mode.ROAD, Mode.FOOT) and {entity.place, entity.other_place} == set(ends),
            K.MODE: leg.mode is entity.mode and (entity.country is None or entity.country in countries),
            K.CARRIER: carrier is not None and entity.carrier is not None and carrier == self.means(entity.carrier, None),
            K.ALLIANCE: getattr(carrier, "alliance", None) is not None and carrier.alliance == entity.carrier,
            K.CARRIERS_OF: getattr(carrier, "country", None) is not None and carrier.country == entity.country,
            K.LEG: leg is entity.leg,
        }  # fmt: skip
        if entity.kind in answer:
            return {ALL} if answer[entity.kind] else set()
        if entity.kind is K.NATIONALITY and not leg.origin.country != entity.country == leg.destination.country:
            return set()
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
            if not any(is_traveled_in(leg, period) for period in problem.active_periods):
                continue
            persons = {person for entity in problem.informed_entities for person in self.touched(entity, leg)}
            for person in persons:
                yield leg, person, HitKind.DIRECT if closes else HitKind.WARNING
            if closes and ALL not in persons and self.flies_over(leg, problem):
                yield leg, ALL, HitKind.DETOUR

    @staticmethod
    def flies_over(leg, problem):
        if leg.mode is not Mode.AIR:
            return False
        over = overflown(leg.origin.point, leg.destination.point) - {leg.origin.country, leg.destination.country}
        kinds = (K.COUNTRY_AIRSPACE, K.COUNTRY)
        return any(entity.kind in kinds and entity.country in over for entity in problem.informed_entities)

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
