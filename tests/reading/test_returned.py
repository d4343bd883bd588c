"""Emails that come back, read: what they are, and why another email was not delivered. Nothing in them does any harm."""

import base64

import pytest

from app.reading.refusals import refusal
from app.reading.returned import LARGEST, Came, read_returned
from tests.reading.returned_letters import CASES, GONE_REPORT, SENT_TO, TO


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_emails_of_many_servers_are_read(case):
    found = read_returned(case.raw)
    cause = refusal(found.words, status=found.status, address=SENT_TO).cause.value if found.kind is Came.BOUNCE else ""
    assert (found.kind, cause) == (case.came, case.cause)


def test_the_address_that_an_email_returned_to_is_found_in_its_headers_or_in_what_it_encloses():
    enclosed = GONE_REPORT.replace(f"To: {TO}".encode(), b"To: postmaster@news.example.org", 1)
    for raw in (GONE_REPORT, enclosed):
        assert TO in read_returned(raw).addresses


def test_the_same_email_has_the_same_key_whatever_servers_add_on_its_way():
    first = read_returned(b"Received: from a\n" + GONE_REPORT).key
    assert read_returned(b"Received: from b\n" + GONE_REPORT).key == first
    assert read_returned(GONE_REPORT.replace(b"Message-ID: <", b"Message-ID: <x")).key != first


def nested(depth):
    top = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (one, one) for one in range(depth))
    return b"Subject: failure notice\nFrom: MAILER-DAEMON@x.example\n" + top


HOSTILE = {
    "nothing": b"",
    "zeros": b"\x00" * 1000,
    "no headers": b"hello",
    "only headers": b"Subject: " + b"a" * 100_000,
    "many headers": b"X: y\n" * 50_000,
    "deeply nested": nested(400),
    "many parts": b'Content-Type: multipart/report; boundary="b"\n\n' + b"--b\nContent-Type: message/delivery-status\n\nAction: failed\n\n" * 5_000,
    "many groups": GONE_REPORT.replace(b"Action:", b"Action: failed\n\n" * 5_000 + b"Action:"),
    "a long type": b"Content-Type: multipart/mixed" + b"; a=b" * 20_000 + b"\n\n",
    "a huge one": GONE_REPORT + b"y" * (3 * LARGEST),
    "encoded words": b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\n",
    "many addresses": b"From: " + b"a@b," * 20_000 + b"\n\n",
    "a wrong charset": GONE_REPORT.replace(b"charset=utf-8", b"charset=\xff\x00nothing"),
    "broken base64": b"From: MAILER-DAEMON@x\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-7\n\n+++=====" + b"A" * 100_001,
    "nothing but brackets": b"From: MAILER-DAEMON@x\nContent-Type: text/html\n\n" + b"<" * 200_000,
    "a message in a message": b"Content-Type: message/rfc822\n\n" * 500 + b"x",
    "a bomb": b"From: MAILER-DAEMON@x\nContent-Transfer-Encoding: base64\nContent-Type: application/gzip\n\n" + base64.b64encode(b"\x1f\x8b" + b"\x00" * 300_000),
}  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_nothing_breaks_the_reader(raw):
    found = read_returned(raw)
    assert len(found.words) <= 1000
    assert found.key


def test_a_report_before_a_large_email_is_read_although_the_rest_is_cut_off():
    found = read_returned(GONE_REPORT.replace(b"Text of the digest.", b"long line of a digest\n" * 100_000))
    assert (found.kind, found.status) == (Came.BOUNCE, "5.1.1")
