"""Approving a digest: who gets what and when, and how sending is stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.campaigns import approvals, digests, subscriptions
from app.domain.campaigns.variants import variant_of
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Approval, Frequency
from app.models.campaigns.digests import DigestPart, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.press.articles import Citation, VersionKind
from app.queries.campaigns.digests import unsubscribed_since
from app.queries.mail.holds import Run
from app.queries.mail.runs import report
from tasks.digests import compose_due
from tests.claims import claim_email
from tests.domain.campaigns.test_digests import BEGIN, DAY, FRIDAY, WEEK, approve, compose, edited
from tests.factories import minute, utc


@pytest.fixture
def campaign(make, at):
    at(BEGIN)
    return make.campaign()


@pytest.fixture
def draft(make, campaign, at):
    make.subscription(campaign, "first@example.org")
    make.cite(make.article("One"), campaign)
    make.cite(make.article("Two"), campaign)
    at(FRIDAY)
    return compose(campaign)


def deliver():
    """Send what is due, and return the recipients of all digests so far."""
    db.session.commit()
    deliver_due()
    return [letter.recipient for letter in digest_letters()]


def digest_letters():
    kept = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id))
    return [letter for letter in kept if b"List-Unsubscribe" in letter.content]


def queued(digest):
    of_digest = select(Delivery).where(Delivery.digest_id == digest.id, Delivery.kind == DeliveryKind.DIGEST)
    return db.session.scalars(of_digest.order_by(Delivery.id)).all()


def text_of(member):
    """Return the emails that a member got, as text."""
    parts = select(DigestPart.text).join(Delivery, Delivery.digest_part_id == DigestPart.id)
    return list(db.session.scalars(parts.where(Delivery.subscription_id == member.id).order_by(Delivery.id)))


def test_nothing_is_queued_before_approval(draft):
    assert queued(draft) == []


def test_each_confirmed_member_gets_it_once_and_nobody_else_does(make, campaign, draft):
    make.subscription(campaign, confirmed=False)
    subscriptions.unsubscribe(make.subscription(campaign))
    make.subscription(make.campaign("Another"))
    assert approve(draft) == 1
    deliver()
    assert deliver() == ["first@example.org"]
    db.session.refresh(draft)
    assert draft.status == DigestStatus.SENT


def test_approving_twice_is_rejected_and_sends_nothing_twice(draft):
    approve(draft)
    with pytest.raises(DomainError, match="no longer a draft"):
        approve(draft)
    assert len(queued(draft)) == 1


def test_a_member_who_unsubscribes_after_approval_gets_nothing(campaign, draft):
    approve(draft)
    subscriptions.unsubscribe(queued(draft)[0].subscription)
    assert deliver() == []


def test_a_digest_is_sent_as_approved_even_if_the_article_is_corrected_meanwhile(draft):
    approve(draft)
    draft.items[0].article.headline = "Changed afterwards"
    deliver()
    assert b"Changed" not in digest_letters()[0].content


def test_each_email_is_due_at_the_members_own_hour(make, campaign, at):
    here = make.subscription(campaign)
    there = make.subscription(campaign, timezone="Asia/Manila", weekday=5)  # Friday evening in Caracas
    make.cite(make.article(), campaign)
    at(FRIDAY)
    approve(compose(campaign))
    due = {
        one.subscription_id: minute(one.due_at)
        for one in db.session.scalars(select(Delivery).where(Delivery.digest_id > 0))
    }
    assert due == {here.id: FRIDAY, there.id: utc("2025-12-06 00:00")}
    assert deliver() == [here.email]
    at(utc("2025-12-06 00:00"))
    assert deliver() == [here.email, there.email]


def test_a_digest_approved_late_is_sent_at_once_but_never_before_its_set_time(draft, at):
    at(FRIDAY + timedelta(hours=5))
    digests.edit(draft, edited(draft, send_at=FRIDAY + timedelta(hours=9)))
    approve(draft)
    assert [one.due_at for one in queued(draft)] == [FRIDAY + timedelta(hours=9)]


def test_a_member_of_each_frequency_gets_each_article_once(make, campaign, at):
    rhythms = [Frequency.EACH_ARTICLE, Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY]
    campaign.digest_approval = Approval.NOBODY
    members = {one: make.subscription(campaign, frequency=one) for one in rhythms}
    moment, number = BEGIN, 0
    while moment < utc("2026-01-03 00:00"):
        at(moment)
        if moment.hour in (3, 15):
            number += 1
            make.cite(make.article(f"Article {number:03}"), campaign)
        digests.run(campaign, letters.render)
        db.session.commit()
        moment += timedelta(hours=3)
    sent = {one: text_of(member) for one, member in members.items()}
    assert len(sent[Frequency.EACH_ARTICLE]) == number
    assert (len(sent[Frequency.MONTHLY]), len(sent[Frequency.WEEKLY])) == (1, 5)
    for frequency, closed in ((Frequency.WEEKLY, "2026-01-02 12:00"), (Frequency.MONTHLY, "2026-01-01 12:00")):
        before = sum(1 for one in campaign_citations(campaign) if one < utc(closed))
        for article in range(1, before + 1):
            assert sum(f"Article {article:03}" in text for text in sent[frequency]) == 1, (frequency, article)
    daily = "".join(sent[Frequency.DAILY])
    assert [daily.count(f"\nArticle {one:03}\n") for one in range(1, number - 1)] == [1] * (number - 2)


def campaign_citations(campaign):
    return list(db.session.scalars(select(Citation.cited_at).where(Citation.campaign_id == campaign.id)))


def test_a_changed_frequency_loses_nothing_and_repeats_nothing(make, campaign, at):
    campaign.digest_approval = Approval.NOBODY
    member = make.subscription(campaign, frequency=Frequency.DAILY)
    make.cite(make.article("First"), campaign)
    at(utc("2025-12-02 12:00"))
    digests.run(campaign, letters.render)
    deliver()
    make.cite(make.article("Second"), campaign)
    weekly = subscriptions.default_preferences(campaign, ["en"]) | {"frequency": Frequency.WEEKLY}
    subscriptions.change(member, weekly)
    at(utc("2025-12-03 12:00"))
    assert digests.run(campaign, letters.render) is None
    at(FRIDAY)
    digests.run(campaign, letters.render)
    letter_one, letter_two = text_of(member)
    assert ("First" in letter_one, "Second" in letter_one) == (True, False)
    assert ("First" in letter_two, "Second" in letter_two) == (False, True)
    assert "Dec 2 – Dec 5" in letter_two  # the member's own window, not the digest's


def test_a_member_who_changes_from_monthly_to_weekly_gets_the_whole_month(make, campaign, at):
    campaign.digest_approval = Approval.NOBODY
    make.subscription(campaign)
    member = make.subscription(campaign, frequency=Frequency.MONTHLY)
    make.cite(make.article("Early"), campaign)
    at(FRIDAY)
    digests.run(campaign, letters.render)
    assert text_of(member) == []
    subscriptions.change(member, subscriptions.default_preferences(campaign, ["en"]))
    at(FRIDAY + WEEK)
    digests.run(campaign, letters.render)
    assert "Early" in text_of(member)[0]


def test_each_member_gets_the_version_in_their_most_preferred_language(make, campaign, at):
    original = make.article("Camino", in_language="es")
    make.version(original, "en")
    make.version(original, "es", VersionKind.REPUBLICATION)
    make.cite(original, campaign)
    english = make.subscription(campaign, languages=["pt", "en", "es"])
    spanish = make.subscription(campaign, languages=["es", "en"])
    french = make.subscription(campaign, languages=["fr"])
    at(FRIDAY)
    approve(compose(campaign))
    assert "Camino (en)\n" in text_of(english)[0]
    assert "Camino\n" in text_of(spanish)[0]
    assert "Camino\n" in text_of(french)[0]
    assert "espagnol" in text_of(french)[0]  # the original, with its language named


def test_a_translation_cited_later_goes_only_to_those_who_read_its_language(make, campaign, at):
    english, spanish = make.subscription(campaign), make.subscription(campaign, languages=["es"])
    original = make.article("Camino", in_language="es")
    make.cite(original, campaign)
    at(FRIDAY)
    approve(compose(campaign))
    make.cite(make.version(original, "en"), campaign)
    at(FRIDAY + WEEK)
    approve(compose(campaign))
    assert [len(text_of(one)) for one in (english, spanish)] == [2, 1]
    assert "Camino (en)" in text_of(english)[1]


def test_a_language_changed_between_approval_and_sending_is_used_for_the_email(make, campaign, at):
    original = make.article("Camino", in_language="es")
    make.version(original, "en")
    make.cite(original, campaign)
    member = make.subscription(campaign)
    at(FRIDAY)
    digest = compose(campaign)
    approve(digest)
    subscriptions.change(member, subscriptions.default_preferences(campaign, ["es"]))
    deliver()
    letter = digest_letters()[0].content.decode()
    assert ("Content-Language: es" in letter, "Camino (en)" in letter) == (True, False)


def test_emails_are_rendered_once_for_all_members_who_get_the_same(make, campaign, at, monkeypatch):
    make.cite(make.article(), campaign)
    for number in range(12):
        make.subscription(campaign, languages=["en"] if number % 2 else ["es"])
    at(FRIDAY)
    rendered = []

    def render(digest, variant):
        rendered.append(variant)
        return letters.render(digest, variant)

    digest = compose(campaign)
    assert approvals.approve(digest, render, by=None, revision=digest.revision) == 12
    assert len(rendered) == 2


def test_a_digest_that_needs_no_approval_is_sent_automatically(make, campaign, at):
    campaign.digest_approval = Approval.NOBODY
    member = make.subscription(campaign, frequency=Frequency.EACH_ARTICLE)
    make.cite(make.article(), campaign)
    at(BEGIN + timedelta(minutes=1))
    assert digests.run(campaign, letters.render).status == DigestStatus.APPROVED
    assert deliver() == [member.email]
    assert digests.run(campaign, letters.render) is None


def test_an_article_waiting_for_approval_does_not_change_the_draft_repeatedly(make, campaign, at):
    make.subscription(campaign, frequency=Frequency.EACH_ARTICLE)
    make.cite(make.article(), campaign)
    at(BEGIN + timedelta(minutes=1))
    draft = digests.run(campaign, letters.render)
    seen = draft.revision
    at(BEGIN + timedelta(minutes=2))
    assert digests.run(campaign, letters.render) is None
    assert draft.revision == seen


def test_a_digest_that_needs_a_second_person_cannot_be_sent_by_one_alone(make, campaign, draft):
    draft.approval = Approval.SECOND_PERSON
    alice, bob = make.user("Alice"), make.user("Bob")
    with pytest.raises(DomainError, match="has to propose"):
        approve(draft, by=alice)
    approvals.propose(draft, by=alice, revision=draft.revision)
    with pytest.raises(DomainError, match="yourself"):
        approve(draft, by=alice)
    digests.edit(draft, edited(draft, openings={"en": "Changed,"}))
    with pytest.raises(DomainError, match="has to propose"):
        approve(draft, by=bob)
    approvals.propose(draft, by=alice, revision=draft.revision)
    assert approve(draft, by=bob) == 1


def test_stopping_holds_back_the_remaining_emails_until_resumed(make, campaign, at):
    here, there = make.subscription(campaign), make.subscription(campaign, timezone="Asia/Manila", weekday=5)
    make.cite(make.article(), campaign)
    at(FRIDAY)
    digest = compose(campaign)
    approve(digest)
    assert deliver() == [here.email]
    approvals.stop(digest)
    assert report(Run(digest.id)).withdrawn == 1
    at(FRIDAY + DAY)
    assert deliver() == [here.email]
    db.session.refresh(digest)
    assert digest.status == DigestStatus.STOPPED
    with pytest.raises(DomainError):
        approvals.stop(digest)
    approvals.resume(digest)
    assert deliver() == [here.email, there.email]
    db.session.refresh(digest)
    assert digest.status == DigestStatus.SENT


def test_a_stopped_digest_can_be_changed_and_goes_to_the_remaining_members(make, campaign, at):
    here, there = make.subscription(campaign), make.subscription(campaign, timezone="Asia/Manila", weekday=5)
    make.cite(make.article(), campaign)
    at(FRIDAY)
    digest = compose(campaign)
    approve(digest)
    assert deliver() == [here.email]
    approvals.stop(digest)
    approvals.reopen(digest)
    digests.edit(digest, edited(digest, openings={"en": "Corrected."}))
    assert approve(digest) == 1
    at(FRIDAY + DAY)
    assert deliver() == [here.email, there.email]
    assert ["Corrected." in letter.content.decode() for letter in digest_letters()] == [False, True]
    at(FRIDAY + WEEK)
    assert compose(campaign) is None


def test_a_digest_is_not_reopened_while_an_email_is_being_sent_or_another_draft_waits(make, campaign, draft, at):
    approve(draft)
    letter = queued(draft)[0]
    claim_email(letter.id, timedelta(minutes=5))
    approvals.stop(draft)
    with pytest.raises(DomainError, match="being sent right now"):
        approvals.reopen(draft)
    at(FRIDAY + timedelta(hours=1))
    make.cite(make.article("Three"), campaign)
    make.subscription(campaign)
    at(FRIDAY + WEEK)
    assert compose(campaign) is not None
    with pytest.raises(DomainError, match="already has a draft"):
        approvals.reopen(draft)


def test_a_test_email_goes_only_to_the_person_who_requests_it(make, draft):
    alice = make.user("Alice")
    make.grant(alice, campaign=draft.campaign)
    approvals.send_test(draft, variant_of(draft, ["es"], "UTC", draft.period_start), letters.render, alice)
    db.session.commit()
    deliver_due()
    last = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id.desc())).first()
    assert (last.recipient, last.subject.startswith("[Prueba]")) == (alice.email, True)
    assert queued(draft) == []


def test_the_report_counts_unsubscriptions_after_an_email_and_not_opened_emails(make, campaign, draft, at):
    second = make.subscription(campaign, "second@example.org")
    second.next_letter_at = FRIDAY
    approve(draft)
    deliver()
    at(FRIDAY + DAY)
    subscriptions.unsubscribe(second)
    found = report(Run(draft.id))
    assert (found.sent, found.waiting, found.failed, unsubscribed_since(draft)) == (2, 0, 0, 1)


def test_a_digest_without_recipients_counts_as_sent_at_once(make, campaign, at):
    make.cite(make.article(), campaign)
    at(FRIDAY)
    digest = digests.compose_now(campaign)
    assert approve(digest) == 0
    deliver()
    db.session.refresh(digest)
    assert digest.status == DigestStatus.SENT
    assert timedelta(0) <= clock.now() - digest.sent_at < timedelta(seconds=5)


def test_a_worker_without_a_request_renders_emails_with_the_configured_base_url(house, at):
    at(BEGIN)
    with house.open() as make:
        campaign = make.campaign(digest_approval=Approval.NOBODY, public_archive=True)
        make.subscription(campaign)
        make.cite(make.article(), campaign)
    at(FRIDAY)
    with house.open():
        compose_due.run()
        assert "http://encuentro.test/c/peace-and-sovereignty/digests/1" in db.session.scalar(select(DigestPart.text))


def test_a_member_of_two_campaigns_gets_an_article_cited_in_both_from_each(make, campaign, at):
    other = make.campaign("Another")
    article = make.article()
    both = [make.subscription(one, "ana@example.org") for one in (campaign, other)]
    for one in (campaign, other):
        make.cite(article, one)
    at(FRIDAY)
    for one in (campaign, other):
        approve(compose(one))
    assert ["Delegations take the road\n" in text_of(member)[0] for member in both] == [True, True]
    assert deliver() == ["ana@example.org"] * 2


def test_a_digest_too_long_for_email_programs_lists_the_remaining_headlines_and_their_number(make, campaign, at):
    campaign.public_archive = True
    make.subscription(campaign)
    for number in range(130):
        make.cite(make.article(f"Article {number:03}", excerpt="They went by land. " * 50), campaign)
    at(FRIDAY)
    approve(compose(campaign))
    part = db.session.scalar(select(DigestPart))
    whole, brief = part.text.count("In English."), part.text.count("* Article")
    assert len(part.html.encode()) <= letters.LARGEST
    assert brief == 40
    assert 30 < whole < 90
    for text in (part.text, part.html):
        assert f"And {130 - 40 - whole} more." in text
        assert "/c/peace-and-sovereignty/digests/1" in text


def test_figures_of_the_congress_are_shown_as_of_when_they_were_added(make, campaign, draft):
    figures = {"congress": "Caracas", "delegations": 40, "arrived": 31, "unable": 3, "at": "2025-12-05T12:00:00+00:00"}
    digests.edit(draft, edited(draft, figures=figures))
    approve(draft)
    text = db.session.scalar(select(DigestPart.text))
    assert "31 of 40 delegations have arrived; 3 cannot come (December 5, 2025)." in text
