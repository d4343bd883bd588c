"""A real Postfix takes a digest, is refused by the members' server, and its reports are read from a maildir."""

import pytest
from sqlalchemy import select

from app.domain.campaigns import approvals, digests
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.jobs.mail.returned import read_returned_mail
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.bounces import Bounce, BounceKind, BounceSource
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.privacy.suppressions import SuppressionReason
from app.queries.privacy import suppressions
from tests.databases import ONE_DATABASE
from tests.mailserver import MailServer
from tests.postfix import Postfix, is_here, short_folder
from tests.services.conftest import wait_until

GONE, FULL, BLOCKED, GOOD, NOWHERE = (
    f"{name}@{host}" for name, host in (
        ("gone", "members.test"), ("full", "members.test"), ("blocked", "members.test"), ("good", "members.test"), ("rosa", "nowhere.test"),
    )
)  # fmt: skip
ANSWERS = {
    GONE: "550 5.1.1 user unknown",
    FULL: "552 5.2.2 mailbox is full",
    BLOCKED: "554 5.7.1 your IP is on our blocklist",
}


@ONE_DATABASE
@pytest.mark.skipif(not is_here(), reason="Postfix is not installed, or this user may not start it")
def test_what_postfix_reports_has_the_same_effect_as_an_answer_at_once(house, make):
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    for address in (GONE, FULL, BLOCKED, GOOD, NOWHERE):
        make.subscription(campaign, address)
    deliver_due()  # what asks to confirm goes to the own mailbox
    with MailServer() as members, short_folder() as folder, returning(folder / "postfix", members.port) as postfix:
        members.on_rcpt = ANSWERS.get
        house.with_settings(
            mail_url=f"{postfix.url}?tls=optional",
            mail_bounce_address="bounces@news.test",
            mail_bounce_url=f"maildir:{postfix.maildir}",
        )
        digest = digests.compose_now(campaign)
        approvals.approve(digest, render, by=None, revision=digest.revision)
        db.session.commit()
        assert deliver_due() == 4  # Postfix knows by itself that there is no way to the last one
        assert wait_until(lambda: len(list(postfix.maildir.glob("new/*"))) == 3, seconds=30)
        assert read_returned_mail() == 3
        assert read_returned_mail() == 0
        assert len(list(postfix.maildir.glob("cur/*:2,S"))) == 3
        assert [message["To"] for message in members.messages] == [GOOD]
    noted = db.session.execute(
        select(Subscription.email, Bounce.kind, Bounce.code, Bounce.source, Delivery.bounced_at)
        .join(Delivery, Bounce.delivery_id == Delivery.id)
        .join(Subscription, Delivery.subscription_id == Subscription.id)
        .where(Delivery.kind == DeliveryKind.DIGEST)
    ).all()
    later, at_once = BounceSource.REPORT, BounceSource.RELAY
    assert {(row.email, row.kind, row.code, row.source) for row in noted} == {
        (GONE, BounceKind.HARD, "5.1.1", later), (FULL, BounceKind.SOFT, "5.2.2", later), (BLOCKED, BounceKind.REFUSED, "5.7.1", later),
        (NOWHERE, BounceKind.HARD, "5.1.2", at_once),
    }  # fmt: skip
    assert all(bool(row.bounced_at) == (row.source is later) for row in noted)
    held = suppressions.reasons_among({GONE, FULL, BLOCKED, GOOD, NOWHERE})
    assert held == dict.fromkeys((GONE, NOWHERE), SuppressionReason.BOUNCED)


def returning(folder, members_port):
    """Return a Postfix that hands what is for `members.test` to a mail server, and keeps what returns to `news.test`."""
    options = {
        "recipient_delimiter": "+", "smtpd_relay_restrictions": "permit_mynetworks, reject",
        "transport_maps": f"inline:{{members.test=smtp:[127.0.0.1]:{members_port}}}",
        "default_transport": "error:5.1.2 nothing leaves this machine",
    }  # fmt: skip
    return Postfix(folder, "news.test", **options)
