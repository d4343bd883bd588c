"""Alternative routes to a congress for its delegations, with everything needed to identify each one."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.places import Carrier, Crossing, Mode, Place
from app.models.travel.problems import RouteProblem
from app.queries.travel import closures, network, places, ruled_out_roads, starting
from app.queries.travel.closures import Refusal, Warned
from app.routing.alternatives import TIE, TO_THE_AIRPORT, Alternative
from app.routing.closures import warned
from app.routing.network import WAYS, Evidence, Network
from app.routing.search import HORIZON, find
from app.routing.walk import Grounded, Step
from app.routing.wishes import Preference, Wish


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
    """The warnings that apply while it is traveled."""
    stale: bool = False
    """Whether it seems to have ended; see `app.routing.staleness`."""


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
    refused: tuple[tuple[str, str], ...] = ()
    """The countries on the way that refuse entry to a nationality at that time, each with the nationality."""
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
    def stale(self) -> Segment | None:
        """The first flight on the route that seems to have ended."""
        return next((one for one in self.segments if one.stale), None)

    @property
    def changes(self) -> list[Place]:
        """Where travelers change, in order; without the airports that serve the towns at both ends."""
        first, last = (
            one.mode is Mode.ROAD and one.km <= TO_THE_AIRPORT for one in (self.segments[0], self.segments[-1])
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


def find_for(
    congress: Congress,
    delegations: Sequence[Delegation],
    constraints: RouteConstraints,
    *,
    most: int = 6,
    unverified: bool = False,
    travelers: Mapping[int, frozenset[str]] | None = None,
) -> dict[int, list[AlternativeRoute]]:
    """Return alternative routes for each delegation, best first; an empty list if none is known.

    With `unverified`, they may use unverified crossings; such a route must not be proposed. `travelers` gives the
    nationalities of those who travel, by delegation, if they are not all who share its itinerary.
    """
    known = starting.points(congress, delegations)
    if constraints.origin:
        known = {one.id: (constraints.origin.id, known.get(one.id, (0, clock.now()))[1]) for one in delegations}
    origins = {place_id for place_id, _ in known.values()}
    net, goal = network.of_congress(congress, origins, unverified=unverified)
    if goal is None:
        return {one.id: [] for one in delegations}
    closed, refusals = closures.of_congress(congress.id)
    closed += ruled_out_roads.closures()
    members = travelers or closures.nationalities(congress.id, known)
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
    about = closures.warnings_of_congress(congress.id)
    resolved = _Resolver(net, (alternative for ways in found for alternative in ways), about, refusals)
    return {one.id: [] for one in delegations} | {
        delegation_id: resolved.ways(ways, members.get(delegation_id, frozenset()), Grounded.of(net, wish, closed))
        for (delegation_id, wish), ways in zip(wishes.items(), found, strict=True)
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
        self, net: Network, alternatives: Iterable[Alternative], about: Sequence[Warned], refusals: Sequence[Refusal]
    ) -> None:
        self._net = net
        self._about = [(one, warned(net, one.closure)) for one in about]
        self._refusals = refusals
        edges = {step.edge for alternative in alternatives for step in alternative.steps}
        ends = {net.nodes[int(node)].place_id for edge in edges for node in (net.tail[edge], net.head[edge])}
        self._places = places.by_id(ends)
        carriers = {carrier for edge in edges for carrier in net.carriers_of(edge)}
        named = select(Carrier.id, Carrier.name).where(Carrier.id.in_(carriers))
        self._carriers = {row.id: row.name for row in db.session.execute(named)}
        over = {int(net.crossing[edge]) for edge in edges} - {-1}
        wanted = select(Crossing).where(Crossing.id.in_(over))
        self._crossings = {one.id: one for one in db.session.scalars(wanted).unique()}

    def ways(self, found: list[Alternative], codes: frozenset[str], grounded: Grounded) -> list[AlternativeRoute]:
        """Return the routes of travelers of these nationalities, marking those that are as good as the best."""
        best = min((one.minutes for one in found), default=0.0)
        return [
            self._way(one, codes, grounded, tied=one.minutes <= TIE * best and one is not found[0]) for one in found
        ]

    def _way(
        self, alternative: Alternative, codes: frozenset[str], grounded: Grounded, *, tied: bool
    ) -> AlternativeRoute:
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
                carriers=tuple(sorted(self._carriers[one] for one in grounded.flying(net, step))),
                crossing=self._crossings.get(int(net.crossing[step.edge])),
                km=float(net.km[step.edge]),
                warnings=self._warnings(step, codes),
                stale=bool(net.stale[step.edge]),
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
            refused=self._refused((*between, countries[-1]), alternative),
            key=_key(segments),
        )

    def _warnings(self, step: Step, codes: frozenset[str]) -> tuple[RouteProblem, ...]:
        return tuple(
            one.problem
            for one, edges in self._about
            if edges[step.edge]
            and one.closure.concerns(step.departs_at, step.arrives_at)
            and (not one.nationality or one.nationality in codes)
        )

    def _refused(self, countries: Sequence[str], way: Alternative) -> tuple[tuple[str, str], ...]:
        during = (
            one
            for one in self._refusals
            if not one.closure.parts and one.closure.concerns(way.steps[0].departs_at, way.arrives_at)
        )
        found = {(one.country, one.nationality) for one in during if one.country in countries}
        return tuple(sorted(found, key=lambda pair: (countries.index(pair[0]), pair[1])))


def _key(segments: Sequence[Segment]) -> str:
    identity = ";".join(
        f"{one.origin.id}-{one.mode.value}-{one.destination.id}-{one.crossing.id if one.crossing else 0}"
        for one in segments
    )
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
