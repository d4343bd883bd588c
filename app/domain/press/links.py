"""Noticing in the night which addresses of articles lead nowhere any more."""

import logging
from datetime import timedelta
from typing import cast

from sqlalchemy import Table

from app import clock
from app.dialects import insert_missing
from app.domain import leases
from app.extensions import db
from app.fetching import Failed, Failure, Policy, fetch
from app.models.press.articles import Article
from app.models.press.links import LinkRound

logger = logging.getLogger(__name__)

MOST_A_NIGHT = 200
LEASE = timedelta(minutes=3)
"""Longer than any one question takes."""
NIGHTS = 3
"""So many nights in a row without an answer, and a page counts as gone."""
_GONE = frozenset({Failure.NOT_FOUND, Failure.GONE})
_ANSWERED = frozenset({Failure.TOO_LARGE, Failure.WRONG_TYPE})
"""Something lies there, only nothing that could be read as an article."""
_SAYS_NOTHING = frozenset({Failure.REFUSED_ADDRESS, Failure.BLOCKED})
"""We are not let in, or do not ask: whether the page stands is not known."""


def take_up() -> str | None:
    """Take up the round of this night, and return the token that holds it; None where another worker does."""
    today = clock.now().date()
    insert_missing(db.session, cast("Table", LinkRound.__table__), [{"day": today, "asked": 0}])
    return leases.claim_for(LinkRound, LEASE, LinkRound.day == today, LinkRound.asked < MOST_A_NIGHT)


def count_question(token: str) -> bool:
    """Count one more question and renew the lease; False where the night has had enough, or the lease has ended."""
    return leases.renew(LinkRound, token, LEASE, LinkRound.asked < MOST_A_NIGHT, asked=LinkRound.asked + 1)


def put_down(token: str) -> None:
    """Leave the round of this night to whoever takes it up next."""
    leases.release(LinkRound, token)


def ask(url: str, policy: Policy) -> Failure | None:
    """Ask an address, and return what keeps its page from us; None where it answers. No transaction may be open."""
    try:
        fetch(url, policy=policy, now=clock.now())
    except Failed as failed:
        return failed.failure
    except Exception:
        logger.exception("an address of an article could not be asked")
        return Failure.UNREACHABLE  # or the same one would stop every night
    return None


def note(article: Article, url: str, failure: Failure | None) -> None:
    """Note what came of asking an article's address, unless it has another one by now."""
    if article.url != url:
        return
    article.link_checked_at, article.link_failure = clock.now(), failure
    if failure is None or failure in _ANSWERED:
        article.link_failures, article.link_broken_since = 0, None
    elif failure in _SAYS_NOTHING:
        article.link_failures = 0
    else:
        article.link_failures = min(article.link_failures + 1, NIGHTS)
        if (failure in _GONE or article.link_failures >= NIGHTS) and article.link_broken_since is None:
            article.link_broken_since = article.link_checked_at
    db.session.flush()
