"""Accounts, passwords and grants."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from app import clock, tokens
from app.domain.accounts import accounts, notices, passwords
from app.domain.actions import losing_access
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter as Letter
from app.queries.accounts import accounts as account_queries


@pytest.mark.parametrize(
    "spelled", ["ANA@münchen.de", "ana@xn--mnchen-3ya.de", "mailto:ana@München.de.", "\u200bana@münchen.de"]
)
def test_an_address_in_any_spelling_has_one_account(make, spelled):
    user = make.user(email="ana@münchen.de")
    with pytest.raises(DomainError) as caught:
        make.user(email=spelled)
    assert caught.value.field == "email"
    assert account_queries.by_email(spelled) == user


def test_no_account_is_created_for_an_address_that_no_server_accepts(make):
    with pytest.raises(DomainError) as caught:
        make.user(email="ana..luz@example.org")
    assert caught.value.field == "email"


@pytest.mark.parametrize("password", ["short", "x" * 501])
def test_a_password_is_neither_too_short_nor_too_long(password):
    with pytest.raises(DomainError):
        passwords.hash_password(password)


def test_passwords_are_argon2id_and_match_only_themselves():
    kept = passwords.hash_password("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert passwords.password_matches(kept, "correct horse battery")
    for other in ("incorrect horse battery", "Correct horse battery", "correct horse battery ", "correct horse"):
        assert not passwords.password_matches(kept, other)
    assert not passwords.password_matches(None, "nobody has this password")


def test_an_invitation_link_sets_a_password_once(make):
    user = make.user()
    token = tokens.sign_password_link("secret", user)
    assert tokens.read_password_link("secret", token).id == user.id
    assert tokens.read_password_link("another secret", token) is None
    accounts.set_password(user, "correct horse battery")
    assert tokens.read_password_link("secret", token) is None


def test_an_invitation_is_emailed_to_the_new_account(make):
    accounts.create_user(email="new@example.org", name="New", locale="es", timezone="America/Lima")
    db.session.commit()
    deliver_due()
    assert "Encuentro" in db.session.query(Letter).one().subject


def test_granting_a_role_twice_has_no_effect_and_a_revoked_grant_is_deleted(make):
    user, congress = make.user(), make.congress()
    given = make.grant(user, Role.ORGANIZER, congress=congress)
    assert make.grant(user, Role.ORGANIZER, congress=congress).id == given.id
    losing_access.revoke(given)
    assert account_queries.held(user) == []


def test_the_last_admin_of_everything_cannot_be_removed(make):
    only = make.grant(make.user(), Role.ADMIN)
    with pytest.raises(DomainError):
        losing_access.revoke(only)
    make.grant(make.user("Bob"), Role.ADMIN)
    losing_access.revoke(only)
    assert only.revoked_at


@pytest.mark.parametrize(
    "password",
    [
        "1qaz2wsx3edc", "Password2026!!", "passwordpassword", "123456789012", "111111111111", "abababababab",
        "Alice Liddell 1", "encuentro2026", "alice@example.org", "aliceencuentro!",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused(password):
    with pytest.raises(DomainError) as caught:
        passwords.check(password, "Alice Liddell", "alice@example.org")
    assert caught.value.field == "password"


@pytest.mark.parametrize("password", ["correct horse battery", "Alice reads the news", "pan y rosas para todas"])
def test_a_phrase_is_a_good_password(password):
    passwords.check(password, "Alice Liddell", "alice@example.org")


def test_the_list_has_the_ten_thousand_most_common_passwords():
    assert len(passwords._common()) == 10_000


@pytest.mark.parametrize(("password", "valid_for"), [(None, timedelta(days=7)), ("pan y rosas", timedelta(hours=1))])
def test_an_invitation_works_for_a_week_and_a_link_to_change_the_password_for_an_hour(make, password, valid_for):
    user = make.user(password=password and password * 2)
    begun = clock.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("itsdangerous.timed.time.time", begun.timestamp)
        token = tokens.sign_password_link("secret", user)
        for later, works in ((valid_for, True), (valid_for + timedelta(seconds=2), False)):
            patch.setattr("itsdangerous.timed.time.time", lambda later=later: (begun + later).timestamp())
            assert (tokens.read_password_link("secret", token) is not None) == works


def letters_to(user):
    db.session.commit()
    deliver_due()
    found = db.session.query(Letter).filter_by(recipient=user.email).order_by(Letter.id).all()
    return [
        (one.subject, message_from_bytes(one.content, policy=default).get_body(("plain",)).get_content())
        for one in found
    ]


def test_a_changed_password_is_told_to_its_owner_and_the_first_one_is_not(make):
    user = make.user("Rosa")
    accounts.set_password(user, "pan y rosas para todas")
    assert letters_to(user) == []
    accounts.set_password(user, "rosas y pan para todas")
    [(subject, text)] = letters_to(user)
    assert subject == "Your password in Encuentro was changed"
    assert "http://encuentro.test/forgotten" in text
    assert "/password/" not in text
    assert "Rosa" not in text


def test_the_letter_about_a_new_device_names_it(make):
    user = make.user(locale="es")
    notices.new_device(user, make.session(user, "Firefox · Android"))
    [(subject, text)] = letters_to(user)
    assert subject == "Nuevo inicio de sesión en su cuenta de Encuentro"
    assert "Firefox · Android" in text
    assert "(Caracas)" in text
    assert "http://encuentro.test/account#devices" in text
