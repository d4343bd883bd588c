"""The inbox: fetches the articles that people and feeds name, and takes in those that are mailed.

This module commits, because a claim must stand before a server is asked and what came of it must be noted right after:
a process killed at any instant loses nothing, and nobody holds the database while the network is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from app import clock, tokens
from app.config import Config
from app.domain.press import feeds, intakes
from app.extensions import db
from app.fetching import Answer, Failed, Failure, Policy, Validators, fetch
from app.mailer import Unreachable
from app.mailer.inbox import Mailbox, opened
from app.models.accounts.accounts import User
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeSource
from app.policy import Permission, allowed
from app.queries.accounts import accounts
from app.queries.press import articles as article_queries
from app.queries.press import feeds as feed_queries
from app.queries.press import intakes as intake_queries
from app.reading import feeds as feed_reading
from app.reading.articles import Reading, from_page, from_text
from app.reading.mail import ARTICLE_WORDS, LARGEST, Letter, Mail, read_mail

_BATCH = 100
_LATER = frozenset({Failure.UNREACHABLE, Failure.TOO_SLOW})
"""Of these it is worth trying again."""


def _nothing() -> None:
    pass


def take_in_due(*, after_each: Callable[[], None] = _nothing) -> int:
    """Fetch and read every article that is due; return how many were read. `after_each` is called after each try."""
    read = 0
    while ids := intake_queries.due_ids(_BATCH):
        db.session.rollback()
        for intake_id in ids:
            read += _take_in(intake_id)
            after_each()
    db.session.rollback()
    return read


def ask_feeds_due(*, after_each: Callable[[], None] = _nothing) -> int:
    """Ask every feed that is due and list what is new; return how many articles are. `after_each` as above."""
    listed = 0
    ids = feed_queries.due_ids()
    db.session.rollback()
    for feed_id in ids:
        listed += _ask(feed_id)
        after_each()
    return listed


def take_mail_due(*, after_each: Callable[[], None] = _nothing) -> int:
    """Take the letters that lie unseen in the mailbox of MAIL_IN_URL; return how many brought in an article."""
    settings = _settings()
    if not (settings.mail_in_url and settings.mail_in_address):
        return 0
    taken = 0
    try:
        with opened(settings.mail_in_url, LARGEST) as mailbox:
            for number in mailbox.unseen():
                taken += _take_letter(mailbox, number)
                after_each()
    except Unreachable as error:
        current_app.logger.warning("the mailbox for articles cannot be read: %s", error)
    return taken


def take_mail(raw: bytes) -> bool:
    """Take in a letter as it came over the wire; say whether it was for somebody here. Taken twice it is one.

    Each letter that it forwards is an article of its own. Where nothing can be read, the account is shown that a letter came.
    A letter to nobody here, or to somebody who may not keep articles, is let go.
    """
    mail = read_mail(raw)
    user = _addressee(mail)
    db.session.rollback()
    if user is None:
        current_app.logger.info("a letter for the articles was let go: to nobody who may keep them")
        return False
    brought = [(letter, _reading(letter)) for letter in mail.letters or (Letter(),)]
    for number, (letter, reading) in enumerate(brought):
        key = intakes.mail_key(user, f"{mail.key} {number}" if number else mail.key)
        if intake_queries.of_mail(key) is None:
            _bring(letter, reading, user, key, intakes.LARGE_LETTER if len(raw) > LARGEST else intakes.NOTHING_READ)
    db.session.commit()
    return True


def fetch_policy() -> Policy:
    """Return who asks, and whom it may ask: as the settings say."""
    settings = _settings()
    return Policy(base_url=settings.base_url, loopback=settings.fetched_loopback())


def _take_in(intake_id: int) -> bool:
    """Claim one article, fetch and read it, note what came of it; say whether it was read."""
    token = intakes.claim(intake_id, timedelta(seconds=_settings().delivery_lease_seconds))
    db.session.commit()
    if token is None:
        return False
    try:
        reading = _read(_intake(intake_id))
        intakes.note_page(_intake(intake_id), token, reading)
        db.session.commit()
    except _Unread as unread:
        return _after_failure(intake_id, token, unread.failure)
    except Failed as failed:
        return _after_failure(intake_id, token, failed.failure, failed.retry_after)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("article %s could not be read", intake_id)
        return _after_failure(intake_id, token, Failure.UNREACHABLE)
    return True


class _Unread(Exception):
    """There is nothing to read, whoever asks."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


def _read(intake: Intake) -> Reading:
    url, language = str(intake.url), intake.in_language
    if intake.attempts > intakes.MOST_ATTEMPTS:  # whoever had it in hand so often was killed by it
        raise _Unread(Failure.UNREACHABLE)
    if article_queries.at_address(url):
        raise _Unread(intakes.KEPT_ALREADY)
    db.session.rollback()  # nobody holds the database while a distant server takes its time
    answer = _fetch(url)
    reading = from_page(answer.content, answer.final_url, charset=answer.charset, language=language)
    if reading is None:
        raise _Unread(intakes.NO_ARTICLE)
    return reading


