"""Noticing in the night which addresses of articles lead nowhere any more."""

import logging
from datetime import timedelta
from typing import cast
from uuid import uuid4

from sqlalchemy import Table, or_, update

from app import clock
from app.dialects import insert_missing
from app.domain.updates import changes_one
from app.extensions import db
from app.fetching import Failed, Policy, Word, fetch
from app.models.press.articles import Article
from app.models.press.links import LinkRound

logger = logging.getLogger(__name__)

MOST_A_NIGHT = 200
LEASE = timedelta(minutes=3)
"""Longer than any one question takes."""
NIGHTS = 3
"""So many nights in a row without an answer, and a page counts as gone."""
_GONE = frozenset({Word.NOT_FOUND, Word.GONE})
_ANSWERED = frozenset({Word.TOO_LARGE, Word.WRONG_TYPE})
"""Something lies there, only nothing that could be read as an article."""
_SAYS_NOTHING = frozenset({Word.REFUSED_ADDRESS, Word.BLOCKED})
"""We are not let in, or do not ask: whether the page stands is not known."""


def take_up() -> str | None:
    """Take up the round of this night, and return the word that holds it; None where another worker does."""
    today, word = clock.now().date(), uuid4().hex
    insert_missing(db.session, cast("Table", LinkRound.__table__), [{"day": today, "asked": 0}])
    free = or_(LinkRound.leased_until.is_(None), LinkRound.leased_until <= clock.now())
    taken = update(LinkRound).where(LinkRound.day == today, free, LinkRound.asked < MOST_A_NIGHT)
    return word if changes_one(taken.values(claim=word, leased_until=clock.now() + LEASE)) else None


def count_question(word: str) -> bool:
    """Count one more question under a word and renew its lease; False where the night has had enough, or the word is lost."""
    held = update(LinkRound).where(LinkRound.claim == word, LinkRound.leased_until > clock.now())
    more = {"asked": LinkRound.asked + 1, "leased_until": clock.now() + LEASE}
    return changes_one(held.where(LinkRound.asked < MOST_A_NIGHT).values(more))


def put_down(word: str) -> None:
    """Leave the round of this night to whoever takes it up next."""
    left = update(LinkRound).where(LinkRound.claim == word).values(claim=None, leased_until=None)
    db.session.execute(left)


def ask(url: str, policy: Policy) -> Word | None:
    """Ask an address, and return what keeps its page from us; None where it answers. No transaction may be open."""
    try:
        fetch(url, policy=policy, now=clock.now())
    except Failed as failed:
        return failed.word
    except Exception:
        logger.exception("an address of an article could not be asked")
        return Word.UNREACHABLE  # or the same one would stop every night
    return None


def note(article: Article, url: str, word: Word | None) -> None:
    """Note what came of asking an article's address, unless it has another one by now."""
    if article.url != url:
        return
    article.link_checked_at, article.link_word = clock.now(), word
    if word is None or word in _ANSWERED:
        article.link_failures, article.link_broken_since = 0, None
    elif word in _SAYS_NOTHING:
        article.link_failures = 0
    else:
        article.link_failures = min(article.link_failures + 1, NIGHTS)
        if (word in _GONE or article.link_failures >= NIGHTS) and article.link_broken_since is None:
            article.link_broken_since = article.link_checked_at
    db.session.flush()
