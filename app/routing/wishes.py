"""What is asked of a way, and by which gates it leads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Preference(StrEnum):
    """What makes one way better than another."""

    FASTEST = "fastest"
    CHEAPEST = "cheapest"
    FEWEST_BORDERS = "fewest_borders"


@dataclass(frozen=True, slots=True)
class Wish:
    """From where, from when on, and what to keep clear of."""

    origin_id: int
    starts_at: datetime
    latest_at: datetime | None = None
    avoid_countries: frozenset[str] = frozenset()
    """Not to be landed in or passed through; flying over is not looked at."""
    refused_by: frozenset[str] = frozenset()
    """Countries that let nobody of this delegation in, be it the one it wants to reach."""
    avoid_carriers: frozenset[int] = frozenset()
    preference: Preference = Preference.FASTEST


@dataclass(frozen=True, slots=True)
class Corridor:
    """By which gate a way enters the country of the congress: a crossing, or an airport or port; and by which it leaves."""

    entry: tuple[str, int]
    exit: tuple[str, int] = ("", 0)
