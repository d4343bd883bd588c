"""Email addresses in all the ways that people type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.email_addresses import MALFORMED, NO_DOMAIN, NO_MAILBOX, fault, normalized, on_the_wire, what_no_server_takes

AROUND = ["\u200b", "\ufeff", "\u200e", "\u200f", "\u00ad", "\u2060", "\u202a", "\u2066", "\u00a0", " ", "\t", "\r\n"]


@pytest.mark.parametrize(
    "typed",
    [
        "ana@münchen.de",
        "ana@xn--mnchen-3ya.de",
        "ANA@MÜNCHEN.DE",
        "ana@Xn--Mnchen-3YA.de",
        "ana@mu\u0308nchen.de",
        "ana@münchen。de",
        "ana＠ｍünchen.de",
    ],
)
def test_a_domain_in_unicode_and_in_punycode_is_the_same(typed):
    assert normalized(typed) == "ana@münchen.de"
    assert on_the_wire(typed) == "ana@xn--mnchen-3ya.de"


@pytest.mark.parametrize("invisible", AROUND, ids=[f"{ord(one[0]):04X}" for one in AROUND])
def test_invisible_characters_around_an_address_are_removed(invisible):
    assert normalized(f"{invisible}ana@example.org{invisible}") == "ana@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "an\u00ada@exam\u200bple.org",
        "mailto:ana@example.org",
        "MAILTO:Ana@Example.org?subject=Hello&body=x",
        "mailto:%61na@example.org",
        "mailto:\u200bana@example.org",
        "<ana@example.org>",
        "Ana Luz <ana@example.org>",
        '"Luz, Ana" <ana@example.org>;',
        "<mailto:ana@example.org>",
        "[mailto:ana@example.org]",
        "ana@example.org.",
        "ana@example.org,",
        "(ana@example.org)",
        "“ana@example.org”",
        "«ana@example.org»",
        "'ana@example.org'",
        "ana@example.org>",
    ],
)
def test_text_copied_along_with_an_address_is_removed(typed):
    assert normalized(typed) == "ana@example.org"
    assert fault(normalized(typed)) is None


@pytest.mark.parametrize(
    "address", ["o'brien@example.org", "ana+digest@example.org", "josé@example.org", "例@例子.公司"]
)
def test_characters_that_belong_to_an_address_are_kept(address):
    assert normalized(address) == address
    assert fault(address) is None


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ana", MALFORMED),
        ("@example.org", MALFORMED),
        ("ana@", MALFORMED),
        ("ana luz@example.org", NO_MAILBOX),
        ("ana..luz@example.org", NO_MAILBOX),
        (".ana@example.org", NO_MAILBOX),
        (f"{'a' * 65}@example.org", NO_MAILBOX),
        ("a@example.org, b@example.org", NO_MAILBOX),
        ("ana@exa mple.org", NO_DOMAIN),
        ("ana@ex_ample.org", NO_DOMAIN),
        ("ana@example", NO_DOMAIN),
        ("ana@" + "é" * 60 + ".org", NO_DOMAIN),
    ],
)
def test_the_message_names_the_wrong_part(address, sentence):
    assert fault(normalized(address)) == sentence


def test_a_local_server_can_be_used_although_forms_reject_its_name():
    assert what_no_server_takes("root@localhost") is None
    assert fault("root@localhost") == NO_DOMAIN


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.emails())
def test_a_normalized_address_is_unchanged(typed):
    once = normalized(typed)
    assert normalized(once) == once
    assert unicodedata.normalize("NFC", once) == once
