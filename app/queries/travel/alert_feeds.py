"""Route problems as a feed of GTFS-Realtime.

What the format has no field for, such as a country or a border, is a stop with a prefix of ours (`country:VE`). Nothing about
people or their legs leaves the house: entities of these kinds are left out, and with them the whole group.
"""

from collections.abc import Callable, Sequence
from typing import Any

from app import clock
from app.models.travel.places import Mode
from app.models.travel.problems import Effect, EntityKind, InformedEntity, RouteProblem
from app.queries.travel.problems import is_over
from app.reading.alerts.gtfs import CAUSES, EFFECTS, SEVERITIES

_ROUTE_TYPES = {Mode.RAIL: 2, Mode.ROAD: 3, Mode.SEA: 4, Mode.RIVER: 4, Mode.AIR: 1100}
_PREFIXED = (EntityKind.COUNTRY, EntityKind.COUNTRY_AIRSPACE, EntityKind.CARRIERS_OF)
OTHER_CAUSE, UNKNOWN_EFFECT = CAUSES.index("other_cause"), EFFECTS.index("unknown_effect")


def feed(recorded: Sequence[RouteProblem], language: str, title: Callable[[RouteProblem], str]) -> dict[str, Any]:
    """Return the problems that are not over as a FeedMessage in JSON, with their titles in this language."""
    current = [(one, _selectors(one)) for one in recorded if not is_over(one)]
    return {
        "header": {"gtfsRealtimeVersion": "2.0", "incrementality": 0, "timestamp": int(clock.now().timestamp())},
        "entity": [
            {"id": f"problem-{one.id}", "alert": _alert(one, selectors, language, title)}
            for one, selectors in current
            if selectors
        ],
    }


def _alert(
    problem: RouteProblem, selectors: list[dict[str, Any]], language: str, title: Callable[[RouteProblem], str]
) -> dict[str, Any]:
    alert: dict[str, Any] = {
        "activePeriod": [
            {"start": int(period.starts_at.timestamp())}
            | ({"end": int(period.ends_at.timestamp())} if period.ends_at else {})
            for period in problem.active_periods
        ],
        "informedEntity": selectors,
        "cause": CAUSES.index(problem.cause.value) if problem.cause.value in CAUSES else OTHER_CAUSE,
        "effect": EFFECTS.index(problem.effect.value) if problem.effect in list(Effect) else UNKNOWN_EFFECT,
        "severityLevel": SEVERITIES.index(problem.severity_level.value),
    }
    if problem.source_url:
        alert["url"] = {"translation": [{"text": problem.source_url}]}
    if not any(entity.leg_id or entity.delegate_id for entity in problem.informed_entities):
        alert["headerText"] = {"translation": [{"text": title(problem), "language": language}]}
    return alert


def _selectors(problem: RouteProblem) -> list[dict[str, Any]]:
    found = []
    for group in problem.groups:
        parts = [_selector(entity) for entity in group]
        names = [name for part in parts if part for name in part]
        if all(parts) and len(names) == len(set(names)):  # a selector has each field once
            found.append({name: value for part in parts if part for name, value in part.items()})
    return found


def _selector(entity: InformedEntity) -> dict[str, Any] | None:
    """Return an entity as fields of a selector, or None if it is about a person, a leg, or has no name there."""
    match entity.kind:
        case EntityKind.PLACE if entity.place:
            return {"stopId": entity.place.code or entity.place.name}
        case EntityKind.CARRIER:
            return {"agencyId": entity.carrier}
        case EntityKind.ALLIANCE:
            return {"stopId": f"alliance:{entity.carrier}"}
        case EntityKind.FIR:
            return {"stopId": f"fir:{entity.fir}"}
        case EntityKind.BORDER:
            return {"stopId": "-".join(part for part in (f"border:{entity.country}", entity.other_country) if part)}
        case EntityKind.CROSSING if entity.crossing:
            return {"stopId": f"crossing:{entity.crossing.name}"}
        case EntityKind.MODE if entity.mode in _ROUTE_TYPES:
            country = {"stopId": f"country:{entity.country}"} if entity.country else {}
            return {"routeType": _ROUTE_TYPES[entity.mode]} | country
        case kind if kind in _PREFIXED:
            return {"stopId": f"{kind.value}:{entity.country}"}
    return None
