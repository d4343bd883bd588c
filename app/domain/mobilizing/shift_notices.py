"""Emails to the members who have a place in a shift that somebody else moves, removes, gives to them or takes away.

They wait a while, and then tell how things are, compared to what the member was told last: so what is moved twice is
told once, and what is changed back not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.brigades import Channel
from app.models.mobilizing.shifts import HELD, PlaceStatus, Shift, ShiftNotice, ShiftPlace
from app.queries.mobilizing import shifts

WAITS = timedelta(minutes=10)
"""What is changed again, or undone, meanwhile is told once, or not at all."""
_UNDECIDED = (PlaceStatus.TAKEN, PlaceStatus.GIVING_BACK)


class What(StrEnum):
    """What a member is told."""

    GIVEN = "given"
    """A shift is certainly hers."""
    MOVED = "moved"
    LOST = "lost"
    """A shift is not hers."""
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class News:
    """What a member is told: compared to what she was told last, how it is now, and its number in calendars."""

    what: What
    known: ShiftNotice
    shift: Shift | None
    sequence: int


def as_it_is(shift: Shift | ShiftNotice) -> dict[str, datetime | str]:
    """Return what members have to know of a shift."""
    return {
        "starts_at": shift.starts_at, "ends_at": shift.ends_at, "timezone": shift.timezone, "venue": shift.venue,
    }  # fmt: skip


def told(shift: Shift) -> list[ShiftPlace]:
    """Return the places whose members get an email if the shift is moved or removed; after its end, nobody does."""
    return [one for one in _reachable(shift) if one.member.channel is Channel.EMAIL]


def to_call(shift: Shift) -> list[ShiftPlace]:
    """Return the places whose members have to be called."""
    return [one for one in _reachable(shift) if one.member.channel is not Channel.EMAIL]


def tell(shift: Shift, before: dict[str, datetime | str]) -> None:
    """Queue an email for each member who has a place, if time or place of a shift differ from before."""
    if as_it_is(shift) != before:
        for place in told(shift):
            _queue(place, before, place.status)


def tell_of_removal(shift: Shift) -> None:
    """Queue an email for each member who has a place in a shift that is about to be removed."""
    for place in told(shift):
        _queue(place, as_it_is(shift), place.status)


def tell_of_place(place: ShiftPlace, before: PlaceStatus | None) -> None:
    """Queue an email for a member whose place somebody else has changed; `before` is what it was."""
    shift = place.shift
    if shift.ends_at > clock.now() and place.member.channel is Channel.EMAIL:
        _queue(place, as_it_is(shift), before)


def tell_of_undoing(places: Sequence[ShiftPlace]) -> None:
    """Queue emails about places that are again as they were: those who were told otherwise are told."""
    for shift in {place.shift_id: place.shift for place in places}.values():
        shift.sequence += 2  # more than that of the cancellation, which calendars may have
    for place in places:
        tell_of_place(place, None if place.is_held else PlaceStatus.APPROVED)


def knows(place: ShiftPlace) -> None:
    """Forget what a member has not been told yet, because she changes her place herself and sees how it is."""
    for notice in shifts.untold(place.shift_id, place.member_id):
        db.session.delete(notice)
    db.session.flush()


def news(notice: ShiftNotice) -> News | None:
    """Return what a member has to be told; None if she knows it, or if a later notice tells it."""
    if not shifts.is_last_notice(notice):
        return None
    known = next(iter(shifts.untold(notice.shift_number, notice.member_id)), notice)
    shift = db.session.get(Shift, notice.shift_number)
    if shift is None:
        return News(What.CANCELED, known, None, notice.sequence + 1) if known.had_place else None
    place = next((one for one in shift.places if one.member_id == notice.member_id), None)
    what = _what(known, shift, place)
    return News(what, known, shift, shift.sequence + (place.sequence if place else 0)) if what else None


def _what(known: ShiftNotice, shift: Shift, place: ShiftPlace | None) -> What | None:
    if place is None or not place.is_held:
        return What.LOST if known.had_place else None
    if not known.had_place or (known.place_status in _UNDECIDED and place.is_certain):
        return What.GIVEN
    return What.MOVED if as_it_is(shift) != as_it_is(known) else None


def _reachable(shift: Shift) -> list[ShiftPlace]:
    return [one for one in shift.held if shift.ends_at > clock.now()]


def _queue(place: ShiftPlace, before: dict[str, datetime | str], status: PlaceStatus | None) -> None:
    shift = place.shift
    notice = ShiftNotice(
        campaign_id=shift.campaign_id, member_id=place.member_id, shift_number=shift.id,
        place_status=status if status in HELD else None, sequence=shift.sequence + place.sequence, **before,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    deliveries.queue(
        DeliveryKind.SHIFT_CHANGED,
        person=place.member.person,
        occasion=f"shift notice:{notice.id}",
        due_at=clock.now() + WAITS,
        brigade_member_id=place.member_id,
        shift_notice_id=notice.id,
    )
