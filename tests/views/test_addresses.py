"""Complete addresses on pages begin with BASE_URL, and browsers are told to ask by https if it does."""

import pytest
from flask import url_for

from app import create_app
from app.domain.accounts import accounts, calendars
from app.extensions import db
from app.models.accounts.accounts import Role
from tests.databases import migrated, settings_for


@pytest.fixture
def alice(house):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
        calendars.renew(user)
        house.campaign = make.campaign(slug="bread", open_to_subscribers=True)
    return user


def test_no_page_contains_the_host_that_a_request_names(house, browse, alice):
    client = browse(alice)
    key = client.client.get_cookie("session").value
    client.client.set_cookie("session", key, domain="evil.example")
    for path in ("/account", f"/campaigns/{house.campaign.id}", "/c/bread"):
        page = client.get(path, base_url="http://evil.example").get_data(as_text=True)
        assert "http://encuentro.test/" in page, path
        assert "evil.example" not in page, path


def test_the_path_of_a_proxy_is_kept(house):
    with house.app.test_request_context(base_url="http://evil.example/under"):
        assert url_for("accounts.sign_in", _external=True) == "http://encuentro.test/under/sign-in"
        assert url_for("accounts.sign_in") == "/under/sign-in"


@pytest.mark.parametrize(("base_url", "expected"), [("https://a.test", "max-age=31536000"), ("http://a.test", None)])
def test_browsers_are_told_to_use_only_https_if_the_address_does(tmp_path, base_url, expected):
    app = create_app(settings_for(tmp_path, base_url=base_url))
    answer = app.test_client().get("/sign-in")
    assert answer.headers.get("Strict-Transport-Security") == expected


def cookies_of(app):
    """Return the cookies that signing in sets, by their names."""
    with app.app_context():
        accounts.create_user(
            email="bob@example.org", name="Bob", locale="en", timezone="UTC", password="correct horse battery"
        )
        db.session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    sent = {"email": "bob@example.org", "password": "correct horse battery"}
    answer = app.test_client().post("/sign-in", data=sent)
    return dict(one.partition("=")[0::2] for one in answer.headers.getlist("Set-Cookie"))


def test_with_https_cookies_belong_to_this_host_alone_and_no_script_reads_them(tmp_path):
    found = cookies_of(migrated(settings_for(tmp_path, base_url="https://a.test")))
    assert found.keys() == {"__Host-session", "__Host-device"}
    for attributes in found.values():
        said = {one.strip() for one in attributes.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= said
        assert not any(one.startswith("Domain") for one in said)


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/static/encuentro.css", "/healthz"])
def test_every_answer_tells_browsers_what_they_must_not_do_with_it(browse, path):
    headers = browse().get(path, buffered=True).headers
    policy = {one.strip() for one in headers["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert ("no-store" in headers.get("Cache-Control", "")) == (not path.startswith("/static/"))
    assert "Access-Control-Allow-Origin" not in headers


def test_methods_that_no_page_has_are_refused(browse):
    assert [browse().client.open("/sign-in", method=one).status_code for one in ("TRACE", "PUT", "DELETE")] == [405] * 3
