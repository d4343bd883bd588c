"""The requirements on a route, and its corridor."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.routing.closures import Closure


class Preference(StrEnum):
    """The criterion for the best route."""

    FASTEST = "fastest"
    CHEAPEST = "cheapest"
    FEWEST_BORDERS = "fewest_borders"


@dataclass(frozen=True, slots=True)
class Wish:
    """The origin and start of a route, and what it must avoid."""

    origin_id: int
    starts_at: datetime
    latest_at: datetime | None = None
    avoid_countries: frozenset[str] = frozenset()
    """Not to be landed in or passed through; flying over is allowed."""
    refused_by: frozenset[str] = frozenset()
    """Countries that refuse entry to this delegation, possibly including the destination."""
    refusals: tuple[Closure, ...] = ()
    """Refusals of entry to someone in this delegation, with their periods: they may end before it is there."""
    avoid_carriers: frozenset[int] = frozenset()
    preference: Preference = Preference.FASTEST


@dataclass(frozen=True, slots=True)
class Corridor:
    """The gates of a route: the crossing, airport or port where it enters the country of the congress; and where it leaves."""

    entry: tuple[str, int]
    exit: tuple[str, int] = ("", 0)
