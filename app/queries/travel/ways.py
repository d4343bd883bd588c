"""Alternative routes to a congress for its delegations, with everything needed to identify each one."""

import hashlib
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Carrier, Crossing, Mode, Place, PlaceKind, Service
from app.models.travel.problems import RouteProblem
from app.queries.lookup import kept
from app.queries.travel import closures, network, places
from app.routing.alternatives import Alternative
from app.routing.closures import Closure, touched
from app.routing.network import WAYS, Evidence, Network
from app.routing.search import HORIZON, find
from app.routing.walk import Step
from app.routing.wishes import Preference, Wish

TIE = 1.10
"""A route that takes up to this many times as long as the best is as good: timetables are not that precise."""

_TO_THE_AIRPORT = 100
"""The longest road in km between a town and the airport that serves it."""


@dataclass(frozen=True, slots=True)
class RouteConstraints:
    """The constraints on a route."""

    origin: Place | None = None
    starts_at: datetime | None = None
    latest_at: datetime | None = None
    avoid_countries: frozenset[str] = frozenset()
    avoid_carriers: frozenset[int] = frozenset()
    preference: Preference = Preference.FASTEST


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a route, and the evidence for it."""

    origin: Place
    destination: Place
    mode: Mode
    departs_at: datetime
    arrives_at: datetime
    evidence: Evidence
    confirmed: date | None
    times: int
    carriers: tuple[str, ...]
    crossing: Crossing | None
    km: float
    warnings: tuple[RouteProblem, ...] = ()
    """The warnings that apply while it is traveled, except those about carriers."""


@dataclass(frozen=True, slots=True)
class AlternativeRoute:
    """A route that a delegation could take."""

    segments: tuple[Segment, ...]
    starts_at: datetime
    hours: float
    """From when the delegation could leave until the arrival; routes are compared by it."""
    cost: int
    """US dollars per person, mostly estimated from the distance."""
    borders: int
    transit: tuple[str, ...]
    """Countries landed in or passed through between the first and the last."""
    tied: bool
    """Whether it is as good as the best route."""
    key: str = field(default="")
    """Identifies this route among those found by the same search."""

    @property
    def arrives_at(self) -> datetime:
        """The estimated arrival."""
        return self.segments[-1].arrives_at

    @property
    def gate(self) -> Segment:
        """The segment on which it enters the country of the congress."""
        goal = self.segments[-1].destination.country
        return next((one for one in self.segments if one.destination.country == goal), self.segments[-1])

    @property
    def warnings(self) -> list[RouteProblem]:
        """The warnings that apply on the route, each once."""
        return list(dict.fromkeys(warning for one in self.segments for warning in one.warnings))

    @property
    def changes(self) -> list[Place]:
        """Where travelers change, in order; without the airports that serve the towns at both ends."""
        first, last = (
            one.mode is Mode.ROAD and one.km <= _TO_THE_AIRPORT for one in (self.segments[0], self.segments[-1])
        )
        between = [one.destination for one in self.segments[:-1]]
        return between[int(first) : len(between) - int(last)]

    @property
    def via(self) -> Place | None:
        """The first stop outside the countries of origin and of the congress."""
        home, goal = self.segments[0].origin.country, self.segments[-1].destination.country
        abroad = (one.destination for one in self.segments)
        return next((place for place in abroad if place.country not in (home, goal)), None)

    @property
    def crossings(self) -> list[Crossing]:
        """The border crossings on the route."""
        return [one.crossing for one in self.segments if one.crossing]


def starts(congress: Congress, delegations: Sequence[Delegation]) -> dict[int, tuple[int, datetime]]:
    """Return the place and time from which each delegation still has to travel, where known.

    A delegation under way is where its last finished leg ended. Otherwise it starts at the origin of its first leg, at
    the departure; without any leg, at its place of departure, or else at the busiest airport of its country.
    """
    now = clock.now()
    found: dict[int, tuple[int, datetime]] = {}
    legs = (
        select(Journey.delegation_id, Leg)
        .join(Leg, Leg.journey_id == Journey.id)
        .where(Journey.congress_id == congress.id, Journey.direction == Direction.OUT)
        .where(Journey.delegation_id.in_([one.id for one in delegations]), ~Journey.travelers.any())
        .order_by(Leg.departs_at)
    )
    for delegation_id, leg in db.session.execute(legs):
        if leg.status is LegStatus.DONE:
            found[delegation_id] = (leg.destination_id, max(now, leg.arrives_at))
        else:
            found.setdefault(delegation_id, (leg.origin_id, max(now, leg.departs_at)))
    for one in delegations:
        if one.origin_id is not None:
            found.setdefault(one.id, (one.origin_id, now))
    homes = _homes({one.country for one in delegations if one.id not in found})
    for one in delegations:
        if one.id not in found and one.country in homes:
            found[one.id] = (homes[one.country], now)
    return found


def _homes(countries: Collection[str]) -> dict[str, int]:
    """Return the busiest airport of each country."""
    busiest = (
        select(Place.country, Place.id, func.sum(Service.frequency).label("runs"))
        .join(Service, Service.origin_id == Place.id)
        .where(kept(Place), Place.country.in_(countries), Place.kind == PlaceKind.AIRPORT)
        .group_by(Place.country, Place.id)
        .order_by("runs")
    )
    return {row.country: row.id for row in db.session.execute(busiest)} if countries else {}


def find_for(
    congress: Congress,
    delegations: Sequence[Delegation],
    constraints: RouteConstraints,
    *,
    most: int = 6,
    unverified: bool = False,
) -> dict[int, list[AlternativeRoute]]:
    """Return alternative routes for each delegation, best first; an empty list if none is known.

    With `unverified`, they may use unverified crossings; such a route must not be proposed.
    """
    known = starts(congress, delegations)
    if constraints.origin:
        known = {one.id: (constraints.origin.id, known.get(one.id, (0, clock.now()))[1]) for one in delegations}
    origins = {place_id for place_id, _ in known.values()}
    net, goal = network.of_congress(congress, origins, unverified=unverified)
    if goal is None:
        return {one.id: [] for one in delegations}
    closed, refusals = closures.of_congress(congress.id)
    members = closures.nationalities(congress.id, known)
    wishes = {}
    for delegation_id, (place_id, at) in known.items():
        starts_at = constraints.starts_at or at
        ends_at = bounds(congress)[1]
        latest_at = constraints.latest_at or (ends_at if starts_at < ends_at else None)
        members_of = members.get(delegation_id, frozenset())
        wishes[delegation_id] = Wish(
            place_id,
            starts_at,
            latest_at,
            constraints.avoid_countries,
            refusals=closures.refusing(refusals, members_of, starts_at, latest_at or starts_at + HORIZON),
            avoid_carriers=constraints.avoid_carriers,
            preference=constraints.preference,
        )
    found = find(net, goal.id, list(wishes.values()), closed, most=most)
    warned = closures.warnings_of_congress(congress.id)
    resolved = _Resolver(net, (alternative for ways in found for alternative in ways), warned)
    return {one.id: [] for one in delegations} | {
        delegation_id: resolved.ways(ways) for delegation_id, ways in zip(wishes, found, strict=True)
    }


def bounds(congress: Congress) -> tuple[datetime, datetime]:
    """Return when the first day of the congress begins and its last day ends; an arrival after that is of no use."""
    zone = ZoneInfo(congress.timezone)
    first = datetime.combine(congress.start_date, time.min, tzinfo=zone)
    last = datetime.combine(congress.end_date, time.max, tzinfo=zone)
    return first.astimezone(UTC), last.astimezone(UTC)


class _Resolver:
    """Converts results of the routing engine to places, carriers and crossings, reading each once."""

    def __init__(
        self, net: Network, alternatives: Iterable[Alternative], warned: Sequence[tuple[RouteProblem, Closure]]
    ) -> None:
        self._net = net
        self._warned = [(problem, closure, touched(net, closure)) for problem, closure in warned]
        edges = {step.edge for alternative in alternatives for step in alternative.steps}
        ends = {net.nodes[int(node)].place_id for edge in edges for node in (net.tail[edge], net.head[edge])}
        self._places = places.by_id(ends)
        carriers = {carrier for edge in edges for carrier in net.carriers_of(edge)}
        named = select(Carrier.id, Carrier.name).where(Carrier.id.in_(carriers))
        self._carriers = {row.id: row.name for row in db.session.execute(named)}
        over = {int(net.crossing[edge]) for edge in edges} - {-1}
        wanted = select(Crossing).where(Crossing.id.in_(over))
        self._crossings = {one.id: one for one in db.session.scalars(wanted).unique()}

    def ways(self, found: list[Alternative]) -> list[AlternativeRoute]:
        """Return the routes of one delegation, marking those that are as good as the best."""
        return [self._way(one, tied=one.minutes <= TIE * found[0].minutes and one is not found[0]) for one in found]

    def _way(self, alternative: Alternative, *, tied: bool) -> AlternativeRoute:
        net = self._net
        edges = [step.edge for step in alternative.steps]
        segments = tuple(
            Segment(
                origin=self._places[net.nodes[net.tail[step.edge]].place_id],
                destination=self._places[net.nodes[net.head[step.edge]].place_id],
                mode=Mode(WAYS[net.way[step.edge]].value),
                departs_at=step.departs_at,
                arrives_at=step.arrives_at,
                evidence=Evidence(int(net.evidence[step.edge])),
                confirmed=net.confirmed[step.edge],
                times=int(net.times[step.edge]),
                carriers=tuple(sorted(self._carriers[one] for one in net.carriers_of(step.edge))),
                crossing=self._crossings.get(int(net.crossing[step.edge])),
                km=float(net.km[step.edge]),
                warnings=self._warnings(step),
            )
            for step in alternative.steps
        )
        countries = [segments[0].origin.country, *(one.destination.country for one in segments)]
        between = dict.fromkeys(code for code in countries if code not in (countries[0], countries[-1]))
        return AlternativeRoute(
            segments=segments,
            starts_at=alternative.starts_at,
            hours=alternative.minutes / 60,
            cost=round(float(net.cost[edges].sum())),
            borders=sum(one != other for one, other in itertools.pairwise(countries)),
            transit=tuple(between),
            tied=tied,
            key=_key(segments),
        )

    def _warnings(self, step: Step) -> tuple[RouteProblem, ...]:
        return tuple(
            problem
            for problem, closure, edges in self._warned
            if edges[step.edge] and closure.concerns(step.departs_at, step.arrives_at)
        )


def _key(segments: Sequence[Segment]) -> str:
    identity = ";".join(
        f"{one.origin.id}-{one.mode.value}-{one.destination.id}-{one.crossing.id if one.crossing else 0}"
        for one in segments
    )
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
