"""The shifts of a brigade."""

from datetime import datetime, timedelta
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain.mobilizing import booking, shift_notices
from app.domain.mobilizing.shift_reminders import plan_reminders
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.brigades import LEAST_NEEDED, MOST_NEEDED, Brigade, BrigadeRole
from app.models.mobilizing.shifts import Shift
from app.text import N_
from app.times import Local, to_span

LONGEST = timedelta(hours=24)
"""How long a shift lasts at most."""
MOST_DAYS = 60
"""On how many days in a row shifts are planned at once."""


class ShiftValues(TypedDict):
    """What a person records about a shift."""

    role: BrigadeRole | None
    language: str | None
    venue: str
    starts: datetime
    """Local time in `timezone`, like `ends`."""
    ends: datetime
    timezone: str
    needed: int
    note: str | None


def create(brigade: Brigade, values: ShiftValues, *, days: int = 1) -> list[Shift]:
    """Plan a shift, or one at the same local time on each of several days in a row.

    Raises DomainError if the clocks skip one of its times, or if it is over already.
    """
    if not 1 <= days <= MOST_DAYS:
        raise DomainError("days", N_("Enter between %(least)s and %(most)s days."), least=1, most=MOST_DAYS)
    if check_times(values["starts"], values["ends"], values["timezone"])[1] <= clock.now():
        raise DomainError("ends", N_("This shift would already be over."))
    return [_create(brigade, values, day) for day in range(days)]


def update(shift: Shift, values: ShiftValues) -> None:
    """Change a shift; if it moves, the reminders move with it, and those who have a place are told.

    Raises DomainError if it would need fewer people than have a place, or if one of them has another shift then.
    """
    booking.lock([shift], [place.member.person_id for place in shift.held])
    check_needed(values["needed"], shift)
    starts_at, ends_at = check_times(values["starts"], values["ends"], values["timezone"])
    booking.refuse_double(shift.held, starts_at, ends_at, "starts")
    before = shift_notices.as_it_is(shift)
    with audit.changing(shift, facts):
        _write(shift, values, starts_at, ends_at)
    plan_reminders(shift)
    shift_notices.tell(shift, before)


def remove(shift: Shift) -> None:
    """Delete a shift with its places, and tell those who have one; the history of the brigade says what was removed."""
    brigade, told = shift.brigade, facts(shift)
    shift_notices.tell_of_removal(shift)
    audit.forget(shift)
    db.session.delete(shift)
    db.session.flush()
    audit.note(brigade, "shift removed", told, {})


def check_needed(needed: int, shift: Shift) -> None:
    """Raise DomainError, with the names, if more members have a place in a shift than it would need."""
    if len(shift.held) > needed:
        names = ", ".join(place.member.person.full_name for place in shift.held)
        raise DomainError(
            "needed", N_("More people have a place already: %(names)s. Take someone out first."), names=names
        )


def check_times(starts: datetime, ends: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Return the instants at which a shift begins and ends.

    Raises DomainError if it ends before it begins, lasts more than a day, or if the clocks skip one of its times.
    """
    starts_at, ends_at = to_span(Local(starts, timezone, "starts"), Local(ends, timezone, "ends"), LONGEST)
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise DomainError("ends", N_("A shift ends after it begins, and within a day."))
    return starts_at, ends_at


def facts(shift: Shift) -> audit.Facts:
    """Return what the history tells about a shift."""
    role = [[shift.role.kind.value, shift.role.name, shift.role.needed]] if shift.role else []
    told = audit.facts_of(shift, ("venue", "starts_at", "ends_at", "needed", "note"))
    return {"brigade_roles": role, "languages": [shift.language] if shift.language else []} | told


def _create(brigade: Brigade, values: ShiftValues, day: int) -> Shift:
    starts, ends = values["starts"], values["ends"]
    if day:  # a time that occurs twice on a later day is meant the first time
        starts, ends = (moment.replace(tzinfo=None) + timedelta(days=day) for moment in (starts, ends))
        zone = values["timezone"]
        starts_at, ends_at = (
            Local(moment, zone, field).instants()[0] for moment, field in ((starts, "starts"), (ends, "ends"))
        )
    else:
        starts_at, ends_at = check_times(starts, ends, values["timezone"])
    shift = Shift(campaign_id=brigade.campaign_id, brigade_id=brigade.id, brigade=brigade, created_at=clock.now())
    _write(shift, values, starts_at, ends_at)
    db.session.add(shift)
    db.session.flush()
    audit.note(shift, "recorded", {}, facts(shift))
    return shift


def _write(shift: Shift, values: ShiftValues, starts_at: datetime, ends_at: datetime) -> None:
    if not LEAST_NEEDED <= values["needed"] <= MOST_NEEDED:
        raise DomainError(
            "needed", N_("Enter between %(least)s and %(most)s people."), least=LEAST_NEEDED, most=MOST_NEEDED
        )
    shift.role, shift.language, shift.venue = values["role"], values["language"], values["venue"]
    shift.timezone, shift.needed, shift.note = values["timezone"], values["needed"], values["note"]
    shift.starts_at, shift.ends_at = starts_at, ends_at
