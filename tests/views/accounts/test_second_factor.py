"""The second factor: turned on, asked for, recovered, required for a role, and reset by two admins."""

import html
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from lxml import html as pages
from sqlalchemy import select

from app import clock, one_time
from app.domain.accounts import factors, recovery
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.accounts.factors import Factor, FactorReset, RecoveryCodes
from app.models.mail.deliveries import MailboxLetter
from tests.factories import utc

PASSWORD = "correct horse battery"
NOW = utc("2025-12-01 10:00")


@pytest.fixture
def bob(house, at):
    at(NOW)
    with house.open() as make:
        bob = make.user("Bob", password=PASSWORD)
        make.grant(bob, Role.ORGANIZER)
        return bob


@pytest.fixture
def with_factor(house, bob):
    with house.open() as make:
        make.factor(db.session.merge(bob))
    return bob


def text(answer):
    return html.unescape(answer.get_data(as_text=True))


def code(house, steps=0):
    """Return the code that Bob's phone shows, some steps from now."""
    with house.open():
        nonce = db.session.scalars(select(Factor.nonce)).one()
    return one_time.code_at(secret(house, nonce), one_time.step_at(clock.now()) + steps)


def secret(house, nonce):
    return one_time.secret_of(house.app.config["SECRET_KEY"], nonce)


def letters_to(house, user):
    with house.open():
        deliver_due()
        found = db.session.query(MailboxLetter).filter_by(recipient=user.email).order_by(MailboxLetter.id)
        contents = [message_from_bytes(one.content, policy=default) for one in found]
    return [one.get_body(("plain",)).get_content() for one in contents]


class SigningIn:
    """A stranger who signs in as Bob."""

    def __init__(self, browse, bob):
        self.client = browse()
        self.page = self.client.post("/sign-in", {"email": bob.email, "password": PASSWORD, "next": "/congresses"})

    def type(self, code):
        form = next(
            one for one in pages.fromstring(self.page.get_data(as_text=True)).forms if one.get("class") == "sheet"
        )
        return self.client.post(form.action, dict(form.form_values()) | {"code": code})

    @property
    def is_in(self):
        return self.client.get("/account").status_code == 200


