"""Names of towns: whether what people type in their language, or in that of the country, finds the town.

The towns are split by a digest of their names. One half may be looked at while the search is improved; the other half is
what counts. `tools/build_towns.py` writes the names.
"""

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from app.geography.sphere import distance_km
from app.models.travel.places import Place, PlaceKind
from app.queries.travel import places
from benchmarks import Case

FILE = Path(__file__).with_name("town_names.json.gz")
NEAR_KM = 30.0
"""The maximum distance in kilometers between the town that was meant and the one that was found."""
SAMPLE = 8
"""One in so many of the towns held out is typed."""


class Meant(NamedTuple):
    """A town, and what people type for it."""

    country: str
    latitude: float
    longitude: float
    typed: list[str]


def cases(quick: bool) -> list[Case]:
    """Measure the towns held out; with `quick`, only a few."""
    towns = listed(held_out=True)[:: SAMPLE * (20 if quick else 1)]
    first, offered, typed = found(towns)
    what = (
        f"of {typed} names of {len(towns)} towns of 100,000 people and more, typed in es, en, pt, fr and local script"
    )
    return [
        Case(f"{what}: find the town", offered / typed * 100, 97.0, "%", at_least=True),
        Case(f"{what}: find it first, before namesakes", first / typed * 100, 90.0, "%", at_least=True),
    ]


def listed(*, held_out: bool) -> list[Meant]:
    """Return the towns of one half, the largest first."""
    towns = [Meant(*row) for row in json.loads(gzip.decompress(FILE.read_bytes()))]
    return [town for town in towns if (sha256(town.typed[0].encode()).digest()[0] % 2 == 1) is held_out]


def found(towns: list[Meant]) -> tuple[int, int, int]:
    """Return how many names find their town in the first place, how many among what is offered, and how many there are."""
    first = offered = typed = 0
    for town in towns:
        for name in town.typed:
            answers = [_is_it(place, town) for place, _is_called in places.meant_by(name)]
            typed += 1
            first += answers[:1] == [True]
            offered += any(answers)
    return first, offered, typed


def _is_it(place: Place, town: Meant) -> bool:
    if place.kind is not PlaceKind.CITY or place.country != town.country or place.point is None:
        return False
    return distance_km(place.point, (town.latitude, town.longitude)) <= NEAR_KM
