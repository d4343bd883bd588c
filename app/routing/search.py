"""Finds alternative routes to a place that differ in their corridor: the border or gateway through which they enter.

One tree leads to the congress city inside its country; one tree per gateway (a land crossing or an airport of arrival)
leads to that gateway from the rest of the world. The routes of every origin are read from these trees. If there are few
gateways, routes that leave the origin's country through different gates are added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.routing.closures import FOREVER, Closure, Period
from app.routing.estimates import START
from app.routing.network import Network
from app.routing.trees import ENOUGH, Trees
from app.routing.walk import Calendar, Step, walk
from app.routing.wishes import Corridor, Preference, Wish

HORIZON = timedelta(days=12)
"""If a closure lasts this long from departure, the search does not wait for its end."""
UNDER_WAY = timedelta(days=3)
"""The usual duration of a trip; a closure within it is avoided if that is faster than waiting."""
SOME, ALL = 60, 20_000
"""How many nodes to visit when looking for a faster route than those found, and for any route at all."""
_TOO_LONG = 3.0
"""A route that takes this many times as long as the best is discarded."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A route with times, which are approximate because no timetables are known."""

    corridor: Corridor
    steps: tuple[Step, ...]
    starts_at: datetime
    score: float
    """The value it was ranked by: minutes, dollars or borders, adjusted for organizers' preferences."""

    @property
    def arrives_at(self) -> datetime:
        """The approximate arrival."""
        return self.steps[-1].arrives_at

    @property
    def minutes(self) -> float:
        """Minutes from the start to the arrival, including all waiting."""
        return (self.arrives_at - self.starts_at).total_seconds() / 60


def find(
    network: Network, destination_id: int, wishes: Sequence[Wish], closures: Sequence[Closure], *, most: int = 6
) -> list[list[Alternative]]:
    """Return the routes for each wish, best first, each through a different corridor; empty if none is known."""
    if destination_id not in network.index:
        return [[] for _ in wishes]
    grouped: dict[tuple[object, ...], list[int]] = {}
    for place, wish in enumerate(wishes):
        kept_clear_of = (wish.avoid_countries, wish.refused_by, wish.avoid_carriers, wish.preference)
        grouped.setdefault((*_holding(closures, wish), *kept_clear_of), []).append(place)
    found: list[list[Alternative]] = [[] for _ in wishes]
    for places in grouped.values():
        wish = wishes[places[0]]
        always, at_first = _holding(closures, wish)
        closed = [closures[number] for number in sorted(always)]
        held = [closures[number] for number in sorted(at_first)]
        trees = [Trees.grow(network, destination_id, wish, closed)]
        if held:
            trees.append(Trees.grow(network, destination_id, wish, [*closed, *held]))
        starts = min(wishes[place].starts_at for place in places)
        timed = [one for number, one in enumerate(closures) if number not in always and one.concerns(starts, FOREVER)]
        calendar = Calendar.of(network, timed, [*closed, _without(wish)])
        for place in places:
            found[place] = _ranked(trees, calendar, held, wishes[place], most)
    return found


def _holding(closures: Sequence[Closure], wish: Wish) -> tuple[frozenset[int], frozenset[int]]:
    """Return the closures in effect throughout the trip, and those in effect during part of it."""
    starts, soon = wish.starts_at, wish.starts_at + UNDER_WAY
    always = frozenset(number for number, one in enumerate(closures) if one.covers(starts, _until(wish)))
    others = (number for number, one in enumerate(closures) if number not in always and one.concerns(starts, soon))
    return always, frozenset(others)


def _without(wish: Wish) -> Closure:
    """Return the avoided carriers as a closure: the remaining carriers then decide when an edge is open."""
    return Closure("carrier", (Period(wish.starts_at),), carrier_ids=wish.avoid_carriers)


def _until(wish: Wish) -> datetime:
    return wish.latest_at if wish.latest_at and wish.latest_at > wish.starts_at else wish.starts_at + HORIZON


def _ranked(
    trees: Sequence[Trees], calendar: Calendar, held: Sequence[Closure], wish: Wish, most: int
) -> list[Alternative]:
    """Return the routes for a wish, best first: both those that wait for closures to end and those that avoid them."""
    origin = trees[0].network.index.get(wish.origin_id)
    if origin is None or origin == trees[0].destination:
        return []
    starts = wish.starts_at + timedelta(minutes=START)
    until = wish.latest_at or FOREVER
    ways = (walk(calendar, edges, starts) for grown in trees for _, edges in grown.candidates(origin, most))
    found = [_alternative(trees[0], steps, wish) for steps in ways if steps and steps[-1].arrives_at <= until]
    soonest = min((way.arrives_at for way in found), default=FOREVER)
    hurries = wish.preference is Preference.FASTEST
    all_along = found and all(closure.covers(starts, soonest) for closure in held)
    grown = trees[-1] if all_along else trees[0]
    waits = hurries and found and min(way.score for way in found) > START + grown.least(origin) + 1
    if not found or (waits and grown.may_be_sooner(calendar, origin, starts, soonest)):
        edges = grown.soonest(calendar, origin, starts, min(soonest, until), SOME if found else ALL)
        steps = walk(calendar, edges, starts) if edges else None
        if steps and steps[-1].arrives_at <= until and steps[-1].arrives_at < soonest:
            found.append(_alternative(trees[0], steps, wish))
    return _different(trees[0], sorted(found, key=lambda way: way.score))[:most]


def _different(trees: Trees, ranked: list[Alternative]) -> list[Alternative]:
    """Return the first route through each corridor; if there are many points of entry, each only once."""
    entries: list[Corridor] = []
    for way in ranked:
        if not any(trees.share_entry(way.corridor, other) for other in entries):
            entries.append(way.corridor)
    kept: list[Alternative] = []
    for way in ranked:
        rivals = (other.corridor for other in kept if trees.share_entry(way.corridor, other.corridor))
        if any(len(entries) >= ENOUGH or rival.exit == way.corridor.exit for rival in rivals):
            continue
        if way.minutes <= _TOO_LONG * ranked[0].minutes:
            kept.append(way)
    return kept


def _alternative(trees: Trees, steps: tuple[Step, ...], wish: Wish) -> Alternative:
    edges = [step.edge for step in steps]
    if wish.preference is Preference.FASTEST:
        minutes = (steps[-1].arrives_at - wish.starts_at).total_seconds() / 60
        score = minutes - float(trees.network.rank[edges].sum())
    else:
        score = float(trees.weight[edges].sum())
    return Alternative(trees.corridor(edges), steps, wish.starts_at, score)
