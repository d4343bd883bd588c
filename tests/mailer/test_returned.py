"""Emails that come back: read from a maildir, from IMAP, from a pipe and over HTTP, by strangers and of any shape."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.jobs.mail import returned as job
from app.jobs.mail.returned import BELIEVED_FOR, forget_returned, read_returned_mail, take_handed_over, take_returned
from app.mailer.return_address import ReturnAddresses
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.bounces import Bounce, BounceKind, ReturnedKind, ReturnedLetter
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.relays import InboxReason, InboxTrouble
from app.queries.privacy import suppressions
from app.reading.returned import LARGEST
from tests.imapserver import ImapServer
from tests.mailserver import free_port
from tests.reading import returned_letters

ADDRESS = "rosa@example.org"
CASES = {one.name: one for one in returned_letters.CASES}
GONE, FULL, AWAY = (CASES[one].raw for one in ("postfix, no such user", "postfix, full", "vacation, rfc 3834"))
COMPLAINT = CASES["complaint"].raw


@pytest.fixture
def maildir(house, make, tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / "bounces" / name).mkdir(parents=True)
    house.with_settings(
        mail_bounce_address="bounces@news.example.org", mail_bounce_url=f"maildir:{tmp_path / 'bounces'}"
    )
    return tmp_path / "bounces"


@pytest.fixture
def sent(maildir, make):
    """An email that was sent to a member."""
    member = make.subscription(make.campaign(), ADDRESS)
    deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=member, occasion="one", due_at=clock.now())
    delivery = db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.MEMBER_LINK)).one()
    delivery.sent_at = clock.now()
    db.session.commit()
    return delivery


def sender(house, delivery, address=ADDRESS):
    return ReturnAddresses.of(house.app.config["SETTINGS"]).naming(delivery.id, address)


def about(raw, address):
    """Return an email that comes back to an address."""
    return raw.replace(returned_letters.TO.encode(), address.encode())


def put(maildir, raw, name="1"):
    (maildir / "new" / name).write_bytes(raw)


def names(maildir):
    return sorted(str(one.relative_to(maildir)) for one in maildir.rglob("*") if one.is_file())


def kinds():
    return list(db.session.scalars(select(ReturnedLetter.kind).order_by(ReturnedLetter.id)))


def test_a_report_in_a_maildir_is_read_once_and_stays_there(house, maildir, sent):
    put(maildir, about(GONE, sender(house, sent)))
    assert read_returned_mail() == 1
    assert read_returned_mail() == 0
    assert names(maildir) == ["cur/1:2,S"]
    noted = db.session.scalars(select(Bounce)).one()
    assert (noted.delivery_id, noted.kind, noted.code) == (sent.id, BounceKind.HARD, "5.1.1")
    assert suppressions.among({ADDRESS}) == {ADDRESS}
    assert db.session.get(Delivery, sent.id, populate_existing=True).bounced_at


def troubles():
    return [(one.name, one.reason) for one in db.session.scalars(select(InboxTrouble))]


def test_why_the_mailbox_cannot_be_read_is_known_until_it_can(house, maildir, sent):
    (maildir / "cur").rename(maildir / "away")
    assert read_returned_mail() == 0
    assert troubles() == [("returned", InboxReason.FOLDER)]
    house.with_settings(mail_bounce_url=f"imap://a:b@127.0.0.1:{free_port()}")
    assert read_returned_mail() == 0
    assert troubles() == [("returned", InboxReason.AWAY)]
    (maildir / "away").rename(maildir / "cur")
    house.with_settings(mail_bounce_url=f"maildir:{maildir}")
    put(maildir, about(GONE, sender(house, sent)))
    assert read_returned_mail() == 1
    assert troubles() == []


def test_the_same_report_again_and_on_another_way_counts_once(house, maildir, sent):
    raw = about(FULL, sender(house, sent))
    for name in ("1", "2"):
        put(maildir, raw, name)
    read_returned_mail()
    assert take_returned(raw) is ReturnedKind.BOUNCE
    assert take_returned(raw.replace(b"Message-ID: <", b"Message-ID: <again")) is ReturnedKind.BOUNCE
    assert len(db.session.scalars(select(Bounce)).all()) == 1
    assert kinds() == [ReturnedKind.BOUNCE] * 2


@pytest.mark.parametrize(
    "to", ["bounces@news.example.org", "bounces+{other}@news.example.org", "{token}@news.example.org"]
)
def test_a_report_that_nobody_has_signed_has_no_effect(house, maildir, sent, to):
    token = sender(house, sent).partition("@")[0].partition("+")[2]
    other = ReturnAddresses("bounces@news.example.org", "another secret", has_variants=True).naming(sent.id, ADDRESS)
    forged = to.format(token=token, other=other.partition("@")[0].partition("+")[2])
    assert take_returned(about(GONE, forged)) is ReturnedKind.UNVERIFIED
    assert db.session.scalars(select(Bounce)).all() == []
    assert suppressions.among({ADDRESS}) == set()


def test_a_report_about_an_old_address_does_not_suppress_the_new_one(house, maildir, sent):
    raw = about(GONE, sender(house, sent))
    sent.subscription.email = "rosa@new.example.org"
    db.session.commit()
    assert take_returned(raw) is ReturnedKind.BOUNCE
    assert suppressions.among({ADDRESS, "rosa@new.example.org"}) == set()
    assert db.session.get(Delivery, sent.id, populate_existing=True).bounced_at


def test_a_report_about_an_email_that_was_never_sent_or_long_ago_has_no_effect(house, maildir, sent, at):
    raw = about(GONE, sender(house, sent))
    sent.sent_at = None
    db.session.commit()
    assert take_returned(raw) is ReturnedKind.UNVERIFIED
    sent.sent_at = clock.now()
    db.session.commit()
    at(clock.now() + BELIEVED_FOR + timedelta(days=1))
    assert take_returned(raw) is ReturnedKind.UNVERIFIED


def test_a_complaint_names_its_email_in_the_email_that_it_contains(house, maildir, sent):
    assert take_returned(about(COMPLAINT, sender(house, sent))) is ReturnedKind.COMPLAINT
    assert db.session.scalars(select(Bounce.kind)).one() is BounceKind.COMPLAINT
    assert db.session.scalars(select(Subscription).where(Subscription.email == ADDRESS)).one().is_unsubscribed


def test_vacation_replies_and_letters_are_only_counted(house, maildir, sent):
    for name in ("vacation, rfc 3834", "a reply", "postfix, delayed", "somebody says that it is no spam"):
        take_returned(about(CASES[name].raw, sender(house, sent)))
    assert kinds() == [ReturnedKind.AUTOMATIC, ReturnedKind.REPLY, ReturnedKind.NOTICE, ReturnedKind.NOTICE]
    assert db.session.scalars(select(Bounce)).all() == []
    stored = [column.name for column in ReturnedLetter.__table__.columns]
    assert stored == ["id", "key", "kind", "at"]


def test_an_email_that_nobody_can_read_is_put_aside_and_does_not_hold_up_others(house, maildir, sent, monkeypatch):
    put(maildir, b"\x00\xff no email at all", "1")
    put(maildir, about(GONE, sender(house, sent)), "2")
    put(maildir, b"To: poison@example.org\nSubject: x\n\n", "3")
    real = job.read_returned

    def broken(raw):
        if b"poison" in raw:
            raise RuntimeError("boom")
        return real(raw)

    monkeypatch.setattr(job, "read_returned", broken)
    assert read_returned_mail() == 3
    assert read_returned_mail() == 0
    assert names(maildir) == ["cur/1:2,FS", "cur/2:2,S", "cur/3:2,FS"]
    assert suppressions.among({ADDRESS}) == {ADDRESS}


def test_what_is_no_plain_file_in_a_maildir_is_not_followed(maildir, tmp_path, sent):
    (tmp_path / "secret").write_text("To: x@example.org\n\nsecret")
    (maildir / "new" / "link").symlink_to(tmp_path / "secret")
    (maildir / "cur" / "folder").mkdir()
    put(maildir, b"x" * (LARGEST + 10), "huge:2,S")
    read_returned_mail()
    assert read_returned_mail() == 0
    assert (tmp_path / "secret").exists()


def test_a_maildir_that_is_not_there_does_no_harm(house, maildir, tmp_path):
    house.with_settings(mail_bounce_address="bounces@news.example.org", mail_bounce_url=f"maildir:{tmp_path}/none")
    assert read_returned_mail() == 0


def test_reports_are_read_over_imap_too(house, maildir, sent):
    with ImapServer() as server:
        server.put(about(GONE, sender(house, sent)))
        server.put(b"\x00")
        house.with_settings(mail_bounce_address="bounces@news.example.org", mail_bounce_url=server.url)
        assert read_returned_mail() == 2
        assert read_returned_mail() == 0
        assert (server.seen, server.flagged) == ({1, 2}, {2})
    assert suppressions.among({ADDRESS}) == {ADDRESS}


def test_what_a_pipe_or_a_post_brings_and_nobody_can_read_is_kept_for_a_while(house, maildir, at):
    folder = house.app.config["SETTINGS"].unread_mail_dir
    assert take_handed_over(b"\x00 no email") is ReturnedKind.UNREADABLE
    (file,) = folder.iterdir()
    assert file.read_bytes() == b"\x00 no email"
    assert file.stat().st_mode & 0o077 == 0
    at(clock.now() + timedelta(days=400))
    forget_returned()
    assert list(folder.iterdir()) == []
    assert kinds() == []


def test_without_the_settings_nothing_is_read(house, maildir):
    put(maildir, GONE)
    house.with_settings(mail_bounce_address="", mail_bounce_url=f"maildir:{maildir}")
    assert read_returned_mail() == 0
    assert names(maildir) == ["new/1"]


def test_no_address_gets_into_what_is_stored(house, maildir, sent):
    take_returned(about(CASES["yahoo, unknown"].raw, sender(house, sent)))
    assert not re.search("@|rosa", db.session.scalars(select(Bounce.reason)).one())
