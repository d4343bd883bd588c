"""Removing a person hides what hangs on her, and restoring her brings all of it back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.congress import removed_people
from app.domain.mail import deliveries
from app.domain.people import contact_details
from app.domain.recording import recording
from app.domain.travel import check_ins, parties
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.accounts.undo import UndoEntry
from app.models.congress.delegations import Delegate
from app.models.people.people import ContactDetail, Person
from app.models.removing import REMOVED, hiding_models
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.models.travel.check_ins import Answer
from app.models.travel.journeys import Direction, Journey, Leg
from app.models.travel.problems import RouteProblem
from app.queries.congress import delegations as delegation_queries
from app.queries.congress import removed_people as removed_people_queries
from app.queries.mail import deliveries as delivery_queries
from app.queries.people import people as person_queries
from app.queries.people.filters import PersonFilter
from app.queries.travel import parties as party_queries
from tests.factories import utc

NOON = utc("2025-12-05 12:00")
DAY = timedelta(days=1)


def anywhere(congress_id, campaign_id):
    return True


class Story:
    """A person with a dependent row of every kind, in a delegation with another one."""

    def __init__(self, make):
        self.congress = make.congress()
        self.delegation = make.delegation(self.congress, delegates=0, seats=4)
        self.gone = make.person(
            "Gone", congress=self.congress, email="gone@example.org", organization=make.organization()
        )
        self.stays = make.person("Stays", congress=self.congress, email="stays@example.org")
        make.other_name(self.gone)
        self.seat, self.other = (
            make.seat(self.delegation, self.gone, is_head=True),
            make.seat(self.delegation, self.stays),
        )
        self.shared = make.leg(self.delegation)
        self.own = make.party(self.delegation, self.seat, direction=Direction.OUT)
        self.leg = make.leg(self.delegation, journey=self.own)
        self.closure = make.problem(self.congress, "2025-12-04 00:00")
        self.about_her = make.problem(self.congress, "2025-12-04 00:00", kind="person", delegate=self.seat)
        check_ins.ask(self.closure)
        check_ins.record_report(self.seat, Answer.NEED_HELP, None)
        deliveries.queue_links(self.delegation)
        with recording("contact_details.remove", "Gone Luz", by=None):
            contact_details.remove(make.contact_detail(self.gone))
        db.session.commit()

    def remove(self):
        removed_people.remove(self.gone, by=None, may_edit=anywhere)
        db.session.commit()
        db.session.expire_all()

    def bring_back(self):
        person = removed_people_queries.get_restorable(self.gone.id)
        removed_people.bring_back(person, may_edit=anywhere)
        db.session.commit()
        db.session.expire_all()


@pytest.fixture
def story(make, at):
    at(NOON)
    return Story(make)


def visible():
    kinds = [cls for cls in hiding_models() if cls is not AuditEntry]
    db.session.expire_all()
    return {cls.__name__: db.session.scalar(select(func.count()).select_from(cls)) for cls in kinds}


def waiting():
    return {
        one.recipient for one in db.session.scalars(select(delivery_queries.Delivery).where(*delivery_queries.WAITING))
    }


def stored(cls):
    return db.session.scalar(select(func.count()).select_from(cls), execution_options=REMOVED)


def test_dependents_of_a_removed_person_are_hidden_and_restored_with_her(story):
    before = visible()
    story.remove()
    after = visible()
    assert {name for name in before if after[name] < before[name]} >= {
        "Person", "Participation", "ContactDetail", "Membership", "OtherName", "Delegate", "Traveler", "Journey", "Leg",
        "CheckIn", "GivenAnswer", "HelpCall", "Delivery", "RouteProblem", "InformedEntity", "UndoEntry",
    }  # fmt: skip
    assert after["Delegation"] == before["Delegation"]
    story.bring_back()
    assert visible() == before


def test_the_seats_of_a_delegation_stay_and_nobody_else_gets_the_itinerary_of_a_removed_person(story):
    story.remove()
    found = party_queries.of(story.congress.id, [story.delegation.id])
    assert found.seats_of == {story.delegation.id: 4}
    assert db.session.scalars(select(Journey.id).where(Journey.delegation_id == story.delegation.id)).all() == [
        story.shared.journey_id
    ]
    assert found.aboard(story.shared.journey_id, story.delegation.id, Direction.OUT) == {story.other.id}


def test_an_itinerary_shared_with_a_removed_person_is_hers_again_although_the_others_left_it(story):
    parties.set_party(story.own, [story.seat, story.other])
    story.remove()
    assert [one.delegate_id for one in story.own.travelers] == [story.other.id]
    parties.leave_parties(story.other)
    assert db.session.scalars(select(Leg.id).where(Leg.id == story.leg.id)).all() == []
    story.bring_back()
    assert [one.delegate_id for one in story.own.travelers] == [story.seat.id]
    assert story.leg.journey_id == story.own.id


def test_a_restored_person_does_not_replace_a_head_who_was_named_meanwhile(story, make):
    story.remove()
    make.seat(story.delegation, make.person("New", congress=story.congress), is_head=True)
    story.bring_back()
    delegation = delegation_queries.get(story.congress.id, story.delegation.id)
    assert [one.person.given_name for one in delegation.delegates if one.is_head] == ["New"]


def test_a_removed_person_can_be_neither_found_nor_seated_nor_taken_for_a_namesake(story, make):
    story.remove()
    assert person_queries.find(PersonFilter("gone"), language="en").total == 0
    assert person_queries.alike(["gone luz"], ["gone@example.org"]) == []
    assert "Gone" not in {
        one.given_name for one in person_queries.not_in(make.delegation(story.congress), language="en", limit=99)
    }


def test_waiting_emails_to_a_removed_person_are_not_sent_and_those_not_due_yet_are_promised_again(story, at):
    to_her = f"delegate:{story.seat.id}"
    assert to_her in waiting()
    later = NOON + DAY
    deliveries.queue(deliveries.DeliveryKind.CHECK_IN, delegate=story.seat, occasion="later", due_at=later)
    story.remove()
    assert to_her not in waiting()
    at(NOON + timedelta(hours=1))
    story.bring_back()
    due = {
        one.due_at
        for one in db.session.scalars(select(delivery_queries.Delivery).where(*delivery_queries.WAITING))
        if one.recipient == to_her
    }
    assert due == {later}


def test_after_thirty_days_a_removed_person_is_deleted_with_what_hangs_on_her(story, at):
    gone, about, own = story.gone.id, story.about_her.id, story.own.id
    story.remove()
    at(NOON + 29 * DAY)
    removed_people.sweep()
    assert [one.id for one in removed_people_queries.listing()] == [gone]
    at(NOON + 31 * DAY)
    assert removed_people_queries.listing() == []
    removed_people.sweep()
    db.session.expunge_all()
    kept = select(ContactDetail.id).where(ContactDetail.person_id == gone)
    assert db.session.scalars(kept, execution_options=REMOVED).all() == []
    assert [db.session.get(cls, number) for cls, number in ((Person, gone), (RouteProblem, about), (Journey, own))] == [
        None
    ] * 3
    assert stored(Delegate) == 1
    trail = select(AuditEntry.id).where(AuditEntry.subject == "people", AuditEntry.subject_id == gone)
    assert db.session.scalars(trail, execution_options=REMOVED).all() == []
    assert stored(UndoEntry) == 0


def test_a_person_is_not_removed_from_what_the_user_may_not_edit(story, make):
    seen = make.congress("Elsewhere")
    make.seat(make.delegation(seen, delegates=0), story.gone)

    def here(congress_id, campaign_id):
        return congress_id == story.congress.id

    with pytest.raises(DomainError):
        removed_people.remove(story.gone, by=None, may_edit=here)
    story.remove()
    with pytest.raises(DomainError):
        removed_people.bring_back(removed_people_queries.get_restorable(story.gone.id), may_edit=here)


def test_who_works_on_her_congress_only_can_remove_and_restore_a_person(story):
    enter_scope(Scope(frozenset({story.congress.id})))
    db.session.expunge_all()
    removed_people.remove(person_queries.get(story.gone.id), by=None, may_edit=anywhere)
    db.session.commit()
    db.session.expunge_all()
    [person] = removed_people_queries.listing()
    removed_people.bring_back(person, may_edit=anywhere)
    db.session.commit()
    enter_scope(EVERYTHING)
    assert person_queries.find(PersonFilter("gone"), language="en").total == 1


def test_dependents_of_a_person_are_counted(story):
    counted = removed_people_queries.dependents_of(story.gone)
    assert {kind: counted[kind] for kind in ("contact_details", "memberships", "other_names", "delegates", "travelers", "legs", "own_problems")} == {
        "contact_details": 1, "memberships": 1, "other_names": 1, "delegates": 1, "travelers": 1, "legs": 1, "own_problems": 1,
    }  # fmt: skip
