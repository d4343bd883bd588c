"""What providers post about emails, and what others could post instead."""

import json

import pytest

from app.reading.provider_events import LARGEST, read_events
from app.reading.refusals import refusal
from tests.reading.provider_posts import NOTHING, POSTS, filled

TO = "rosa@example.org"


@pytest.mark.parametrize("name", sorted(POSTS))
def test_bounces_and_complaints_of_all_providers_are_read(name):
    post, cause = POSTS[name]
    [event] = read_events(filled(post, sender="bounces+token@example.org", message_id="abc"))
    found = event.kind.value
    if found == "bounce":
        found = refusal(event.words, status=event.status, address=TO).cause.value
    assert (found, event.recipient) == (cause, TO)
    assert event.addresses or event.message_id == "abc" or name.startswith("postmark")


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_what_is_neither_has_no_effect(name):
    assert read_events(filled(NOTHING[name])) == []


def test_events_that_come_together_are_told_apart_and_recognized_again():
    post = [json.loads(filled(POSTS["sendgrid, gone"][0], to=f"{name}@example.org"))[0] for name in "abc"]
    first, again = read_events(json.dumps(post).encode()), read_events(json.dumps(post[::-1]).encode())
    assert len({one.key for one in first}) == 3
    assert {one.key for one in first} == {one.key for one in again}


HOSTILE = [
    b"", b"\0", b"null", b"{}", b"[]", b"[[{}]]", b"1e999", b"{", b"\xff\xfe", b"[" * 400_000, b'{"a":' * 100_000,
    b'{"mail": {}, "notificationType": {"a": 1}}', b'{"event-data": {"event": ["failed"]}}', b'{"RecordType": 7}',
    b'{"event-data": {"event": "failed", "severity": "permanent", "reason": {}}}', b"9" * 5_000,
    b'{"event": NaN, "message-id": Infinity}', b'{"Type": "Notification", "Message": "{\\"mail\\": 1}"}',
    b'{"notificationType": "Bounce", "mail": {"source": []}, "bounce": {"bouncedRecipients": [1, null, [], "x"]}}',
    b'{"Type": "SubscriptionConfirmation", "SubscribeURL": "http://169.254.169.254/"}', b"{}" * LARGEST,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_strangers_make_up_is_read_without_an_error_and_has_no_effect(number):
    assert not read_events(HOSTILE[number])


def test_texts_are_short_and_on_one_line_and_can_be_stored():
    words = "550 5.1.1 \ud800\0\r\n" + "x" * 10_000
    post = {"event": "hard_bounce", "message-id": f"<{words}@example.org>", "email": words, "reason": words}
    [event] = read_events(json.dumps(post).encode())
    for text in (event.words, event.recipient, event.message_id, event.status):
        assert len(text) <= 600
        assert text.isprintable()
        text.encode()
    many = [{"event": "hard_bounce", "message-id": str(number), "email": "a@b.c"} for number in range(5_000)]
    assert len(read_events(json.dumps(many).encode())) == 1_000
