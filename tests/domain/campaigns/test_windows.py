"""Windows and members' hours, over time zones, clock changes and any actions of members and coordinators."""

import random
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.campaigns import approvals, digests, subscriptions
from app.domain.campaigns.windows import Rhythm, first_letter, first_window, next_letter
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.models.campaigns.campaigns import Approval, Frequency
from app.models.campaigns.digests import OPEN, Digest, DigestPart, DigestStatus
from app.models.mail.deliveries import Delivery
from tests.factories import utc

ZONES = ["America/Caracas", "Europe/Madrid", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana"]
OFTEN = [Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY]
LONGEST = {Frequency.DAILY: 2, Frequency.WEEKLY: 8, Frequency.MONTHLY: 32}

HOURS = 4 * 365 * 24

instants = st.integers(0, HOURS * 60).map(lambda minutes: utc("2024-01-01 00:00") + timedelta(minutes=minutes))
rhythms = st.builds(Rhythm, st.sampled_from(OFTEN), st.integers(0, 6), st.integers(0, 23), st.sampled_from(ZONES))


@given(rhythms, instants)
def test_the_next_hour_is_local_to_the_member_on_the_right_day_and_soon(rhythm, after):
    at = next_letter(rhythm, after)
    assert after < at <= after + timedelta(days=LONGEST[rhythm.frequency])
    local = at.astimezone(ZoneInfo(rhythm.timezone))
    skipped = local.replace(hour=rhythm.hour).astimezone(UTC).astimezone(local.tzinfo).hour != rhythm.hour
    assert local.hour == rhythm.hour or skipped
    assert rhythm.frequency != Frequency.WEEKLY or local.weekday() == rhythm.weekday
    assert rhythm.frequency != Frequency.MONTHLY or local.day == 1


@given(rhythms, instants)
def test_no_hour_is_skipped(rhythm, after):
    at = next_letter(rhythm, after)
    assert first_letter(rhythm, at) == at
    assert next_letter(rhythm, at - timedelta(seconds=1)) == at
    assert next_letter(rhythm, at) > at


@given(rhythms, instants)
def test_the_first_window_reaches_one_period_back(rhythm, now):
    back = now - first_window(rhythm, now)
    assert timedelta(0) < back <= timedelta(days=LONGEST[rhythm.frequency])


def test_immediate_emails_have_no_hour():
    assert next_letter(Rhythm(Frequency.EACH_ARTICLE, 0, 8, "UTC"), utc("2025-12-01 12:00")) is None


class Life:
    """Weeks of a campaign with random actions of members, coordinators and workers."""

    def __init__(self, make, at, seed):
        self.make, self.at, self.dice = make, at, random.Random(seed)
        self.now = utc("2026-03-20 12:00")
        at(self.now)
        approval = self.dice.choice([Approval.NOBODY, Approval.ONE_PERSON])
        self.campaign = make.campaign(timezone="America/Havana", digest_approval=approval)
        self.members = [self.subscribe() for _ in range(4)]
        self.cited = 0

    def subscribe(self):
        return self.make.subscription(self.campaign, **self.preferences())

    def preferences(self):
        return {
            "languages": ["en"], "frequency": self.dice.choice([*OFTEN, Frequency.EACH_ARTICLE]),
            "weekday": self.dice.randrange(7), "hour": self.dice.randrange(24), "timezone": self.dice.choice(ZONES),
        }  # fmt: skip

    def live(self, hours):
        for _ in range(hours):
            self.now += timedelta(minutes=self.dice.randrange(20, 100))
            self.at(self.now)
            if self.dice.random() < 0.12:
                self.cited += 1
                self.make.cite(self.make.article(f"Article {self.cited:03}"), self.campaign)
            if self.dice.random() < 0.02:
                subscriptions.change(self.dice.choice(self.members), self.preferences())
            if self.dice.random() < 0.02:
                self.stop()
            if self.dice.random() < 0.9:  # sometimes no worker is running
                self.work(self.dice.random() < 0.2)

    def stop(self):
        """Stop the last approved digest, and change or resume it."""
        last = select(Digest).where(Digest.status == DigestStatus.APPROVED).order_by(Digest.id.desc()).limit(1)
        digest = db.session.scalar(last)
        if digest is not None:
            approvals.stop(digest)
            db.session.commit()
            try:
                approvals.reopen(digest)
            except DomainError:
                db.session.rollback()
                approvals.resume(digest)
            db.session.commit()

    def work(self, approves):
        digests.run(self.campaign, letters.render)
        draft = db.session.scalar(select(Digest).where(Digest.status.in_(OPEN)))
        if draft and approves:
            approvals.approve(draft, letters.render, by=None, revision=draft.revision)
        db.session.commit()

    def settle(self):
        """Switch all members to immediate emails, and approve everything."""
        for member in self.members:
            subscriptions.change(member, self.preferences() | {"frequency": Frequency.EACH_ARTICLE})
        for _ in range(2):
            self.now += timedelta(days=1)
            self.at(self.now)
            self.work(approves=True)

    def received(self, member):
        """Return how often each article is in the emails queued for a member, as rendered."""
        told = select(DigestPart.text).join(Delivery, Delivery.digest_part_id == DigestPart.id)
        text = "".join(db.session.scalars(told.where(Delivery.subscription_id == member.id)))
        return [text.count(f"\nArticle {one:03}\n") for one in range(1, self.cited + 1)]


@pytest.mark.parametrize(
    ("database_url", "seed"),
    [*(("sqlite", seed) for seed in range(6)), *(("postgresql", seed) for seed in range(6, 8))],
    indirect=["database_url"],
    scope="session",
)
def test_each_member_gets_each_article_once_in_any_sequence_of_events(make, at, monkeypatch, seed):
    # Waiting deliveries keep their rendered email, so that it can be read here.
    monkeypatch.setattr("app.domain.mail.deliveries.clear_parts", lambda _id: None)
    life = Life(make, at, seed)
    life.live(400)
    life.settle()
    assert life.cited > 20
    for member in life.members:
        assert life.received(member) == [1] * life.cited
