"""Situations of SIRI-SX (XML)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from app.later import etree
from app.reading.alerts import MOST_NOTICES, MOST_PERIODS, Notice, Subject, UnreadableError, Window

_MODES = {
    "air": "air", "bus": "road", "coach": "road", "rail": "rail", "metro": "rail", "tram": "rail", "water": "sea", "ferry": "sea",
    "taxi": "road",
}  # fmt: skip
_CAUSES = {
    "industrialaction": "strike", "strike": "strike", "demonstration": "demonstration", "accident": "accident", "holiday": "holiday",
    "badweather": "weather", "weather": "weather", "maintenancework": "maintenance", "constructionwork": "construction",
    "roadworks": "construction", "policeactivity": "police_activity", "securityalert": "police_activity",
    "medicalemergency": "medical_emergency", "technicalproblem": "technical_problem",
}  # fmt: skip
_EFFECTS = {
    "cancelled": "no_service", "noservice": "no_service", "stopcancelled": "no_service", "closed": "no_service",
    "reducedservice": "reduced_service", "delayed": "significant_delays", "significantdelays": "significant_delays",
    "diverted": "detour", "detour": "detour", "additionalservice": "additional_service", "modifiedservice": "modified_service",
    "altered": "modified_service", "stopmoved": "stop_moved", "normalservice": "no_effect", "noeffect": "no_effect",
}  # fmt: skip
_SEVERITIES = {"slight": "info", "veryslight": "info", "normal": "warning", "severe": "severe", "verysevere": "severe"}


def read(text: str) -> list[Notice]:
    """Return the situations in a message; raises UnreadableError if it is none.

    Entities and document types are refused: nothing outside the text is read, and nothing in it is multiplied.
    """
    if "<!DOCTYPE" in text[:10_000].upper() or "<!ENTITY" in text.upper():
        raise UnreadableError("Messages with a document type are not read.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("This XML cannot be read.") from error
    found = [one for one in root.iter(etree.Element) if _tag(one) == "PtSituationElement"]
    if not found:
        raise UnreadableError("This XML has no situation.")
    return [_notice(one) for one in found[: MOST_NOTICES + 1]]


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element: Any, *path: str) -> list[Any]:
    """Return the descendants with the last of the names, each name below the one before."""
    found = [element]
    for name in path:
        found = [inner for one in found for inner in one.iter(etree.Element) if _tag(inner) == name]
    return found


def _text(element: Any, *path: str) -> str | None:
    listed = _all(element, *path)
    text = " ".join("".join(listed[0].itertext()).split()) if listed else ""
    return text or None


def _notice(situation: Any) -> Notice:
    odd: list[str] = []
    windows = tuple(one for one in (_window(each, odd) for each in _children(situation, "ValidityPeriod")) if one)
    subjects = list(_affected(situation, odd))
    condition = _text(situation, "Consequence", "Condition") or _text(situation, "ServiceCondition") or ""
    effect = _EFFECTS.get(condition.replace(" ", "").lower(), "unknown_effect")
    if condition and effect == "unknown_effect" and condition.lower() not in ("unknown", "unknowneffect"):
        odd.append(condition)
    cause = next((text for one in situation if (text := _cause(one))), None)
    severity = (_text(situation, "Severity") or "").replace(" ", "").lower()
    parts = (_text(situation, "Summary"), _text(situation, "Description"))
    estimated = (_text(situation, "ValidityPeriod", "EndTimeStatus") or "").lower() in (
        "short-term",
        "long-term",
        "shortterm",
        "longterm",
    )
    progress = (_text(situation, "Progress") or "").lower()
    reference = _text(situation, "SituationNumber")
    return Notice(
        reference=reference[:80] if reference else None, text="\n".join(one for one in parts if one), windows=windows[:MOST_PERIODS],
        subjects=tuple(dict.fromkeys(subjects)), effect=effect, cause=cause, severity=_SEVERITIES.get(severity),
        end_estimated=estimated, url=_text(situation, "InfoLink", "Uri"),
        cancels=reference if progress in ("closed", "closing") else None, not_understood=tuple(odd),
    )  # fmt: skip


def _children(element: Any, name: str) -> list[Any]:
    return [one for one in element if _tag(one) == name]


def _cause(element: Any) -> str | None:
    tag = _tag(element)
    if not tag.endswith("Reason") and tag != "AlertCause":
        return None
    return _CAUSES.get((element.text or "").strip().replace("_", "").lower())


def _window(period: Any, odd: list[str]) -> Window | None:
    begins, ends = _text(period, "StartTime"), _text(period, "EndTime")
    starts_at, ends_at = _instant(begins), _instant(ends)
    if starts_at is None or (ends and ends_at is None) or (ends_at is not None and ends_at <= starts_at):
        odd.append(" – ".join(one for one in (begins, ends) if one) or "ValidityPeriod")
        return None
    return Window(starts_at, ends_at)


def _instant(text: str | None) -> datetime | None:
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return read.astimezone(UTC) if read and read.tzinfo else None


def _affected(situation: Any, odd: list[str]) -> Iterator[tuple[Subject, ...]]:
    """Yield what is affected: operators, stops and whole modes. A single line or journey is shown, not taken for more."""
    for affects in _all(situation, "Affects"):
        lines = [" ".join("".join(line.itertext()).split())[:200] for line in _all(affects, "AffectedLine")]
        odd.extend(line or "AffectedLine" for line in lines)
        yield from _named(affects, "carrier", ("AffectedOperator",), ("OperatorName", "OperatorRef"))
        stops = ("AffectedStopPoint", "AffectedStopPlace")
        yield from _named(affects, "stop", stops, ("StopPointRef", "StopPlaceRef", "StopPointName", "PlaceName"))
        if not lines:
            yield from _modes(affects)


def _named(affects: Any, kind: str, elements: Sequence[str], names: Sequence[str]) -> Iterator[tuple[Subject, ...]]:
    for one in (found for element in elements for found in _all(affects, element)):
        text = next((text for name in names if (text := _text(one, name))), None)
        if text:
            yield (Subject(kind, text[:200]),)


def _modes(affects: Any) -> Iterator[tuple[Subject, ...]]:
    """Yield modes, which an element names (`AirMode`) or its text does (`air`)."""
    for mode in _all(affects, "AffectedModes", "Mode"):
        named = [_tag(child).lower() for child in mode] or [(mode.text or "").strip().lower()]
        for name in named:
            known = next((value for begins, value in _MODES.items() if name.startswith(begins)), None)
            if known:
                yield (Subject("mode", known),)