def _after_failure(intake_id: int, token: str, failure: str, retry_after: datetime | None = None) -> bool:
    intake = _intake(intake_id)
    if failure in _LATER:
        intakes.postpone(intake, token, failure, retry_after)
    else:
        intakes.note_failure(intake, token, failure)
    db.session.commit()
    return False


def _ask(feed_id: int) -> int:
    """Claim one feed, ask it, list what is new; return how many articles are."""
    token = feeds.claim(feed_id)
    db.session.commit()
    if token is None:
        return 0
    feed = feed_queries.get(feed_id)
    url, never_read, known = feed.url, feed.body_hash is None, Validators(feed.etag, feed.last_modified)
    db.session.rollback()
    try:
        found = _find(url, known, may_move=never_read)
    except Failed as failed:
        return _after_silence(feed_id, token, failed.failure, failed.retry_after)
    except Exception:
        current_app.logger.exception("feed %s could not be read", feed_id)
        return _after_silence(feed_id, token, Failure.UNREACHABLE)
    listed = _list(feed_queries.get(feed_id), token, found)
    db.session.commit()
    return listed


@dataclass(frozen=True, slots=True)
class _Found:
    """What a feed answered, where it was asked, and what stands in it: nothing where it says that nothing changed."""

    url: str
    answer: Answer
    content: feed_reading.Feed

    @property
    def is_feed(self) -> bool:
        return bool(self.answer.not_modified or self.content.title or self.content.entries)

    @property
    def home(self) -> str:
        """Where to ask from now on. A redirect counts only where it led to a feed: news of no change come from anywhere."""
        return self.url if self.answer.not_modified else self.answer.permanent_url or self.url


def _find(url: str, known: Validators, *, may_move: bool) -> _Found:
    """Ask for a feed; a page leads once to the feed that it names."""
    answer = _fetch(url, known)
    found = _Found(url, answer, feed_reading.read_feed(answer.content, answer.final_url, answer.charset))
    named = (
        None
        if found.is_feed or not may_move
        else feed_reading.feed_named(answer.content, answer.final_url, answer.charset)
    )
    return found if named is None else _find(named, Validators(), may_move=False)


def _list(feed: Feed, token: str, found: _Found) -> int:
    answer = found.answer
    if not found.is_feed:
        return _after_silence(feed.id, token, feeds.NO_FEED, answer.retry_after)
    moved = feed.url != found.home
    if moved and not feeds.move(feed, found.home):
        return _after_silence(feed.id, token, feeds.FOLLOWED_ALREADY)
    first, changed = feed.body_hash is None, answer.body_hash not in (None, feed.body_hash)
    held = feeds.note_answer(
        feed,
        token,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        body_hash=answer.body_hash,
        retry_after=answer.retry_after,
    )
    if not (held and changed):
        return 0
    return feeds.list_entries(feed, found.content.title, found.content.entries, first=first, moved=moved)


def _after_silence(feed_id: int, token: str, failure: str, retry_after: datetime | None = None) -> int:
    over = failure in (Failure.GONE, feeds.FOLLOWED_ALREADY)
    feeds.note_failure(feed_queries.get(feed_id), token, failure, retry_after=retry_after, over=over)
    db.session.commit()
    return 0


def _take_letter(mailbox: Mailbox, number: str) -> bool:
    """Take one letter and mark it; one that could not be stored stays for the next visit."""
    raw = mailbox.letter(number)
    try:
        taken = take_mail(raw)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("a letter for the articles could not be stored")
        return False
    mailbox.mark_seen(number)
    return taken


def _addressee(mail: Mail) -> User | None:
    """Return the open account that the letter was sent to, where it may keep articles."""
    settings = _settings()
    name, _, host = settings.mail_in_address.rpartition("@")
    if not name:
        return None
    addressed = re.compile(rf"{re.escape(name)}\+([a-z2-7]+)@{re.escape(host)}(?![\w.-])", re.IGNORECASE)
    for token in addressed.findall(mail.recipients):
        user_id = tokens.read_mail_in(settings.secret_key, token)
        user = db.session.get(User, user_id) if user_id is not None else None
        if user is not None and user.is_active and allowed(accounts.held(user), Permission.ARTICLE_EDIT):
            return user
    return None


def _reading(letter: Letter) -> Reading | None:
    """Return the article that a letter is, or None where it only names one."""
    return from_text(letter.text, url=letter.url) if len(letter.text.split()) >= ARTICLE_WORDS else None


def _bring(letter: Letter, reading: Reading | None, user: User, key: str, trouble: str) -> None:
    """Bring in what a letter holds: the article itself, or its address, or its words; `trouble` where it has none."""
    pasted = None if letter.url and reading is None else letter.text
    intake = intakes.begin(IntakeSource.MAIL, by=user, url=letter.url, pasted=pasted, mail_key=key)
    if reading is not None:
        intakes.note_text(intake, reading, pasted=letter.text)
    elif not letter.url:
        intakes.note_nothing(intake, intakes.NO_ARTICLE if letter.text else trouble)


def _fetch(url: str, validators: Validators | None = None) -> Answer:
    return fetch(url, policy=fetch_policy(), now=clock.now(), validators=validators)


def _intake(intake_id: int) -> Intake:
    return db.session.get_one(Intake, intake_id, populate_existing=True)


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
