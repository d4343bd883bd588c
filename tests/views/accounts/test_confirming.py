"""What is sensitive asks again who it is after a quarter of an hour, and then does exactly what was asked for."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select, update

from app import clock, one_time
from app.domain.campaigns import digests
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.passkeys import Passkey
from app.models.accounts.sessions import UserSession
from app.web.confirming import FRESH_FOR
from tests.authenticator import Authenticator
from tests.factories import utc

PASSWORD = "correct horse battery"
SENSITIVE = {
    "accounts.ask_for_password_link",
    "accounts.confirm",
    "approvals.approve",
    "brigades.roster",
    "congress_downloads.delegations",
    "congress_downloads.journeys",
    "factor_resets.approve",
    "factor_resets.ask",
    "factors.begin",
    "factors.end",
    "factors.renew_codes",
    "factors.show",
    "house.settings",
    "downloads.interactions",
    "downloads.organizations",
    "downloads.people",
    "list_downloads.of_sign_ups",
    "log.download",
    "merges.of_organizations",
    "merges.of_people",
    "merges.sure_organizations",
    "merges.sure_people",
    "passkeys.add",
    "passkeys.offer",
    "passkeys.remove",
    "retention.change",
    "scheduled_exports.edit",
    "scheduled_exports.file",
    "scheduled_exports.new",
    "scheduled_exports.start",
    "sessions.end",
    "sessions.end_others",
    "users.bring_back",
    "users.change",
    "users.grant",
    "users.remove",
    "users.revoke",
}


@pytest.fixture
def world(house, browse):
    """Alice, who signed in long ago, and Bob, who has no role yet."""
    with house.open() as make:
        house.bob = make.user("Bob")
        alice = make.user("Alice", password=PASSWORD)
        make.grant(alice, Role.ADMIN)
    client = browse(alice)
    client.get("/account")
    house.path = f"/users/{house.bob.id}/grants"
    with house.open():
        signed_in_at(clock.now() - FRESH_FOR)
    return client


def signed_in_at(instant):
    db.session.execute(update(UserSession).values(confirmed_at=instant))


def roles(house):
    with house.open():
        return db.session.scalars(select(Grant.role).where(Grant.user_id == house.bob.id)).all()


def typed(answer, password):
    """Return the address and the data of the form on a page that asks for the password."""
    form = next(one for one in html.fromstring(answer.get_data(as_text=True)).forms if one.get("class") == "sheet")
    return form.action, dict(form.form_values()) | {"confirming_password": password}


def test_the_table_names_every_sensitive_page(app):
    assert {name for name, view in app.view_functions.items() if getattr(view, "fresh", False)} == SENSITIVE


def test_a_role_is_granted_only_with_the_password_and_exactly_as_typed(house, world):
    asked = world.post(house.path, {"role": "organizer", "scope": "everything", "idempotency_key": "k"})
    assert asked.status_code == 401
    assert roles(house) == []
    wrong = world.post(*typed(asked, "wrong"))
    assert wrong.status_code == 401
    assert "The password is incorrect." in wrong.get_data(as_text=True)
    assert "wrong" not in wrong.get_data(as_text=True)
    answer = world.post(*typed(wrong, PASSWORD))
    assert answer.location == f"/users/{house.bob.id}"
    assert roles(house) == [Role.ORGANIZER]
    assert world.post(*typed(asked, PASSWORD)).location == f"/users/{house.bob.id}"
    assert roles(house) == [Role.ORGANIZER]


def test_a_copy_of_the_cookie_from_before_the_password_is_worth_nothing_afterwards(house, browse, world):
    thief = browse()
    thief.client.set_cookie("session", world.client.get_cookie("session").value, domain="localhost")
    assert thief.get("/account").status_code == 200
    asked = world.post(house.path, {"role": "organizer", "scope": "everything"})
    world.post(*typed(asked, PASSWORD))
    assert world.get("/account").status_code == 200
    assert thief.get("/account").status_code == 302


def test_for_a_while_nothing_is_asked_again(house, world):
    asked = world.post(house.path, {"role": "organizer", "scope": "everything"})
    world.post(*typed(asked, PASSWORD))
    assert world.post(house.path, {"role": "coordinator", "scope": "everything"}).status_code == 302
    with house.open():
        signed_in_at(clock.now() - FRESH_FOR + timedelta(minutes=1))
    assert world.post(house.path, {"role": "member", "scope": "everything"}).status_code == 302


def test_guessing_the_password_there_is_delayed_as_well(house, world):
    for _ in range(3):
        asked = world.post(house.path, {"role": "organizer", "scope": "everything", "confirming_password": "wrong"})
    asked = world.post(house.path, {"role": "organizer", "scope": "everything", "confirming_password": PASSWORD})
    assert "Try again in 2 seconds." in asked.get_data(as_text=True)
    assert roles(house) == []


def test_nobody_is_asked_for_what_they_may_not_do(house, world, browse):
    assert browse(house.bob).post(house.path, {"role": "admin", "scope": "everything"}).status_code == 404


@pytest.fixture
def with_factor(house, world, at):
    """Alice, who has turned on one-time codes and a passkey; `house` knows the first, and her device the second."""
    at(utc("2025-12-01 10:00"))
    house.with_settings(base_url="https://encuentro.test")
    house.device = Authenticator(count=1)
    with house.open() as make:
        alice = db.session.scalars(select(User).where(User.name == "Alice")).one()
        house.secret = one_time.secret_of(house.app.config["SECRET_KEY"], make.factor(alice).nonce)
        make.passkey(alice, device=house.device)
        signed_in_at(clock.now() - FRESH_FOR)
    return world


def code(house):
    return one_time.code_at(house.secret, one_time.step_at(clock.now()))


def test_whoever_has_a_second_factor_is_asked_for_it_as_well(house, with_factor):
    asked = with_factor.post(house.path, {"role": "organizer", "scope": "everything"})
    path, data = typed(asked, PASSWORD)
    assert "This field is required." in with_factor.post(path, data).get_data(as_text=True)
    wrong = with_factor.post(path, data | {"confirming_code": "000000"})
    assert "This code is not right" in wrong.get_data(as_text=True)
    assert roles(house) == []
    path, data = typed(wrong, PASSWORD)
    assert with_factor.post(path, data | {"confirming_code": code(house)}).location == f"/users/{house.bob.id}"
    assert roles(house) == [Role.ORGANIZER]


def test_a_right_code_is_not_used_up_by_a_wrong_password(house, with_factor):
    asked = with_factor.post(house.path, {"role": "organizer", "scope": "everything"})
    path, data = typed(asked, "wrong")
    with_factor.post(path, data | {"confirming_code": code(house)})
    assert roles(house) == []
    path, data = typed(asked, PASSWORD)
    with_factor.post(path, data | {"confirming_code": code(house)})
    assert roles(house) == [Role.ORGANIZER]


def test_a_passkey_confirms_instead_of_password_and_code_if_its_device_makes_sure_who_uses_it(house, with_factor):
    asked = with_factor.post(house.path, {"role": "organizer", "scope": "everything"})
    house.device.verifies = False
    path, data = by_passkey(asked, house.device)
    refused = with_factor.post(path, data)
    assert refused.status_code == 401
    assert roles(house) == []
    house.device.verifies = True
    assert with_factor.post(*by_passkey(refused, house.device)).location == f"/users/{house.bob.id}"
    assert roles(house) == [Role.ORGANIZER]


def test_the_answer_of_a_new_passkey_waits_until_it_was_confirmed_who_adds_it(house, with_factor):
    with house.open():
        signed_in_at(clock.now())
    page = with_factor.get("/account/passkeys/add")
    path, data = typed(page, "")
    del data["confirming_password"]
    data |= {"name": "Key", "credential": Authenticator().make(question_of(page))}
    with house.open():
        signed_in_at(clock.now() - FRESH_FOR)
    asked = with_factor.post(path, data)
    assert asked.status_code == 401
    assert with_factor.post(*by_passkey(asked, house.device)).location == "/account/second-factor"
    with house.open():
        assert db.session.scalars(select(Passkey.name).order_by(Passkey.id)).all() == ["Phone", "Key"]


def question_of(answer):
    return html.fromstring(answer.get_data(as_text=True)).xpath("//button/@data-passkey")[0]


def by_passkey(answer, device):
    """Return the address and the data that the script sends."""
    path, data = typed(answer, "")
    return path, data | {"confirming_credential": device.use(question_of(answer))}


def test_the_page_of_a_sensitive_form_asks_nothing(house, world):
    assert world.get("/people/download").status_code == 200
    assert world.post("/people/download", {"file_format": "csv"}).status_code == 401


def test_a_page_that_is_itself_sensitive_is_shown_after_the_password(world):
    asked = world.get("/account/exports/files/1")
    assert asked.status_code == 401
    path, data = typed(asked, PASSWORD)
    assert path == "/account/confirm"
    assert world.post(path, data).location == "/account/exports/files/1"


def test_many_letters_ask_for_the_password_and_few_do_not(house, world, monkeypatch):
    with house.open() as make:
        campaign = make.campaign()
        make.subscription(campaign)
        make.cite(make.article(), campaign)
        mailing = make.mailing()
    with house.open(), clock.travel(clock.now() + timedelta(minutes=1)), house.app.test_request_context():
        digest = digests.compose_now(db.session.merge(campaign))
    paths = {"campaigns.digests": f"/campaigns/{campaign.id}/digests/{digest.id}/approve"}
    paths["people.mailings"] = f"/mailings/{mailing.id}/approve"
    for view, path in paths.items():
        assert world.post(path, {}).status_code != 401
        monkeypatch.setattr(f"app.views.{view}.MANY_LETTERS", -1)
        assert world.post(path, {}).status_code == 401
