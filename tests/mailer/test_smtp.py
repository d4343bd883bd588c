"""Letters on a real wire."""

import pytest

from app import mailer
from app.letter import Letter
from app.mailer import Refused, Unreachable
from app.mailer.message import build
from tests.mailserver import free_port

TITLE = "Acción: O'Brien y José\nBcc: everybody@example.org"


def message(address="ana@example.org", **changes):
    letter = Letter(
        **{"address": address, "subject": TITLE, "text": "Señal", "html": "<p>Señal</p>", "language": "es"} | changes
    )
    return build(letter, sender="Encuentro <e@house.example>", message_id="abc")


def test_a_letter_has_two_parts_and_keeps_its_name(mail_server):
    mailer.send(message(), mail_server.url)
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
def test_a_4xx_answer_is_not_final(mail_server, code):
    mail_server.on_rcpt = lambda _address: code
    with pytest.raises(Unreachable, match=code[:3]):
        mailer.send(message(), mail_server.url)


def test_a_5xx_answer_about_the_recipient_is_final(mail_server):
    mail_server.on_rcpt = lambda _address: "550 no such user"
    with pytest.raises(Refused, match="550"):
        mailer.send(message(), mail_server.url)


def test_a_5xx_answer_about_the_letter_is_final(mail_server):
    mail_server.on_data = lambda _count: "554 not wanted"
    with pytest.raises(Refused, match="554"):
        mailer.send(message(), mail_server.url)


def test_a_server_that_is_not_there_can_be_tried_again(mail_server):
    with pytest.raises(Unreachable, match="ConnectionRefused"):
        mailer.send(message(), f"smtp://127.0.0.1:{free_port()}")


def test_trouble_with_the_account_is_not_the_letters_fault(mail_server):
    with pytest.raises(Unreachable):
        mailer.send(message(), mail_server.url.replace("smtp://", "smtp://user:word@"))
