"""How sure each step of a route is, and how much longer a route may take because of the steps that are not."""

from enum import StrEnum

from app import gazetteer
from app.queries.travel.ways import AlternativeRoute, Segment
from app.routing.estimates import TRANSFER_KM
from app.routing.network import Evidence


class Sureness(StrEnum):
    """How sure it is that people can travel a step like this, surest first."""

    TRAVELED = "traveled"
    """People of this congress have traveled it or booked it."""
    SCHEDULED = "scheduled"
    """A scheduled service or known line."""
    RECORDED = "recorded"
    """A verified crossing."""
    ESTIMATED = "estimated"
    """A road that is assumed from the distance."""
    POOR = "poor"
    """The same in a country where roads are poor."""


_OF = {
    Evidence.TRAVELED: Sureness.TRAVELED,
    Evidence.BOOKED: Sureness.TRAVELED,
    Evidence.CROSSING: Sureness.RECORDED,
    Evidence.ESTIMATE: Sureness.ESTIMATED,
}
_LONGER = {Sureness.RECORDED: 0.5, Sureness.ESTIMATED: 0.35, Sureness.POOR: 1.0}
"""How much longer a step may take, as a share of the time that was calculated."""


def sureness(segment: Segment) -> Sureness:
    """Return how sure a step is; a short way within a town is as sure as anything."""
    found = _OF.get(segment.evidence, Sureness.SCHEDULED)
    poor = gazetteer.read("road_conditions")["poor"]
    if found is Sureness.ESTIMATED and {segment.origin.country, segment.destination.country} & {*poor}:
        return Sureness.POOR
    return found


def most_minutes(route: AlternativeRoute) -> float:
    """Return how many minutes longer than calculated a route may take, because of its crossings and estimated roads."""
    return sum(
        _LONGER.get(sureness(one), 0.0) * (one.arrives_at - one.departs_at).total_seconds() / 60
        for one in route.segments
        if one.evidence is not Evidence.ESTIMATE or one.km > TRANSFER_KM
    )
