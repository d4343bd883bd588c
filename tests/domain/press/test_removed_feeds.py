"""Removed feeds: neither requested nor listed, and restorable for thirty days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.accounts import removals
from app.domain.press import feeds, intakes
from app.extensions import db
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeStatus
from app.queries.press import feeds as feed_queries
from app.queries.press import intakes as intake_queries
from tests.factories import minute, utc

NOON = utc("2026-11-22 12:00")
DAY = timedelta(days=1)


@pytest.fixture
def user(make, at):
    at(NOON)
    return make.user()


@pytest.fixture
def feed(make, user):
    return make.feed("https://paper.example.org/feed")


def test_a_removed_feed_is_neither_requested_nor_listed(make, feed, user):
    entry, taken = make.entry(feed), make.entry(feed)
    intakes.take(taken)
    removals.remove(feed, by=user)
    assert feed.removed_by_id == user.id
    assert feed_queries.find().rows == []
    assert feed_queries.removed() == [feed]
    assert feed_queries.due_ids() == []
    assert feeds.claim(feed.id) is None
    assert intake_queries.find(user, IntakeStatus.LISTED).total == 0
    assert intake_queries.find(user, IntakeStatus.WAITING).rows == [taken]
    removals.bring_back(feed)
    assert (feed.removed_at, feed.removed_by_id) == (None, None)
    assert feed_queries.find().rows == [feed]
    assert intake_queries.find(user, IntakeStatus.LISTED).rows == [entry]


def test_removing_a_feed_twice_keeps_the_first_removal(feed, user, at):
    removals.remove(feed, by=user)
    at(NOON + DAY)
    removals.remove(feed, by=None)
    assert (minute(feed.removed_at), feed.removed_by_id) == (NOON, user.id)


def test_following_a_removed_feed_again_restores_it(feed, user):
    feeds.pause(feed)
    removals.remove(feed, by=user)
    assert feeds.add("https://paper.example.org/feed/", by=user) is feed
    assert (feed.removed_at, feed.paused_at) == (None, None)


def test_a_removed_feed_is_deleted_after_thirty_days_with_its_entries(make, feed, user, at):
    entry_id, other = make.entry(feed).id, make.feed()
    removals.remove(feed, by=user)
    feed_id = feed.id
    for days, there in ((29.99, True), (30.01, False)):
        at(NOON + days * DAY)
        feeds.sweep()
        db.session.expire_all()
        assert (db.session.get(Feed, feed_id) is not None) == there
        assert (db.session.get(Intake, entry_id) is not None) == there
        assert bool(feed_queries.removed()) == there
    assert feed_queries.find().rows == [other]


def test_a_removed_feed_is_not_deleted_while_a_person_works_on_one_of_its_articles(make, feed, user, at):
    entry = make.entry(feed)
    intakes.take(entry)
    removals.remove(feed, by=user)
    at(NOON + 40 * DAY)
    feeds.sweep()
    assert feed_queries.get(feed.id) is feed
    intakes.refuse(entry)
    feeds.sweep()
    db.session.expire_all()
    assert db.session.scalars(select(Feed)).all() == []
