"""Other ways to one place, that differ in the corridor: the border or the gateway by which one gets there.

One tree leads to the congress city inside its country; one from each gateway (a land crossing, an airport of arrival)
leads to it from the whole world outside. Every origin reads its ways off these trees. Where the gateways are few, ways
that leave the origin's own country by different gates are added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.routing.closures import FOREVER, Closure, Period
from app.routing.estimates import START
from app.routing.network import Network
from app.routing.trees import ENOUGH, Trees
from app.routing.walk import Calendar, Step, held_up, walk
from app.routing.wishes import Corridor, Preference, Wish

HORIZON = timedelta(days=12)
"""How long from departure on a closure has to hold so that nobody would wait for its end."""
_TOO_LONG = 3.0
"""A way that takes so many times as long as the best is none."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way, in time: indicative, because no timetable is known."""

    corridor: Corridor
    steps: tuple[Step, ...]
    starts_at: datetime
    score: float
    """What it was ranked by: minutes, dollars or borders, with what organizers prefer."""

    @property
    def arrives_at(self) -> datetime:
        """When it arrives, at about."""
        return self.steps[-1].arrives_at

    @property
    def minutes(self) -> float:
        """Minutes from the start to the arrival, all waiting included."""
        return (self.arrives_at - self.starts_at).total_seconds() / 60


def find(
    network: Network, destination_id: int, wishes: Sequence[Wish], closures: Sequence[Closure], *, most: int = 6
) -> list[list[Alternative]]:
    """Return for each wish the ways in order, each by another corridor; none where no way is known."""
    grouped: dict[tuple[frozenset[int], tuple[object, ...]], list[int]] = {}
    for place, wish in enumerate(wishes):
        always = frozenset(number for number, one in enumerate(closures) if one.covers(wish.starts_at, _until(wish)))
        kept_clear_of = (wish.avoid_countries, wish.refused_by, wish.avoid_carriers, wish.preference)
        grouped.setdefault((always, kept_clear_of), []).append(place)
    found: list[list[Alternative]] = [[] for _ in wishes]
    for (always, _), places in grouped.items():
        if destination_id not in network.index:
            continue
        closed = [closures[number] for number in sorted(always)]
        trees = Trees.grow(network, destination_id, wishes[places[0]], closed)
        starts = min(wishes[place].starts_at for place in places)
        timed = [one for number, one in enumerate(closures) if number not in always and one.concerns(starts, FOREVER)]
        calendar = Calendar.of(network, timed, [*closed, _without(wishes[places[0]])])
        for place in places:
            found[place] = _ranked(trees, calendar, wishes[place], most)
    return found


def _without(wish: Wish) -> Closure:
    """Return the avoided carriers as a closure: with them away, those that are left decide when an edge is open."""
    return Closure("carrier", (Period(wish.starts_at),), carrier_ids=wish.avoid_carriers)


def _until(wish: Wish) -> datetime:
    return wish.latest_at if wish.latest_at and wish.latest_at > wish.starts_at else wish.starts_at + HORIZON


def _ranked(trees: Trees, calendar: Calendar, wish: Wish, most: int) -> list[Alternative]:
    origin = trees.network.index.get(wish.origin_id)
    if origin is None or origin == trees.destination:
        return []
    starts = wish.starts_at + timedelta(minutes=START)
    until = wish.latest_at or FOREVER
    ways = [_in_time(trees, calendar, corridor, edges, wish) for corridor, edges in trees.candidates(origin, most)]
    found = [way for way in ways if way and way.arrives_at <= until]
    soonest = min((way.arrives_at for way in found), default=FOREVER)
    if not found or (wish.preference is Preference.FASTEST and trees.may_be_sooner(calendar, origin, starts, soonest)):
        edges = trees.soonest(calendar, origin, starts, min(soonest, until))
        steps = walk(calendar, edges, starts) if edges else None
        if steps and steps[-1].arrives_at <= until and steps[-1].arrives_at < soonest:
            found.append(_alternative(trees, steps, wish))
    return _different(trees, sorted(found, key=lambda way: way.score))[:most]


def _different(trees: Trees, ranked: list[Alternative]) -> list[Alternative]:
    """Return the first way by each corridor; where the entries are many, each of them once."""
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


def _in_time(trees: Trees, calendar: Calendar, corridor: Corridor, edges: list[int], wish: Wish) -> Alternative | None:
    starts = wish.starts_at + timedelta(minutes=START)
    steps = walk(calendar, edges, starts)
    gate = next((place for place, edge in enumerate(edges) if trees.enters[edge]), -1)
    late = [gate + 1] if steps is None else [place for place in held_up(calendar, steps, starts) if place != gate]
    if late and wish.preference is Preference.FASTEST:
        better = trees.around(calendar, corridor, int(trees.network.tail[edges[0]]), starts)
        again = walk(calendar, better, starts) if better else None
        if again and (steps is None or again[-1].arrives_at < steps[-1].arrives_at):
            steps = again
    return _alternative(trees, steps, wish) if steps else None


def _alternative(trees: Trees, steps: tuple[Step, ...], wish: Wish) -> Alternative:
    edges = [step.edge for step in steps]
    if wish.preference is Preference.FASTEST:
        minutes = (steps[-1].arrives_at - wish.starts_at).total_seconds() / 60
        score = minutes - float(trees.network.rank[edges].sum())
    else:
        score = float(trees.weight[edges].sum())
    return Alternative(trees.corridor(edges), steps, wish.starts_at, score)
