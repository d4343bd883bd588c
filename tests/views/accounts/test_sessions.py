"""Sessions: each is a row that ends by signing out, from another device, with the password, or by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import accounts, sessions
from app.domain.actions import losing_access
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.sessions import IDLE, LONGEST, UserSession
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.web.sessions import SEEN_EVERY, device_of
from tests.factories import utc

PASSWORD = "correct horse battery"
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


@pytest.fixture
def bob(house):
    with house.open() as make:
        return make.user("Bob", password=PASSWORD)


@pytest.fixture
def sign_in(browse, bob):
    """Return a client that is signed in as Bob through the form."""

    def signed_in(user_agent="", client=None):
        client = client or browse()
        agent = {"User-Agent": user_agent}
        assert client.post("/sign-in", {"email": bob.email, "password": PASSWORD}, headers=agent).location == "/"
        return client

    return signed_in


def is_in(client):
    return client.get("/account").status_code == 200


def copied(client, browse):
    """Return another client with the same cookies."""
    thief = browse()
    thief.client.set_cookie("session", client.client.get_cookie("session").value, domain="localhost")
    return thief


def test_a_copied_cookie_is_worth_nothing_after_signing_out(sign_in, browse):
    bob = sign_in()
    thief = copied(bob, browse)
    assert is_in(thief)
    answer = bob.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(thief)
    assert not is_in(bob)


def test_signing_in_again_on_a_device_ends_its_session_before(sign_in, browse):
    bob = sign_in()
    thief = copied(bob, browse)
    sign_in(client=bob)
    assert is_in(bob)
    assert not is_in(thief)


def test_the_database_does_not_contain_what_the_cookie_contains(house, sign_in):
    client = sign_in(ANDROID)
    with client.client.session_transaction() as session:
        key = session["_user_id"]
    with house.open():
        row = db.session.scalars(select(UserSession)).one()
    assert key not in str(vars(row))
    assert row.device == "Firefox · Android"


def test_the_account_page_lists_the_devices_and_ends_one(sign_in):
    phone, laptop = sign_in(ANDROID), sign_in("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36")
    page = laptop.get("/account").get_data(as_text=True)
    assert page.index("Firefox · Android") > 0
    assert page.index("Chrome · Linux") < page.index("this device" if "this device" in page else "este dispositivo")
    assert page.count("/account/devices/1/end") == 1
    assert "/account/devices/2/end" not in page
    answers = [laptop.post("/account/devices/1/end", {"idempotency_key": "k"}) for _ in range(2)]
    assert [one.location for one in answers] == ["/account#devices"] * 2
    assert not is_in(phone)
    assert is_in(laptop)
    assert "Android" not in laptop.get("/account").get_data(as_text=True)


def test_all_other_devices_are_signed_out_with_one_press(sign_in):
    devices = [sign_in() for _ in range(3)]
    devices[1].post("/account/devices/end-others")
    assert [is_in(one) for one in devices] == [False, True, False]


def test_an_admin_signs_somebody_out_on_all_devices(house, browse, sign_in, bob):
    client = sign_in()
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    page = f"/users/{bob.id}"
    assert f'action="{page}/sign-out"' in browse(alice).get(page).text
    assert is_in(client)
    assert browse(alice).post(f"{page}/sign-out").location == page
    assert not is_in(client)
    assert is_in(browse(alice))


def test_nobody_ends_the_session_of_another_account(house, browse, sign_in):
    bob = sign_in()
    with house.open() as make:
        charlie = make.user("Charlie")
        make.grant(charlie, Role.ADMIN)
    assert browse(charlie).post("/account/devices/1/end").status_code == 404
    browse(charlie).post("/account/devices/end-others")
    assert is_in(bob)


@pytest.mark.parametrize(
    "change",
    [
        lambda user, _by: accounts.set_password(user, "another horse battery"),
        lambda user, _by: (losing_access.deactivate(user), accounts.reactivate(user)),
        lambda user, by: (losing_access.remove(user, by=by), accounts.bring_back(user)),
    ],
    ids=["a new password", "a closed account", "a removed account"],
)
def test_sessions_end_for_good_with(house, sign_in, bob, change):
    client = sign_in()
    with house.open() as make:
        change(db.session.merge(bob), make.user())
    assert not is_in(client)


@pytest.mark.parametrize(("used_every", "ends_after"), [(IDLE / 2, LONGEST), (None, IDLE)], ids=["used", "unused"])
def test_a_session_ends_by_itself(sign_in, at, used_every, ends_after):
    begun = utc("2025-12-01 10:00")
    at(begun)
    client = sign_in()
    moment = begun
    while used_every and (moment := moment + used_every) < begun + ends_after:
        at(moment)
        assert is_in(client)
    at(begun + ends_after - timedelta(minutes=1))
    assert is_in(client)
    at(begun + ends_after + timedelta(days=0 if used_every else IDLE.days, minutes=1))
    assert not is_in(client)


def test_reading_records_now_and_then_that_a_session_is_used(house, sign_in, at):
    begun = utc("2025-12-01 10:00")
    at(begun)
    client = sign_in()
    for minutes, recorded in ((5, 0), (11, 11), (20, 11), (22, 22)):
        at(begun + timedelta(minutes=minutes))
        assert is_in(client)
        with house.open():
            seen = db.session.scalars(select(UserSession.last_seen_at)).one()
        assert round((seen - begun) / timedelta(minutes=1)) == recorded
    assert timedelta(minutes=10) == SEEN_EVERY


def test_a_page_sets_the_cookie_only_when_it_changes_or_has_to_live_longer(house, sign_in, at):
    begun = utc("2025-12-01 10:00")
    at(begun)
    client = sign_in()
    client.get("/account")
    for minutes, is_set in ((5, False), (11, True), (12, False)):
        at(begun + timedelta(minutes=minutes))
        cookies = client.get("/account").headers.getlist("Set-Cookie")
        assert [cookie.startswith("session=") for cookie in cookies] == [True] * is_set


def test_reading_does_not_wait_for_somebody_who_writes(house, sign_in, at):
    begun = utc("2025-12-01 10:00")
    at(begun)
    client = sign_in()
    at(begun + timedelta(hours=1))
    with house.app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE users SET name = 'Bobby'")
        assert is_in(client)
    with house.open():
        assert db.session.scalars(select(UserSession.last_seen_at)).one() < begun + timedelta(minutes=1)
    assert is_in(client)
    with house.open():
        assert db.session.scalars(select(UserSession.last_seen_at)).one() >= begun + timedelta(hours=1)


def test_sessions_that_are_over_are_deleted(house, bob):
    with house.open() as make:
        kept, ended, idle, old = (make.session(bob) for _ in range(4))
        sessions.end(ended)
        idle.last_seen_at = clock.now() - IDLE
        old.created_at = clock.now() - LONGEST
        db.session.flush()
        sessions.sweep()
        assert db.session.scalars(select(UserSession.id)).all() == [kept.id]


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (ANDROID, "Firefox · Android"),
        ("Mozilla/5.0 (Linux; Android 9; SM-J400M) Chrome/130.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) Version/15.6 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_described_in_a_few_words(user_agent, device):
    assert device_of(user_agent) == device


def test_only_signing_in_on_a_new_device_is_told_by_email(house, sign_in):
    client = sign_in(ANDROID)
    client.post("/sign-out")
    sign_in(ANDROID, client)
    with house.open():
        occasions = db.session.scalars(select(Delivery.occasion).where(Delivery.kind == DeliveryKind.ACCOUNT_CHANGED))
        assert occasions.all() == ["device:1"]
