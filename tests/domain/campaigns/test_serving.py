"""Digests for so many members that they are queued in portions."""

import pytest
from sqlalchemy import select

from app.domain.campaigns import approvals, digests, serving
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.queuing import queue_rest
from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.digests import DigestStatus
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.domain.campaigns.test_approvals import deliver
from tests.domain.campaigns.test_digests import BEGIN, FRIDAY, approve, compose


@pytest.fixture
def draft(make, at, monkeypatch):
    """A draft for five members, two of whom are served at once."""
    monkeypatch.setattr(serving, "PORTION", 2)
    at(BEGIN)
    campaign = make.campaign()
    rhythms = [Frequency.DAILY, Frequency.WEEKLY, Frequency.EACH_ARTICLE, Frequency.WEEKLY, Frequency.DAILY]
    for number, frequency in enumerate(rhythms):
        languages = ["en"] if number % 2 else ["es"]
        make.subscription(campaign, f"m{number}@example.org", languages=languages, frequency=frequency)
    make.cite(make.article("One"), campaign)
    at(FRIDAY)
    return compose(campaign)


def written_to():
    found = select(Delivery.subscription_id).where(Delivery.kind == DeliveryKind.DIGEST).order_by(Delivery.id)
    return list(db.session.scalars(found))


def test_it_is_queued_for_everybody_once_and_only_then_counts_as_sent(draft):
    assert approve(draft) == 2
    assert sorted(deliver()) == ["m0@example.org", "m1@example.org"]
    assert draft.status is DigestStatus.APPROVED
    assert queue_rest() == 3
    assert queue_rest() == 0
    assert len(set(written_to())) == len(written_to()) == 5
    assert len(deliver()) == 5
    db.session.refresh(draft)
    assert draft.status is DigestStatus.SENT


def test_a_killed_job_goes_on_where_it_was(draft):
    approve(draft)
    db.session.commit()
    serving.serve_some(draft, letters.render)
    db.session.rollback()  # as if the worker had been killed
    assert len(written_to()) == 2
    serving.serve_some(draft, letters.render)
    serving.serve_some(draft, letters.render)
    assert len(set(written_to())) == len(written_to()) == 5
    assert draft.queued_up_to is None


def test_the_parts_of_later_portions_are_those_of_the_first(draft):
    approve(draft)
    db.session.commit()
    queue_rest()
    assert (
        db.session.query(Delivery.digest_part_id).filter(Delivery.kind == DeliveryKind.DIGEST).distinct().count() == 2
    )


def test_no_other_digest_is_composed_meanwhile(make, draft):
    approve(draft)
    make.cite(make.article("Two"), draft.campaign)
    assert digests.run(draft.campaign, letters.render) is None
    with pytest.raises(DomainError):
        digests.compose_now(draft.campaign)
    db.session.commit()
    queue_rest()
    assert digests.compose_now(draft.campaign)


@pytest.mark.parametrize("decide", [approvals.pause, approvals.stop])
def test_it_is_queued_for_nobody_else_while_it_is_paused_or_stopped(draft, decide):
    approve(draft)
    decide(draft)
    db.session.commit()
    assert queue_rest() == 0
    approvals.resume(draft)
    db.session.commit()
    assert queue_rest() == 3


def test_members_keep_their_own_hours(draft):
    """The same as if each had been read: those who want each article have none, and the others the first one after it."""
    approve(draft)
    db.session.commit()
    queue_rest()
    db.session.expire_all()
    hours = {one.frequency: one.next_letter_at for one in db.session.query(Subscription)}
    assert hours.pop(Frequency.EACH_ARTICLE) is None
    assert draft.period_end < hours[Frequency.DAILY] < hours[Frequency.WEEKLY]


def test_a_draft_that_was_stopped_halfway_and_edited_is_queued_for_everybody(draft):
    approve(draft)
    approvals.stop(draft)
    db.session.commit()
    approvals.reopen(draft)
    db.session.commit()
    assert written_to() == []
    approve(draft)
    db.session.commit()
    queue_rest()
    assert len(set(written_to())) == 5
