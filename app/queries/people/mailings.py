"""Mailings, the addresses of their recipients, and what has been queued for others."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.mail.deliveries import Delivery
from app.models.mail.holds import HoldReason, HoldState, SendingHold
from app.models.people.mailings import Mailing
from app.models.people.people import ContactDetail, Person
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.naming import holding
from app.queries.paging import Page, page_of
from app.text import contact_key

_WHOLE = (joinedload(Mailing.segment), joinedload(Mailing.congress), joinedload(Mailing.campaign))


def get(mailing_id: int) -> Mailing:
    """Return a mailing in scope that is not removed."""
    return one(Mailing, Mailing.id == mailing_id, kept(Mailing), options=_WHOLE)


def get_restorable(mailing_id: int) -> Mailing:
    """Return a mailing in scope, also if it was removed and can still be restored."""
    return restorable(Mailing, Mailing.id == mailing_id)


def removed() -> Sequence[Mailing]:
    """Return the removed mailings in scope that can be restored, latest first."""
    return removed_lately(Mailing)


def last_writer_id(mailing: Mailing) -> int | None:
    """Return the account that last wrote a draft."""
    written = select(AuditEntry.actor_id).where(
        AuditEntry.subject == Mailing.__tablename__,
        AuditEntry.subject_id == mailing.id,
        AuditEntry.verb.in_(("recorded", "changed")),
    )
    return db.session.scalar(written.order_by(AuditEntry.id.desc()).limit(1)) or mailing.created_by_id


def find(
    typed: str = "", number: int = 1, *, congress_id: int | None = None, campaign_id: int | None = None
) -> Page[Mailing]:
    """Return a page of the mailings in scope whose subject contains every word of `typed`, latest first.

    With a congress or a campaign, only those of it.
    """
    found = select(Mailing).where(kept(Mailing), *holding(Mailing.words, typed)).options(*_WHOLE)
    if congress_id is not None:
        found = found.where(Mailing.congress_id == congress_id)
    if campaign_id is not None:
        found = found.where(Mailing.campaign_id == campaign_id)
    return page_of(found.order_by(Mailing.created_at.desc(), Mailing.id.desc()), number)


def others(delivery: Delivery, address: str) -> Sequence[Delivery]:
    """Return the deliveries of the same mailing to people with this address, sent or to be sent before this one."""
    reached = select(ContactDetail.person_id).where(ContactDetail.key == contact_key(address))
    before = Delivery.sent_at.is_not(None) | (Delivery.id < delivery.id)
    standing = (Delivery.withdrawn_at.is_(None), Delivery.failed_at.is_(None), before)
    found = select(Delivery).where(
        Delivery.mailing_id == delivery.mailing_id,
        Delivery.person_id.in_(reached),
        Delivery.id != delivery.id,
        *standing,
    )
    return db.session.scalars(found.options(joinedload(Delivery.person).selectinload(Person.contact_details))).all()


def paused_by_themselves() -> Sequence[Mailing]:
    """Return the mailings in scope whose sending was paused because too many emails were not taken."""
    held = select(SendingHold.mailing_id).where(
        SendingHold.state == HoldState.PAUSED, SendingHold.reason == HoldReason.REFUSALS
    )
    return db.session.scalars(select(Mailing).where(Mailing.id.in_(held)).order_by(Mailing.id)).all()
