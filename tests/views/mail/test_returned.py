"""Emails that came back, posted by a mail server on another machine."""

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import locks
from app.domain.mail import deliveries
from app.extensions import db
from app.mailer.return_address import ReturnAddresses
from app.models.mail.bounces import Bounce, ReturnedLetter
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.reading.returned import LARGEST
from tests.reading.returned_letters import GONE_REPORT, TO
from tests.views.pages import text

SECRET = "a secret of the mail server, long enough"
ADDRESS = "rosa@example.org"


@pytest.fixture
def post(house, browse):
    house.with_settings(mail_bounce_address="bounces@news.example.org", mail_bounce_secret=SECRET)
    client = browse()

    def post(raw, secret=SECRET):
        return client.post("/returned-mail", raw, headers={"Authorization": f"Bearer {secret}"})

    return post


@pytest.fixture
def report(house, post):
    with house.open() as make:
        member = make.subscription(make.campaign(), ADDRESS)
        deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=member, occasion="one", due_at=clock.now())
        delivery = db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.MEMBER_LINK)).one()
        delivery.sent_at = clock.now()
        to = ReturnAddresses.of(house.app.config["SETTINGS"]).naming(delivery.id, ADDRESS)
    return GONE_REPORT.replace(TO.encode(), to.encode())


def stored(house, model):
    with house.open():
        return len(db.session.scalars(select(model)).all())


def test_a_posted_report_counts_once(house, post, report):
    for _time in range(2):
        answer = post(report)
        assert (answer.status_code, answer.json) == (200, {"state": "bounce"})
    assert stored(house, Bounce) == stored(house, ReturnedLetter) == 1


def test_nobody_without_the_secret_can_post(house, post, report):
    for secret in ("", SECRET[:-1], "ñ"):
        assert post(report, secret).status_code == 401
    codes = {post(report, "wrong").status_code for _time in range(25)}
    assert codes == {401, 429}
    assert stored(house, ReturnedLetter) == 0
    assert post(report).status_code == 200


def test_without_a_secret_of_the_house_nothing_can_be_posted(house, post, report):
    house.with_settings(mail_bounce_secret="")
    assert post(report, "").status_code == 400


def test_too_much_is_refused(house, post):
    assert post(b"a: b\n" * LARGEST).status_code == 413
    assert stored(house, ReturnedLetter) == 0


def test_while_the_house_is_locked_the_mail_server_tries_again(house, post, report):
    with house.open():
        locks.lock(by=None)
    assert post(report).status_code == 503
    assert stored(house, ReturnedLetter) == 0


def test_admins_see_what_came_lately(post, report, alice):
    assert "Nothing came back." in text(alice.get("/house/returned-mail"))
    post(report)
    assert "Reports of emails that did not arrive" in text(alice.get("/house/returned-mail"))
