"""Shifts of brigades, their places, and swaps."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app import clock
from app.extensions import db
from app.models.mail.deliveries import Delivery
from app.models.mobilizing.brigades import Brigade, BrigadeMember
from app.models.mobilizing.shifts import (
    HELD,
    SWAPPABLE,
    PlaceStatus,
    Shift,
    ShiftNotice,
    ShiftPlace,
    ShiftSwap,
    SwapStatus,
)
from app.models.people.people import Person
from app.queries.lookup import kept, one
from app.queries.paging import Page, page_of

_PLACES = selectinload(Shift.places).joinedload(ShiftPlace.member)
_PARTS = (joinedload(Shift.role), _PLACES.joinedload(BrigadeMember.person))
_WHOLE = (joinedload(Shift.role), _PLACES.joinedload(BrigadeMember.person).selectinload(Person.contact_details))


def get(brigade: Brigade, shift_id: int) -> Shift:
    """Return a shift of a brigade with its places."""
    return one(Shift, Shift.id == shift_id, Shift.brigade_id == brigade.id, options=_WHOLE)


def find(brigade: Brigade, number: int, *, past: bool = False, size: int = 50) -> Page[Shift]:
    """Return a page of the shifts of a brigade that are not over, earliest first; or of those that are, latest first."""
    listed = select(Shift).where(Shift.brigade_id == brigade.id).options(*_PARTS)
    now = clock.now()
    if past:
        ended = listed.where(Shift.ends_at <= now)
        return page_of(ended.order_by(Shift.starts_at.desc(), Shift.id.desc()), number, size=size)
    return page_of(listed.where(Shift.ends_at > now).order_by(Shift.starts_at, Shift.id), number, size=size)


def coming(brigade_id: int) -> Sequence[Shift]:
    """Return the shifts of a brigade that have not begun, earliest first."""
    listed = select(Shift).where(Shift.brigade_id == brigade_id, Shift.starts_at > clock.now()).options(*_PARTS)
    return db.session.scalars(listed.order_by(Shift.starts_at, Shift.id)).unique().all()


def missing(brigade: Brigade) -> int:
    """Return the number of people that the shifts of a brigade that have not begun still need."""
    return sum(shift.free for shift in coming(brigade.id))


def places_of(member: BrigadeMember, *statuses: PlaceStatus) -> Sequence[ShiftPlace]:
    """Return the places of a member with one of the statuses, or all, in the order of the shifts."""
    found = select(ShiftPlace).join(ShiftPlace.shift).where(ShiftPlace.member_id == member.id)
    if statuses:
        found = found.where(ShiftPlace.status.in_(statuses))
    loaded = found.options(contains_eager(ShiftPlace.shift).joinedload(Shift.role))
    return db.session.scalars(loaded.order_by(Shift.starts_at, ShiftPlace.id)).unique().all()


def swappable(brigade_id: int) -> Sequence[ShiftPlace]:
    """Return the places in coming shifts of a brigade that their members could swap, earliest first."""
    found = select(ShiftPlace).join(ShiftPlace.shift)
    found = found.where(Shift.brigade_id == brigade_id, Shift.starts_at > clock.now(), ShiftPlace.status.in_(SWAPPABLE))
    loaded = found.options(contains_eager(ShiftPlace.shift))
    return db.session.scalars(loaded.order_by(Shift.starts_at, ShiftPlace.id)).unique().all()


def places_at(
    person_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, besides: Collection[int] = ()
) -> Sequence[ShiftPlace]:
    """Return the places that people have in shifts of any brigade that overlap a time, apart from those with the ids."""
    return (
        db.session.scalars(
            _held()
            .where(BrigadeMember.person_id.in_(person_ids), Shift.starts_at < ends_at, Shift.ends_at > starts_at)
            .where(ShiftPlace.id.not_in(besides))
            .order_by(ShiftPlace.id)
        )
        .unique()
        .all()
    )


def _held() -> Select[ShiftPlace]:
    found = select(ShiftPlace).join(ShiftPlace.shift).join(Brigade, Brigade.id == Shift.brigade_id)
    found = found.join(BrigadeMember, BrigadeMember.id == ShiftPlace.member_id)
    return found.where(ShiftPlace.status.in_(HELD), kept(Brigade))


def held_in(shift_id: int) -> int:
    """Return the number of places of a shift that members have."""
    counted = select(func.count()).select_from(ShiftPlace)
    return db.session.scalar(counted.where(ShiftPlace.shift_id == shift_id, ShiftPlace.status.in_(HELD))) or 0


def open_swaps(brigade_id: int, member: BrigadeMember | None = None) -> Sequence[ShiftSwap]:
    """Return the swaps of a brigade that are not decided, earliest first; with a member, those that concern her."""
    other, shift = aliased(ShiftPlace), aliased(Shift)
    found = (
        select(ShiftSwap)
        .join(ShiftPlace, ShiftPlace.id == ShiftSwap.place_id)
        .join(other, other.id == ShiftSwap.other_place_id)
        .join(shift, shift.id == ShiftPlace.shift_id)
        .where(shift.brigade_id == brigade_id, ShiftSwap.status.in_((SwapStatus.PROPOSED, SwapStatus.AGREED)))
        .where(ShiftPlace.status.in_(SWAPPABLE), other.status.in_(SWAPPABLE), shift.starts_at > clock.now())
        .options(
            joinedload(ShiftSwap.place).joinedload(ShiftPlace.shift),
            joinedload(ShiftSwap.other_place).joinedload(ShiftPlace.shift),
        )
    )
    if member is not None:
        found = found.where((ShiftPlace.member_id == member.id) | (other.member_id == member.id))
    return db.session.scalars(found.order_by(ShiftSwap.id)).unique().all()


def untold(shift_number: int, member_id: int) -> Sequence[ShiftNotice]:
    """Return the notices about a shift that a member has not been told since the last one that was sent, in order."""
    same = (ShiftNotice.shift_number == shift_number, ShiftNotice.member_id == member_id)
    sent = select(func.max(ShiftNotice.id)).join(Delivery, Delivery.shift_notice_id == ShiftNotice.id)
    last = sent.where(*same, Delivery.sent_at.is_not(None)).scalar_subquery()
    found = select(ShiftNotice).where(*same, ShiftNotice.id > func.coalesce(last, 0)).order_by(ShiftNotice.id)
    return db.session.scalars(found).unique().all()


def is_last_notice(notice: ShiftNotice) -> bool:
    """Return whether no later notice tells the same member of the same shift."""
    later = select(ShiftNotice.id).where(
        ShiftNotice.member_id == notice.member_id,
        ShiftNotice.shift_number == notice.shift_number,
        ShiftNotice.id > notice.id,
    )
    return db.session.scalar(later.limit(1)) is None
