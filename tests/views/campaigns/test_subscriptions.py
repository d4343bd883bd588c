"""The public pages of subscriptions."""

import re

import pytest

from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import MailboxLetter as Letter
from app.tokens import sign_subscription


@pytest.fixture
def campaign(house):
    with house.open() as make:
        return make.campaign()


@pytest.fixture
def token(house, campaign):
    with house.open() as make:
        member = make.subscription(campaign)
    return sign_subscription(house.app.config["SECRET_KEY"], campaign.id, member.id)


def status(house):
    with house.open():
        return db.session.query(Subscription).one().status


def test_a_member_subscribes_confirms_and_unsubscribes_without_an_account(house, campaign, browse):
    member = browse()
    asked = member.post(f"/c/{campaign.slug}", {"email": "ana@example.org", "language": "en", "agreed": "y"})
    assert asked.status_code == 302
    with house.open():
        deliver_due()
        letter = db.session.query(Letter).one().content.decode().replace("=\r\n", "")
    link = re.search(r"http://encuentro\.test(/confirm/[\w.=-]+)", letter)[1].replace("=3D", "=")
    assert status(house) == SubscriptionStatus.UNCONFIRMED
    member.get(link)
    assert status(house) == SubscriptionStatus.UNCONFIRMED
    member.post(link)
    assert status(house) == SubscriptionStatus.CONFIRMED
    member.post(link.replace("confirm", "unsubscribe"))
    assert status(house) == SubscriptionStatus.UNSUBSCRIBED


def test_without_consent_no_email_is_sent(house, campaign, browse):
    answer = browse().post(f"/c/{campaign.slug}", {"email": "ana@example.org", "language": "en"})
    assert answer.status_code == 422


def test_the_response_is_the_same_for_an_address_that_is_already_subscribed(house, campaign, browse):
    data = {"language": "en", "agreed": "y"}
    with house.open() as make:
        make.subscription(campaign, "known@example.org")
    answers = {
        (answer.status_code, answer.location)
        for answer in (
            browse().post(f"/c/{campaign.slug}", data | {"email": email})
            for email in ("known@example.org", "new@example.org")
        )
    }
    assert len(answers) == 1


def test_get_never_unsubscribes_and_one_click_needs_neither_cookie_nor_csrf_token(house, token, browse):
    house.app.config["WTF_CSRF_ENABLED"] = True
    try:
        for _ in range(3):
            assert browse().get(f"/unsubscribe/{token}").status_code == 200
            assert browse().client.head(f"/unsubscribe/{token}").status_code == 200
        assert status(house) == SubscriptionStatus.CONFIRMED
        answer = browse().post(f"/unsubscribe/{token}", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert status(house) == SubscriptionStatus.UNSUBSCRIBED
        assert browse().post(f"/unsubscribe/{token}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    finally:
        house.app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("change", [lambda token: token[:-2] + "xx", lambda token: "x"])
def test_a_forged_link_is_rejected(token, browse, change):
    for path in ("confirm", "unsubscribe"):
        assert browse().get(f"/{path}/{change(token)}").status_code == 404


def test_a_campaign_that_is_not_open_has_no_public_page(house, browse):
    with house.open() as make:
        closed = make.campaign("Closed", open_to_subscribers=False)
    assert browse().get(f"/c/{closed.slug}").status_code == 404


def test_composing_without_new_articles_makes_no_digest(house, campaign, browse):
    with house.open() as make:
        user = make.user()
        make.grant(user, campaign=campaign)
    alice = browse(user)
    answer = alice.post(f"/campaigns/{campaign.id}/digests")
    assert "no email" in alice.get(answer.location).get_data(as_text=True)
