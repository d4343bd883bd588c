"""Digest runs: windows, schedules, and who gets what once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from app import clock
from app.config import LOCALES
from app.domain import articles, digests, subscriptions
from app.domain.errors import DomainError
from app.emails import digests as letters
from app.extensions import db
from app.models.campaigns import CampaignStatus, Frequency
from app.models.deliveries import Delivery, DeliveryKind
from app.models.deliveries import MailboxLetter as Letter
from app.models.digests import Digest, DigestStatus
from app.models.scoping import EVERYTHING, enter_scope
from app.outbox import deliver_due
from app.queries import campaigns
from tests.factories import utc

BEGIN = utc("2025-12-01 12:00")  # a Monday
FRIDAY = utc("2025-12-05 12:00")  # eight o'clock in Caracas


@pytest.fixture
def campaign(make, at):
    at(BEGIN)
    return make.campaign()


def compose(campaign):
    db.session.refresh(campaign)
    return digests.compose_scheduled(campaign)


def approve(digest):
    return digests.approve(digest, {locale: letters.render(digest, locale) for locale in LOCALES}, by=None)


def deliver():
    db.session.commit()
    deliver_due()
    return [letter.recipient for letter in db.session.query(Letter).order_by(Letter.id)]


def test_the_schedule_is_in_the_campaigns_own_zone(campaign):
    assert campaign.next_digest_at == FRIDAY


def test_before_its_hour_nothing_is_composed(make, campaign, at):
    make.cite(make.article(), campaign)
    at(FRIDAY - timedelta(minutes=1))
    assert compose(campaign) is None


def test_at_its_hour_it_holds_what_was_cited_since_the_last_one(make, campaign, at):
    first, second = make.article("One"), make.article("Two")
    make.cite(first, campaign)
    at(FRIDAY + timedelta(seconds=5))
    digest = compose(campaign)
    assert [item.article.headline for item in digest.items] == ["One"]
    assert (digest.period_start, digest.period_end) == (campaign.created_at, FRIDAY)
    assert campaign.next_digest_at == FRIDAY + timedelta(days=7)
    make.cite(second, campaign)
    at(FRIDAY + timedelta(days=7))
    following = compose(campaign)
    assert [item.article.headline for item in following.items] == ["Two"]
    assert following.period_start == FRIDAY


def test_no_new_article_means_no_digest_and_the_window_stays_open(make, campaign, at):
    at(FRIDAY)
    assert compose(campaign) is None
    make.cite(make.article(), campaign)
    at(FRIDAY + timedelta(days=7))
    digest = compose(campaign)
    assert digest.period_start == campaign.created_at
    assert db.session.query(Digest).count() == 1


def test_what_is_cited_at_the_closing_instant_belongs_to_the_next_window(make, campaign, at):
    citation = make.cite(make.article(), campaign)
    citation.cited_at = FRIDAY
    at(FRIDAY)
    assert compose(campaign) is None
    at(FRIDAY + timedelta(days=7))
    assert len(compose(campaign).items) == 1


def test_runs_that_were_missed_are_caught_up_in_one(make, campaign, at):
    make.cite(make.article(), campaign)
    at(FRIDAY + timedelta(days=15))
    digest = compose(campaign)
    assert digest.period_end == FRIDAY + timedelta(days=14)
    assert campaign.next_digest_at == FRIDAY + timedelta(days=21)


def test_two_workers_at_once_compose_one_digest(house, at):
    at(BEGIN)
    with house.open() as make:
        campaign = make.campaign()
        make.cite(make.article(), campaign)
    at(FRIDAY)
    barrier, composed = Barrier(4), []

    def work():
        with house.app.app_context():
            enter_scope(EVERYTHING)
            campaign_id = campaigns.due_for_digest()[0]
            db.session.rollback()
            barrier.wait()
            composed.append(digests.compose_scheduled(campaigns.get(campaign_id)) is not None)
            db.session.commit()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(composed) == [False, False, False, True]


def test_an_article_goes_once_into_a_campaign_even_when_it_is_cited_again(make, campaign, at):
    article = make.article()
    citation = make.cite(article, campaign)
    at(FRIDAY)
    compose(campaign)
    articles.withdraw_citation(citation)
    make.cite(article, campaign)
    at(FRIDAY + timedelta(days=7))
    assert compose(campaign) is None


def test_an_ended_campaign_and_one_without_a_schedule_compose_nothing(make, at):
    at(BEGIN)
    assert make.campaign("Over", status=CampaignStatus.ENDED).next_digest_at is None
    assert make.campaign("Silent", digest_frequency=Frequency.NEVER).next_digest_at is None
    assert make.campaign("Daily", digest_frequency=Frequency.DAILY).next_digest_at == utc("2025-12-02 12:00")


def test_the_hour_stays_the_same_on_the_wall_when_clocks_change(make, at):
    at(utc("2026-03-23 12:00"))
    campaign = make.campaign(timezone="Europe/Madrid", digest_weekday=0)
    make.cite(make.article(), campaign)
    at(utc("2026-03-30 06:00"))
    compose(campaign)
    assert campaign.next_digest_at == utc("2026-04-06 06:00")


@pytest.fixture
def draft(make, campaign, at):
    make.cite(make.article("One"), campaign)
    make.cite(make.article("Two"), campaign)
    at(FRIDAY)
    return compose(campaign)


def test_nothing_is_sent_before_a_person_approves(make, campaign, draft):
    make.subscription(campaign)
    assert draft.status == DigestStatus.DRAFT
    assert "digest" not in [delivery.kind for delivery in db.session.query(Delivery)]


def test_only_confirmed_members_get_it_and_each_gets_it_once(make, campaign, draft):
    member = make.subscription(campaign)
    make.subscription(campaign, confirmed=False)
    gone = make.subscription(campaign)
    subscriptions.unsubscribe(gone)
    make.subscription(make.campaign("Another"))
    assert approve(draft) == 1
    deliver()
    assert deliver().count(member.email) == 1
    db.session.refresh(draft)
    assert draft.status == DigestStatus.SENT


def test_approving_twice_is_refused_and_sends_nothing_twice(make, campaign, draft):
    make.subscription(campaign)
    approve(draft)
    with pytest.raises(DomainError, match="no longer a draft"):
        approve(draft)
    assert db.session.query(Delivery).filter_by(kind=DeliveryKind.DIGEST).count() == 1


def test_whoever_unsubscribes_after_the_approval_gets_nothing(make, campaign, draft):
    member = make.subscription(campaign)
    approve(draft)
    subscriptions.unsubscribe(member)
    assert deliver() == []


def test_it_is_sent_as_it_was_approved_even_when_the_article_is_corrected_meanwhile(make, campaign, draft):
    make.subscription(campaign)
    approve(draft)
    draft.items[0].article.headline = "Changed afterwards"
    deliver()
    assert "Changed" not in db.session.query(Letter).filter(Letter.subject.contains("article")).one().content.decode()


def test_a_dropped_article_is_not_sent_and_does_not_come_back(make, campaign, draft, at):
    digests.edit(draft, opening="Friends,", excerpts={draft.items[0].id: "Shorter."}, kept={draft.items[0].id})
    part = letters.render(draft, "en")
    assert ("Friends," in part.text, "Shorter." in part.text, "Two" in part.text) == (True, True, False)
    assert "1 article" in part.subject
    at(FRIDAY + timedelta(days=7))
    assert compose(campaign) is None


def test_a_digest_without_any_article_cannot_be_left(draft):
    with pytest.raises(DomainError):
        digests.edit(draft, opening=None, excerpts={}, kept=set())


def test_a_discarded_digest_is_not_sent(make, campaign, draft):
    make.subscription(campaign)
    digests.discard(draft)
    with pytest.raises(DomainError):
        approve(draft)


def test_a_digest_for_nobody_is_sent_at_once(draft):
    assert approve(draft) == 0
    db.session.commit()
    deliver_due()
    db.session.refresh(draft)
    assert draft.status == DigestStatus.SENT
    assert draft.sent_at - clock.now() < timedelta(seconds=5)
