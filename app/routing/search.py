"""Finds alternative routes to a place that differ in their corridor: the border or gateway through which they enter.

One tree leads to the congress city inside its country; one tree per gateway (a land crossing or an airport of arrival)
leads to that gateway from the rest of the world. The routes of every origin are read from these trees. If there are few
gateways, routes that leave the origin's country through different gates are added. Of these, the ones shown are those
that are not outdone by another and never come back to a country. Long waits are moved to the start of the route. Of those as
fast as the fastest, the ones with fewer borders, fewer flights and surer roads come first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.routing.alternatives import Alternative, easiest_first, worth_showing
from app.routing.closures import FOREVER, Closure, Period
from app.routing.estimates import START
from app.routing.network import Network
from app.routing.reachable import can_arrive
from app.routing.returns import comes_back
from app.routing.trees import ENOUGH, Trees
from app.routing.walk import Calendar, Step, postponed, walk
from app.routing.wishes import Preference, Wish

HORIZON = timedelta(days=12)
"""If a closure lasts this long from departure, the search does not wait for its end."""
UNDER_WAY = timedelta(days=3)
"""The usual duration of a trip; a closure within it is avoided if that is faster than waiting."""
SOME, MANY, ALL = 60, 2_000, 20_000
"""How many nodes to visit when looking for a faster route than those found, for one that does not come back to a country,
and for any route at all."""


def find(
    network: Network, destination_id: int, wishes: Sequence[Wish], closures: Sequence[Closure], *, most: int = 6
) -> list[list[Alternative]]:
    """Return the routes for each wish, best first, each through a different corridor; empty if none is known.

    Flights that seem to have ended are used only where there is no other way.
    """
    if destination_id not in network.index:
        return [[] for _ in wishes]
    found: list[list[Alternative]] = [[] for _ in wishes]
    for stale in (False, True) if network.stale.any() else (True,):
        left = [place for place, ways in enumerate(found) if not ways]
        for places in _grouped([wishes[place] for place in left], closures):
            group = [wishes[left[place]] for place in places]
            ways = _found_for(network, destination_id, group, closures, most, stale=stale)
            for place, one in zip(places, ways, strict=True):
                found[left[place]] = one
    return found


def _grouped(wishes: Sequence[Wish], closures: Sequence[Closure]) -> list[list[int]]:
    """Return which wishes have the same trees: under the same closures, and with the same to avoid."""
    grouped: dict[tuple[object, ...], list[int]] = {}
    for place, wish in enumerate(wishes):
        kept_clear_of = (wish.avoid_countries, wish.refused_by, wish.refusals, wish.avoid_carriers, wish.preference)
        grouped.setdefault((*_holding((*closures, *wish.refusals), wish), *kept_clear_of), []).append(place)
    return list(grouped.values())


def _found_for(
    network: Network,
    destination_id: int,
    wishes: Sequence[Wish],
    closures: Sequence[Closure],
    most: int,
    *,
    stale: bool,
) -> list[list[Alternative]]:
    """Return the routes for wishes with the same trees."""
    wish = wishes[0]
    closures = (*closures, *wish.refusals)
    always, at_first = _holding(closures, wish)
    closed = [closures[number] for number in sorted(always)]
    held = [closures[number] for number in sorted(at_first)]
    trees = [Trees.grow(network, destination_id, wish, closed, stale=stale)]
    if held:
        trees.append(Trees.grow(network, destination_id, wish, [*closed, *held], stale=stale))
    starts = min(one.starts_at for one in wishes)
    timed = [one for number, one in enumerate(closures) if number not in always and one.concerns(starts, FOREVER)]
    calendar = Calendar.of(network, timed, [*closed, _without(wish)])
    return [_ranked(trees, calendar, held, one, most) for one in wishes]


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
    found, back = _walked(trees, calendar, wish, [one.candidates(origin, most) for one in trees])
    sooner = _sooner(trees, calendar, held, wish, origin, found, back)
    kept = worth_showing(trees[0], [*found, *sooner])
    if len(kept) < ENOUGH:
        exits, _ = _walked(trees, calendar, wish, [one.exits(origin, most) for one in trees])
        kept = worth_showing(trees[0], [*found, *sooner, *exits])
    shown = [replace(way, steps=postponed(calendar, way.steps)) for way in kept[:most]]
    return easiest_first(trees[0].network, shown) if wish.preference is Preference.FASTEST else shown


def _walked(
    trees: Sequence[Trees], calendar: Calendar, wish: Wish, candidates: Sequence[Sequence[list[int]]]
) -> tuple[list[Alternative], list[Alternative]]:
    """Return the routes over these edges that arrive in time, and those that would if they did not come back."""
    starts = wish.starts_at + timedelta(minutes=START)
    until = wish.latest_at or FOREVER
    found: list[Alternative] = []
    back: list[Alternative] = []
    for edges in {tuple(edges): None for grown in candidates for edges in grown}:
        steps = walk(calendar, edges, starts)
        if steps and steps[-1].arrives_at <= until:
            fits = back if comes_back(calendar.network, trees[0].area, edges) else found
            fits.append(_alternative(trees[0], steps, wish))
    return found, back


def _sooner(
    trees: Sequence[Trees],
    calendar: Calendar,
    held: Sequence[Closure],
    wish: Wish,
    origin: int,
    found: Sequence[Alternative],
    back: Sequence[Alternative],
) -> list[Alternative]:
    """Return the route that arrives before all those found, if there may be one, or any route if none was found."""
    starts = wish.starts_at + timedelta(minutes=START)
    until = wish.latest_at or FOREVER
    soonest = min((way.arrives_at for way in found), default=FOREVER)
    all_along = found and all(closure.covers(starts, soonest) for closure in held)
    grown = trees[-1] if all_along else trees[0]
    hurries = wish.preference is Preference.FASTEST
    waits = hurries and found and min(way.score for way in found) > START + grown.least(origin) + 1
    may_be = hurries and any(way.arrives_at < soonest for way in back)
    if found and not may_be and not (waits and grown.may_be_sooner(calendar, origin, starts, soonest)):
        return []
    if not found and not can_arrive(grown, calendar, origin, starts, until):
        return []
    looks = ALL if not found else MANY if may_be else SOME
    edges = grown.soonest(calendar, origin, starts, min(soonest, until), looks)
    steps = walk(calendar, edges, starts) if edges else None
    if not steps or steps[-1].arrives_at > until or steps[-1].arrives_at >= soonest:
        return []
    return [_alternative(trees[0], steps, wish)]


def _alternative(trees: Trees, steps: tuple[Step, ...], wish: Wish) -> Alternative:
    edges = [step.edge for step in steps]
    if wish.preference is Preference.FASTEST:
        minutes = (steps[-1].arrives_at - wish.starts_at).total_seconds() / 60
        score = minutes - float(trees.network.rank[edges].sum())
    else:
        score = float(trees.weight[edges].sum())
    return Alternative(trees.corridor(edges), steps, wish.starts_at, score)
