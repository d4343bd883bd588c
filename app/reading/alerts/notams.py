"""Notices to pilots (NOTAM) in the format of ICAO Doc 8126: items Q and A to G."""

import re
from datetime import UTC, datetime

from app.reading.alerts import MOST_NOTICES, Notice, Subject, UnreadableError, Window
from app.reading.alerts.schedules import windows

_HEAD = re.compile(r"\(?\s*([A-Z]\d{4}/\d{2})\s+NOTAM([NRC])(?:\s+([A-Z]\d{4}/\d{2}))?", re.IGNORECASE)
_ITEM = re.compile(r"(?:(?<=\s)|(?<=\()|^)([QABCDEFG])\)\s*", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?=\(\s*[A-Z]\d{4}/\d{2}\s+NOTAM)|(?=^\s*[A-Z]\d{4}/\d{2}\s+NOTAM)", re.MULTILINE | re.IGNORECASE
)
_CODE = re.compile(r"\b[A-Z]{4}\b")
_CLOSED = re.compile(r"\b(CLSD|CLOSED|CERRAD[OA]|FECHAD[OA]|FERME|SUSPENDED|PROHIBITED)\b")
_OF_AIRPORT = re.compile(r"^\W*(AD|AP|ARPT|AIRPORT|AERODROME|AERODROMO|AEROPUERTO|AEROPORTO)\b(?!\s*(BEACON|REF|OPR))")
_OF_REGION = re.compile(r"\b(FIR|AIRSPACE|ESPACIO AEREO|ESPACO AEREO)\b")
_PARTIAL = re.compile(
    r"\b(WI|WITHIN|RADIUS|BOUNDED|AREA|SECTOR|PART|PARTIALLY|BLW|BELOW|ABV|ABOVE|LATERAL|COORD|COORDS|TFR|FOR ACFT|TO ACFT|TO FLT|"
    r"FOR FLT|OVERFLYING|ONLY|NON-SKED|NON SKED|NONSKED|VFR|GA|PPR|MTOW|REGISTERED|OPERATORS?|CARRIERS?|LDG|ARR|DEP|EXC|EXCEPT|EXCEPTO)\b"
)
_FOR_SOME = re.compile(
    r"\b(?:CLSD|CLOSED|PROHIBITED|SUSPENDED)\s+(?:TO|FOR)\s+(?!ALL\b|ANY\b|CIVIL\b)(?:\w+\s+){1,5}(?:ACFT|AIRCRAFT|FLTS?|FLIGHTS?|AIRLINES)\b"
)
"""A closure for some aircraft only, such as those of one country."""
_EMERGENCIES = re.compile(
    r"\b(?:EXC|EXCEPT|EXCEPTO)(?:\s+FOR)?((?:[\s,/]+(?:AND|OR|Y|FOR|EMERG(?:ENCY|ENCIA)?|EMERGENCIES|MEDEVAC|MEDICAL|HOSP|HUM|HUMANITARIAN|SAR|STATE|MIL|"
    r"HEAD|FFR|FLTS?|FLIGHTS?|ACFT|LDG|LANDINGS?|AMBULANCE|HEL|POLICE|VUELOS))+)"
)
_KNOWN = ("AH", "CA")
"""Conditions of which the effect says enough."""
_GROUND = ("", "SFC", "GND", "000", "FL000", "0FT")
_REASONS = {
    "strike": r"\b(STRIKE|INDUSTRIAL ACTION|HUELGA|GREVE)\b", "weather": r"\b(SNOW|FLOOD|HURRICANE|TYPHOON|VOLCANIC|ASH|STORM|WX)\b",
    "construction": r"\b(WIP|CONSTRUCTION|RESURFACING|REPAVING|OBRAS)\b", "maintenance": r"\b(MAINT|MAINTENANCE|MANTENIMIENTO|REPAIRS?)\b",
    "police_activity": r"\b(SECURITY|MIL(ITARY)? (ACT|ACTIVITY|OPS|OPERATIONS)|CONFLICT|HOSTIL\w+|WEAPONS?|MISSILES?)\b",
}  # fmt: skip


def looks_like(text: str) -> bool:
    """Return whether a text is a NOTAM: it has the items A and B."""
    items = {match[1].upper() for match in _ITEM.finditer(text[:20_000])}
    return {"A", "B"} <= items or bool(_HEAD.search(text[:2_000]))


def read(text: str) -> list[Notice]:
    """Return the notices in a text; raises UnreadableError if there is none."""
    pieces = [piece for piece in _BEGINS.split(text) if looks_like(piece)][: MOST_NOTICES + 1]
    return [_notice(piece) for piece in pieces]


def _notice(text: str) -> Notice:
    items, head = _items(text), _HEAD.search(text)
    reference = head[1].upper() if head else None
    if head and head[2].upper() == "C":
        return Notice(reference, text.strip(), (), (), "unknown_effect", cancels=(head[3] or "").upper() or None)
    if "B" not in items or "A" not in items:
        raise UnreadableError("A NOTAM needs the items A and B.")
    starts_at, ends_at, is_estimated, odd = _times(items)
    applies, more = _when(items.get("D", ""), starts_at, ends_at)
    words = _plain(items.get("E", ""))
    code = _q_code(items.get("Q", ""))
    kind, effect, doubts = _meaning(code, words)
    if kind == "fir" and effect == "no_service" and " ".join(items.get("F", "").upper().split()) not in _GROUND:
        effect = "reduced_service"  # aircraft can fly below
    subjects, unnamed = _subjects(kind, items["A"])
    return Notice(
        reference=reference, text=text.strip(), windows=applies, subjects=subjects, effect=effect, cause=_cause(words),
        severity="severe" if effect == "no_service" else "warning", end_estimated=is_estimated,
        not_understood=tuple(one for one in (*odd, *more, *doubts, *unnamed, *_limits(items)) if one),
    )  # fmt: skip


