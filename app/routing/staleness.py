"""Which observed flights no longer run, judged by whole countries and airports and not by single pairs.

Few carriers change all their call signs, so a pair without recent ones says nothing. What says something is that none of
many call signs is recent although their carriers' usually are: how many were to be expected is compared with none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

FRESH_SINCE = date(2024, 8, 1)
"""Call signs that are new or changed since this day count as recent."""
EXPECTED = 11.0
"""A country pair or an airport with no recent call sign is dead if at least so many were to be expected."""
CUT_OFF = 5.0
"""A country is cut off if the flights to and from Europe have this many times EXPECTED and none is recent."""
EXPECTED_IF_CUT_OFF = 2.5
"""Of a country that is cut off, so many missing recent call signs are enough for every other pair."""
_PRIOR = 20.0
"""So many call signs at the usual rate are added to those of each carrier."""

EUROPE = frozenset((
    "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
))  # fmt: skip
"""The countries that close and open their airspaces together: the Union, its associates, and the United Kingdom."""


class Run(NamedTuple):
    """The observed flights of one carrier between two airports."""

    origin_id: int
    destination_id: int
    carrier_id: int | None
    frequency: float
    fresh: float


_Key = tuple[str, ...] | int


class _Tally:
    """Recent call signs, seen and to be expected."""

    def __init__(self) -> None:
        self.seen: dict[_Key, float] = defaultdict(float)
        self.expected: dict[_Key, float] = defaultdict(float)

    def add(self, key: _Key, seen: float, expected: float) -> None:
        self.seen[key] += seen
        self.expected[key] += expected

    def missing(self, key: _Key) -> float:
        """Return how many were to be expected if none was seen, otherwise 0."""
        return self.expected[key] if not self.seen[key] else 0.0


def dead_pairs(runs: Iterable[Run], country: Mapping[int, str]) -> frozenset[tuple[int, int]]:
    """Return the pairs of airports between which no flight runs any longer; none if no call sign is recent at all."""
    runs = list(runs)
    rate = _rates(runs)
    tally = _Tally()
    for run in runs:
        for key in _keys(run, country):
            tally.add(key, run.fresh, run.frequency * rate[run.carrier_id])
    judged: dict[tuple[str, ...], bool] = {}
    airports = {one for run in runs for one in (run.origin_id, run.destination_id)}
    closed = {one for one in airports if tally.missing(one) >= EXPECTED}
    dead = set()
    for run in runs:
        ends = _ends(run, country)
        if ends not in judged:
            judged[ends] = _is_dead(ends, tally)
        if judged[ends] or run.origin_id in closed or run.destination_id in closed:
            dead.add((run.origin_id, run.destination_id))
    return frozenset(dead)


def usual_carriers(runs: Iterable[Run], ends: tuple[str, str], of_carrier: Mapping[int, str | None]) -> list[Run]:
    """Return the flights of a pair without odd carriers, which do not keep it open when the usual ones are closed.

    A carrier is odd if it belongs to neither country and flies rarely, compared with the carriers that do.
    """
    runs = list(runs)
    home = sum(run.frequency for run in runs if _belongs(run, ends, of_carrier))
    return [run for run in runs if _belongs(run, ends, of_carrier) or not _is_odd(run, home, of_carrier)]


def _belongs(run: Run, ends: tuple[str, str], of_carrier: Mapping[int, str | None]) -> bool:
    code = of_carrier.get(run.carrier_id) if run.carrier_id is not None else None
    return code is not None and (code in ends or (code in EUROPE and not EUROPE.isdisjoint(ends)))


def _is_odd(run: Run, home: float, of_carrier: Mapping[int, str | None]) -> bool:
    known = run.carrier_id is not None and of_carrier.get(run.carrier_id) is not None
    return known and run.frequency * 3 <= home and (not run.fresh or run.frequency <= 2)


def _rates(runs: Iterable[Run]) -> dict[int | None, float]:
    """Return the share of recent call signs of each carrier."""
    total: dict[int | None, float] = defaultdict(float)
    fresh: dict[int | None, float] = defaultdict(float)
    for run in runs:
        total[run.carrier_id] += run.frequency
        fresh[run.carrier_id] += run.fresh
    usual = sum(fresh.values()) / max(1.0, sum(total.values()))
    return {one: (fresh[one] + _PRIOR * usual) / (total[one] + _PRIOR) for one in total}


def _ends(run: Run, country: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(sorted((country[run.origin_id], country[run.destination_id])))


def _keys(run: Run, country: Mapping[int, str]) -> set[_Key]:
    """Return what a run is counted for: its airports, its countries, each of them, and one country with Europe."""
    ends = _ends(run, country)
    one, other = ends
    keys: set[_Key] = {run.origin_id, run.destination_id, ends, (one,), (other,)}
    keys |= {("EUROPE", code) for code in ends if code not in EUROPE and not EUROPE.isdisjoint(ends)}
    return keys


def _is_dead(ends: tuple[str, ...], tally: _Tally) -> bool:
    """Return whether no flight runs between two countries: judged by them, by either as a whole, or by Europe as one."""
    if tally.seen[ends]:
        return False
    wider: list[_Key] = [ends, *((code,) for code in ends)]
    if not EUROPE.isdisjoint(ends):
        wider += [("EUROPE", code) for code in ends if code not in EUROPE]
    if max(tally.missing(key) for key in wider) >= EXPECTED:
        return True
    cut_off = any(tally.missing(("EUROPE", code)) >= CUT_OFF * EXPECTED for code in ends)
    return cut_off and tally.missing(ends) >= EXPECTED_IF_CUT_OFF
