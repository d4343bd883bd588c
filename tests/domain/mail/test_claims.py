"""Claims of many emails at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.domain import leases
from app.domain.campaigns import approvals, digests
from app.domain.mail import attempts
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.queuing import queue_rest
from app.models.mail.deliveries import Delivery

MINUTE = timedelta(minutes=1)


@pytest.fixture
def due(make):
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    for number in range(200):
        make.subscription(campaign, f"member{number}@example.org")
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    queue_rest()
    digest_emails = select(Delivery.id).where(Delivery.digest_id == digest.id).order_by(Delivery.id.desc())
    return list(db.session.scalars(digest_emails))


def test_only_what_nobody_else_holds_is_claimed_and_in_the_order_asked_for(due):
    first, second = leases.new_token(), leases.new_token()
    assert attempts.claim(due[10:20], first, MINUTE) == due[10:20]
    assert attempts.claim(due[:30], second, MINUTE) == [*due[:10], *due[20:30]]
    assert attempts.claim(due[:30], first, 2 * MINUTE) == []


def test_what_is_sent_or_not_due_yet_is_not_claimed(due):
    sent, later = db.session.get(Delivery, due[0]), db.session.get(Delivery, due[1])
    sent.sent_at, later.due_at = clock.now(), clock.now() + MINUTE
    db.session.flush()
    assert attempts.claim(due[:3], leases.new_token(), MINUTE) == [due[2]]


def test_a_claim_changes_no_index_of_postgresql(due):
    if db.engine.dialect.name == "sqlite":
        return
    updated, on_their_page = changes()
    attempts.claim(due, leases.new_token(), MINUTE)
    updated_since, on_their_page_since = changes()
    assert updated_since - updated == len(due)
    assert on_their_page_since - on_their_page > 0.9 * len(due)


def changes():
    """Return how many emails were updated, and how many of them without a change of an index, as PostgreSQL counts them."""
    table = func.to_regclass(Delivery.__tablename__)
    counted = func.pg_stat_get_xact_tuples_updated(table), func.pg_stat_get_xact_tuples_hot_updated(table)
    return db.session.execute(select(*counted)).one()
