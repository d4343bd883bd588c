"""Estimated travel times for segments without a timetable. Pages mark all of these figures as estimates.

Calibrated on the routes that delegations took to Caracas in December 2025: Mexico City via Cúcuta in about 33 hours,
Buenos Aires via Manaus and Boa Vista in about 48.
"""

from typing import TypeAlias

from app.later import np, npt

Floats: TypeAlias = "npt.NDArray[np.float64]"

START = 180.0
"""Minutes from home to the first departure."""
BOARDING = 60.0
"""Minutes at an airport between two flights, or before the first."""
SCARCITY = 800.0
"""Average waiting minutes for a route with a single callsign; two callsigns halve it, and so on."""
LONGEST_WAIT = 720.0
MANY_RUNS = 12.0
"""The number of callsigns from which on the wait gets no shorter."""
BUS_WAIT = 90.0
BORDER_WAIT = 30.0
"""Minutes of waiting for the vehicle beyond a border, where buses and shared cars stand ready."""
CROSSING = 150
"""Minutes to cross a border whose duration is unknown."""
STALE = 0.8
"""The weight of a callsign that is neither new nor recently changed, relative to one that is."""
ROAD_DETOUR = 1.3
"""The ratio of road distance to straight-line distance."""
ROAD_SPEED = 60.0
"""Kilometers per hour of a bus, stops included."""
SEA_SPEED = 32.0
"""Kilometers per hour of a ferry."""
CHECK_IN, CHANGE_TRAINS = 60.0, 20.0
"""Minutes at a port or a station before the departure that a traveler has chosen."""
WEEK = 7 * 24 * 60.0
LONGEST_LINE_WAIT = 2880.0
"""Travelers know the timetable of a line that runs once a week, and do not come days before."""
TRANSFER_KM = 40.0
"""Up to this distance a transfer is within a town, without waiting for a bus."""


def flight_minutes(km: Floats) -> Floats:
    """Return the gate-to-gate minutes of a nonstop flight of `km` kilometers."""
    return 30.0 + km * 60.0 / 800.0


def flight_wait(frequency: Floats, fresh: Floats) -> Floats:
    """Return the minutes of waiting for a flight, given the number of its callsigns and of the recent ones."""
    runs = fresh + STALE * (frequency - fresh)
    return BOARDING + np.minimum(LONGEST_WAIT, SCARCITY / np.clip(runs, 0.5, MANY_RUNS))


def road_minutes(km: Floats) -> Floats:
    """Return the minutes on the road for a straight-line distance in kilometers."""
    return np.maximum(15.0, km * ROAD_DETOUR * 60.0 / ROAD_SPEED)


def road_wait(km: Floats) -> Floats:
    """Return the minutes of waiting for a bus; there is no wait for a transfer within a town."""
    return np.where(km <= TRANSFER_KM, 10.0, BUS_WAIT)


def sea_minutes(km: Floats) -> Floats:
    """Return the minutes of a boat for a straight-line distance in kilometers."""
    return 30.0 + km * 1.2 * 60.0 / SEA_SPEED


def line_wait(weekly: Floats, at_sea: "npt.NDArray[np.bool_]") -> Floats:
    """Return the minutes of waiting for a ferry or a train, half of the time between two of its departures a week."""
    half = np.minimum(LONGEST_LINE_WAIT, WEEK / 2 / np.maximum(weekly, 0.5))
    return np.where(at_sea, CHECK_IN, CHANGE_TRAINS) + half


def fare(mode_is_air: "npt.NDArray[np.bool_]", km: Floats) -> Floats:
    """Return a rough fare in US dollars, by mode and distance."""
    return np.where(mode_is_air, 60.0 + 0.10 * km, 3.0 + 0.05 * km)


HOUR = 4.0
"""The cost of an hour of travel in US dollars in a search for the cheapest route."""
BORDER = 10.0
"""The cost of a border crossing in US dollars: stamps, taxes and copies."""
