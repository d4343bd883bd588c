"""Emails over a real SMTP connection."""

import base64
import quopri
import re
import socket
import ssl
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest
from aiosmtpd.smtp import AuthResult

from app import clock
from app.letter import Letter
from app.mailer import Envelope, Pump, Refused, Relay, Unreachable, Verdict
from app.mailer.encryption import encryption_of
from app.mailer.message import build
from app.mailer.template import with_doubled_dots
from tests.certificates import Authority
from tests.mailserver import MailServer, free_port

TITLE = "Acción: O'Brien y José\nBcc: everybody@example.org"


@pytest.fixture
def utf8_server(mail_server):
    """A server that accepts UTF-8 addresses."""
    with MailServer(enable_SMTPUTF8=True) as server:
        yield server


def message(address="ana@example.org", **changes):
    letter = Letter(
        **{"address": address, "subject": TITLE, "text": "Señal", "html": "<p>Señal</p>", "language": "es"} | changes
    )
    return build(letter, sender="Encuentro <e@house.example>", message_id="abc")


def send(made, url):
    """Send one message, and raise what its outcome says."""
    envelope = Envelope(1, "e@house.example", made["To"], [with_doubled_dots(made.as_bytes())])
    pump, results = Pump(Relay.of(url), connections=1), []
    pump.send(iter([envelope]), results.extend)
    pump.close()
    if pump.trouble:
        raise Unreachable(pump.trouble)
    ((_envelope, outcome),) = results
    if outcome.verdict is Verdict.NEVER:
        raise Refused(outcome.words)
    if outcome.verdict is not Verdict.SENT:
        raise Unreachable(outcome.words)


def test_an_email_has_two_parts_and_keeps_its_message_id(mail_server):
    send(message(), mail_server.url)
    (got,) = mail_server.messages
    assert got["Message-ID"] == "<abc@house.example>"
    assert got["Subject"] == "Acción: O'Brien y José Bcc: everybody@example.org"
    assert got["Bcc"] is None
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert got.get_body(("plain",)).get_content().strip() == "Señal"


def test_no_header_is_folded():
    url = f"<https://house.example/{'x' * 300}>"
    raw = message(headers={"List-Unsubscribe": url}).as_bytes()
    assert f"List-Unsubscribe: {url}\r\n".encode() in raw


@pytest.mark.parametrize("code", ["450 greylisted", "451 later", "452 full", "421 closing"])
def test_a_4xx_response_is_temporary(mail_server, code):
    mail_server.on_rcpt = lambda _address: code
    with pytest.raises(Unreachable, match=code[:3]):
        send(message(), mail_server.url)


def test_a_5xx_response_about_the_recipient_is_permanent(mail_server):
    mail_server.on_rcpt = lambda _address: "550 no such user"
    with pytest.raises(Refused, match="550"):
        send(message(), mail_server.url)


def test_a_5xx_response_about_the_email_is_permanent(mail_server):
    mail_server.on_data = lambda _count: "554 not wanted"
    with pytest.raises(Refused, match="554"):
        send(message(), mail_server.url)


def test_an_unreachable_server_is_a_temporary_failure(mail_server):
    with pytest.raises(Unreachable, match="ConnectionRefused"):
        send(message(), f"smtp://127.0.0.1:{free_port()}")


def test_an_authentication_error_is_not_a_failure_of_the_email(mail_server):
    with pytest.raises(Unreachable):
        send(message(), mail_server.url.replace("smtp://", "smtp://user:word@"))


REMOTE = "mail.example.org"


@pytest.fixture
def remote(monkeypatch, tmp_path):
    """Start servers on this machine under a name of another one; its certificates are vouched for by an authority."""
    authority, started = Authority(tmp_path), []
    resolved = socket.getaddrinfo
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: resolved(host.replace(REMOTE, "127.0.0.1"), *rest, **more)
    )

    def remote(certified=None, **options):
        if certified:
            options |= {"tls_context": authority.context_for(certified), "require_starttls": True}
        server = MailServer(**options)
        started.append(server)
        server.__enter__()
        server.tls_context = options.get("tls_context")
        server.address = server.url.replace("127.0.0.1", REMOTE)
        return server

    yield remote
    for server in started:
        server.__exit__()


def test_a_remote_server_has_to_encrypt(mail_server, remote):
    plain = remote()
    with pytest.raises(Unreachable, match=r"offers no encryption .*so nothing was sent"):
        send(message(), plain.address)
    assert plain.messages == []
    send(message(), f"{plain.address}?tls=optional")
    send(message(), plain.url)
    assert len(plain.messages) == 2


@pytest.mark.parametrize("suffix", ["", "?tls=optional"])
def test_a_remote_server_that_encrypts_gets_the_email_over_tls(mail_server, remote, suffix):
    secured = remote(REMOTE)
    send(message(), secured.address + suffix)
    assert len(secured.messages) == 1
    assert secured.encrypted == [True]


def test_the_next_connection_to_a_relay_resumes_the_encrypted_session(mail_server, remote):
    secured = remote(REMOTE)
    relay = Relay.of(secured.address)
    for _ in range(2):
        pump = Pump(relay, connections=1)
        pump.send(iter([Envelope(1, "e@house.example", "ana@example.org", [b"Subject: x\r\n\r\n"])]), lambda _: None)
        pump.close()
    assert secured.encrypted == [True, True]
    assert secured.tls_context.session_stats()["hits"] == 1


@pytest.mark.parametrize("suffix", ["", "?tls=optional"])
def test_a_remote_server_with_the_certificate_of_another_gets_nothing(mail_server, remote, suffix):
    other = remote("other.example.org")
    with pytest.raises(Unreachable, match="certificate verify failed"):
        send(message(), other.address + suffix)
    assert other.messages == []


