"""Signatures of emails, which an independent library verifies."""

import re

import dkim
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.campaigns import approvals, digests
from app.domain.mail import deliveries
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.letter import Letter
from app.mailer.dkim import ED25519_FILE, RSA_FILE, Signer, keys_of, make_key
from app.mailer.message import build
from app.mailer.template import with_doubled_dots, without_doubled_dots
from app.models.mail.deliveries import DeliveryKind

LIKE_THIS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Both keys, as they are read from their files."""
    folder = tmp_path_factory.mktemp("keys")
    for name in (RSA_FILE, ED25519_FILE):
        (folder / name).write_bytes(make_key(folder / name))

    class Settings:
        var_dir, mail_dkim_selector = folder, "encuentro"

    return keys_of(Settings)


@pytest.fixture(scope="module")
def signer(keys):
    """Signs with both."""
    return Signer("house.example", keys)


def verified(raw, keys):
    """Return for each key whether its signature is right."""
    records = {f"{key.selector}._domainkey.house.example.".encode(): key.record.encode() for key in keys}
    return [is_right(raw, number, records) for number in range(len(keys))]


def is_right(raw, number, records):
    try:
        return dkim.DKIM(raw).verify(idx=number, dnsfunc=lambda name, timeout=5: records.get(name))
    except dkim.ValidationError:
        return False


def as_stored(pieces):
    return without_doubled_dots(b"".join(pieces))


def message(text="Señal", **headers):
    letter = Letter("ana@example.org", "Acción", text, f"<p>{text}</p>", "es", headers=headers)
    return with_doubled_dots(build(letter, sender="Encuentro <e@house.example>", message_id="abc").as_bytes())


def test_both_signatures_are_right(signer, keys):
    pieces = signer.signed(message(**{"List-Unsubscribe": f"<https://house.example/{'x' * 200}>"}))
    assert len(pieces) == 3
    assert verified(as_stored(pieces), keys) == [True, True]
    assert max(len(line) for piece in pieces[:2] for line in piece.split(b"\r\n")) < 300


def test_without_a_key_an_email_is_left_as_it_is():
    raw = message()
    assert Signer("house.example", []).signed(raw) == [raw]


@pytest.mark.parametrize(
    "changed",
    [
        lambda raw: raw.replace(b"Se=C3=B1al", b"Se=C3=B1as", 1),
        lambda raw: re.sub(rb"Subject: .*", b"Subject: Other", raw),
        lambda raw: raw.replace(b"\r\nSubject:", b"\r\nSubject: Other\r\nSubject:", 1),
        lambda raw: raw.replace(b"\r\nFrom:", b"\r\nFrom: boss@house.example\r\nFrom:", 1),
        lambda raw: raw.replace(b"\r\nTo:", b"\r\nList-Unsubscribe: <https://other.example>\r\nTo:", 1),
    ],
)
def test_what_is_changed_or_added_is_noticed(signer, keys, changed):
    raw = as_stored(signer.signed(message()))
    assert changed(raw) != raw
    assert not any(verified(changed(raw), keys))


def test_white_space_that_a_server_changes_is_not_noticed(signer, keys):
    raw = as_stored(signer.signed(message()))
    head, end, body = raw.partition(b"\r\nFrom:")
    assert (
        verified(head + b"\r\nfrom:   " + body.replace(b"MIME-Version: 1.0", b"MIME-Version:\r\n 1.0", 1), keys)
        == [True] * 2
    )
    assert end


LINES = st.lists(st.sampled_from(["", " ", ".", "..", "a  b", "\ttab ", "text", ". dot", "=", "ñ"]), max_size=8)


@LIKE_THIS
@given(LINES, st.lists(st.tuples(LINES, LINES), min_size=3, max_size=4), LINES)
def test_bodies_that_have_most_in_common_are_signed_as_each_alone(keys, begin, parts, end):
    signer = Signer("house.example", keys[1:])
    for number, (one, other) in enumerate(parts):
        lines = [*begin, *one, f"line {number}", *other, *end]
        raw = b"From: e@house.example\r\nSubject: x\r\n\r\n" + "".join(f"{line}\r\n" for line in lines).encode()
        pieces = signer.signed(with_doubled_dots(raw), variant=1)
        assert as_stored(pieces[1:]) == raw
        assert verified(as_stored(pieces), keys[1:]) == [True]


def test_digests_and_other_emails_leave_signed(house, make, mail_server, tmp_path):
    (tmp_path / ED25519_FILE).write_bytes(make_key(tmp_path / ED25519_FILE))
    house.with_settings(mail_url=mail_server.url, var_dir=tmp_path, mail_from="Encuentro <e@house.example>")
    campaign = make.campaign()
    make.cite(make.article("Diplomacy of workers"), campaign)
    for _ in range(3):
        make.subscription(campaign)
    deliver_due()
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    deliveries.queue(DeliveryKind.INVITATION, user=make.user("Alice"), occasion="now", due_at=clock.now())
    db.session.commit()
    assert deliver_due() == 4
    keys = keys_of(house.app.config["SETTINGS"])
    assert [verified(raw, keys) for raw in mail_server.raw] == [[True]] * 4
    letter = next(one for one in mail_server.messages if one["List-Id"])
    assert letter["List-Id"] == f"<campaign-{campaign.id}.encuentro.test>"
    assert letter["Feedback-ID"] == f"{campaign.id}:campaign:digest:encuentro"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "feedback-id" in letter["DKIM-Signature"]
