"""A simple reference for closures, hours and wishes, which does not use the engine.

All times are on quarters of an hour, so checking each of them, and both ends, is exact.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.geography.sphere import distance_km
from app.routing.estimates import START
from app.routing.network import WAYS, Way

LAND = {Way.RAIL, Way.ROAD, Way.RIVER, Way.FOOT}
HORIZON = timedelta(days=12)
_QUARTER = timedelta(minutes=15)
_SECOND = timedelta(seconds=1)


def instants(starts, ends):
    """Return the instants to check between two: the first, each quarter of an hour, and just before the last."""
    found = [starts]
    at = _next_quarter(starts)
    while at < ends:
        found.append(at)
        at += _QUARTER
    if ends - _SECOND > starts:
        found.append(ends - _SECOND)
    return found


def _next_quarter(instant):
    since = datetime(2020, 1, 1, tzinfo=UTC)
    return since + ((instant - since) // _QUARTER + 1) * _QUARTER


def within(instant, begins, ends, zone):
    """Return whether the local time is between two times of day; the hours may continue past midnight."""
    shown = instant.astimezone(ZoneInfo(zone)).time()
    return begins <= shown < ends if begins < ends else shown >= begins or shown < ends


def holds(closure, instant):
    """Return whether a closure is in effect at an instant."""
    return any(_period_holds(period, instant) for period in closure.periods)


def _period_holds(period, instant):
    if instant < period.starts_at or (period.ends_at is not None and instant >= period.ends_at):
        return False
    if period.daily_from is None:
        return True
    return within(instant, period.daily_from, period.daily_until, period.timezone)


def concerns(network, closure, edge):  # noqa: C901, PLR0912 -- one branch for each kind
    """Return whether a closure covers an edge; carriers are checked elsewhere."""
    one, other = network.nodes[network.tail[edge]], network.nodes[network.head[edge]]
    way = WAYS[network.way[edge]]
    crossing = int(network.crossing[edge])
    named, countries = {one.place_id, other.place_id}, {one.country, other.country}
    if closure.carrier_ids or any(part.carrier_ids for part in closure.parts):
        return False
    if closure.parts:
        return all(concerns(network, part, edge) for part in closure.parts)
    if closure.kind == "country_airspace":
        return way is Way.AIR and closure.country in countries
    if closure.kind == "fir":
        return way is Way.AIR and closure.fir in {one.fir, other.fir}
    if closure.kind == "country":
        return closure.country in countries
    if closure.kind == "border":
        crossed = one.country != other.country and closure.country in countries and way in LAND
        return crossed and (not closure.other_country or countries == {closure.country, closure.other_country})
    if closure.kind == "crossing":
        post = network.gates[closure.crossing_id].place_id
        return crossing == closure.crossing_id or (post is not None and post in named)
    if closure.kind == "place":
        return closure.place_id in named
    if closure.kind == "road":
        return way in {Way.ROAD, Way.FOOT} and named == {closure.place_id, closure.other_place_id}
    if closure.kind == "road_along":
        return way in {Way.ROAD, Way.FOOT} and leads_along((one, other), closure.between)
    if closure.kind == "mode":
        if way is Way.ROAD and is_transfer(network, edge):
            return False
        return way == closure.way and (not closure.country or closure.country in countries)
    if closure.kind == "nationality":
        return other.country == closure.country and one.country != closure.country
    raise AssertionError(closure.kind)


def leads_along(ends, dangerous):
    """Return whether a road is the dangerous one, contains it, or is a part of it; short ways only if they are the same."""
    here, there = ((node.latitude, node.longitude) for node in ends)
    own, whole = distance_km(here, there), distance_km(*dangerous)
    beside = min(distance_km(here, one) + distance_km(there, other) for one, other in (dangerous, dangerous[::-1]))
    if own <= 40:
        return beside <= 20
    return beside <= 20 or beside + whole <= 1.15 * own + 20 or beside + own <= 1.15 * whole


def stops(network, closure, carrier, edge):
    """Return whether a closure stops a carrier on an edge."""
    if not closure.parts:
        return carrier in closure.carrier_ids
    if not any(part.carrier_ids for part in closure.parts):
        return False
    return all(
        carrier in part.carrier_ids if part.carrier_ids else concerns(network, part, edge) for part in closure.parts
    )


def is_transfer(network, edge):
    """Return whether an edge is a short road between a town and its airport or port."""
    one, other = network.nodes[network.tail[edge]], network.nodes[network.head[edge]]
    same = one.country == other.country and network.km[edge] <= 40
    return same and (one.kind in {"city", "crossing"}) != (other.kind in {"city", "crossing"})


@dataclass
class Reference:
    """A network with all its closures, and the restrictions of a traveler."""

    network: object
    destination_id: int
    wish: object
    closures: list
    known: dict = field(default_factory=dict)

    def __post_init__(self):
        self.closures = [*self.closures, *self.wish.refusals]

    def entered(self, edge):
        """Return the country that an edge enters, or an empty string."""
        one, other = self.network.country[self.network.tail[edge]], self.network.country[self.network.head[edge]]
        return self.network.countries[other] if one != other else None

    def is_refused(self, edge):
        """Return whether an edge enters a country that is avoided or refuses entry."""
        entered = self.entered(edge)
        goal = self.network.nodes[self.network.index[self.destination_id]].country
        return entered in self.wish.refused_by or (entered in self.wish.avoid_countries and entered != goal)

    def is_open(self, edge, starts):
        """Return whether an edge can be traveled from an instant on."""
        ends = starts + timedelta(minutes=float(self.network.minutes[edge]))
        gate = self.network.gates.get(int(self.network.crossing[edge]))
        if gate and gate.opens is not None and not within(starts, gate.opens, gate.closes, gate.timezone):
            return False
        for closure in self.closures:
            if concerns(self.network, closure, edge) and any(holds(closure, at) for at in instants(starts, ends)):
                return False
        carriers = self.network.carriers_of(edge)
        return not carriers or any(self._flies(edge, carrier, starts, ends) for carrier in carriers)

    def _flies(self, edge, carrier, starts, ends):
        stopped = [one for one in self.closures if stops(self.network, one, carrier, edge)]
        return carrier not in self.wish.avoid_carriers and not any(
            holds(closure, at) for closure in stopped for at in instants(starts, ends)
        )

    def departure(self, edge, ready, until):
        """Return the earliest departure over an edge, or None, by checking every quarter of an hour."""
        starts = ready + timedelta(minutes=float(self.network.wait[edge]))
        while starts <= until:
            if self.is_open(edge, starts):
                return starts
            starts = _next_quarter(starts)
        return None

    def wrong(self, alternative):
        """Return a description of what is wrong with a route."""
        network, steps = self.network, alternative.steps
        found = []
        at, ready = network.index[self.wish.origin_id], self.wish.starts_at + timedelta(minutes=START)
        for step in steps:
            if int(network.tail[step.edge]) != at:
                found.append(f"edge {step.edge} does not begin where the one before ends")
            if step.departs_at < ready + timedelta(minutes=float(network.wait[step.edge])) - _SECOND:
                found.append(f"edge {step.edge} leaves before one can be there")
            if self.is_refused(step.edge):
                found.append(f"edge {step.edge} enters {self.entered(step.edge)}")
            if not self.is_open(step.edge, step.departs_at):
                found.append(f"edge {step.edge} is closed at {step.departs_at}")
            at, ready = int(network.head[step.edge]), step.arrives_at
        if at != network.index[self.destination_id]:
            found.append("it ends elsewhere")
        if self.wish.latest_at and steps[-1].arrives_at > self.wish.latest_at:
            found.append("it arrives too late")
        if len({int(network.tail[step.edge]) for step in steps}) != len(steps):
            found.append("it passes through one place twice")
        if comes_back(network, steps):
            found.append("it comes back to a country that it has left")
        return found

    def best(self, *, stays=False):
        """Return the earliest arrival by trying all routes, or None. With `stays`, never leaving the destination country."""
        network = self.network
        until = self.wish.latest_at or self.wish.starts_at + HORIZON
        goal = network.index[self.destination_id]
        reached = {}
        arrived = []
        leaving = {
            node: [edge for edge in range(len(network)) if network.tail[edge] == node]
            for node in range(len(network.nodes))
        }

        def go(node, at, left):
            if at > until or any(before <= at and gone <= left for before, gone in reached.get(node, [])):
                return
            reached.setdefault(node, []).append((at, left))
            if node == goal:
                arrived.append(at)
                return
            here = network.country[node]
            for edge in leaving[node]:
                there = network.country[network.head[edge]]
                if there in left or self.is_refused(edge) or (stays and here == network.country[goal] != there):
                    continue
                departs = self.departure(edge, at, until)
                if departs:
                    gone = left | {int(here)} if there != here else left
                    go(int(network.head[edge]), departs + timedelta(minutes=float(network.minutes[edge])), gone)

        go(network.index[self.wish.origin_id], self.wish.starts_at + timedelta(minutes=START), frozenset())
        return min(arrived, default=None)


def comes_back(network, steps):
    """Return whether a route enters a country that it has left."""
    codes = [network.country[network.tail[steps[0].edge]], *(network.country[network.head[one.edge]] for one in steps)]
    stays = [code for code, _ in itertools.groupby(codes)]
    return len(set(stays)) != len(stays)


def outdone(network, ways):
    """Return the pairs of routes of which the second only adds changes, borders, time and cost to the first."""
    return [
        (one, other)
        for one, other in itertools.permutations(ways, 2)
        if all(better <= worse for better, worse in zip(_merits(network, one), _merits(network, other), strict=True))
    ]


def _merits(network, way):
    edges = [step.edge for step in way.steps]
    over = [edge for edge in edges if network.country[network.tail[edge]] != network.country[network.head[edge]]]
    cost, rank = sum(float(network.cost[edge]) for edge in edges), sum(float(network.rank[edge]) for edge in edges)
    return way.arrives_at, round(cost, 2), len(over), -rank, {int(network.head[edge]) for edge in edges}
