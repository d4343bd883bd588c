"""Runs that go wrong, and trying emails again that were not taken."""

import pytest

from app import clock
from app.domain.mail import attempts, holds, retries
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail import holding
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.mail.deliveries import Delivery
from app.models.mail.holds import HoldReason
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail import failures
from app.queries.mail.failures import Group
from app.queries.mail.reasons import Reason
from app.queries.mail.runs import report
from tests.claims import claim_email, record_sent
from tests.domain.mail.test_holds import LEASE, MINUTE, ids, run_of, settle


@pytest.fixture
def run(make, at):
    return run_of(make, 6)


def refuse(delivery_id, words="550 5.1.1 no such user"):
    attempts.give_up(delivery_id, claim_email(delivery_id, LEASE), words)


def postpone(delivery_id, words="451 4.7.1 come back later"):
    attempts.postpone(delivery_id, claim_email(delivery_id, LEASE), words)


def carry_out():
    while retries.carry_out_some():
        db.session.commit()


def test_emails_that_were_not_taken_are_told_with_reason_and_domain(run):
    sent, refused, postponed, *_ = ids(run)
    record_sent(sent)
    refuse(refused)
    postpone(postponed)
    assert [(one.delivery_id, one.group, one.reason, one.domain) for one in failures.some(run)] == [
        (refused, Group.FAILED, Reason.NO_SUCH_ADDRESS, "example.org"),
        (postponed, Group.POSTPONED, Reason.BUSY, "example.org"),
    ]


def test_only_the_group_that_was_asked_for_is_tried_again(run, monkeypatch):
    monkeypatch.setattr(retries, "PORTION", 1)
    one, two, three, *_ = ids(run)
    refuse(one)
    refuse(two, "552 5.2.2 full")
    postpone(three)
    retries.ask(run, reason=Reason.MAILBOX_FULL)
    carry_out()
    assert [db.session.get(Delivery, number).failed_at is None for number in (one, two, three)] == [False, True, True]
    assert two in delivery_queries.due_ids(10)
    assert three not in delivery_queries.due_ids(10)
    retries.ask(run, domain="example.org")
    carry_out()
    assert sorted(delivery_queries.due_ids(10)) == ids(run)


def test_nothing_is_tried_again_while_it_is_held(run):
    holds.pause(run)
    with pytest.raises(DomainError, match="Resume it first"):
        retries.ask(run)


def test_a_run_of_which_too_many_are_postponed_pauses_by_itself_until_a_person_resumes_it(run, monkeypatch, at):
    monkeypatch.setattr(failures, "LEAST", 4)
    monkeypatch.setattr(failures, "TOLERATED", 0.5)
    monkeypatch.setattr(holding, "_LOOK_EVERY", 0)
    one, two, three, four, *_ = ids(run)
    record_sent(one)
    for number in (two, three):
        postpone(number)
    holding.pause_failing()
    assert not report(run).is_paused
    postpone(four)
    holding.pause_failing()
    found = report(run)
    assert (found.is_paused, found.hold.reason) == (True, HoldReason.REFUSALS)
    digest = db.session.get(Digest, run.digest_id)
    assert digest.status is DigestStatus.PAUSED
    settle()
    at(clock.now() + MINUTE)
    holds.release(run, postponed=failures.postponed(run))
    settle()
    holding.pause_failing()
    assert not report(run).is_paused
