"""How long things take where no timetable says so. Every figure here is an estimate, and pages call it one.

Calibrated on the ways that delegations really took to Caracas in December 2025: Mexico City by Cúcuta about 33 hours,
Buenos Aires by Manaus and Boa Vista about 48.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

START = 180.0
"""Minutes from the door to the first departure."""
BOARDING = 60.0
"""Minutes at an airport from one flight to the next, or before the first."""
SCARCITY = 800.0
"""Minutes that one waits on average for a pair that a single callsign flies; two callsigns halve it, and so on."""
LONGEST_WAIT = 720.0
MANY_RUNS = 12.0
"""From so many callsigns on nobody waits less."""
BUS_WAIT = 90.0
CROSSING = 150
"""Minutes for getting over a border where nobody has said how long it takes."""
STALE = 0.8
"""What a callsign counts that has not been new or changed of late, against one that has."""
ROAD_DETOUR = 1.3
"""How much longer a road is than the straight line."""
ROAD_SPEED = 60.0
"""Kilometers an hour, of a bus with its stops."""
TRANSFER_KM = 40.0
"""Up to here one changes within a town: no bus to wait for."""


def flight_minutes(km: Floats) -> Floats:
    """Return how long a nonstop flight of so many kilometers takes from gate to gate."""
    return 30.0 + km * 60.0 / 800.0


def flight_wait(frequency: Floats, fresh: Floats) -> Floats:
    """Return how long one waits for a flight, from how many callsigns fly it and how many of them are fresh."""
    runs = fresh + STALE * (frequency - fresh)
    return BOARDING + np.minimum(LONGEST_WAIT, SCARCITY / np.clip(runs, 0.5, MANY_RUNS))


def road_minutes(km: Floats) -> Floats:
    """Return how long a road of so many straight kilometers takes."""
    return np.maximum(15.0, km * ROAD_DETOUR * 60.0 / ROAD_SPEED)


def road_wait(km: Floats) -> Floats:
    """Return how long one waits for a bus; nobody waits for a ride within a town."""
    return np.where(km <= TRANSFER_KM, 10.0, BUS_WAIT)


def fare(mode_is_air: NDArray[np.bool_], km: Floats) -> Floats:
    """Return a rough fare in US dollars, by way and distance."""
    return np.where(mode_is_air, 60.0 + 0.10 * km, 3.0 + 0.05 * km)


HOUR = 4.0
"""What an hour on the way counts in US dollars when the cheapest way is looked for."""
BORDER = 10.0
"""What a border counts in US dollars: stamps, taxes and a photocopy."""
