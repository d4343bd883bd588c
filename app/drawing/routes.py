"""The input of a map: legs of journeys and their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.geography.sphere import Point


class LineKind(StrEnum):
    """The state of a leg. Later values are drawn over earlier ones."""

    LOST = "lost"
    WAY = "way"
    DONE = "done"
    KNOCK_ON = "knock_on"
    HIT = "hit"
    OTHER_WAY = "other_way"


class MarkKind(StrEnum):
    """The role of a place in the journeys. Earlier values get their labels first."""

    CONGRESS = "congress"
    END = "end"
    CROSSING = "crossing"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Line:
    """One or several legs of a journey."""

    points: Sequence[Point]
    kind: LineKind
    title: str
    arc: bool = True
    """Whether the steps follow great circles, like aircraft, or straight lines on the map."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a journey."""

    point: Point
    label: str
    kind: MarkKind