def test_a_second_factor_is_turned_on_with_a_code_and_shows_its_recovery_codes_until_they_are_kept(house, bob, browse):
    client = browse(bob)
    client.post("/account/second-factor/begin")
    page = text(client.get("/account/second-factor"))
    letters = re.search("<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page
    assert "is not the current one" in text(client.post("/account/second-factor", {"code": "000000"}))
    with house.open():
        factor = db.session.scalars(select(Factor)).one()
        assert one_time.in_letters(secret(house, factor.nonce)) == letters
    assert client.post("/account/second-factor", {"code": code(house)}).status_code == 302
    shown = re.findall("<code>([a-z2-7-]{14})</code>", text(client.get("/account/second-factor")))
    assert len(set(shown)) == 10
    client.post("/account/second-factor/codes-kept")
    page = text(client.get("/account/second-factor"))
    assert shown[0] not in page
    assert 'action="/account/devices/end-others"' in page
    assert "signing in asks for a code" in letters_to(house, bob)[-1]


def test_signing_in_asks_for_the_code_after_the_password_and_goes_where_it_should(house, with_factor, browse):
    signing_in = SigningIn(browse, with_factor)
    assert signing_in.page.status_code == 200
    assert not signing_in.is_in
    assert signing_in.type("000000").status_code in (200, 422)
    assert not signing_in.is_in
    assert signing_in.type(code(house)).location == "/congresses"
    assert signing_in.is_in


def test_no_code_is_accepted_twice(house, with_factor, browse):
    used = code(house)
    SigningIn(browse, with_factor).type(used)
    again = SigningIn(browse, with_factor)
    again.type(used)
    assert not again.is_in
    again.type(code(house, -1))
    assert not again.is_in
    again.type(code(house, 1))
    assert again.is_in


def test_each_recovery_code_works_once(house, with_factor, browse):
    with house.open():
        codes = db.session.scalars(select(RecoveryCodes)).one()
        first, second, *_ = recovery.shown(codes, house.app.config["SECRET_KEY"])
    for typed, works in ((first, True), (first, False), (second.upper(), True)):
        signing_in = SigningIn(browse, with_factor)
        signing_in.type(typed)
        assert signing_in.is_in == works
    with house.open():
        assert db.session.scalars(select(RecoveryCodes)).one().left == 8


def test_guessing_codes_is_delayed(with_factor, browse, house):
    signing_in = SigningIn(browse, with_factor)
    for _ in range(3):
        signing_in.type("000000")
    assert re.search("Try again in|Vuelva a intentarlo", text(signing_in.type(code(house))))
    assert not signing_in.is_in


def test_the_second_step_ends_after_ten_minutes_and_with_the_password(house, with_factor, browse):
    forged = browse().post("/sign-in/code", {"proof": "WzFd.x.y", "code": code(house)})
    assert forged.location.startswith("/sign-in")
    signing_in = SigningIn(browse, with_factor)
    with house.open():
        db.session.merge(with_factor).password_hash = "another"
    assert signing_in.type(code(house)).location == "/sign-in?next=/congresses"
    assert not signing_in.is_in


def test_a_second_factor_is_turned_off_and_its_owner_told(house, with_factor, browse):
    browse(with_factor).post("/account/second-factor/end")
    assert SigningIn(browse, with_factor).is_in
    assert "asks only for your password" in "".join(letters_to(house, with_factor))


def test_a_role_that_needs_a_second_factor_is_led_to_it_before_anything_else(house, bob, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    browse(alice).post("/house", {"roles": ["organizer"]})
    assert 'value="organizer" checked' in text(browse(alice).get("/house")) or "checked" in text(
        browse(alice).get("/house")
    )
    client = browse(bob)
    assert client.get("/congresses").location == "/account/second-factor"
    assert client.post("/follow-ups/1/complete").location == "/account/second-factor"
    assert "Your role needs a second factor" in text(client.get("/account/second-factor"))
    client.post("/account/second-factor/begin")
    client.post("/account/second-factor", {"code": code(house)})
    assert client.get("/congresses").status_code == 200
    assert browse(alice).get("/congresses").status_code == 200


@pytest.fixture
def admins(house, browse, with_factor):
    with house.open() as make:
        users = [make.user("Alice"), make.user("Eva")]
        for user in users:
            make.grant(user, Role.ADMIN)
    house.reset = f"/users/{with_factor.id}/second-factor"
    return [browse(user) for user in users]


def has_factor(house):
    with house.open():
        factors.carry_out_resets()
        return db.session.scalar(select(Factor.id)) is not None


def test_a_lost_factor_is_reset_a_day_after_two_admins_agreed(house, admins, at, with_factor):
    alice, eva = admins
    alice.post(f"{house.reset}/ask")
    alice.post(f"{house.reset}/approve")
    with house.open():
        assert db.session.scalars(select(FactorReset)).one().approved_at is None
    assert "Approve the reset" not in text(alice.get(f"/users/{with_factor.id}"))
    assert "Approve the reset" in text(eva.get(f"/users/{with_factor.id}"))
    eva.post(f"{house.reset}/approve")
    assert has_factor(house)
    at(NOW + timedelta(hours=23, minutes=50))
    assert has_factor(house)
    at(NOW + timedelta(hours=24, minutes=10))
    assert not has_factor(house)


def test_one_admin_alone_never_resets_a_factor(house, admins, at):
    alice, _eva = admins
    for verb in ("ask", "approve", "ask", "approve"):
        alice.post(f"{house.reset}/{verb}")
    at(NOW + timedelta(days=7))
    assert has_factor(house)


def test_the_owner_is_told_at_once_and_cancels_a_reset_by_link(house, admins, at, with_factor, browse):
    alice, eva = admins
    alice.post(f"{house.reset}/ask")
    eva.post(f"{house.reset}/approve")
    link = re.search(r"http://encuentro\.test(/second-factor/\S+)", letters_to(house, with_factor)[-1])[1]
    owner = browse()
    assert owner.get(link).status_code == 200
    at(NOW + timedelta(hours=1))
    assert owner.post(link).status_code == 302
    at(NOW + timedelta(days=2))
    assert has_factor(house)


def test_an_admin_does_not_reset_the_own_factor(house, admins, browse, with_factor):
    with house.open() as make:
        make.grant(db.session.merge(with_factor), Role.ADMIN)
    browse(with_factor).post(f"{house.reset}/ask")
    with house.open():
        assert db.session.scalar(select(FactorReset.id)) is None
