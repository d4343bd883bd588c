"""Imports articles sent by email.

This module commits: an email is marked as seen only after its contents are stored.
"""

import re
from collections.abc import Callable

from flask import current_app

from app import logs, mail_in
from app.domain.press import intakes
from app.extensions import db
from app.jobs.press.fetching import ignore, settings
from app.mailer import Unreachable
from app.mailer.inbox import Mailbox, opened
from app.models.accounts.accounts import User
from app.models.press.intakes import IntakeSource
from app.policy import Permission, allowed
from app.queries.accounts import accounts
from app.queries.press import intakes as intake_queries
from app.reading.articles import Reading, from_text
from app.reading.mail import ARTICLE_WORDS, LARGEST, Letter, Mail, read_mail


def receive_unseen_mail(*, after_each: Callable[[], None] = ignore) -> int:
    """Import the unseen emails in the mailbox of MAIL_IN_URL; return the number of emails with an article."""
    config = settings()
    if not (config.mail_in_url and config.mail_in_address):
        return 0
    taken = 0
    try:
        with opened(config.mail_in_url, LARGEST) as mailbox:
            for number in mailbox.unseen():
                taken += _take_letter(mailbox, number)
                after_each()
    except Unreachable as error:
        logs.note("the mailbox for articles cannot be read", error=error)
    return taken


def receive_email(raw: bytes) -> bool:
    """Import a raw email; return whether it was for an account. An email received twice is imported once.

    Each email that it forwards is a separate article. If nothing can be read, the account is notified that an email
    arrived. An email to an unknown address, or to an account that may not save articles, is discarded.
    """
    mail = read_mail(raw)
    user = _addressee(mail)
    db.session.rollback()
    if user is None:
        current_app.logger.info(
            "an incoming email was discarded: its address belongs to no account that may save articles"
        )
        return False
    brought = [(letter, _reading(letter)) for letter in mail.letters or (Letter(),)]
    for number, (letter, reading) in enumerate(brought):
        key = intakes.mail_key(user, f"{mail.key} {number}" if number else mail.key)
        if intake_queries.of_mail(key) is None:
            _bring(letter, reading, user, key, intakes.LARGE_LETTER if len(raw) > LARGEST else intakes.NOTHING_READ)
    db.session.commit()
    return True


def _take_letter(mailbox: Mailbox, number: str) -> bool:
    """Import one email and mark it as seen; an email that could not be stored is retried on the next run."""
    raw = mailbox.letter(number)
    try:
        taken = receive_email(raw)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("an incoming email could not be stored")
        return False
    mailbox.mark_seen(number)
    return taken


def _addressee(mail: Mail) -> User | None:
    """Return the open account that the email was sent to, if it may save articles."""
    config = settings()
    name, _, host = config.mail_in_address.rpartition("@")
    if not name:
        return None
    addressed = re.compile(rf"{re.escape(name)}\+([a-z2-7]+)@{re.escape(host)}(?![\w.-])", re.IGNORECASE)
    for token in addressed.findall(mail.recipients):
        user_id = mail_in.read_mail_in(config.secret_key, token)
        user = db.session.get(User, user_id) if user_id is not None else None
        if user is not None and user.is_active and allowed(accounts.held(user), Permission.ARTICLE_EDIT):
            return user
    return None


def _reading(letter: Letter) -> Reading | None:
    """Return the article in an email, or None if it contains only an address."""
    return from_text(letter.text, url=letter.url) if len(letter.text.split()) >= ARTICLE_WORDS else None


def _bring(letter: Letter, reading: Reading | None, user: User, key: str, trouble: str) -> None:
    """Record the contents of an email: the article, its address, or its text; `trouble` is the failure code if it has none of these."""
    pasted = None if letter.url and reading is None else letter.text
    intake = intakes.begin(IntakeSource.MAIL, by=user, url=letter.url, pasted=pasted, mail_key=key)
    if reading is not None:
        intakes.note_text(intake, reading, pasted=letter.text)
    elif not letter.url:
        intakes.note_nothing(intake, intakes.NO_ARTICLE if letter.text else trouble)
