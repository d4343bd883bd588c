"""What a map is drawn from: legs of journeys and the places on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.geography.sphere import Point


class LineKind(StrEnum):
    """What has become of a leg. The later ones are drawn over the earlier ones."""

    LOST = "lost"
    WAY = "way"
    DONE = "done"
    KNOCK_ON = "knock_on"
    HIT = "hit"
    OTHER_WAY = "other_way"


class MarkKind(StrEnum):
    """What a place is on the journeys. The earlier ones get their labels first."""

    CONGRESS = "congress"
    END = "end"
    CROSSING = "crossing"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Line:
    """A leg or several of one journey."""

    points: Sequence[Point]
    kind: LineKind
    title: str
    arc: bool = True
    """Whether the steps follow great circles, as aircraft do, or the straight lines of the map."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a journey."""

    point: Point
    label: str
    kind: MarkKind
