"""Mailings: who gets a letter, and what is checked again when it is sent."""

from datetime import date

import pytest

from app import clock
from app.domain.accounts import audit
from app.domain.mail import deliveries
from app.domain.people import consents, mailings, merges, segments
from app.domain.people.mailings import Obstacle
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Approval
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.custom_fields import RecordKind
from app.models.people.mailings import MailingStatus
from app.models.scoping import Scope, enter_scope
from app.queries.mail.holds import Run
from app.queries.mail.runs import report


def person(make, name, congress, email, *, agreed=True, **changes):
    recorded = make.person(name, "Luz", congress=congress, email=email, **changes)
    if agreed:
        make.consent(recorded)
    return recorded


def approved(mailing, by=None):
    queued = mailings.approve(mailing, by=by, shown=mailings.reviewed(mailing, mailings.audience(mailing)))
    db.session.commit()
    return queued


def sent():
    deliver_due()
    return sorted(db.session.scalars(db.select(MailboxLetter.recipient)))


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def mailing(make, congress):
    return make.mailing(congress=congress)


def test_who_has_an_address_and_a_consent_gets_a_letter_and_the_others_are_counted_by_reason(make, congress, mailing):
    rosa = person(make, "Rosa", congress, "rosa@example.org")
    silent = person(make, "Ana", congress, "ana@example.org", agreed=False)
    phone_only = person(make, "Eva", congress, "eva@example.org", agreed=False)
    make.consent(phone_only, ConsentPurpose.PHONE)
    left = person(make, "Lía", congress, "lia@example.org", agreed=False)
    make.consent(left, withdrawn_at=date(2025, 4, 1))
    unreachable = person(make, "Sol", congress, None)
    twin = person(make, "Mar", congress, "rosa@example.org")
    person(make, "Else", make.congress("Other"), "else@example.org")
    found = mailings.audience(mailing)
    assert found.recipients == [rosa.id]
    assert found.others == {
        Obstacle.NO_CONSENT: [silent.id, phone_only.id],
        Obstacle.WITHDRAWN: [left.id],
        Obstacle.NO_ADDRESS: [unreachable.id],
        Obstacle.SAME_ADDRESS: [twin.id],
    }
    assert approved(mailing) == 1
    assert sent() == ["rosa@example.org"]


def test_only_people_in_the_scope_of_who_approves_get_a_letter(make, congress):
    person(make, "Rosa", congress, "rosa@example.org")
    person(make, "Ana", make.congress("Other"), "ana@example.org")
    mailing = make.mailing(make.segment())
    assert len(mailings.audience(mailing).recipients) == 2
    enter_scope(Scope(congress_ids=frozenset({congress.id})))
    assert len(mailings.audience(mailing).recipients) == 1


def test_a_mailing_is_approved_once_and_queued_once(make, congress, mailing):
    person(make, "Rosa", congress, "rosa@example.org")
    assert approved(mailing) == 1
    assert mailing.status is MailingStatus.APPROVED
    for act in (approved, lambda one: mailings.update(one, {}), lambda one: mailings.remove(one, by=None)):
        with pytest.raises(DomainError, match="already been approved"):
            act(mailing)
    assert deliveries.queue_mailing(mailing, mailings.audience(mailing).recipients) == 0
    deliver_due()
    assert sent() == ["rosa@example.org"]


def test_what_has_changed_since_it_was_viewed_is_not_approved(make, congress, mailing):
    with pytest.raises(DomainError, match="Nobody"):
        approved(mailing)
    person(make, "Rosa", congress, "rosa@example.org")
    shown = mailings.reviewed(mailing, mailings.audience(mailing))
    person(make, "Ana", congress, "ana@example.org")
    with pytest.raises(DomainError, match="have changed"):
        mailings.approve(mailing, by=None, shown=shown)
    shown = mailings.reviewed(mailing, mailings.audience(mailing))
    mailings.update(mailing, {"subject": "Another", "text": "Other words.", "in_language": "es"})
    with pytest.raises(DomainError, match="have changed"):
        mailings.approve(mailing, by=None, shown=shown)
    assert db.session.query(Delivery).count() == 0


def test_a_consent_withdrawn_after_the_approval_stops_the_letter(make, congress, mailing):
    rosa = person(make, "Rosa", congress, "rosa@example.org")
    person(make, "Ana", congress, "ana@example.org")
    approved(mailing)
    consent = consents.state(rosa)[ConsentPurpose.EMAIL]
    consents.withdraw(consent, clock.now().date(), ConsentMeans.PHONE, by=None)
    db.session.commit()
    assert sent() == ["ana@example.org"]
    found = report(Run(mailing_id=mailing.id))
    assert (found.sent, found.withdrawn, found.waiting) == (1, 1, 0)


