"""The pages about the sending of a digest and of a mailing."""

from app.domain.campaigns import approvals
from app.domain.mail import attempts, rates
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.digests import Digest
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason
from tests.claims import claim_email
from tests.domain.mail.test_holds import LEASE
from tests.views.campaigns.test_digests import desk  # noqa: F401 - a fixture
from tests.views.pages import text
from tests.views.people.test_mailings import world  # noqa: F401 - a fixture


def refuse(house, kind):
    with house.open():
        one = db.session.query(Delivery).filter_by(kind=kind).one()
        attempts.give_up(one.id, claim_email(one.id, LEASE), "550 5.1.1 no such user")
        db.session.commit()


def test_a_digest_says_who_did_not_get_it_and_why_and_tries_again(desk, house):  # noqa: F811
    desk.press(desk.alice, "approve", revision=desk.revision())
    page = f"{desk.path}/sending"
    alice = desk.browse(desk.alice)
    assert "no email of this one was refused" in text(alice.get(page))
    refuse(house, DeliveryKind.DIGEST)
    shown = text(alice.get(page))
    for words in ("1 could not be delivered", "There is no such address", "example.org", desk.member.email):
        assert words in shown
    assert desk.member.email not in text(desk.browse(desk.claire).get(page))
    assert desk.member.email not in text(alice.get(f"{page}?reason=busy"))
    answer = alice.post(f"{page}/again?reason=no_such_address", {"idempotency_key": "again"})
    assert answer.location.endswith(page)
    with house.open():
        assert deliver_due() == 1
    assert "1 sent" in text(alice.get(page))


def test_what_was_paused_by_itself_stands_on_today_for_those_who_can_resume_it(desk, house):  # noqa: F811
    desk.press(desk.alice, "approve", revision=desk.revision())
    with house.open():
        approvals.pause(db.session.get(Digest, desk.digest.id), HoldReason.REFUSALS)
        db.session.commit()
    assert "Sending was paused by itself" in text(desk.browse(desk.alice).get("/"))
    assert "Sending was paused by itself" not in text(desk.browse(desk.claire).get("/"))
    assert "More than 10 %" in text(desk.browse(desk.alice).get(f"{desk.path}/sending"))


def test_before_it_is_sent_a_digest_says_what_goes_first_and_when_it_ends(desk, house):  # noqa: F811
    assert "How long it takes is not known yet" in desk.page(desk.alice)
    with house.open():
        rates.note(600, 60.0)
        db.session.commit()
    assert "At the rate seen lately, 600 a minute, the last one leaves about" in desk.page(desk.alice)


def test_only_coordinators_have_a_digest_tried_again(desk):  # noqa: F811
    assert desk.press(desk.claire, "sending/again")[0] == 403


def test_a_mailing_names_those_who_did_not_get_it(world, house):  # noqa: F811
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    refuse(house, DeliveryKind.MAILING)
    shown = text(alice.get(f"{page}/sending"))
    assert "Rosa Luz" in shown
    assert "There is no such address" in shown
    assert alice.post(f"{page}/sending/again", {"idempotency_key": "again"}).status_code == 302
    with house.open():
        assert deliver_due() == 1
    assert world["dora"].get(f"{page}/sending").status_code == 404
