"""Accounts, passwords and grants."""

import pytest

from app import tokens
from app.domain.accounts import accounts, passwords
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
    assert not passwords.password_matches(kept, "incorrect horse battery")
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


def test_a_new_password_ends_the_other_sessions(make):
    user = make.user()
    before = user.session_key
    accounts.set_password(user, "correct horse battery")
    assert user.session_key != before


def test_granting_a_role_twice_has_no_effect_and_a_revoked_grant_is_deleted(make):
    user, congress = make.user(), make.congress()
    given = make.grant(user, Role.ORGANIZER, congress=congress)
    assert make.grant(user, Role.ORGANIZER, congress=congress).id == given.id
    accounts.revoke(given)
    assert account_queries.held(user) == []


def test_the_last_admin_of_everything_cannot_be_removed(make):
    only = make.grant(make.user(), Role.ADMIN)
    with pytest.raises(DomainError):
        accounts.revoke(only)
    make.grant(make.user("Bob"), Role.ADMIN)
    accounts.revoke(only)
    assert only.revoked_at