def test_a_person_removed_after_the_approval_gets_no_letter(make, congress, mailing):
    rosa = person(make, "Rosa", congress, "rosa@example.org")
    approved(mailing)
    rosa.removed_at = clock.now()
    db.session.commit()
    assert sent() == []


def test_a_stopped_mailing_is_not_sent_until_it_is_resumed(make, congress, mailing):
    person(make, "Rosa", congress, "rosa@example.org")
    with pytest.raises(DomainError):
        mailings.stop(mailing)
    approved(mailing)
    mailings.stop(mailing)
    db.session.commit()
    assert sent() == []
    assert mailing.status is MailingStatus.STOPPED
    mailings.resume(mailing)
    db.session.commit()
    assert sent() == ["rosa@example.org"]


def test_two_people_who_came_to_have_one_address_get_one_letter(make, congress, mailing):
    rosa, ana = (person(make, name, congress, f"{name}@example.org".lower()) for name in ("Rosa", "Ana"))
    assert approved(mailing) == 2
    [detail] = ana.contact_details
    detail.value = rosa.email
    db.session.commit()
    assert sent() == ["rosa@example.org"]


def test_people_merged_after_the_approval_get_one_letter(make, congress, mailing):
    rosa, ana = (person(make, name, congress, f"{name}@example.org".lower()) for name in ("Rosa", "Ana"))
    approved(mailing)
    make.merge(rosa, ana)
    assert len(sent()) == 1


def test_a_letter_has_the_frame_in_the_reader_s_language_and_a_way_out(make, congress, mailing):
    person(make, "Rosa", congress, "rosa@example.org", preferred_language="pt")
    approved(mailing)
    deliver_due()
    [letter] = db.session.scalars(db.select(MailboxLetter))
    content = letter.content.decode()
    assert letter.subject == "See you in May"
    assert "List-Unsubscribe=One-Click" in content
    assert "<mailing-" in content


def test_nobody_writes_to_organizations_or_after_the_segment_was_removed(make, congress, mailing):
    with pytest.raises(DomainError, match="organizations"):
        make.mailing(make.segment(RecordKind.ORGANIZATION, congress=congress))
    person(make, "Rosa", congress, "rosa@example.org")
    segments.remove(mailing.segment, by=None)
    with pytest.raises(DomainError, match="Nobody"):
        approved(mailing)


def test_withdrawing_by_the_link_counts_on_the_day_of_the_consent_and_only_once(make, congress):
    rosa = person(make, "Rosa", congress, "rosa@example.org", agreed=False)
    make.consent(rosa, given_at=clock.now().date())
    for _ in range(2):
        mailings.withdraw_consent(rosa)
        db.session.commit()
    assert mailings.consent_of(rosa) is None
    consent = consents.state(rosa)[ConsentPurpose.EMAIL]
    assert consent.withdrawn_how is ConsentMeans.LINK


def test_a_letter_follows_a_person_who_is_merged_and_separated_again(make, congress, mailing):
    rosa, ana = (person(make, name, congress, f"{name}@example.org".lower()) for name in ("Rosa", "Ana"))
    approved(mailing)
    merge = make.merge(rosa, ana)
    undo(merges.undo_entry(merge), by=make.user())
    db.session.commit()
    assert sent() == ["ana@example.org", "rosa@example.org"]


@pytest.mark.parametrize("approval", Approval)
def test_in_a_campaign_of_two_persons_nobody_approves_what_they_wrote(make, approval):
    campaign = make.campaign(digest_approval=approval)
    alice, bob = make.user("Alice"), make.user("Bob")
    make.consent(make.person("Ana", campaign=campaign, email="ana@example.org"))
    audit.act_as(alice)
    mailing = make.mailing(make.segment(campaign=campaign), by=alice)
    needs_two = approval is Approval.SECOND_PERSON
    assert [mailings.may_approve(mailing, one) for one in (alice, bob, None)] == [not needs_two, True, not needs_two]
    audit.act_as(bob)
    mailings.update(mailing, {"subject": "Come", "text": "Dear friends", "in_language": "en"})
    assert [mailings.may_approve(mailing, one) for one in (alice, bob)] == [True, not needs_two]
    if needs_two:
        with pytest.raises(DomainError, match="another person has to approve it"):
            approved(mailing, by=bob)
    assert approved(mailing, by=alice) == 1
