"""Emails that wait although they are due: for the rate of a relay or a domain, the warm-up plan, or the end of the night."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.campaigns import approvals, digests
from app.domain.mail import deliveries
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.relays import RelayTrouble
from app.queries.mail import deliveries as delivery_queries
from tests.factories import utc
from tests.mailer.scripted import ScriptedServer
from tests.mailserver import free_port


def invite(make, *addresses):
    queued = []
    for number, address in enumerate(addresses):
        user = make.user(f"Invited{number}")
        user.email = address
        deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=clock.now())
        db.session.commit()
        queued.append(db.session.query(Delivery).order_by(Delivery.id.desc()).first())
    return queued


def test_a_second_relay_takes_over_and_the_first_is_known_to_be_in_trouble(house, make, mail_server):
    gone = free_port()
    house.with_settings(mail_url=f"smtp://user:word@127.0.0.1:{gone}?weight=9 {mail_server.url}")
    queued = invite(make, "ana@example.org", "bob@example.org")
    assert deliver_due() == 2
    assert {one.attempts for one in queued} == {1}
    (trouble,) = db.session.query(RelayTrouble)
    assert trouble.relay == f"127.0.0.1:{gone}"
    assert "word" not in trouble.reason
    assert delivery_queries.state(2).stuck == 0


@pytest.mark.parametrize("is_alone", [True, False])
def test_the_account_that_a_relay_names_in_its_answer_is_not_kept(house, make, is_alone):
    others = "" if is_alone else f" smtp://127.0.0.1:{free_port()}"

    def refuses(step, *_rest):
        return {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 ana@house.example is not known, nor w0rd"}.get(step)

    with ScriptedServer(refuses) as server:
        url = server.url.replace("smtp://", "smtp://ana%40house.example:w0rd@")
        house.with_settings(mail_url=f"{url}?weight=9{others}")
        invite(make, "bob@example.org")
        assert deliver_due() == 0
        reasons = " ".join(one.reason for one in db.session.query(RelayTrouble))
        assert "535 … is not known, nor …" in reasons


def test_a_relay_that_is_no_longer_used_is_forgotten(house, make, mail_server):
    house.with_settings(mail_url=f"smtp://127.0.0.1:{free_port()}")
    invite(make, "ana@example.org")
    deliver_due()
    house.with_settings(mail_url=mail_server.url)
    assert deliver_due() == 1
    assert db.session.query(RelayTrouble).count() == 0


def digest_for(make, *members, **preferences):
    campaign = make.campaign()
    make.cite(make.article("Diplomacy of workers"), campaign)
    for address in members:
        make.subscription(campaign, address, **preferences)
    deliver_due()
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()


def test_a_domain_without_budget_holds_up_no_other_and_is_not_an_attempt(house, make, mail_server, at):
    house.with_settings(mail_url=mail_server.url, mail_domain_rates="slow.example=0.1")
    digest_for(make, "a@slow.example", "b@slow.example", "c@slow.example", "d@example.org", "e@example.org")
    assert deliver_due() == 3
    waiting = db.session.query(Delivery).filter(Delivery.kind == DeliveryKind.DIGEST, Delivery.sent_at.is_(None)).all()
    assert [(one.attempts, one.claim, one.due_at > clock.now()) for one in waiting] == [(0, None, True)] * 2
    assert deliver_due() == 0
    at(max(one.due_at for one in waiting) + timedelta(seconds=1))
    assert deliver_due() == 1
    at(clock.now() + timedelta(seconds=30))
    assert deliver_due() == 1


def test_what_somebody_waits_for_is_not_held_up_by_the_budget_of_its_domain(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url, mail_domain_rates="slow.example=0.1")
    invite(make, *(f"m{number}@slow.example" for number in range(4)))
    assert deliver_due() == 4


def test_a_relay_gets_only_as_many_as_its_rate_allows(house, make, mail_server):
    house.with_settings(mail_url=f"{mail_server.url}?rate=10")
    digest_for(make, *(f"m{number}@example.org" for number in range(15)))
    begun = clock.now()
    assert deliver_due() == 15
    assert (clock.now() - begun).total_seconds() > 0.9


def test_a_warm_up_sends_the_rest_on_the_next_days(house, make, mail_server, at):
    at(utc("2026-12-01 12:00"))
    house.with_settings(mail_url=mail_server.url, mail_warm_up="2026-12-01:3")
    digest_for(make, *(f"m{number}@example.org" for number in range(5)))
    assert deliver_due() == 3
    assert deliver_due() == 0
    invite(make, "urgent@example.org")
    assert deliver_due() == 1
    waiting = db.session.query(Delivery).filter(Delivery.kind == DeliveryKind.DIGEST, Delivery.sent_at.is_(None)).all()
    assert {(one.due_at, one.attempts) for one in waiting} == {(utc("2026-12-02 00:00"), 0)}
    at(utc("2026-12-02 00:01"))
    assert deliver_due() == len(waiting)


def test_digests_wait_for_the_end_of_the_night_where_the_member_lives(house, make, mail_server, at):
    at(utc("2026-12-01 23:00"))
    house.with_settings(mail_url=mail_server.url, mail_quiet_hours="22:00-08:00")
    campaign = make.campaign()
    make.cite(make.article("Diplomacy of workers"), campaign)
    make.subscription(campaign, "madrid@example.org", timezone="Europe/Madrid")
    make.subscription(campaign, "bogota@example.org", timezone="America/Bogota")
    deliver_due()
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    assert deliver_due() == 1
    assert mail_server.messages[-1]["To"] == "bogota@example.org"
    invite(make, "urgent@example.org")
    assert deliver_due() == 1
    (waiting,) = db.session.query(Delivery).filter(Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None))
    assert (waiting.due_at, waiting.attempts) == (utc("2026-12-02 07:00"), 0)
    at(waiting.due_at)
    assert deliver_due() == 1
