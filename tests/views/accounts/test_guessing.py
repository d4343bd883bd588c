"""Guessing passwords: tries become rare, and nobody can keep anybody else out."""

import dataclasses
import logging
import re
import time
from types import SimpleNamespace

import pytest

from app import tokens
from app.domain.accounts import passwords
from app.web import guessing, proxies
from app.web import passwords as web_passwords
from app.web.proxies import WARNING

PASSWORD = "correct horse battery"


@pytest.fixture
def bob(house):
    with house.open() as make:
        return make.user("Bob", password=PASSWORD)


@pytest.fixture
def wait(monkeypatch):
    """Return a function that lets time pass, as the counters see it."""
    passed = []
    clock = SimpleNamespace(time=lambda: time.time() + sum(passed))
    monkeypatch.setattr("app.web.guessing.time", clock)
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=clock.time))
    return passed.append


@pytest.fixture
def attempt(browse, bob):
    """Return a function that tries a password for Bob's account, from some address."""

    def tried(password="wrong", *, client=None, address="198.51.100.1", email=bob.email, **headers):
        sent = {"email": email, "password": password}
        environ = {"REMOTE_ADDR": address}
        return (client or browse()).post("/sign-in", sent, headers=headers, environ_overrides=environ)

    return tried


def tries_until_wait(attempt, **given):
    """Return how many wrong passwords are checked before the client has to wait, and the seconds."""
    for number in range(100):
        answer = attempt(**given)
        if answer.status_code == 429:
            return number, int(answer.headers["Retry-After"])
    raise AssertionError("nobody has to wait")


def test_wrong_passwords_make_a_client_wait_longer_and_longer(attempt, wait):
    tried, seconds = tries_until_wait(attempt)
    assert (tried, seconds) == (3, 2)
    for expected in (4, 8, 16, 32, 64, 128, 256, 300, 300):
        wait(seconds)
        assert attempt().status_code == 422
        answer = attempt()
        seconds = int(answer.headers["Retry-After"])
        assert (answer.status_code, seconds) == (429, expected)
        assert re.search("seconds|minutes|segundos|minutos", answer.get_data(as_text=True))
    assert attempt(PASSWORD).status_code == 429
    wait(seconds)
    assert attempt(PASSWORD).status_code == 302


def test_a_try_that_has_to_wait_is_not_hashed(attempt, monkeypatch):
    tries_until_wait(attempt)
    monkeypatch.setattr(passwords, "_hasher", None)
    assert attempt(PASSWORD).status_code == 429


def test_wrong_passwords_keep_nobody_out_at_another_address(attempt):
    tries_until_wait(attempt)
    assert attempt(PASSWORD, address="203.0.113.7").status_code == 302


def test_guessing_from_everywhere_delays_only_unknown_devices_and_only_by_a_minute(attempt, browse, wait):
    phone = browse()
    attempt(PASSWORD, client=phone)
    phone.post("/sign-out")
    for number in [*range(30), *range(20, 30)]:
        attempt(address=f"198.51.100.{number}")
        wait(2)
    assert attempt(PASSWORD, client=phone).status_code == 302
    asked = attempt(PASSWORD, address="203.0.113.7")
    assert (asked.status_code, asked.headers["Retry-After"]) == (429, "60")
    attempt()  # others go on guessing meanwhile
    wait(60)
    assert attempt(PASSWORD, address="203.0.113.7").status_code == 302


def test_a_known_device_waits_for_its_own_wrong_passwords(attempt, browse):
    phone = browse()
    attempt(PASSWORD, client=phone)
    phone.post("/sign-out")
    assert tries_until_wait(attempt, client=phone)[0] == 3
    assert attempt(PASSWORD).status_code == 302


def test_a_device_is_known_only_for_the_accounts_that_signed_in_on_it(house, attempt, browse):
    with house.open() as make:
        other = make.user("Eva")
    phone = browse()
    attempt(PASSWORD, client=phone)
    for number in range(40):
        attempt(address=f"198.51.100.{number}", email=other.email)
    assert attempt(client=phone, email=other.email).status_code == 429


