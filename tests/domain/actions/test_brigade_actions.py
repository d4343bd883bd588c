"""Actions that a brigade has: its coordinators are told, and a member takes them and hands them back."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.domain.accounts import accounts, audit
from app.domain.actions import follow_ups, handing_back, losing_access, order, reminders, repeating, steps, taking
from app.domain.actions.rhythms import Rhythm
from app.domain.congress import removed_people
from app.domain.mobilizing import brigade_members, brigades
from app.domain.people import merges
from app.domain.people.merges import MergedPersonValues
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.deliveries import MailboxLetter as Letter
from app.models.mobilizing.brigades import Brigade, BrigadeMember, Channel, MemberStatus, RoleKind
from app.queries.actions import brigades as queries
from app.recurring.patterns import Pattern
from tests import races
from tests.domain.people.test_bulk import counted
from tests.factories import Factories, utc

MONDAY = utc("2025-12-01 14:00")
DUE = utc("2025-12-04 22:00")
DAY = timedelta(days=1)
SOON = MONDAY + timedelta(minutes=1)
ROLES = ((RoleKind.COORDINATOR, 1), (RoleKind.TRANSLATION, 3))


@pytest.fixture
def campaign(make, at):
    at(MONDAY)
    return make.campaign(timezone="America/Bogota")


@pytest.fixture
def alice(make, campaign):
    """Coordinates the campaign, and is in no brigade."""
    alice = make.user("Alice", timezone="America/Bogota")
    make.grant(alice, Role.COORDINATOR, campaign=campaign)
    return alice


@pytest.fixture
def brigade(make, campaign):
    return make.brigade(campaign, roles=ROLES)


@pytest.fixture
def action(make, campaign, alice, brigade):
    """An action of the brigade that Alice has assigned to it."""
    return make.follow_up(campaign, brigade, DUE, by=alice)


def member(make, brigade, name="Rosa", *, role=1, **changes):
    person = make.person(name, "Luz", campaign=brigade.campaign, email=f"{name.lower()}@example.org")
    return make.brigade_member(brigade, person, role=brigade.roles[role], **changes)


def coordinator(make, brigade, name="Carla", **changes):
    return member(make, brigade, name, role=0, **changes)


def account(make, name, **changes):
    """Return an account with the address of the member of that name."""
    return make.user(name, email=f"{name.lower()}@example.org", timezone="America/Bogota", **changes)


def letters(at, instant):
    """Return the recipients and subjects of all letters sent by an instant."""
    at(instant)
    deliver_due()
    return [(one.recipient, one.subject) for one in db.session.query(Letter).order_by(Letter.id)]


def last_text():
    letter = db.session.query(Letter).order_by(Letter.id.desc()).first()
    return message_from_bytes(letter.content, policy=default).get_body(("plain",)).get_content()


def held(action):
    db.session.expire_all()
    return action.held, action.from_brigade_id


def test_the_coordinators_are_told_at_once_and_the_other_members_are_not(make, brigade, alice, campaign, at):
    coordinator(make, brigade)
    member(make, brigade)
    make.follow_up(campaign, brigade, DUE, by=alice, title="Call the press")
    assert letters(at, SOON) == [("carla@example.org", "1 tarea nueva para «Translators»")]
    said = last_text()
    assert "Call the press" in said
    assert "/shifts/" in said
    assert "Pedro" not in said


def test_a_coordinator_with_an_account_is_told_there_unless_she_assigned_it(make, brigade, campaign, alice, at):
    coordinator(make, brigade)
    carla = account(make, "Carla")
    make.follow_up(campaign, brigade, DUE, by=carla)
    assert letters(at, SOON) == []
    make.follow_up(campaign, brigade, DUE, by=alice)
    assert letters(at, SOON + timedelta(minutes=1)) == [("carla@example.org", "1 new action for “Translators”")]
    assert last_text().count("/#brigades") == 1


@pytest.mark.parametrize(
    "changes",
    [{"channel": Channel.PHONE}, {"status": MemberStatus.ASKED}, {"status": MemberStatus.LEFT}],
    ids=["called by phone", "only asked", "has left"],
)
def test_a_coordinator_who_is_not_written_to_or_takes_no_part_gets_no_letter(
    make, brigade, campaign, alice, at, changes
):
    coordinator(make, brigade, **changes)
    make.follow_up(campaign, brigade, DUE, by=alice)
    assert letters(at, DUE) == []


def test_a_letter_is_not_sent_about_what_was_taken_meanwhile(make, brigade, action, at):
    coordinator(make, brigade)
    make.follow_up(brigade.campaign, brigade, DUE, by=None)
    rosa = member(make, brigade)
    for one in db.session.scalars(select(FollowUp).where(FollowUp.assignee_brigade_id == brigade.id)):
        taking.take(one, rosa)
    db.session.commit()
    assert {to for to, _subject in letters(at, SOON)} == {"rosa@example.org"}


def test_the_daily_letter_of_a_coordinator_mentions_what_nobody_has_taken(make, brigade, action, at):
    coordinator(make, brigade)
    assert letters(at, utc("2025-12-03 12:59")) == []
    assert letters(at, utc("2025-12-03 13:01")) == [("carla@example.org", "1 tarea espera a su brigada")]
    assert "Book the bus" in last_text()
    assert len(letters(at, utc("2025-12-03 23:00"))) == 1
    assert len(letters(at, utc("2025-12-04 13:01"))) == 2
    taking.take(action, member(make, brigade))
    db.session.commit()
    later = letters(at, utc("2025-12-05 13:01"))[2:]
    assert {to for to, _subject in later} == {"rosa@example.org"}


def test_one_letter_a_day_has_her_own_actions_and_those_of_her_brigade(make, brigade, campaign, action, at):
    coordinator(make, brigade)
    carla = account(make, "Carla")
    make.grant(carla, Role.ORGANIZER, campaign=campaign)
    make.follow_up(campaign, carla, DUE, title="Call the port")
    assert letters(at, utc("2025-12-03 13:01")) == [("carla@example.org", "1 action is waiting for you")]
    said = last_text()
    assert said.index("Call the port") < said.index("FOR YOUR BRIGADE") < said.index("Book the bus")
    assert len(letters(at, utc("2025-12-03 23:00"))) == 1


def test_a_coordinator_is_told_at_her_own_hour_and_not_on_her_quiet_days(make, brigade, action, at):
    coordinator(make, brigade)
    carla = account(make, "Carla")
    accounts.update_profile(
        carla, {"name": "Carla", "locale": "en", "timezone": "Asia/Tokyo", "reminder_hour": 18, "quiet_days": [2]}
    )
    db.session.commit()
    assert letters(at, utc("2025-12-03 13:01")) == []  # the hour of the campaign, 22:01 on a Wednesday in Tokyo
    assert letters(at, utc("2025-12-04 08:59")) == []
    assert len(letters(at, utc("2025-12-04 09:01"))) == 1


def test_an_account_that_coordinates_without_rights_reads_only_titles(make, brigade, action, at):
    coordinator(make, brigade)
    account(make, "Carla")
    letters(at, utc("2025-12-03 13:01"))
    said = last_text()
    assert "Book the bus" in said
    assert "Pedro" not in said
    assert "/follow-ups/" not in said


def test_whoever_takes_an_action_without_an_account_gets_a_personal_link(make, brigade, action, at):
    rosa = member(make, brigade)
    assert taking.take(action, rosa) == rosa.person
    db.session.commit()
    assert held(action) == ((None, rosa.person_id, None), brigade.id)
    assert letters(at, SOON) == [("rosa@example.org", "¿Puede encargarse? Book the bus")]
    assert "/action/" in last_text()


def test_an_account_that_works_there_has_what_it_takes_and_another_one_only_a_link(make, brigade, campaign, action):
    rosa, user = member(make, brigade), account(make, "Rosa")
    assert taking.taker(action, rosa) == rosa.person
    make.grant(user, Role.MEMBER, campaign=campaign)
    assert taking.taker(action, rosa) == rosa.person
    make.grant(user, Role.ORGANIZER, campaign=campaign)
    assert taking.take(action, rosa, by=user) == user
    assert held(action) == ((user.id, None, None), brigade.id)


def test_the_second_who_takes_it_is_told_who_was_faster(make, brigade, action):
    rosa, luis = member(make, brigade), member(make, brigade, "Luis")
    taking.take(action, rosa)
    number = action.link_number
    assert taking.take(action, rosa) == rosa.person
    assert action.link_number == number
    with pytest.raises(DomainError) as refused:
        taking.take(action, luis)
    assert (refused.value.message, refused.value.values) == ("%(name)s has taken it already.", {"name": "Rosa Luz"})
    assert held(action)[0] == (None, rosa.person_id, None)


def test_of_two_who_take_it_at_the_same_moment_one_gets_it(house, at, monkeypatch):
    at(MONDAY)
    with house.open() as make:
        brigade = make.brigade(make.campaign(), roles=ROLES)
        ids = [member(make, brigade, name).id for name in ("Rosa", "Luis")]
        number = make.follow_up(brigade.campaign, brigade, DUE, by=None).id
    races.meet(monkeypatch, taking, "_check")

    def take(member_id):
        try:
            with house.open():
                one = db.session.get_one(BrigadeMember, member_id)
                return taking.take(db.session.get_one(FollowUp, number), one).full_name
        except DomainError as error:
            return f"refused: {error.values['name']}"

    told = races.together(*(partial(take, one) for one in ids))
    [winner] = [one for one in told if not one.startswith("refused")]
    assert sorted(told) == sorted([winner, f"refused: {winner}"])


def test_only_those_who_take_part_can_take_and_only_what_is_open(make, brigade, campaign, action):
    asked = member(make, brigade, status=MemberStatus.ASKED)
    stranger = member(make, make.brigade(campaign, "Drivers", roles=ROLES), "Luis")
    for one in (asked, stranger):
        with pytest.raises(DomainError):
            taking.take(action, one)
    follow_ups.complete(action)
    with pytest.raises(DomainError):
        taking.take(action, member(make, brigade, "Ana"))
    assert held(action) == ((None, None, brigade.id), None)


def test_what_is_handed_back_returns_to_the_brigade_and_its_coordinators_are_told(make, brigade, action, at):
    coordinator(make, brigade)
    rosa = member(make, brigade)
    taking.take(action, rosa)
    number = action.link_number
    assert steps.Step.HAND_BACK in steps.offered(action)
    steps.hand_back(action, [])
    db.session.commit()
    assert held(action) == ((None, None, brigade.id), None)
    assert action.link_number > number
    assert [to for to, _subject in letters(at, SOON)] == ["carla@example.org"]


def test_the_history_tells_which_brigade_had_it(make, brigade, campaign, alice, action):
    user = account(make, "Rosa")
    make.grant(user, Role.ORGANIZER, campaign=campaign)
    audit.act_as(user)
    taking.take(action, member(make, brigade), by=user)
    db.session.commit()
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "follow_ups", AuditEntry.verb == "changed")
    ).one()
    assert (entry.before["assignee"], entry.after["assignee"], entry.actor_id) == ("Translators", "Rosa", user.id)


def test_the_history_of_a_congress_does_not_name_a_brigade_of_a_campaign(make, brigade, alice):
    follow_up = make.follow_up(make.congress(), brigade, DUE, by=alice)
    told = follow_ups.facts(follow_up)
    assert (told["assignee"], told["with_brigade"]) == (None, True)


def test_saving_an_action_that_was_taken_keeps_the_brigade_and_another_assignee_forgets_it(
    make, brigade, campaign, alice, action
):
    rosa = member(make, brigade)
    taking.take(action, rosa)
    follow_ups.change(action, make.follow_up_values(rosa.person, DUE + DAY))
    assert held(action)[1] == brigade.id
    follow_ups.change(action, make.follow_up_values(alice, DUE + DAY))
    assert held(action) == ((alice.id, None, None), None)


def test_a_closed_account_and_a_removed_person_leave_their_actions_to_the_brigade(make, brigade, campaign, alice):
    first, second = (make.follow_up(campaign, brigade, DUE, by=alice) for _number in range(2))
    user = account(make, "Rosa")
    make.grant(user, Role.ORGANIZER, campaign=campaign)
    luis = member(make, brigade, "Luis")
    taking.take(first, member(make, brigade), by=user)
    taking.take(second, luis)
    assert losing_access.deactivate(user, by=alice) == 1
    removed_people.remove(luis.person, by=alice, may_edit=lambda *_place: True)
    db.session.commit()
    assert held(first) == held(second) == ((None, None, brigade.id), None)


def test_merging_people_moves_what_a_member_has_taken(make, brigade, campaign, action):
    rosa = member(make, brigade)
    kept = make.person("Rosa María", "Luz", campaign=campaign)
    taking.take(action, rosa)
    merges.merge_people(kept, rosa.person, merges.combined(MergedPersonValues, kept, rosa.person), by=None)
    db.session.commit()
    assert held(action) == ((None, kept.id, None), brigade.id)


def test_a_removed_brigade_leaves_its_open_actions_to_whoever_assigned_them(make, brigade, campaign, alice, action, at):
    done, other = make.follow_up(campaign, brigade, DUE, by=alice), make.follow_up(campaign, brigade, DUE, by=None)
    taken = make.follow_up(campaign, brigade, DUE, by=alice)
    follow_ups.complete(done)
    rosa = member(make, brigade)
    taking.take(taken, rosa)
    db.session.commit()
    at(MONDAY + DAY)
    bob = make.user("Bob")
    brigades.remove(brigade, by=bob)
    db.session.commit()
    assert held(action) == held(other) == ((alice.id, None, None), brigade.id)
    assert held(done)[0] == (None, None, brigade.id)
    assert held(taken) == ((None, rosa.person_id, None), brigade.id)
    assert (alice.email, "2 new actions for you") in letters(at, SOON + DAY)


def test_a_restored_brigade_gets_its_actions_back_unless_they_were_assigned_anew(
    make, brigade, campaign, alice, action, at
):
    other, taken = (make.follow_up(campaign, brigade, DUE, by=alice) for _number in range(2))
    rosa = member(make, brigade)
    taking.take(taken, rosa)
    db.session.commit()
    at(MONDAY + DAY)
    brigades.remove(brigade, by=alice)
    bob = make.user("Bob")
    make.grant(bob, Role.ORGANIZER, campaign=campaign)
    follow_ups.change(other, make.follow_up_values(bob, DUE))
    brigades.bring_back(brigade, by=alice)
    db.session.commit()
    assert held(action) == ((None, None, brigade.id), None)
    assert held(other) == ((bob.id, None, None), None)
    assert held(taken) == ((None, rosa.person_id, None), brigade.id)


def test_nothing_returns_to_a_brigade_that_is_removed(make, brigade, alice, action):
    rosa = member(make, brigade)
    taking.take(action, rosa)
    brigades.remove(brigade, by=alice)
    handing_back.return_to_giver(action, [alice])
    assert held(action)[0] == (alice.id, None, None)


def test_an_action_stays_when_its_brigade_is_deleted_for_good(make, brigade, alice, action, at):
    follow_ups.complete(action)
    brigades.remove(brigade, by=alice)
    db.session.commit()
    at(MONDAY + 31 * DAY)
    brigades.sweep()
    db.session.commit()
    assert held(action) == ((None, None, None), None)


def test_an_action_has_one_assignee_of_one_kind(make, alice, action):
    action.assignee_id = alice.id
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_each_action_of_a_series_begins_with_the_brigade_whoever_did_the_last_one(make, brigade, alice, action):
    every_week = {"pattern": Pattern.WEEK, "interval": 1, "weekdays": [3], "until": None, "count": None}
    repeating.repeat(action, every_week, timezone="America/Bogota")
    rosa = member(make, brigade)
    taking.take(action, rosa)
    repeating.change_following(action, make.follow_up_values(rosa.person, DUE, title="Hire the bus"), by=alice)
    following = follow_ups.complete(action)
    assert (following.title, held(following)) == ("Hire the bus", ((None, None, brigade.id), None))
    brigades.remove(brigade, by=alice)
    db.session.commit()
    assert held(follow_ups.complete(following)) == ((alice.id, None, None), brigade.id)


def test_the_coordinators_are_told_when_their_brigade_can_begin(make, brigade, campaign, alice, action, at):
    coordinator(make, brigade)
    first = make.follow_up(campaign, alice, DUE)
    order.change(action, order.Order(None, first))
    db.session.commit()
    assert {to for to, _subject in letters(at, utc("2025-12-04 13:01"))} == {alice.email}
    follow_ups.complete(first)
    db.session.commit()
    told = [one for one in letters(at, utc("2025-12-04 13:02")) if one[0] == "carla@example.org"]
    assert told == [("carla@example.org", "«Translators» ya puede comenzar: Book the bus")]


def test_an_account_is_a_member_only_by_the_address_to_which_her_letters_go(make, brigade):
    rosa = member(make, brigade)
    user = account(make, "Rosa")
    assert [one.id for one in queries.participations(user)] == [rosa.id]
    stranger = make.user("Charlie", email="charlie@example.org")
    make.contact_detail(rosa.person, type="email", value="charlie@example.org")
    assert queries.participations(stranger) == []
    losing_access.deactivate(user)
    assert queries.account_of(rosa.person) is None


def test_nobody_takes_part_in_a_removed_brigade_or_after_leaving(make, brigade, alice):
    rosa, user = member(make, brigade), account(make, "Rosa")
    brigades.remove(brigade, by=alice)
    assert queries.participations(user) == []
    brigades.bring_back(brigade, by=alice)
    assert queries.participations(user) != []
    brigade_members.decline(rosa)
    assert queries.participations(user) == []


def test_the_statements_of_a_run_do_not_grow_with_the_actions_of_brigades(make, brigade, alice, at):
    coordinator(make, brigade)
    needed = []
    for day, actions in ((3, 1), (10, 9)):
        for number in range(actions):
            make.follow_up(brigade.campaign, brigade, DUE + timedelta(days=day - 3, minutes=number), by=alice)
        at(utc(f"2025-12-{day:02} 13:01"))
        with counted() as sent:
            assert reminders.queue_some() == 1
        needed.append(len(sent))
        db.session.commit()
    assert needed[0] == needed[1]


NUMBERS = count()
ZONES = ("America/Bogota", "Asia/Tokyo", "Pacific/Kiritimati", "Europe/Paris", "Pacific/Apia")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.frozensets(st.integers(0, 6), max_size=5),
    st.booleans(),
    st.lists(st.integers(1, 4 * 24 * 60), min_size=1, max_size=8),
)
def test_whatever_the_zones_and_outages_a_coordinator_gets_one_letter_a_day(
    make, at, zone, hour, quiet, has_own, pauses
):
    """Runs happen at random distances; each letter has its own local day, and none is due on a quiet one."""
    at(MONDAY)
    make = Factories()
    for model in (Delivery, FollowUp, Brigade):
        db.session.execute(delete(model).execution_options(synchronize_session=False))
    db.session.commit()
    db.session.expunge_all()
    number = next(NUMBERS)
    brigade = make.brigade(make.campaign(f"Call {number}", timezone="America/Bogota"), roles=ROLES)
    person = make.person("Carla", campaign=brigade.campaign, email=f"carla{number}@example.org")
    make.brigade_member(brigade, person, role=brigade.roles[0])
    carla = make.user("Carla", email=f"carla{number}@example.org", timezone=zone)
    make.grant(carla, Role.ORGANIZER, campaign=brigade.campaign)
    carla.reminder_hour, carla.quiet_days = hour, sorted(quiet)
    make.follow_up(brigade.campaign, brigade, DUE, by=None)
    if has_own:
        make.follow_up(brigade.campaign, carla, DUE)
    now = MONDAY
    for pause in pauses:
        now += timedelta(minutes=pause)
        at(now)
        while reminders.queue_some():
            db.session.commit()
    queued = db.session.scalars(
        select(Delivery).where(Delivery.kind == DeliveryKind.REMINDER, Delivery.user_id == carla.id)
    ).all()
    assert len({one.occasion for one in queued}) == len(queued)
    expected = reminders.next_letter(DUE, DAY, Rhythm.usual("America/Bogota"), MONDAY)
    assert bool(queued) or now < expected
    for one in queued:
        assert one.occasion == f"day:{Rhythm.of(carla).day_of(one.due_at)}"
