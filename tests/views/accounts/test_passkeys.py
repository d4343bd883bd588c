"""Passkeys: added, used after the password or instead of it, removed, and what their questions belong to."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from lxml import html
from sqlalchemy import select

from app.domain.accounts import factors, passkeys, recovery
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.factors import RecoveryCodes
from app.models.accounts.passkeys import Passkey, UsedChallenge
from app.queries.accounts import factors as factor_queries
from tests.authenticator import Authenticator
from tests.factories import utc
from tests.views.accounts.test_second_factor import letters_to
from tests.views.pages import text

PASSWORD = "correct horse battery"
NOW = utc("2025-12-01 10:00")


@pytest.fixture
def bob(house, at):
    at(NOW)
    house.with_settings(base_url="https://encuentro.test")
    with house.open() as make:
        bob = make.user("Bob", password=PASSWORD)
        make.grant(bob, Role.ORGANIZER)
        return bob


@pytest.fixture
def device():
    return Authenticator(count=1)


@pytest.fixture
def client(bob, device, browse):
    """Bob, who has just added the passkey of his phone."""
    client = browse(bob)
    add(client, device, "Phone")
    return client


def asked(answer):
    """Return the form on a page that asks for a passkey, and what it asks."""
    page = html.fromstring(answer.get_data(as_text=True))
    form = next(one for one in page.forms if one.get("class") == "sheet")
    button = form.xpath(".//button[@data-passkey]")[0]
    return SimpleNamespace(path=form.action, data=dict(form.form_values()), options=button.get("data-passkey"))


def add(client, device, name):
    question = asked(client.get("/account/passkeys/add"))
    return client.post(question.path, question.data | {"name": name, "credential": device.make(question.options)})


def answered(client, page, device):
    question = asked(page)
    return client.post(question.path, question.data | {"credential": device.use(question.options)})


def stranger_of(browse):
    """Return a browser in which nobody has signed in, in English."""
    stranger = browse()
    with stranger.client.session_transaction() as session:
        session["locale"] = "en"
    return stranger


def password_typed(browse, bob, **fields):
    client = stranger_of(browse)
    return client, client.post("/sign-in", {"email": bob.email, "password": PASSWORD} | fields)


def is_in(client):
    return client.get("/account").status_code == 200


def stored(house):
    with house.open():
        return {one.name: (one.sign_count, one.last_used_at) for one in db.session.scalars(select(Passkey))}


def codes_of(house, user):
    with house.open():
        return recovery.shown(factor_queries.recovery_codes(user.id), house.app.config["SECRET_KEY"])


def test_a_passkey_is_added_with_its_name_and_recovery_codes_and_its_owner_told(house, bob, client):
    assert stored(house) == {"Phone": (1, None)}
    page = text(client.get("/account/second-factor"))
    assert "Phone" in page
    assert "never used" in page
    assert len(set(re.findall("<code>([a-z2-7-]{14})</code>", page))) == 10
    assert "Passkey: Phone" in letters_to(house, bob)[-1]


def test_a_passkey_is_added_even_if_another_page_that_loads_at_once_sets_the_cookie_last(bob, browse, device):
    client = browse(bob)
    client.get("/account")
    earlier = client.client.get_cookie("session").value
    question = asked(client.get("/account/passkeys/add"))
    client.client.set_cookie("session", earlier)
    made = device.make(question.options)
    assert client.post(question.path, question.data | {"name": "Phone", "credential": made}).status_code == 302


def test_a_passkey_without_a_name_is_called_like_its_device(house, bob, browse, device):
    add(browse(bob), device, " ")
    assert stored(house).keys() == {"Passkey"}


def test_after_the_password_a_passkey_signs_in_and_goes_where_it_should(house, bob, client, device, browse):
    stranger, page = password_typed(browse, bob, next="/congresses")
    assert not is_in(stranger)
    assert answered(stranger, page, device).location == "/congresses"
    assert is_in(stranger)
    count, used_at = stored(house)["Phone"]
    assert count == 2
    assert NOW <= used_at < NOW + timedelta(minutes=1)


def test_instead_of_the_password_a_passkey_signs_in_only_if_its_device_makes_sure_who_uses_it(client, device, browse):
    stranger = stranger_of(browse)
    device.verifies = False
    answer = answered(stranger, stranger.get("/sign-in/passkey?next=/congresses"), device)
    assert "does not work here" in text(answer)
    assert not is_in(stranger)
    device.verifies = True
    assert answered(stranger, answer, device).location == "/congresses"
    assert is_in(stranger)


def test_the_input_of_an_interrupted_form_is_kept_when_a_passkey_signs_in(client, device, browse):
    stranger = stranger_of(browse)
    page = stranger.post(
        "/sign-in/passkey", {"next": "/congresses/new", "kept": '[["title", "Quito"]]', "password": "x"}
    )
    assert "Quito" in text(answered(stranger, page, device))


def test_no_answer_is_accepted_twice_not_even_by_the_browser_that_was_asked(house, bob, client, device, browse):
    device.count = 0
    with house.open():
        db.session.scalars(select(Passkey)).one().sign_count = 0
    stranger, page = password_typed(browse, bob)
    question = asked(page)
    data = question.data | {"credential": device.use(question.options)}
    cookie = stranger.client.get_cookie("session")
    assert stranger.post(question.path, data).status_code == 302
    copy = stranger_of(browse)
    copy.client.set_cookie("session", cookie.value)
    assert "used before" in text(copy.post(question.path, data))
    assert not is_in(copy)


def test_a_question_belongs_to_the_browser_that_was_asked_to_its_account_and_to_its_purpose(
    house, bob, client, device, browse
):
    stranger, page = password_typed(browse, bob)
    question = asked(page)
    other, _page = password_typed(browse, bob)
    data = question.data | {"credential": device.use(question.options)}
    assert "belongs to another session" in text(other.post(question.path, data))
    alone = asked(stranger.get("/sign-in/passkey"))
    mixed = question.data | {"state": alone.data["state"], "credential": device.use(alone.options)}
    assert "belongs to another session" in text(stranger.post(question.path, mixed))
    with house.open() as make:
        eva = make.user("Eva", password=PASSWORD)
    add(browse(eva), Authenticator(), "Key")
    _client, page = password_typed(lambda: stranger, eva)
    assert "does not work here" in text(answered(stranger, page, device))
    assert not is_in(stranger)


def test_a_question_is_open_for_five_minutes(bob, client, device, browse, at):
    stranger, page = password_typed(browse, bob)
    at(NOW + timedelta(minutes=5, seconds=1))
    assert "Too much time has passed" in text(answered(stranger, page, device))
    assert not is_in(stranger)


def test_a_passkey_that_was_used_less_often_than_known_is_refused_and_changes_nothing(
    house, bob, client, device, browse
):
    for _ in range(3):
        stranger, page = password_typed(browse, bob)
        answered(stranger, page, device)
    device.count = 1
    stranger, page = password_typed(browse, bob)
    assert "may be a copy" in text(answered(stranger, page, device))
    assert not is_in(stranger)
    assert stored(house)["Phone"][0] == 4


def test_whoever_has_only_a_passkey_signs_in_without_a_script_with_a_recovery_code(house, bob, client, browse):
    stranger, page = password_typed(browse, bob)
    shown = text(page)
    assert "Type a code instead" in shown
    code = codes_of(house, bob)[0]
    assert stranger.post("/sign-in/code", asked(page).data | {"code": code}).status_code == 302
    assert is_in(stranger)
    again, page = password_typed(browse, bob)
    again.post("/sign-in/code", asked(page).data | {"code": code})
    assert not is_in(again)


def test_an_account_has_several_passkeys_and_each_device_makes_one(house, bob, client, device, browse):
    add(client, Authenticator(), "Key")
    assert stored(house).keys() == {"Phone", "Key"}
    assert "already recorded" in text(add(client, device, "Phone again"))
    assert stored(house).keys() == {"Phone", "Key"}


def test_removing_a_passkey_keeps_the_recovery_codes_until_the_last_factor_is_gone(house, bob, client, browse):
    add(client, Authenticator(), "Key")
    before = codes_of(house, bob)
    client.post("/account/passkeys/1/remove")
    assert codes_of(house, bob) == before
    assert "can no longer be used to sign in" in letters_to(house, bob)[-1]
    client.post("/account/passkeys/2/remove")
    with house.open():
        assert db.session.scalar(select(RecoveryCodes.id)) is None
    assert "asks only for your password" in letters_to(house, bob)[-1]
    stranger, _page = password_typed(browse, bob)
    assert is_in(stranger)


def test_nobody_removes_the_passkey_of_somebody_else(house, client, browse):
    with house.open() as make:
        eva = make.user("Eva")
        make.grant(eva, Role.ADMIN)
    assert browse(eva).post("/account/passkeys/1/remove").status_code == 404
    assert stored(house).keys() == {"Phone"}


def test_turning_codes_off_leaves_the_passkey_and_the_recovery_codes(house, bob, client):
    before = codes_of(house, bob)
    with house.open() as make:
        make.factor(db.session.merge(bob))
    client.post("/account/second-factor/end")
    assert codes_of(house, bob) == before
    assert "not for a code from your phone" in letters_to(house, bob)[-1]


def test_new_recovery_codes_replace_the_earlier_ones(house, bob, client):
    before = codes_of(house, bob)
    client.post("/account/second-factor/codes-kept")
    assert codes_of(house, bob) == []
    client.post("/account/second-factor/new-codes")
    after = codes_of(house, bob)
    assert len(after) == 10
    assert not set(after) & set(before)
    assert "no longer work" in letters_to(house, bob)[-1]


def test_a_role_that_needs_a_factor_is_satisfied_by_a_passkey(house, bob, browse, device):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    browse(alice).post("/house", {"roles": ["organizer"]})
    client = browse(bob)
    assert client.get("/congresses").location == "/account/second-factor"
    add(client, device, "Phone")
    assert client.get("/congresses").status_code == 200


def test_a_reset_by_two_admins_removes_passkeys_and_codes(house, bob, client, browse, at):
    with house.open() as make:
        make.factor(db.session.merge(bob))
        admins = [make.user("Alice"), make.user("Eva")]
        for user in admins:
            make.grant(user, Role.ADMIN)
    for user, verb in zip(admins, ("ask", "approve"), strict=True):
        browse(user).post(f"/users/{bob.id}/second-factor/{verb}")
    at(NOW + timedelta(hours=25))
    with house.open():
        factors.carry_out_resets()
    with house.open():
        assert not factor_queries.has_one(bob.id)
        assert factor_queries.recovery_codes(bob.id) is None
    assert "asks only for your password" in letters_to(house, bob)[-1]


def test_only_pages_that_ask_for_a_passkey_may_load_a_script_and_only_ours(bob, client, browse):
    _stranger, page = password_typed(browse, bob)
    for asking in (page, client.get("/account/passkeys/add"), browse().get("/sign-in/passkey")):
        assert "; script-src 'self'" in asking.headers["Content-Security-Policy"]
        assert re.findall("<script[^>]*>", text(asking)) == ['<script src="/static/passkeys.js" defer>']
    for other in (client.get("/account/second-factor"), browse().get("/sign-in")):
        assert "script-src" not in other.headers["Content-Security-Policy"]
        assert "<script" not in text(other)


def test_where_browsers_offer_no_passkeys_none_are_offered_and_codes_are_asked_for(house, bob, client, browse):
    house.with_settings(base_url="http://192.0.2.7")
    assert "Passkeys are not available here" in text(client.get("/account/second-factor"))
    assert client.get("/account/passkeys/add").location == "/account/second-factor"
    assert client.post("/account/passkeys/add").location == "/account/second-factor"
    assert browse().get("/sign-in/passkey").location == "/sign-in"
    assert "/sign-in/passkey" not in text(browse().get("/sign-in"))
    _stranger, page = password_typed(browse, bob)
    assert "data-passkey" not in text(page)
    assert 'name="code"' in text(page)


def test_used_challenges_are_forgotten_when_they_are_too_old_anyway(house, client, at):
    with house.open():
        passkeys.sweep()
        assert db.session.scalar(select(UsedChallenge.digest))
    at(NOW + timedelta(minutes=11))
    with house.open():
        passkeys.sweep()
        assert db.session.scalar(select(UsedChallenge.digest)) is None
