"""The connections between places that are known: services, and legs that delegations have traveled or booked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Carrier, Mode, Place, Service, ServiceSource
from app.queries.travel import hits
from app.queries.travel.entity_legs import OVER_LAND
from app.routing import staleness
from app.routing.network import Evidence, Link, Way

_EVIDENCE = {
    ServiceSource.FILE: Evidence.SEEN,
    ServiceSource.ENTERED: Evidence.ENTERED,
    ServiceSource.BUILT_IN: Evidence.KNOWN_LINE,
}


def of_services() -> list[Link]:
    """Return the services as links, one for each pair of places and mode, with all carriers that operate it."""
    columns = (
        Service.origin_id, Service.destination_id, Service.mode, Service.source, Service.carrier_id, Service.frequency,
        Service.fresh, Service.minutes, Service.cost, Service.last_confirmed,
    )  # fmt: skip
    pairs: dict[Any, list[Any]] = defaultdict(list)
    for row in db.session.execute(select(*columns).where(Service.banned.is_(False))):
        pairs[row.origin_id, row.destination_id, row.mode, row.source].append(row)
    seen = _seen(run for runs in pairs.values() for run in runs)
    return [_link(runs, seen) for runs in pairs.values()]


class _Seen(NamedTuple):
    """What the observed flights say as a whole, and the country of each place and carrier."""

    dead: frozenset[tuple[int, int]]
    countries: dict[int, str]
    of_carrier: dict[int, str | None]


def _seen(rows: Iterable[Any]) -> _Seen:
    countries = {row.id: row.country for row in db.session.execute(select(Place.id, Place.country))}
    of_carrier = {row.id: row.country for row in db.session.execute(select(Carrier.id, Carrier.country))}
    observed = (_run(row) for row in rows if row.source is ServiceSource.FILE and row.mode is Mode.AIR)
    return _Seen(staleness.dead_pairs(observed, countries), countries, of_carrier)


def _run(row: Any) -> staleness.Run:
    return staleness.Run(row.origin_id, row.destination_id, row.carrier_id, row.frequency, row.fresh)


def _link(runs: list[Any], seen: _Seen) -> Link:
    """Return one link for all services with the same pair of places, mode and source."""
    pair = runs[0]
    carriers = tuple(sorted({run.carrier_id for run in runs if run.carrier_id is not None}))
    known = len(carriers) == len(runs)
    observed = pair.source is ServiceSource.FILE and pair.mode is Mode.AIR
    if known and observed and len(runs) > 1:
        ends = seen.countries[pair.origin_id], seen.countries[pair.destination_id]
        usual = staleness.usual_carriers(map(_run, runs), ends, seen.of_carrier)
        carriers = tuple(sorted(run.carrier_id for run in usual if run.carrier_id is not None))
    return Link(
        origin_id=pair.origin_id,
        destination_id=pair.destination_id,
        way=Way(pair.mode.value),
        evidence=_EVIDENCE[pair.source],
        carrier_ids=carriers if known else (),
        frequency=sum(run.frequency for run in runs),
        fresh=sum(run.fresh for run in runs),
        minutes=_median(run.minutes for run in runs),
        cost=_median(run.cost for run in runs),
        confirmed=_latest(run.last_confirmed for run in runs),
        stale=observed and (pair.origin_id, pair.destination_id) in seen.dead,
    )


class _Pair(NamedTuple):
    """The key by which legs are combined into one link."""

    origin_id: int
    destination_id: int
    mode: Mode
    done: bool
    crossing_id: int
    """-1 if the leg crosses no land border."""


def traveled(congress_id: int, usable: Collection[int]) -> list[Link]:
    """Return the legs of a congress's delegations as links: those already traveled, and booked ones open to others.

    A leg over a land border counts only with a verified crossing, and a booked leg only if no problem hits it: others
    cannot use a service that does not run.
    """
    origin, destination = aliased(Place), aliased(Place)
    columns = (
        Leg.id, Leg.origin_id, Leg.destination_id, Leg.mode, Leg.status, Leg.carrier_id, Leg.crossing_id, Leg.departs_at,
        Leg.arrives_at, Journey.direction, (origin.country != destination.country).label("abroad"),
    )  # fmt: skip
    taken = select(*columns).join(Journey, Journey.id == Leg.journey_id).where(Leg.congress_id == congress_id)
    taken = taken.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    taken = taken.where(Leg.status.in_((LegStatus.DONE, LegStatus.BOOKED, LegStatus.UNDER_WAY)))
    hit = hits.leg_ids(congress_id)
    pairs: dict[_Pair, list[Any]] = defaultdict(list)
    for row in db.session.execute(taken):
        over_land = row.abroad and row.mode in OVER_LAND
        if row.id not in hit and row.direction is Direction.OUT and (not over_land or row.crossing_id in usable):
            crossing_id = row.crossing_id if over_land else -1
            key = _Pair(row.origin_id, row.destination_id, row.mode, row.status is LegStatus.DONE, crossing_id)
            pairs[key].append(row)
    return [
        Link(
            origin_id=pair.origin_id,
            destination_id=pair.destination_id,
            way=Way(pair.mode.value),
            evidence=Evidence.TRAVELED if pair.done else Evidence.BOOKED,
            carrier_ids=_carrier_ids(rows),
            frequency=7.0,
            minutes=median((row.arrives_at - row.departs_at).total_seconds() / 60 for row in rows),
            confirmed=max(row.arrives_at for row in rows).date(),
            times=len(rows),
            crossing_id=pair.crossing_id,
        )
        for pair, rows in pairs.items()
    ]


def _carrier_ids(rows: Sequence[Any]) -> tuple[int, ...]:
    """Return the carriers that operate a leg; none if the carrier of any row is unknown."""
    if any(row.carrier_id is None for row in rows):
        return ()
    return tuple(sorted({row.carrier_id for row in rows}))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _latest(values: Iterable[date | None]) -> date | None:
    return max((value for value in values if value is not None), default=None)
