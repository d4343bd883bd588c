"""Digest runs: closing windows, composing drafts, and editing them."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.domain.campaigns import approvals, digests, subscriptions
from app.domain.campaigns.variants import variant_of
from app.domain.press import articles
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import CampaignStatus, Frequency
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.campaigns import campaigns
from tests.factories import utc

BEGIN = utc("2025-12-01 12:30")  # a Monday
FRIDAY = utc("2025-12-05 12:00")  # eight o'clock in Caracas
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def campaign(make, at):
    at(BEGIN)
    return make.campaign()


@pytest.fixture
def member(make, campaign):
    return make.subscription(campaign)


def compose(campaign):
    db.session.refresh(campaign)
    return digests.compose_scheduled(campaign)


def approve(digest, by=None):
    return approvals.approve(digest, letters.render, by=by, revision=digest.revision)


def headlines(digest):
    return [item.article.headline for item in digest.items]


def edited(digest, **changes):
    """Return edits that leave a digest unchanged, except for `changes`."""
    return digests.unchanged(digest) | changes


def whole(digest, locale="en"):
    return letters.render(digest, variant_of(digest, [locale], "America/Caracas", digest.period_start))


def test_windows_close_every_day_at_the_campaigns_own_hour(campaign):
    assert campaign.next_digest_at == utc("2025-12-02 12:00")


def test_a_draft_is_composed_when_members_are_due_and_not_before(make, campaign, member, at):
    make.cite(make.article(), campaign)
    for day in (2, 3, 4):
        at(utc(f"2025-12-0{day} 12:00"))
        assert compose(campaign) is None
    at(FRIDAY + timedelta(seconds=5))
    digest = compose(campaign)
    assert (digest.period_end, digest.serves_until) == (FRIDAY, FRIDAY + DAY)
    assert headlines(digest) == ["Delegations take the road"]


def test_without_members_there_is_no_draft(make, campaign, at):
    make.cite(make.article(), campaign)
    at(FRIDAY)
    assert compose(campaign) is None


def test_without_new_articles_there_is_no_email_and_members_wait_for_their_next_hour(campaign, member, at):
    at(FRIDAY)
    assert compose(campaign) is None
    db.session.refresh(member)
    assert (member.covered_until, member.next_letter_at) == (FRIDAY, FRIDAY + WEEK)


def test_an_article_cited_at_the_closing_time_belongs_to_the_next_window(make, campaign, member, at):
    citation = make.cite(make.article(), campaign)
    citation.cited_at = FRIDAY
    at(FRIDAY)
    assert compose(campaign) is None
    at(FRIDAY + WEEK)
    assert len(compose(campaign).items) == 1


def test_missed_runs_are_caught_up_in_one(make, campaign, member, at):
    make.cite(make.article(), campaign)
    at(FRIDAY + timedelta(days=15, hours=2))
    digest = compose(campaign)
    assert digest.period_end == FRIDAY + timedelta(days=15)
    assert campaign.next_digest_at == FRIDAY + timedelta(days=16)
    assert approve(digest) == 1


def test_two_workers_at_once_compose_one_digest(house, at):
    at(BEGIN)
    with house.open() as make:
        campaign = make.campaign()
        make.subscription(campaign)
        make.cite(make.article(), campaign)
    at(FRIDAY)
    barrier, composed = Barrier(4), []

    def work():
        with house.app.app_context():
            enter_scope(EVERYTHING)
            campaign_id = campaigns.due_for_digest()[0]
            db.session.rollback()
            barrier.wait()
            composed.append(digests.run(campaigns.get(campaign_id), letters.render) is not None)
            db.session.commit()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(composed) == [False, False, False, True]


def test_while_a_draft_waits_later_windows_are_added_to_it(make, campaign, member, at):
    make.cite(make.article("One"), campaign)
    at(FRIDAY)
    draft = compose(campaign)
    seen = draft.revision
    make.cite(make.article("Two"), campaign)
    at(FRIDAY + DAY)
    assert compose(campaign) is draft
    assert headlines(draft) == ["One", "Two"]
    assert draft.serves_until == FRIDAY + 2 * DAY
    with pytest.raises(DomainError, match="changed since you viewed"):
        approvals.approve(draft, letters.render, by=None, revision=seen)
    assert db.session.query(Digest).count() == 1


def test_an_article_cited_again_is_not_a_new_article(make, campaign, member, at):
    article = make.article()
    citation = make.cite(article, campaign)
    at(FRIDAY)
    approve(compose(campaign))
    articles.withdraw_citation(citation)
    make.cite(article, campaign)
    at(FRIDAY + WEEK)
    assert compose(campaign) is None


def test_an_article_withdrawn_before_sending_is_sent_when_it_is_cited_again(make, campaign, member, at):
    article = make.article()
    articles.withdraw_citation(make.cite(article, campaign))
    at(FRIDAY)
    assert compose(campaign) is None
    make.cite(article, campaign)
    at(FRIDAY + WEEK)
    assert headlines(compose(campaign)) == [article.headline]


def test_an_ended_campaign_and_one_without_a_schedule_compose_nothing(make, at):
    at(BEGIN)
    assert make.campaign("Over", status=CampaignStatus.ENDED).next_digest_at is None
    assert make.campaign("Silent", digest_frequency=Frequency.NEVER).next_digest_at is None


def test_the_local_hour_stays_the_same_over_a_clock_change(make, at):
    at(utc("2026-03-28 12:00"))  # a day before clocks in Madrid go forward
    campaign = make.campaign(timezone="Europe/Madrid", digest_weekday=0)
    assert campaign.next_digest_at == utc("2026-03-29 06:00")
    member = make.subscription(campaign)
    assert member.next_letter_at == utc("2026-03-30 06:00")
    make.cite(make.article(), campaign)
    at(utc("2026-03-30 06:00"))
    approve(compose(campaign))
    db.session.refresh(member)
    assert member.next_letter_at == utc("2026-04-06 06:00")


def test_versions_of_one_article_are_one_item_with_the_original_first(make, campaign, member, at):
    original = make.article("Camino", in_language="es")
    english, french = make.version(original, "en"), make.version(original, "fr")
    make.cite(english, campaign)
    at(FRIDAY)
    digest = compose(campaign)
    assert headlines(digest) == ["Camino"]
    assert [version.article for version in digest.items[0].versions] == [original, english, french]


@pytest.fixture
def draft(make, campaign, member, at):
    make.cite(make.article("One"), campaign)
    make.cite(make.article("Two"), campaign)
    at(FRIDAY)
    return compose(campaign)


def test_articles_can_be_sorted_shortened_dropped_and_introduced(draft):
    one, two = draft.items
    excerpts = {two.versions[0].id: "Shorter."}
    digests.edit(draft, edited(draft, openings={"en": "Friends,"}, excerpts=excerpts, order=[two.id, one.id]))
    text = whole(draft).text
    assert text.index("Friends,") < text.index("Two") < text.index("Shorter.") < text.index("One")
    digests.edit(draft, edited(draft, kept={two.id}))
    assert "One" not in whole(draft).text


def test_the_introduction_is_in_the_language_of_the_email_or_else_in_its_original_language(draft):
    digests.edit(draft, edited(draft, openings={"es": "Compañeras,", "en": "Friends,"}))
    assert ("Friends," in whole(draft).text, "Compañeras," in whole(draft, "es").text) == (True, True)
    digests.edit(draft, edited(draft, openings={"es": "Compañeras,", "en": ""}))
    assert "Compañeras," in whole(draft).text
    assert '<p lang="es"' in whole(draft).html


@pytest.mark.parametrize(("url", "says_so"), [(None, True), ("https://paper.example.org/one", False)])
def test_an_article_without_an_address_says_where_to_ask_for_it(make, campaign, member, at, url, says_so):
    make.cite(make.article("One", url=url), campaign)
    at(FRIDAY)
    letter = whole(compose(campaign))
    assert ["not online" in part for part in (letter.html, letter.text)] == [says_so] * 2


def test_articles_shortened_or_dropped_in_one_digest_are_so_in_the_next(make, campaign, member, at):
    make.subscription(campaign, frequency=Frequency.DAILY)
    for headline in ("One", "Two"):
        make.cite(make.article(headline), campaign)
    at(utc("2025-12-02 12:00"))
    daily = compose(campaign)
    one = daily.items[0]
    digests.edit(daily, edited(daily, excerpts={one.versions[0].id: "Shorter."}, kept={one.id}))
    approve(daily)
    at(FRIDAY)
    weekly = compose(campaign)
    assert [(item.article.headline, item.dropped) for item in weekly.items] == [("One", False), ("Two", True)]
    assert weekly.items[0].versions[0].excerpt == "Shorter."


def test_all_articles_of_a_digest_cannot_be_dropped(draft):
    with pytest.raises(DomainError):
        digests.edit(draft, edited(draft, kept=set()))


def test_a_discarded_digest_is_not_sent_and_its_articles_are_not_in_later_ones(campaign, member, draft, at):
    approvals.discard(draft)
    with pytest.raises(DomainError):
        approve(draft)
    at(FRIDAY + WEEK)
    assert compose(campaign) is None
    assert draft.status == DigestStatus.DISCARDED


def test_an_unscheduled_digest_goes_to_all_members_and_does_not_change_their_next_hour(make, campaign, member, at):
    make.cite(make.article(), campaign)
    at(utc("2025-12-03 15:00"))
    digest = digests.compose_now(campaign)
    assert approve(digest) == 1
    db.session.refresh(member)
    assert (member.covered_until, member.next_letter_at) == (digest.period_end, FRIDAY)
    at(FRIDAY)
    assert compose(campaign) is None


def test_changing_preferences_after_the_window_has_closed_does_not_change_queued_emails(
    make, campaign, member, draft, at
):
    assert approve(draft) == 1
    subscriptions.change(member, subscriptions.default_preferences(campaign, ["en"]) | {"frequency": Frequency.MONTHLY})
    assert member.covered_until == FRIDAY
    assert member.next_letter_at == utc("2026-01-01 12:00")


def test_only_approvers_are_notified_once_that_a_draft_is_waiting(make, campaign, member, at):
    alice, bob = make.user("Alice"), make.user("Bob")
    make.grant(alice, Role.COORDINATOR, campaign=campaign)
    make.grant(bob, Role.ORGANIZER, campaign=campaign)
    for day, headline in ((5, "One"), (6, "Two")):
        make.cite(make.article(headline), campaign)
        at(utc(f"2025-12-0{day} 12:00") + timedelta(seconds=5))
        db.session.refresh(campaign)
        digests.run(campaign, letters.render)
    recipients = db.session.scalars(select(Delivery.user_id).where(Delivery.kind == DeliveryKind.DRAFT)).all()
    assert recipients == [alice.id]
