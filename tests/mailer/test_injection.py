"""Nothing that somebody typed becomes a command or a header of its own."""

from email import message_from_bytes
from email.utils import parseaddr

from hypothesis import assume, given
from hypothesis import strategies as st

from app.letter import Letter
from app.mailer import Envelope, Refused, Relay
from app.mailer.conversation import Conversation
from app.mailer.message import build
from app.mailer.template import with_doubled_dots, without_doubled_dots

BAD = st.sampled_from(
    [
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\x0b",
        "\x1c",
        "\x85",
        "\u2028",
        "\r\n.\r\n",
        "\r\nBcc: x@y.example\r\n",
        ">",
        " ",
        "<",
        "=?",
        "é",
    ]
)
TYPED = st.lists(
    st.one_of(BAD, st.text(max_size=5), st.sampled_from(["ana", "@", "example.org", "RCPT TO:<x@y.example>"])),
    max_size=6,
).map("".join)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Given",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


@given(TYPED, TYPED, TYPED, TYPED)
def test_a_message_has_the_headers_that_were_meant_and_no_other(subject, name, given_value, text):
    letter = Letter("ana@example.org", subject, text, f"<p>{text}</p>", "es", headers={"X-Given": given_value})
    sender = f'"{name.replace(chr(34), "")}" <e@house.example>'
    assume(parseaddr(sender)[1] == "e@house.example")  # as settings are checked
    raw = build(letter, sender=sender, message_id="abc").as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].decode()
    assert sorted(line.partition(":")[0] for line in head.split("\r\n") if line[0] not in " \t") == sorted(HEADERS)
    assert "\r" not in head.replace("\r\n", "")
    assert "\n" not in head.replace("\r\n", "")
    assert "\0" not in head
    assert [part.get_content_type() for part in message_from_bytes(raw).walk()][1:] == ["text/plain", "text/html"]


@given(TYPED)
def test_an_address_is_refused_or_stays_one_address(typed):
    try:
        message = build(Letter(typed, "x", "x", "x", "es"), sender="e@house.example", message_id="abc")
    except Refused:
        return
    head = message.as_bytes().partition(b"\r\n\r\n")[0]
    assert len([line for line in head.split(b"\r\n") if line.startswith(b"To:")]) == 1
    assert_one_recipient("e@house.example", message["To"])


@given(TYPED, TYPED)
def test_an_envelope_is_refused_or_has_one_sender_and_one_recipient(sender, recipient):
    try:
        Envelope(1, sender, recipient, [])
    except ValueError:
        return
    assert_one_recipient(sender, recipient)


def assert_one_recipient(sender, recipient):
    emails = iter([Envelope(1, sender, recipient, [b"Subject: x\r\n\r\n"])])
    talk = Conversation(Relay.of("smtp://127.0.0.1"), lambda: next(emails, None))
    talk.received(b"220 here\r\n")
    talk.received(b"250-here\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n")
    said = b"".join(talk.outgoing).split(b"\r\n")
    assert len(said) == 5  # EHLO, MAIL, RCPT, DATA, and nothing after the last line end
    assert said[2] == f"RCPT TO:<{recipient}>".encode()
    assert not {b"\r", b"\n"} & {bytes([one]) for line in said for one in line}


@given(TYPED)
def test_no_line_of_an_email_ends_it(text):
    raw = b"Subject: x\r\n\r\n" + text.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"
    sent = with_doubled_dots(raw)
    assert b"\r\n.\r\n" not in sent
    assert without_doubled_dots(sent) == raw
