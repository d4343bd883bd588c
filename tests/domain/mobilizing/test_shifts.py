"""Shifts of brigades: planned, taken, given back, swapped, attended; and the reminders of them."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app.domain.mobilizing import booking, brigade_members, brigades, next_asks, shift_places, shift_swaps, shifts
from app.domain.mobilizing.next_asks import Opening, Wishes, next_opening
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.composers import compose
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.brigades import BrigadeMember, MemberStatus, RoleKind
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftPlace
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.mobilizing import shifts as shift_queries
from tests import races
from tests.factories import utc


@pytest.fixture(autouse=True)
def _now(at):
    at(utc("2025-12-01 12:00"))


@pytest.fixture
def meet(monkeypatch):
    """Let two transactions reach the last check before either passes it."""
    races.meet(monkeypatch, booking, "refuse_busy")


@pytest.fixture
def brigade(make):
    return make.brigade(make.campaign(), roles=[(RoleKind.PRESS, 3), (RoleKind.TRANSPORT, 1)])


def values_of(shift, **changes):
    kept = {name: getattr(shift, name) for name in ("role", "language", "venue", "timezone", "needed", "note")}
    local = {"starts": shift.starts_at - timedelta(hours=4), "ends": shift.ends_at - timedelta(hours=4)}  # Caracas
    return kept | {name: moment.replace(tzinfo=None) for name, moment in local.items()} | changes


def reminders(kind=DeliveryKind.SHIFT_REMINDER):
    found = db.session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)).all()
    db.session.expire_all()
    return [(one.due_at, one.withdrawn_at is None) for one in found]


def test_shifts_of_several_days_keep_their_local_hours_when_the_clocks_change(make, at):
    at(utc("2026-03-01 12:00"))
    brigade = make.brigade(make.campaign(), timezone="Europe/Madrid")
    planned = make.shift(brigade, "2026-03-28T09:00", days=3)
    assert [one.starts_at for one in planned] == [
        utc("2026-03-28 08:00"), utc("2026-03-29 07:00"), utc("2026-03-30 07:00")
    ]  # fmt: skip
    with pytest.raises(DomainError, match="does not exist"):
        make.shift(brigade, "2026-03-28T02:30", days=2)
    for days in (0, shifts.MOST_DAYS + 1):
        with pytest.raises(DomainError) as refused:
            make.shift(brigade, "2026-03-28T09:00", days=days)
        assert refused.value.field == "days"


@pytest.mark.parametrize(
    ("hours", "starts"), [(-1, "2025-12-10T09:00"), (25, "2025-12-10T09:00"), (4, "2025-11-10T09:00")]
)
def test_a_shift_that_makes_no_sense_is_refused_at_its_end(make, brigade, hours, starts):
    with pytest.raises(DomainError) as refused:
        make.shift(brigade, starts, hours=hours)
    assert refused.value.field == "ends"


def test_no_more_people_take_a_shift_than_it_needs(make, brigade):
    shift = make.shift(brigade, needed=1)
    place = make.shift_place(shift)
    with pytest.raises(DomainError, match="All places in this shift are taken"):
        make.shift_place(shift)
    shift_places.give_back(place)
    make.shift_place(shift)
    assert (shift.free, len(shift.held)) == (0, 1)


def test_nobody_has_two_shifts_at_once_even_in_brigades_of_different_campaigns(make, brigade):
    member = make.brigade_member(brigade)
    make.shift_place(make.shift(brigade), member)
    elsewhere = make.brigade(make.campaign("Another", slug="another"))
    other = make.brigade_member(elsewhere, member.person)
    with pytest.raises(DomainError, match="at the same time") as refused:
        make.shift_place(make.shift(elsewhere, "2025-12-10T12:59"), other)
    assert refused.value.values == {"names": "Rosa"}
    make.shift_place(make.shift(elsewhere, "2025-12-10T13:00"), other)


def test_a_shift_is_not_moved_into_another_one_of_its_people(make, brigade):
    member = make.brigade_member(brigade)
    shift = make.shift(brigade)
    make.shift_place(shift, member)
    make.shift_place(make.shift(brigade, "2025-12-11T09:00"), member)
    with pytest.raises(DomainError, match="at the same time"):
        shifts.update(
            shift,
            values_of(
                shift, starts=values_of(shift)["starts"].replace(day=11), ends=values_of(shift)["ends"].replace(day=11)
            ),
        )


def test_a_shift_cannot_need_fewer_people_than_have_a_place_and_says_who_they_are(make, brigade):
    shift = make.shift(brigade, needed=2)
    for name in ("Rosa", "Ana"):
        make.shift_place(shift, make.brigade_member(brigade, make.person(name, "Luz", campaign=brigade.campaign)))
    with pytest.raises(DomainError) as refused:
        shifts.update(shift, values_of(shift, needed=1))
    assert (refused.value.field, refused.value.values) == ("needed", {"names": "Rosa Luz, Ana Luz"})


def test_members_take_only_what_suits_their_role_unless_it_was_offered(make, brigade):
    press, transport = brigade.roles
    member = make.brigade_member(brigade, role=press)
    shift = make.shift(brigade, role=transport)
    with pytest.raises(DomainError, match="another role"):
        shift_places.take(shift, member)
    place = shift_places.offer(shift, member)
    assert (shift.free, place.is_offered) == (2, True)
    assert shift_places.take(shift, member).is_certain
    asked = make.brigade_member(brigade, status=MemberStatus.ASKED)
    with pytest.raises(DomainError, match="take part"):
        shift_places.take(make.shift(brigade, "2025-12-12T09:00"), asked)


def test_a_brigade_that_wants_it_approves_who_takes_a_shift(make):
    brigade = make.brigade(make.campaign(), needs_approval=True)
    shift, member = make.shift(brigade), make.brigade_member(brigade)
    place = shift_places.take(shift, member)
    assert place.status is PlaceStatus.TAKEN
    shift_places.refuse(place)
    assert place.status is PlaceStatus.GIVEN_BACK
    shift_places.approve(shift_places.take(shift, member))
    assert place.status is PlaceStatus.APPROVED


def test_a_shift_given_back_after_the_deadline_waits_for_a_coordinator(make, brigade, at):
    shift = make.shift(brigade)
    place = make.shift_place(shift)
    at(shift.starts_at - timedelta(hours=23))
    shift_places.give_back(place)
    assert (place.status, len(shift.held)) == (PlaceStatus.GIVING_BACK, 1)
    shift_places.refuse(place)
    assert place.status is PlaceStatus.APPROVED
    shift_places.give_back(place)
    shift_places.approve(place)
    assert (place.status, shift.held) == (PlaceStatus.GIVEN_BACK, [])
    at(shift.starts_at)
    with pytest.raises(DomainError, match="already begun"):
        shift_places.give_back(place)


@pytest.fixture
def pair(make, brigade):
    """Two members with a shift each."""
    places = []
    for day, name in enumerate(("Rosa", "Ana")):
        member = make.brigade_member(brigade, make.person(name, "Luz", campaign=brigade.campaign))
        places.append(make.shift_place(make.shift(brigade, f"2025-12-1{day}T09:00", needed=1), member))
    return places


def holders(*places):
    return [[one.member.person.given_name for one in place.shift.held] for place in places]


def test_two_members_who_agree_swap_their_shifts(pair):
    one, other = pair
    swap = shift_swaps.propose(one, other)
    assert shift_swaps.propose(one, other) is swap
    assert holders(one, other) == [["Rosa"], ["Ana"]]
    shift_swaps.agree(swap)
    assert holders(one, other) == [["Ana"], ["Rosa"]]
    assert [one.status, other.status] == [PlaceStatus.SWAPPED, PlaceStatus.SWAPPED]


def test_a_swap_waits_for_a_coordinator_if_the_brigade_wants_that(pair):
    one, other = pair
    one.shift.brigade.needs_approval = True
    swap = shift_swaps.propose(one, other)
    shift_swaps.agree(swap)
    assert (swap.waits, holders(one, other)) == (True, [["Rosa"], ["Ana"]])
    shift_swaps.carry_out(swap)
    assert holders(one, other) == [["Ana"], ["Rosa"]]


def test_a_swap_that_would_give_somebody_two_shifts_at_once_is_refused(make, pair):
    one, other = pair
    again = make.shift(one.shift.brigade, "2025-12-11T10:00")
    swap = shift_swaps.propose(one, other)
    make.shift_place(again, one.member)
    with pytest.raises(DomainError, match="at the same time"):
        shift_swaps.agree(swap)


def test_a_swap_of_a_place_that_was_given_back_is_no_longer_possible(pair):
    one, other = pair
    swap = shift_swaps.propose(one, other)
    assert shift_queries.open_swaps(one.shift.brigade_id, other.member) == [swap]
    shift_places.release(other)
    assert shift_queries.open_swaps(one.shift.brigade_id) == []
    with pytest.raises(DomainError, match="can no longer be swapped"):
        shift_swaps.agree(swap)


def test_reminders_are_due_on_the_day_before_and_move_with_the_shift(make, brigade):
    shift = make.shift(brigade)
    place = make.shift_place(shift)
    assert reminders() == [(utc("2025-12-09 14:00"), True)]
    moved = {
        name: moment + timedelta(days=2) for name, moment in values_of(shift).items() if name in ("starts", "ends")
    }
    shifts.update(shift, values_of(shift, **moved))
    assert reminders() == [(utc("2025-12-09 14:00"), False), (utc("2025-12-11 14:00"), True)]
    shift_places.give_back(place)
    assert [is_waiting for _, is_waiting in reminders()] == [False, False]


def test_a_reminder_is_written_in_the_language_of_the_member_and_only_while_she_has_the_shift(make, brigade, app):
    person = make.person("Ana", email="ana@example.org", preferred_language="pt", campaign=brigade.campaign)
    place = make.shift_place(make.shift(brigade), make.brigade_member(brigade, person))
    reminder = select(Delivery).where(Delivery.kind == DeliveryKind.SHIFT_REMINDER)
    delivery = db.session.scalars(reminder).one()
    with app.test_request_context():
        letter = compose(delivery)
        assert (letter.address, letter.language) == ("ana@example.org", "pt")
        assert "Plaza Bolívar" in letter.text
        assert "/shifts/" in letter.html
        brigades.remove(brigade, by=None)
        assert compose(delivery) is None
        brigades.bring_back(brigade, by=None)
        shift_places.release(place)
        assert compose(delivery) is None


BEGIN = utc("2025-12-20 12:00")


def opening(number, **changes):
    usual = {
        "role_id": None,
        "language": None,
        "venue": "Hall, Lima",
        "starts_at": BEGIN,
        "ends_at": BEGIN + timedelta(hours=4),
    }
    return Opening(number, **usual | changes)


@pytest.mark.parametrize(
    ("openings", "expected"),
    [
        ([], None),
        ([opening(1, role_id=8)], None),
        ([opening(1, role_id=7)], 1),
        ([opening(1, language="fr")], None),
        ([opening(1, language="es-VE")], 1),
        ([opening(1, starts_at=BEGIN + timedelta(days=2)), opening(2)], 2),
        ([opening(1), opening(2, venue="Terminal, Caracas"), opening(3, venue="plaza bolivar")], 3),
        ([opening(1), opening(2, venue="Terminal, Caracas")], 2),
        ([opening(1, starts_at=BEGIN - timedelta(days=1, hours=1), ends_at=BEGIN - timedelta(hours=23))], None),
    ],
)
def test_the_next_question_is_about_the_opening_that_suits_role_language_place_and_time(openings, expected):
    busy = ((BEGIN - timedelta(days=1), BEGIN - timedelta(hours=20)),)
    wishes = Wishes(role_id=7, languages=frozenset({"es"}), venue="Plaza Bolívar", town="Caracas", busy=busy)
    found = next_opening(openings, wishes)
    assert (found.shift_id if found else None) == expected


def test_who_was_there_is_asked_once_by_letter_or_on_the_page_and_not_after_saying_no(make, brigade, at, app):
    person = make.person("Ana", email="ana@example.org", preferred_language="en", campaign=brigade.campaign)
    member = make.brigade_member(brigade, person)
    first, second, third = (make.shift(brigade, f"2025-12-1{day}T09:00") for day in (0, 1, 2))
    place, again = make.shift_place(first, member), make.shift_place(second, member)
    with pytest.raises(DomainError, match="not begun"):
        shift_places.record_presence(place, was_there=True)
    at(first.starts_at + timedelta(hours=1))
    shift_places.record_presence(place, was_there=True)
    shift_places.record_presence(place, was_there=True)
    assert (place.next_shift, len(reminders(DeliveryKind.NEXT_SHIFT))) == (third, 1)
    delivery = db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.NEXT_SHIFT)).one()
    with app.test_request_context():
        assert "Thank you for coming!" in compose(delivery).text
        shift_places.say_no(third, member)
        assert compose(delivery) is None
    at(second.starts_at + timedelta(hours=1))
    make.shift(brigade, "2025-12-15T09:00")
    brigade_members.set_asks(member, wanted=False)
    shift_places.record_presence(again, was_there=True, by_member=True)
    assert again.next_shift is None
    brigade_members.set_asks(member, wanted=True)
    shift_places.record_presence(again, was_there=True, by_member=True)
    assert next_asks.open_question(again) is not None
    assert len(reminders(DeliveryKind.NEXT_SHIFT)) == 1


def test_two_records_of_one_member_that_are_merged_keep_their_shifts(make, brigade):
    one, other = make.brigade_member(brigade), make.brigade_member(brigade)
    shared, own = make.shift(brigade, needed=2), make.shift(brigade, "2025-12-12T09:00")
    for shift, member in ((shared, one), (shared, other), (own, other)):
        make.shift_place(shift, member)
    make.merge(one.person, other.person)
    db.session.expire_all()
    left = db.session.scalars(select(ShiftPlace).order_by(ShiftPlace.id)).all()
    assert [(place.shift_id, place.member_id) for place in left] == [(shared.id, one.id), (own.id, one.id)]


def test_of_two_who_take_the_last_place_at_the_same_moment_one_gets_it(make, brigade, app, meet):
    shift = make.shift(brigade, needed=1)
    ids = [make.brigade_member(brigade).id for _ in range(2)]
    assert _at_once(app, [(shift.id, ids[0]), (shift.id, ids[1])]) == ["All places in this shift are taken.", "taken"]


def test_of_two_shifts_that_a_person_takes_at_the_same_moment_she_gets_one(make, brigade, app, meet):
    member = make.brigade_member(brigade)
    asked = [(make.shift(brigade, f"2025-12-10T1{hour}:00").id, member.id) for hour in (0, 1)]
    assert _at_once(app, asked) == ["Another shift at the same time has already been taken: %(names)s.", "taken"]


def _at_once(app, asked):
    """Let several transactions take a shift each, at the same time; return what became of them."""
    db.session.commit()

    def take(shift_id, member_id):
        with app.app_context():
            enter_scope(EVERYTHING)
            try:
                shift_places.take(db.session.get_one(Shift, shift_id), db.session.get_one(BrigadeMember, member_id))
                db.session.commit()
                return "taken"
            except DomainError as error:
                db.session.rollback()
                return error.message

    return sorted(races.together(*(partial(take, *one) for one in asked)))


def test_a_member_who_was_asked_answers_and_the_link_can_be_replaced(make, brigade):
    member = make.brigade_member(brigade, status=MemberStatus.ASKED, since=date(2025, 12, 1))
    brigade_members.confirm(member)
    assert member.is_confirmed
    brigade_members.decline(member)
    assert member.has_left
    brigade_members.renew_link(member)
    assert member.link_number == 2
