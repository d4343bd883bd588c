"""What a member is asked after a shift: at most one question, for the next open shift that suits her."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.brigades import BrigadeMember, Channel
from app.models.mobilizing.shifts import Shift, ShiftPlace
from app.models.scoping import in_every_scope
from app.queries.mobilizing import shifts
from app.text import plain


@dataclass(frozen=True, slots=True)
class Opening:
    """A shift that still needs people."""

    shift_id: int
    role_id: int | None
    language: str | None
    venue: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Wishes:
    """What suits a member."""

    role_id: int | None
    languages: frozenset[str]
    """The codes of the languages that she speaks, without countries."""
    venue: str
    """Where she was last."""
    town: str | None
    busy: tuple[tuple[datetime, datetime], ...] = ()
    """When she has shifts."""


def next_opening(openings: Iterable[Opening], wishes: Wishes) -> Opening | None:
    """Return the opening that suits a member best: where she was, then in her town, then anywhere; the earliest of these.

    It needs her role or any, and a language that she speaks or none, and is at no time when she has another shift.
    """
    suiting = [one for one in openings if _suits(one, wishes)]
    return min(suiting, key=lambda one: (_distance(one, wishes), one.starts_at, one.shift_id), default=None)


def ask_after(place: ShiftPlace, *, by_letter: bool) -> None:
    """Choose what to ask a member who was there: on her page, or in an email if a coordinator recorded it.

    Each attendance leads to at most one question; those who want none are not asked.
    """
    member, brigade = place.member, place.shift.brigade
    if place.next_shift_id is not None or not may_be_asked(member):
        return
    coming = {shift.id: shift for shift in shifts.coming(brigade.id)}
    had = {one.shift_id for one in shifts.places_of(member)}
    openings = [opening_of(shift) for shift in coming.values() if shift.free and shift.id not in had]
    chosen = next_opening(openings, _wishes(place))
    if chosen is None:
        return
    place.next_shift = coming[chosen.shift_id]
    db.session.flush()
    if by_letter and member.channel is Channel.EMAIL:
        deliveries.queue(
            DeliveryKind.NEXT_SHIFT,
            person=member.person,
            occasion=f"next:{place.id}",
            due_at=clock.now(),
            shift_place_id=place.id,
        )


def may_be_asked(member: BrigadeMember) -> bool:
    """Return whether a member takes part, and has not said that she does not want to be asked."""
    return member.is_confirmed and member.no_more_asks_at is None


def open_question(place: ShiftPlace) -> Shift | None:
    """Return the shift for which a member is asked after this one, while it is open and she has not answered."""
    shift = place.next_shift
    if shift is None or shift.has_begun(clock.now()) or not shift.free or not may_be_asked(place.member):
        return None
    return None if any(one.member_id == place.member_id for one in shift.places) else shift


def opening_of(shift: Shift) -> Opening:
    """Return a shift as one that needs people."""
    return Opening(shift.id, shift.role_id, shift.language, shift.venue, shift.starts_at, shift.ends_at)


def _wishes(place: ShiftPlace) -> Wishes:
    member = place.member
    spoken = [*member.languages, *filter(None, [member.person.preferred_language])]
    with in_every_scope():
        held = shifts.places_at([member.person_id], clock.now(), datetime.max.replace(tzinfo=clock.now().tzinfo))
        busy = tuple((one.shift.starts_at, one.shift.ends_at) for one in held)
    languages = frozenset(map(_base, spoken))
    return Wishes(member.role_id, languages, place.shift.venue, member.person.locality, busy)


def _suits(opening: Opening, wishes: Wishes) -> bool:
    is_able = opening.role_id in (None, wishes.role_id)
    is_understood = opening.language is None or _base(opening.language) in wishes.languages
    is_free = all(opening.ends_at <= starts or ends <= opening.starts_at for starts, ends in wishes.busy)
    return is_able and is_understood and is_free


def _distance(opening: Opening, wishes: Wishes) -> int:
    if plain(opening.venue) == plain(wishes.venue):
        return 0
    return 1 if wishes.town and plain(wishes.town) in plain(opening.venue) else 2


def _base(language: str) -> str:
    return language.partition("-")[0]
