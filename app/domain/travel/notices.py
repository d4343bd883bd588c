"""Route problems from messages of others: NOTAM, alerts of GTFS-Realtime, situations of SIRI-SX."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import or_, select

from app import clock, gazetteer
from app.domain.travel import problems
from app.domain.travel.problems import EntityValues, PeriodValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.travel.places import Mode, Place
from app.models.travel.problems import Cause, Effect, EntityKind, RouteProblem, Severity, Verification
from app.queries.lookup import kept
from app.queries.travel import carriers
from app.queries.travel import places as place_queries
from app.reading.alerts import Notice, Subject, UnreadableError, Window, reading
from app.text import N_, storable

MOST_SHOWN = 50
"""How many messages of one text can be chosen."""
LONGEST_QUOTE = 5000
_EFFECTS = {one.value: one for one in Effect}
_CAUSES = {one.value: one for one in Cause}
_SEVERITIES = {one.value: one for one in Severity}


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """An informed entity as it was understood; rows are named by id."""

    kind: EntityKind
    country: str | None = None
    other_country: str | None = None
    fir: str | None = None
    place_id: int | None = None
    carrier: str | None = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A message as a route problem, before a person has confirmed it."""

    number: int
    titles: tuple[str, ...]
    """The first words of each message in the text, in order."""
    reference: str | None
    text: str
    url: str | None
    effect: Effect
    cause: Cause | None
    severity: Severity
    windows: tuple[Window, ...]
    starts_today: bool
    """Whether the message names no time; then it applies from today on."""
    end_estimated: bool
    groups: tuple[tuple[EntityDraft, ...], ...]
    cancels: str | None
    not_understood: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it says what is affected and when, and does not cancel another message."""
        return bool(self.groups and self.windows) and not self.cancels


def understand(text: str, number: int, languages: tuple[str, ...]) -> NoticeDraft:
    """Return one message of a text as a draft; raises DomainError if the text is no such message or has fewer."""
    try:
        found = reading.read(text, languages)
    except UnreadableError as error:
        raise DomainError(
            "notice", N_("This could not be read as a NOTAM, as alerts of GTFS-Realtime or as SIRI-SX.")
        ) from error
    if not 1 <= number <= min(len(found), MOST_SHOWN):
        raise DomainError("number", N_("Choose a number from 1 to %(most)s."), most=str(min(len(found), MOST_SHOWN)))
    return _draft(found[number - 1], number, [_title(one) for one in found[:MOST_SHOWN]])


def text_of_file(data: bytes) -> str:
    """Return a sent file as a text that can be read and corrected; raises DomainError on `file`."""
    try:
        return reading.as_text(data)
    except UnreadableError as error:
        raise DomainError(
            "file", N_("This file could not be read as a NOTAM, as alerts of GTFS-Realtime or as SIRI-SX.")
        ) from error


def record(congress: Congress, draft: NoticeDraft, *, by: User | None) -> RouteProblem:
    """Record a confirmed draft as an unverified problem, with the message as its quotation."""
    periods = [_period(window) for window in draft.windows]
    groups = [[_values(entity) for entity in group] for group in draft.groups]
    problem = problems.create(
        congress,
        {
            **periods[0], "cause": draft.cause, "effect": draft.effect, "severity_level": draft.severity, "cause_detail": None,
            "verification": Verification.UNVERIFIED, "reference": draft.reference, "source_url": draft.url,
            "source_quote": draft.text[:LONGEST_QUOTE] or None, "end_estimated": draft.end_estimated, "entities": groups[0][:1],
        },
        by=by,
    )  # fmt: skip
    for period in periods[1:]:
        problems.add_period(problem, period)
    for place, group in enumerate(groups):
        if place:
            problems.add_entity(problem, group[0])
        first = problem.informed_entities[-1]
        for more in group[1:]:
            problems.add_entity(problem, more, joined_to=first)
    return problem


def _title(notice: Notice) -> str:
    words = " ".join(notice.text.split())
    return " · ".join(part for part in (notice.reference, words[:80]) if part)


def _draft(notice: Notice, number: int, titles: Sequence[str]) -> NoticeDraft:
    odd = list(notice.not_understood)
    groups = tuple(dict.fromkeys(group for subjects in notice.subjects if (group := _group(subjects, odd))))
    today = datetime.combine(clock.now().astimezone(UTC).date(), time(0), UTC)
    windows = notice.windows or (Window(today),)
    return NoticeDraft(
        number=number, titles=tuple(titles), reference=storable(notice.reference or "")[:80] or None, text=storable(notice.text),
        url=_address(notice.url), effect=_EFFECTS.get(notice.effect, Effect.UNKNOWN_EFFECT),
        cause=_CAUSES.get(notice.cause or ""), severity=_SEVERITIES.get(notice.severity or "", Severity.WARNING), windows=windows,
        starts_today=not notice.windows, end_estimated=notice.end_estimated and windows[0].ends_at is not None, groups=groups,
        cancels=notice.cancels, not_understood=tuple(storable(one) for one in odd),
    )  # fmt: skip


def _address(url: str | None) -> str | None:
    return (
        url[:2000] if url and url.startswith(("https://", "http://")) and url.isprintable() and " " not in url else None
    )


def _group(subjects: Sequence[Subject], odd: list[str]) -> tuple[EntityDraft, ...]:
    """Return what holds together, or nothing if a part of it is not known here: the rest would cover more than was said."""
    entities = [_entity(one) for one in subjects]
    unknown = [one.code for one, entity in zip(subjects, entities, strict=True) if entity is None]
    known = tuple(entity for entity in entities if entity is not None)
    if not unknown and len(known) == 1 and known[0].kind is EntityKind.MODE:
        unknown = [known[0].mode.value if known[0].mode else ""]  # all buses of that network, not of the world
    odd.extend(unknown)
    return () if unknown else known


def _entity(subject: Subject) -> EntityDraft | None:
    code = subject.code.strip()
    match subject.kind:
        case "airport" | "stop":
            return _place(code) or (_region(code) if subject.kind == "airport" else None)
        case "fir":
            return _region(code)
        case "carrier":
            known = carriers.meant(code)
            return EntityDraft(EntityKind.CARRIER, carrier=known.name) if known else None
        case "mode" if code in list(Mode):
            return EntityDraft(EntityKind.MODE, mode=Mode(code))
        case "country" | "country_airspace" | "carriers_of" if len(code) == 2 and code.isalpha():
            return EntityDraft(EntityKind(subject.kind), country=code.upper())
        case "border":
            one, _, other = code.partition("-")
            known_sides = len(one) == 2 and one.isalpha() and (not other or (len(other) == 2 and other.isalpha()))
            return (
                EntityDraft(EntityKind.BORDER, country=one.upper(), other_country=other.upper() or None)
                if known_sides
                else None
            )
        case "alliance":
            same = next((name for name in place_queries.alliances() if name.casefold() == code.casefold()), None)
            return EntityDraft(EntityKind.ALLIANCE, carrier=same) if same else None
    return None


def _region(code: str) -> EntityDraft | None:
    return EntityDraft(EntityKind.FIR, fir=code.upper()) if gazetteer.countries_of(code.upper()) else None


def _place(code: str) -> EntityDraft | None:
    """Return a place by its code, or by its ICAO code; by its name only if no other place is called so."""
    named = or_(Place.code == code.upper(), Place.icao == code.upper(), Place.name == code)
    found = db.session.scalars(select(Place.id).where(kept(Place), named).order_by(Place.id).limit(2)).all()
    return EntityDraft(EntityKind.PLACE, place_id=found[0]) if len(found) == 1 else None


def _period(window: Window) -> PeriodValues:
    return {
        "starts_at": window.starts_at, "ends_at": window.ends_at, "daily_from": window.daily_from,
        "daily_until": window.daily_until, "timezone": "UTC",
    }  # fmt: skip


def _values(entity: EntityDraft) -> EntityValues:
    return {
        "kind": entity.kind, "country": entity.country, "other_country": entity.other_country, "fir": entity.fir,
        "place": db.session.get(Place, entity.place_id) if entity.place_id else None, "other_place": None, "crossing": None,
        "mode": entity.mode, "carrier": entity.carrier, "nationality": None, "leg": None, "delegate": None,
    }  # fmt: skip
