"""Deliveries from the queue to the mail server."""

from datetime import date, timedelta
from html import unescape

from app import clock
from app.domain.campaigns import approvals, digests
from app.domain.mail import attempts, deliveries
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.bulk_slots import bulk_slot
from app.jobs.mail.outbox import deliver_due
from app.mailer.return_address import ReturnAddresses
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.mail import deliveries as delivery_queries
from tests.mailserver import MailServer, free_port


def queue(make, name="Alice"):
    user = make.user(name)
    deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=clock.now())
    db.session.commit()
    return db.session.query(Delivery).order_by(Delivery.id.desc()).first()


def test_with_a_mail_server_emails_are_sent_and_recorded(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    delivery = queue(make)
    assert deliver_due() == 1
    assert deliver_due() == 0
    db.session.refresh(delivery)
    assert delivery.sent_at
    assert mail_server.ids == [f"<{delivery.message_id}@localhost>"]


def test_the_envelope_of_each_email_names_its_delivery(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url, mail_bounce_address="bounces@example.org")
    delivery = queue(make)
    deliver_due()
    returns = ReturnAddresses.of(house.app.config["SETTINGS"])
    (named,) = returns.named_in(mail_server.senders[0])
    assert named.delivery_id == delivery.id
    assert returns.was_sent_to(named, delivery.user.email)


def test_nothing_is_tried_with_emails_while_their_relay_is_unreachable(house, make, mail_server, at):
    port = free_port()
    house.with_settings(mail_url=f"smtp://127.0.0.1:{port}")
    deliveries_ = [queue(make, name) for name in ("Alice", "Bob", "Charlie")]
    assert deliver_due() == 0
    state = delivery_queries.state()
    assert (state.waiting, state.stuck, state.failed) == (3, 3, 0)
    assert "refused" in state.last_error.lower()
    assert state.next_try > clock.now()
    with MailServer(port=port) as server:
        assert deliver_due() == 0
        at(state.next_try + timedelta(seconds=1))
        assert deliver_due() == 3
        assert len(server.ids) == 3
    state = delivery_queries.state()
    assert (state.waiting, state.stuck, state.last_error) == (0, 0, None)
    for one in deliveries_:
        db.session.refresh(one)
        assert (one.attempts, one.last_error) == (1, None)


def test_a_relay_that_stays_away_is_asked_less_and_less_often(house, make, mail_server, at):
    house.with_settings(mail_url=f"smtp://127.0.0.1:{free_port()}")
    queue(make)
    waits = []
    for _ in range(8):
        deliver_due()
        waits.append(round((delivery_queries.state().next_try - clock.now()) / timedelta(seconds=1)))
        at(delivery_queries.state().next_try)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (5, 300)


def test_urgent_emails_are_sent_first(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    user = make.user("Alice")
    for kind in (DeliveryKind.ROLE_ENDS, DeliveryKind.INVITATION):
        deliveries.queue(kind, user=user, occasion="now", due_at=clock.now() - timedelta(hours=1))
    db.session.commit()
    assert [db.session.get(Delivery, one).kind for one in delivery_queries.due_ids(10)] == [DeliveryKind.INVITATION]


def test_while_one_task_sends_digests_another_one_sends_the_rest(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url, worker_concurrency=2)
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    make.subscription(campaign)
    deliver_due()
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    invitation = queue(make)
    with bulk_slot(house.app.config["SETTINGS"]) as is_first, bulk_slot(house.app.config["SETTINGS"]) as is_second:
        assert (is_first, is_second) == (True, False)
        assert deliver_due() == 1
        db.session.refresh(invitation)
        assert invitation.sent_at
    assert deliver_due() == 1


def test_a_rejected_email_is_given_up_and_the_others_are_sent(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    refused, taken = queue(make, "Gone"), queue(make, "Here")
    mail_server.on_rcpt = lambda address: "550 no such user" if address.startswith("gone") else None
    assert deliver_due() == 1
    db.session.refresh(refused)
    db.session.refresh(taken)
    assert refused.failed_at
    assert "550" in refused.last_error
    assert taken.sent_at


def test_an_email_that_cannot_be_composed_does_not_stop_the_others(house, make, mail_server, monkeypatch):
    house.with_settings(mail_url=mail_server.url)
    first, _second = queue(make, "First"), queue(make, "Second")
    real = delivery_queries.get

    def broken(delivery_id):
        if delivery_id == first.id:
            raise RuntimeError("boom")
        return real(delivery_id)

    monkeypatch.setattr(delivery_queries, "get", broken)
    assert deliver_due() == 1
    db.session.refresh(first)
    assert first.last_error == "RuntimeError"


def test_a_person_can_retry_an_email_at_once(house, make, mail_server):
    house.with_settings(mail_url=f"smtp://127.0.0.1:{free_port()}")
    delivery = queue(make)
    deliver_due()
    house.with_settings(mail_url=mail_server.url)
    attempts.retry(delivery.id)
    db.session.commit()
    assert deliver_due() == 1


def test_a_digest_contains_its_source_and_an_unsubscribe_link(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    campaign = make.campaign()
    article = make.article(
        "Diplomacy of workers", authors="Ana Ruiz", publisher="Solidarity Paper", date_published=date(2025, 1, 19),
        original_publisher="La Gaceta", original_date=date(2025, 1, 5), disclaimer="The views are the author’s own.",
        url="https://paper.example/a",
    )  # fmt: skip
    make.cite(article, campaign)
    member = make.subscription(campaign, languages=["es"])
    deliver_due()
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    assert deliver_due() == 1
    letter = mail_server.messages[-1]
    url = letter["List-Unsubscribe"].strip("<>")
    assert letter["To"] == member.email
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = unescape(letter.get_body((kind,)).get_content())
        for said in (
            "Diplomacy of workers", "Ana Ruiz", "Solidarity Paper", "19 de enero de 2025", "La Gaceta",
            "5 de enero de 2025", "inglés", "The views are the author’s own.", "https://paper.example/a", url,
        ):  # fmt: skip
            assert said in body, (kind, said)
        assert "unsubscribe.invalid" not in body


def test_an_address_that_no_server_accepts_fails_at_once_with_the_reason(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    impossible, foreign, taken = queue(make, "Gone"), queue(make, "Far"), queue(make, "Here")
    impossible.user.email, foreign.user.email = "ana..luz@example.org", "josé@example.org"
    db.session.commit()
    assert deliver_due() == 1
    for delivery, reason in ((impossible, "part before the @"), (foreign, "SMTPUTF8")):
        db.session.refresh(delivery)
        assert (bool(delivery.failed_at), delivery.attempts) == (True, 1)
        assert reason in delivery.last_error
    assert [message["To"].partition("@")[0][:4] for message in mail_server.messages] == ["here"]
    db.session.refresh(taken)
    assert taken.sent_at
