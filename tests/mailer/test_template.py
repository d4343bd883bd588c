"""Messages that are encoded once for many recipients."""

from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letter import Letter
from app.mailer.message import build, template_of

UNSUBSCRIBE = "https://unsubscribe.invalid/"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t.= "), max_size=200)
URLS = st.text("abcXYZ019./=?&-_~.", max_size=200).map("https://house.example/".__add__)


def letter(text, address="slot@recipient.invalid", **changes):
    about = {"subject": "Señal", "language": "es", "headers": {"List-Unsubscribe": f"<{UNSUBSCRIBE}>"}} | changes
    return Letter(address=address, text=text, html=f"<p>{text}</p>", **about)


def undoubled(raw):
    return (
        raw.removeprefix(b".").replace(b"\r\n..", b"\r\n.")
        if raw.startswith(b".")
        else raw.replace(b"\r\n..", b"\r\n.")
    )


def filled(made, **values):
    template = template_of(made, sender="Encuentro <e@house.example>", placeholders={"unsubscribe": UNSUBSCRIBE})
    return template.filled({"recipient": "ana@example.org", "message_id": "abc", **values})


@given(st.lists(TEXTS, min_size=1, max_size=4), URLS)
def test_a_filled_template_says_what_a_message_built_for_the_recipient_says(texts, url):
    raw = filled(letter(UNSUBSCRIBE.join(texts)), unsubscribe=url)
    got = message_from_bytes(undoubled(raw), policy=default)
    headers = {"List-Unsubscribe": f"<{url}>"}
    alone = build(
        letter(url.join(texts), "ana@example.org", headers=headers),
        sender="Encuentro <e@house.example>",
        message_id="abc",
    )
    expected = message_from_bytes(alone.as_bytes(), policy=default)
    assert [got[name] for name in ("From", "To", "Subject", "Message-ID", "List-Unsubscribe", "Content-Language")] == [
        expected[name] for name in ("From", "To", "Subject", "Message-ID", "List-Unsubscribe", "Content-Language")
    ]
    assert [part.get_payload(decode=True) for part in got.iter_parts()] == [
        part.get_payload(decode=True) for part in expected.iter_parts()
    ]


@given(st.lists(TEXTS, min_size=1, max_size=4), URLS)
def test_no_line_of_a_message_is_too_long_or_ends_it_or_needs_more_than_seven_bits(texts, url):
    raw = filled(letter(UNSUBSCRIBE.join(texts)), unsubscribe=url)
    lines = raw.split(b"\r\n")
    head, bodies = lines[: lines.index(b"")], lines[lines.index(b"") :]
    assert max(map(len, bodies)) <= 77  # with a doubled dot
    assert max(map(len, head)) <= 998
    assert b"." not in lines
    assert not any(line.startswith(b".") and not line.startswith(b"..") for line in lines)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("value", ["a\r\nBcc: everybody@example.org", "a\nb", "señal"])
def test_a_value_that_would_be_more_than_part_of_a_header_is_an_error(value):
    with pytest.raises(ValueError, match="does not belong there"):
        filled(letter("x"), unsubscribe=value)
