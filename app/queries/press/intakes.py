"""Incoming articles: who can see them, and which are waiting for a worker or for a person."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeSource, IntakeStatus
from app.queries.lookup import kept, one
from app.queries.paging import PAGE, Page, holding_words, page_of
from app.queries.progress import Progress, Stage
from app.reading.addresses import address_key

UNDOABLE = timedelta(days=30)
"""How long rejected articles stay in the list, so that they can be restored."""


def get(intake_id: int, reader: User) -> Intake:
    """Return an incoming article that the reader may see."""
    return one(Intake, Intake.id == intake_id, _seen_by(reader), options=(joinedload(Intake.feed),))


def find(reader: User, status: IntakeStatus, typed: str = "", number: int = 1, *, size: int = PAGE) -> Page[Intake]:
    """Return a page of the incoming articles with this status that the reader may see, latest first.

    Address, headline, publisher and pasted text together must contain every word of `typed`. Of the rejected articles,
    only those that a person rejected within UNDOABLE are included.
    """
    listed = select(Intake).where(Intake.status == status, _seen_by(reader)).options(joinedload(Intake.feed))
    read = [Intake.fields[name].as_string() for name in ("headline", "publisher")]
    listed = listed.where(*holding_words(typed, Intake.url, Intake.pasted, *read))
    if status == IntakeStatus.REFUSED:
        listed = listed.where(Intake.refused_at > clock.now() - UNDOABLE)
    return page_of(listed.order_by(Intake.created_at.desc(), Intake.id.desc()), number, size=size)


def under_way(reader: User, url: str) -> Intake | None:
    """Return the reader's earlier, still undecided submission of the same address."""
    same = select(Intake).where(Intake.address_key == address_key(url), Intake.created_by_id == reader.id)
    open_ = Intake.status.in_((IntakeStatus.WAITING, IntakeStatus.READ))
    return db.session.scalar(same.where(open_, Intake.source != IntakeSource.FEED).order_by(Intake.id.desc()).limit(1))


def of_mail(mail_key: str) -> Intake | None:
    """Return the incoming article that an email has already created."""
    return db.session.scalar(select(Intake).where(Intake.mail_key == mail_key))


def due_ids(limit: int) -> list[int]:
    """Return the ids of unclaimed articles that are due to be fetched, longest overdue first."""
    now = clock.now()
    due = select(Intake.id).where(claimable(now)).order_by(Intake.next_try_at, Intake.id)
    return list(db.session.scalars(due.limit(limit)))


def claimable(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which a worker may claim an article at `now`."""
    return and_(Intake.status == IntakeStatus.WAITING, Intake.next_try_at <= now, Intake.free_at(now))


def _seen_by(reader: User) -> ColumnElement[bool]:
    """Return the condition for what the reader may see; undecided articles of a removed feed are hidden."""
    followed = or_(Intake.status != IntakeStatus.LISTED, Intake.feed.has(kept(Feed)))
    return or_(and_(Intake.source == IntakeSource.FEED, followed), Intake.created_by_id == reader.id)


def progress(intake: Intake) -> Progress:
    """Return the progress of fetching an article."""
    if intake.is_failed:
        return Progress(Stage.FAILED, failure=intake.failure)
    if not intake.is_waiting:
        return Progress(Stage.DONE)
    stage = Stage.RUNNING if intake.is_held_at(clock.now()) else Stage.WAITING
    asked_at = (
        None if intake.failure else intake.next_try_at
    )  # after a failure the page shows a form, which must not reload
    return Progress(stage, asked_at, failure=intake.failure, next_try_at=intake.next_try_at)
