"""When a leg arrives whose arrival nobody has recorded."""

from datetime import UTC, datetime, timedelta

from app.domain_errors import DomainError
from app.geography.sphere import distance_km
from app.later import np
from app.models.travel.places import Mode, Place
from app.routing.estimates import ROAD_DETOUR, flight_minutes, road_minutes
from app.text import N_
from app.times import Local, to_typed

_SPEEDS = {Mode.RAIL: 70.0, Mode.SEA: 35.0, Mode.RIVER: 20.0, Mode.FOOT: 4.5}
"""Kilometers per hour along the way, stops included."""
_LEAST = 15.0
_STEP = timedelta(minutes=5)


def estimated(origin: Place, destination: Place, departs: datetime, mode: Mode) -> datetime:
    """Return the local arrival that the mode and the distance suggest, rounded up to five minutes.

    Raises DomainError on `arrives` if a place has no coordinates, or on `departs` if the time is impossible.
    """
    if origin.point is None or destination.point is None:
        raise DomainError(
            "arrives", N_("Enter the arrival. It cannot be estimated, because the distance is not known.")
        )
    departs_at, *_ = Local(departs, origin.timezone, "departs").instants()
    arrives_at = departs_at + timedelta(minutes=_minutes(distance_km(origin.point, destination.point), mode))
    return to_typed(arrives_at + (datetime.min.replace(tzinfo=UTC) - arrives_at) % _STEP, destination.timezone)


def _minutes(km: float, mode: Mode) -> float:
    if mode in _SPEEDS:
        return max(_LEAST, km * ROAD_DETOUR * 60.0 / _SPEEDS[mode])
    estimate = flight_minutes if mode is Mode.AIR else road_minutes
    return float(estimate(np.array([km]))[0])