def _items(text: str) -> dict[str, str]:
    """Return the items by their letter; only the first of each counts, and only in their order, because item E is free text."""
    found: dict[str, str] = {}
    marks: list[tuple[int, str, int, int]] = []
    for match in _ITEM.finditer(text):
        letter = match[1].upper()
        order = "QABCDEFG".index(letter)
        if not marks or order > marks[-1][0]:
            marks.append((order, letter, match.start(), match.end()))
    for number, (_, letter, _start, end) in enumerate(marks):
        until = marks[number + 1][2] if number + 1 < len(marks) else len(text)
        found[letter] = text[end:until].strip()
    if found:
        last = marks[-1][1]
        found[last] = found[last].rstrip().removesuffix(")") if text.lstrip().startswith("(") else found[last]
    return found


def _plain(text: str) -> str:
    return " ".join(text.upper().translate(str.maketrans("ÁÉÍÓÚÃÇ", "AEIOUAC")).split())


def _instant(text: str) -> datetime | None:
    match = re.match(r"(\d{10})\b", text)
    try:
        return datetime.strptime(match[1], "%y%m%d%H%M").replace(tzinfo=UTC) if match else None
    except ValueError:
        return None


def _times(items: dict[str, str]) -> tuple[datetime, datetime | None, bool, list[str]]:
    """Return the start, the end if there is one, whether it is estimated, and what was not understood."""
    starts_at = _instant(items["B"])
    if starts_at is None:
        raise UnreadableError("Item B is no date and time such as 2512091200.")
    written = items.get("C", "").upper()
    if not written or written.startswith(("PERM", "UFN")):
        return starts_at, None, False, []
    ends_at = _instant(written)
    if ends_at is None or ends_at <= starts_at:
        return starts_at, None, False, [f"C) {items['C']}"]
    return starts_at, ends_at, bool(re.search(r"\bEST\b", written)), []


def _when(schedule: str, starts_at: datetime, ends_at: datetime | None) -> tuple[tuple[Window, ...], list[str]]:
    whole = (Window(starts_at, ends_at),)
    if not schedule.strip():
        return whole, []
    found = windows(schedule, starts_at, ends_at)
    return (found, []) if found else (whole, [f"D) {schedule}"])


def _q_code(line: str) -> str:
    match = re.search(r"\bQ([A-Z]{4})\b", line.upper())
    return match[1] if match else ""


def _meaning(code: str, words: str) -> tuple[str, str, list[str]]:
    """Return what it is about (airport or fir), its effect, and the words that leave a doubt.

    Only what is closed as a whole has no service; a closed runway, a part of an airspace or a closure for some is a warning.
    """
    subject, condition = code[:2], code[2:]
    of_airport = subject == "FA" or (not subject.startswith(("M", "R", "A")) and bool(_OF_AIRPORT.search(words)))
    of_region = not of_airport and (
        subject in ("AF", "AA") or (subject in ("", "XX") and bool(_OF_REGION.search(words)))
    )
    closed = condition in ("LC", "LN") or bool(_CLOSED.search(words))
    kind = "fir" if of_region or subject.startswith(("A", "R", "W")) else "airport"
    if not closed or not (of_airport or of_region):
        return (
            kind,
            _softer(condition, closed=closed),
            [f"Q) Q{code}"] if code and condition not in _KNOWN and not closed else [],
        )
    left = _EMERGENCIES.sub(" ", words)
    partial = _PARTIAL.search(left) or _FOR_SOME.search(left)
    if partial or condition == "LT":
        return (
            kind,
            "reduced_service",
            [f"E) … {words[max(0, words.find(partial[0]) - 40) :][:160]}" if partial else "QLT"],
        )
    return kind, "no_service", []


def _softer(condition: str, *, closed: bool) -> str:
    if closed or condition.startswith("L"):
        return "reduced_service"
    if condition in ("AH", "AP", "CA", "CD", "TT"):
        return "modified_service"
    return "unknown_effect"


def _subjects(kind: str, written: str) -> tuple[tuple[tuple[Subject, ...], ...], list[str]]:
    codes = _CODE.findall(written.upper())
    return tuple((Subject(kind, code),) for code in codes[:40]), [] if codes else [f"A) {written}"]


def _limits(items: dict[str, str]) -> list[str]:
    """Return the lower and upper limit, unless they are from the ground to unlimited."""
    low, high = (" ".join(items.get(letter, "").upper().split()) for letter in "FG")
    if low in _GROUND and high in ("", "UNL"):
        return []
    return [f"F) {low} G) {high}"]


def _cause(words: str) -> str | None:
    return next((cause for cause, pattern in _REASONS.items() if re.search(pattern, words)), None)
