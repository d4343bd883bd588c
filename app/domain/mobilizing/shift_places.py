"""Places in shifts: offered, taken, given back, approved, and whether the member was there."""

from datetime import timedelta

from app import clock
from app.domain.accounts import audit
from app.domain.mobilizing import booking, next_asks, shift_notices
from app.domain.mobilizing.shift_reminders import plan_reminders
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftPlace
from app.text import N_


def offer(shift: Shift, member: BrigadeMember) -> ShiftPlace:
    """Offer a member a place in a shift, which she takes or declines with her link."""
    _refuse_past(shift)
    place = _place(shift, member)
    if place is not None and place.is_held:
        raise DomainError("member", N_("This person already has a place in this shift."))
    return set_status(shift, member, PlaceStatus.OFFERED)


def take(shift: Shift, member: BrigadeMember, *, by_coordinator: bool = False) -> ShiftPlace:
    """Give a member a place in a shift; taken by herself, it waits for approval if the brigade wants that.

    Raises DomainError if the shift has begun, is full, needs another role, or if the member has another one at that time.
    """
    _refuse_past(shift)
    if not member.is_confirmed:
        raise DomainError(None, N_("Only those who take part in the brigade can take a shift."))
    if not by_coordinator and not may_take(shift, member):
        raise DomainError(None, N_("This shift needs another role."))
    booking.lock([shift], [member.person_id])
    place = _place(shift, member)
    if place is not None and place.is_held:
        return place
    booking.refuse_full(shift)
    booking.refuse_busy([member.person], shift.starts_at, shift.ends_at)
    if by_coordinator:
        return give(shift, member, PlaceStatus.APPROVED)
    waits = shift.brigade.needs_approval
    return _choose(shift, member, PlaceStatus.TAKEN if waits else PlaceStatus.APPROVED)


def may_take(shift: Shift, member: BrigadeMember) -> bool:
    """Return whether a member can take a shift without being asked: it has the same role or none, or was offered."""
    place = _place(shift, member)
    return shift.role_id in (None, member.role_id) or (place is not None and place.is_offered)


def give_back(place: ShiftPlace) -> None:
    """Give a place back; after the brigade's deadline, a coordinator has to agree.

    Raises DomainError if the shift has begun.
    """
    _refuse_past(place.shift)
    if place.is_offered or (place.is_held and not is_late(place)):
        _choose(place.shift, place.member, PlaceStatus.GIVEN_BACK)
    elif place.is_held:
        _choose(place.shift, place.member, PlaceStatus.GIVING_BACK)


def is_late(place: ShiftPlace) -> bool:
    """Return whether it is too late to give a place back without a coordinator."""
    shift = place.shift
    return clock.now() > shift.starts_at - timedelta(hours=shift.brigade.give_back_hours)


def approve(place: ShiftPlace) -> None:
    """Decide what waits in the member's favor: a place that she took is hers, one that she gives back is free."""
    decided = {PlaceStatus.TAKEN: PlaceStatus.APPROVED, PlaceStatus.GIVING_BACK: PlaceStatus.GIVEN_BACK}
    if place.status in decided:
        give(place.shift, place.member, decided[place.status])


def refuse(place: ShiftPlace) -> None:
    """Decide what waits the other way: a place that she took is free, one that she wanted to give back stays hers."""
    decided = {PlaceStatus.TAKEN: PlaceStatus.GIVEN_BACK, PlaceStatus.GIVING_BACK: PlaceStatus.APPROVED}
    if place.status in decided:
        give(place.shift, place.member, decided[place.status])


def release(place: ShiftPlace) -> None:
    """Take a member out of a shift."""
    give(place.shift, place.member, PlaceStatus.GIVEN_BACK)


def say_no(shift: Shift, member: BrigadeMember) -> None:
    """Record that a member does not come to a shift for which she was asked."""
    if (place := _place(shift, member)) is None or not place.is_held:
        _choose(shift, member, PlaceStatus.GIVEN_BACK)


def record_presence(place: ShiftPlace, *, was_there: bool, by_member: bool = False) -> None:
    """Record whether a member was there, and choose what she is asked next.

    Raises DomainError before the shift begins, if she has no place in it, and if she contradicts a coordinator.
    """
    if not place.shift.has_begun(clock.now()):
        raise DomainError(None, N_("This shift has not begun yet."))
    if not place.is_held:
        raise DomainError(None, N_("This person has no place in this shift."))
    if by_member and place.status is PlaceStatus.MISSED:
        raise DomainError(
            None, N_("A coordinator has recorded that you were not there. Please ask them to correct it.")
        )
    set_status(place.shift, place.member, PlaceStatus.ATTENDED if was_there else PlaceStatus.MISSED)
    if was_there:
        next_asks.ask_after(place, by_letter=not by_member)


def give(shift: Shift, member: BrigadeMember, status: PlaceStatus) -> ShiftPlace:
    """Set what becomes of a place of a member, who is told, because it is not she who does it."""
    place = _place(shift, member)
    before = place.status if place else None
    place = set_status(shift, member, status)
    shift_notices.tell_of_place(place, before)
    return place


def _choose(shift: Shift, member: BrigadeMember, status: PlaceStatus) -> ShiftPlace:
    """Set what becomes of a place of a member who does it herself."""
    place = set_status(shift, member, status)
    shift_notices.knows(place)
    return place


def set_status(shift: Shift, member: BrigadeMember, status: PlaceStatus) -> ShiftPlace:
    """Set what becomes of a member's place in a shift, and record it in her history; reminders follow."""
    place = _place(shift, member)
    before = place.status if place else None
    if place is None:
        place = ShiftPlace(campaign_id=shift.campaign_id, member=member)
        shift.places.append(place)
    place.status, place.changed_at = status, clock.now()
    db.session.flush()
    told = [shift.venue, shift.starts_at.isoformat()]
    audit.note(member, "changed", {"shift": [[before, *told]] if before else []}, {"shift": [[status, *told]]})
    plan_reminders(shift)
    return place


def _place(shift: Shift, member: BrigadeMember) -> ShiftPlace | None:
    return next((one for one in shift.places if one.member_id == member.id), None)


def _refuse_past(shift: Shift) -> None:
    if shift.has_begun(clock.now()):
        raise DomainError(None, N_("This shift has already begun."))
