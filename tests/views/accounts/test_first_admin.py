"""The first account of an empty installation is created in the browser, at an address that is printed at start."""

from datetime import timedelta

import pytest

from app import clock, owner_tokens
from app.commands.start import _how_to_sign_in
from app.config import Config
from app.models.accounts.accounts import Role
from app.queries.accounts import accounts

FIELDS = {
    "name": "Ana",
    "email": "ana@example.org",
    "password": "correct horse battery",
    "locale": "en",
    "timezone": "America/Caracas",
}


@pytest.fixture
def address(app):
    return f"/first-admin/{owner_tokens.sign_first_admin(app.config['SECRET_KEY'])}"


def test_the_first_account_is_an_admin_of_everything_and_signed_in(house, browse, address):
    stranger = browse()
    assert stranger.get(address).status_code == 200
    assert stranger.post(address, FIELDS).status_code == 302
    assert "Ana" in stranger.get("/").text
    with house.open():
        assert [held.role for held in accounts.held(accounts.by_email("ana@example.org"))] == [Role.ADMIN]


def test_the_one_time_address_stops_working_once_there_is_an_account(house, browse, address):
    with house.open() as make:
        make.user("Berta")
    assert browse().get(address).status_code == 410
    assert browse().post(address, FIELDS).status_code == 410
    with house.open():
        assert accounts.by_email("ana@example.org") is None


def test_of_two_users_who_open_the_one_time_address_only_one_becomes_admin(house, browse, address, monkeypatch):
    browse().post(address, FIELDS)
    monkeypatch.setattr(accounts, "is_empty", lambda: True)  # as the second request saw it
    answer = browse().post(address, FIELDS | {"email": "eve@example.org"})
    assert answer.status_code == 422
    with house.open():
        assert accounts.by_email("eve@example.org") is None


@pytest.mark.parametrize("token", ["", "x", "first admin"])
def test_a_forged_one_time_address_is_rejected(browse, token):
    assert browse().get(f"/first-admin/{token}").status_code in (404, 410)


def test_the_one_time_address_expires_after_a_day(browse, address, monkeypatch):
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _self: int(later.timestamp()))
    assert browse().get(address).status_code == 410


def test_input_is_kept_if_the_password_is_too_short(browse, address):
    answer = browse().post(address, FIELDS | {"password": "short"})
    assert answer.status_code == 422
    assert 'value="ana@example.org"' in answer.text


def test_starting_an_empty_installation_prints_a_working_one_time_address(app, browse):

    settings: Config = app.config["SETTINGS"]
    with app.test_request_context():
        line = _how_to_sign_in(settings)[0]
    path = line.rpartition(settings.base_url)[2]
    assert browse().get(path).status_code == 200