def test_a_new_password_ends_every_wait(house, attempt, browse, bob):
    tries_until_wait(attempt)
    for number in range(40):
        attempt(address=f"198.51.100.{number}")
    token = tokens.sign_password_link(house.app.config["SECRET_KEY"], bob)
    owner = browse()
    assert owner.post(f"/password/{token}", {"password": "a new horse battery"}).status_code == 302
    for number in range(40):
        attempt(address=f"198.51.100.{number}")
    assert attempt("a new horse battery", client=owner).status_code == 302


def test_behind_an_undeclared_proxy_twelve_tries_do_not_keep_the_house_out(house, attempt):
    with house.open() as make:
        eva = make.user("Eva", password=PASSWORD)
    forwarded = {"X-Forwarded-For": "192.0.2.9", "address": "10.0.0.2"}
    for number in range(60):
        attempt(email=f"{number}@example.org", **forwarded)
    assert attempt(PASSWORD, email=eva.email, **forwarded).status_code == 302


def test_a_forwarded_header_of_a_client_far_away_raises_no_limit_and_names_no_proxy(house, attempt, settings):
    settings.undeclared_proxy_file.unlink(missing_ok=True)
    house.app.extensions.pop("undeclared proxy", None)
    for far in ("203.0.113.5", "2001:db8::5", "::ffff:203.0.113.5"):
        codes = [
            attempt(email=f"{number}@example.org", address=far, **{"X-Forwarded-For": f"192.0.2.{number}"}).status_code
            for number in range(21)
        ]
        assert codes == [422] * 20 + [429], far
    assert not proxies.was_undeclared(settings)


@pytest.mark.parametrize(
    "near", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.20.0.2", "::1", "fd00::2", "fe80::1%eth0", ""]
)
def test_a_proxy_on_this_machine_or_in_its_network_is_noticed(house, browse, settings, near):
    settings.undeclared_proxy_file.unlink(missing_ok=True)
    house.app.extensions.pop("undeclared proxy", None)
    forwarded = {"X-Forwarded-For": "192.0.2.9"}
    browse().get("/sign-in", headers=forwarded, environ_overrides={"REMOTE_ADDR": near})
    assert proxies.was_undeclared(settings)
    settings.undeclared_proxy_file.unlink()


def test_many_tries_at_many_accounts_from_one_address_have_to_wait(attempt):
    answers = [attempt(email=f"{number}@example.org") for number in range(21)]
    assert [one.status_code for one in answers] == [422] * 20 + [429]


def test_an_undeclared_proxy_is_named_once_in_the_log_without_addresses(house, browse, caplog, settings):
    house.app.extensions.pop("undeclared proxy", None)
    settings.undeclared_proxy_file.unlink(missing_ok=True)
    with caplog.at_level(logging.WARNING):
        browse().get("/sign-in")
        assert not caplog.records
        for _ in range(3):
            browse().get("/sign-in", headers={"X-Forwarded-For": "192.0.2.9"})
    assert [one.getMessage() for one in caplog.records] == [WARNING]
    assert proxies.was_undeclared(settings)
    assert not proxies.was_undeclared(dataclasses.replace(settings, proxies=1))
    settings.undeclared_proxy_file.unlink()  # other tests find a house that works


def test_the_answers_to_guesses_do_not_tell_whether_there_is_an_account(attempt, bob):
    def shown(email):
        return [re.sub('value="[^"]*"', "", attempt(email=email).get_data(as_text=True)) for _ in range(6)]

    assert shown(bob.email) == shown("nobody@example.org")


def test_delays_grow_to_their_limit():
    assert [guessing._growing(tries, 60) for tries in (-1, 0, 1, 5, 6, 1000)] == [0, 2, 4, 60, 60, 60]


def test_strangers_take_turns_and_a_known_device_never_waits_for_them(attempt, browse):
    known = browse()
    assert attempt(PASSWORD, client=known).status_code == 302
    known.get("/account")
    crowd = [web_passwords._strangers.acquire(blocking=False) for _ in range(3)]
    try:
        assert all(crowd)
        answer = attempt(PASSWORD)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
        assert attempt(PASSWORD, client=known).status_code == 302
    finally:
        for _ in crowd:
            web_passwords._strangers.release()
    assert attempt(PASSWORD).status_code == 302
