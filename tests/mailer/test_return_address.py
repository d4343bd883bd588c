"""Envelope senders that name their delivery (VERP)."""

import dataclasses
from email.utils import parseaddr

import pytest

from app.config import Config, SettingError
from app.mailer.return_address import LONGEST_LOCAL, ReturnAddresses
from app.setting_checks import LONGEST_BOUNCE_NAME, check_all_but_key

SETTINGS = Config(mail_bounce_address="bounces@news.example.org", secret_key="for tests only")
RETURNS = ReturnAddresses.of(SETTINGS)


def deliveries_in(text, returns=RETURNS):
    return [one.delivery_id for one in returns.named_in(text)]


def test_an_envelope_sender_names_its_delivery_whatever_servers_do_to_its_letters():
    sender = RETURNS.naming(4711, "rosa@example.org")
    assert deliveries_in(f"To: <{sender.upper()}>\nX: prvs=12ab={sender}") == [4711, 4711]


def test_it_fits_for_the_largest_number_and_the_longest_name():
    longest = dataclasses.replace(SETTINGS, mail_bounce_address=f"{'b' * LONGEST_BOUNCE_NAME}@example.org")
    check_all_but_key(longest, {})
    returns = ReturnAddresses.of(longest)
    sender = returns.naming(2**40 - 1, "rosa@example.org")
    assert len(sender.partition("@")[0]) == LONGEST_LOCAL
    assert deliveries_in(sender, returns) == [2**40 - 1]
    with pytest.raises(SettingError):
        check_all_but_key(dataclasses.replace(longest, mail_bounce_address=f"b{longest.mail_bounce_address}"), {})


@pytest.mark.parametrize("place", [0, 9, 20, 31])
def test_nobody_can_make_one_up_or_change_one(place):
    local, _at, domain = RETURNS.naming(4711, "rosa@example.org").partition("@")
    name, token = local.split("+")
    changed = token[:place] + ("a" if token[place] != "a" else "b") + token[place + 1 :]
    other = ReturnAddresses.of(dataclasses.replace(SETTINGS, secret_key="another"))
    assert deliveries_in(f"{name}+{changed}@{domain}") == []
    assert deliveries_in(other.naming(4711, "rosa@example.org")) == []
    assert deliveries_in(f"{local}@{domain}.evil.example") == []


def test_it_knows_which_address_the_email_was_sent_to():
    (named,) = RETURNS.named_in(RETURNS.naming(7, "rosa@example.org"))
    assert RETURNS.was_sent_to(named, "rosa@example.org")
    assert not RETURNS.was_sent_to(named, "rosa@new.example.org")


def test_without_an_address_for_bounces_all_emails_have_the_same_sender():
    settings = Config(mail_from="Casa <casa@example.org>", secret_key="for tests only")
    returns = ReturnAddresses.of(settings)
    assert returns.naming(7, "rosa@example.org") == parseaddr(settings.mail_from)[1]
    assert deliveries_in(RETURNS.naming(7, "rosa@example.org"), returns) == []


def test_settings_about_bounces_without_an_address_are_refused():
    for name, value in {"mail_bounce_url": "maildir:/var/mail/bounces", "mail_bounce_secret": "x" * 32}.items():
        with pytest.raises(SettingError, match="MAIL_BOUNCE_ADDRESS"):
            check_all_but_key(Config(**{name: value}), {})
    with pytest.raises(SettingError, match="whole path"):
        check_all_but_key(dataclasses.replace(SETTINGS, mail_bounce_url="maildir:bounces"), {})