def test_a_password_is_never_sent_to_a_remote_server_without_encryption(mail_server, remote):
    plain = remote(auth_require_tls=False, authenticator=lambda *_: pytest.fail("the password was sent"))
    with pytest.raises(Unreachable, match="the password was not sent"):
        send(message(), plain.address.replace("smtp://", "smtp://user:word@") + "?tls=optional")


def test_how_a_relay_encrypts_is_told_without_sending_anything(mail_server, remote):
    good, other = remote(REMOTE), remote("other.example.org")
    found = encryption_of(Relay.of(good.address))
    assert found.version == "TLSv1.3"
    assert timedelta(hours=20) < found.ends_at - clock.now() < timedelta(hours=25)
    with pytest.raises(ssl.SSLCertVerificationError):
        encryption_of(Relay.of(other.address))
    assert encryption_of(Relay.of(mail_server.url)).version == ""
    with pytest.raises(OSError, match="refused"):
        encryption_of(Relay.of(f"smtp://127.0.0.1:{free_port()}"))
    assert good.messages == other.messages == mail_server.messages == []


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_a_password_is_sent_over_an_encrypted_connection(mail_server, remote, way):
    asked = []

    def check(_server, _session, _envelope, mechanism, data):
        asked.append((mechanism, data.login, data.password))
        return AuthResult(success=data.password == b"w@rd", handled=False)

    other = {"PLAIN": "LOGIN", "LOGIN": "PLAIN"}[way]
    secured = remote(REMOTE, authenticator=check, auth_required=True, auth_exclude_mechanism=[other])
    send(message(), secured.address.replace("smtp://", "smtp://ana%40house.example:w%40rd@"))
    assert asked == [(way, b"ana@house.example", b"w@rd")]
    with pytest.raises(Unreachable, match="535"):
        send(message(), secured.address.replace("smtp://", "smtp://ana:wrong@"))
    assert secured.encrypted == [True]


def test_a_relay_may_encrypt_from_the_beginning_and_have_a_literal_address(monkeypatch, tmp_path):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    with MailServer(hostname="::1", ssl_context=authority.context_for("::1")) as server:
        send(message(), f"smtps://[::1]:{server.port}")
        assert len(server.messages) == 1
        assert Relay.of(f"smtps://[::1]:{server.port}").name == f"::1:{server.port}"


def test_every_line_of_an_email_is_plain_ascii_and_short(mail_server):
    raw = message(text="ñ" * 3000, html=f"<p>{'é' * 3000}</p>").as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


SUBJECTS = [
    "Huelga general: la dirección dice que no habrá señal de diálogo hasta que se reúnan las organizaciones en Bogotá",
    "日本語の長い見出し" * 12,
    "👩‍👩‍👧 " * 30,
    "á" * 300,
    "Plain, then señal",
    "=?utf-8?q?Bcc:_everybody?= is shown as it was typed",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_encoded_words_have_at_most_75_characters_and_do_not_split_a_character(subject):
    raw = message(subject=subject).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    words = re.findall(r"=\?utf-8\?([bq])\?(\S*)\?=", head)
    assert words
    assert max(len(word) for word in re.findall(r"=\?\S+\?=", head)) <= 75
    assert max(len(line) for line in head.split("\r\n") if "=?" in line) <= 76
    for kind, packed in words:
        unpacked = base64.b64decode(packed) if kind == "b" else quopri.decodestring(packed.replace("_", " "))
        assert unpacked.decode()
    subject = " ".join(subject.split())
    assert str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == subject
    assert message_from_bytes(raw, policy=default)["Subject"] == subject


def test_encoded_words_in_a_long_sender_name_have_at_most_75_characters_too():
    name = "Coordinación internacional de solidaridad con las trabajadoras y los trabajadores de América"
    letter = Letter(address="ana@example.org", subject="x", text="x", html="x", language="es")
    raw = build(letter, sender=f"{name} <e@münchen.de>", message_id="abc").as_bytes()
    words = re.findall(rb"=\?\S+\?=", raw)
    assert len(words) > 1
    assert max(map(len, words)) <= 75
    shown, address = parseaddr(message_from_bytes(raw)["From"].replace("\r\n", ""))
    assert str(make_header(decode_header(shown))) == name
    assert address == "e@xn--mnchen-3ya.de"


def test_a_unicode_domain_is_encoded_for_every_server(mail_server):
    mail_server.on_rcpt = lambda address: None if address == "ana@xn--mnchen-3ya.de" else "553 what is this?"
    send(message("ana@münchen.de"), mail_server.url)
    (got,) = mail_server.messages
    assert got["To"] == "ana@xn--mnchen-3ya.de"


def test_a_non_ascii_local_part_is_sent_to_a_server_with_smtputf8(utf8_server):
    send(message("josé@münchen.de"), utf8_server.url)
    (got,) = utf8_server.messages
    assert got["To"] == "josé@xn--mnchen-3ya.de"
    assert got["Subject"] == "Acción: O'Brien y José Bcc: everybody@example.org"


def test_a_non_ascii_local_part_fails_at_once_without_smtputf8(mail_server):
    with pytest.raises(Refused, match="SMTPUTF8"):
        send(message("josé@example.org"), mail_server.url)


@pytest.mark.parametrize(
    "address", ["ana luz@example.org", "ana..luz@example.org", f"{'a' * 65}@example.org", "call her"]
)
def test_an_address_that_no_server_accepts_fails_without_a_connection(address):
    with pytest.raises(Refused):
        message(address)
