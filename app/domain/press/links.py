"""Checking at night which articles' pages no longer exist."""

import logging
from datetime import timedelta
from typing import cast

from sqlalchemy import Table

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain import leases
from app.extensions import db
from app.fetching import Failed, Failure, Policy, fetch
from app.models.press.articles import Article
from app.models.press.links import LinkRound

logger = logging.getLogger(__name__)

MOST_A_NIGHT = 200
LEASE = timedelta(minutes=3)
"""Longer than any single request takes."""
NIGHTS = 3
"""After this many nights in a row without a response, a page counts as unavailable."""
_GONE = frozenset({Failure.NOT_FOUND, Failure.GONE})
_ANSWERED = frozenset({Failure.TOO_LARGE, Failure.WRONG_TYPE})
"""There is something at the address, but it cannot be read as an article."""
_SAYS_NOTHING = frozenset({Failure.REFUSED_ADDRESS, Failure.BLOCKED})
"""We have no access, or do not request it: it is unknown whether the page exists."""


def claim() -> str | None:
    """Claim the round of this night, and return its token; None if another worker has it."""
    today = clock.now().date()
    insert_missing(db.session, cast("Table", LinkRound.__table__), [{"day": today, "requests": 0}])
    return leases.claim_for(LinkRound, LEASE, LinkRound.day == today, LinkRound.requests < MOST_A_NIGHT)


def count_request(token: str) -> bool:
    """Count one more request and renew the lease; False if the night's limit is reached or the lease has ended."""
    return leases.renew(LinkRound, token, LEASE, LinkRound.requests < MOST_A_NIGHT, requests=LinkRound.requests + 1)


def release(token: str) -> None:
    """Release the round of this night for the next worker."""
    leases.release(LinkRound, token)


def check(url: str, policy: Policy) -> Failure | None:
    """Request an address, and return why its page is unavailable; None if it responds. No transaction may be open."""
    try:
        fetch(url, policy=policy, now=clock.now())
    except Failed as failed:
        return failed.failure
    except Exception:
        logger.exception("an address of an article could not be asked")
        return Failure.UNREACHABLE  # or the same one would end every night
    return None


def note(article: Article, url: str, failure: Failure | None) -> None:
    """Record the result for an article's address, unless the address has changed in the meantime."""
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
