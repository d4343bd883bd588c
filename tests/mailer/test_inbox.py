"""Articles sent by email: to an account's own address, imported once, in any form of email."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlalchemy import select

from app import mail_in
from app.domain.actions import losing_access
from app.domain.press import intakes
from app.extensions import db
from app.jobs.press import receive_mail
from app.jobs.press.fetch_articles import fetch_due_articles
from app.jobs.press.receive_mail import receive_email, receive_unseen_mail
from app.mailer import Unreachable
from app.mailer.inbox import opened
from app.models.accounts.accounts import Role
from app.models.press.intakes import Intake, IntakeSource, IntakeStatus
from app.reading.articles import from_text
from app.reading.mail import LARGEST
from tests import press
from tests.imapserver import ImapServer
from tests.mailserver import free_port

PAGE = "https://paper.example.org/2026/strike"
SECRET = "for tests only"


@pytest.fixture
def alice(house, make):
    house.with_settings(mail_in_address="articles@example.org")
    alice = make.user("Alice")
    make.grant(alice, Role.ORGANIZER, campaign=make.campaign())
    return alice


@pytest.fixture
def imap(house):
    with ImapServer() as server:
        house.with_settings(mail_in_url=server.url)
        yield server


def address(user):
    return f"articles+{mail_in.sign_mail_in(SECRET, user.id)}@example.org"


def letter(user, text=f"See {PAGE}", *, to="To", number="1"):
    message = EmailMessage()
    message[to] = f"Encuentro <{address(user)}>" if not isinstance(user, str) else user
    message["From"] = "Alice <alice@example.org>"
    message["Subject"] = "Fwd: Strike"
    if number:
        message["Message-ID"] = f"<{number}@example.org>"
    message.set_content(text)
    return bytes(message)


def taken():
    return list(db.session.scalars(select(Intake).order_by(Intake.id)))


def test_an_email_with_an_address_waits_for_a_worker(alice):
    assert receive_email(letter(alice))
    (intake,) = taken()
    assert (intake.source, intake.status, intake.url) == (IntakeSource.MAIL, IntakeStatus.WAITING, PAGE)
    assert intake.created_by_id == alice.id
    assert intake.pasted is None


def test_a_long_email_is_the_article_and_needs_no_network(alice):
    forwarded = (
        f"---------- Forwarded message ---------\nFrom: Bea\nDate: Monday\nSubject: Strike\n\n{press.text()}\n\n{PAGE}"
    )
    assert receive_email(letter(alice, forwarded))
    assert fetch_due_articles() == 0
    (intake,) = taken()
    assert (intake.status, intake.url) == (IntakeStatus.READ, PAGE)
    reading = intakes.reading_of(intake)
    assert "18 drivers" in reading["text"]
    assert "Forwarded" not in reading["text"]
    assert (reading["in_language"], reading["url"]) == ("en", PAGE)


def test_a_short_email_without_an_address_is_shown_as_unreadable(alice):
    assert receive_email(letter(alice, "Have you seen it?"))
    (intake,) = taken()
    assert (intake.status, intake.failure, intake.pasted) == (IntakeStatus.FAILED, "no_article", "Have you seen it?")


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_recipient_is_found_in_every_header_in_any_case(alice, header):
    assert receive_email(letter(address(alice).upper(), to=header))
    assert taken()[0].created_by_id == alice.id


@pytest.mark.parametrize(
    "to",
    [
        "articles@example.org", "articles+@example.org", "articles+aaaaaaaaaaaaaaaaaaaaaaaa@example.org", "somebody@example.org",
        "articles+aaa@example.org", "{token}@example.org", "articles+{token}@example.org.elsewhere.example.net",
        "articles+{token}@elsewhere.example.org", "articles+{other}@example.org", "",
    ],
)  # fmt: skip
def test_an_email_to_an_unknown_recipient_is_discarded(alice, to):
    other = mail_in.sign_mail_in("another secret", alice.id)
    to = to.format(token=mail_in.sign_mail_in(SECRET, alice.id), other=other)
    assert not receive_email(letter(to))
    assert taken() == []


def test_an_email_to_a_closed_account_or_without_permission_is_discarded(make, alice):
    member, nobody = make.user("Member"), make.user("Nobody")
    make.grant(member, Role.MEMBER)
    losing_access.deactivate(alice)
    db.session.commit()
    assert not any(receive_email(letter(user)) for user in (alice, member, nobody))
    assert taken() == []


def test_without_the_setting_no_email_is_accepted(house, alice):
    house.with_settings(mail_in_address="")
    assert not receive_email(letter(alice))


def test_the_same_email_to_the_same_account_is_imported_once(make, alice):
    bea = make.user("Bea")
    make.grant(bea, Role.ADMIN)
    for raw in (letter(alice), letter(alice), letter(alice, number="2"), letter(bea), letter(alice, number="")):
        assert receive_email(raw)
    assert receive_email(letter(alice, number=""))
    assert len(taken()) == 4


def test_characters_that_no_database_stores_do_not_stop_an_email(alice):
    raw = (
        b"To: "
        + address(alice).encode()
        + b"\nContent-Type: text/plain; charset=utf-8\n\nA \x00 \xed\xa0\x80 \xff word\n"
    )
    assert receive_email(raw)
    assert "word" in taken()[0].pasted


def test_the_logs_contain_no_personal_data(alice, caplog):
    with caplog.at_level("INFO"):
        receive_email(letter(alice))
        receive_email(letter("somebody@example.org"))
    assert not re.search(r"@|alice|strike", caplog.text, re.IGNORECASE)


def test_the_mailbox_is_processed_one_email_at_a_time(alice, imap):
    imap.put(letter(alice))
    imap.put(letter("somebody@example.org"))
    imap.put(letter(alice, press.text(), number="2"))
    assert receive_unseen_mail() == 2
    assert imap.seen == {1, 2, 3}
    assert receive_unseen_mail() == 0
    assert [intake.status for intake in taken()] == [IntakeStatus.WAITING, IntakeStatus.READ]
    assert not [command for command in imap.commands if "FETCH" in command and "PEEK" not in command]


def test_a_process_killed_between_storing_and_marking_imports_the_email_once(alice, imap):
    imap.put(letter(alice))

    def die(command):
        if "STORE" in command:
            raise ConnectionError

    imap.on_command = die
    receive_unseen_mail()
    assert imap.seen == set()
    imap.on_command = lambda _command: None
    receive_unseen_mail()
    assert imap.seen == {1}
    assert len(taken()) == 1


def test_an_email_is_marked_only_after_it_is_stored(alice, imap, monkeypatch):
    imap.put(letter(alice))
    imap.put(letter(alice, number="2"))

    def fail(mail, *_args):
        if mail.url:
            raise RuntimeError("boom")

    with monkeypatch.context() as broken:
        broken.setattr(receive_mail, "_bring", fail)
        assert receive_unseen_mail() == 0
    assert imap.seen == set()
    assert receive_unseen_mail() == 2


def test_no_transaction_is_open_while_the_mailbox_is_read(alice, imap):
    imap.put(letter(alice))
    imap.put(letter(alice, number="2"))
    session, held = db.session(), []
    imap.on_command = lambda _command: held.append(session.in_transaction())
    receive_unseen_mail()
    assert len(held) > 5
    assert not any(held)


def test_only_part_of_a_large_email_is_fetched_and_its_sender_is_notified(alice, imap):
    imap.put(letter(alice) + b"x" * LARGEST)
    imap.put(letter("somebody@example.org") + b"x" * LARGEST)
    assert receive_unseen_mail() == 1
    assert imap.seen == {1, 2}
    (intake,) = taken()
    assert (intake.status, intake.failure, intake.pasted) == (IntakeStatus.FAILED, "large_letter", "")


def attached(user, *letters):
    """Return an email to an account with others attached."""
    message = message_from_bytes(letter(user, "Please keep this between us."), policy=default)
    for text in letters:
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "Bea <bea@example.net>", "Strike"
        inner.set_content(text)
        message.add_attachment(inner)
    return bytes(message)


def test_attached_emails_are_separate_articles_and_imported_once(alice):
    raw = attached(alice, press.text(), f"See {PAGE}")
    assert receive_email(raw)
    assert receive_email(raw)
    read, named = taken()
    assert (read.status, named.status, named.url) == (IntakeStatus.READ, IntakeStatus.WAITING, PAGE)
    assert "18 drivers" in intakes.reading_of(read)["text"]
    assert "between us" not in f"{read.pasted}{named.pasted}"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("application/ms-tnef", b"\x78\x9f\x3e\x22"), ("application/vnd.ms-outlook", b"\xd0\xcf\x11\xe0"), ("text/plain", b"  "),
        ("image/png", b"\x89PNG"), ("message/rfc822", b""), ("multipart/mixed; boundary=b", b"--b"), ("text/html", b"<img src=x>"),
        ("text/plain" + "; a=b" * 1000, b"Hello"), ("multipart/mixed; boundary=b", b"--b\n" * 2000),
    ],
)  # fmt: skip
def test_an_unreadable_email_is_shown_to_its_sender(alice, kind, payload):
    head = f"To: {address(alice)}\nMessage-ID: <1@example.org>\nContent-Type: {kind}\n\n"
    assert receive_email(head.encode() + payload)
    (intake,) = taken()
    assert (intake.status, intake.failure) == (IntakeStatus.FAILED, "nothing_read")
    assert intake.created_by_id == alice.id


def test_the_text_of_an_unreadable_email_can_be_pasted(alice):
    receive_email(letter(alice, " "))
    (intake,) = taken()
    intakes.note_text(intake, from_text(press.text()), pasted=press.text())
    db.session.commit()
    assert taken()[0].status == IntakeStatus.READ


@pytest.mark.parametrize(
    "answer",
    ["BAD", "NO", [b"* BYE", "OK"], [b"* SEARCH 1 x 99999999999", "OK"], [b"* SEARCH", "OK"], [b"\xff\xfe", "OK"]],
)
def test_invalid_responses_of_a_mailbox_do_no_harm(alice, imap, answer):
    imap.put(letter(alice))
    for step in ("LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "LOGOUT"):
        imap.on_command = lambda command, step=step: answer if command.startswith(step) else None
        receive_unseen_mail()
    imap.on_command = lambda _command: None
    receive_unseen_mail()
    assert len(taken()) == 1


def test_an_unreachable_mailbox_is_retried_on_the_next_run(house, alice, imap):
    house.with_settings(mail_in_url=f"imap://a:b@127.0.0.1:{free_port()}")
    assert receive_unseen_mail() == 0
    house.with_settings(mail_in_url=imap.url.replace("pass%20word", "wrong"))
    assert receive_unseen_mail() == 0


def test_a_mailbox_that_does_not_take_the_password_is_closed(imap):
    with pytest.raises(Unreachable) as raised, opened(imap.url.replace("pass%20word", "wrong"), LARGEST):
        pass
    assert raised.value.reason == "closed"


def test_without_the_setting_no_mailbox_is_read(house, alice, imap):
    house.with_settings(mail_in_url="")
    assert receive_unseen_mail() == 0
    assert imap.commands == []


def test_the_password_is_not_sent_unencrypted_to_another_machine(monkeypatch, imap):
    monkeypatch.setattr("app.mailer.inbox._LOOPBACK", ())
    with pytest.raises(Unreachable) as raised, opened(imap.url, LARGEST):
        pass
    assert raised.value.reason == "insecure"
    assert not [command for command in imap.commands if command.startswith("LOGIN")]
