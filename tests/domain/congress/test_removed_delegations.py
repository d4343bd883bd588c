"""Removing a delegation hides its dependents, and restoring it brings all of them back."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actions import follow_ups
from app.domain.congress import delegations
from app.domain.mail import deliveries
from app.domain.recording import recording
from app.domain.travel import check_ins, legs, parties, problems
from app.domain.travel import help_calls as help_call_rules
from app.extensions import Base, db
from app.jobs.mail.outbox import deliver_due
from app.mailer import mailbox
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.people.people import Person
from app.models.removing import REMOVED, hiding_models
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.models.travel.check_ins import Answer
from app.models.travel.journeys import Direction, Leg
from app.models.travel.problems import RouteProblem
from app.queries.accounts import undo as undo_queries
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import reminders as reminder_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.congress import dependents
from app.queries.mail import deliveries as delivery_queries
from app.queries.travel import absences, help_calls, hits
from app.wording.undo import DONE
from tests.factories import utc

NOON = utc("2025-12-05 12:00")
DAY = timedelta(days=1)


class Story:
    """A congress with two delegations, one of them with a dependent row of every kind."""

    def __init__(self, make):
        self.user = make.user()
        self.congress = make.congress()
        make.grant(self.user, congress=self.congress)
        self.gone, self.other = make.delegation(self.congress), make.delegation(self.congress)
        self.leg = make.leg(self.gone)
        make.leg(self.other)
        make.party(self.gone, self.gone.delegates[0], direction=Direction.BACK)
        self.closure = make.problem(self.congress, "2025-12-04 00:00")
        self.own = make.problem(self.congress, "2025-12-04 00:00", kind="leg", leg=self.leg)
        self.both = make.problem(self.congress, kind="leg", leg=self.leg)
        problems.add_entity(self.both, make.entity_values("country", country="VE"))
        check_ins.ask(self.closure)
        check_ins.record_report(self.gone.delegates[0], Answer.NEED_HELP, None)
        deliveries.queue_links(self.gone)
        self.action = make.follow_up(self.congress, self.user, delegation=self.gone, by=None)
        self.about_own = make.follow_up(self.congress, self.user, problem=self.own, by=None)
        make.follow_up(self.congress, self.user, delegation=self.other, by=None)
        db.session.commit()


@pytest.fixture
def story(make, at):
    at(NOON)
    return Story(make)


def visible():
    """Return the number of rows of each kind that a session can see, apart from the history, which grows."""
    db.session.expire_all()
    kinds = [cls for cls in hiding_models() if cls is not AuditEntry]
    return {cls.__name__: db.session.scalar(select(func.count()).select_from(cls)) for cls in kinds}


def everything(cls):
    return db.session.scalars(select(cls), execution_options=REMOVED).unique().all()


def waiting():
    return {one.id for one in db.session.scalars(select(Delivery).where(*delivery_queries.WAITING))}


def test_dependents_of_a_removed_delegation_are_hidden_and_restored_with_it(story):
    before, own, waited = visible(), story.own.id, waiting()
    delegations.remove(story.gone, by=story.user)
    after = visible()
    assert {name for name in before if after[name] < before[name]} >= {
        "Delegation", "Delegate", "Journey", "Traveler", "Leg", "FollowUp", "CheckIn", "GivenAnswer", "HelpCall",
        "HitRecord", "RouteProblem", "InformedEntity", "ActivePeriod", "Delivery",
    }  # fmt: skip
    assert after["Delegation"] == 1
    assert after["FollowUp"] == 1
    assert db.session.scalars(select(RouteProblem.id).where(RouteProblem.id == own)).all() == []
    delegations.bring_back(delegation_queries.get_restorable(story.congress.id, story.gone.id))
    assert visible() == before
    assert waiting() <= waited


def test_a_removal_hides_rows_in_the_same_transaction_and_in_sessions_that_looked_before(story):
    legs_seen = select(func.count()).select_from(Leg).where(Leg.journey_id == story.leg.journey_id)
    db.session.commit()
    with Session(db.engine, info={"scope": EVERYTHING}) as other:
        assert other.scalar(legs_seen) == 1
        other.commit()
        assert db.session.scalar(legs_seen) == 1
        story.gone.removed_at = NOON
        assert db.session.scalar(legs_seen) == 0
        db.session.commit()
        assert other.scalar(legs_seen) == 0


def test_a_restoration_that_is_rolled_back_hides_rows_again(story):
    legs_seen = select(func.count()).select_from(Leg).where(Leg.journey_id == story.leg.journey_id)
    story.gone.removed_at = NOON
    db.session.commit()
    savepoint = db.session.begin_nested()
    story.gone.removed_at = None
    db.session.flush()
    assert db.session.scalar(legs_seen) == 1
    savepoint.rollback()
    assert db.session.scalar(legs_seen) == 0


def test_the_board_lists_and_impact_ignore_a_removed_delegation(story):
    gone = story.gone.id
    delegations.set_status(story.gone, DelegationStatus.UNABLE_TO_ATTEND, "No visa")
    assert [one.delegation.id for one in absences.of_congress(story.congress, "en")] == [gone]
    delegations.remove(story.gone, by=None)
    db.session.expire_all()
    assert list(delegation_queries.board(story.congress.id, hits.impact(story.congress.id)).rows) == [story.other.id]
    assert [one.id for one in delegation_queries.listing(story.congress.id)] == [story.other.id]
    assert hits.impact(story.congress.id).delegation_ids == {story.other.id}
    assert absences.of_congress(story.congress, "en") == []
    assert help_calls.open_of_delegation(gone) == []
    assert follow_up_queries.of_delegation(gone) == []


def test_a_problem_that_is_also_about_others_stays_visible(story):
    delegations.remove(story.gone, by=None)
    db.session.expire_all()
    assert len(story.both.informed_entities) == 1
    assert story.closure in db.session.scalars(select(RouteProblem)).all()


def about(action):
    """Queue an email about an action, and return it."""
    named = {"user": action.assignee, "occasion": "one", "follow_up_id": action.id}
    deliveries.queue(DeliveryKind.ASSIGNMENT, due_at=NOON + 3 * DAY, **named)
    return db.session.scalars(select(Delivery).where(Delivery.follow_up_id == action.id)).one()


def test_the_daily_letter_leaves_out_actions_of_a_removed_delegation(story, at):
    at(story.action.next_reminder_at)
    delegations.remove(story.gone, by=None)
    assert story.action.id not in {one.id for one in reminder_queries.due(clock.now(), 9)}
    delegations.bring_back(story.gone)
    assert story.action.id in {one.id for one in reminder_queries.due(clock.now(), 9)}


def test_emails_are_withdrawn_and_reactivated_unless_their_time_has_passed(story, at):
    reminder = about(story.action)
    links = {one.id for one in everything(Delivery) if one.kind is DeliveryKind.TRAVEL_LINK}
    delegations.remove(story.gone, by=None)
    assert reminder.id not in delivery_queries.due_ids(100)
    db.session.refresh(reminder)
    assert reminder.withdrawn_at == story.gone.removed_at
    at(NOON + DAY)
    delegations.bring_back(story.gone)
    assert reminder.id in waiting()
    assert not links & waiting()
    delegations.remove(story.gone, by=None)
    at(reminder.due_at + DAY)
    delegations.bring_back(story.gone)
    assert reminder.id not in waiting()


def test_emails_withdrawn_for_another_reason_stay_withdrawn(story):
    withdrawn = about(story.action)
    delegations.remove(story.gone, by=None)
    withdrawn.withdrawn_at = NOON - DAY
    db.session.flush()
    delegations.bring_back(story.gone)
    assert withdrawn.id not in waiting()


def test_the_effects_of_closures_are_updated_when_a_delegation_is_restored(story, at):
    delegations.remove(story.gone, by=None)
    problems.lift(story.closure)
    at(NOON + DAY)
    delegations.bring_back(story.gone)
    assert story.closure.id not in {hit.problem_id for hit in hits.impact(story.congress.id).hits}


def test_after_thirty_days_a_removed_delegation_cannot_be_restored_and_is_deleted(story, at):
    gone, own, other = story.gone.id, story.own.id, story.other.id
    people = db.session.scalar(select(func.count()).select_from(Person))
    delegations.remove(story.gone, by=story.user)
    at(NOON + 29 * DAY)
    delegations.sweep()
    assert [one.id for one in delegation_queries.removed()] == [gone]
    at(NOON + 31 * DAY)
    assert delegation_queries.removed() == []
    delegations.sweep()
    db.session.expunge_all()
    assert [one.id for one in everything(Delegation)] == [other]
    assert {cls: len(everything(cls)) for cls in (FollowUp, Leg)} == {FollowUp: 1, Leg: 1}
    assert db.session.get(RouteProblem, own) is None
    entries = select(AuditEntry.id).where(AuditEntry.subject == "delegations", AuditEntry.subject_id == gone)
    assert db.session.scalars(entries).all() == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == people


def test_a_person_who_is_visible_only_through_a_removed_delegation_is_hidden(make, story):
    elsewhere = make.person("Elena", congress=make.congress("Another"))
    make.seat(story.gone, elsewhere)
    enter_scope(Scope(frozenset({story.congress.id})))
    db.session.expunge_all()
    seen = select(Person.id).where(Person.id == elsewhere.id)
    assert db.session.scalar(seen) == elsewhere.id
    delegations.remove(db.session.get(Delegation, story.gone.id), by=None)
    assert db.session.scalar(seen) is None


def undone_in(congress):
    """Return the names in the list of actions that can be undone."""
    return {one.name for one in undo_queries.find(congress.id, None, list(DONE), 1).rows}


def test_undo_entries_of_a_removed_delegation_are_hidden_until_it_is_restored(story, make):
    leg, second = make.leg(story.gone, departs="2025-12-11 10:00", arrives="2025-12-11 13:00"), story.gone.delegates[1]
    problems.add_entity(story.closure, make.entity_values("person", delegate=story.gone.delegates[0]))
    named = story.closure.informed_entities[-1]
    party = make.party(story.gone, second, direction=Direction.OUT)
    call = help_calls.open_of_delegation(story.gone.id)[0]
    presses = {
        "follow_ups.close": lambda: follow_ups.complete(story.action),
        "calls.remove": lambda: follow_ups.complete(story.about_own),
        "help_calls.close": lambda: help_call_rules.close(call, by=story.user, note=None),
        "check_ins.renew": lambda: delegations.renew_link(second),
        "parties.end": lambda: parties.end_party(party),
        "legs.delete": lambda: legs.delete_leg(leg),
        "entities.remove": lambda: problems.remove_entity(story.closure, named),
        "problems.lift": lambda: problems.lift(story.own),
        "delegations.remove_delegate": lambda: delegations.remove_delegate(second),
    }  # fmt: skip
    for endpoint, press in presses.items():
        with recording(endpoint, endpoint, by=story.user):
            press()
    with recording("crossings.doubt", "of the other", by=story.user):
        legs.delete_leg(db.session.scalars(select(Leg).join(Leg.journey).filter_by(delegation=story.other)).one())
    db.session.commit()
    assert undone_in(story.congress) == {*presses, "of the other"}
    delegations.remove(story.gone, by=None)
    assert undone_in(story.congress) == {"of the other"}
    delegations.bring_back(delegation_queries.get_restorable(story.congress.id, story.gone.id))
    assert undone_in(story.congress) == {*presses, "of the other"}


def test_emails_in_the_mailbox_are_hidden_and_deleted_with_a_removed_delegation(story, at):
    sent = {str(one.id) for one in everything(Delivery)}
    for one in everything(Delivery):
        message = EmailMessage()
        message["Message-ID"], message["To"] = f"<{one.message_id}@encuentro.test>", "rosa@example.org"
        message["Subject"] = str(one.id)
        mailbox.keep(message.as_bytes())
    delegations.remove(story.gone, by=None)
    left = {str(one.id) for one in db.session.scalars(select(Delivery)).unique()}
    assert {one.subject for one in db.session.scalars(select(MailboxLetter))} == left < sent
    at(NOON + 31 * DAY)
    delegations.sweep()
    assert {one.subject for one in everything(MailboxLetter)} == left


@pytest.fixture
def together(story, make):
    """An email about two actions that were assigned together, one of them for the other delegation."""
    assignee = make.user("Rosa")
    make.grant(assignee, congress=story.congress)
    values = follow_ups.FollowUpValues(
        title="Hire the bus",
        note=None,
        assignee=assignee,
        due_at=NOON + DAY,
        remind_before_hours=0,
        priority=Priority.HIGH,
        escalate_to=None,
        escalate_after_hours=None,
    )
    here = {"congress_id": story.congress.id}
    follow_ups.assign(values, by=story.user, delegations=[story.gone, story.other], **here)
    db.session.commit()
    return db.session.scalars(
        select(Delivery).where(Delivery.user_id == assignee.id, Delivery.kind == "assignment")
    ).one()


def letters_to(address):
    found = select(MailboxLetter).where(MailboxLetter.recipient == address)
    return [one.content.decode() for one in db.session.scalars(found)]


def test_an_email_that_lists_an_action_of_a_removed_delegation_is_hidden_until_it_is_restored(story, together):
    address = together.user.email
    deliver_due()
    assert len(letters_to(address)) == 1
    assert letters_to(address)[0].count("Hire the bus, due") == 4, "in the text and in the page, for each delegation"
    delegations.remove(story.gone, by=None)
    assert letters_to(address) == []
    assert together.id in {one.id for one in db.session.scalars(select(Delivery)).unique()}
    delegations.bring_back(delegation_queries.get_restorable(story.congress.id, story.gone.id))
    assert len(letters_to(address)) == 1


@pytest.mark.parametrize("removed", ["gone", "other"])
def test_an_email_not_yet_sent_is_composed_without_the_actions_of_a_removed_delegation(story, together, removed):
    delegations.remove(getattr(story, removed), by=None)
    db.session.commit()
    deliver_due()
    (letter,) = letters_to(together.user.email)
    assert letter.count("Hire the bus, due") == 2, "in the text and in the page, for one delegation"


def test_an_email_is_withdrawn_if_all_its_actions_are_removed_and_deleted_with_them(story, together, at):
    address = together.user.email
    for delegation in (story.gone, story.other):
        delegations.remove(delegation, by=None)
    db.session.commit()
    assert together.id not in waiting()
    deliver_due()
    assert letters_to(address) == []
    assert [one.id for one in everything(Delivery) if one.id == together.id] == [together.id]
    at(NOON + 31 * DAY)
    delegations.sweep()
    assert [one.id for one in everything(Delivery) if one.id == together.id] == []


def test_the_dependents_of_a_delegation_are_counted(story):
    counted = dependents.on(story.gone)
    assert +counted == {
        "delegates": 2, "legs": 1, "open_actions": 1, "open_help_calls": 1, "own_problems": 1, "check_ins": 2,
    }  # fmt: skip


def test_everything_that_the_database_would_delete_with_a_delegation_is_hidden_with_it():
    hidden = {cls.__table__ for cls in hiding_models()}
    dependent = {
        table
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table in hidden and key.ondelete == "CASCADE"
    }
    assert dependent <= hidden
