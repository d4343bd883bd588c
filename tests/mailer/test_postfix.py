"""Emails that a real Postfix takes, over TLS."""

import socket
from email import message_from_bytes
from email.policy import default

import dkim
import pytest

from app.letter import Letter
from app.mailer import Envelope, Pump, Relay, Verdict
from app.mailer.dkim import ED25519_FILE, RSA_FILE, Signer, keys_of, make_key
from app.mailer.message import build
from app.mailer.template import with_doubled_dots
from tests import postfix
from tests.certificates import Authority

pytestmark = pytest.mark.skipif(not postfix.is_here(), reason="Postfix is not installed, or may not be started")
HOST = "mail.example.org"


@pytest.fixture(scope="module")
def folder():
    """Where its files are."""
    with postfix.short_folder() as made:
        yield made


@pytest.fixture(scope="module")
def authority(folder):
    """Vouches for the server's certificate."""
    return Authority(folder)


@pytest.fixture(scope="module")
def server(folder, authority):
    """The server."""
    authority.context_for(HOST)
    encrypts = {
        "smtpd_tls_chain_files": folder / f"{HOST}.pem", "smtpd_tls_security_level": "encrypt",
        "smtpd_tls_received_header": "yes", "smtpd_relay_restrictions": "reject_unauth_destination",
    }  # fmt: skip
    with postfix.Postfix(folder / "postfix", "example.org", **encrypts) as started:
        yield started


@pytest.fixture
def url(server, authority, monkeypatch):
    """Its address under the name of another machine, so that it has to encrypt."""
    resolved = socket.getaddrinfo
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: resolved(host.replace(HOST, "127.0.0.1"), *rest, **more)
    )
    return f"smtp://{HOST}:{server.port}"


def test_postfix_takes_signed_emails_over_tls_and_stores_what_was_signed(server, url, folder):
    for name in (RSA_FILE, ED25519_FILE):
        (folder / name).write_bytes(make_key(folder / name))

    class Settings:
        var_dir, mail_dkim_selector = folder, "encuentro"

    keys = keys_of(Settings)
    signer, emails = Signer("house.example", keys), []
    addresses = [f"m{number}@example.org" for number in range(30)] + ["josé@example.org"]
    text = ".\n..\nA line.\n.hidden\n" + "ñ" * 900 + "\nspaces  \n\n\n"
    for number, address in enumerate(addresses):
        letter = Letter(address, "Acción", text + str(number), f"<p>{text}{number}</p>", "es")
        raw = build(letter, sender="Encuentro <e@house.example>", message_id=f"abc{number}").as_bytes()
        emails.append(Envelope(number, "e@house.example", address, signer.signed(with_doubled_dots(raw))))
    pump, results = Pump(Relay.of(url), connections=4), []
    left = pump.send(
        iter([*emails, Envelope(99, "e@house.example", "x@other.example", [b"Subject: x\r\n\r\n"])]), results.extend
    )
    pump.close()
    verdicts = {email.key: outcome.verdict for email, outcome in results}
    assert (left, pump.trouble) == ([], "")
    assert verdicts == dict.fromkeys(range(len(addresses)), Verdict.SENT) | {99: Verdict.NEVER}
    stored = server.taken(len(addresses))
    records = {f"{key.selector}._domainkey.house.example.".encode(): key.record.encode() for key in keys}
    for raw in stored:
        message = message_from_bytes(raw, policy=default)
        assert message.get_body(("plain",)).get_content().replace("\r\n", "\n").startswith(text)
        assert b"(using TLSv1.3" in raw
        for number in range(2):
            assert dkim.DKIM(raw).verify(idx=number, dnsfunc=lambda name, timeout=5: records.get(name))
