"""Incoming articles: added, read, retried, rejected, and saved once a person has confirmed them."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import case, null, or_, update

from app import clock
from app.domain import leases
from app.domain.press import articles
from app.domain.press.articles import ArticleValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.press.articles import Article
from app.models.press.intakes import Intake, IntakeSource, IntakeStatus
from app.queries.press import intakes
from app.reading.addresses import address_key, cleaned
from app.reading.articles import Reading
from app.text import N_, storable

NO_ARTICLE, KEPT_ALREADY = "no_article", "kept_already"
"""Reasons for reading nothing, besides the failures of app.fetching: there is no article, or it is already saved."""
NOTHING_READ, LARGE_LETTER = "nothing_read", "large_letter"
"""Reasons for reading nothing in an email: it has no readable text, or is too large."""
UNREAD_PDF = "unread_pdf"
"""The reason for reading nothing in a PDF: it consists of pictures, is encrypted, or takes too long."""
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60))
"""How long to wait after each failed attempt; after the last wait and one more attempt it has failed."""
MOST_ATTEMPTS = 2 * len(RETRY_AFTER)
"""A page that kills this many workers is not fetched again."""
WORDS_KEPT = timedelta(days=30)
"""How long the text of a saved or rejected article is stored with its intake."""
_SETTLED = ("status", "article_id", "read_at", "next_try_at", "failure", "claim", "leased_until")
"""Columns that workers and people change, perhaps at the same time."""
_DAYS = ("date_published", "original_date")


def begin(
    source: IntakeSource,
    *,
    by: User,
    url: str | None = None,
    pasted: str | None = None,
    language: str | None = None,
    mail_key: str | None = None,
) -> Intake:
    """Add an article by its address or its text; a worker fetches it unless its text is read at once.

    The same address without a text, added again while the first is waiting, is one intake.
    """
    url = storable(cleaned(url)) if url else None
    under_way = intakes.under_way(by, url) if url and not pasted else None
    if under_way is not None and mail_key is None:
        return under_way
    now = clock.now()
    intake = Intake(
        source=source,
        status=IntakeStatus.WAITING,
        url=url,
        address_key=address_key(url) if url else None,
        pasted=pasted and storable(pasted),
        in_language=language,
        mail_key=mail_key,
        attempts=0,
        next_try_at=now,
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(intake)
    db.session.flush()
    return intake


def reading_of(intake: Intake) -> Reading:
    """Return what was read, with dates as dates."""
    fields = dict(intake.fields or {})
    return cast("Reading", fields | {name: date.fromisoformat(fields[name]) for name in _DAYS if fields.get(name)})


def stored(reading: Reading) -> dict[str, Any]:
    """Return what was read in the form in which it is stored."""
    return {name: _storable(value) for name, value in reading.items()}


def note_text(intake: Intake, reading: Reading, *, pasted: str, language: str | None = None) -> None:
    """Record what was read in a text that a person gave; a worker that is fetching the page is too late."""
    _require(intake, IntakeStatus.WAITING, IntakeStatus.FAILED, IntakeStatus.READ)
    intake.pasted, intake.in_language = storable(pasted), language
    _settle(intake, IntakeStatus.READ)
    intake.fields, intake.read_at, intake.failure = stored(_filled(reading, intake)), clock.now(), None


def note_nothing(intake: Intake, failure: str) -> None:
    """Record that an email contained neither an article nor an address, and why."""
    _settle(intake, IntakeStatus.FAILED)
    intake.failure, intake.next_try_at = failure, None
    db.session.flush()


def mail_key(user: User, message_key: str) -> str:
    """Return the key that identifies an email to an account."""
    return hashlib.sha256(f"{user.id} {message_key}".encode()).hexdigest()


def claim(intake_id: int, lease: timedelta) -> str | None:
    """Claim a due intake for `lease`; return the token of the claim, or None if another worker was faster."""
    due = (Intake.id == intake_id, intakes.claimable(clock.now()))
    return leases.claim_for(Intake, lease, *due, attempts=Intake.attempts + 1)


def note_page(intake: Intake, token: str, reading: Reading) -> None:
    """Record what a worker read on the page, if it still holds the claim."""
    fields = stored(_filled(reading, intake))
    leases.release(
        Intake,
        token,
        Intake.id == intake.id,
        status=IntakeStatus.READ,
        fields=fields,
        read_at=clock.now(),
        failure=None,
    )


def note_failure(intake: Intake, token: str, failure: str) -> None:
    """Record that it failed, and why."""
    leases.release(Intake, token, Intake.id == intake.id, status=IntakeStatus.FAILED, failure=failure, next_try_at=None)


def postpone(intake: Intake, token: str, failure: str, retry_after: datetime | None = None) -> None:
    """Retry it later, not before `retry_after`; after the last attempt it has failed."""
    if intake.attempts > len(RETRY_AFTER):
        return note_failure(intake, token, failure)
    at = clock.now() + RETRY_AFTER[max(intake.attempts, 1) - 1]
    leases.release(Intake, token, Intake.id == intake.id, failure=failure, next_try_at=max(at, retry_after or at))
    return None


def take(intake: Intake) -> None:
    """Have a worker fetch what a feed lists, or retry what failed."""
    _require(intake, IntakeStatus.LISTED, IntakeStatus.FAILED, IntakeStatus.WAITING)
    if intake.url is None:
        raise DomainError(None, N_("It has no web address. Paste the text."))
    _settle(intake, IntakeStatus.WAITING)
    intake.attempts, intake.next_try_at, intake.failure = 0, clock.now(), None


def refuse(intake: Intake) -> None:
    """Reject it. A feed does not list it again, but a person can restore it."""
    _require(intake, *(one for one in IntakeStatus if one != IntakeStatus.KEPT))
    if intake.status != IntakeStatus.REFUSED:
        _settle(intake, IntakeStatus.REFUSED)
        intake.refused_at = clock.now()


def restore(intake: Intake) -> None:
    """Restore a rejected one to its previous state."""
    _lock(intake)
    if intake.status != IntakeStatus.REFUSED:
        return
    _settle(intake, _status_before(intake))
    intake.refused_at = None


def keep(intake: Intake, values: ArticleValues, *, by: User | None) -> Article:
    """Save the article as a person has confirmed it. Saving it twice creates one article."""
    _lock(intake)
    kept = db.session.get(Article, intake.article_id) if intake.article_id is not None else None
    if kept is not None:
        return kept
    article = articles.create(values, by=by)
    _settle(intake, IntakeStatus.KEPT)
    intake.article_id = article.id
    db.session.flush()
    return article


def _status_before(intake: Intake) -> IntakeStatus:
    """Return the status that it had when it was rejected."""
    if intake.read_at is not None:
        return IntakeStatus.READ
    if intake.next_try_at is not None:
        return IntakeStatus.WAITING
    return IntakeStatus.FAILED if intake.failure else IntakeStatus.LISTED


def _filled(reading: Reading, intake: Intake) -> Reading:
    """Fill in from the feed what the page or text does not say."""
    listed = reading_of(intake) if intake.feed_id is not None else None
    if listed is None:
        return reading
    missing = {name: listed.get(name) for name, value in reading.items() if value in (None, "", "und")}
    return cast("Reading", {**reading, **{name: value for name, value in missing.items() if value is not None}})


def _storable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return storable(value) if isinstance(value, str) else value


def _settle(intake: Intake, status: IntakeStatus) -> None:
    """Set its status at a person's request, and end any claim on it."""
    leases.end(Intake, Intake.id == intake.id, status=status)


def _lock(intake: Intake) -> None:
    db.session.refresh(intake, _SETTLED, with_for_update=True)


def _require(intake: Intake, *statuses: IntakeStatus) -> None:
    """Lock it and check that nobody has saved or rejected it in the meantime."""
    _lock(intake)
    if intake.status not in statuses:
        raise DomainError(None, N_("Someone has already made a decision about this article. Check it again."))


def sweep() -> None:
    """Delete the text of what was saved or rejected a while ago: it is in the article, or nobody wanted it.

    The row stays, so that what was listed once is not listed again.
    """
    past = update(Intake).where(
        Intake.status.in_((IntakeStatus.KEPT, IntakeStatus.REFUSED)),
        Intake.created_at < clock.now() - WORDS_KEPT,
        or_(Intake.fields.is_not(None), Intake.pasted != ""),
    )
    blank = case((Intake.pasted.is_not(None), ""), else_=None)
    db.session.execute(past.values(fields=null(), pasted=blank).execution_options(synchronize_session=False))
