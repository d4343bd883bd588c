"""Digests and mailings that are held back, and the condition for their emails."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldState, SendingHold


@dataclass(frozen=True, slots=True)
class Run:
    """A digest or a mailing that is sent: one of the two numbers is given."""

    digest_id: int | None = None
    mailing_id: int | None = None

    @property
    def own(self) -> tuple[ColumnElement[bool], ...]:
        """The condition for its emails; tests of it to those who work on it are none."""
        if self.digest_id is not None:
            return Delivery.digest_id == self.digest_id, Delivery.kind == DeliveryKind.DIGEST
        return Delivery.mailing_id == self.mailing_id, Delivery.kind == DeliveryKind.MAILING

    @classmethod
    def of(cls, hold: SendingHold) -> "Run":
        """Return the run that is held."""
        return cls(hold.digest_id, hold.mailing_id)


def find(run: Run, *, lock: bool = False) -> SendingHold | None:
    """Return what was decided about a run, or None if it was never held."""
    found = select(SendingHold).where(
        SendingHold.digest_id == run.digest_id
        if run.digest_id is not None
        else SendingHold.mailing_id == run.mailing_id
    )
    found = found.with_for_update() if lock else found
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def next_unsettled() -> SendingHold | None:
    """Return and lock a hold that emails have yet to follow, and with which no other worker is busy."""
    found = select(SendingHold).where(SendingHold.settled_at.is_(None)).order_by(SendingHold.is_moving.desc())
    found = found.order_by(SendingHold.since).limit(1).with_for_update(skip_locked=True)
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def being_put_away() -> Sequence[SendingHold]:
    """Return the holds of which some emails are still among those that are due."""
    found = select(SendingHold).where(SendingHold.settled_at.is_(None), SendingHold.state != HoldState.RELEASED)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def not_of(held: Sequence[SendingHold]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for emails that belong to none of these."""
    digests = [one.digest_id for one in held if one.digest_id is not None]
    mailings = [one.mailing_id for one in held if one.mailing_id is not None]
    return (
        *([or_(Delivery.digest_id.is_(None), Delivery.digest_id.not_in(digests))] if digests else ()),
        *([or_(Delivery.mailing_id.is_(None), Delivery.mailing_id.not_in(mailings))] if mailings else ()),
    )
