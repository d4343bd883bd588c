"""Whether the recipient or the sender is why an email was refused, by the words of servers."""

import pytest

from app.reading.refusals import Cause, refusal


@pytest.mark.parametrize(
    ("words", "cause", "code"),
    [
        ("550 5.1.1 <rosa@example.net>: Recipient address rejected: User unknown", Cause.HARD, "5.1.1"),
        ("550 No such user here", Cause.HARD, None),
        ("554 5.7.1 <rosa@example.net>: Relay access denied", Cause.REFUSED, "5.7.1"),
        ("550 5.7.1 user unknown or your server has a bad reputation", Cause.REFUSED, "5.7.1"),
        ("552 5.2.2 mailbox full", Cause.SOFT, "5.2.2"),
        ("552 5.3.4 Message size exceeds fixed limit", Cause.REFUSED, "5.3.4"),
        ("550 5.1.8 sender domain does not resolve", Cause.REFUSED, "5.1.8"),
        ("451 4.7.1 please try again later", Cause.REFUSED, "4.7.1"),
        ("452 4.2.2 over quota", Cause.SOFT, "4.2.2"),
        ("554 no", Cause.REFUSED, None),
        ("550 something nobody has seen before", Cause.SOFT, None),
        ("host mx.example.net[192.0.2.1] said: 550-5.1.1 The account that you tried to reach does not exist", Cause.HARD, "5.1.1"),
    ],
)  # fmt: skip
def test_the_codes_and_the_words_of_a_server_say_whose_fault_it_is(words, cause, code):
    judged = refusal(words)
    assert (judged.cause, judged.code) == (cause, code)


def test_no_address_is_left_in_the_words():
    said = "550 5.1.1 <rosa.luz@example.net>: user Rosa.Luz unknown; see https://example.net/?e=rosa.luz%40example.net"
    words = refusal(said, address="rosa.luz@example.net").words
    assert "rosa" not in words.lower()
    assert "unknown" in words


def test_words_of_any_length_and_kind_are_read():
    judged = refusal("550 " + "\x00\x1b[31m" + "a@" * 100_000)
    assert judged.cause is Cause.SOFT
    assert len(judged.words) <= 200
