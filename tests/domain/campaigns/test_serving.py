"""Digests for so many members that they are queued in portions."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain import undo
from app.domain.campaigns import approvals, digests, serving
from app.domain.recording import recording
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.queuing import queue_rest, take_rest_back
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


def members():
    """Return the window and the next hour of each member, as stored."""
    found = select(Subscription.id, Subscription.covered_until, Subscription.next_letter_at).order_by(Subscription.id)
    return [tuple(row) for row in db.session.execute(found)]


def test_a_stopped_digest_is_taken_back_in_portions_and_is_then_a_draft_for_the_same_members(make, draft):
    before = members()
    approve(draft)
    db.session.commit()
    queue_rest()
    approvals.stop(draft)
    approvals.reopen(draft)
    db.session.commit()
    assert draft.status is DigestStatus.REOPENING
    assert len(written_to()) == 3
    make.cite(make.article("Two"), draft.campaign)
    assert digests.run(draft.campaign, letters.render) is None
    with pytest.raises(DomainError):
        approvals.resume(draft)
    db.session.commit()
    take_rest_back()
    assert draft.status is DigestStatus.DRAFT
    assert written_to() == []
    after = members()
    assert [one[:2] for one in after] == [one[:2] for one in before]
    approve(draft)
    db.session.commit()
    queue_rest()
    assert len(written_to()) == 5


def test_a_killed_job_that_takes_emails_back_goes_on_where_it_was(draft):
    approve(draft)
    db.session.commit()
    queue_rest()
    approvals.stop(draft)
    approvals.reopen(draft)
    db.session.commit()
    approvals.reopen_some(draft)
    db.session.rollback()  # as if the worker had been killed
    assert len(written_to()) == 3
    take_rest_back()
    assert written_to() == []
    assert draft.status is DigestStatus.DRAFT


def test_a_stopped_digest_cannot_be_taken_back_once_a_later_one_has_reached_a_member(draft):
    approve(draft)
    db.session.commit()
    queue_rest()
    approvals.stop(draft)
    last = db.session.scalars(select(Subscription).order_by(Subscription.id.desc())).first()
    last.covered_until = FRIDAY + timedelta(days=1)
    with pytest.raises(DomainError, match="later digest"):
        approvals.reopen(draft)
    assert len(written_to()) == 5


def test_a_discarded_digest_moves_all_its_members_on_in_portions(make, draft):
    with recording("digests.discard", "It", by=None) as entry:
        approvals.discard(draft)
    db.session.commit()
    assert {covered for _id, covered, _hour in members()} != {draft.period_end}
    make.cite(make.article("Two"), draft.campaign)
    assert digests.run(draft.campaign, letters.render) is None
    db.session.commit()
    assert queue_rest() == 0
    assert {covered for _id, covered, _hour in members()} == {draft.period_end}
    assert written_to() == []
    with pytest.raises(DomainError, match="changed in the meantime"):
        undo.undo(entry, by=make.user("Alice"))
    db.session.rollback()


def test_a_discarded_digest_can_be_undone_until_other_members_have_followed(make, draft):
    before = members()
    with recording("digests.discard", "It", by=None) as entry:
        approvals.discard(draft)
    db.session.commit()
    undo.undo(entry, by=make.user("Alice"))
    db.session.commit()
    assert (draft.status, draft.queued_up_to, members()) == (DigestStatus.DRAFT, None, before)
    assert queue_rest() == 0


def test_a_draft_that_was_stopped_halfway_and_edited_is_queued_for_everybody(draft):
    approve(draft)
    approvals.stop(draft)
    db.session.commit()
    approvals.reopen(draft)
    db.session.commit()
    take_rest_back()
    assert written_to() == []
    approve(draft)
    db.session.commit()
    queue_rest()
    assert len(set(written_to())) == 5


def member(make, campaign, opens_at):
    """A member whose window starts at an instant."""
    subscription = make.subscription(campaign, languages=["es"], frequency=Frequency.DAILY)
    subscription.covered_until = opens_at
    db.session.flush()
    return subscription


def cite(make, campaign, headline, cited_at):
    make.cite(make.article(headline), campaign).cited_at = cited_at
    db.session.flush()


def test_members_whose_windows_start_at_different_instants_are_one_group_if_they_get_the_same(make, at):
    """They are parted by what is new to them, and by the day from which their window is said to be."""
    at(BEGIN)
    campaign = make.campaign()
    for number in range(6):
        member(make, campaign, BEGIN + timedelta(seconds=number))
    cite(make, campaign, "One", BEGIN + timedelta(seconds=6))
    member(make, campaign, BEGIN + timedelta(seconds=7))
    member(make, campaign, BEGIN + timedelta(days=1))
    cite(make, campaign, "Two", BEGIN + timedelta(days=2))
    member(make, campaign, BEGIN + timedelta(days=3))
    at(FRIDAY)
    digest = compose(campaign)
    assert [(one.articles, one.members) for one in approvals.shares(digest)] == [(2, 6), (1, 2), (0, 1)]
    assert approve(digest) == 8
    sizes = select(func.count()).where(Delivery.kind == DeliveryKind.DIGEST).group_by(Delivery.digest_part_id)
    assert sorted(db.session.scalars(sizes)) == [1, 1, 6]


def test_an_article_is_new_to_those_whose_windows_start_no_later_than_it_was_cited(make, at):
    at(BEGIN)
    campaign = make.campaign()
    same, _later = (member(make, campaign, BEGIN + timedelta(microseconds=later)) for later in (0, 1))
    cite(make, campaign, "One", BEGIN)
    at(FRIDAY)
    digest = compose(campaign)
    assert {(one.articles, one.members) for one in approvals.shares(digest)} == {(1, 1), (0, 1)}
    assert approve(digest) == 1
    assert deliver() == [same.email]
