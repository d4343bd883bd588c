"""Emails that came back, posted by a mail server on another machine."""

from base64 import b64encode

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import locks
from app.domain.mail import deliveries
from app.extensions import db
from app.mailer.return_address import ReturnAddresses
from app.models.mail.bounces import Bounce, ReturnedLetter
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.privacy import suppressions
from app.reading.returned import LARGEST
from tests.reading.provider_posts import NOTHING, POSTS, filled
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


def basic(secret):
    return "Basic " + b64encode(f"hook:{secret}".encode()).decode()


@pytest.fixture
def sent(house, post):
    """What `filled` needs to know about an email that was sent."""
    with house.open() as make:
        member = make.subscription(make.campaign(), ADDRESS)
        deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=member, occasion="one", due_at=clock.now())
        delivery = db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.MEMBER_LINK)).one()
        delivery.sent_at = clock.now()
        sender = ReturnAddresses.of(house.app.config["SETTINGS"]).naming(delivery.id, ADDRESS)
        return {"to": ADDRESS, "sender": sender, "message_id": delivery.message_id}


@pytest.fixture
def hook(browse, post):
    """Post as a provider does, with the secret as the password in the address."""
    client = browse()

    def hook(content, secret=SECRET, **headers):
        given = {"Content-Type": "application/json", "Authorization": basic(secret)} | headers
        return client.post("/returned-mail", content, headers={name: value for name, value in given.items() if value})

    return hook


def kinds(house):
    with house.open():
        return [
            (one.kind.value, db.session.get(Delivery, one.delivery_id).message_id)
            for one in db.session.scalars(select(Bounce))
        ]


def held_back(house):
    with house.open():
        return suppressions.among({ADDRESS}) == {ADDRESS}


@pytest.mark.parametrize("name", sorted(POSTS))
def test_what_a_provider_posts_has_the_effect_of_a_report(house, hook, sent, name):
    post, kind = POSTS[name]
    for _time in range(2):
        answer = hook(filled(post, **sent))
        assert (answer.status_code, answer.json) == (200, {"state": "events", "taken": 1})
    assert kinds(house) == [(kind, sent["message_id"])]
    assert held_back(house) == (kind in ("hard", "complaint"))
    assert stored(house, ReturnedLetter) == 1


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_what_a_provider_posts_besides_has_no_effect(house, hook, sent, name):
    assert hook(filled(NOTHING[name], **sent)).json == {"state": "events", "taken": 0}
    assert stored(house, Bounce) == stored(house, ReturnedLetter) == 0


@pytest.mark.parametrize("name", ["ses, gone", "sendgrid, gone", "brevo, gone", "postmark, gone", "mailgun, gone"])
def test_what_names_no_email_of_the_house_or_another_recipient_has_no_effect(house, hook, sent, name):
    others = sent | {"sender": "bounces+" + "a" * 32 + "@news.example.org", "message_id": "f" * 32}
    if name == "postmark, gone":
        others["to"] = "eva@example.org"
    hook(filled(POSTS[name][0], **others))
    hook(filled(POSTS[name][0], **others | {"message_id": sent["message_id"], "to": "eva@example.org"}))
    assert stored(house, Bounce) == 0
    assert not held_back(house)


def test_a_provider_without_the_secret_is_asked_for_it_and_only_wrong_ones_are_counted(house, hook, sent):
    content = filled(POSTS["ses, gone"][0], **sent)
    for _time in range(30):  # as SNS, which sends the password once it was asked to
        answer = hook(content, Authorization="")
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Basic realm="returned mail"')
    assert hook(content, **{"Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification"}).json == {
        "state": "events", "taken": 1,
    }  # fmt: skip
    assert {hook(content, "wrong").status_code for _time in range(25)} == {401, 429}
    assert hook(content, Authorization="Basic ?").status_code in (401, 429)


def test_json_in_an_email_is_not_taken_for_that_of_a_provider(house, post, sent):
    assert post(filled(POSTS["brevo, gone"][0], **sent)).json == {"state": "unverified"}
    assert stored(house, Bounce) == 0


def test_what_nobody_can_read_is_kept_as_a_file(house, hook):
    confirmation = b'{"Type": "SubscriptionConfirmation", "SubscribeURL": "https://sns.example/confirm"}'
    assert hook(confirmation).json == {"state": "unreadable", "taken": 0}
    folder = house.app.config["SETTINGS"].unread_mail_dir
    assert confirmation in [one.read_bytes() for one in folder.iterdir()]
