"""Swaps of places between two members of a brigade: both agree, and a coordinator if the brigade wants that."""

from app import clock
from app.domain.mobilizing import booking, shift_places
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import SWAPPABLE, PlaceStatus, Shift, ShiftPlace, ShiftSwap, SwapStatus
from app.queries.mobilizing import shifts
from app.text import N_


def propose(place: ShiftPlace, other: ShiftPlace) -> ShiftSwap:
    """Propose to another member to change places; proposing it twice keeps one proposal.

    Raises DomainError if it is not possible, see `check`.
    """
    check(place, other)
    for swap in shifts.open_swaps(place.shift.brigade_id, place.member):
        if {swap.place_id, swap.other_place_id} == {place.id, other.id}:
            return swap
    swap = ShiftSwap(
        campaign_id=place.campaign_id,
        place=place,
        other_place=other,
        status=SwapStatus.PROPOSED,
        proposed_at=clock.now(),
    )
    db.session.add(swap)
    db.session.flush()
    return swap


def agree(swap: ShiftSwap) -> None:
    """Record that the other member agrees; the places change at once unless a coordinator has to approve.

    Raises DomainError if it is no longer possible.
    """
    if not swap.is_proposed:
        return
    check(swap.place, swap.other_place)
    if swap.place.shift.brigade.needs_approval:
        swap.status = SwapStatus.AGREED
        db.session.flush()
    else:
        carry_out(swap, by=swap.other_place.member)


def decline(swap: ShiftSwap) -> None:
    """Record that the other member, the one who proposed it, or a coordinator does not want the swap."""
    if swap.status is not SwapStatus.DONE:
        swap.status = SwapStatus.DECLINED
        db.session.flush()


def carry_out(swap: ShiftSwap, *, by: BrigadeMember | None = None) -> None:
    """Change the places, and tell both members, but for one who does it; raises DomainError if it is no longer possible."""
    one, other = swap.place, swap.other_place
    booking.lock([one.shift, other.shift], [one.member.person_id, other.member.person_id])
    check(one, other)
    both = [one.id, other.id]
    booking.refuse_busy([one.member.person], other.shift.starts_at, other.shift.ends_at, both)
    booking.refuse_busy([other.member.person], one.shift.starts_at, one.shift.ends_at, both)
    for place in (one, other):
        _set(place.shift, place.member, PlaceStatus.SWAPPED, by)
    _set(other.shift, one.member, PlaceStatus.APPROVED, by)
    _set(one.shift, other.member, PlaceStatus.APPROVED, by)
    swap.status = SwapStatus.DONE
    db.session.flush()


def _set(shift: Shift, member: BrigadeMember, status: PlaceStatus, by: BrigadeMember | None) -> None:
    change = shift_places.set_status if member is by else shift_places.give
    change(shift, member, status)


def check(place: ShiftPlace, other: ShiftPlace) -> None:
    """Raise DomainError unless two places can be swapped."""
    if not is_possible(place, other):
        raise DomainError("other_place", N_("These two places can no longer be swapped."))


def is_possible(place: ShiftPlace, other: ShiftPlace) -> bool:
    """Return whether two members have places that they could swap: in two shifts of one brigade that have not begun.

    Neither of them may have another place in the shift of the other one.
    """
    now = clock.now()
    return (
        place.shift.brigade_id == other.shift.brigade_id
        and place.shift_id != other.shift_id
        and place.member_id != other.member_id
        and all(one.status in SWAPPABLE for one in (place, other))
        and not any(one.shift.has_begun(now) for one in (place, other))
        and not any(one.is_held and one.member_id == other.member_id for one in place.shift.places)
        and not any(one.is_held and one.member_id == place.member_id for one in other.shift.places)
    )
