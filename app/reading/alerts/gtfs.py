"""Alerts of GTFS-Realtime, as JSON or as protocol buffers."""

import json
from datetime import UTC, datetime
from typing import Any

from app.reading.alerts import MOST_NOTICES, MOST_PERIODS, Notice, Subject, UnreadableError, Window, wire

CAUSES = (
    "", "unknown_cause", "other_cause", "technical_problem", "strike", "demonstration", "accident", "holiday", "weather",
    "maintenance", "construction", "police_activity", "medical_emergency",
)  # fmt: skip
EFFECTS = (
    "", "no_service", "reduced_service", "significant_delays", "detour", "additional_service", "modified_service", "other_effect",
    "unknown_effect", "stop_moved", "no_effect", "accessibility_issue",
)  # fmt: skip
SEVERITIES = ("", "unknown_severity", "info", "warning", "severe")
"""Names of enumerations by their number."""
ROUTE_TYPES = {
    0: "rail", 1: "rail", 2: "rail", 3: "road", 4: "sea", 5: "rail", 7: "rail", 11: "road", 12: "rail", 100: "rail", 200: "road",
    700: "road", 1000: "sea", 1100: "air", 1200: "sea",
}  # fmt: skip
"""The mode of a route type; of the extended types, its hundreds count."""


def as_text(data: bytes) -> str:
    """Return a binary message as indented JSON, so that people can read and correct it."""
    return json.dumps(wire.decode(data), ensure_ascii=False, indent=1)


def read(text: str, languages: tuple[str, ...] = ()) -> list[Notice]:
    """Return the alerts of a feed in JSON; raises UnreadableError if it is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("This is no JSON.") from error
    entities = _list(feed, "entity") if isinstance(feed, dict) else None
    if not entities:
        raise UnreadableError("This is no feed of GTFS-Realtime.")
    alerts = [one for one in entities if isinstance(one, dict) and isinstance(one.get("alert"), dict)]
    if not alerts:
        raise UnreadableError("This feed has no alerts.")
    return [_notice(one, languages) for one in alerts[: MOST_NOTICES + 1]]


def _list(value: Any, name: str) -> list[Any]:
    """Return a repeated field, whose name may be written in either of two ways."""
    other = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    found = value.get(name, value.get(other, []))
    return found if isinstance(found, list) else [found]


def _get(value: Any, name: str) -> Any:
    found = _list(value, name)
    return found[0] if found else None


def _notice(entity: dict[str, Any], languages: tuple[str, ...]) -> Notice:
    alert, odd = entity["alert"], list[str]()
    periods = [one for one in (_window(period, odd) for period in _list(alert, "activePeriod")) if one]
    selectors = [one for one in _list(alert, "informedEntity") if isinstance(one, dict)]
    subjects = [one for one in (_subjects(selector, odd) for selector in selectors[:200]) if one]
    header, description, url = (
        wire.texts(_get(alert, name), languages) if isinstance(_get(alert, name), dict) else None
        for name in ("headerText", "descriptionText", "url")
    )
    return Notice(
        reference=str(entity.get("id") or "")[:80] or None,
        text="\n".join(one for one in (header, description) if one),
        windows=tuple(periods[:MOST_PERIODS]),
        subjects=tuple(dict.fromkeys(subjects)),
        effect=_name(_get(alert, "effect"), EFFECTS, "unknown_effect", odd),
        cause=_name(_get(alert, "cause"), CAUSES, "unknown_cause", odd),
        severity={"info": "info", "warning": "warning", "severe": "severe"}.get(
            _name(_get(alert, "severityLevel"), SEVERITIES, "", [])
        ),
        url=url, not_understood=tuple(odd),
    )  # fmt: skip


def _name(given: Any, names: tuple[str, ...], otherwise: str, odd: list[str]) -> str:
    if given is None:
        return otherwise
    if isinstance(given, int) and 0 < given < len(names):
        return names[given]
    if isinstance(given, str) and given.lower() in names:
        return given.lower()
    odd.append(str(given)[:80])
    return otherwise


def _window(period: Any, odd: list[str]) -> Window | None:
    """Return a period; without a start it has begun, which only the one who records it can date."""
    if not isinstance(period, dict):
        return None
    starts_at, ends_at = (_instant(period.get(name)) for name in ("start", "end"))
    if starts_at is None or (ends_at is not None and ends_at <= starts_at):
        odd.append(json.dumps(period)[:200])
        return None
    return Window(starts_at, ends_at)


def _instant(given: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(given), UTC) if given not in (None, 0, "0") else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _subjects(selector: dict[str, Any], odd: list[str]) -> tuple[Subject, ...]:
    """Return what a selector names: all of its fields hold together."""
    found = []
    if agency := _get(selector, "agencyId"):
        found.append(Subject("carrier", str(agency)[:200]))
    if stop := _get(selector, "stopId"):
        kind, _, code = str(stop).partition(":")
        known = kind in ("country", "country_airspace", "fir", "border", "carriers_of", "alliance", "crossing")
        found.append(Subject(kind, code[:200]) if known and code else Subject("stop", str(stop)[:200]))
    kind = _get(selector, "routeType")
    if isinstance(kind, int):
        mode = ROUTE_TYPES.get(kind) or ROUTE_TYPES.get(kind // 100 * 100)
        found.append(Subject("mode", mode)) if mode else odd.append(f"routeType {kind}")
    other = [name for name in ("routeId", "trip", "directionId") if _get(selector, name) is not None]
    if other:  # a line or a trip is less than what is recorded here, so the whole selector is shown and left out
        odd.append(json.dumps(selector, ensure_ascii=False)[:300])
        return ()
    return tuple(found)
